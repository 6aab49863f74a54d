"""亮灯: one word for how an item stands, with the arithmetic that gave it.

Pace is judged on the day of the last report or on the last node passed, whichever is later:
between nodes nobody owes a figure, so nobody is called slow for an old one. Silence at a node,
a due date or a weekly-list line overrides green until a report arrives.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from luoshi.domain.base import Period, Sentence, month_end, say
from luoshi.domain.pacing.profile import LINEAR, WHOLE, Pace, Profile, pace, percent
from luoshi.domain.pacing.rules import DEFAULT_RULE, LightRule, Word
from luoshi.domain.workdays import WorkCalendar

SEVERITY: dict[Word, int] = {
    "done": 0, "ok": 0, "none": 0, "not_started": 1, "slow": 2, "silent": 3, "late": 4,
}  # fmt: skip
"""Without a report a light never gets a smaller number as time passes."""

Verdict = tuple[Word, Sentence]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one item on the day it is looked at.

    `period`: first day of the work to its due date. `actual`: percent done by the last report,
    None where it gave no figure. `as_of`: the day that figure speaks of (`reported_on` unless
    given). `nodes`: days on which a report is owed besides the due date (milestones, weekly-list
    lines). `start_by`: the planned start, where the plan names one. `reported_done_on`: done by
    the doer's own word; `closed_on`: verified. `rank_from_bottom`: 1 is last among peers.
    `slow_before`: slow lights in a row before this one. `end_is_due`: whether something is owed
    when the period ends (a task), or only at the nodes (an indicator, whose figure comes later).
    """

    period: Period
    profile: Profile = LINEAR
    actual: Decimal | None = None
    reported_on: date | None = None
    as_of: date | None = None
    nodes: tuple[date, ...] = ()
    start_by: date | None = None
    started_on: date | None = None
    reported_done_on: date | None = None
    closed_on: date | None = None
    rank_from_bottom: int | None = None
    slow_before: int = 0
    end_is_due: bool = True

    @property
    def owed(self) -> tuple[date, ...]:
        """Every day on which a report is owed."""
        return (*self.nodes, self.period.end) if self.end_is_due else self.nodes


@dataclass(frozen=True, slots=True)
class Light:
    """The word, the sentence with its arithmetic, and what else is wrong, worst first.

    `silent_since` is the node at which a report was owed and none has come, whatever the word.
    `talk`: the rule calls for a talk (约谈).
    """

    word: Word
    arithmetic: Sentence
    also: tuple[Sentence, ...] = ()
    silent_since: date | None = None
    pace: Pace | None = None
    talk: bool = False


def light(
    facts: Facts, on: date, rule: LightRule = DEFAULT_RULE, calendar: WorkCalendar | None = None
) -> Light:
    """The light of an item on a day, by a rule; the calendar is needed for pace by working days.

    The worst of: pace at the last report or node, a start that is overdue, silence at a node, a
    due date passed. Closed is done; reported done is neutral-green until somebody verifies it.
    """
    if facts.closed_on is not None and facts.closed_on <= on:
        return Light("done", say("pacing.done", on=facts.closed_on))
    if facts.reported_done_on is not None and facts.reported_done_on <= on:
        return Light("ok", say("pacing.reported_done", on=facts.reported_done_on))
    seen = _pace_at_reference(facts, on, calendar)
    verdicts = [_judged(facts, on, rule, seen, calendar)]
    verdicts += filter(
        None, (_overdue(facts, on), _silent(facts, on, rule), _unstarted(facts, on, rule))
    )
    verdicts.sort(key=lambda verdict: -SEVERITY[verdict[0]])
    word, why = verdicts[0]
    return Light(
        word,
        why,
        also=tuple(other for kind, other in verdicts[1:] if SEVERITY[kind]),
        silent_since=silent_since(facts, on, rule),
        pace=seen,
        talk=_in_a_row(facts, rule.slow_makes_talk) if word == "slow" else False,
    )


def silent_since(facts: Facts, on: date, rule: LightRule = DEFAULT_RULE) -> date | None:
    """The last node passed, where no report counts for it; None where nothing is owed.

    A report counts for a node when it came after the node before, and not more than the rule's
    `early_days` ahead. The day of the node itself is still in time.
    """
    passed = sorted(node for node in set(facts.owed) if node < on)
    if not passed:
        return None
    node, before = passed[-1], passed[-2] if len(passed) > 1 else date.min
    reported = _reported(facts, on)
    early = node - timedelta(days=rule.early_days)
    counts = reported is not None and reported > before and reported >= early
    return None if counts else node


def next_node(facts: Facts, on: date) -> date:
    """The next day on which a report is owed: a node still to come, else the due date."""
    return min((n for n in facts.nodes if n >= on), default=facts.period.end)


def whole_months(start: date, end: date) -> int:
    """Whole calendar months from start to end: 31 January to 28 February is one; 0 if not later."""
    months = 12 * (end.year - start.year) + end.month - start.month
    if end.day < start.day and end != month_end(end.year, end.month):
        months -= 1
    return max(0, months)


