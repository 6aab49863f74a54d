"""The light of an indicator: the light law on its course, told in the indicator's own unit.

A figure speaks of a period that has ended and is owed some days later. So pace is judged on the
day the figure speaks of, silence begins when the day it was owed has passed, and the end of the
year is no deadline of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from luoshi.domain.base import Sentence, Value, say
from luoshi.domain.pacing.figures import Measure, Standing, course
from luoshi.domain.pacing.lights import Facts, Light, light
from luoshi.domain.pacing.rules import DEFAULT_RULE, PRESETS, LightRule
from luoshi.domain.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class Owed:
    """A figure that is owed: of the period up to `end`, by the day `due_on`."""

    end: date
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The day the last figure speaks of (None: none has come), and what is owed in the year.

    `rank_from_bottom`: 1 is last among peers. `slow_before`: slow lights in a row before this.
    """

    as_of: date | None = None
    owed: tuple[Owed, ...] = ()
    rank_from_bottom: int | None = None
    slow_before: int = 0


def figure_light(
    measure: Measure,
    standing: Standing | None,
    report: Report,
    on: date,
    rule: LightRule = DEFAULT_RULE,
    calendar: WorkCalendar | None = None,
) -> Light:
    """The light of a figure on a day: silence overrides green, a broken ceiling is late at once.

    `standing` is `stand(...)` on the day the report speaks of, None where none has come. When the
    period is over and its last figure is in, the target is met or it is not. Words and thresholds
    are the light law's, the arithmetic is told in the indicator's unit.
    """
    known = standing is not None and standing.value is not None
    facts = Facts(
        measure.period,
        course(measure),
        actual=standing.actual if standing is not None else None,
        reported_on=report.as_of if known else None,
        as_of=report.as_of,
        nodes=tuple(owed.end for owed in report.owed if owed.due_on < on or owed.end >= on),
        rank_from_bottom=report.rank_from_bottom,
        slow_before=report.slow_before,
        end_is_due=False,
    )
    seen = light(facts, on, rule, calendar)
    also = tuple(_in_unit(why, standing, report, on) for why in seen.also)
    seen = replace(seen, arithmetic=_in_unit(seen.arithmetic, standing, report, on), also=also)
    if standing is None or not known:
        return seen
    if standing.broken:
        return replace(seen, word="late", arithmetic=standing.sentence)
    if report.as_of is not None and on > measure.period.end <= report.as_of:
        return _at_the_end(seen, measure, standing)
    return seen


def compared(
    measure: Measure,
    standing: Standing | None,
    report: Report,
    on: date,
    calendar: WorkCalendar | None = None,
) -> dict[str, Light]:
    """The light by every published rule, by the rule's code: what each county would call it."""
    return {
        code: figure_light(measure, standing, report, on, rule, calendar)
        for code, rule in PRESETS.items()
    }


def _at_the_end(seen: Light, measure: Measure, standing: Standing) -> Light:
    """When all is in, nothing is left to pace: met is green, not met is red."""
    told = _figures(standing) | {"target": measure.target}
    if standing.met:
        return replace(seen, word="ok", arithmetic=say("pacing.figure.met", **told))
    return replace(seen, word="late", arithmetic=say("pacing.figure.not_met", **told))


_Told = dict[str, Value]
_IN_UNIT: dict[str, Callable[[_Told], Sentence]] = {
    "pacing.within": lambda told: say("pacing.figure.within", **told),
    "pacing.slow_points": lambda told: say("pacing.figure.slow", **told),
    "pacing.late_points": lambda told: say("pacing.figure.late", **told),
    "pacing.slow_relative": lambda told: say("pacing.figure.slow_relative", **told),
    "pacing.late_relative": lambda told: say("pacing.figure.late_relative", **told),
    "pacing.late_bottom": lambda told: say("pacing.figure.late_bottom", **told),
    "pacing.late_again": lambda told: say("pacing.figure.late_again", **told),
    "pacing.between_nodes": lambda told: say("pacing.figure.between", **told),
}


def _in_unit(why: Sentence, standing: Standing | None, report: Report, on: date) -> Sentence:
    """The light law's sentence, told with the figure in its unit and the day it was owed."""
    if why.code in ("pacing.silent", "pacing.silent_since"):
        return _silence(why, report, on)
    if why.code in ("pacing.no_node", "pacing.no_figure"):
        return say("pacing.figure.not_due", due=_next_due(report, on))
    if standing is None or standing.value is None:
        return why
    in_unit = _IN_UNIT.get(why.code)
    if in_unit is None:
        return standing.sentence
    extra = {name: why.params[name] for name in ("limit", "size", "rank", "times")
             if name in why.params}  # fmt: skip
    days: _Told = {"as_of": report.as_of or on, "due": _next_due(report, on)}
    return in_unit({**_figures(standing), **extra, **days})


def _silence(why: Sentence, report: Report, on: date) -> Sentence:
    node = why.params["node"]
    due_on = next(owed.due_on for owed in report.owed if owed.end == node)
    days = (on - due_on).days
    if report.as_of is None or why.code == "pacing.silent":
        return say("pacing.figure.silent", end=node, due=due_on, days=days)
    return say("pacing.figure.silent_since", end=node, due=due_on, days=days, as_of=report.as_of)


def _next_due(report: Report, on: date) -> Value:
    """The next day on which a figure is owed; the last one of the year where all have passed."""
    days = sorted(owed.due_on for owed in report.owed)
    return next((day for day in days if day >= on), days[-1] if days else on)


def _figures(standing: Standing) -> dict[str, Value]:
    told = dict(standing.sentence.params)
    return {name: told.get(name, Decimal(0)) for name in ("expected", "value", "gap", "points")} | {
        "unit": told.get("unit", "")
    }
