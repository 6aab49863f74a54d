"""The timetable of a plan, and a person's week."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luoshi.goals import queries as goals
from luoshi.ledger import forms
from luoshi.ledger.queries import compact, my_week, timetable
from luoshi.ledger.views.common import who
from luoshi.ui.guard import actor_required


@actor_required
@require_GET
def gantt(request: HttpRequest) -> HttpResponse:
    """Answer whether it can be met: the verdict in words, the bars drawn, the same as a table."""
    actor, today = who(request)
    plans = list(goals.plans(actor, today))
    asked = forms.key_of_row(request.GET.get("plan"))
    plan = next((row for row in plans if row.pk == asked), None)
    plan = plan or goals.current_plan(actor, today)
    table = timetable(actor, today, plan) if plan else None
    context = {
        "plans": plans,
        "plan": plan,
        "table": table,
        "data": compact(table) | {"today": (today - table.first).days} if table else None,
    }
    return render(request, "ledger/timetable.html", context)


@actor_required
@require_GET
def week(request: HttpRequest) -> HttpResponse:
    """Answer what a person must say today."""
    actor, today = who(request)
    return render(request, "ledger/my_week.html", {"week": my_week(actor, today)})