def _pace_at_reference(facts: Facts, on: date, calendar: WorkCalendar | None) -> Pace | None:
    """The pace on the day it is judged; None before any report and any node."""
    seen = _figure_day(facts, on)
    passed = [node for node in facts.owed if node < on]
    days = [day for day in (seen, max(passed, default=None)) if day is not None]
    if not days:
        return None
    actual = facts.actual if seen is not None else None
    return pace(facts.profile, facts.period, max(days), actual, calendar)


def _reported(facts: Facts, on: date) -> date | None:
    """The day of the last report, where it had come by `on`."""
    day = facts.reported_on
    return day if day is not None and day <= on else None


def _figure_day(facts: Facts, on: date) -> date | None:
    reported = _reported(facts, on)
    return None if reported is None else min(facts.as_of or reported, on)


def _judged(
    facts: Facts, on: date, rule: LightRule, seen: Pace | None, calendar: WorkCalendar | None
) -> Verdict:
    node = next_node(facts, on)
    reported = _reported(facts, on)
    if seen is None or reported is None:
        return "none", say("pacing.no_node", node=node)
    if seen.actual is None:
        return "none", say("pacing.no_figure", on=reported, node=node)
    verdict = judge(seen, facts, rule)
    if verdict[0] != "ok":
        return verdict
    now = pace(facts.profile, facts.period, on, facts.actual, calendar)
    if judge(now, facts, rule)[0] == "ok":
        return verdict
    return "none", say("pacing.between_nodes", on=reported, actual=seen.actual, node=node)


def judge(seen: Pace, facts: Facts, rule: LightRule) -> Verdict:
    """The word for a pace alone, and the comparison that gives it; the pace has a figure."""
    assert seen.actual is not None
    short = seen.expected - seen.actual
    told = {"expected": seen.expected, "actual": seen.actual, "gap": abs(short)}
    if short <= 0:
        return "ok", say("pacing.level", **told) if not short else say("pacing.ahead", **told)
    size = short if rule.measure == "points" else _relative(short, seen.expected)
    told["size"] = size
    if rule.late_over is not None and size > rule.late_over:
        return "late", _threshold(rule, "late", told | {"limit": rule.late_over})
    rank = facts.rank_from_bottom
    if rule.late_bottom is not None and rank is not None and rank <= rule.late_bottom:
        return "late", say("pacing.late_bottom", rank=rank, **told)
    if size < rule.slow_from:
        return "ok", say("pacing.within", limit=rule.slow_from, **told)
    if _in_a_row(facts, rule.slow_makes_late):
        return "late", say("pacing.late_again", times=facts.slow_before + 1, **told)
    return "slow", _threshold(rule, "slow", told | {"limit": rule.slow_from})


def _threshold(rule: LightRule, word: str, told: dict[str, Decimal]) -> Sentence:
    match rule.measure, word:
        case "points", "late":
            return say("pacing.late_points", **told)
        case "points", _ if not rule.slow_from:
            return say("pacing.slow_any", **told)
        case "points", _:
            return say("pacing.slow_points", **told)
        case _, "late":
            return say("pacing.late_relative", **told)
        case _:
            return say("pacing.slow_relative", **told)


def _relative(short: Decimal, expected: Decimal) -> Decimal:
    """The shortfall as a percentage of what was expected; of nothing expected it is all of it."""
    if expected <= 0:
        return WHOLE
    return percent(Fraction(short) / Fraction(expected))


def _in_a_row(facts: Facts, times: int | None) -> bool:
    return times is not None and facts.slow_before + 1 >= times


def _overdue(facts: Facts, on: date) -> Verdict | None:
    if on <= facts.period.end or not facts.end_is_due:
        return None
    days = (on - facts.period.end).days
    return "late", say("pacing.overdue", due=facts.period.end, days=days)


def _silent(facts: Facts, on: date, rule: LightRule) -> Verdict | None:
    node = silent_since(facts, on, rule)
    if node is None:
        return None
    days = (on - node).days
    last = _reported(facts, on)
    if last is None:
        return "silent", say("pacing.silent", node=node, days=days)
    return "silent", say("pacing.silent_since", node=node, days=days, last=last)


def _unstarted(facts: Facts, on: date, rule: LightRule) -> Verdict | None:
    """应启未启: a planned start that has passed with nothing begun."""
    begun = facts.started_on is not None or (facts.actual is not None and facts.actual > 0)
    if facts.start_by is None or begun or on <= facts.start_by:
        return None
    months = whole_months(facts.start_by, on)
    days = (on - facts.start_by).days
    if months >= rule.not_started_late_months:
        return "late", say("pacing.unstarted_late", start=facts.start_by, months=months)
    if months >= rule.not_started_slow_months:
        return "slow", say("pacing.unstarted_slow", start=facts.start_by, months=months)
    return "not_started", say("pacing.not_started", start=facts.start_by, days=days)
