"""Who may take a share of a target, on what basis, and what the law makes of it: reads only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import cast
from uuid import UUID

from luoshi.domain.base import Finding
from luoshi.domain.cascade import Division as Divided
from luoshi.domain.cascade import (
    DivisionRule,
    Part,
    divide,
    divisible,
    division_findings,
)
from luoshi.indicators import tallying
from luoshi.indicators.models import Division, Indicator, IndicatorDefinition, Reading, Target
from luoshi.org.models import Post, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Taker:
    """A unit or a post that takes a share: its weight or base, or its figure fixed by hand."""

    unit: Unit
    post: Post | None = None
    weight: Decimal | None = None
    base: Decimal | None = None
    fixed: Decimal | None = None

    @property
    def key(self) -> UUID:
        """The post or the unit."""
        return self.post.pk if self.post is not None else self.unit.pk

    @property
    def label(self) -> str:
        """How a reader knows it."""
        return self.post.title if self.post is not None else self.unit.short_name


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a division would come to: the law's answer, its doubts, and whether it may be saved."""

    takers: tuple[Taker, ...]
    answer: Divided | Finding
    findings: tuple[Finding, ...]

    @property
    def sound(self) -> bool:
        """Whether the law lets it be saved."""
        return divisible(self.answer, self.findings)

    @property
    def values(self) -> Mapping[UUID, Decimal]:
        """Each taker's share; empty where the target cannot be divided."""
        if isinstance(self.answer, Finding):
            return {}
        return {
            taker.key: one.value for taker, one in zip(self.takers, self.answer.slices, strict=True)
        }

    @property
    def total(self) -> Decimal | None:
        """What the shares come to together; None where there are none or they are not added."""
        if isinstance(self.answer, Finding) or self.answer.rule == "same":
            return None
        return sum((one.value for one in self.answer.slices), Decimal(0))


def propose(
    target: Target, rule: str, takers: Sequence[Taker], definition: IndicatorDefinition
) -> Proposal:
    """Divide a target among takers by the law, at the indicator's precision; writes nothing."""
    parts = [
        Part(one.key, one.label, weight=one.weight, base=one.base, fixed=one.fixed)
        for one in takers
    ]
    step = Decimal(1).scaleb(-definition.decimals)
    law_rule = cast("DivisionRule", rule)
    answer = divide(target.value, parts, law_rule, step)
    found = division_findings(
        target.value, parts, law_rule, step, giver=target.unit_id, handed=handed(target)
    )
    return Proposal(tuple(takers), answer, found)


def handed(target: Target) -> Mapping[UUID, UUID]:
    """From which unit each unit above got its own target: the chain of parents.

    A chain is as long as the organisation is deep: a query for each level above the second.
    """
    found: dict[UUID, UUID] = {}
    row = target
    while row.parent_id is not None and row.parent is not None:
        found[row.unit_id] = row.parent.unit_id
        if row.parent.unit_id in found:
            break
        row = row.parent
    return found


def definition_of(target: Target) -> IndicatorDefinition:
    """The definition that holds at the end of the target's period; one query."""
    known = tallying.definitions([target.indicator_id])[target.indicator_id]
    found = tallying.on(known, target.ends_on)
    assert found is not None  # an indicator is created with its first definition
    return found


def bases(target: Target, base: Indicator, units: Iterable[Unit]) -> Mapping[UUID, Decimal]:
    """The base figure of each unit: of the same indicator last year's whole, else the latest known.

    A unit without a reading is not in the answer: missing is not 0. One query.
    """
    limit = date(target.starts_on.year - 1, 12, 31) if base.pk == target.indicator_id else None
    rows = Reading.objects.filter(
        jurisdiction=target.jurisdiction,
        indicator=base,
        unit__in=[unit.pk for unit in units],
        current=True,
        value__isnull=False,
    )
    rows = rows.filter(ends_on=limit) if limit else rows.filter(ends_on__lte=target.ends_on)
    found: dict[UUID, Decimal] = {}
    for row in rows.order_by("ends_on", "starts_on"):
        found[row.unit_id] = row.value
    return found


def with_bases(takers: Sequence[Taker], known: Mapping[UUID, Decimal]) -> list[Taker]:
    """The takers with their base figures filled in; a post stands on its unit's only by weight."""
    return [replace(one, base=known.get(one.unit.pk)) for one in takers]


def as_divided(division: Division) -> list[Taker]:
    """The takers of a division as it stands, weights and figures fixed by hand kept. One query."""
    rows = division.shares.select_related("child__unit", "post__unit").order_by(
        "child__unit__path", "post__position", "id"
    )
    found = []
    for row in rows:
        if row.child is not None:
            value, unit = row.child.value, row.child.unit
        else:
            assert row.post is not None
            value, unit = row.value, row.post.unit
        found.append(
            Taker(
                unit=unit,
                post=row.post,
                weight=row.weight,
                base=row.base,
                fixed=value if row.by_hand else None,
            )
        )
    return found
