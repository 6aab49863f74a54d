"""The daily anchor: made by the clock, put into a folder, mailed to the office's address.

What leaves the machine names no matter: the chain's end, its number, and the date.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail

from luoshi.domain.access import Actor
from luoshi.domain.base import say
from luoshi.domain.sealing import Start
from luoshi.journal import outside
from luoshi.journal.actions import make_anchor, mark_delivered
from luoshi.journal.models import Anchor, Entry
from luoshi.ui.sentences import tell

log = logging.getLogger(__name__)
STILL_DELIVERED = timedelta(days=30)
"""So long an anchor that could not be delivered is tried again."""


def daily(today: date) -> bool:
    """Make today's anchors and deliver what waits; whether everything is where it should be."""
    entries = Entry.objects.filter(seq__isnull=False).order_by()
    found = set(entries.values_list("jurisdiction", flat=True).distinct())
    found -= set(Anchor.objects.filter(on=today).values_list("jurisdiction", flat=True))
    for jurisdiction in sorted(found):
        make_anchor(actor=Actor.system(jurisdiction), today=today)
    kept = _deliver(today, "kept_at", _keep)
    return _deliver(today, "mailed_at", _mail) and kept if settings.LUOSHI_ANCHOR_MAIL else kept


def _deliver(today: date, by: str, send: Callable[[date, Sequence[Anchor]], None]) -> bool:
    """Send each day's waiting anchors together; a day that failed waits for the next try."""
    waiting = Anchor.objects.filter(**{f"{by}__isnull": True}, on__gt=today - STILL_DELIVERED)
    days: dict[date, list[Anchor]] = {}
    for row in waiting.order_by("on", "jurisdiction"):
        days.setdefault(row.on, []).append(row)
    whole = True
    for on, rows in days.items():
        try:
            send(on, rows)
        except OSError:  # SMTPException is one
            log.warning(
                "the journal's anchor of %s could not be delivered (%s)", on, by, exc_info=True
            )
            whole = False
            continue
        for row in rows:
            mark_delivered(actor=Actor.system(row.jurisdiction), today=today, anchor=row, by=by)
    return whole


def _ends(rows: Sequence[Anchor]) -> dict[UUID, Start]:
    return {row.jurisdiction: Start(row.seq, row.seal) for row in rows}


def _keep(on: date, rows: Sequence[Anchor]) -> None:
    outside.keep_anchor(f"{outside.DAILY}{on.isoformat()}", _ends(rows))


def _mail(on: date, rows: Sequence[Anchor]) -> None:
    lines = [tell(say("journal.anchor_line", on=on, seq=row.seq, seal=row.seal)) for row in rows]
    text = "\n".join([*lines, "", outside.as_text(_ends(rows))])
    subject = tell(say("journal.anchor_subject", on=on))
    send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, settings.LUOSHI_ANCHOR_MAIL)
