"""The journal's page: filter, export, and proof that nobody rewrote it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luoshi.domain.base import say
from luoshi.home import verbs
from luoshi.home.queries.journal import MOST_EXPORTED, Asked, entries, lines, table, units
from luoshi.journal import actions, proving
from luoshi.journal.queries import last_check, sealed_count
from luoshi.office.xlsx_child import workbook_in_child
from luoshi.office.xlsx_out import csv_table
from luoshi.ui.guard import OfficeRequest, do, right_required
from luoshi.ui.lists import page_of
from luoshi.ui.sentences import tell

CHECKED_AT_ONCE = 20_000
"""So many entries are proved while the person waits (about a second); more by the worker."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _asked(query: QueryDict) -> Asked:
    """The address, read kindly: what makes no sense asks for nothing."""
    verb, kind = query.get("verb", ""), query.get("kind", "")
    return Asked(
        verb=verb if verb in verbs.ROOMS or verb in verbs.WORDS else "",
        kind=kind if kind in dict(verbs.kinds()) else "",
        unit_id=_key(query.get("unit", "")),
        person=_words(query.get("person", "")),
        text=_words(query.get("q", "")),
        from_on=_day(query.get("from", "")),
        to_on=_day(query.get("to", "")),
    )


def _words(text: str) -> str:
    return text.replace("\0", "").strip()[:60]


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


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
    offered = units(request.actor, request.today)
    chips = [
        (_("动作"), verbs.ROOMS.get(asked.verb) or verbs.word(asked.verb), "verb"),
        (_("对象"), dict(verbs.kinds()).get(asked.kind, ""), "kind"),
        (_("单位"), dict(offered).get(asked.unit_id, "") if asked.unit_id else "", "unit"),
        (_("人员"), asked.person, "person"),
        (_("文字"), asked.text, "q"),
        (_("自"), asked.from_on or "", "from"),
        (_("至"), asked.to_on or "", "to"),
    ]
    context = {
        "page": page,
        "lines": lines(request.actor, page.rows),
        "asked": asked,
        "rooms": verbs.ROOMS.items(),
        "kinds": verbs.kinds(),
        "units": offered,
        "check": last_check(request.actor),
        "chips": [chip for chip in chips if chip[1]],
        "query": urlencode(sorted(request.GET.lists()), doseq=True),
    }
    return render(request, "home/journal.html", context)


@right_required("read_journal")
@require_GET
def export(request: OfficeRequest) -> HttpResponse:
    """The filtered entries as a workbook or as CSV, in which nothing runs as a formula."""
    rows = entries(request.actor, request.today, _asked(request.GET))[:MOST_EXPORTED]
    spec = table(request.actor, rows)
    as_csv = request.GET.get("format") == "csv"
    data = csv_table(spec) if as_csv else workbook_in_child(spec)
    name = f"{spec.title}-{request.today.isoformat()}.{'csv' if as_csv else 'xlsx'}"
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(
        data,
        content_type="text/csv; charset=utf-8" if as_csv else XLSX,
        headers={"Content-Disposition": disposition},
    )


@right_required("read_journal")
@require_POST
def verify(request: OfficeRequest) -> HttpResponse:
    """Prove the sealed part of the journal now, or have the worker prove a long one."""
    if sealed_count(request.actor) > CHECKED_AT_ONCE:
        do(request, actions.ask_check)
        messages.success(request, tell(say("home.journal.asked")))
        return redirect("home:journal")
    now = timezone.now()
    report = proving.verify(request.actor.jurisdiction_id, now)
    sentence = tell(report.verdict)
    if report.broken is not None:
        messages.error(request, sentence)
        return redirect("home:journal")
    if report.oldest_unsealed is not None:
        minutes = int((now - report.oldest_unsealed).total_seconds()) // 60
        sentence += tell(say("home.journal.tail", minutes=minutes))
    messages.success(request, sentence)
    return redirect("home:journal")
