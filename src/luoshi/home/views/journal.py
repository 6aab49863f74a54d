"""The journal's page: filter, export, and proof that nobody rewrote it."""

from __future__ import annotations

import csv
import io
from datetime import date

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luoshi.domain.base import Sentence, say
from luoshi.domain.workdays import SHANGHAI
from luoshi.home import verbs
from luoshi.home.queries.journal import MOST_EXPORTED, Asked, entries, lines
from luoshi.journal import sealer
from luoshi.office.plain import defused
from luoshi.ui.guard import OfficeRequest, right_required
from luoshi.ui.lists import page_of
from luoshi.ui.sentences import tell


def _asked(query: QueryDict) -> Asked:
    """The address, read kindly: what makes no sense asks for nothing."""
    verb = query.get("verb", "")
    return Asked(
        verb=verb if verb in verbs.ROOMS or verb in verbs.WORDS else "",
        from_on=_day(query.get("from", "")),
        to_on=_day(query.get("to", "")),
    )


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


@right_required("read_journal")
@require_GET
def journal(request: OfficeRequest) -> HttpResponse:
    """Who did what, fifty entries at a time."""
    asked = _asked(request.GET)
    rows = entries(request.actor, request.today, asked).order_by()
    page = page_of(rows, ("-at", "-id"), request.GET.get("after", ""))
    chips = [
        (_("范围"), verbs.ROOMS.get(asked.verb) or verbs.word(asked.verb), "verb"),
        (_("自"), asked.from_on or "", "from"),
        (_("至"), asked.to_on or "", "to"),
    ]
    context = {
        "page": page,
        "lines": lines(request.actor, page.rows),
        "asked": asked,
        "rooms": verbs.ROOMS.items(),
        "chips": [chip for chip in chips if chip[1]],
        "query": urlencode(sorted(request.GET.lists()), doseq=True),
    }
    return render(request, "home/journal.html", context)


@right_required("read_journal")
@require_GET
def export(request: OfficeRequest) -> HttpResponse:
    """The filtered entries as CSV, in which nothing runs as a formula."""
    rows = entries(request.actor, request.today, _asked(request.GET))[:MOST_EXPORTED]
    out = io.StringIO()
    table = csv.writer(out)
    heads = (
        _("时间"),
        _("人员"),
        _("代录对象"),
        _("动作"),
        _("对象"),
        _("单位"),
        _("理由"),
        _("序号"),
        _("封印"),
    )
    table.writerow(heads)
    for line in lines(request.actor, rows):
        entry = line.entry
        at = entry.at.astimezone(SHANGHAI).isoformat(sep=" ", timespec="seconds")
        texts = (at, line.who, line.behalf, line.what, line.subject, line.unit, entry.reason)
        table.writerow([*map(defused, texts), entry.seq or "", entry.seal])
    name = _("操作日志") + f"-{request.today.isoformat()}.csv"
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(
        "\ufeff" + out.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": disposition},
    )


@right_required("read_journal")
@require_POST
def verify(request: OfficeRequest) -> HttpResponse:
    """Prove the sealed part of the journal now, and say what is not yet sealed."""
    now = timezone.now()
    report = sealer.verify(request.actor.jurisdiction_id, now)
    if report.broken is not None:
        fault = Sentence(f"journal.{report.broken.fault}", {"seq": report.broken.seq})
        messages.error(request, tell(fault))
        return redirect("home:journal")
    sentence = tell(say("journal.intact", sealed=report.sealed, unsealed=report.unsealed))
    if report.oldest_unsealed is not None:
        minutes = int((now - report.oldest_unsealed).total_seconds()) // 60
        sentence += tell(say("home.journal.tail", minutes=minutes))
    messages.success(request, sentence)
    return redirect("home:journal")
