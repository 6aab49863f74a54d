"""The ledger: everything in one table, on paper and as a workbook."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from luoshi.domain.access import Actor
from luoshi.domain.base import Refused
from luoshi.goals import queries as goals
from luoshi.ledger import actions, forms
from luoshi.ledger.headers import HeaderSet, header_sets
from luoshi.ledger.lines import table_lines
from luoshi.ledger.models import Assignment, Task
from luoshi.ledger.queries import Filters, list_tasks, visible_tasks
from luoshi.ledger.queries.choosing import goal_name, goals_of_plans, post_name, seen_units
from luoshi.ledger.queries.exporting import table_of
from luoshi.ledger.queries.importing import printable
from luoshi.ledger.queries.listing import Listing
from luoshi.ledger.queries.printing import printed
from luoshi.ledger.views.common import do, key_of, who
from luoshi.office.xlsx_child import workbook_in_child
from luoshi.ui.guard import actor_required
from luoshi.ui.sentences import tell

OWN = 20
"""How many imported tables are offered for their headers, the latest first."""

_DELIVERY = {"due": gettext_lazy("原定时限已到"), "kept": gettext_lazy("按原定时限办结并复核")}


@actor_required
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Fifty rows of what the address asks for."""
    actor, today = who(request)
    filters = forms.filters_of(request.GET)
    page = list_tasks(actor, today, filters)
    lines = [line for plan in page.plans[:1] for line in goals.lines(actor, today, plan)]
    units = seen_units(actor, today)
    may_assign = actor.has("assign")
    context = {
        "page": page,
        "lines_drawn": table_lines(page.rows, may_choose=may_assign),
        "filters": filters,
        "chips": _chips(
            (actor, today), filters, page, dict(units), {line.pk: line.name for line in lines}
        ),
        "lines": lines,
        "goals": goals_of_plans(actor, page.plans[:1]) if may_assign else [],
        "units": units,
        "states": Task.State.choices,
        "sources": Task.Source.choices,
        "lights": forms.LIGHT_WORDS,
        "may_plan": actor.has("plan"),
        "may_assign": may_assign,
        "query": urlencode(sorted(request.GET.lists()), doseq=True),
        "undo": request.GET.get("undo", ""),
    }
    return render(request, "ledger/list.html", context)


_LOOSE = {"goal": gettext_lazy("未归入目标"), "line": gettext_lazy("未归入专线")}


def _chips(
    asking: tuple[Actor, date],
    filters: Filters,
    page: Listing,
    units: dict[str, str],
    lines: dict[UUID, str],
) -> list[tuple[str, object, str]]:
    """The filters that hold, as words; each can be taken off."""
    actor, today = asking
    states = dict(Task.State.choices) | {"open": _("未办结"), "live": _("未撤销")}
    sources, lights = dict(Task.Source.choices), dict(forms.LIGHT_WORDS)
    pairs: list[tuple[str, object, str]] = [
        (_("年度"), page.year if filters.year else "", "year"),
        (_("范围"), "" if filters.planned else _("计划外事项"), "planned"),
        (_("专线"), lines.get(filters.line, "") if filters.line else "", "line"),
        (_("目标"), goal_name(actor, today, filters.goal), "goal"),
        (_("范围"), _LOOSE.get(filters.loose, ""), "loose"),
        (_("单位"), units.get(str(filters.unit), ""), "unit"),
        (_("岗位"), post_name(actor, today, filters.post), "post"),
        (_("角色"), dict(Assignment.Role.choices).get(filters.role, ""), "role"),
        (_("状态"), states.get(filters.state, ""), "state"),
        (_("亮灯"), lights.get(filters.light, ""), "light"),
        (_("来源"), sources.get(filters.source, ""), "source"),
        (_("查找"), filters.text, "q"),
        (_("范围"), _("我承办的") if filters.mine else "", "mine"),
        (_("时限"), _("已超期") if filters.overdue else "", "overdue"),
        (_("时限"), _DELIVERY.get(filters.delivery, ""), "delivery"),
        (_("牵头单位"), units.get(str(filters.lead), ""), "lead"),
        (_("类型"), _("项目") if filters.projects else "", "projects"),
    ]
    return [(label, value, name) for label, value, name in pairs if value]


