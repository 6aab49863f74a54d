"""One order with its whole chain: what happened, whose move it is, and what may be done now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from luoshi.domain import orders as law
from luoshi.domain.access import Actor
from luoshi.domain.base import Sentence, say
from luoshi.domain.closing import Verb
from luoshi.domain.orders import Result, Stage
from luoshi.domain.workdays import SHANGHAI
from luoshi.journal.models import Entry
from luoshi.ledger.models import ProgressReport
from luoshi.ledger.queries import Carriers, moves_for, sign_until
from luoshi.ledger.queries.telling import WORDS
from luoshi.org.models import Person
from luoshi.supervision.models import Order, OrderTold
from luoshi.supervision.queries.drawing import drawn_for
from luoshi.supervision.queries.ordering import conclusion_facts, town_to_order
from luoshi.supervision.queries.orders import OrderRow, rows_of_orders

STEPS = frozenset(
    {"assign", "sign_for", "return_to_assigner", "rule", "start", "verify", "return_for_rework",
     "close", "accept", "archive", "suspend", "resume", "cancel", "reopen", "move_due",
     "move_deadline", "name_roles"}
)  # fmt: skip
CONCLUDED: Mapping[str, Sentence] = {
    "rectified": say("orders.step.rectified"),
    "partly": say("orders.step.partly"),
    "continuing": say("orders.step.continuing"),
    "not": say("orders.step.not"),
}
BEFORE = frozenset({"assign", "sign_for"})
"""Steps that are told although they came before the order: who has the item since when."""
MOST = 80
OFFERED = (
    Verb.ASSIGN, Verb.SIGN_FOR, Verb.RETURN_TO_ASSIGNER, Verb.RULE, Verb.REPORT, Verb.REPORT_DONE,
    Verb.VERIFY, Verb.CLOSE, Verb.ACCEPT, Verb.ASK_EXTENSION,
)  # fmt: skip
"""Moves of the item that the page of its order leads to."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the chain, as the timeline shows it."""

    at: datetime
    title: str | Sentence
    who: str
    text: str
    on: bool


@dataclass(frozen=True, slots=True)
class OrderPage:
    """Everything the page of an order shows.

    `mover` is who must move, by name; where nobody is known by name, `row.whose` says the role.
    `results` are the result classes that may be set now, `faults` says of the others why not.
    """

    row: OrderRow
    asked_by: str
    registered_by: str
    concluded_by: str
    mover: str
    mine: bool
    sign_by: datetime | None
    vacant: bool
    steps: Sequence[Step]
    moves: Sequence[Verb]
    results: Sequence[Result]
    faults: Mapping[Result, Sentence]
    may_archive: bool

    @property
    def order(self) -> Order:
        """The order."""
        return self.row.order

    @property
    def carriers(self) -> Carriers:
        """Who carries the item."""
        return self.row.carriers


def order_page(actor: Actor, today: date, order: Order) -> OrderPage:
    """The page of an order that `order_for` gave; a constant number of queries."""
    task = order.task
    row = rows_of_orders(actor, today, [order])[0]
    reports = list(task.reports.order_by("-reported_at", "-id")[:MOST])
    entries = _entries(order)
    told = list(order.told.order_by("told_on", "id"))
    names = _names(actor, order, reports, entries)
    town = town_to_order(actor)
    office = town is not None and town.pk == order.unit_id
    drawn = drawn_for(actor, today, [task])[task.pk] if row.stage is Stage.TO_CHECK else None
    moves = moves_for(actor, today, task)
    results, faults = _results(actor, today, order) if office else ((), {})
    return OrderPage(
        row=row,
        asked_by=names.get(order.asked_by_id, ""),
        registered_by=names.get(order.registered_by_id, ""),
        concluded_by=names.get(order.concluded_by_id, ""),
        mover=_mover(row, drawn),
        mine=_mine(actor, row, drawn, moves, office=office),
        sign_by=sign_until(task) if row.stage is Stage.TO_SIGN else None,
        vacant=row.carriers.owner is not None and row.carriers.person is None,
        steps=_steps(order, reports, entries, told, names),
        moves=[verb for verb in OFFERED if verb in moves],
        results=results,
        faults=faults,
        may_archive=office and law.archive_fault(row.stage) is None,
    )


def _results(
    actor: Actor, today: date, order: Order
) -> tuple[Sequence[Result], Mapping[Result, Sentence]]:
    """Which results may be set, words aside: a note and a next day are what the form brings."""
    tomorrow = date.fromordinal(today.toordinal() + 1)
    facts = conclusion_facts(actor, today, order, note="—", next_on=tomorrow)
    faults = {result: law.result_fault(result, facts) for result in Result}
    return (
        [result for result, fault in faults.items() if fault is None],
        {result: fault for result, fault in faults.items() if fault is not None},
    )


