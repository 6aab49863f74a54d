"""What a move of the timetable would do, looked at first, then saved in one act."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luoshi.domain import closing
from luoshi.domain.access import Actor
from luoshi.domain.base import Refused
from luoshi.domain.closing import State, Verb
from luoshi.goals import queries as goals
from luoshi.goals.models import Plan
from luoshi.ledger import actions, forms
from luoshi.ledger import queries as ledger
from luoshi.ledger.models import Task
from luoshi.ledger.moves import read_moves, read_versions
from luoshi.ledger.queries import Considered
from luoshi.ledger.queries.considering import Changed
from luoshi.ledger.views.common import address, do, root_of, who
from luoshi.ui.guard import actor_required
from luoshi.ui.sentences import tell

MOST_ASKED = 12
IN_HAND = (State.SIGNED, State.UNDER_WAY)
"""Where an extension can be asked for at all."""


@actor_required
@require_http_methods(["GET", "POST"])
def consider(request: HttpRequest) -> HttpResponse:
    """Everything that moves, before it is saved; sent back, it is saved in one act or refused."""
    actor, today = who(request)
    sent = request.POST if request.method == "POST" else request.GET
    root = root_of(request, sent)
    asked = root.plan_id if root else forms.key_of_row(sent.get("plan"))
    plan = goals.plan_for(actor, today, asked) if asked else goals.current_plan(actor, today)
    if plan is None and asked:
        raise Http404
    if plan is None:
        return redirect("ledger:timetable")
    moves = read_moves(sent.dict())
    refusal = ""
    if request.method == "POST":
        try:
            return _saved(request, plan, root, moves)
        except Refused as refused:
            refusal = tell(refused.why)
    seen = ledger.consider(actor, today, plan, root, moves)
    here = f"task={root.pk}" if root else f"plan={plan.pk}"
    context = {
        "seen": seen,
        "plan": plan,
        "root": root,
        "here": here,
        "rows": list(_rows(actor, today, seen, f"{reverse('ledger:timetable')}?{here}")),
        "refusal": refusal or (tell(seen.refusal) if seen.refusal else ""),
        "in_force": plan.state == Plan.State.IN_FORCE,
        "reason": request.POST.get("reason", ""),
        "reply": request.POST.get("superior_reply", ""),
    }
    return render(request, "ledger/consider.html", context, status=422 if refusal else 200)


def _rows(actor: Actor, today: date, seen: Considered, back: str) -> Iterator[tuple[Changed, str]]:
    """Each change and the address where its deadline is asked for; "" where it cannot be.

    Of many deadlines the first few get the way there: each is asked on its own page.
    """
    asking = [row for row in seen.changed if row.way == "ask"][:MOST_ASKED]
    open_to = {row.task.pk for row in asking if _may_ask(actor, today, row.task)}
    for row in seen.changed:
        asks = row.way == "ask" and row.task.pk in open_to
        there = address(("supervision:ask_extension",), row.task.pk) if asks else ""
        words = urlencode({"new_due_on": row.new, "next": back}) if there else ""
        yield row, f"{there}?{words}" if there else ""


def _may_ask(actor: Actor, today: date, task: Task) -> bool:
    """Who carries it may ask, as the closing law says; the town office may type it for them."""
    if "town_office" in actor.roles:
        return State(task.state) in IN_HAND
    facts = ledger.law_facts(actor, today, task)
    return Verb.ASK_EXTENSION in closing.moves(State(task.state), facts)


def _saved(
    request: HttpRequest, plan: Plan, root: Task | None, moves: ledger.Moves
) -> HttpResponse:
    do(
        request,
        actions.reschedule,
        plan=plan,
        moves=moves,
        versions=read_versions(request.POST.dict()),
        reason=request.POST.get("reason", "").strip()[:300],
        superior_reply=request.POST.get("superior_reply", "").strip()[:300],
    )
    messages.success(request, _("工期已调整，结论已重新推算。"))
    here = f"task={root.pk}" if root else f"plan={plan.pk}"
    return redirect(f"{reverse('ledger:timetable')}?{here}")
