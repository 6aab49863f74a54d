"""Figures of peer areas (对标), each with its source and day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from luoshi.documents.models import Document
from luoshi.domain.access import Actor
from luoshi.domain.base import Period, Refused, say
from luoshi.indicators.models import Benchmark, Indicator
from luoshi.indicators.queries.scope import demand_right
from luoshi.journal.actions import Written, created, nothing, record, write
from luoshi.org.models import Unit
from luoshi.store.rows import save


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """What a peer area reached in a period, by which source, on which day."""

    name: str
    period: Period
    value: Decimal
    source: str
    as_of: date
    document: Document | None = None


@write("indicators.benchmark.add")
def add_benchmark(
    *,
    actor: Actor,
    today: date,
    indicator: Indicator,
    unit: Unit,
    peer: Peer,
) -> Written:
    """Enter what a peer area reached in a period; without a source it is refused."""
    demand_right(actor, "plan", unit)
    if not peer.source.strip():
        raise Refused(say("indicators.benchmark_no_source"))
    if peer.as_of > today:
        raise Refused(say("measuring.future_source", as_of=peer.as_of))
    known = Benchmark.objects.filter(
        jurisdiction=indicator.jurisdiction,
        indicator=indicator,
        unit=unit,
        peer=peer.name,
        starts_on=peer.period.start,
        ends_on=peer.period.end,
    )
    if known.exists():
        raise Refused(say("indicators.benchmark_known", peer=peer.name))
    row = Benchmark.objects.create(
        jurisdiction=indicator.jurisdiction,
        indicator=indicator,
        unit=unit,
        peer=peer.name,
        starts_on=peer.period.start,
        ends_on=peer.period.end,
        value=peer.value,
        source=peer.source.strip(),
        as_of=peer.as_of,
        document=peer.document,
    )
    record(row, created(row))
    return _written(row)


@write("indicators.benchmark.edit")
def edit_benchmark(
    *,
    actor: Actor,
    today: date,
    benchmark: Benchmark,
    version: int,
    **changes: Any,  # noqa: ANN401 - any field's value
) -> Written:
    """Mend a peer's figure, its source or its day; the journal keeps what stood there."""
    demand_right(actor, "plan", benchmark.unit)
    if unknown := set(changes) - {"value", "source", "as_of", "peer"}:
        message = f"not editable here: {sorted(unknown)}"
        raise TypeError(message)
    if changes.get("as_of", today) > today:
        raise Refused(say("measuring.future_source", as_of=changes["as_of"]))
    changed = save(benchmark, version, **changes)
    if not changed:
        return nothing("indicators.benchmark", benchmark.pk)
    record(benchmark, changed)
    return _written(benchmark)


@write("indicators.benchmark.remove")
def remove_benchmark(
    *, actor: Actor, today: date, benchmark: Benchmark, reason: str, version: int
) -> Written:
    """Take out a peer's figure that should not stand there, saying why."""
    del today
    demand_right(actor, "plan", benchmark.unit)
    if not reason.strip():
        raise Refused(say("indicators.removal_says_why"))
    save(benchmark, version)
    gone = {name: (before, None) for name, (_, before) in created(benchmark).items()}
    record(benchmark, gone, reason=reason)
    answer = _written(benchmark)
    Benchmark.objects.filter(pk=benchmark.pk).delete()
    return answer


def _written(row: Benchmark) -> Written:
    return Written("indicators.benchmark", row.pk, row.version)
