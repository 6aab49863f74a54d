"""Targets of units: drafted, in force with the plan, changed only with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from luoshi.documents.models import Document, Passage
from luoshi.domain.access import Actor
from luoshi.domain.base import Period, Refused, say
from luoshi.goals.baseline import demand_not_closed
from luoshi.goals.models import Plan
from luoshi.indicators import tallying
from luoshi.indicators.models import Indicator, Target
from luoshi.indicators.queries.scope import demand_right
from luoshi.journal.actions import Written, created, nothing, record, write
from luoshi.org.models import Unit
from luoshi.store.rows import save


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """What a target says and where it is from; `in_force` None: as its plan stands."""

    basis: str
    value: Decimal
    comparison: str = Target.Comparison.AT_LEAST
    plan: Plan | None = None
    parent: Target | None = None
    passage: Passage | None = None
    document: Document | None = None
    source: str = ""
    in_force: bool | None = None


@write("indicators.target.set")
def set_target(
    *,
    actor: Actor,
    today: date,
    indicator: Indicator,
    unit: Unit | None,
    period: Period,
    aim: Aim,
) -> Written:
    """Enter a unit's target for a period on one basis, with the passage or the person it is from.

    A target of a plan starts as a draft and goes into force with it; one without a plan, or of a
    plan in force, counts at once. One target an indicator, unit, period and basis. Without a unit
    it is refused: a figure that nobody owns is no target.
    """
    if unit is None:
        raise Refused(say("indicators.target_without_unit"))
    demand_right(actor, "plan", unit)
    plan = aim.plan
    if plan is not None:
        demand_not_closed(plan)
    _check_value(indicator, period, aim.value)
    if (
        indicator.targets.filter(
            unit=unit, starts_on=period.start, ends_on=period.end, basis=aim.basis
        )
        .exclude(state=Target.State.WITHDRAWN)
        .exists()
    ):
        raise Refused(
            say("indicators.target_known", indicator=indicator.name, unit=unit.short_name)
        )
    counts = aim.in_force
    if counts is None:
        counts = plan is None or plan.state == Plan.State.IN_FORCE
    row = Target.objects.create(
        jurisdiction=indicator.jurisdiction,
        indicator=indicator,
        unit=unit,
        plan=plan,
        parent=aim.parent,
        starts_on=period.start,
        ends_on=period.end,
        basis=Target.Basis(aim.basis),
        comparison=Target.Comparison(aim.comparison),
        value=aim.value,
        state=Target.State.IN_FORCE if counts else Target.State.DRAFT,
        passage=aim.passage,
        document=aim.document,
        source=aim.source.strip() or _by_system(actor, aim),
        stated_by_id=actor.person_id,
        stated_on=today,
    )
    record(row, created(row))
    return _written(row)


def _by_system(actor: Actor, aim: Aim) -> str:
    """Where a sweep enters a target without a text, the row still says who stated it."""
    known = actor.person_id or aim.passage or aim.document
    return "" if known else "—"


def _check_value(indicator: Indicator, period: Period, value: Decimal) -> None:
    """Refuse a figure finer than the definition allows, or negative where none can be."""
    definition = tallying.on(tallying.definitions([indicator.pk])[indicator.pk], period.end)
    if definition is None:
        return
    if value != round(value, definition.decimals):
        raise Refused(say("measuring.too_fine", text=f"{value:f}", decimals=definition.decimals))
    if value < 0 and not definition.may_be_negative:
        raise Refused(say("measuring.negative", text=f"{value:f}"))


@write("indicators.target.edit")
def edit_target(
    *,
    actor: Actor,
    today: date,
    target: Target,
    version: int,
    value: Decimal,
    comparison: str | None = None,
    reason: str = "",
) -> Written:
    """Change a target's figure; in force it needs a reason. The journal keeps what stood there."""
    del today
    demand_right(actor, "plan", target.unit)
    _demand_open(target)
    if target.state == Target.State.IN_FORCE and not reason.strip():
        raise Refused(say("indicators.target_says_why"))
    _check_value(target.indicator, Period(target.starts_on, target.ends_on), value)
    changed = save(target, version, value=value, comparison=comparison or target.comparison)
    if not changed:
        return nothing("indicators.target", target.pk)
    record(target, changed, reason=reason)
    return _written(target)


@write("indicators.target.withdraw")
def withdraw_target(
    *, actor: Actor, today: date, target: Target, version: int | None = None, reason: str = ""
) -> Written:
    """Take back a target; one in force says why. Shares that hang under it are taken back first."""
    del today
    demand_right(actor, "plan", target.unit)
    _demand_open(target)
    if target.state == Target.State.IN_FORCE and not reason.strip():
        raise Refused(say("indicators.target_says_why"))
    if target.children.exclude(state=Target.State.WITHDRAWN).exists():
        raise Refused(say("indicators.target_divided"))
    record(target, save(target, version, state=Target.State.WITHDRAWN), reason=reason)
    return _written(target)


@write("indicators.targets.put_in_force")
def put_targets_in_force(*, actor: Actor, today: date, plan: Plan) -> Written:
    """The drafts of a plan go into force with it; `home` calls this when the plan does."""
    del today
    demand_right(actor, "plan", plan.unit)
    rows = list(
        Target.objects.filter(plan=plan, state=Target.State.DRAFT)
        .select_related("unit")
        .order_by("id")
        .select_for_update(of=("self",))
    )
    for row in rows:
        record(row, save(row, None, state=Target.State.IN_FORCE))
    if not rows:
        return nothing("goals.plan", plan.pk)
    return Written("goals.plan", plan.pk, plan.version, {"targets": len(rows)})


def _demand_open(target: Target) -> None:
    if target.state == Target.State.WITHDRAWN:
        raise Refused(say("indicators.target_withdrawn"))
    if target.plan is not None:
        demand_not_closed(target.plan)


def _written(row: Target) -> Written:
    return Written("indicators.target", row.pk, row.version)
