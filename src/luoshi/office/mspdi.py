"""Microsoft Project's XML (MSPDI): the model that reader and writer share.

`docs/reference/exchange.md` is the table of what this claims to carry.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from luoshi.domain.base import Sentence
from luoshi.domain.schedule import (
    Capacity,
    DayUnit,
    Link,
    LinkKind,
    Network,
    Resource,
    ResourceId,
    Step,
    StepId,
)
from luoshi.domain.workdays import MONDAY_TO_FRIDAY, CalendarTable, WorkCalendar

SPACE = "http://schemas.microsoft.com/project"
KINDS: dict[int, LinkKind] = {0: "FF", 1: "FS", 2: "SF", 3: "SS"}
UNITS = 100
"""A whole person is 100 hundredths."""
POINT_FIELDS = ("188743783", "188743784", "188743785")
"""Duration1 to Duration3: where Project keeps optimistic, likely, pessimistic durations."""


@dataclass(frozen=True, slots=True)
class Days:
    """A calendar as a week, days off and days worked besides."""

    weekdays: frozenset[int] = MONDAY_TO_FRIDAY
    off: frozenset[date] = frozenset()
    on: frozenset[date] = frozenset()

    def normal(self) -> Days:
        """The same days without exceptions that change nothing."""
        off = frozenset(day for day in self.off if day.weekday() in self.weekdays)
        on = frozenset(day for day in self.on if day.weekday() not in self.weekdays)
        return Days(self.weekdays, off, on)

    def calendar(self) -> WorkCalendar:
        """The law's calendar of these days; refused where no day is worked."""
        return WorkCalendar(
            CalendarTable({}),
            extra_days_off=self.off,
            extra_working_days=self.on,
            weekdays=self.weekdays,
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One task: a step, or a heading above the rows of a deeper level.

    `start`, `finish`: the days that the file (or a plan) gives it; `points`: optimistic, likely
    and pessimistic working days.
    """

    uid: int
    name: str
    level: int = 1
    heading: bool = False
    days: int = 0
    unit: DayUnit = "working"
    not_before: date | None = None
    deadline: date | None = None
    started_on: date | None = None
    done_on: date | None = None
    done_share: Decimal = Decimal(0)
    start: date | None = None
    finish: date | None = None
    points: tuple[int, int, int] | None = None

    def step(self) -> Step:
        """The row as the law knows it."""
        return Step(
            self.uid,
            self.name,
            self.days,
            self.unit,
            not_before=self.not_before,
            deadline=self.deadline,
            started_on=self.started_on,
            done_on=self.done_on,
            done_share=self.done_share,
        )


@dataclass(frozen=True, slots=True)
class Hand:
    """A resource: its amount in hundredths, and its own days where it has some."""

    uid: int
    name: str
    amount: int = UNITS
    own: Days | None = None


@dataclass(frozen=True, slots=True)
class Project:
    """A plan file. `left_out` names what it holds that this model does not carry."""

    name: str
    start_on: date
    status_on: date | None = None
    days: Days = field(default_factory=Days)
    rows: tuple[Row, ...] = ()
    links: tuple[Link, ...] = ()
    hands: tuple[Hand, ...] = ()
    held: tuple[tuple[int, int, int], ...] = ()
    """Task, resource, hundredths."""
    left_out: tuple[Sentence, ...] = field(default=(), compare=False)

    @property
    def network(self) -> Network:
        """Steps and links for the law; headings are no steps."""
        return Network(tuple(row.step() for row in self.rows if not row.heading), self.links)

    @property
    def capacity(self) -> Capacity:
        """Resources and what each step holds of them."""
        needs: dict[StepId, dict[ResourceId, int]] = {}
        for task, hand, units in self.held:
            mine = needs.setdefault(task, {})
            mine[hand] = mine.get(hand, 0) + units
        return Capacity(
            tuple(
                Resource(h.uid, h.name, h.amount, h.own.calendar() if h.own else None)
                for h in self.hands
            ),
            dict(needs),
        )
