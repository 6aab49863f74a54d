"""The arithmetic of one step and one link, in ranks of working days.

A rank counts working days (see `WorkCalendar.rank`). Every rule is a rising map from a rank to a
rank and comes with its exact opposite, so that the backward pass undoes the forward pass:
`earliest(link, x) <= y` exactly when `x <= latest(link, y)`.
"""

from __future__ import annotations

from datetime import timedelta

from luoshi.domain.schedule.model import DayUnit, Link, Step
from luoshi.domain.workdays import WorkCalendar

DAY = timedelta(days=1)


class Ruler:
    """Measures steps and links on one calendar."""

    __slots__ = ("calendar",)

    def __init__(self, calendar: WorkCalendar) -> None:
        self.calendar = calendar

    def finish(self, start: int, days: int, unit: DayUnit) -> int:
        """The rank of the last day of work that starts on rank `start`."""
        if days <= 1 or unit == "working":
            return start + max(days, 1) - 1
        return self.calendar.rank(self.calendar.day_at(start) + (days - 1) * DAY)

    def start_to_finish_by(self, finish: int, days: int, unit: DayUnit) -> int:
        """The latest start whose finish is not later than `finish`."""
        if days <= 1 or unit == "working":
            return finish - max(days, 1) + 1
        return self.calendar.rank_after(self.calendar.day_at(finish) - (days - 1) * DAY) - 1

    def start_to_finish_from(self, finish: int, days: int, unit: DayUnit) -> int:
        """The earliest start whose finish is not earlier than `finish`."""
        if days <= 1 or unit == "working":
            return finish - max(days, 1) + 1
        return self.calendar.rank_after(self.calendar.day_at(finish - 1) - (days - 1) * DAY)

    def earliest(self, link: Link, successor: Step, anchor: int) -> int:
        """The first rank that the link allows at its successor's end, from its predecessor's."""
        later = link.kind == "FS" and not successor.is_milestone
        if link.lag_unit == "working" or link.lag == 0:
            return anchor + link.lag + later
        day = self.calendar.day_at(anchor) + link.lag * DAY
        return self.calendar.rank_after(day) if later else self.calendar.rank(day)

    def latest(self, link: Link, successor: Step, bound: int) -> int:
        """The last rank at the predecessor's end with which the successor's end may be `bound`."""
        later = link.kind == "FS" and not successor.is_milestone
        if link.lag_unit == "working" or link.lag == 0:
            return bound - link.lag - later
        day = self.calendar.day_at(bound) - link.lag * DAY
        return (self.calendar.rank(day) if later else self.calendar.rank_after(day)) - 1