@actor_required
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """The filtered view as a workbook: our own columns, or those of a published table (`heads`)."""
    actor, today = who(request)
    filters = forms.filters_of(request.GET)
    wanted = _wanted(request)
    table = printed(actor, today, filters, wanted) if wanted else table_of(actor, today, filters)
    data = workbook_in_child(table)
    name = f"{table.title}-{today.isoformat()}.xlsx"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(data, content_type=kind, headers={"Content-Disposition": disposition})


def _wanted(request: HttpRequest) -> HeaderSet | None:
    """The headers that the address names: a published set, or a table that was imported."""
    code = request.GET.get("heads", "")
    if code in header_sets():
        return header_sets()[code]
    if not _is_key(code):
        return None
    actor, today = who(request)
    row = printable(actor, today).filter(pk=code).first()
    return HeaderSet.of(code, row.name, row.heads) if row else None


@actor_required
@require_GET
def headers(request: HttpRequest) -> HttpResponse:
    """The published tables whose headers the filtered view can be printed under."""
    query = request.GET.copy()
    query.pop("heads", None)
    actor, today = who(request)
    own = [HeaderSet.of(str(row.pk), row.name, row.heads) for row in printable(actor, today)[:OWN]]
    sets = [(one, one.columns(today)[:-1]) for one in (*header_sets().values(), *own)]
    context = {"sets": sets, "query": query.urlencode()}
    return render(request, "ledger/headers.html", context)


@actor_required
@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """One change to the chosen rows; the answer offers to take it back."""
    actor, today = who(request)
    chosen = dict(pair.split(":", 1) for pair in request.POST.getlist("row") if ":" in pair)
    rows = list(visible_tasks(actor, today).filter(pk__in=[k for k in chosen if _is_key(k)]))
    for row in rows:
        text = chosen[str(row.pk)]
        row.version = int(text) if text.isdigit() else row.version
    back = "?" + request.POST.get("query", "")
    try:
        if request.POST.get("verb") == "assign":
            do(request, actions.assign_many, tasks=rows)
        else:
            change = _change(request)
            reason = request.POST.get("reason", "")
            do(request, actions.bulk_edit, tasks=rows, reason=reason, **change)
            back += f"&undo={key_of(request)}"
    except Refused as refused:
        messages.error(request, tell(refused.why))
        return redirect(f"{reverse('ledger:list')}{back}")
    count = len(rows)
    messages.success(request, _("已办理%(n)d项。") % {"n": count})
    return redirect(f"{reverse('ledger:list')}{back}")


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _change(request: HttpRequest) -> dict[str, Any]:
    """What the bulk line asks to change; nothing chosen is refused by the action."""
    change: dict[str, Any] = {}
    if urgency := request.POST.get("urgency"):
        change["urgency"] = urgency if urgency in Task.Urgency.values else Task.Urgency.ORDINARY
    if (weight := request.POST.get("weight", "")).isdigit():
        change["weight"] = min(int(weight), 100_000)
    if line := request.POST.get("line"):
        change["line_id"] = forms.key_or_none(line) if _is_key(line) else None
    if goal := request.POST.get("goal"):
        change["goal_id"] = forms.key_or_none(goal) if _is_key(goal) else None
    return change


@actor_required
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take back an edit of one's own."""
    try:
        do(request, actions.undo_edit, edit_key=request.POST.get("edit", ""))
        messages.success(request, _("已撤销刚才的修改。"))
    except Refused as refused:
        messages.error(request, tell(refused.why))
    return redirect("ledger:list")
