"""One box that finds items, goals, notes and texts by any part of their words."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luoshi.goals.models import Goal, Note
from luoshi.home.queries.search import search as find
from luoshi.ui.guard import OfficeRequest, actor_required


@actor_required
@require_GET
def search(request: OfficeRequest) -> HttpResponse:
    """What the reader may see of what matches."""
    text = request.GET.get("q", "").strip()[:60]
    found = find(request.actor, request.today, text) if text else []
    words = {
        "ledger.task": _("台账事项"),
        "goals.goal": _("目标"),
        "goals.note": _("成绩与不足"),
        "documents.document": _("会议材料"),
    }
    groups = [
        (words[part.kind], part, _addresses(part.kind, [row.subject_id for row in part.rows]))
        for part in found
    ]
    shown = [
        (label, part, [(row, there.get(row.subject_id, "")) for row in part.rows])
        for label, part, there in groups
    ]
    return render(request, "home/search.html", {"text": text, "groups": shown})


def _addresses(kind: str, keys: list[UUID]) -> dict[UUID, str]:
    """Where each row is read; a goal and a note are read on their plan's page."""
    if kind == "ledger.task":
        return {key: reverse("ledger:task", args=[key]) for key in keys}
    if kind == "documents.document":
        return {key: reverse("adoption:reader", args=[key]) for key in keys}
    rows = Goal.objects.filter(pk__in=keys) if kind == "goals.goal" else None
    notes = Note.objects.filter(pk__in=keys)
    plans = (notes if rows is None else rows).values_list("pk", "plan_id")
    return {key: reverse("goals:plan", args=[plan]) for key, plan in plans}
