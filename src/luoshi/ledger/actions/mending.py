"""What a plan in force lacks is mended in the open: only what a finding names, with a reason.

The baseline fixes weights and dates. Weights that do not make 100, and a part that lawfully runs
past its whole, are faults of the plan itself (C05, C07): these three acts mend them and no more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from luoshi.domain.access import Actor
from luoshi.domain.base import Finding, Refused, say
from luoshi.domain.cascade import Part, divide
from luoshi.goals import queries as goals
from luoshi.goals.baseline import demand_not_closed
from luoshi.goals.models import Plan
from luoshi.journal.actions import Written, created, nothing, record, write
from luoshi.ledger.actions import paths
from luoshi.ledger.actions.dates import count_move
from luoshi.ledger.actions.editing import save_edit
from luoshi.ledger.models import Task
from luoshi.store.rows import save

PLAIN_WEIGHT = 100
WHOLE_WEIGHT = Decimal(100)


def demand_mender(actor: Actor, task: Task, reason: str) -> None:
    """Whoever assigns in the unit mends, whatever the item's state; in force only with a reason."""
    goals.demand_right(actor, "assign", task.unit.path)
    if task.plan is not None:
        demand_not_closed(task.plan)
    in_force = task.plan is not None and task.plan.state == Plan.State.IN_FORCE
    if in_force and not reason.strip():
        raise Refused(say("closing.needs.reason"))


@write("ledger.tasks.balance")
def balance_weights(
    *, actor: Actor, today: date, now: datetime, tasks: Sequence[Task], reason: str = ""
) -> Written:
    """Make the weights of siblings 100 in all, in the proportions they have (largest remainder).

    Allowed in force, with a reason, because weights that do not make 100 weigh nothing. Where one
    weighs 0, all weigh the same. Refused where they make 100 already.
    """
    del today
    rows = [paths.locked(task) for task in sorted(tasks, key=lambda row: (-row.depth, str(row.pk)))]
    if not rows:
        raise Refused(say("ledger.nothing_chosen"))
    if sum(row.weight for row in rows) == WHOLE_WEIGHT:
        raise Refused(say("ledger.weights_whole"))
    new = _balanced(rows)
    for row in rows:
        demand_mender(actor, row, reason)
        save_edit(row, row.version, {"weight": new[row.pk]}, reason, now)
    return Written("ledger.task", rows[0].pk, 0, {"n": len(rows)})


def _balanced(rows: Sequence[Task]) -> Mapping[UUID, int]:
    """New weights: 100 in all in the old proportions; the plain weight where one would be 0."""
    parts = [Part(row.pk, row.title, weight=Decimal(row.weight)) for row in rows]
    division = divide(WHOLE_WEIGHT, parts, "weight")
    values = [] if isinstance(division, Finding) else [int(one.value) for one in division.slices]
    if not values or min(values) < 1:
        return {row.pk: PLAIN_WEIGHT for row in rows}
    return {row.pk: value for row, value in zip(rows, values, strict=True)}


@write("ledger.task.follow_parts")
def follow_parts(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    task: Task,
    reason: str,
    version: int | None = None,
) -> Written:
    """Let the deadline of a whole follow its latest part, whose own extension was approved.

    The move is kept as any other, with who approved it. A superior's deadline moves only with the
    superior's reply, so it is refused here.
    """
    row = paths.locked(task)
    goals.demand_right(actor, "supervise", row.unit.path)
    demand_mender(actor, row, reason)
    if row.due_at is not None:
        raise Refused(say("ledger.superior_deadline", title=row.title))
    open_parts = row.children.exclude(state=Task.State.CANCELLED)
    latest = max((part.due_on for part in open_parts if part.due_on), default=None)
    if latest is None or row.due_on is None or latest <= row.due_on:
        raise Refused(say("ledger.no_later_part", title=row.title))
    who = actor.person_id
    kept, counted = count_move(
        row, row.due_on, latest, today, reason=reason, asked_by_id=who, approved_by_id=who
    )
    changes = save(row, version, due_on=latest, **counted)
    record(kept, created(kept), unit_id=row.unit_id, at=now)
    record(row, changes, reason=reason, at=now)
    return Written("ledger.task", row.pk, row.version, {"due_on": latest})


@write("ledger.task.share_target")
def share_target(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    task: Task,
    values: Mapping[UUID, Decimal],
    reason: str = "",
) -> Written:
    """Give the parts their targets; together with those not named they must make the whole's.

    Refused in words where they do not, so that a half-typed form changes nothing.
    """
    del today
    whole = paths.locked(task)
    demand_mender(actor, whole, reason)
    if whole.target_value is None:
        raise Refused(say("ledger.no_target", title=whole.title))
    parts = [
        paths.locked(part)
        for part in whole.children.exclude(state=Task.State.CANCELLED).order_by("id")
        if part.target_unit == whole.target_unit
    ]
    new = {part.pk: values.get(part.pk, part.target_value) for part in parts}
    if any(value is None or value < 0 for value in new.values()):
        raise Refused(say("ledger.share_missing"))
    total = sum((value for value in new.values() if value is not None), Decimal(0))
    if total != whole.target_value:
        raise Refused(
            say(
                "ledger.shares_differ",
                total=total,
                whole=whole.target_value,
                unit=whole.target_unit,
            )
        )
    written = 0
    for part in parts:
        answer = save_edit(part, part.version, {"target_value": new[part.pk]}, reason, now)
        written += answer.version >= 0
    if not written:
        return nothing("ledger.task", whole.pk)
    return Written("ledger.task", whole.pk, whole.version, {"n": written})
