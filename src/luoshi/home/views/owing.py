"""我的待办: one page, as the digest tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from luoshi.home.queries.owing import Line, digest
from luoshi.home.queries.rhythm import known_of
from luoshi.indicators.queries import Owed as OwedFigure
from luoshi.ui.guard import OfficeRequest, actor_required

KINDS: Mapping[str, str | Promise] = {
    "unblock": _("解决堵点"),
    "sign": _("签收"),
    "report": _("报进展"),
    "done": _("报办结"),
    "figure": _("填报数"),
    "verify": _("请您复核"),
    "close": _("办结销号"),
    "accept": _("请您认定"),
    "rule": _("请您裁定"),
    "agree": _("请您审核延期"),
    "approve": _("请您批准延期"),
    "look": _("回头看"),
    "step": _("核稿签字"),
}
OF_ITS_OWN: Mapping[str, str] = {
    "unblock": "ledger:blocker",
    "look": "supervision:check_sample",
    "step": "supervision:outgoing",
}
"""Pages of what is owed on a row of its own."""
PARTS: Mapping[str, str | Promise] = {
    "late": _("已过时限"),
    "today": _("今天"),
    "soon": _("一周内"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A line with its word and where one tap leads."""

    line: Line
    word: str
    href: str
    unit: str


def shown(line: Line) -> Shown:
    """How the page tells a line: the office's word, the address of the thing."""
    item = line.item
    unit = item.unit.short_name if isinstance(item, OwedFigure) else item.task.unit.short_name
    return Shown(line, str(KINDS.get(item.kind, item.kind)), _href(line), unit)


def _href(line: Line) -> str:
    item = line.item
    if isinstance(item, OwedFigure):
        address = reverse("indicators:grid")
        return f"{address}?unit={item.unit.pk}&year={item.period.end.year}"
    if line.whom:
        return reverse("ledger:task", args=[item.task.pk])
    if item.kind in OF_ITS_OWN:
        return reverse(OF_ITS_OWN[item.kind], args=[item.subject_id])
    if item.kind == "verify":
        return reverse("supervision:verify", args=[item.task.pk])
    if item.kind in {"sign", "report", "done"}:
        return f"{reverse('ledger:my_week')}#t-{item.task.pk}"
    return reverse("ledger:task", args=[item.task.pk])


@actor_required
@require_GET
def owed(request: OfficeRequest) -> HttpResponse:
    """What is mine to do, how late, and what was left below me too long."""
    known = known_of(request.actor)
    found = digest(request.actor, request.today, known)
    parts = [(name, PARTS[name], [shown(line) for line in lines]) for name, lines in found.parts()]
    context = {
        "digest": found,
        "parts": parts,
        "raised": [shown(line) for line in found.raised],
        "rhythm": known[0] if known else None,
    }
    return render(request, "home/owed.html", context)
