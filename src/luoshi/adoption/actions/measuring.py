"""An adopted indicator becomes a row of the register with a target of the own plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from luoshi.adoption.matching import Ticks
from luoshi.adoption.page import target_of
from luoshi.documents.models import DraftItem
from luoshi.domain.access import Actor
from luoshi.domain.base import Period
from luoshi.goals.models import Plan
from luoshi.indicators import actions
from luoshi.indicators.models import Indicator, Target
from luoshi.org.models import Unit

COMPARED = {">": ">=", "<": "<=", "~": "="}


@dataclass(frozen=True, slots=True)
class Measured:
    """What a draft says of an indicator: its name, figure, unit of measure, comparison, period."""

    name: str
    value: Decimal
    measure: str
    comparison: str
    period: Period


def measured(draft: DraftItem, plan: Plan) -> Measured | None:
    """The indicator that a draft states, or None where its name, figure or unit is missing.

    Then it stays a task, whose target is 待补. A due date within the plan's year ends the period
    (一季度力争达到…); else the target is the year's.
    """
    if draft.kind != DraftItem.Kind.INDICATOR or not draft.quantities:
        return None
    value, measure, op = target_of(draft)
    name = str(draft.quantities[0].get("name") or "").strip()
    if value is None or not measure or not name:
        return None
    year = Period.year(plan.year)
    end = draft.due_on if draft.due_on and year.holds(draft.due_on) else year.end
    comparison = COMPARED.get(op, op)
    known = comparison if comparison in Target.Comparison.values else Target.Comparison.AT_LEAST
    return Measured(name[:80], value, measure, known, Period(year.start, end))


def take_up(
    *, actor: Actor, today: date, plan: Plan, draft: DraftItem, said: Measured, ticks: Ticks | None
) -> tuple[UUID, list[dict[str, str]]] | None:
    """The target that the draft becomes, and the rows that were made for it; None: stay a task.

    An indicator of that name in the plan's unit is used where its unit of measure is the same. A
    target that stands for the period already is not made twice: the same figure is that target,
    another one stays a task, so that a person sees both.
    """
    unit: Unit = plan.unit
    row = Indicator.objects.filter(
        jurisdiction=plan.jurisdiction, unit=unit, name=said.name
    ).first()
    made: list[dict[str, str]] = []
    if row is None:
        row = _entered(actor, today, unit, draft, said, ticks)
        made.append({"kind": "indicators.indicator", "id": str(row.pk)})
    elif not row.definitions.filter(measure=said.measure).exists():
        return None
    standing = row.targets.filter(
        unit=unit,
        basis=Target.Basis.OWN,
        starts_on=said.period.start,
        ends_on=said.period.end,
    ).exclude(state=Target.State.WITHDRAWN)
    known = standing.first()
    if known is not None:
        return (known.pk, made) if known.value == said.value else None
    definition = row.definitions.order_by("-from_on").first()
    if definition is None or said.value != round(said.value, definition.decimals):
        return None
    aim = actions.Aim(
        basis=Target.Basis.OWN,
        value=said.value,
        comparison=said.comparison,
        plan=plan,
        passage=draft.passage,
    )
    written = actions.set_target(
        actor=actor, today=today, indicator=row, unit=unit, period=said.period, aim=aim
    )
    return written.id, [*made, {"kind": "indicators.target", "id": str(written.id)}]


def _entered(
    actor: Actor,
    today: date,
    unit: Unit,
    draft: DraftItem,
    said: Measured,
    ticks: Ticks | None,
) -> Indicator:
    """A new row of the register; its definition is what the text says until a person mends it."""
    places = -int(said.value.normalize().as_tuple().exponent)
    lead = Unit.objects.filter(pk=ticks.lead_unit).first() if ticks and ticks.lead_unit else None
    ratio = said.measure == "%"
    written = actions.create_indicator(
        actor=actor,
        today=today,
        unit=unit,
        naming=actions.Naming(name=said.name, kind="ratio" if ratio else "flow"),
        defining=actions.Defining(
            statement=draft.title,
            measure=said.measure,
            source=draft.document.title[:120],
            decimals=max(places, 2 if said.measure != "个" else 0),
            aggregation="latest" if ratio else "sum",
            may_be_negative=ratio,
        ),
        reporters=[lead] if lead is not None and lead.path.startswith(unit.path) else [],
    )
    return Indicator.objects.select_related("unit").get(pk=written.id)
