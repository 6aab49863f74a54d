"""Who reads which rows of the register: scope first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from luoshi.domain.access import Actor, NotAllowed, Right, may
from luoshi.domain.base import Refused
from luoshi.indicators.models import Benchmark, Indicator, Reading, Reporter, StoredTotal, Target
from luoshi.org import queries as org
from luoshi.org.models import Unit


def read_by(actor: Actor, today: date, prefix: str = "unit") -> Q:
    """Rows of units that the actor sees, and of the places the actor works below.

    A village reads its town's own figures and targets, never those of the village beside it.
    """
    if actor.is_system:
        return Q()
    above = org.paths_above(actor)
    if not above:
        return Q(pk__in=())
    seen = Q(**{f"{prefix}__in": org.visible_unit_ids(actor, today)})
    return seen | Q(**{f"{prefix}__path__in": above})


def units(actor: Actor, today: date) -> QuerySet[Unit]:
    """Units whose figures the actor reads, in the order of the organisation."""
    rows = Unit.objects.filter(jurisdiction=actor.jurisdiction_id)
    if actor.is_system:
        return rows.order_by("path")
    return rows.filter(
        Q(pk__in=org.visible_unit_ids(actor, today)) | Q(path__in=org.paths_above(actor))
    ).order_by("path")


def indicators(actor: Actor, today: date) -> QuerySet[Indicator]:
    """Indicators of registers that the actor reads, in their order."""
    return (
        Indicator.objects.filter(read_by(actor, today), jurisdiction=actor.jurisdiction_id)
        .select_related("unit", "part_of")
        .order_by("unit__path", "position", "id")
    )


def indicator_for(actor: Actor, today: date, indicator_id: UUID) -> Indicator | None:
    """One indicator that the actor may read, or None."""
    return indicators(actor, today).filter(pk=indicator_id).first()


def targets(actor: Actor, today: date) -> QuerySet[Target]:
    """Targets of units that the actor reads, those withdrawn left out."""
    return (
        Target.objects.filter(read_by(actor, today), jurisdiction=actor.jurisdiction_id)
        .exclude(state=Target.State.WITHDRAWN)
        .select_related("indicator", "unit", "passage__document", "document")
        .order_by("indicator__position", "unit__path", "starts_on", "basis", "id")
    )


def target_for(actor: Actor, today: date, target_id: UUID) -> Target | None:
    """One target that the actor may read, or None."""
    return targets(actor, today).filter(pk=target_id).first()


def readings(actor: Actor, today: date) -> QuerySet[Reading]:
    """Readings of units that the actor reads, revised ones too, the latest period first."""
    return (
        Reading.objects.filter(read_by(actor, today), jurisdiction=actor.jurisdiction_id)
        .select_related("unit", "definition")
        .order_by("-ends_on", "unit__path", "-id")
    )


def reading_for(actor: Actor, today: date, reading_id: UUID) -> Reading | None:
    """One reading that the actor may read, or None."""
    return readings(actor, today).filter(pk=reading_id).first()


def benchmarks(actor: Actor, today: date) -> QuerySet[Benchmark]:
    """Figures of peer areas beside those of units that the actor reads."""
    return (
        Benchmark.objects.filter(read_by(actor, today), jurisdiction=actor.jurisdiction_id)
        .select_related("unit", "document")
        .order_by("indicator__position", "-ends_on", "peer")
    )


def totals(actor: Actor, today: date) -> QuerySet[StoredTotal]:
    """Stored totals at units that the actor reads."""
    return StoredTotal.objects.filter(
        read_by(actor, today), jurisdiction=actor.jurisdiction_id
    ).select_related("unit")


def reporters(actor: Actor, today: date, indicator_ids: Iterable[UUID]) -> QuerySet[Reporter]:
    """Units that report the indicators and that the actor reads, in the organisation's order."""
    return (
        Reporter.objects.filter(
            read_by(actor, today),
            jurisdiction=actor.jurisdiction_id,
            indicator__in=list(indicator_ids),
        )
        .select_related("unit")
        .order_by("unit__path")
    )


def has_right(actor: Actor, right: Right, unit: Unit) -> bool:
    """Whether the actor has the right over the unit; the access law's answer as yes or no."""
    return not isinstance(may(actor, right, unit.path), NotAllowed)


def demand_right(actor: Actor, right: Right, unit: Unit) -> None:
    """Raise the access law's refusal unless the actor has the right over the unit."""
    answer = may(actor, right, unit.path)
    if isinstance(answer, NotAllowed):
        raise Refused(answer.why)
