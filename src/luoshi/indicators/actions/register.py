"""The register: an indicator, its definitions over time, and the units that report it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Q

from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, say
from luoshi.indicators.models import SCALE, Indicator, IndicatorDefinition, Reporter, Target
from luoshi.indicators.queries.scope import demand_right
from luoshi.journal.actions import Written, created, nothing, record, write
from luoshi.org.models import Unit
from luoshi.store.rows import save


@dataclass(frozen=True, slots=True, kw_only=True)
class Defining:
    """What a definition says; the numerator and the denominator go together."""

    statement: str
    measure: str
    source: str
    decimals: int = 0
    better: str = IndicatorDefinition.Better.HIGHER
    aggregation: str = IndicatorDefinition.Aggregation.SUM
    numerator: Indicator | None = None
    denominator: Indicator | None = None
    weight_by: Indicator | None = None
    factor: Decimal = Decimal(1)
    may_be_negative: bool = False
    rhythm: str = IndicatorDefinition.Rhythm.MONTH
    due_days: int = 10

    def values(self) -> dict[str, Any]:
        """Field by field."""
        return {one.name: getattr(self, one.name) for one in fields(self)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """What an indicator is called and of which kind; without a number it becomes the next one."""

    name: str
    kind: str
    category: str = Indicator.Category.BUSINESS
    number: str = ""
    part_of: Indicator | None = None
    from_on: date | None = None


@write("indicators.indicator.create")
def create_indicator(
    *,
    actor: Actor,
    today: date,
    unit: Unit,
    naming: Naming,
    defining: Defining,
    reporters: Sequence[Unit] = (),
) -> Written:
    """Enter an indicator into a unit's register with its first definition and who reports it.

    One name and one number a register. Without `reporters` the unit itself reports; without a
    day it counts from last January, so that last year can be entered for comparison.
    """
    demand_right(actor, "plan", unit)
    name, number = naming.name, naming.number
    own = Indicator.objects.filter(jurisdiction=unit.jurisdiction, unit=unit)
    if own.filter(name=name).exists():
        raise Refused(say("indicators.name_taken", name=name, unit=unit.short_name))
    if number and own.filter(number=number).exists():
        raise Refused(say("indicators.number_taken", number=number, unit=unit.short_name))
    last = own.order_by("-position").values_list("position", flat=True).first() or 0
    _check_part(naming.part_of, unit)
    row = Indicator.objects.create(
        jurisdiction=unit.jurisdiction,
        unit=unit,
        part_of=naming.part_of,
        number=number or _next_number(set(own.values_list("number", flat=True)), last),
        position=last + 1,
        name=name,
        kind=Indicator.Kind(naming.kind),
        category=Indicator.Category(naming.category),
        from_on=naming.from_on or date(today.year - 1, 1, 1),
    )
    _check(row, defining)
    definition = IndicatorDefinition.objects.create(
        jurisdiction=row.jurisdiction, indicator=row, from_on=row.from_on, **defining.values()
    )
    Reporter.objects.bulk_create(
        Reporter(jurisdiction=row.jurisdiction, indicator=row, unit=one, from_on=row.from_on)
        for one in _reporters(row, reporters or ([] if definition.reckoned else [unit]))
    )
    names = [one.short_name for one in reporters or [unit]]
    record(row, created(row, statement=(None, definition.statement), reporters=(None, names)))
    return _written(row)


def _next_number(taken: set[str], last: int) -> str:
    number = last + 1
    while f"{number:02d}" in taken:
        number += 1
    return f"{number:02d}"


def _check_part(whole: Indicator | None, unit: Unit) -> None:
    if whole is not None and (whole.kind != Indicator.Kind.COMPOSITION or whole.unit_id != unit.pk):
        raise Refused(say("indicators.not_a_composition", name=whole.name))


def _check(row: Indicator, said: Defining) -> None:
    """What a definition may not say: parts alone, itself as its part, more places than are kept."""
    if (said.numerator is None) != (said.denominator is None):
        raise Refused(say("indicators.two_parts"))
    parts = [part for part in (said.numerator, said.denominator, said.weight_by) if part]
    if any(part.pk == row.pk for part in parts):
        raise Refused(say("indicators.part_of_itself", name=row.name))
    if any(part.jurisdiction != row.jurisdiction for part in parts):
        raise Refused(say("access.out_of_scope"))
    reckoned = [part.name for part in parts if _is_reckoned(part)]
    if reckoned:
        raise Refused(say("indicators.part_is_reckoned", names=tuple(reckoned)))
    if said.numerator is not None and row.kind not in {Indicator.Kind.RATIO, Indicator.Kind.INDEX}:
        raise Refused(say("indicators.parts_make_a_ratio"))
    if said.decimals > SCALE:
        raise Refused(say("indicators.too_many_decimals", most=SCALE))
    if said.aggregation == "weighted" and said.weight_by is None:
        raise Refused(say("indicators.no_weight"))
    if said.aggregation == "ratio" and said.numerator is None:
        raise Refused(say("indicators.two_parts"))


def _is_reckoned(part: Indicator) -> bool:
    """Whether a part itself follows from others: a ratio of ratios would never end."""
    return (
        part.kind == Indicator.Kind.COMPOSITION
        or part.definitions.filter(numerator__isnull=False).exists()
    )


@write("indicators.indicator.edit")
def edit_indicator(
    *,
    actor: Actor,
    today: date,
    indicator: Indicator,
    version: int,
    **changes: Any,  # noqa: ANN401 - any field's value
) -> Written:
    """Change an indicator's name, number, order or category; what it measures is its definition."""
    del today
    demand_right(actor, "plan", indicator.unit)
    if unknown := set(changes) - {"name", "number", "position", "category"}:
        message = f"not editable here: {sorted(unknown)}"
        raise TypeError(message)
    others = Indicator.objects.filter(
        jurisdiction=indicator.jurisdiction, unit=indicator.unit_id
    ).exclude(pk=indicator.pk)
    if others.filter(name=changes.get("name", indicator.name)).exists():
        unit = indicator.unit.short_name
        raise Refused(say("indicators.name_taken", name=changes["name"], unit=unit))
    if others.filter(number=changes.get("number", indicator.number)).exists():
        unit = indicator.unit.short_name
        raise Refused(say("indicators.number_taken", number=changes["number"], unit=unit))
    changed = save(indicator, version, **changes)
    if not changed:
        return nothing("indicators.indicator", indicator.pk)
    record(indicator, changed)
    return _written(indicator)


