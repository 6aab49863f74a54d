"""Read Microsoft Project's XML (MSPDI), and name what is in it that Luoshi does not carry.

The fence of `package` reads the XML: no document type, no entity, bounded elements and depth. That
is why no further XML package is needed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from luoshi.domain.base import Sentence, say
from luoshi.domain.schedule import DayUnit, Link
from luoshi.office.answers import SIZE_LIMIT, RejectedError
from luoshi.office.mspdi import KINDS, POINT_FIELDS, SPACE, UNITS, Days, Hand, Project, Row
from luoshi.office.package import tree_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

ROWS_LIMIT = 100_000
EXCEPTION_LIMIT = 3_700
"""Days that one exception of a calendar may cover: ten years."""
ELAPSED = frozenset({4, 6, 8, 10, 12, 20})
"""Formats of a duration or lag that counts the clock round: elapsed minutes to months, percent."""
DAY_MINUTES = 24 * 60
_SPAN = re.compile(r"-?PT(\d+)H(\d+)M(\d+)(?:\.\d+)?S")


class Node:
    """One element: the texts in it by name, the elements in it by name."""

    __slots__ = ("_element", "_space", "_texts")

    def __init__(self, element: Element, space: str) -> None:
        self._element, self._space = element, space
        cut = len(space)
        texts: dict[str, str] = {}
        for inner in element:
            if inner.text and inner.tag[:cut] == space:
                texts.setdefault(inner.tag[cut:], inner.text.strip())
        self._texts = texts

    def all(self, tag: str) -> list[Node]:
        """The elements of that name in it."""
        space = self._space
        return [Node(inner, space) for inner in self._element.iterfind(space + tag)]

    def has(self, tag: str) -> bool:
        """Whether an element of that name is in it."""
        return self._element.find(self._space + tag) is not None

    def get(self, tag: str) -> str:
        """The text of the first element of that name; empty where there is none."""
        return self._texts.get(tag, "")

    def under(self, outer: str, inner: str) -> list[Node]:
        """The elements of one name in those of another."""
        return [found for node in self.all(outer) for found in node.all(inner)]


def read(data: bytes) -> Project:
    """The plan of a file; raises RejectedError with a sentence where it cannot be read."""
    if len(data) > SIZE_LIMIT:
        raise RejectedError(say("exchange.too_big", megabytes=SIZE_LIMIT // 1024 // 1024))
    root = tree_of(data)
    space = f"{{{SPACE}}}" if root.tag == f"{{{SPACE}}}Project" else ""
    if root.tag != f"{space}Project":
        raise RejectedError(say("exchange.no_project"))
    try:
        return _Reading(Node(root, space)).project()
    except (ValueError, InvalidOperation, OverflowError, KeyError) as error:
        raise RejectedError(say("exchange.xml_figures")) from error


class _Reading:
    """One file being read; `left` counts what is left out, by kind."""

    def __init__(self, root: Node) -> None:
        self.root = root
        self.left: dict[str, tuple[int, str, Callable[[int, str], Sentence]]] = {}
        self.minutes = int(root.get("MinutesPerDay") or 480)
        if self.minutes <= 0:
            raise ValueError

    def project(self) -> Project:
        root = self.root
        calendars = {int(node.get("UID")): node for node in root.under("Calendars", "Calendar")}
        own = int(root.get("CalendarUID") or -1)
        days = self._days(calendars[own], calendars) if own in calendars else Days()
        tasks = [task for task in root.under("Tasks", "Task") if not _yes(task.get("IsNull"))]
        if len(tasks) > ROWS_LIMIT:
            raise RejectedError(say("exchange.too_many", limit=ROWS_LIMIT))
        rows = tuple(row for task in tasks if (row := self._row(task)) is not None)
        known = {row.uid: row for row in rows}
        links = tuple(link for task in tasks for link in self._links(task, known))
        hands = tuple(
            hand
            for node in root.under("Resources", "Resource")
            if (hand := self._hand(node, calendars, days)) is not None
        )
        held = tuple(self._held(known, {hand.uid for hand in hands}))
        start = _day(root.get("StartDate")) or min(
            (row.start for row in rows if row.start), default=None
        )
        if start is None:
            raise RejectedError(say("exchange.no_start"))
        return Project(
            root.get("Title") or root.get("Name"),
            start,
            _day(root.get("StatusDate")),
            days,
            rows,
            links,
            hands,
            held,
            tuple(made(count, name) for count, name, made in self.left.values()),
        )

    def leave(self, code: str, name: str, made: Callable[[int, str], Sentence]) -> None:
        """Count something that is not carried; the first one is named."""
        count, first, _ = self.left.get(code, (0, name, made))
        self.left[code] = (count + 1, first, made)

    def _row(self, task: Node) -> Row | None:
        uid, name = int(task.get("UID")), task.get("Name")
        level = int(task.get("OutlineLevel") or 1)
        if uid == 0 and level == 0:  # the project itself
            return None
        if task.get("Active") == "0":
            self.leave("inactive", name, _inactive)
            return None
        heading = _yes(task.get("Summary"))
        if heading and task.has("PredecessorLink"):
            self.leave("heading_link", name, _heading_link)
        if not heading:
            self._name_what_is_lost(task, name)
        not_before, deadline = self._constraint(task, name)
        days, unit = (0, "working") if heading else self._length(task, name)
        return Row(
            uid,
            name,
            level,
            heading,
            days,
            "calendar" if unit == "calendar" else "working",
            None if heading else not_before,
            None if heading else deadline,
            None if heading else _day(task.get("ActualStart")),
            None if heading else _day(task.get("ActualFinish")),
            Decimal(0) if heading else Decimal(task.get("PercentComplete") or 0) / 100,
            _day(task.get("Start")),
            _day(task.get("Finish")),
            self._points(task),
        )

    def _name_what_is_lost(self, task: Node, name: str) -> None:
        if int(task.get("CalendarUID") or -1) >= 0:
            self.leave("task_calendar", name, _task_calendar)
        if _yes(task.get("Recurring")):
            self.leave("recurring", name, _recurring)
        if task.has("Baseline"):
            self.leave("baseline", name, _baseline)
        if task.has("TimephasedData") or task.has("Splits"):
            self.leave("split", name, _split)

    def _length(self, task: Node, name: str) -> tuple[int, DayUnit]:
        if _yes(task.get("Milestone")) and not _minutes(task.get("Duration")):
            return 0, "working"
        unit: DayUnit = "working"
        if int(task.get("DurationFormat") or 7) in ELAPSED:
            unit = "calendar"
        return self._whole_days(task.get("Duration"), unit, name), unit

    def _whole_days(self, text: str, unit: DayUnit, name: str) -> int:
        """Days rounded up; a part of a day is named. Negative stays negative, to be refused."""
        day = DAY_MINUTES if unit == "calendar" else self.minutes
        whole, rest = divmod(_minutes(text), day)
        if rest:
            self.leave("part_of_day", name, _part_of_day)
        return whole + bool(rest)

    def _constraint(self, task: Node, name: str) -> tuple[date | None, date | None]:
        """No earlier than, no later than; what binds harder is named."""
        kind, day = int(task.get("ConstraintType") or 0), _day(task.get("ConstraintDate"))
        deadline = _day(task.get("Deadline"))
        if kind == 4:
            return day, deadline
        if kind == 7 and day is not None:
            return None, min(day, deadline or day)
        if kind:
            self.leave("constraint", name, _constraint)
        return (day if kind == 2 else None), deadline

    def _links(self, task: Node, known: Mapping[int, Row]) -> Iterator[Link]:
        uid = int(task.get("UID"))
        if uid not in known or known[uid].heading:
            return
        for node in task.all("PredecessorLink"):
            before = int(node.get("PredecessorUID"))
            if _yes(node.get("CrossProject")) or before not in known:
                self.leave("far_link", known[uid].name, _far_link)
                continue
            if known[before].heading:
                self.leave("heading_link", known[before].name, _heading_link)
                continue
            tenths = int(node.get("LinkLag") or 0)
            elapsed = int(node.get("LagFormat") or 7) in ELAPSED
            day = 10 * (DAY_MINUTES if elapsed else self.minutes)
            if tenths % day:
                self.leave("part_of_day", known[uid].name, _part_of_day)
            lag = -(-tenths // day)
            kind = KINDS[int(node.get("Type") or 1)]
            unit: DayUnit = "calendar" if elapsed and lag else "working"
            yield Link(before, uid, kind, lag, unit)

    def _hand(self, node: Node, calendars: Mapping[int, Node], days: Days) -> Hand | None:
        uid, name = int(node.get("UID")), node.get("Name")
        if uid == 0 or _yes(node.get("IsNull")) or not name:
            return None
        if int(node.get("Type") or 1) != 1:
            self.leave("material", name, _material)
            return None
        amount = int(Decimal(node.get("MaxUnits") or 1) * UNITS)
        calendar = int(node.get("CalendarUID") or -1)
        own = self._days(calendars[calendar], calendars) if calendar in calendars else days
        return Hand(uid, name, amount, None if own == days else own)

    def _held(self, known: Mapping[int, Row], hands: set[int]) -> Iterator[tuple[int, int, int]]:
        for node in self.root.under("Assignments", "Assignment"):
            task, hand = int(node.get("TaskUID")), int(node.get("ResourceUID") or -1)
            if task in known and not known[task].heading and hand in hands:
                units = int(Decimal(node.get("Units") or 1) * UNITS)
                if units:
                    yield task, hand, units

    def _points(self, task: Node) -> tuple[int, int, int] | None:
        if not task.has("ExtendedAttribute"):
            return None
        found = {node.get("FieldID"): node.get("Value") for node in task.all("ExtendedAttribute")}
        values = [found.get(key, "") for key in POINT_FIELDS]
        if not all(_SPAN.fullmatch(value) for value in values):
            return None
        low, likely, high = (self._whole_days(v, "working", task.get("Name")) for v in values)
        return (low, likely, high) if low <= likely <= high and high else None

    def _days(self, node: Node, calendars: Mapping[int, Node]) -> Days:
        """The week and exceptions of a calendar, over those of the calendar it rests on."""
        base_uid = int(node.get("BaseCalendarUID") or -1)
        base_node = calendars.get(base_uid)
        base = Days() if base_node is None or base_node is node else self._days(base_node, {})
        week, off, on = set(base.weekdays), set(base.off), set(base.on)
        for day in node.under("WeekDays", "WeekDay"):
            kind, works = int(day.get("DayType") or 0), _yes(day.get("DayWorking"))
            if kind:
                (week.add if works else week.discard)((kind + 5) % 7)
            else:
                _exception(day, off, on, works=works)
        for day in node.under("Exceptions", "Exception"):
            if int(day.get("Type") or 1) != 1 or int(day.get("Period") or 1) > 1:
                self.leave("exception", day.get("Name") or node.get("Name"), _exception_left)
                continue
            _exception(day, off, on, works=_yes(day.get("DayWorking")))
        return Days(frozenset(week), frozenset(off), frozenset(on)).normal()


def _exception(node: Node, off: set[date], on: set[date], *, works: bool) -> None:
    for span in node.all("TimePeriod"):
        first, last = _day(span.get("FromDate")), _day(span.get("ToDate"))
        if first is None or last is None or not 0 <= (last - first).days <= EXCEPTION_LIMIT:
            raise ValueError
        days = {first + timedelta(days=n) for n in range((last - first).days + 1)}
        (on if works else off).update(days)
        (off if works else on).difference_update(days)


def _day(text: str) -> date | None:
    return date.fromisoformat(text[:10]) if text else None


def _minutes(text: str) -> int:
    if not text:
        return 0
    match = _SPAN.fullmatch(text)
    if match is None:
        raise ValueError
    minutes = int(match[1]) * 60 + int(match[2]) + (int(match[3]) > 0)
    return -minutes if text[0] == "-" else minutes


def _yes(text: str) -> bool:
    return text.lower() in {"1", "true"}


def _inactive(count: int, name: str) -> Sentence:
    return say("exchange.left.inactive", count=count, name=name)


def _heading_link(count: int, name: str) -> Sentence:
    return say("exchange.left.heading_link", count=count, name=name)


def _task_calendar(count: int, name: str) -> Sentence:
    return say("exchange.left.task_calendar", count=count, name=name)


def _recurring(count: int, name: str) -> Sentence:
    return say("exchange.left.recurring", count=count, name=name)


def _baseline(count: int, name: str) -> Sentence:
    return say("exchange.left.baseline", count=count, name=name)


def _split(count: int, name: str) -> Sentence:
    return say("exchange.left.split", count=count, name=name)


def _part_of_day(count: int, name: str) -> Sentence:
    return say("exchange.left.part_of_day", count=count, name=name)


def _constraint(count: int, name: str) -> Sentence:
    return say("exchange.left.constraint", count=count, name=name)


def _far_link(count: int, name: str) -> Sentence:
    return say("exchange.left.far_link", count=count, name=name)


def _material(count: int, name: str) -> Sentence:
    return say("exchange.left.material", count=count, name=name)


def _exception_left(count: int, name: str) -> Sentence:
    return say("exchange.left.exception", count=count, name=name)
