"""The pages that name a plan's hands and honest durations, and the load chart that reads them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luoshi.domain.access import Actor
from luoshi.domain.base import Refused
from luoshi.ledger import forms
from luoshi.ledger.actions import hands as actions
from luoshi.ledger.hands import ONE, working
from luoshi.ledger.loadchart import chart_of
from luoshi.ledger.models import Task
from luoshi.ledger.models.hands import Hand
from luoshi.ledger.network import duration_of
from luoshi.ledger.queries import hands as queries
from luoshi.ledger.queries.facts import may_write
from luoshi.ledger.studies import (
    GivenHand,
    GivenNeed,
    GivenPoints,
    days,
    hundredths,
    usual_points,
)
from luoshi.ledger.views.common import do, plan_asked, who
from luoshi.ui.guard import actor_required
from luoshi.ui.sentences import tell

MOST_LINES = 120
"""More lines than these nobody fills in on one page: choose a project."""


@actor_required
@require_http_methods(["GET", "POST"])
def hands(request: HttpRequest) -> HttpResponse:
    """Who there is: units with their people, posts with their time, machines; what items take."""
    actor, today = who(request)
    sent = request.POST if request.method == "POST" else request.GET
    plan, _root, here = plan_asked(request, sent)
    refusal = ""
    if request.method == "POST":
        try:
            do(request, actions.set_hands, plan=plan, hands=list(_given_hands(request.POST)))
            messages.success(request, _("人手与设备已保存。"))
            return redirect(f"{reverse('ledger:advanced')}?{here}")
        except Refused as refused:
            refusal = tell(refused.why)
    footing = queries.footing_of(actor, today, plan)
    context = {
        "plan": plan,
        "here": here,
        "units": queries.proposed_units(actor, today, footing),
        "posts": [hand for hand in footing.hands.rows if hand.kind == Hand.Kind.POST],
        "machines": [hand for hand in footing.hands.rows if hand.kind == Hand.Kind.MACHINE],
        "labels": footing.hands.labels,
        "owners": queries.owners_of(actor, footing),
        "stored": bool(footing.hands.rows),
        "may": may_write(actor, "plan", plan.unit),
        "usual": queries.USUAL_EACH,
        "one": ONE,
        "refusal": refusal,
        "sent": request.POST if refusal else None,
    }
    return render(request, "ledger/hands.html", context, status=422 if refusal else 200)


def _given_hands(sent: QueryDict) -> Iterator[GivenHand]:
    """The lines of the form: `unit.<id>`, `post.<id>`, `machine.<id>`, and one new of each."""
    for name in sent:
        kind, _dot, rest = name.partition(".")
        key = forms.key_of_row(rest)
        if kind in Hand.Kind.values and key is not None:
            yield GivenHand(
                kind,
                key,
                "",
                hundredths(sent.get(name, "")),
                hundredths(sent.get(f"each.{key}", "")) or 0,
                _whole(sent.get(f"version.{key}", "")),
            )
    if post := forms.key_of_row(sent.get("new_post")):
        yield GivenHand("post", post, "", ONE, queries.USUAL_EACH, 0)
    if (name := sent.get("new_machine", "").strip()[:60]) or sent.get("new_amount", "").strip():
        amount = hundredths(sent.get("new_amount", "") or "1")
        yield GivenHand("machine", None, name, amount, 0, 0)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


@dataclass(frozen=True, slots=True)
class Line:
    """One item of the form of estimates; `each` is what it takes when nothing is said."""

    task: Task
    likely: int
    by_calendar: bool
    best: int | None
    worst: int | None
    version: int
    hand: Hand | None
    need: int | None
    machines: list[tuple[Hand, int | None]]

    @property
    def key(self) -> str:
        """The item in the names of the form's fields."""
        return str(self.task.pk)


