"""What a move of the timetable would do, looked at first, then saved in one act."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luoshi.domain.base import Refused
from luoshi.goals import queries as goals
from luoshi.goals.models import Plan
from luoshi.ledger import actions, forms
from luoshi.ledger import queries as ledger
from luoshi.ledger.models import Task
from luoshi.ledger.moves import read_moves, read_versions
from luoshi.ledger.queries import Considered
from luoshi.ledger.views.common import address, do, root_of, who
from luoshi.ui.guard import actor_required
from luoshi.ui.sentences import tell


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
        "rows": list(_rows(seen, f"{reverse('ledger:timetable')}?{here}")),
        "refusal": refusal or (tell(seen.refusal) if seen.refusal else ""),
        "in_force": plan.state == Plan.State.IN_FORCE,
        "reason": request.POST.get("reason", ""),
        "reply": request.POST.get("superior_reply", ""),
    }
    return render(request, "ledger/consider.html", context, status=422 if refusal else 200)


def _rows(seen: Considered, back: str) -> Iterator[tuple[Any, str]]:
    """Each change with the address where its deadline is asked for; "" where it needs none."""
    for row in seen.changed:
        there = address(("supervision:ask_extension",), row.task.pk) if row.way == "ask" else ""
        words = urlencode({"new_due_on": row.new, "next": back}) if there else ""
        yield row, f"{there}?{words}" if there else ""


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
