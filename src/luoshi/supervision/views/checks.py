"""Pages of supervision: the desk, the panel on a task's page, and the forms of its moves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luoshi.domain import closing
from luoshi.domain.base import Refused, Sentence
from luoshi.domain.closing import State, Verb, verb_name
from luoshi.journal.actions import Written, on_behalf
from luoshi.ledger.models import Task
from luoshi.ledger.queries import NOBODY, roles_of, task_for
from luoshi.ledger.queries.choosing import people_to_type_for
from luoshi.org.queries import town_of
from luoshi.supervision import actions, forms, queries
from luoshi.supervision.models import Verification
from luoshi.ui.guard import OfficeRequest, actor_required, version_sent
from luoshi.ui.sentences import tell


@actor_required
@require_GET
def desk(request: OfficeRequest) -> HttpResponse:
    """Whom to chase, what to check."""
    actor, today = request.actor, request.today
    if not queries.may_open(actor):
        raise PermissionDenied
    page = queries.desk(actor, today)
    context = {"desk": page, "text": _plain(page, request)}
    context["samples"] = queries.open_draws(actor, today)
    place = town_of(actor)
    found = queries.year_figures(actor, today, today.year, [place.pk] if place else [])
    context["sampled"] = next(iter(found.values()), None)
    context["orders"] = queries.open_orders(actor, today)
    context["inspections"] = queries.open_inspections(actor, today)
    context["today"] = today
    context["may_order"] = queries.may_order(actor)
    context["relays"] = queries.may_relay(actor)
    return render(request, "supervision/desk.html", context)


@actor_required
@require_GET
def chase(request: OfficeRequest) -> HttpResponse:
    """The chase list parted: one text for each unit, or for each person."""
    if not queries.may_open(request.actor):
        raise PermissionDenied
    by: Literal["unit", "person"] = "person" if request.GET.get("by") == "person" else "unit"
    groups = queries.chase_groups(request.actor, request.today, by)
    lists = [(group, _text(group.items, len(group.items), request)) for group in groups.groups]
    context = {"groups": groups, "lists": lists, "by": by}
    return render(request, "supervision/chase.html", context)


def _plain(page: queries.Desk, request: OfficeRequest) -> str:
    """The whole chase list; what bears a mark is not named in a group."""
    told = queries.tellable(request.actor, page.chase)
    return _text(told, page.counts["late"], request)


def _text(items: Sequence[queries.Chase], late: int, request: OfficeRequest) -> str:
    """A list as it is pasted into a message: always in Chinese, its readers are cadres."""
    desk = {"chase": items, "counts": {"late": late}}
    with translation.override("zh-hans"):
        return render_to_string(
            "supervision/chase.txt", {"desk": desk, "today": request.today}
        ).strip()


@actor_required
@require_GET
def of_task(request: OfficeRequest, task_id: UUID) -> HttpResponse:
    """The panel of a task: a fragment on its page, and a page of its own without scripts."""
    task = _found(request, task_id)
    page = queries.panel(request.actor, request.today, task)
    verify = forms.VerifyForm(initial=_looked()) if Verb.VERIFY in page.moves else None
    context: dict[str, Any] = {"panel": page, "task": task, "verify": verify}
    context["buttons"] = _buttons(page)
    made = queries.orders_of(request.actor, request.today, task)
    context["orders"] = made
    context["visited"] = queries.on_task(request.actor, request.today, task)
    context["lives"] = State(task.state) in closing.ACTIVE
    lives = context["lives"] and all(one.result for one in made)
    context["may_order"] = lives and queries.may_order(request.actor)
    return render(request, "supervision/panel.html", context)


def _looked() -> dict[str, str]:
    return {"method": Verification.Method.PAPERS.value}


LEDGERS = (Verb.CLOSE, Verb.ACCEPT, Verb.REOPEN)
"""Moves whose pages are the ledger's; supervision keeps no row of them."""
AT_ONCE = (Verb.CLOSE, Verb.AGREE_EXTENSION, Verb.APPROVE_EXTENSION)


def _buttons(page: queries.Panel) -> list[dict[str, Any]]:
    """The panel's buttons: one click where nothing is asked, else the page of the form.

    The check has its form in the panel, and with it the return.
    """
    checks = Verb.VERIFY in page.moves
    shown = {Verb.VERIFY, *([Verb.RETURN_FOR_REWORK] if checks else [])}
    return [
        {
            "word": verb_name(verb),
            "href": address(verb, page.task.pk),
            "at_once": verb in AT_ONCE and not asks,
            "row": page.task if verb in LEDGERS or page.pending is None else page.pending.row,
        }
        for verb, asks in page.moves.items()
        if verb not in shown
    ]


def address(verb: Verb, task_id: UUID) -> str:
    """Where a move's form stands: here, or in the ledger."""
    if verb in LEDGERS:
        return reverse("ledger:move", args=[task_id, verb.value])
    return reverse(f"supervision:{verb.value}", args=[task_id])


@actor_required
@require_http_methods(["GET", "POST"])
def verify(request: OfficeRequest, task_id: UUID) -> HttpResponse:
    """What was reported, with its evidence, and the form of the check."""
    task = _found(request, task_id)
    form = forms.VerifyForm(request.POST or None, initial=_looked())
    if answer := _sent(request, task, form, actions.verify, Verb.VERIFY):
        return answer
    _demand(request, task, Verb.VERIFY)
    context = {"claims": queries.claims(request.actor, task)}
    return _form_page(request, task, form, Verb.VERIFY, task, **context)


