"""The journal's daily anchors: looked at, printed, taken along, compared with a paper."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from luoshi.domain.base import Sentence, say
from luoshi.domain.sealing import Start
from luoshi.journal import outside
from luoshi.journal.models import Anchor
from luoshi.journal.queries import anchors, seal_at
from luoshi.ui.guard import OfficeRequest, right_required
from luoshi.ui.lists import page_of

LEAST_SEAL = 8
"""So many characters of a seal, copied from paper, tell one chain from another."""


@right_required("read_journal")
@require_GET
def listed(request: OfficeRequest) -> HttpResponse:
    """One anchor a day; and whether a number and a seal from a paper are still in the chain."""
    page = page_of(anchors(request.actor).order_by(), ("-on", "-id"), request.GET.get("after", ""))
    seq, seal = request.GET.get("seq", "").strip(), _hex(request.GET.get("seal", ""))
    verdict, agrees = _compared(request, seq, seal)
    context = {"page": page, "seq": seq, "seal": seal, "verdict": verdict, "agrees": agrees}
    return render(request, "home/anchors.html", context)


def _hex(text: str) -> str:
    return "".join(text.split()).lower()[:64]


def _compared(request: OfficeRequest, seq: str, seal: str) -> tuple[Sentence | None, bool]:
    if not seq and not seal:
        return None, False
    if not (seq.isascii() and seq.isdigit() and len(seq) < 19) or len(seal) < LEAST_SEAL:
        return say("home.anchor.asked", least=LEAST_SEAL), False
    held = seal_at(request.actor, int(seq))
    if not held:
        return say("journal.anchor_beyond", seq=int(seq)), False
    if held.startswith(seal):
        return say("journal.anchor_agrees", seq=int(seq)), True
    return say("journal.anchor_differs", seq=int(seq)), False


def _row(request: OfficeRequest, on: str) -> Anchor:
    try:
        day = date.fromisoformat(on)
    except ValueError:
        raise Http404 from None
    return get_object_or_404(anchors(request.actor), on=day)


@right_required("read_journal")
@require_GET
def printed(request: OfficeRequest, on: str) -> HttpResponse:
    """A day's anchor on one A4, to be signed and kept in a drawer."""
    row = _row(request, on)
    parts = [row.seal[at : at + 8] for at in range(0, len(row.seal), 8)]
    return render(request, "home/anchor.html", {"anchor": row, "parts": parts})


@right_required("read_journal")
@require_GET
def taken(request: OfficeRequest, on: str) -> HttpResponse:
    """A day's anchor as the file that `luoshi journal verify --anchor` reads."""
    row = _row(request, on)
    name = f"{outside.DAILY}{row.on.isoformat()}.json"
    return HttpResponse(
        outside.as_text({row.jurisdiction: Start(row.seq, row.seal)}),
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
