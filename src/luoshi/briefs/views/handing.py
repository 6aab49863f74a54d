"""工作交接单: the pack on a page and as a paper, and the hand-over itself."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luoshi.briefs.handover import Pack, before_turnover, blocks_of, pack_of, title_of
from luoshi.briefs.views.writing import DOCX
from luoshi.domain.access import Allowed, may
from luoshi.ledger import actions as ledger
from luoshi.ledger.forms import key_of_row
from luoshi.ledger.queries.choosing import post_choices, town_above, unit_choices
from luoshi.office.paper import pieces_in_child
from luoshi.org.models import Post, Unit
from luoshi.ui.guard import OfficeRequest, actor_required, right_required

Giver = Unit | Post


def _giver(request: OfficeRequest, kind: str, key: UUID) -> Giver:
    mine = {"jurisdiction": request.actor.jurisdiction_id, "pk": key}
    found: Giver | None = (
        Unit.objects.filter(**mine).first()
        if kind == "unit"
        else Post.objects.filter(**mine).select_related("unit").first()
    )
    if found is None:
        raise Http404
    return found


def _pack(request: OfficeRequest, kind: str, key: UUID) -> Pack:
    pack = pack_of(request.actor, request.today, _giver(request, kind, key))
    if pack is None:
        raise Http404
    return pack


@actor_required
@require_GET
def pack(request: OfficeRequest, kind: str, key: UUID) -> HttpResponse:
    """What would be handed over today, and to whom it could go."""
    found = _pack(request, kind, key)
    allowed = may(request.actor, "assign", found.unit.path)
    takers: list[tuple[str, str]] = []
    if isinstance(allowed, Allowed):
        town = town_above(request.actor, found.unit)
        actor, today = request.actor, request.today
        takers = (
            unit_choices(actor, today, town)
            if kind == "unit"
            else post_choices(actor, today, town, leaders=False)
        )
        takers = [choice for choice in takers if choice[0] != str(key)]
    return render(request, "briefs/handover.html", {"pack": found, "kind": kind, "takers": takers})


@actor_required
@require_GET
def turnover(request: OfficeRequest, key: UUID) -> HttpResponse:
    """换届交接: every post of a place with what it hands over, each pack one click away."""
    place = _giver(request, "unit", key)
    rows = before_turnover(request.actor, request.today, place) if isinstance(place, Unit) else None
    if rows is None:
        raise Http404
    context = {
        "place": place,
        "rows": rows,
        "items": sum(row.items for row in rows),
        "vacant": sum(row.person is None for row in rows),
    }
    return render(request, "briefs/turnover.html", context)


@actor_required
@require_GET
def docx(request: OfficeRequest, kind: str, key: UUID) -> HttpResponse:
    """The pack as a docx file, to be signed by both."""
    found = _pack(request, kind, key)
    data = pieces_in_child(title_of(found), blocks_of(found), found.unit.name, found.on)
    name = f"{found.label}工作交接单.docx"
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(data, content_type=DOCX, headers={"Content-Disposition": disposition})


@require_POST
@right_required("assign")
def hand(request: OfficeRequest, kind: str, key: UUID) -> HttpResponse:
    """Everything in the pack goes to another unit or post, in one act."""
    giver = _pack(request, kind, key).giver
    to = key_of_row(request.POST.get("to"))
    taker = _giver(request, kind, to) if to else giver
    told: dict[str, Any] = {"actor": request.actor, "today": request.today, "now": timezone.now()}
    told["key"] = request.POST.get("key", "")
    done = ledger.hand_over(
        **told, giver=giver, taker=taker, reason=request.POST.get("reason", "").strip()
    )
    messages.success(request, _("已移交%(n)s项，原分工留在记录中。") % {"n": done.facts["n"]})
    return redirect(f"briefs:handover_{kind}", key)
