"""How long a light lasts: the last day on which time alone leaves its word as it is.

Between two turns nothing in the law changes with the day, so a word once judged holds until the
next turn that changes it, or until somebody acts.
"""

from __future__ import annotations

from datetime import date, timedelta

from luoshi.domain.base import month_end
from luoshi.domain.pacing.lights import Facts, light
from luoshi.domain.pacing.profile import months_of
from luoshi.domain.pacing.rules import DEFAULT_RULE, LightRule, Word
from luoshi.domain.workdays import WorkCalendar

FOR_EVER = date.max
"""Time alone never changes the word."""
DAY = timedelta(days=1)


def lasting(
    facts: Facts, on: date, rule: LightRule = DEFAULT_RULE, calendar: WorkCalendar | None = None
) -> tuple[Word, date]:
    """The word on a day, and the last day on which it is still that word if nobody acts.

    Exact: on the day after, the word is another one. `FOR_EVER` where no day changes it.
    """
    word = light(facts, on, rule, calendar).word
    for day in turns(facts, on, rule):
        if light(facts, day, rule, calendar).word != word:
            return word, day - DAY
    return word, FOR_EVER


def turns(facts: Facts, on: date, rule: LightRule = DEFAULT_RULE) -> list[date]:
    """The days after `on` on which a word may change, in order.

    The day after a node or the due date; the day on which more is expected; the day a report, a
    word of completion or a closing dated ahead becomes known; the day after a planned start, and
    when so many whole months have passed since it.
    """
    days = {node + DAY for node in (*facts.nodes, facts.period.end)}
    days |= _expecting(facts)
    known = (facts.reported_on, facts.as_of, facts.reported_done_on, facts.closed_on)
    days |= {day for day in known if day is not None}
    if facts.start_by is not None:
        days.add(facts.start_by + DAY)
        for months in (rule.not_started_slow_months, rule.not_started_late_months):
            days.add(_months_after(facts.start_by, months))
    return sorted(day for day in days if day > on)


def _expecting(facts: Facts) -> set[date]:
    """Days on which the expected share grows."""
    match facts.profile.kind:
        case "months" | "quarters" | "curve":
            return set(months_of(facts.period))
        case "milestones":
            return {node.due_on for node in facts.profile.milestones}
        case _:
            return {facts.period.start + DAY * n for n in range(facts.period.days)}


def _months_after(start: date, months: int) -> date:
    """The first day on which so many whole months have passed."""
    year, month = divmod(12 * start.year + start.month - 1 + months, 12)
    last = month_end(year, month + 1)
    return date(year, month + 1, min(start.day, last.day))
