"""What every law shares: sentences, findings, periods and quantities.

A law never writes prose. It returns a `Sentence` (a code and its parameters), and
`luoshi.ui.sentences` holds the Chinese and the English pattern of each code.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Literal, TypeAlias
from uuid import UUID

Value: TypeAlias = "str | int | Decimal | date | datetime | tuple[str, ...] | Sentence"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A statement as data: `code` names the pattern, `params` fill it."""

    code: str
    params: Mapping[str, Value] = field(default_factory=dict)


def say(code: str, **params: Value) -> Sentence:
    """Make a sentence; the code is a literal, so that a house test can list every one."""
    return Sentence(code, params)


@dataclass(frozen=True, slots=True)
class Where:
    """The place a finding speaks of: a kind of row, its id and the name a reader knows it by."""

    kind: str
    id: UUID | None
    label: str


@dataclass(frozen=True, slots=True)
class Remedy:
    """What a page can do about a finding in one click: a verb and its parameters."""

    verb: str
    params: Mapping[str, Value] = field(default_factory=dict)


Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault told like a compiler error: code, place, reason, remedy."""

    code: str
    severity: Severity
    where: Where
    why: Sentence
    remedy: Remedy | None = None


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """A move that the law does not allow; `why` is the sentence a page shows."""

    def __init__(self, why: Sentence) -> None:
        """Keep the sentence; the code is the exception's text, for logs."""
        super().__init__(why.code)
        self.why = why


PeriodKind = Literal["year", "half", "quarter", "month", "range"]


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A stretch of days, both ends included; a year, half, quarter, month, or from/to."""

    start: date
    end: date

    def __post_init__(self) -> None:
        """Refuse a period that ends before it starts."""
        if self.end < self.start:
            message = f"a period cannot end ({self.end}) before it starts ({self.start})"
            raise ValueError(message)

    @classmethod
    def year(cls, year: int) -> Period:
        """The whole calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def half(cls, year: int, number: int) -> Period:
        """上半年 (1) or 下半年 (2)."""
        return cls(date(year, 6 * number - 5, 1), month_end(year, 6 * number))

    @classmethod
    def quarter(cls, year: int, number: int) -> Period:
        """One of the four quarters."""
        return cls(date(year, 3 * number - 2, 1), month_end(year, 3 * number))

    @classmethod
    def month(cls, year: int, number: int) -> Period:
        """One calendar month."""
        return cls(date(year, number, 1), month_end(year, number))

    @property
    def kind(self) -> PeriodKind:
        """Which calendar period this is, or a plain range."""
        for kind, months in (("year", 12), ("half", 6), ("quarter", 3), ("month", 1)):
            start = self.start
            if start.day == 1 and (start.month - 1) % months == 0:
                last = month_end(start.year, start.month + months - 1)
                if self.end == last:
                    return kind  # type: ignore[return-value]
        return "range"

    @property
    def days(self) -> int:
        """How many days the period has."""
        return (self.end - self.start).days + 1

    def holds(self, day: date) -> bool:
        """Whether the day lies in the period."""
        return self.start <= day <= self.end

    def children(self) -> tuple[Period, ...]:
        """The next smaller calendar periods: halves, quarters, months; a range has none."""
        year, month = self.start.year, self.start.month
        match self.kind:
            case "year":
                return tuple(Period.half(year, n) for n in (1, 2))
            case "half":
                first = (month + 2) // 3
                return tuple(Period.quarter(year, n) for n in (first, first + 1))
            case "quarter":
                return tuple(Period.month(year, month + n) for n in range(3))
            case _:
                return ()

    def parent(self) -> Period | None:
        """The next larger calendar period; a year and a range have none."""
        year, month = self.start.year, self.start.month
        match self.kind:
            case "half":
                return Period.year(year)
            case "quarter":
                return Period.half(year, (month + 5) // 6)
            case "month":
                return Period.quarter(year, (month + 2) // 3)
            case _:
                return None


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def days_between(start: date, end: date) -> int:
    """Calendar days from start to end; negative when end is earlier."""
    return (end - start) // timedelta(days=1)


_SCALES: Mapping[str, tuple[str, Decimal]] = {
    "亿元": ("元", Decimal(100_000_000)),
    "万元": ("元", Decimal(10_000)),
    "元": ("元", Decimal(1)),
    "公顷": ("亩", Decimal(15)),
    "万亩": ("亩", Decimal(10_000)),
    "亩": ("亩", Decimal(1)),
}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure with its unit; `value` is None where the figure is masked or missing (待补)."""

    value: Decimal | None
    unit: str

    def to(self, unit: str) -> Quantity:
        """Convert exactly (亿元/万元, 亩/公顷); raises ValueError where no exact rule exists."""
        if unit == self.unit:
            return self
        if self.unit not in _SCALES or unit not in _SCALES:
            message = f"no exact conversion from {self.unit} to {unit}"
            raise ValueError(message)
        (base_a, scale_a), (base_b, scale_b) = _SCALES[self.unit], _SCALES[unit]
        if base_a != base_b:
            message = f"{self.unit} and {unit} measure different things"
            raise ValueError(message)
        return Quantity(None if self.value is None else self.value * scale_a / scale_b, unit)
