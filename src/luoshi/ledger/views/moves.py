"""Moves of the closing law as forms: one click where nothing is asked, else what it asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from inspect import signature
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luoshi.domain import closing
from luoshi.domain.base import Refused
from luoshi.domain.closing import State, Verb, verb_name
from luoshi.files import actions as files
from luoshi.journal.actions import Written, on_behalf
from luoshi.ledger import actions, forms
from luoshi.ledger.models import Task
from luoshi.ledger.queries import NOBODY, law_facts, roles_of
from luoshi.ledger.queries.choosing import (
    helper_choices,
    people_to_type_for,
    town_above,
    unit_choices,
)
from luoshi.ledger.views.common import address, do, first, found, to, version_of, who
from luoshi.org.models import Unit
from luoshi.ui.guard import actor_required, upload_too_large
from luoshi.ui.many_files import say_once
from luoshi.ui.sentences import tell

ACTS: Mapping[Verb, Callable[..., Written]] = {
    Verb.SIGN_FOR: actions.sign_for,
    Verb.RETURN_TO_ASSIGNER: actions.return_to_assigner,
    Verb.RULE: actions.rule_return,
    Verb.START: actions.start,
    Verb.VERIFY: actions.verify,
    Verb.RETURN_FOR_REWORK: actions.return_for_rework,
    Verb.CLOSE: actions.close,
    Verb.ACCEPT: actions.accept,
    Verb.ARCHIVE: actions.archive,
    Verb.SUSPEND: actions.suspend,
    Verb.RESUME: actions.resume,
    Verb.CANCEL: actions.cancel,
    Verb.REOPEN: actions.reopen,
    Verb.MOVE_DEADLINE: actions.move_deadline,
}


def own_page(verb: Verb, task_id: UUID) -> str:
    """The ledger's own address of a move; "" where another room has it (extensions)."""
    if verb is Verb.ASSIGN:
        return reverse("ledger:roles", args=[task_id])
    if verb in (Verb.REPORT, Verb.REPORT_DONE):
        done = "?done=1" if verb is Verb.REPORT_DONE else ""
        return reverse("ledger:report", args=[task_id]) + done
    return reverse("ledger:move", args=[task_id, verb.value]) if verb in ACTS else ""


@actor_required
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, task_id: UUID, verb: str) -> HttpResponse:
    """One move: its form shows only what the law still asks for.

    Checking has its own page in supervision, where the verifier is drawn; this is no way around.
    """
    if verb not in Verb._value2member_map_ or Verb(verb) not in ACTS:
        raise Http404
    actor, today = who(request)
    row, move_verb = found(request, task_id), Verb(verb)
    if there := address((f"supervision:{verb}",), row.pk):
        return redirect(there)
    facts = law_facts(actor, today, row)
    asks = closing.needs(State(row.state), move_verb, facts)
    units = unit_choices(actor, today, town_above(actor, row.unit)) if asks else []
    form = forms.MoveForm(request.POST or None, asks=asks, units=units)
    if request.method == "POST" and (form.is_valid() or not asks):
        try:
            return _moved(request, row, move_verb, form.cleaned_data if asks else _bare(move_verb))
        except Refused as refused:
            if not asks:
                raise
            first(form, tell(refused.why))
    allowed = move_verb in closing.moves(State(row.state), facts)
    if not allowed and request.method == "GET":
        closing.demand(State(row.state), move_verb, facts)
    context = {"form": form, "task": row, "verb": verb, "word": verb_name(move_verb)}
    return render(request, "ledger/move.html", context, status=422 if form.errors else 200)


EMPTY: Mapping[str, Any] = {
    "reason": "", "superior_reply": "", "competent_unit": None, "new_due_on": None,
}  # fmt: skip


def _bare(verb: Verb) -> Mapping[str, Any]:
    """A move that the law asks nothing more for, or does not allow: the action then says why."""
    return {name: EMPTY[name] for name in signature(ACTS[verb]).parameters if name in EMPTY}


def _moved(request: HttpRequest, row: Task, verb: Verb, data: Mapping[str, Any]) -> HttpResponse:
    actor, _today = who(request)
    facts = {name: value for name, value in data.items() if name != "competent_unit"}
    if "competent_unit" in data:
        chosen = data["competent_unit"]
        units = Unit.objects.filter(jurisdiction=actor.jurisdiction_id)
        facts["competent_unit"] = units.filter(pk=chosen).first() if chosen else None
    if verb is not Verb.MOVE_DEADLINE:
        facts["version"] = version_of(request, row)
    do(request, ACTS[verb], task=row, **facts)
    messages.success(request, _("%(what)s：已办理。") % {"what": tell(verb_name(verb))})
    return to(request, row)


@actor_required
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """One line of progress, with evidence where there is some; a refusal keeps what was typed."""
    if answer := upload_too_large(request):
        return answer
    actor, today = who(request)
    row = found(request, task_id)
    roles = roles_of([row.pk]).get(row.pk, NOBODY)
    form = forms.ReportForm(
        request.POST or None,
        request.FILES or None,
        task=row,
        milestones=[
            (str(node.pk), f"{node.due_on} {node.title}")
            for node in row.milestones.filter(done_on=None).order_by("due_on")
        ],
        # Most reports name nobody who must help: then nobody looks units and posts up.
        units=lambda: helper_choices(actor, today, town_above(actor, row.unit)),
        people=people_to_type_for(actor, today, row, roles) if "town_office" in actor.roles else (),
        initial={"says_done": request.GET.get("done") == "1", "channel": "page"},
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _reported(request, row, form)
        except Refused as refused:
            first(form, tell(refused.why))
    context = {"form": form, "task": row}
    return render(request, "ledger/report.html", context, status=422 if form.errors else 200)


def _reported(request: HttpRequest, row: Task, form: forms.ReportForm) -> HttpResponse:
    actor, today = who(request)
    evidence = [
        files.screen(
            actor=actor,
            today=today,
            unit_id=row.unit_id,
            name=upload.name or "",
            data=upload.read(),
        )
        for upload in form.cleaned_data["evidence"]
    ]
    if person := form.cleaned_data.get("on_behalf"):
        actor = on_behalf(actor, UUID(person))
    act = actions.report_done if form.cleaned_data["says_done"] else actions.report
    do(request, act, actor, task=row, said=form.said(), evidence=evidence)
    messages.success(request, _("已收到。"))
    say_once(request, (one for kept in evidence for one in kept.told))
    return to(request, row)