def _mover(row: OrderRow, drawn: Person | None) -> str:
    """Who must move, by unit and name, as far as it is known."""
    carried = row.carriers
    if row.stage in {Stage.TO_SIGN, Stage.WORKING}:
        unit = carried.lead_unit or row.order.task.unit
        return f"{unit.short_name} {carried.person.name if carried.person else ''}".strip()
    if row.stage is Stage.TO_CHECK:
        return drawn.name if drawn else ""
    if row.stage is Stage.TO_RULE:
        return carried.leader.name if carried.leader else ""
    return ""


def _mine(
    actor: Actor, row: OrderRow, drawn: Person | None, moves: Iterable[Verb], *, office: bool
) -> bool:
    awaited = {
        Stage.TO_ASSIGN: Verb.ASSIGN,
        Stage.TO_SIGN: Verb.SIGN_FOR,
        Stage.TO_RULE: Verb.RULE,
        Stage.WORKING: Verb.REPORT_DONE,
        Stage.TO_CLOSE: Verb.CLOSE,
    }
    if row.stage is Stage.TO_CHECK:
        return drawn is not None and drawn.pk == actor.person_id
    if row.stage in {Stage.TO_CONCLUDE, Stage.CONCLUDED, Stage.WITHDRAWN}:
        return office
    if row.stage in {Stage.TO_SIGN, Stage.WORKING}:
        carried = row.carriers
        owns = carried.owner is not None and carried.owner.pk in actor.post_ids
        return owns and awaited[row.stage] in moves
    verb = awaited.get(row.stage)
    return verb is not None and verb in moves


def _entries(order: Order) -> list[Entry]:
    rows = Entry.objects.filter(
        jurisdiction=order.jurisdiction, subject_kind="ledger.task", subject_id=order.task_id
    ).order_by("-at", "-id")[: 3 * MOST]
    return [row for row in rows if _belongs(row, order)]


def _belongs(entry: Entry, order: Order) -> bool:
    verb = entry.verb.rpartition(".")[2]
    since = order.registered_at
    return verb in BEFORE or (verb in STEPS and entry.at >= since)


Names = Mapping[UUID | None, str]


def _names(
    actor: Actor, order: Order, reports: Iterable[ProgressReport], entries: Iterable[Entry]
) -> Names:
    people: set[UUID | None] = {key for row in reports for key in (row.person_id, row.typed_by_id)}
    people |= {row.person_id for row in entries}
    people |= {order.asked_by_id, order.registered_by_id, order.concluded_by_id}
    people |= {order.archived_by_id}
    rows = Person.objects.filter(jurisdiction=actor.jurisdiction_id, pk__in=people - {None})
    return dict(rows.values_list("pk", "name"))


def _steps(
    order: Order,
    reports: Sequence[ProgressReport],
    entries: Sequence[Entry],
    told: Sequence[OrderTold],
    names: Names,
) -> Sequence[Step]:
    """The chain in the order of time; what came before the order only where it explains it."""
    since = order.registered_at
    found = [
        Step(
            since,
            say("orders.step.register", serial=order.serial),
            names.get(order.registered_by_id, ""),
            order.requirement,
            on=True,
        )
    ]
    found += [_entry_step(row, names) for row in reversed(entries)]
    found += [_report_step(row, names) for row in reversed(reports) if row.reported_at >= since]
    if order.concluded_on is not None:
        title = CONCLUDED[order.result]
        who = names.get(order.concluded_by_id, "")
        found.append(Step(_evening(order.concluded_on), title, who, order.result_note, on=True))
    for row in told:
        code = say("orders.step.praised" if row.praised else "orders.step.told", serial=row.serial)
        found.append(Step(_evening(row.told_on), code, "", "", on=True))
    if order.archived_on is not None:
        who = names.get(order.archived_by_id, "")
        found.append(
            Step(_evening(order.archived_on), say("orders.step.archive"), who, "", on=True)
        )
    return sorted(found, key=lambda step: step.at)


def _evening(day: date) -> datetime:
    """The paper's own last steps are kept by the day, and stand at its end."""
    return datetime(day.year, day.month, day.day, 23, 59, tzinfo=SHANGHAI)


def _entry_step(row: Entry, names: Names) -> Step:
    verb = row.verb.rpartition(".")[2]
    back = verb in {"return_to_assigner", "return_for_rework", "suspend", "cancel", "reopen"}
    who = names.get(row.person_id, "")
    return Step(row.at, str(WORDS.get(verb, verb)), who, row.reason, on=not back)


def _report_step(row: ProgressReport, names: Names) -> Step:
    word = str(WORDS["report_done" if row.says_done else "report"])
    who = names.get(row.person_id, "")
    if row.typed_by_id:
        who = f"{who}（{names.get(row.typed_by_id, '')}）"
    return Step(row.reported_at, word, who, row.text, on=row.says_done)
