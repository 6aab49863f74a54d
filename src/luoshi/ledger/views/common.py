"""What every page of the ledger does first: who asks, which task, where to next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from luoshi.domain.access import Actor
from luoshi.goals import queries as goals
from luoshi.goals.models import Plan
from luoshi.journal.actions import Written
from luoshi.ledger import forms
from luoshi.ledger.models import Task
from luoshi.ledger.queries import task_for
from luoshi.ui.guard import do as do_at_once
from luoshi.ui.guard import version_sent


def who(request: HttpRequest) -> tuple[Actor, date]:
    """The actor and the day of the request; the guard has seen to it that there is one."""
    return request.actor, request.today  # type: ignore[attr-defined]


def found(request: HttpRequest, task_id: UUID) -> Task:
    """The task, if the actor may see it; otherwise it does not exist."""
    task = task_for(*who(request), task_id)
    if task is None:
        raise Http404
    return task


def root_of(request: HttpRequest, asked: Mapping[str, str]) -> Task | None:
    """The one item whose timetable is asked for (`task`); an item outside the plans has none."""
    key = forms.key_of_row(asked.get("task"))
    if key is None:
        return None
    task = found(request, key)
    if task.plan_id is None:
        raise Http404
    return task


def plan_asked(request: HttpRequest, asked: Mapping[str, str]) -> tuple[Plan, Task | None, str]:
    """The plan that an address is about (its item's, the one named, the actor's own), and the
    item; with the words that ask for the same again."""
    actor, today = who(request)
    root = root_of(request, asked)
    key = root.plan_id if root else forms.key_of_row(asked.get("plan"))
    plan = goals.plan_for(actor, today, key) if key else goals.current_plan(actor, today)
    if plan is None:
        raise Http404
    return plan, root, f"task={root.pk}" if root else f"plan={plan.pk}"


def key_of(request: HttpRequest) -> str:
    """The form's idempotency key."""
    return request.POST.get("key", "")


def version_of(request: HttpRequest, task: Task) -> int:
    """The version the form was rendered with; the row's own where the form names none."""
    sent = version_sent(request)
    return task.version if sent is None else sent


def address(names: Iterable[str], *args: object) -> str:
    """The address of the first page that exists; "" where none does (rooms built later)."""
    for name in names:
        try:
            return reverse(name, args=args)
        except NoReverseMatch:
            continue
    return ""


def to(request: HttpRequest, task: Task) -> HttpResponse:
    """Back to where the form said (`next`), or to the task."""
    there = request.POST.get("next", "")
    if there and url_has_allowed_host_and_scheme(there, {request.get_host()}):
        return redirect(there)
    return redirect("ledger:task", task.pk)


def first(form: Any, message: str) -> None:  # noqa: ANN401 - any form
    """Show a refusal at the first field of a form, so that it is seen where it was typed."""
    name = next((name for name, field in form.fields.items() if not field.widget.is_hidden), None)
    form.add_error(name, message)


def do(
    request: HttpRequest,
    action: Callable[..., Written],
    actor: Actor | None = None,
    **facts: Any,  # noqa: ANN401 - what the action takes
) -> Written:
    """Call an action as the person who sent the form, once for the form's key."""
    return do_at_once(request, action, actor=actor or who(request)[0], now=timezone.now(), **facts)
