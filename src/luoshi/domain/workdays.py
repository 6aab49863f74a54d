"""The working calendar: which days an office works, and how many of them lie between two days.

The State Council's notice of each year names days off and make-up working days (调休上班).
A `CalendarTable` carries them as data; a `WorkCalendar` is built from it once and then answers
every question by a look-up. A year without a notice follows the weekly pattern and is flagged:
a holiday is never invented.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from itertools import accumulate, compress, pairwise
from zoneinfo import ZoneInfo

from luoshi.domain.base import Refused, Sentence, say

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY_TO_FRIDAY = frozenset(range(5))
FIRST_YEAR, LAST_YEAR = 1990, 2100
"""The years a calendar answers for; a question outside is refused in words."""


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """One year of the table: weekdays off, weekend days worked, and whether a notice stands."""

    days_off: frozenset[date] = frozenset()
    working_days: frozenset[date] = frozenset()
    official: bool = True


@dataclass(frozen=True, slots=True)
class CalendarTable:
    """The notices as data, by year; a year that is not in it has no notice yet."""

    years: Mapping[int, CalendarYear] = field(default_factory=dict)

    def official(self, year: int) -> bool:
        """Whether the year has an official notice."""
        found = self.years.get(year)
        return found is not None and found.official


class WorkCalendar:
    """Answers in constant time after one precomputation: `work[rank[day] + n]`.

    `rank` of a day is the number of working days before it, counted from the first day the
    calendar knows; the working day of rank r is `day_at(r)`. An organisation's own days win over
    the table; a day in both of its lists is a working day.
    """

    __slots__ = ("_before", "_days", "_first", "_last", "table")

    def __init__(
        self,
        table: CalendarTable,
        *,
        extra_days_off: Iterable[date] = (),
        extra_working_days: Iterable[date] = (),
        weekdays: frozenset[int] = MONDAY_TO_FRIDAY,
    ) -> None:
        """Build the two tables. `weekdays`: 0 is Monday; refused when no day is ever worked."""
        self.table = table
        self._first = date(FIRST_YEAR, 1, 1).toordinal()
        self._last = date(LAST_YEAR, 12, 31).toordinal()
        off = {d.toordinal() for year in table.years.values() for d in year.days_off}
        on = {d.toordinal() for year in table.years.values() for d in year.working_days}
        own_on = {d.toordinal() for d in extra_working_days}
        own_off = {d.toordinal() for d in extra_days_off} - own_on
        worked = (on | own_on) - own_off
        free = (off | own_off) - worked
        flags = bytearray(_week(weekdays))
        for ordinal, works in [(day, 0) for day in free] + [(day, 1) for day in worked]:
            if self._first <= ordinal <= self._last:
                flags[ordinal - self._first] = works
        work = list(compress(_all_days(), flags))
        if not work:
            raise Refused(say("workdays.no_working_day"))
        before = array("l", accumulate(flags, initial=0))
        self._before, self._days = before, work

    # Ranks: the integer form that the scheduler works in.

    def rank(self, day: date) -> int:
        """How many working days lie before the day (the rank of the first one on or after it)."""
        return self._before[self._offset(day)]

    def rank_after(self, day: date) -> int:
        """How many working days lie before or on the day (the rank of the first one after it)."""
        return self._before[self._offset(day) + 1]

    def day_at(self, rank: int) -> date:
        """The working day of that rank; refused outside the years the calendar knows."""
        if not 0 <= rank < len(self._days):
            raise _beyond()
        return self._days[rank]

    def ranks(self, days: Iterable[date]) -> list[int]:
        """`rank` of many days."""
        return [self.rank(day) for day in days]

    def days_at(self, ranks: Iterable[int]) -> list[date]:
        """`day_at` of many ranks."""
        return [self.day_at(rank) for rank in ranks]

    def tables(self) -> tuple[int, Sequence[int], Sequence[date]]:
        """For engines: the first ordinal, ranks by offset from it, days by rank; read only."""
        return self._first, self._before, self._days

    # Days.

    def is_workday(self, day: date) -> bool:
        """Whether the office works on that day, make-up days included."""
        offset = self._offset(day)
        return self._before[offset + 1] > self._before[offset]

    def add(self, day: date, n: int) -> date:
        """The n-th working day after the day (before it where n is negative; n = 0 is the day).

        As the office counts: the day itself is not counted. `add(a, between(a, b)) == b`
        for every working day b.
        """
        if n == 0:
            self._offset(day)
            return day
        return self.day_at(self.rank_after(day) - 1 + n if n > 0 else self.rank(day) + n)

    def between(self, a: date, b: date) -> int:
        """Working days after a up to and including b; negative where b is earlier.

        Earlier means: minus the working days from b up to the day before a.
        `between(a, add(a, n)) == n` for every day a and every n.
        """
        if b >= a:
            return self.rank_after(b) - self.rank_after(a)
        return self.rank(b) - self.rank(a)

    def count(self, start: date, end: date) -> int:
        """How many working days a stretch has, both ends included; 0 where it is empty."""
        return max(0, self.rank_after(end) - self.rank(start))

    def on_or_before(self, day: date) -> date:
        """The day itself where it is worked, else the last working day before it."""
        return self.day_at(self.rank_after(day) - 1)

    def on_or_after(self, day: date) -> date:
        """The day itself where it is worked, else the first working day after it."""
        return self.day_at(self.rank(day))

    def flagged(self, year: int) -> bool:
        """Whether the year has no official notice, so that only the weekly pattern is known."""
        return not self.table.official(year)

    def caution(self, start: date, end: date) -> Sentence | None:
        """What to say beside dates of years without a notice; None where all years have one."""
        years = [str(y) for y in range(start.year, end.year + 1) if self.flagged(y)]
        return say("workdays.without_notice", years=tuple(years)) if years else None

    def _offset(self, day: date) -> int:
        ordinal = day.toordinal()
        if not self._first <= ordinal <= self._last:
            raise _beyond()
        return ordinal - self._first


@cache
def _all_days() -> tuple[date, ...]:
    """Every day that a calendar answers for, made once."""
    first, last = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
    return tuple(map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1)))


@cache
def _week(weekdays: frozenset[int]) -> bytes:
    """One byte a day of those: 1 where its day of the week is worked."""
    first = date(FIRST_YEAR, 1, 1).weekday()
    week = bytes((first + n) % 7 in weekdays for n in range(7))
    return (week * (len(_all_days()) // 7 + 1))[: len(_all_days())]


def _beyond() -> Refused:
    return Refused(say("workdays.beyond", first=FIRST_YEAR, last=LAST_YEAR))


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """The hours in which clocks run, as data; default 08:30-12:00 and 14:30-18:00 in Shanghai.

    Sessions are in order and do not touch midnight. Instants must know their time zone; answers
    are in the office's zone.
    """

    sessions: tuple[tuple[time, time], ...] = (
        (time(8, 30), time(12, 0)),
        (time(14, 30), time(18, 0)),
    )
    zone: ZoneInfo = SHANGHAI

    def __post_init__(self) -> None:
        """Refuse sessions that are missing, empty, overlapping or out of order."""
        edges = [edge for session in self.sessions for edge in session]
        if not edges or any(a >= b for a, b in pairwise(edges)):
            raise Refused(say("workdays.bad_hours"))

    @property
    def day_length(self) -> timedelta:
        """How much working time a working day has."""
        return sum((_span(a, b) for a, b in self.sessions), timedelta())

    def add_hours(
        self, instant: datetime, hours: Decimal | int, calendar: WorkCalendar
    ) -> datetime:
        """The instant at which that much working time has passed since `instant`.

        Time outside the sessions and outside working days does not count. An amount that fills a
        session ends at its close (12:00), not at the next opening. `hours` is not negative.
        """
        amount = timedelta(microseconds=int(Decimal(hours) * 3_600_000_000))
        if amount < timedelta():
            raise Refused(say("workdays.negative_hours"))
        local = self._local(instant)
        if not amount:
            return local
        rank = calendar.rank(local.date())
        elapsed = self._elapsed(local) if calendar.is_workday(local.date()) else timedelta()
        days, rest = divmod(elapsed + amount, self.day_length)
        if not rest:
            days, rest = days - 1, self.day_length
        return self._at(calendar.day_at(rank + days), rest)

    def worked_between(self, start: datetime, end: datetime, calendar: WorkCalendar) -> timedelta:
        """The working time from start to end; zero where end is not later."""
        a, b = self._local(start), self._local(end)
        return max(timedelta(), self._total(b, calendar) - self._total(a, calendar))

    def _total(self, local: datetime, calendar: WorkCalendar) -> timedelta:
        whole = calendar.rank(local.date()) * self.day_length
        return whole + (self._elapsed(local) if calendar.is_workday(local.date()) else timedelta())

    def _elapsed(self, local: datetime) -> timedelta:
        now = local.timetz().replace(tzinfo=None)
        return sum((_span(a, min(b, now)) for a, b in self.sessions if now > a), timedelta())

    def _at(self, day: date, elapsed: timedelta) -> datetime:
        for start, end in self.sessions:
            length = _span(start, end)
            if elapsed <= length:
                return datetime.combine(day, start, self.zone) + elapsed
            elapsed -= length
        message = "more working time than the day has"
        raise AssertionError(message)

    def _local(self, instant: datetime) -> datetime:
        if instant.tzinfo is None:
            message = "an instant must know its time zone"
            raise ValueError(message)
        return instant.astimezone(self.zone)


def _span(start: time, end: time) -> timedelta:
    return datetime.combine(date.min, end) - datetime.combine(date.min, start)
