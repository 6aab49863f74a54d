"""Write Microsoft Project's XML (MSPDI), after the published schema's order of elements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from xml.sax.saxutils import escape

from luoshi.domain.schedule import Link
from luoshi.office.mspdi import KINDS, POINT_FIELDS, SPACE, UNITS, Days, Hand, Project, Row

HOURS = (("08:00:00", "12:00:00"), ("13:00:00", "17:00:00"))
DAY_HOURS = 8
NUMBERS = {kind: number for number, kind in KINDS.items()}
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def write(project: Project) -> bytes:
    """The file's bytes; characters that XML forbids are left out."""
    body = "".join(_project(project))
    head = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Project xmlns="{SPACE}">'
    return f"{head}{body}</Project>\n".encode()


def _tag(name: str, value: object) -> str:
    return f"<{name}>{escape(_FORBIDDEN.sub('', str(value)))}</{name}>"


def _maybe(name: str, value: object | None) -> str:
    return "" if value is None else _tag(name, value)


def _project(project: Project) -> Iterator[str]:
    yield _tag("SaveVersion", 14) + _tag("Name", project.name) + _tag("Title", project.name)
    yield _tag("ScheduleFromStart", 1) + _tag("StartDate", _morning(project.start_on))
    yield _tag("CalendarUID", 1) + _tag("MinutesPerDay", DAY_HOURS * 60)
    yield _tag("MinutesPerWeek", DAY_HOURS * 60 * len(project.days.weekdays))
    if project.status_on is not None:
        yield _tag("StatusDate", _evening(project.status_on))
    if any(row.points for row in project.rows):
        yield _point_fields()
    yield "<Calendars>" + _calendar(1, "Standard", project.days)
    for hand in project.hands:
        if hand.own is not None:
            yield _calendar(hand.uid + 1, hand.name, hand.own, project.days)
    yield "</Calendars><Tasks>"
    for number, row in enumerate(project.rows, 1):
        yield "".join(_task(number, row, project))
    yield "</Tasks><Resources>"
    for hand in project.hands:
        yield _hand(hand)
    yield "</Resources><Assignments>"
    for number, (task, hand_uid, units) in enumerate(project.held, 1):
        yield "<Assignment>" + _tag("UID", number) + _tag("TaskUID", task)
        yield _tag("ResourceUID", hand_uid) + _tag("Units", _share(units)) + "</Assignment>"
    yield "</Assignments>"


def _point_fields() -> str:
    aliases = ("乐观", "最可能", "悲观")
    inner = "".join(
        "<ExtendedAttribute>" + _tag("FieldID", key) + _tag("FieldName", f"Duration{number}")
        + _tag("Alias", alias) + "</ExtendedAttribute>"
        for number, (key, alias) in enumerate(zip(POINT_FIELDS, aliases, strict=True), 1)
    )  # fmt: skip
    return f"<ExtendedAttributes>{inner}</ExtendedAttributes>"


def _calendar(uid: int, name: str, days: Days, base: Days | None = None) -> str:
    """A calendar's whole week, and its exceptions: all of them, or those its base has not."""
    parts = [_tag("UID", uid), _tag("Name", name), _tag("IsBaseCalendar", int(base is None))]
    parts.append(_tag("BaseCalendarUID", -1 if base is None else 1) + "<WeekDays>")
    for kind in range(1, 8):
        works = (kind + 5) % 7 in days.weekdays
        parts.append(f"<WeekDay>{_tag('DayType', kind)}{_works(works=works)}</WeekDay>")
    parts.append("</WeekDays>")
    known = Days() if base is None else base
    touched = days.off | days.on | known.off | known.on
    exceptions = [
        (day, day in days.on or (day not in days.off and day.weekday() in days.weekdays))
        for day in sorted(touched)
        if base is None or (day in days.off, day in days.on) != (day in base.off, day in base.on)
    ]
    if exceptions:
        parts.append("<Exceptions>")
        for day, works in exceptions:
            span = _tag("FromDate", f"{day}T00:00:00") + _tag("ToDate", f"{day}T23:59:00")
            parts.append(
                f"<Exception>{_tag('EnteredByOccurrences', 0)}<TimePeriod>{span}</TimePeriod>"
                f"{_tag('Occurrences', 1)}{_tag('Name', day)}{_tag('Type', 1)}"
                f"{_works(works=works)}</Exception>"
            )
        parts.append("</Exceptions>")
    return f"<Calendar>{''.join(parts)}</Calendar>"