@write("indicators.indicator.end")
def end_indicator(
    *, actor: Actor, today: date, indicator: Indicator, version: int, to_on: date | None = None
) -> Written:
    """Stop an indicator: it is read from now on and asked for no more."""
    demand_right(actor, "plan", indicator.unit)
    end = to_on or today
    if end < indicator.from_on:
        raise Refused(say("indicators.ends_before_it_starts", from_on=indicator.from_on))
    changed = save(indicator, version, to_on=end)
    if not changed:
        return nothing("indicators.indicator", indicator.pk)
    record(indicator, changed)
    return _written(indicator)


@write("indicators.indicator.remove")
def remove_indicator(*, actor: Actor, today: date, indicator: Indicator) -> Written:
    """Take an indicator out that nothing stands on (undo of an adoption).

    Refused once it has a reading, a target that counts or a peer's figure, or is a part of another.
    """
    del today
    demand_right(actor, "plan", indicator.unit)
    live = indicator.targets.exclude(state=Target.State.WITHDRAWN)
    parts = IndicatorDefinition.objects.filter(
        Q(numerator=indicator) | Q(denominator=indicator) | Q(weight_by=indicator)
    )
    held = (indicator.readings, live, indicator.benchmarks, indicator.parts, parts)
    if any(rows.exists() for rows in held):
        raise Refused(say("indicators.in_use", name=indicator.name))
    record(indicator, {name: (before, None) for name, (_, before) in created(indicator).items()})
    answer = _written(indicator)
    Target.objects.filter(indicator=indicator).delete()
    Reporter.objects.filter(indicator=indicator).delete()
    IndicatorDefinition.objects.filter(indicator=indicator).delete()
    Indicator.objects.filter(pk=indicator.pk).delete()
    return answer


