"""The timetable of a plan, and a person's week."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_GET

from luoshi.burden.queries import to_reply
from luoshi.goals import queries as goals
from luoshi.indicators.queries import owed as owed_figures
from luoshi.ledger import forms
from luoshi.ledger.quarters import quarters_of
from luoshi.ledger.queries import compact, my_week, timetable
from luoshi.ledger.queries.timesheet import timesheet
from luoshi.ledger.roadmap import roadmap_of
from luoshi.ledger.views.common import address, plan_asked, root_of, who
from luoshi.office.xlsx_child import workbook_in_child
from luoshi.ui.guard import actor_required


@actor_required
@require_GET
def gantt(request: HttpRequest) -> HttpResponse:
    """Answer whether it can be met: the verdict in words, the bars drawn, the same as a table.

    `?task=` asks for one item with all that hangs under it, `?plan=` for a whole plan.
    """
    actor, today = who(request)
    plans = list(goals.plans(actor, today))
    root = root_of(request, request.GET)
    asked = root.plan_id if root else forms.key_of_row(request.GET.get("plan"))
    plan = next((row for row in plans if row.pk == asked), None)
    plan = plan or goals.current_plan(actor, today)
    table = timetable(actor, today, plan, root) if plan else None
    view = request.GET.get("view")
    as_table, as_quarters = view == "table", view == "quarters"
    as_map = table is not None and view == "map"
    drawn = table is not None and not (as_table or as_quarters or as_map)
    context = {
        "plans": plans,
        "plan": plan,
        "root": root,
        "here": f"task={root.pk}" if root else f"plan={plan.pk}" if plan else "",
        "table": table,
        "ways": [(way, urlencode(way.moves or ())) for way in table.ways] if table else (),
        "as_table": as_table,
        "as_quarters": as_quarters,
        "quarters": quarters_of([bar.task for bar in table.bars], table.plan.year)
        if table and as_quarters
        else (),
        "map": roadmap_of(table) if table and as_map else None,
        "drawn": drawn,
        "editing": forms.key_of_row(request.GET.get("edit")),
        "data": _json(compact(table) | {"today": (today - table.first).days})
        if table and drawn
        else "",
    }
    return render(request, "ledger/timetable.html", context)


@actor_required
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """The timetable as a workbook: what the table shows, and the keys for the way back."""
    actor, today = who(request)
    plan, root, _here = plan_asked(request, request.GET)
    sheet = timesheet(actor, today, plan, root)
    if sheet is None:
        raise Http404
    name = f"{sheet.title}-{today.isoformat()}.xlsx"
    return HttpResponse(
        workbook_in_child(sheet),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        headers={"Content-Disposition": content_disposition_header(True, name) or "attachment"},  # noqa: FBT003
    )


def _json(data: dict[str, Any]) -> SafeString:
    """Compact JSON for a data block: Chinese as it is, markup as escapes that JSON undoes."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(_IN_SCRIPT))  # noqa: S308 - nothing in it can end the block


_IN_SCRIPT = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@actor_required
@require_GET
def week(request: HttpRequest) -> HttpResponse:
    """Answer what a person must say today."""
    actor, today = who(request)
    context = {"week": my_week(actor, today), "figures": owed_figures(actor, today)}
    context["said"] = address(("supervision:said",))
    context["replies"] = to_reply(actor, today)
    return render(request, "ledger/my_week.html", context)
