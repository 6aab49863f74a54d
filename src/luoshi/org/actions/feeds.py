"""A person's calendar address: made, changed, ended by its person alone."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, say
from luoshi.journal.actions import Written, nothing, record, write
from luoshi.org.models import CalendarFeed


@write("org.feed.opened")
def open_feed(
    *, actor: Actor, today: date, now: datetime, digest: str, titles: bool, key: str = ""
) -> Written:
    """Make a secret address for one's own dates; an address made before ends with it.

    Only the secret's digest is kept. Refused for whoever holds no post: there is nothing to read.
    """
    if actor.account_id is None or not actor.posts:
        raise Refused(say("org.no_post"))
    _end(actor.account_id, now)
    row = CalendarFeed.objects.create(
        jurisdiction=actor.jurisdiction_id,
        account_id=actor.account_id,
        digest=digest,
        titles=titles,
        made_at=now,
    )
    record(row, {"titles": (None, titles)}, at=now)
    return Written("org.calendarfeed", row.pk)


@write("org.feed.ended")
def end_feed(*, actor: Actor, today: date, now: datetime, key: str = "") -> Written:
    """Take one's own address back: whoever asks at it from now on finds nothing."""
    assert actor.account_id is not None, "an address is a signed-in person's own"
    row = _end(actor.account_id, now)
    if row is None:
        return nothing("org.calendarfeed", actor.account_id)
    record(row, {"ended": (False, True)}, at=now)
    return Written("org.calendarfeed", row.pk)


def _end(account_id: UUID, now: datetime) -> CalendarFeed | None:
    mine = CalendarFeed.objects.select_for_update().filter(
        account_id=account_id, ended_at__isnull=True
    )
    row = mine.first()
    if row is not None:
        row.ended_at = now
        row.save(update_fields=["ended_at"])
    return row