@actor_required
@require_http_methods(["GET", "POST"])
def estimates(request: HttpRequest) -> HttpResponse:
    """How short and how long each item may turn out, and what it takes; proposals are marked."""
    actor, today = who(request)
    sent = request.POST if request.method == "POST" else request.GET
    plan, root, here = plan_asked(request, sent)
    refusal = ""
    if request.method == "POST":
        try:
            points, needs = list(_given_points(request.POST)), list(_given_needs(request.POST))
            do(request, actions.set_estimates, plan=plan, points=points, needs=needs)
            messages.success(request, _("三点工期与占用已保存。"))
            return redirect(f"{reverse('ledger:advanced')}?{here}")
        except Refused as refused:
            refusal = tell(refused.why)
    footing = queries.footing_of(actor, today, plan)
    tasks = [task for task in footing.ground.under(root) if working(task)]
    propose = request.GET.get("propose") == "1"
    lines = list(_lines(actor, footing, tasks[:MOST_LINES], propose=propose))
    context = {
        "plan": plan,
        "root": root,
        "here": here,
        "lines": lines,
        "left_out": max(0, len(tasks) - MOST_LINES),
        "machines": [hand for hand in footing.hands.rows if hand.kind == Hand.Kind.MACHINE],
        "proposed": propose,
        "may": may_write(actor, "plan", (root.unit if root else plan.unit)),
        "refusal": refusal,
        "sent": request.POST if refusal else None,
    }
    return render(request, "ledger/estimates.html", context, status=422 if refusal else 200)


def _lines(
    actor: Actor, footing: queries.Footing, tasks: list[Task], *, propose: bool
) -> Iterator[Line]:
    known = queries.estimates_of(actor, tasks)
    units = {hand.unit_id: hand for hand in footing.hands.rows if hand.unit_id}
    machines = [hand for hand in footing.hands.rows if hand.kind == Hand.Kind.MACHINE]
    for task in tasks:
        likely, row = duration_of(task, footing.ground.calendar), known.get(task.pk)
        if not likely:
            continue
        best, worst = (row.best_days, row.worst_days) if row else (None, None)
        if row is None and propose:
            best, worst = usual_points(likely)
        given = footing.hands.given.get(task.pk, {})
        whole = footing.ground.by_calendar(task)
        hand = units.get(task.unit_id)
        yield Line(
            task, likely, whole, best, worst, row.version if row else 0, hand,
            given.get(hand.pk) if hand else None,
            [(machine, given.get(machine.pk)) for machine in machines],
        )  # fmt: skip


def _given_points(sent: QueryDict) -> Iterator[GivenPoints]:
    for name in sent:
        key = forms.key_of_row(name.removeprefix("best.")) if name.startswith("best.") else None
        if key is not None:
            yield GivenPoints(
                key,
                days(sent.get(name, "")),
                days(sent.get(f"worst.{key}", "")),
                _whole(sent.get(f"version.{key}", "")),
            )


def _given_needs(sent: QueryDict) -> Iterator[GivenNeed]:
    for name in sent:
        kind, _dot, rest = name.partition(".")
        task, _dot, hand = rest.partition(".")
        keys = forms.key_of_row(task), forms.key_of_row(hand)
        if kind == "need" and keys[0] is not None and keys[1] is not None:
            yield GivenNeed(keys[0], keys[1], hundredths(sent.get(name, "")))


@actor_required
@require_GET
def load(request: HttpRequest) -> HttpResponse:
    """Who is full in which week: a chart under the timetable, and a page of its own."""
    actor, today = who(request)
    plan, root, here = plan_asked(request, request.GET)
    footing = queries.footing_of(actor, today, plan)
    loads, days_of = footing.loads(today)
    asked = forms.key_of_row(request.GET.get("of"))
    if root is not None:  # first whoever works on the item, the fullest of them first
        mine = {
            key for task in footing.ground.under(root) for key in footing.needs.get(task.pk, ())
        }
        loads.sort(key=lambda row: row.hand.pk not in mine)
    chosen = next((row for row in loads if row.hand.pk == asked), loads[0] if loads else None)
    monday = _day(request.GET.get("week"))
    held: list[tuple[Task, int]] = []
    if chosen and monday and days_of:
        held = footing.held(days_of, chosen.hand.pk, monday)
    context: dict[str, Any] = {
        "plan": plan,
        "here": here,
        "loads": loads,
        "chosen": chosen,
        "chart": chart_of(chosen, today) if chosen else None,
        "monday": monday,
        "held": held,
        "over": [row for row in loads if row.over],
        "may": may_write(actor, "plan", plan.unit),
    }
    whole = request.headers.get("HX-Request") != "true"
    return render(request, "ledger/load.html" if whole else "ledger/_load.html", context)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