@write("indicators.definition.add")
def add_definition(
    *,
    actor: Actor,
    today: date,
    indicator: Indicator,
    from_on: date,
    reason: str,
    defining: Defining,
) -> Written:
    """调整口径: a new definition from a day on, with its reason; old readings keep the old one.

    Refused where readings stand for periods that end on that day or later: they would have been
    taken under another definition than the one that then holds.
    """
    del today
    demand_right(actor, "plan", indicator.unit)
    row = Indicator.objects.select_for_update(of=("self",)).get(pk=indicator.pk)
    if not reason.strip():
        raise Refused(say("indicators.definition_says_why"))
    if row.definitions.filter(from_on__gte=from_on).exists():
        raise Refused(say("indicators.definition_not_later", from_on=from_on))
    if row.readings.filter(ends_on__gte=from_on).exists():
        raise Refused(say("indicators.readings_from_then", from_on=from_on))
    _check(row, defining)
    definition = IndicatorDefinition.objects.create(
        jurisdiction=row.jurisdiction,
        indicator=row,
        from_on=from_on,
        reason=reason.strip(),
        **defining.values(),
    )
    record(definition, created(definition), unit_id=row.unit_id, reason=reason)
    return Written("indicators.indicatordefinition", definition.pk, definition.version)


@write("indicators.definition.edit")
def edit_definition(
    *,
    actor: Actor,
    today: date,
    definition: IndicatorDefinition,
    version: int,
    defining: Defining,
    reason: str = "",
) -> Written:
    """Mend a definition. Once readings stand under it, only its words, source and rhythm change.

    Unit of measure, precision, aggregation and formula would change what those readings say: that
    is a new definition from a day on.
    """
    del today
    row = definition.indicator
    demand_right(actor, "plan", row.unit)
    _check(row, defining)
    changes = {
        name: value
        for name, value in defining.values().items()
        if getattr(definition, name) != value
    }
    fixed = set(changes) - {"statement", "source", "due_days", "better"}
    if fixed and definition.readings.exists():
        raise Refused(say("indicators.definition_in_use"))
    changed = save(definition, version, **changes)
    if not changed:
        return nothing("indicators.indicatordefinition", definition.pk)
    record(definition, changed, unit_id=row.unit_id, reason=reason)
    return Written("indicators.indicatordefinition", definition.pk, definition.version)


@write("indicators.indicator.set_reporters")
def set_reporters(
    *,
    actor: Actor,
    today: date,
    indicator: Indicator,
    version: int,
    units: Sequence[Unit],
    from_on: date | None = None,
) -> Written:
    """Say which units report an indicator from a day on; those left out end the day before.

    No unit may report beside one below it, but for the register's own unit: what it states is its
    own figure, never added to the sum of those below.
    """
    demand_right(actor, "plan", indicator.unit)
    start = from_on or today
    save(indicator, version)
    rows = {row.unit_id: row for row in indicator.reporters.select_related("unit")}
    wanted = {unit.pk: unit for unit in _reporters(indicator, units)}
    before = sorted(row.unit.short_name for row in rows.values() if row.to_on is None)
    for key, row in rows.items():
        if key not in wanted and row.to_on is None:
            save(row, None, to_on=max(start - timedelta(days=1), row.from_on))
        elif key in wanted and row.to_on is not None:
            save(row, None, to_on=None)
    fresh = [unit for key, unit in wanted.items() if key not in rows]
    Reporter.objects.bulk_create(
        Reporter(jurisdiction=indicator.jurisdiction, indicator=indicator, unit=unit, from_on=start)
        for unit in fresh
    )
    after = sorted(unit.short_name for unit in units)
    if before == after:
        return nothing("indicators.indicator", indicator.pk)
    record(indicator, {"reporters": (before, after)})
    return _written(indicator)


def _reporters(indicator: Indicator, units: Sequence[Unit]) -> Sequence[Unit]:
    """The units, checked: of the register's place, and none below another."""
    for unit in units:
        if not unit.path.startswith(indicator.unit.path):
            raise Refused(say("indicators.reporter_elsewhere", unit=unit.short_name))
        nested = [
            one
            for one in units
            if one.pk != unit.pk and one.path.startswith(unit.path) and unit.pk != indicator.unit_id
        ]
        if nested:
            raise Refused(
                say(
                    "indicators.reporter_nested",
                    unit=unit.short_name,
                    below=nested[0].short_name,
                )
            )
    return units


def _written(row: Indicator) -> Written:
    return Written("indicators.indicator", row.pk, row.version)
