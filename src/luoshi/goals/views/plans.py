from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luoshi.domain.access import Actor
from luoshi.domain.base import Refused
from luoshi.goals import actions, baseline, forms, queries
from luoshi.goals.models import Plan, WorkLine
from luoshi.org.models import Post
from luoshi.org.queries import town_of
from luoshi.ui.guard import actor_required, do, version_sent
from luoshi.ui.sentences import tell


@actor_required
@require_http_methods(["GET", "POST"])
def plans(request: HttpRequest) -> HttpResponse:
    """The plans one may read; a new year is opened here."""
    actor, today = _who(request)
    town = town_of(actor)
    may = bool(town and queries.may_plan(actor, town.path))
    form = forms.PlanForm(request.POST or None, initial={"year": today.year})
    if request.method == "POST":
        if not may or town is None:
            raise Http404
        if form.is_valid():
            try:
                made = do(request, actions.create_plan, unit=town, **form.cleaned_data)
                return redirect("goals:plan", made.id)
            except Refused as refused:
                form.add_error("year", tell(refused.why))
    rows = queries.plans(actor, today)
    context = {"rows": rows, "form": form, "may": may, "town": town}
    return render(request, "goals/plans.html", context, status=422 if form.errors else 200)


@actor_required
@require_GET
def plan(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    actor, today = _who(request)
    row = _plan(request, plan_id)
    leaders = queries.leader_choices(actor, today, row)
    context = {
        "plan": row,
        "lines": [(line, baseline.share_of(line)) for line in queries.lines(actor, today, row)],
        "share": baseline.share_of(row),
        "goals": queries.goals(actor, today, row),
        "notes": queries.notes(actor, today, row),
        "snapshots": queries.snapshots(actor, today, row),
        "whole": queries.sees_whole(actor, row),
        "may": queries.may_plan(actor, row.unit.path) and row.state != Plan.State.CLOSED,
        "form": forms.LineForm(leaders=leaders),
    }
    return render(request, "goals/plan.html", context)


FIELDS = {
    "title": _lazy("名称"),
    "name": _lazy("名称"),
    "number": _lazy("编号"),
    "parent_id": _lazy("上级事项"),
    "line_id": _lazy("工作专线"),
    "goal_id": _lazy("所属目标"),
    "leader_post_id": _lazy("牵头领导"),
    "measures": _lazy("举措"),
    "acceptance": _lazy("完成标准"),
    "rhythm": _lazy("时限类型"),
    "starts_on": _lazy("计划开始"),
    "due_on": _lazy("完成时限"),
    "target_value": _lazy("目标值"),
    "target_unit": _lazy("计量单位"),
    "target_op": _lazy("比较"),
    "weight": _lazy("权重"),
    "roll_up": _lazy("汇总方式"),
    "roles": _lazy("责任分工"),
    "milestones": _lazy("时间节点"),
}
"""What a field of the baseline is called on the page."""


@actor_required
@require_GET
def compared(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """The plan as it stands beside a baseline: what was added, what is gone, what is other."""
    actor, today = _who(request)
    row = _plan(request, plan_id)
    if not queries.sees_whole(actor, row):
        raise Http404
    shots = list(queries.snapshots(actor, today, row))
    asked = request.GET.get("shot", "")
    shot = next((one for one in shots if str(one.pk) == asked), shots[0] if shots else None)
    found: list[baseline.Difference] = []
    if shot is not None:
        now, _digest = baseline.canonical(baseline.content_of(row))
        found = baseline.compare(shot.content, now)
    names = queries.names_of(actor, today, row, baseline.named(found))
    told = queries.changed_by(actor, shot.taken_at, found) if shot and found else {}
    rows = [
        (
            one,
            told.get(one.key, ()),
            [
                (FIELDS[name], *(baseline.worded(name, value, names) for value in values))
                for name, *values in one.fields
                if name in FIELDS
            ],
        )
        for one in found
    ]
    counts = {kind: sum(one.kind == kind for one in found) for kind in ("added", "gone", "changed")}
    context = {"plan": row, "shots": shots, "shot": shot, "rows": rows, "counts": counts}
    return render(request, "goals/baseline.html", context)


@actor_required
@require_http_methods(["GET", "POST"])
def line(request: HttpRequest, plan_id: UUID, line_id: UUID | None = None) -> HttpResponse:
    """Open a work line, or change its name and leader."""
    actor, today = _who(request)
    row = _plan(request, plan_id)
    known = queries.lines(actor, today, row).filter(pk=line_id).first() if line_id else None
    if line_id and known is None:
        raise Http404
    form = forms.LineForm(
        request.POST or None,
        leaders=queries.leader_choices(actor, today, row),
        initial={"name": known.name, "leader": str(known.leader_post_id or "")} if known else {},
    )
    if request.method == "POST" and form.is_valid():
        _save_line(request, row, known, form.cleaned_data)
        messages.success(request, _("工作专线已保存。"))
        return redirect("goals:plan", row.pk)
    context = {"plan": row, "line": known, "form": form}
    return render(request, "goals/line.html", context, status=422 if form.errors else 200)


def _save_line(
    request: HttpRequest, plan_row: Plan, known: WorkLine | None, data: dict[str, Any]
) -> None:
    leader = (
        Post.objects.get(pk=data["leader"], jurisdiction=plan_row.jurisdiction)
        if data["leader"]
        else None
    )
    if known is None:
        do(request, actions.add_line, plan=plan_row, name=data["name"], leader_post=leader)
        return
    version = request.POST.get("version", "")
    do(
        request,
        actions.edit_line,
        line=known,
        version=int(version) if version.isdigit() else known.version,
        name=data["name"],
        leader_post_id=leader.pk if leader else None,
    )


@actor_required
@require_POST
def approve(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    row = _plan(request, plan_id)
    do(request, actions.approve_plan, plan=row, version=_version(request, row), now=timezone.now())
    messages.success(request, _("计划已定稿，基线已保存。"))
    return redirect("goals:plan", row.pk)


@actor_required
@require_POST
def close(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    row = _plan(request, plan_id)
    do(request, actions.close_plan, plan=row, version=_version(request, row))
    messages.success(request, _("计划已收官。"))
    return redirect("goals:plan", row.pk)


def _who(request: HttpRequest) -> tuple[Actor, date]:
    return request.actor, request.today  # type: ignore[attr-defined]


def _plan(request: HttpRequest, plan_id: UUID) -> Plan:
    row = queries.plan_for(*_who(request), plan_id)
    if row is None:
        raise Http404
    return row


def _version(request: HttpRequest, row: Plan) -> int:
    sent = version_sent(request)
    return row.version if sent is None else sent
