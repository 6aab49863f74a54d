"""会上承诺: whether what a meeting decides can be kept, asked before it is minuted.

A date that has passed or on which nobody works is refused, with the day that would do. A date that
leaves little time, or a week in which the unit already has much to finish, is a caution: the
meeting may keep it with open eyes, and the minutes' item then carries that it was told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from luoshi.domain.base import Sentence, say
from luoshi.domain.workdays import WorkCalendar

TIGHT = 3
"""Working days below which a date is told as tight."""
HEAVY = 5
"""Items of one unit that fall due in one week, from which the week is told as full."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What stands against the date, what to think of, and the working days that are left."""

    refusals: tuple[Sentence, ...]
    cautions: tuple[Sentence, ...]
    days: int

    @property
    def feasible(self) -> bool:
        """Whether it may be minuted, with or without cautions."""
        return not self.refusals


def verdict(
    due_on: date | None, today: date, calendar: WorkCalendar, load: int, unit: str
) -> Verdict:
    """Judge a promised date. `load`: items that the unit must finish in the same week already."""
    if due_on is None:
        return Verdict((say("promise.no_date"),), (), 0)
    if due_on < today:
        return Verdict((say("promise.passed", due=due_on),), (), 0)
    days = calendar.between(today, due_on)
    if not calendar.is_workday(due_on):
        before, after = calendar.on_or_before(due_on), calendar.on_or_after(due_on)
        near = before if before >= today else after
        return Verdict((say("promise.day_off", due=due_on, near=near),), (), days)
    cautions = []
    if days < TIGHT:
        cautions.append(say("promise.tight", days=days))
    if load >= HEAVY:
        cautions.append(say("promise.heavy", unit=unit, n=load))
    return Verdict((), tuple(cautions), days)
