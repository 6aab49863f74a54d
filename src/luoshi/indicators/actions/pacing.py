"""How pace is judged: the course of an indicator's year, and the rule of lights of a place."""

from __future__ import annotations

from datetime import date

from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, say
from luoshi.domain.pacing import PRESETS
from luoshi.goals.models import Plan
from luoshi.indicators.models import Course, Indicator, PaceRule
from luoshi.indicators.paced import Weights, profile_of
from luoshi.indicators.queries.scope import demand_right
from luoshi.journal.actions import Written, created, nothing, record, write
from luoshi.org.models import Unit
from luoshi.store.rows import save


@write("indicators.course.set")
def set_course(
    *,
    actor: Actor,
    today: date,
    indicator: Indicator,
    year: int,
    profile: str,
    weights: Weights = (),
    version: int | None = None,
    key: str = "",
) -> Written:
    """Say how an indicator's year is spread: by months, days, quarters, nodes, last year's curve.

    `weights`: for quarters four of ("1", "15"), for nodes ("2026-04-30", "30") each. Refused in
    words where they say nothing. `version` of the course that was shown, None where there was none.
    """
    del today
    demand_right(actor, "plan", indicator.unit)
    weights = [list(pair) for pair in weights]
    if profile in (Course.Profile.QUARTERS, Course.Profile.MILESTONES):
        profile_of(profile, weights)
    row = Course.objects.select_for_update().filter(indicator=indicator, year=year).first()
    if row is None:
        row = Course.objects.create(
            jurisdiction=indicator.jurisdiction, indicator=indicator, year=year,
            profile=Course.Profile(profile), weights=weights,
        )  # fmt: skip
        record(row, created(row), unit_id=indicator.unit_id)
    else:
        changed = save(row, version, profile=profile, weights=weights)
        if not changed:
            return nothing("indicators.course", row.pk)
        record(row, changed, unit_id=indicator.unit_id)
    return Written("indicators.course", row.pk, row.version)


@write("indicators.pace_rule.choose")
def choose_rule(
    *,
    actor: Actor,
    today: date,
    unit: Unit,
    rule: str,
    plan: Plan | None = None,
    version: int | None = None,
    key: str = "",
) -> Written:
    """Choose the rule of lights of a place, for the plan of one year or for all that has none."""
    del today
    demand_right(actor, "plan", unit)
    if rule not in PRESETS:
        raise Refused(say("indicators.no_such_rule"))
    row = PaceRule.objects.select_for_update(of=("self",)).filter(unit=unit, plan=plan).first()
    if row is None:
        row = PaceRule.objects.create(
            jurisdiction=unit.jurisdiction, unit=unit, plan=plan, rule=rule
        )
        record(row, created(row))
    else:
        changed = save(row, version, rule=rule)
        if not changed:
            return nothing("indicators.pacerule", row.pk)
        record(row, changed)
    return Written("indicators.pacerule", row.pk, row.version)
