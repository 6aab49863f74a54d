"""One task: its page, and the forms that change what it says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luoshi.domain.base import Refused, Sentence, say
from luoshi.domain.cascade import withdrawn_line
from luoshi.domain.closing import Verb, verb_name
from luoshi.goals import queries as goals
from luoshi.goals.models import Plan
from luoshi.journal.actions import Written
from luoshi.ledger import actions, forms
from luoshi.ledger.models import Dependency, Task
from luoshi.ledger.planfacts import duty_lines
from luoshi.ledger.queries import NOBODY, Roles, roles_of, task_page, visible_tasks
from luoshi.ledger.queries.choosing import (
    goals_of_plans,
    line_choices,
    post_choices,
    town_above,
    unit_choices,
)
from luoshi.ledger.queries.telling import TaskPage
from luoshi.ledger.views.common import address, do, first, found, to, version_of, who
from luoshi.ledger.views.moves import own_page
from luoshi.org.models import Unit
from luoshi.org.queries import town_of
from luoshi.store.rows import Stale
from luoshi.ui.guard import actor_required
from luoshi.ui.sentences import tell


@actor_required
@require_GET
def task(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """What, why, who, by when, how far, says who."""
    actor, today = who(request)
    row = found(request, task_id)
    page = task_page(actor, today, row)
    source = page.source
    context = {
        "page": page,
        "task": row,
        "buttons": _buttons(row, page),
        "reader": address(("adoption:reader", "documents:reading"), source.document_id)
        if source
        else "",
        "checks": address(("supervision:of_task", "supervision:task"), row.pk),
    }
    return render(request, "ledger/task.html", context)


@dataclass(frozen=True, slots=True)
class Button:
    """One move on the page: its word, the address of its form, whether one click is enough."""

    verb: str
    word: Sentence
    href: str
    at_once: bool
    primary: bool


ASIDE = frozenset({Verb.SUSPEND, Verb.CANCEL, Verb.RETURN_TO_ASSIGNER, Verb.RETURN_FOR_REWORK})
"""Moves that stand after the others and are never the page's main button."""
ASKING = frozenset({Verb.ASSIGN, Verb.REPORT, Verb.REPORT_DONE, Verb.VERIFY})
"""Moves that always open a form, even where the law asks for no field."""


def _buttons(row: Task, page: TaskPage) -> list[Button]:
    """The moves this person may make, the main one first.

    Checking and extensions are supervision's pages; without that room they are the ledger's own.
    """
    buttons: list[Button] = []
    for verb in sorted(page.moves, key=lambda verb: verb in ASIDE):
        there = address((f"supervision:{verb}",), row.pk) or own_page(verb, row.pk)
        own = there == own_page(verb, row.pk)
        if not there:
            continue
        at_once = own and not page.moves[verb] and verb not in ASKING
        main = not buttons and verb not in ASIDE
        buttons.append(Button(verb.value, verb_name(verb), there, at_once, main))
    return buttons


@actor_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new task in four fields."""
    actor, today = who(request)
    town = town_of(actor)
    if town is None or not actor.has("plan"):
        raise Http404
    plan = goals.current_plan(actor, today)
    if request.GET.get("planned") == "0" or (plan and plan.state == Plan.State.CLOSED):
        plan = None
    lines = list(goals.lines(actor, today, plan)) if plan else []
    form = forms.NewTaskForm(
        request.POST or None,
        units=unit_choices(actor, today, town),
        lines=[(str(line.pk), line.name) for line in lines],
        initial={"parent": request.GET.get("parent", ""), "line": request.GET.get("line", "")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _registered(request, form, plan, town)
        except Refused as refused:
            first(form, tell(refused.why))
    status = 422 if form.errors else 200
    context = {"form": form, "plan": plan, "town": town}
    return render(request, "ledger/new.html", context, status=status)


def _registered(
    request: HttpRequest, form: forms.NewTaskForm, plan: Plan | None, town: Unit
) -> HttpResponse:
    data = form.cleaned_data
    parent = forms.key_of_row(data["parent"])
    if parent is not None:
        above = found(request, parent)
        plan = above.plan
    item = actions.NewTask(
        title=data["title"],
        parent_id=parent,
        unit_id=None if plan or parent else town.pk,
        line_id=forms.key_or_none(data["line"]),
        due_on=data["due_on"],
        acceptance=data["acceptance"],
        source_kind=data["source_kind"],
        roles=Roles(lead_unit=forms.key_or_none(data["lead_unit"])),
    )
    made = do(request, actions.register_task, new=item, plan=plan, reason=data["reason"])
    messages.success(request, _("已立项。"))
    line = withdrawn_line(data["title"], duty_lines(town))
    if line is not None:
        why = say("cascade.C12.withdrawn", line=line.text, department=line.department or "—")
        messages.warning(request, tell(why))
    return redirect("ledger:task", made.id)


@actor_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Change what a task says; a save that came second sees both values and may decide."""
    row = found(request, task_id)
    fixed = actions.fixed_by_baseline(row)
    form = forms.EditForm(
        request.POST or None,
        lines=line_choices(who(request)[0], row),
        goals=goals_of_plans(who(request)[0], [row.plan] if row.plan else []),
        fixed=fixed,
        initial={
            name: getattr(row, name) for name in forms.EditForm.base_fields if name != "reason"
        },
    )
    conflict: list[tuple[Any, Any, Any]] = []
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            return _edited(request, row, form)
        except Refused as refused:
            first(form, tell(refused.why))
        except Stale as stale:
            conflict, status = _both(stale), 409
            row.refresh_from_db()
    context = {"form": form, "task": row, "conflict": conflict, "fixed": fixed}
    return render(request, "ledger/edit.html", context, status=422 if form.errors else status)