@actor_required
@require_http_methods(["GET", "POST"])
def return_for_rework(request: OfficeRequest, task_id: UUID) -> HttpResponse:
    """Why it is sent back."""
    task = _found(request, task_id)
    form = forms.ReturnForm(request.POST or None)
    if answer := _sent(request, task, form, actions.return_for_rework, Verb.RETURN_FOR_REWORK):
        return answer
    _demand(request, task, Verb.RETURN_FOR_REWORK)
    return _form_page(request, task, form, Verb.RETURN_FOR_REWORK, task)


@actor_required
@require_http_methods(["GET", "POST"])
def ask_extension(request: OfficeRequest, task_id: UUID) -> HttpResponse:
    """Until when, and why."""
    actor, today = request.actor, request.today
    task = _found(request, task_id)
    roles = roles_of([task.pk]).get(task.pk, NOBODY)
    types = "town_office" in actor.roles
    people = people_to_type_for(actor, today, task, roles) if types else ()
    asked = {name: request.GET.get(name, "") for name in ("new_due_on", "reason")}
    form = forms.AskForm(request.POST or None, people=people, initial=asked)
    if answer := _sent(request, task, form, actions.ask_extension, Verb.ASK_EXTENSION):
        return answer
    if not people:
        _demand(request, task, Verb.ASK_EXTENSION)
    return _form_page(request, task, form, Verb.ASK_EXTENSION, None)


@actor_required
@require_http_methods(["GET", "POST"])
def decide(request: OfficeRequest, task_id: UUID, verb: Verb) -> HttpResponse:
    """The request as it was asked, and the decision: agree, approve, or refuse with the reason."""
    task = _found(request, task_id)
    refuses = verb is Verb.REFUSE_EXTENSION
    form = (forms.ReasonForm if refuses else forms.PlainForm)(request.POST or None)
    if answer := _sent(request, task, form, DECISIONS[verb], verb):
        return answer
    _demand(request, task, verb)
    asked = queries.panel(request.actor, request.today, task).pending
    context = {
        "asked": asked,
        "notes": () if refuses else _notes(request, task, verb),
        "refuse": "" if refuses else address(Verb.REFUSE_EXTENSION, task.pk),
    }
    return _form_page(request, task, form, verb, asked.row if asked else None, **context)


def _notes(request: OfficeRequest, task: Task, verb: Verb) -> tuple[Sentence, ...]:
    """What the law will have the journal keep, told before the decision (一次审批生效)."""
    actor, today = request.actor, request.today
    facts = queries.facts_for(actor, today, task, queries.open_extension(actor, task))
    answer = closing.decide(State(task.state), verb, facts)
    return answer.notes if isinstance(answer, closing.Allowed) else ()


ASKS = {
    Verb.VERIFY: "supervision.verify",
    Verb.ASK_EXTENSION: "supervision.extension",
    Verb.AGREE_EXTENSION: "supervision.decide",
    Verb.APPROVE_EXTENSION: "supervision.decide",
}
"""Forms that are asked of people, as `burden.toml` declares them."""

DECISIONS: dict[Verb, Callable[..., Written]] = {
    Verb.AGREE_EXTENSION: actions.agree_extension,
    Verb.APPROVE_EXTENSION: actions.approve_extension,
    Verb.REFUSE_EXTENSION: actions.refuse_extension,
}


def _found(request: OfficeRequest, task_id: UUID) -> Task:
    """The task, if the actor may see it; otherwise it does not exist."""
    task = task_for(request.actor, request.today, task_id)
    if task is None:
        raise Http404
    return task


def _demand(request: OfficeRequest, task: Task, verb: Verb) -> None:
    """No form for a move that the law refuses before anything is typed; its sentence instead.

    What was typed and refused is shown again, with the refusal.
    """
    if request.method == "POST":
        return
    actor, today = request.actor, request.today
    facts = queries.facts_for(actor, today, task, queries.open_extension(actor, task))
    if verb not in closing.moves(State(task.state), facts):
        closing.demand(State(task.state), verb, facts)


def _sent(
    request: OfficeRequest,
    task: Task,
    form: django_forms.Form,
    action: Callable[..., Written],
    verb: Verb,
) -> HttpResponse | None:
    """Call the action once for the form's key; None where the form is to be shown (again)."""
    if request.method != "POST" or not form.is_valid():
        return None
    data = {name: value for name, value in form.cleaned_data.items() if name != "on_behalf"}
    if verb is not Verb.ASK_EXTENSION:
        data["version"] = version_sent(request)
    actor = request.actor
    if isinstance(form, forms.AskForm) and (person := form.spoken_for()):
        actor = on_behalf(actor, person)
    key = {"key": request.POST.get("key", "")}
    try:
        action(actor=actor, today=request.today, now=timezone.now(), task=task, **data, **key)
    except Refused as refused:
        form.add_error(next(iter(form.fields), None), tell(refused.why))
        return None
    messages.success(request, _("%(what)s：已办理。") % {"what": tell(verb_name(verb))})
    return _back(request, task)


def _back(request: OfficeRequest, task: Task) -> HttpResponse:
    there = request.POST.get("next", "")
    if there and url_has_allowed_host_and_scheme(there, {request.get_host()}):
        return redirect(there)
    return redirect("ledger:task", task.pk)


def _form_page(
    request: OfficeRequest,
    task: Task,
    form: django_forms.Form,
    verb: Verb,
    guarded: object,
    **context: Any,  # noqa: ANN401 - what the page shows beside the form
) -> HttpResponse:
    context |= {"task": task, "form": form, "word": verb_name(verb), "guarded": guarded}
    context |= {"verb": verb.value, "plain": isinstance(form, forms.PlainForm)}
    context["asks"] = ASKS.get(verb, "")
    context["next"] = request.POST.get("next") or request.GET.get("next", "")
    return render(request, "supervision/form.html", context, status=422 if form.errors else 200)
