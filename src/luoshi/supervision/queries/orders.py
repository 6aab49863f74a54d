"""Orders as pages show them: the list, the desk's part, how units stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from luoshi.domain import orders as law
from luoshi.domain.access import Actor
from luoshi.domain.base import Period, Sentence, say
from luoshi.domain.orders import Dealt, Stage, Standing
from luoshi.ledger.models import Task
from luoshi.ledger.queries import Carriers, carriers_of, visible_tasks
from luoshi.org.models import Unit
from luoshi.org.queries import visible_unit_ids
from luoshi.supervision.models import Order
from luoshi.supervision.queries.desk import working_due
from luoshi.supervision.staging import at_stage, stage_of
from luoshi.ui.lists import Page, page_of

WHOSE: Mapping[Stage, Sentence] = {
    Stage.TO_ASSIGN: say("orders.whose.office"),
    Stage.TO_SIGN: say("orders.whose.unit"),
    Stage.TO_RULE: say("orders.whose.leader"),
    Stage.WORKING: say("orders.whose.unit"),
    Stage.SUSPENDED: say("orders.whose.assigner"),
    Stage.TO_CHECK: say("orders.whose.verifier"),
    Stage.TO_CLOSE: say("orders.whose.assigner"),
    Stage.TO_RECOGNISE: say("orders.whose.superior"),
    Stage.TO_CONCLUDE: say("orders.whose.office"),
    Stage.WITHDRAWN: say("orders.whose.office"),
    Stage.CONCLUDED: say("orders.whose.office"),
    Stage.ARCHIVED: say("orders.whose.nobody"),
}
"""Whose move it is at a stage, as a role; the page of an order names the person."""
STAGES: Mapping[Stage, Sentence] = {
    Stage.TO_ASSIGN: say("orders.stage.to_assign"),
    Stage.TO_SIGN: say("orders.stage.to_sign"),
    Stage.TO_RULE: say("orders.stage.to_rule"),
    Stage.WORKING: say("orders.stage.working"),
    Stage.SUSPENDED: say("orders.stage.suspended"),
    Stage.TO_CHECK: say("orders.stage.to_check"),
    Stage.TO_CLOSE: say("orders.stage.to_close"),
    Stage.TO_RECOGNISE: say("orders.stage.to_recognise"),
    Stage.TO_CONCLUDE: say("orders.stage.to_conclude"),
    Stage.WITHDRAWN: say("orders.stage.withdrawn"),
    Stage.CONCLUDED: say("orders.stage.concluded"),
    Stage.ARCHIVED: say("orders.stage.archived"),
}
FIRST = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderFilters:
    """What the address of the list says; everything has a value that asks for nothing."""

    stage: str = "open"
    source: str = ""
    unit: UUID | None = None
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One line: the order, where it stands since when, whose move it is, and by when it is due."""

    order: Order
    stage: Stage
    carriers: Carriers
    due: date | None
    days: int
    late_days: int

    @property
    def word(self) -> Sentence:
        """The stage in words."""
        return STAGES[self.stage]

    @property
    def whose(self) -> Sentence:
        """Whose move it is, as a role."""
        return WHOSE[self.stage]


def orders(actor: Actor, today: date) -> QuerySet[Order]:
    """Orders of the items in the actor's view, with what a list names of them."""
    tasks = visible_tasks(actor, today)
    return Order.objects.filter(
        jurisdiction=actor.jurisdiction_id, task__in=tasks.order_by().values("pk")
    ).select_related("task__unit", "unit")


def order_for(actor: Actor, today: date, order_id: UUID) -> Order | None:
    """One order of an item that the actor may see, or None."""
    rows = orders(actor, today).select_related(
        "task__plan__unit", "task__line", "inspection", "unit", "task__unit"
    )
    return rows.filter(pk=order_id).first()


def orders_of(actor: Actor, today: date, task: Task) -> Sequence[Order]:
    """The orders made of an item, the newest first."""
    rows = Order.objects.filter(jurisdiction=actor.jurisdiction_id, task=task)
    del today
    return list(rows.select_related("task").order_by("-registered_at", "-id"))


def list_orders(
    actor: Actor, today: date, filters: OrderFilters, cursor: str = ""
) -> tuple[Page[Order], Sequence[OrderRow], int]:
    """A page of orders that the filters ask for, the newest first, and how many there are.

    A constant number of queries, however many orders there are.
    """
    rows = _matching(actor, today, filters)
    page = page_of(rows, ("-registered_at", "-id"), cursor)
    return page, rows_of_orders(actor, today, page.rows), rows.count()