def _edited(request: HttpRequest, row: Task, form: forms.EditForm) -> HttpResponse:
    do(
        request,
        actions.edit_task,
        task=row,
        version=version_of(request, row),
        reason=form.cleaned_data["reason"],
        **form.changes(),
    )
    messages.success(request, _("已保存。"))
    return redirect("ledger:task", row.pk)


def _both(stale: Stale) -> list[tuple[Any, Any, Any]]:
    """Label, yours, theirs; fields that both left alike are not shown."""
    return [
        (stale.row._meta.get_field(name).verbose_name, value, stale.current[name])  # type: ignore[union-attr]
        for name, value in stale.tried.items()
        if stale.current[name] != value
    ]


@actor_required
@require_http_methods(["GET", "POST"])
def roles(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Who carries a task: named here, and handed over here."""
    actor, today = who(request)
    row = found(request, task_id)
    held = roles_of([row.pk]).get(row.pk, NOBODY)
    town = town_above(actor, row.unit)
    form = forms.RolesForm(
        request.POST or None,
        units=unit_choices(actor, today, town),
        posts=post_choices(actor, today, town, leaders=False),
        leaders=post_choices(actor, today, town, leaders=True, keep=held.lead_leader),
        initial={
            "lead_leader": str(held.lead_leader or ""),
            "lead_unit": str(held.lead_unit or ""),
            "supporting": [str(key) for key in held.supporting],
            "owner": str(held.owner or ""),
            "open_until": row.undecided_until,
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _named(request, row, form)
        except Refused as refused:
            first(form, tell(refused.why))
    context = {"form": form, "task": row, "assigns": row.state == Task.State.REGISTERED}
    return render(request, "ledger/roles.html", context, status=422 if form.errors else 200)


def _named(request: HttpRequest, row: Task, form: forms.RolesForm) -> HttpResponse:
    act: Callable[..., Written] = actions.name_roles
    if request.POST.get("verb") == "assign":
        act = actions.assign
    do(
        request,
        act,
        task=row,
        roles=form.roles(),
        open_until=form.cleaned_data["open_until"],
        version=version_of(request, row),
        reason=form.cleaned_data["reason"],
    )
    messages.success(request, _("已交办。") if act is actions.assign else _("责任分工已保存。"))
    return redirect("ledger:task", row.pk)


@actor_required
@require_http_methods(["GET", "POST"])
def milestones(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """The dated nodes of a task."""
    row = found(request, task_id)
    known = [
        {
            "title": node.title,
            "due_on": node.due_on,
            "standard": node.standard,
            "share": None if node.share is None else node.share / 100,
        }
        for node in row.milestones.order_by("position")
    ]
    formset = forms.NodeFormSet(request.POST or None, initial=known, prefix="node")
    refusal = ""
    if request.method == "POST" and formset.is_valid():
        try:
            do(
                request,
                actions.set_milestones,
                task=row,
                nodes=forms.nodes_of(formset.cleaned_data),
                version=version_of(request, row),
            )
            messages.success(request, _("时间节点已保存。"))
            return redirect("ledger:task", row.pk)
        except Refused as refused:
            refusal = tell(refused.why)
    wrong = refusal or (request.method == "POST")
    context = {"formset": formset, "task": row, "refusal": refusal}
    return render(request, "ledger/milestones.html", context, status=422 if wrong else 200)


@actor_required
@require_POST
def depend(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Say that the task waits for another."""
    row = found(request, task_id)
    number = request.POST.get("number", "").strip()
    before = visible_tasks(*who(request)).filter(plan=row.plan_id, number=number).first()
    if before is None:
        messages.error(request, _("本计划中没有这个编号的事项，请核对。"))
        return to(request, row)
    lag = request.POST.get("lag_days", "")
    do(
        request,
        actions.add_dependency,
        task=row,
        predecessor=before,
        lag_days=int(lag) if lag.lstrip("-").isdigit() and len(lag) < 5 else 0,
    )
    return to(request, row)


@actor_required
@require_POST
def undepend(request: HttpRequest, dependency_id: UUID) -> HttpResponse:
    """Say that the task no longer waits for another."""
    link = Dependency.objects.select_related("task").filter(pk=dependency_id).first()
    if link is None:
        raise Http404
    row = found(request, link.task_id)
    do(request, actions.drop_dependency, dependency=link)
    return to(request, row)
