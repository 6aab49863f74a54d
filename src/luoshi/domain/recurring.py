"""周期性工作: on which days a recurring piece of work falls, and when its item is made.

A rule names its days on the calendar (每周一, 每月25日, 每季末, 汛期每日). A day on which nobody
works moves back or forward where the rule says so; duty and flood days are calendar days and do
not move. Moving keeps the order: a later occurrence is never due earlier.
"""

from __future__ import annotations

import calendar as months
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from luoshi.domain.base import Sentence, month_end, say
from luoshi.domain.workdays import WorkCalendar

Rhythm = Literal["daily", "weekly", "monthly", "quarterly", "yearly"]
Shift = Literal["none", "before", "after"]
MonthDay = tuple[int, int]

LONGEST_LEAD = 90
LAST_OF_MONTH = 31
WEEKDAYS = (
    say("recurring.weekday.0"),
    say("recurring.weekday.1"),
    say("recurring.weekday.2"),
    say("recurring.weekday.3"),
    say("recurring.weekday.4"),
    say("recurring.weekday.5"),
    say("recurring.weekday.6"),
)
MONTHS = (
    say("recurring.month.1"),
    say("recurring.month.2"),
    say("recurring.month.3"),
    say("recurring.month.4"),
    say("recurring.month.5"),
    say("recurring.month.6"),
    say("recurring.month.7"),
    say("recurring.month.8"),
    say("recurring.month.9"),
    say("recurring.month.10"),
    say("recurring.month.11"),
    say("recurring.month.12"),
)
LEAP = 2024
"""A leap year: 29 February exists, 30 February never does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """When the work comes back. `weekday`: 0 is Monday. `day` 31 is the last day of any month.

    `season`: first and last month and day of the year in which it runs, both included; it may
    run over the New Year (森林防火 10月1日 to 5月31日). `shift`: what happens on a day off.
    A daily rule that shifts runs on working days only.
    """

    rhythm: Rhythm
    from_on: date
    to_on: date | None = None
    weekday: int | None = None
    month: int | None = None
    day: int | None = None
    season: tuple[MonthDay, MonthDay] | None = None
    shift: Shift = "none"
    lead_days: int = 0


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time that the work comes back: its day by the rule, and the day it is due."""

    nominal_on: date
    due_on: date


def fault(rule: Rule) -> Sentence | None:
    """What is wrong with a rule; None where it can be kept.

    A day that no year has (30 February) is refused; 29 February falls on the 28th in other years.
    """
    if rule.rhythm == "weekly" and rule.weekday not in range(7):
        return say("recurring.no_weekday")
    if rule.rhythm in ("monthly", "yearly") and not _in(rule.day, 1, 31):
        return say("recurring.no_day")
    if rule.rhythm == "yearly" and not _exists(rule.month, rule.day):
        return say("recurring.no_such_day", month=rule.month or 0, day=rule.day or 0)
    if rule.season and not all(_exists(*edge) for edge in rule.season):
        return say("recurring.no_such_season")
    return _span_fault(rule)


def _span_fault(rule: Rule) -> Sentence | None:
    if rule.to_on is not None and rule.to_on < rule.from_on:
        return say("recurring.ends_before")
    if not 0 <= rule.lead_days <= LONGEST_LEAD:
        return say("recurring.lead", n=LONGEST_LEAD)
    return None


def _in(value: int | None, first: int, last: int) -> bool:
    return value is not None and first <= value <= last


def _exists(month: int | None, day: int | None) -> bool:
    """Whether any year has the day."""
    if not _in(month, 1, 12) or not _in(day, 1, 31):
        return False
    assert month is not None and day is not None  # noqa: PT018 - both were just asked
    return day <= months.monthrange(LEAP, month)[1]


def occurrences(rule: Rule, start: date, end: date, calendar: WorkCalendar) -> list[Occurrence]:
    """All times that fall on days from `start` to `end` by the rule, in order, each once.

    Bounded by the rule's own first and last day. The due day may lie outside where it moved.
    """
    first = max(start, rule.from_on)
    last = end if rule.to_on is None else min(end, rule.to_on)
    found = []
    for day in _days(rule, first, last):
        if not _in_season(rule, day):
            continue
        if rule.rhythm == "daily" and rule.shift != "none" and not calendar.is_workday(day):
            continue
        found.append(Occurrence(day, due_on(rule, day, calendar)))
    return found


def due_on(rule: Rule, day: date, calendar: WorkCalendar) -> date:
    """The day itself, or the working day before or after it where the rule moves days off."""
    match rule.shift:
        case "before":
            return calendar.on_or_before(day)
        case "after":
            return calendar.on_or_after(day)
        case _:
            return day


def to_make(
    rule: Rule, made_until: date | None, today: date, calendar: WorkCalendar
) -> list[Occurrence]:
    """What must be in the ledger by today and is not yet: due within the rule's lead days.

    `made_until`: the rule's last day that was handled. What a stopped machine missed is in the
    answer; what was handled never is. `made_until` moves to the last of the answer.
    """
    start = rule.from_on if made_until is None else made_until + timedelta(days=1)
    far = today + timedelta(days=rule.lead_days + 31)  # a long holiday moves a day by less
    horizon = today + timedelta(days=rule.lead_days)
    found = []
    for one in occurrences(rule, start, far, calendar):
        if one.due_on > horizon:
            break  # order is kept: what follows is due no earlier
        found.append(one)
    return found


def _in_season(rule: Rule, day: date) -> bool:
    if rule.season is None:
        return True
    first, last = rule.season
    here = (day.month, day.day)
    return first <= here <= last if first <= last else here >= first or here <= last


def _days(rule: Rule, first: date, last: date) -> Iterator[date]:
    """The days that the rhythm names, in order."""
    match rule.rhythm:
        case "daily":
            yield from _every(first, last, 1)
        case "weekly":
            ahead = ((rule.weekday or 0) - first.weekday()) % 7
            yield from _every(first + timedelta(days=ahead), last, 7)
        case _:
            yield from (day for day in _monthly(rule, first, last) if first <= day <= last)


def _every(first: date, last: date, step: int) -> Iterator[date]:
    day = first
    while day <= last:
        yield day
        day += timedelta(days=step)


def _monthly(rule: Rule, first: date, last: date) -> Iterator[date]:
    for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        year, month = number // 12, number % 12 + 1
        if rule.rhythm == "quarterly" and month % 3:
            continue
        if rule.rhythm == "yearly" and month != rule.month:
            continue
        end = month_end(year, month)
        wanted = LAST_OF_MONTH if rule.rhythm == "quarterly" else rule.day or 1
        yield end if wanted >= end.day else date(year, month, wanted)


def told(rule: Rule) -> Sentence:
    """The rule in the office's words: 每月25日, 每季末, 汛期每日."""
    match rule.rhythm:
        case "daily":
            base = say("recurring.workdays" if rule.shift != "none" else "recurring.daily")
        case "weekly":
            base = say("recurring.weekly", day=WEEKDAYS[rule.weekday or 0])
        case "monthly" if rule.day == LAST_OF_MONTH:
            base = say("recurring.month_end")
        case "monthly":
            base = say("recurring.monthly", day=rule.day or 1)
        case "quarterly":
            base = say("recurring.quarterly")
        case _:
            base = say("recurring.yearly", month=MONTHS[(rule.month or 1) - 1], day=rule.day or 1)
    if rule.season is None:
        return base
    (m1, d1), (m2, d2) = rule.season
    return say("recurring.season", m1=MONTHS[m1 - 1], d1=d1, m2=MONTHS[m2 - 1], d2=d2, base=base)