def _works(*, works: bool) -> str:
    if not works:
        return _tag("DayWorking", 0)
    hours = "".join(
        f"<WorkingTime>{_tag('FromTime', a)}{_tag('ToTime', b)}</WorkingTime>" for a, b in HOURS
    )
    return f"{_tag('DayWorking', 1)}<WorkingTimes>{hours}</WorkingTimes>"


def _task(number: int, row: Row, project: Project) -> Iterator[str]:
    yield "<Task>" + _tag("UID", row.uid) + _tag("ID", number) + _tag("Name", row.name)
    yield _tag("Type", 1) + _tag("OutlineLevel", row.level)
    if row.start is not None:
        yield _tag("Start", _morning(row.start))
    if row.finish is not None:
        yield _tag("Finish", _evening(row.finish))
    elapsed = row.unit == "calendar"
    yield _tag("Duration", _span(row.days, elapsed=elapsed))
    yield _tag("DurationFormat", 8 if elapsed else 7)
    yield _tag("Milestone", int(not row.days and not row.heading)) + _tag(
        "Summary", int(row.heading)
    )
    yield _tag("PercentComplete", int(row.done_share * 100))
    if row.started_on is not None:
        yield _tag("ActualStart", _morning(row.started_on))
    if row.done_on is not None:
        yield _tag("ActualFinish", _evening(row.done_on))
    yield _tag("ConstraintType", 0 if row.not_before is None else 4)
    if row.not_before is not None:
        yield _tag("ConstraintDate", _morning(row.not_before))
    if row.deadline is not None:
        yield _tag("Deadline", _evening(row.deadline))
    for link in project.links:
        if link.successor == row.uid:
            yield _link(link)
    for key, days in zip(POINT_FIELDS, row.points or (), strict=False):
        value = _tag("Value", _span(days, elapsed=False)) + _tag("DurationFormat", 7)
        yield f"<ExtendedAttribute>{_tag('FieldID', key)}{value}</ExtendedAttribute>"
    yield "</Task>"


def _link(link: Link) -> str:
    elapsed = link.lag_unit == "calendar"
    tenths = link.lag * 600 * (24 if elapsed else DAY_HOURS)
    return (
        "<PredecessorLink>" + _tag("PredecessorUID", link.predecessor)
        + _tag("Type", NUMBERS[link.kind]) + _tag("CrossProject", 0)
        + _tag("LinkLag", tenths) + _tag("LagFormat", 8 if elapsed else 7) + "</PredecessorLink>"
    )  # fmt: skip


def _hand(hand: Hand) -> str:
    return (
        "<Resource>" + _tag("UID", hand.uid) + _tag("ID", hand.uid) + _tag("Name", hand.name)
        + _tag("Type", 1) + _tag("MaxUnits", _share(hand.amount))
        + _tag("CalendarUID", 1 if hand.own is None else hand.uid + 1) + "</Resource>"
    )  # fmt: skip


def _share(hundredths: int) -> Decimal:
    return Decimal(hundredths) / UNITS


def _span(days: int, *, elapsed: bool) -> str:
    return f"PT{days * (24 if elapsed else DAY_HOURS)}H0M0S"


def _morning(day: date) -> str:
    return f"{day}T08:00:00"


def _evening(day: date) -> str:
    return f"{day}T17:00:00"
