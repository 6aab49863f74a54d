"""The digest of a day becomes notices: one a person and channel, one a group; a late one merges."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Min

from luoshi.domain.access import Actor
from luoshi.journal.actions import Written, nothing, record, write
from luoshi.notices.models import Channel, Notice, Preference, ReminderRule, Via
from luoshi.org.models import Unit
from luoshi.store.bulk import insert_many

DIGEST_JOB = "home.digest"
"""The kind of job by which the room that joins all rooms gathers what people owe."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one person is told today: counts, never matters."""

    person_id: UUID
    count: int
    late: int
    raised: int


@write("notices.notice.tell")
def tell(*, actor: Actor, today: date, now: datetime, place: Unit, told: Sequence[Told]) -> Written:
    """Make today's notices of a place: on the page at once, by mail and robots to be sent.

    By mail only where the office sends mail and the person gave an address; a group's robot is told
    how many of the place's people have something to do. What waits from days before is merged into
    today's, or dropped where nothing is owed any more: one message, not a pile. A notice that was
    made before stays as it is. One entry a place, with counts.
    """
    rule = ReminderRule.objects.filter(unit=place).first()
    wishes = {
        row.person_id: row
        for row in Preference.objects.filter(
            jurisdiction=actor.jurisdiction_id, person__in=[one.person_id for one in told]
        )
    }
    rows = list(_rows(place, today, now, told, wishes, mail=rule is not None and rule.mail))
    known = set(
        Notice.objects.filter(
            jurisdiction=actor.jurisdiction_id, sent_key__in=[row.sent_key for row in rows]
        ).values_list("sent_key", flat=True)
    )
    rows = [row for row in rows if row.sent_key not in known]
    merged, dropped = _take_over(place, today, now, rows)
    insert_many(rows)
    if not rows and not merged and not dropped:
        return nothing("org.unit", place.pk)
    counts = {via: sum(row.via == via for row in rows) for via in sorted({r.via for r in rows})}
    facts = {"due": today, **counts, "merged": merged, "dropped": dropped}
    record(place, {name: (None, value) for name, value in facts.items()}, unit_id=place.pk, at=now)
    return Written("org.unit", place.pk, 0, {"made": len(rows), "merged": merged})


def _rows(
    place: Unit,
    today: date,
    now: datetime,
    told: Iterable[Told],
    wishes: dict[UUID, Preference],
    *,
    mail: bool,
) -> Iterable[Notice]:
    common = {
        "jurisdiction": place.jurisdiction, "unit_id": place.pk, "due": today, "since": today,
    }  # fmt: skip
    in_group = 0
    for one in told:
        wish = wishes.get(one.person_id)
        off = set(wish.off) if wish else set()
        counts = {"count": one.count, "late": one.late, "raised": one.raised}
        yield Notice(
            **common, **counts, person_id=one.person_id, via=Via.PAGE, state=Notice.State.SENT,
            ended_at=now, sent_key=f"digest/{today}/page/{one.person_id}",
        )  # fmt: skip
        if mail and wish and wish.email and "mail" not in off:
            yield Notice(
                **common, **counts, person_id=one.person_id, via=Via.MAIL, next_at=now,
                sent_key=f"digest/{today}/mail/{one.person_id}",
            )  # fmt: skip
        in_group += "robot" not in off
    for channel in Channel.objects.filter(unit=place, is_on=True, ended_at__isnull=True):
        if in_group:
            yield Notice(
                **common, channel=channel, via=channel.via, count=in_group, next_at=now,
                sent_key=f"digest/{today}/robot/{channel.pk}",
            )  # fmt: skip


def _take_over(place: Unit, today: date, now: datetime, rows: Sequence[Notice]) -> tuple[int, int]:
    """What still waits from days before: merged where today's takes its place, else dropped."""
    waiting = Notice.objects.filter(
        jurisdiction=place.jurisdiction,
        unit_id=place.pk,
        state=Notice.State.WAITING,
        due__lt=today,
    )
    by_person = _since(waiting, "person_id")
    by_channel = _since(waiting, "channel_id")
    heirs = [row for row in rows if row.state == Notice.State.WAITING]
    for row in heirs:
        row.since = by_person.get(row.person_id) or by_channel.get(row.channel_id) or row.since
    people = [row.person_id for row in heirs if row.person_id]
    channels = [row.channel_id for row in heirs if row.channel_id]
    end = {"ended_at": now, "next_at": None}
    merged = waiting.filter(person__in=people).update(state=Notice.State.MERGED, **end)
    merged += waiting.filter(channel__in=channels).update(state=Notice.State.MERGED, **end)
    dropped = waiting.update(state=Notice.State.DROPPED, **end)
    return merged, dropped


def _since(waiting: object, field: str) -> dict[UUID | None, date]:
    rows = waiting.exclude(**{field: None}).values(field)  # type: ignore[attr-defined]
    return dict(rows.annotate(first=Min("since")).order_by().values_list(field, "first"))