def _matching(actor: Actor, today: date, filters: OrderFilters) -> QuerySet[Order]:
    rows = orders(actor, today)
    if filters.stage:
        rows = rows.filter(at_stage(filters.stage))
    if filters.source:
        rows = rows.filter(source=filters.source)
    if filters.unit:
        rows = rows.filter(task__unit=filters.unit)
    return rows.filter(_overdue(today)) if filters.overdue else rows


def _overdue(today: date) -> Q:
    """Open, not reported done, and past the deadline that the unit works to."""
    working = [*law.STATES[Stage.WORKING], *law.STATES[Stage.TO_SIGN], *law.STATES[Stage.TO_RULE]]
    return at_stage("open") & Q(task__state__in=working, task__due_on__lt=today)


def rows_of_orders(actor: Actor, today: date, found: Sequence[Order]) -> Sequence[OrderRow]:
    """Lines of orders already scoped; a constant number of queries for who carries them."""
    carriers = carriers_of(actor, today, [row.task_id for row in found])
    return [_row(row, carriers.get(row.task_id, Carriers()), today) for row in found]


def _row(order: Order, carriers: Carriers, today: date) -> OrderRow:
    stage = stage_of(order)
    since = max(order.task.state_since, order.registered_on)
    if stage in {Stage.CONCLUDED, Stage.ARCHIVED}:
        since = order.archived_on or order.concluded_on or since
    due = working_due(order.task)
    late = (today - due).days if due and stage in _LATE and due < today else 0
    return OrderRow(order, stage, carriers, due, (today - since).days, late)


_LATE = frozenset({Stage.TO_ASSIGN, Stage.TO_SIGN, Stage.TO_RULE, Stage.WORKING})


@dataclass(frozen=True, slots=True)
class OpenOrders:
    """The desk's part: the open orders due first, and how many there are at each stage."""

    rows: Sequence[OrderRow]
    total: int
    overdue: int
    to_conclude: int


def open_orders(actor: Actor, today: date) -> OpenOrders:
    """Open orders for the desk, the nearest deadline first; three queries and their carriers."""
    rows = orders(actor, today).filter(at_stage("open"))
    found = list(rows.order_by(F("task__due_on").asc(nulls_last=True), "id")[:FIRST])
    counted = rows.order_by().aggregate(
        total=Count("pk"),
        overdue=Count("pk", filter=_overdue(today)),
        to_conclude=Count("pk", filter=at_stage(Stage.TO_CONCLUDE)),
    )
    return OpenOrders(rows_of_orders(actor, today, found), **counted)


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """How one unit did with its orders of a period."""

    unit: Unit
    standing: Standing


def standings(actor: Actor, today: date, period: Period) -> Sequence[UnitStanding]:
    """Each unit's orders registered in a period: in time, late, overdue, returned, results.

    The 班子 and the office see their town's units, every other unit itself alone; in the order of
    the organisation, never by rank, and of units only. What assessment reads. Two queries.
    """
    rows = (
        Order.objects.filter(
            jurisdiction=actor.jurisdiction_id,
            registered_on__range=(period.start, period.end),
            task__unit__in=visible_unit_ids(actor, today),
        )
        .select_related("task")
        .only(
            "result", "archived_on", "task__unit_id", "task__state", "task__due_on",
            "task__done_on", "task__returns", "task__due_moves",
        )
    )  # fmt: skip
    dealt: dict[UUID, list[Dealt]] = {}
    for row in rows:
        dealt.setdefault(row.task.unit_id, []).append(_dealt(row))
    units = Unit.objects.filter(pk__in=dealt, jurisdiction=actor.jurisdiction_id)
    return [
        UnitStanding(unit, law.standing(dealt[unit.pk], today)) for unit in units.order_by("path")
    ]


def _dealt(row: Order) -> Dealt:
    task = row.task
    return Dealt(
        stage=stage_of(row),
        due_on=task.due_on,
        done_on=task.done_on,
        returns=task.returns,
        moves=task.due_moves,
        result=row.result,
    )


def orders_in(actor: Actor, unit: Unit, keys: Iterable[UUID]) -> Mapping[UUID, Order]:
    """Orders of a unit by the task they are about; one query. For the room of bulletins."""
    rows = Order.objects.filter(
        jurisdiction=actor.jurisdiction_id, unit=unit, task__in=list(keys)
    ).select_related("task")
    return {row.task_id: row for row in rows.order_by("registered_at", "id")}
