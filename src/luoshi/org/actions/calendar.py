"""The working calendar of a unit: a whole notice at once, or one day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from luoshi.domain.access import Actor, NotAllowed, may
from luoshi.domain.base import Refused, say
from luoshi.journal.actions import Written, nothing, record, write
from luoshi.org.models import CalendarDay, Unit


@write("org.calendar.changed")
def set_calendar_days(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    unit: Unit,
    days: Mapping[date, bool],
    why: str,
    key: str = "",
) -> Written:
    """Say of many days at once whether a unit works on them: a holiday notice, in one act.

    By whoever plans the unit, or keeps the organisation; one entry tells all of it. Days that have
    passed are facts and refused.
    """
    answer = may(actor, "plan", unit.path)
    if isinstance(answer, NotAllowed) and not actor.has("administer"):
        raise Refused(answer.why)
    if not why.strip():
        raise Refused(say("closing.needs.reason"))
    if any(day < today for day in days):
        raise Refused(say("org.day_passed"))
    mine = CalendarDay.objects.filter(unit=unit, day__in=days)
    known = dict(mine.values_list("day", "works"))
    changed = {day: works for day, works in days.items() if known.get(day) != works}
    if not changed:
        return nothing("org.unit", unit.pk)
    mine.filter(day__in=changed).delete()
    CalendarDay.objects.bulk_create(
        CalendarDay(
            jurisdiction=unit.jurisdiction, unit=unit, day=day, works=works, why=why.strip()[:60]
        )
        for day, works in changed.items()
    )
    told = {day.isoformat(): [known.get(day), works] for day, works in changed.items()}
    record(unit, {"calendar": (None, told)}, reason=why, at=now)
    return Written("org.unit", unit.pk, unit.version, {"n": len(changed)})
