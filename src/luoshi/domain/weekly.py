"""周重点工作清单: which items stand on a week's list, why, and what becomes of a line.

An item is on the list once, for the strongest of its reasons: carried over from last week, decided
in a meeting, due this week, red, newly arrived. What was carried, decided or falls due is never
left out; red and newly arrived items fill what room the sheet of paper has left.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from uuid import UUID

from luoshi.domain.base import Sentence, say
from luoshi.domain.workdays import WorkCalendar

Why = Literal["carried", "decided", "due", "red", "arrived", "typed"]
Outcome = Literal["done", "carried", "cancelled"]

STRENGTH: tuple[Why, ...] = ("carried", "decided", "due", "red", "arrived")
"""Reasons, the strongest first."""
ALWAYS: frozenset[Why] = frozenset({"carried", "decided", "due"})
"""Reasons for which an item is never left out."""
RED = frozenset({"late", "silent"})
"""Words of the light that put an item on the list."""
MOST = 24
"""Lines that an A4 sheet holds; only what must stand may exceed it."""
TWICE = 2
"""Carried over so many times, an item goes to the leader."""


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """An ISO week: Monday to Sunday, numbered as calendars print it."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Week:
        """The week in which a day lies."""
        year, number, _weekday = day.isocalendar()
        return cls(year, number)

    @property
    def monday(self) -> date:
        """Its first day."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + timedelta(days=6)

    def next(self) -> Week:
        """The week after it."""
        return Week.of(self.monday + timedelta(days=7))

    def holds(self, day: date | None) -> bool:
        """Whether a day lies in it."""
        return day is not None and self.monday <= day <= self.sunday

    def working(self, calendar: WorkCalendar) -> tuple[date, date] | None:
        """Its first and last working day, make-up days included; None where the week is free."""
        first, last = calendar.on_or_after(self.monday), calendar.on_or_before(self.sunday)
        return (first, last) if self.holds(first) else None


def closes_on(week: Week, calendar: WorkCalendar) -> date:
    """The day on which its list is closed and the next one drafted: the last working day."""
    span = week.working(calendar)
    return span[1] if span else week.monday + timedelta(days=4)


def to_draft(today: date, calendar: WorkCalendar) -> Week:
    """The week whose list is drafted on a day: from the last working day on it is the next one."""
    week = Week.of(today)
    return week.next() if today >= closes_on(week, calendar) else week


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What the list must know of an open item. `carried`: how often its line was carried over."""

    key: UUID
    due_on: date | None = None
    nodes: tuple[date, ...] = ()
    word: str = "none"
    decided_on: date | None = None
    arrived_on: date | None = None
    carried: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """An item on the list: why it is there, and the day that the reason speaks of."""

    key: UUID
    why: Why
    on: date | None
    carried: int = 0


@dataclass(frozen=True, slots=True)
class Draft:
    """The lines in their order, and how many items found no room."""

    lines: tuple[Line, ...]
    left_out: int


def reason(item: Item, week: Week) -> Line | None:
    """The strongest reason for an item to stand on the week's list; None where there is none.

    Decided or arrived counts from the Monday before the week: what the last list could not know.
    """
    since = week.monday - timedelta(days=7)
    due = min((day for day in (*item.nodes, item.due_on) if week.holds(day)), default=None)  # type: ignore[type-var]
    days: dict[Why, date | None] = {
        "carried": week.monday - timedelta(days=7) if item.carried else None,
        "decided": _from(item.decided_on, since),
        "due": due,
        "red": (item.due_on or since) if item.word in RED else None,
        "arrived": _from(item.arrived_on, since),
    }
    for why in STRENGTH:
        if days[why] is not None:
            told = item.due_on if why == "red" else days[why]
            return Line(item.key, why, told, item.carried)
    return None


def _from(day: date | None, since: date) -> date | None:
    return day if day is not None and day >= since else None


def draft(items: Iterable[Item], week: Week, most: int = MOST) -> Draft:
    """The list of a week: each item once, by strength of reason, then by day.

    Same items in any order give the same list; at most `most` lines unless more must stand.
    """
    found = {item.key: line for item in items if (line := reason(item, week))}
    lines = sorted(
        found.values(),
        key=lambda one: (STRENGTH.index(one.why), -one.carried, one.on or date.max, str(one.key)),
    )
    must = sum(line.why in ALWAYS for line in lines)
    kept = lines[: max(most, must)]
    return Draft(tuple(kept), len(lines) - len(kept))


def told(why: Why, on: date | None, carried: int = 0) -> Sentence:
    """Why a line is there, in the office's words."""
    if why == "carried":
        return say("weekly.carried", n=carried)
    if on is None:
        return say("weekly.red" if why == "red" else "weekly.typed")
    known = {
        "decided": say("weekly.decided", on=on),
        "due": say("weekly.due", on=on),
        "red": say("weekly.red_due", on=on),
        "arrived": say("weekly.arrived", on=on),
    }
    return known.get(why, say("weekly.typed"))


def carried_after(carried: int, outcome: Outcome) -> int:
    """How often an item has been carried over once the meeting has decided on its line."""
    return carried + 1 if outcome == "carried" else 0


def goes_to_leader(carried: int) -> bool:
    """Whether an item carried over so often goes to the leader in charge (结转两次)."""
    return carried >= TWICE


def refusal(outcome: str, cause: str, *, cancelled: bool) -> Sentence | None:
    """Why the meeting cannot decide so on a line: an outcome each, 取消 says why.

    A line whose item was called off meanwhile can only be 取消; its reason is then known.
    """
    if cancelled:
        return None if outcome == "cancelled" else say("weekly.item_cancelled")
    if outcome not in ("done", "carried", "cancelled"):
        return say("weekly.no_outcome")
    if outcome == "cancelled" and not cause.strip():
        return say("weekly.cancelled_why")
    return None
