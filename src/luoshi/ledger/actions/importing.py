"""Tables into the ledger: kept until decided, then written in one transaction, all or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, say
from luoshi.goals import queries as goals
from luoshi.goals.models import Plan
from luoshi.jobs import actions as jobs
from luoshi.journal.actions import Written, nothing, record, write
from luoshi.ledger import found
from luoshi.ledger.actions.assigning import name_roles
from luoshi.ledger.actions.editing import edit_task
from luoshi.ledger.actions.registering import NewTask, register_tasks
from luoshi.ledger.carrying import Roles
from luoshi.ledger.models import TableImport, TableRow, Task
from luoshi.org.models import Unit
from luoshi.store.bulk import insert_many
from luoshi.store.rows import save

IMPORT_JOB = "ledger.table.import"
FORGET_AFTER = timedelta(days=7)
"""A table that nobody decided on is forgotten after so long; its bytes are gone."""

CARRIED = frozenset({"weight", "line_id"})
"""Fields whose change moves sums: written one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a table changes of an item: its fields, who carries it, what is kept with its row."""

    task: Task
    fields: Mapping[str, Any]
    roles: Roles | None
    cells: Mapping[str, Any]
    row: int


@dataclass(frozen=True, slots=True)
class KeptRow:
    """What stays with a new item of its row: number in the file, mark, cells without a field."""

    task_id: UUID
    row: int
    mark: str
    cells: Mapping[str, Any] = field(default_factory=dict)


@write("ledger.table.read")
def read_table(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    unit: Unit,
    plan: Plan,
    name: str,
    content: bytes,
    setup: Mapping[str, Any],
) -> Written:
    """Keep the cells of a table that passed the gate until its person decides; nothing else is.

    What the same person left undecided for a week is forgotten on the way.
    """
    goals.demand_right(actor, "plan", plan.unit.path)
    _forget_old(actor, now)
    table = TableImport(
        jurisdiction=actor.jurisdiction_id,
        unit=unit,
        plan=plan,
        name=name[:200],
        content=content,
        setup=dict(setup),
        added_by_id=actor.person_id,
        added_at=now,
    )
    table.save(force_insert=True)
    record(table, {"name": (None, table.name), "plan_id": (None, plan.pk)}, at=now)
    return Written("ledger.tableimport", table.pk, table.version)


def _forget_old(actor: Actor, now: datetime) -> None:
    """Empty what the person left undecided; its row tells that it was dropped."""
    rows = TableImport.objects.filter(
        jurisdiction=actor.jurisdiction_id,
        added_by_id=actor.person_id,
        state__in=(TableImport.State.READ, TableImport.State.CHECKED),
        added_at__lt=now - FORGET_AFTER,
    )
    for table in rows.defer("content", "report"):
        changes = save(table, None, state=TableImport.State.DROPPED.value, content=b"", report=b"")
        record(table, {"state": changes["state"]}, verb="ledger.table.drop", at=now)


@write("ledger.table.check")
def check_table(  # noqa: PLR0913 - what a person decided, and what follows
    *,
    actor: Actor,
    today: date,
    now: datetime,
    table: TableImport,
    version: int | None = None,
    setup: Mapping[str, Any] | None = None,
    names: Mapping[str, Any] | None = None,
    choices: Mapping[str, str] | None = None,
    report: bytes = b"",
    counts: Mapping[str, Any] | None = None,
    digest: str = "",
) -> Written:
    """Keep what a person decided about a table, and the dry run that follows from it."""
    _demand_own(actor, table)
    if table.state not in TableImport.OPEN:
        raise Refused(say("ledger.table_closed"))
    decided: dict[str, Any] = {
        name: value
        for name, value in (("setup", setup), ("names", names), ("choices", choices))
        if value is not None
    }
    fields = decided | {
        "state": TableImport.State.CHECKED.value if report else TableImport.State.READ.value,
        "report": report,
        "counts": dict(counts or {}),
        "digest": digest,
    }
    changes = save(table, version, **fields)
    changes.pop("report", None)
    if not changes:
        return nothing("ledger.tableimport", table.pk)
    record(table, {name: changes[name] for name in changes if name in {"state", "counts"}}, at=now)
    return Written("ledger.tableimport", table.pk, table.version)


@write("ledger.table.ask")
def ask_import(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    table: TableImport,
    version: int | None,
    skip_faulty: bool,
    reason: str,
    at_once: bool,
) -> Written:
    """A person says yes to the report: the write is asked for, as a job unless it is small.

    Refused while a name is undecided, a likeness open, a needed reason missing, or rows are
    refused that nobody said to leave out.
    """
    _demand_own(actor, table)
    counts = table.counts
    if table.state != TableImport.State.CHECKED:
        raise Refused(say("ledger.table_closed"))
    if counts.get("asked"):
        raise Refused(say("ledger.table_names_open", n=counts["asked"]))
    if counts.get("twin"):
        raise Refused(say("ledger.table_twins_open", n=counts["twin"]))
    if counts.get("refused") and not skip_faulty:
        raise Refused(say("ledger.table_rows_refused", n=counts["refused"]))
    if not counts.get("add") and not counts.get("change"):
        raise Refused(say("ledger.table_nothing"))
    if counts.get("needs_reason") and not reason.strip():
        raise Refused(say("closing.needs.reason"))
    changes = save(
        table, version, state=TableImport.State.WRITING.value, reason=reason.strip()[:300]
    )
    record(table, {"state": changes["state"]}, reason=reason, at=now)
    if not at_once:
        key = f"{IMPORT_JOB}:{table.pk}:{table.version}"
        jobs.start(
            kind=IMPORT_JOB,
            actor=actor,
            payload={"table_id": str(table.pk), "today": today.isoformat()},
            now=now,
            key=key,
        )
    return Written("ledger.tableimport", table.pk, table.version)


@write("ledger.table.return")
def return_table(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    table: TableImport,
    report: bytes,
    counts: Mapping[str, Any],
    digest: str,
) -> Written:
    """A table that could not be written waits for its person again, with the report of now."""
    _demand_own(actor, table)
    if table.state != TableImport.State.WRITING:
        raise Refused(say("ledger.table_closed"))
    changes = save(
        table, None, state=TableImport.State.CHECKED.value, report=report, counts=dict(counts),
        digest=digest,
    )  # fmt: skip
    record(table, {"state": changes["state"]}, at=now)
    return Written("ledger.tableimport", table.pk, table.version)


@write("ledger.table.import")
def import_table(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    table: TableImport,
    items: Sequence[NewTask],
    changes: Sequence[Change],
    kept: Sequence[KeptRow],
    heads: Sequence[Sequence[str]],
    key: str = "",
) -> Written:
    """Write a table in one transaction: new items, changed cells, what is kept; all or none.

    A row that somebody saved since it was printed stops the whole. Done once: a table that is
    written already stays as it is. One journal entry an item.
    """
    del key
    row = TableImport.objects.select_for_update().select_related("plan__unit").get(pk=table.pk)
    if row.state == TableImport.State.DONE:
        return nothing("ledger.tableimport", row.pk)
    if row.state != TableImport.State.WRITING:
        raise Refused(say("ledger.table_closed"))
    goals.demand_right(actor, "plan", row.plan.unit.path)
    _demand_unchanged(changes)
    _change_fields(actor, today, now, changes, row.reason)
    if items:
        register_tasks(
            actor=actor, today=today, now=now, items=items, plan=row.plan, reason=row.reason
        )
    _keep_rows(row, changes, kept)
    done = {"added": [str(item.id) for item in items], "changed": len(changes)}
    save(
        row, None, state=TableImport.State.DONE.value, done_at=now, content=b"", report=b"",
        heads=[list(head) for head in heads], done=done,
    )  # fmt: skip
    record(row, {"added": (None, len(items)), "changed": (None, len(changes))}, at=now)
    return Written(
        "ledger.tableimport", row.pk, row.version, {"added": len(items), "changed": len(changes)}
    )


def _demand_unchanged(changes: Sequence[Change]) -> None:
    """Lock the items in the order of all writers; refuse where one was saved meanwhile."""
    keys = [change.task.pk for change in changes]
    now_at: dict[UUID, int] = {}
    for start in range(0, len(keys), 500):
        rows = Task.objects.filter(pk__in=keys[start : start + 500]).order_by("-depth", "id")
        now_at |= dict(rows.select_for_update().values_list("pk", "version"))
    stale = [str(one.row) for one in changes if now_at.get(one.task.pk) != one.task.version]
    if stale:
        raise Refused(say("ledger.table_rows_moved", rows=tuple(stale[:20])))


def _change_fields(
    actor: Actor, today: date, now: datetime, changes: Sequence[Change], reason: str
) -> None:
    """Words and dates in bulk; weights and lines, which move sums, and roles one by one."""
    plain = [one for one in changes if one.fields and not CARRIED & set(one.fields)]
    for one in plain:
        before = {name: getattr(one.task, name) for name in one.fields}
        for name, value in one.fields.items():
            setattr(one.task, name, value)
        one.task.version += 1
        record(
            one.task,
            {name: (before[name], value) for name, value in one.fields.items()},
            reason=reason,
            verb="ledger.task.edit",
            at=now,
        )
    if plain:
        names = sorted({name for one in plain for name in one.fields})
        Task.objects.bulk_update([one.task for one in plain], [*names, "version"], batch_size=200)
    worded = [one.task for one in plain if found.WORDS & set(one.fields)]
    found.make_findable(worded)
    for one in changes:
        if one.fields and CARRIED & set(one.fields):
            edit_task(
                actor=actor, today=today, now=now, task=one.task, version=one.task.version,
                reason=reason, **one.fields,
            )  # fmt: skip
        if one.roles is not None:
            name_roles(
                actor=actor, today=today, now=now, task=one.task, roles=one.roles, reason=reason
            )


def _keep_rows(table: TableImport, changes: Sequence[Change], kept: Sequence[KeptRow]) -> None:
    """What the ledger has no field for stays with the item, under the header it came with."""
    insert_many(
        [
            TableRow(
                jurisdiction=table.jurisdiction,
                task_id=one.task_id,
                table=table,
                row=one.row,
                mark=one.mark,
                cells=dict(one.cells),
            )
            for one in kept
        ]
    )
    changed = [one for one in changes if one.cells]
    there: dict[UUID, TableRow] = {}
    keys = [one.task.pk for one in changed]
    for start in range(0, len(keys), 500):
        rows = TableRow.objects.filter(task__in=keys[start : start + 500])
        there |= {row.task_id: row for row in rows}
    fresh: list[TableRow] = []
    for one in changed:
        row = there.get(one.task.pk)
        before = dict(row.cells) if row else {}
        cells = {k: v for k, v in (before | dict(one.cells)).items() if v is not None}
        if cells == before:
            continue
        record(
            one.task,
            {f"表内数据.{name}": (before.get(name), value) for name, value in one.cells.items()},
            reason=table.reason,
            verb="ledger.task.edit_kept",
        )
        if row is not None:
            row.cells = cells
        else:
            fresh.append(
                TableRow(
                    jurisdiction=table.jurisdiction, task=one.task, table=table, row=one.row,
                    cells=cells,
                )
            )  # fmt: skip
    TableRow.objects.bulk_update(list(there.values()), ["cells"], batch_size=500)
    TableRow.objects.bulk_create(fresh, batch_size=500)


@write("ledger.table.drop")
def drop_table(
    *, actor: Actor, today: date, now: datetime, table: TableImport, version: int | None = None
) -> Written:
    """Leave a table: nothing was written, and its cells are forgotten."""
    _demand_own(actor, table)
    if table.state not in TableImport.OPEN:
        raise Refused(say("ledger.table_closed"))
    changes = save(
        table, version, state=TableImport.State.DROPPED.value, content=b"", report=b"", counts={}
    )
    record(table, {"state": changes["state"]}, at=now)
    return Written("ledger.tableimport", table.pk, table.version)


def _demand_own(actor: Actor, table: TableImport) -> None:
    """A table is its person's until it is written; who may no longer plan may no longer import."""
    goals.demand_right(actor, "plan", table.plan.unit.path)
    if table.added_by_id != actor.person_id and not actor.is_system:
        raise Refused(say("ledger.table_of_another"))
