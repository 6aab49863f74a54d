"""What was understood of a block of typed cells, before anything is saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from luoshi.domain.access import Actor, NotAllowed, may
from luoshi.domain.base import Period, Sentence, say
from luoshi.domain.measuring import Stating, label_of, read_cell, why_not
from luoshi.indicators import tallying
from luoshi.indicators.models import Indicator, IndicatorDefinition, Reading, Reporter
from luoshi.indicators.queries.scope import indicators, units
from luoshi.org.models import Unit

MOST = 12_000
"""Cells that one block may have: 60 indicators of 15 villages in 12 months, and some."""


@dataclass(frozen=True, slots=True)
class Typed:
    """One cell as it was sent: keys, the month its period ends in, the words, the mark seen."""

    indicator: str
    unit: str
    period: Period
    text: str
    seen: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Understood:
    """One cell as it was understood.

    `fault` says why it cannot be saved; `met` that somebody else saved it in between, so that both
    values are shown.
    """

    typed: Typed
    indicator: Indicator | None
    unit: Unit | None
    definition: IndicatorDefinition | None = None
    value: Decimal | None = None
    now: Reading | None = None
    fault: Sentence | None = None
    converted_from: str = ""
    met: bool = False

    @property
    def same(self) -> bool:
        """Whether it says what stands there already."""
        return self.fault is None and (self.now.value if self.now else None) == self.value

    @property
    def revises(self) -> bool:
        """Whether it takes the place of another figure."""
        return self.now is not None and not self.same

    @property
    def label(self) -> Sentence:
        """The period's name."""
        return label_of(self.typed.period)

    @property
    def mark(self) -> str:
        """The mark of what stands there now: whoever saves next has seen this."""
        return tallying.mark_of(self.now)


def understand(
    actor: Actor, today: date, cells: Sequence[Typed], *, published: bool = False
) -> Sequence[Understood]:
    """Read each cell and say what it means or what is wrong with it; writes nothing.

    A constant number of queries. An indicator or unit that the actor does not see is unknown.
    """
    rows = {str(row.pk): row for row in indicators(actor, today).filter(pk__in=_keys(cells, 0))}
    places = {str(row.pk): row for row in units(actor, today).filter(pk__in=_keys(cells, 1))}
    known = tallying.definitions(row.pk for row in rows.values())
    says = {
        (row.indicator_id, row.unit_id): row
        for row in Reporter.objects.filter(
            jurisdiction=actor.jurisdiction_id,
            indicator__in=[row.pk for row in rows.values()],
            unit__in=[row.pk for row in places.values()],
        )
    }
    standing = {
        (row.indicator_id, row.unit_id, row.starts_on, row.ends_on): row
        for row in Reading.objects.filter(
            jurisdiction=actor.jurisdiction_id,
            indicator__in=[row.pk for row in rows.values()],
            unit__in=[row.pk for row in places.values()],
            ends_on__in={cell.period.end for cell in cells},
            current=True,
        )
    }
    once: set[tuple[str, str, Period]] = set()
    found = []
    for cell in cells:
        row, place = rows.get(cell.indicator), places.get(cell.unit)
        if row is None or place is None:
            found.append(Understood(cell, row, place, fault=say("indicators.unknown_cell")))
            continue
        slot = (cell.indicator, cell.unit, cell.period)
        now = standing.get((row.pk, place.pk, cell.period.start, cell.period.end))
        one = _one(actor, today, cell, row, place, known[row.pk], says, now, published=published)
        if slot in once:
            one = Understood(cell, row, place, one.definition, fault=say("indicators.cell_twice"))
        once.add(slot)
        found.append(one)
    return found


def _keys(cells: Sequence[Typed], which: int) -> set[UUID]:
    found = set()
    for text in {(cell.indicator, cell.unit)[which] for cell in cells}:
        try:
            found.add(UUID(text))
        except ValueError:
            continue
    return found


def _one(
    actor: Actor,
    today: date,
    cell: Typed,
    row: Indicator,
    unit: Unit,
    known: Sequence[IndicatorDefinition],
    says: Mapping[tuple[UUID, UUID], Reporter],
    now: Reading | None,
    *,
    published: bool,
) -> Understood:
    definition = tallying.on(known, cell.period.end)
    assert definition is not None  # an indicator is created with its first definition
    read = read_cell(
        cell.text, definition.measure, definition.decimals, negative=definition.may_be_negative
    )
    right = may(actor, "report", unit.path)
    reporter = says.get((row.pk, unit.pk))
    fault = right.why if isinstance(right, NotAllowed) else read.fault
    fault = fault or why_not(
        Stating(
            period=cell.period,
            today=today,
            as_of=today,
            statistics=row.category == Indicator.Category.STATISTICS,
            published=published,
            reckoned=definition.reckoned,
            composed=row.kind == Indicator.Kind.COMPOSITION,
            rhythm=definition.rhythm,  # type: ignore[arg-type]
            reports=reporter is not None
            and reporter.from_on <= cell.period.end
            and (reporter.to_on is None or cell.period.end <= reporter.to_on),
            revises=False,
            reason="",
        )
    )
    met = tallying.mark_of(now) != cell.seen and (now.value if now else None) != read.value
    return Understood(cell, row, unit, definition, read.value, now, fault, read.converted_from, met)
