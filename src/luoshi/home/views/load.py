"""The page that evens loads: a proposal, accepted line by line."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luoshi.home.queries.load import proposal, scope_of
from luoshi.ledger import actions as ledger
from luoshi.ledger.carrying import NOBODY, roles_of
from luoshi.ledger.forms import key_of_row
from luoshi.ledger.queries import visible_tasks
from luoshi.ui.guard import OfficeRequest, actor_required, right_required

SHOWN = 40


@actor_required
@require_GET
def even(request: OfficeRequest) -> HttpResponse:
    """Which items could change hands, for whoever answers for the people."""
    found = proposal(request.actor, request.today)
    if found is None:
        raise Http404
    context = {
        "found": found,
        "lines": found.lines[:SHOWN],
        "more": max(0, len(found.lines) - SHOWN),
        "may": request.actor.has("assign"),
    }
    return render(request, "home/load.html", context)


@right_required("assign")
@require_POST
def accept(request: OfficeRequest) -> HttpResponse:
    """One line: the item's owner becomes the post that was proposed; the reason is kept."""
    actor, today = request.actor, request.today
    task_id, to = key_of_row(request.POST.get("task")), key_of_row(request.POST.get("to"))
    task = visible_tasks(actor, today).filter(pk=task_id).first() if task_id else None
    if task is None or to is None or scope_of(actor) is None:
        raise Http404
    roles = replace(roles_of([task.pk]).get(task.pk, NOBODY), owner=to)
    text = request.POST.get("version", "")
    told: dict[str, Any] = {"actor": actor, "today": today, "now": timezone.now()}
    told["key"] = request.POST.get("key", "")
    ledger.name_roles(
        **told,
        task=task,
        roles=roles,
        version=int(text) if text.isdigit() else None,
        reason=request.POST.get("reason", "").strip(),
    )
    messages.success(request, _("已移交，原责任人和日期留在记录中。"))
    return redirect("home:load")
