"""Inspections: those of the county for its supervisors, those of one's own town for the town."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from luoshi.domain.access import Actor
from luoshi.org.models import Person, Unit
from luoshi.org.queries import visible_unit_ids
from luoshi.supervision.models import Inspection
from luoshi.supervision.queries.ordering import office_to_inspect, town_to_order
from luoshi.supervision.queries.orders import OrderRow, orders, rows_of_orders


def inspections(actor: Actor, today: date) -> QuerySet[Inspection]:
    """Inspections of towns in the actor's view, the newest first; nobody below the town sees one.

    The county's supervisors, the town's office and leaders, and the auditor.
    """
    rows = Inspection.objects.filter(jurisdiction=actor.jurisdiction_id)
    return (
        rows.filter(town__in=visible_unit_ids(actor, today))
        .select_related("town", "unit")
        .order_by("-opened_on", "-id")
    )


def inspection_for(actor: Actor, today: date, inspection_id: UUID) -> Inspection | None:
    """One inspection that the actor may see, or None."""
    return inspections(actor, today).filter(pk=inspection_id).first()


def towns_to_inspect(actor: Actor, today: date) -> Sequence[tuple[str, str]]:
    """The towns of the county, for its supervisors' form."""
    del today
    rows = Unit.objects.filter(
        jurisdiction=actor.jurisdiction_id, kind=Unit.Kind.TOWN, to_on__isnull=True
    )
    return [(str(key), name) for key, name in rows.order_by("path").values_list("pk", "name")]


@dataclass(frozen=True, slots=True)
class InspectionPage:
    """One inspection: the names, the orders made of it, and what this person may do."""

    row: Inspection
    names: Mapping[UUID | None, str]
    orders: Sequence[OrderRow]
    late_days: int
    may_answer: bool
    may_conclude: bool
    may_order: bool

    @property
    def opened_by(self) -> str:
        """Who opened it."""
        return self.names.get(self.row.opened_by_id, "")

    @property
    def answered_by(self) -> str:
        """Who answered."""
        return self.names.get(self.row.answered_by_id, "")

    @property
    def concluded_by(self) -> str:
        """Who concluded."""
        return self.names.get(self.row.concluded_by_id, "")


def inspection_page(actor: Actor, today: date, row: Inspection) -> InspectionPage:
    """The page of an inspection that `inspection_for` gave; a constant number of queries.

    Of the orders that the town made of it, the ones whose items the actor may see.
    """
    made = orders(actor, today).filter(inspection=row).order_by("registered_at", "id")
    people = {row.opened_by_id, row.answered_by_id, row.concluded_by_id} - {None}
    names = Person.objects.filter(jurisdiction=actor.jurisdiction_id, pk__in=people)
    town, office = town_to_order(actor), office_to_inspect(actor)
    own = town is not None and town.pk == row.town_id
    ended = row.state == Inspection.State.CONCLUDED
    waits = row.state == Inspection.State.OPEN
    return InspectionPage(
        row=row,
        names=dict(names.values_list("pk", "name")),
        orders=rows_of_orders(actor, today, list(made)),
        late_days=(today - row.due_on).days if waits and row.due_on < today else 0,
        may_answer=own and not ended,
        may_conclude=office is not None
        and office.pk == row.unit_id
        and not ended
        and (not waits or row.due_on < today),
        may_order=own and not ended,
    )


def open_inspections(actor: Actor, today: date) -> Sequence[Inspection]:
    """Inspections without a conclusion, for the desk; one query."""
    rows = inspections(actor, today).exclude(state=Inspection.State.CONCLUDED)
    return list(rows.order_by("due_on", "id")[:20])
