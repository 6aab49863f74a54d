"""Taking a table back: new items withdrawn, changed cells as they were; all or none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, say
from luoshi.goals import queries as goals
from luoshi.jobs import actions as jobs
from luoshi.journal.actions import Written, created, record, write
from luoshi.journal.models import Entry
from luoshi.ledger import found
from luoshi.ledger.actions.assigning import name_roles
from luoshi.ledger.actions.editing import undo_edit
from luoshi.ledger.actions.sums import rebuild_sums
from luoshi.ledger.carrying import NOBODY, Roles, roles_of
from luoshi.ledger.models import TableImport, TableRow, Task
from luoshi.search.actions import forget
from luoshi.store.rows import save

CHUNK = 500
UNDO_JOB = "ledger.table.undo"


@write("ledger.table.ask_undo")
def ask_undo(
    *, actor: Actor, today: date, now: datetime, table: TableImport, version: int | None
) -> Written:
    """A person asks to take a large table back: a job does it, all or none, while the page tells.

    The day of the asking is the day of the undoing, as with the writing.
    """
    goals.demand_right(actor, "plan", table.plan.unit.path)
    if table.state != TableImport.State.DONE or table.added_by_id != actor.person_id:
        raise Refused(say("ledger.table_closed"))
    asked = int(table.done.get("undo_asked", 0))
    save(table, version, done=table.done | {"undo_asked": asked + 1})
    record(table, {"undo_asked": (asked, asked + 1)}, at=now)
    jobs.start(
        kind=UNDO_JOB,
        actor=actor,
        payload={"table_id": str(table.pk), "today": today.isoformat()},
        now=now,
        key=f"{UNDO_JOB}:{table.pk}:{table.version}",
    )
    return Written("ledger.tableimport", table.pk, table.version)


@write("ledger.table.undo")
def undo_import(
    *, actor: Actor, today: date, now: datetime, table: TableImport, version: int | None = None
) -> Written:
    """Take a written table back; refused once somebody went on with any of its items.

    New items that nobody touched are withdrawn, changed ones get back what they said before.
    """
    row = TableImport.objects.select_for_update().select_related("plan__unit").get(pk=table.pk)
    goals.demand_right(actor, "plan", row.plan.unit.path)
    if row.state != TableImport.State.DONE or row.added_by_id != actor.person_id:
        raise Refused(say("ledger.table_closed"))
    edit_key = key_of(row)
    mine = Entry.objects.filter(
        jurisdiction=row.jurisdiction, account_id=actor.account_id, key=edit_key
    )
    _give_back_roles(actor, today, now, list(mine.filter(verb="ledger.task.name_roles")))
    if mine.filter(verb="ledger.task.edit").exists():
        undo_edit(actor=actor, today=today, now=now, edit_key=edit_key)
    _give_back_cells(list(mine.filter(verb="ledger.task.edit_kept")))
    added = [UUID(key) for key in row.done.get("added", [])]
    if added:
        _withdraw(row, added, now)
        rebuild_sums(actor=actor, today=today, now=now, plan=row.plan)
    changes = save(row, version, state=TableImport.State.UNDONE.value)
    record(row, changes, at=now)
    return Written("ledger.tableimport", row.pk, row.version, {"n": len(added)})


def key_of(table: TableImport) -> str:
    """The idempotency key under which a table is written, whoever asks how often."""
    return f"table:{table.pk}"


def _withdraw(table: TableImport, added: Sequence[UUID], now: datetime) -> None:
    """Delete the new items, the deepest first; whatever was done with one stops the whole."""
    keys = set(added)
    parents: set[UUID] = set()
    rows: list[Task] = []
    for start in range(0, len(added), CHUNK):
        chunk = Task.objects.filter(pk__in=added[start : start + CHUNK])
        touched = chunk.exclude(state=Task.State.REGISTERED) | chunk.exclude(version=1)
        used = chunk.filter(Q(reports__isnull=False) | Q(awaited_by__isnull=False))
        if touched.exists() or used.exists():
            raise Refused(say("ledger.table_used"))
        rows += chunk
    for start in range(0, len(added), CHUNK):
        children = Task.objects.filter(parent__in=added[start : start + CHUNK])
        if set(children.values_list("pk", flat=True)) - keys:
            raise Refused(say("ledger.table_used"))
    for row in rows:
        facts = {name: (pair[1], None) for name, pair in created(row).items()}
        record(row, facts, verb="ledger.task.withdraw", at=now)
        if row.parent_id and row.parent_id not in keys:
            parents.add(row.parent_id)
    for depth in sorted({row.depth for row in rows}, reverse=True):
        level = [row.pk for row in rows if row.depth == depth]  # a parent protects its children
        for start in range(0, len(level), CHUNK):
            Task.objects.filter(pk__in=level[start : start + CHUNK]).delete()
    forget(found.KIND, [row.pk for row in rows])
    Task.objects.filter(pk__in=parents, children__isnull=True).update(is_leaf=True)


def _give_back_roles(actor: Actor, today: date, now: datetime, entries: Sequence[Entry]) -> None:
    """Whoever carried an item before the table carries it again."""
    for entry in entries:
        task = Task.objects.get(pk=entry.subject_id, jurisdiction=entry.jurisdiction)
        current = roles_of([task.pk]).get(task.pk, NOBODY)
        if _roles(current, entry, 1) != current:
            raise Refused(say("ledger.undo_too_late", title=task.title))
        name_roles(
            actor=actor, today=today, now=now, task=task, roles=_roles(current, entry, 0),
            reason=entry.reason or "—",
        )  # fmt: skip


def _roles(current: Roles, entry: Entry, side: int) -> Roles:
    """The roles as an entry has them before (0) or after (1)."""

    def said(name: str, value: Any) -> Any:  # noqa: ANN401 - a key, keys or nothing
        if name not in entry.changes:
            return value
        told = entry.changes[name][side]
        if isinstance(told, list):
            return tuple(UUID(key) for key in told)
        return UUID(told) if told else None

    return Roles(
        lead_leader=said("lead_leader", current.lead_leader),
        lead_unit=said("lead_unit", current.lead_unit),
        supporting=said("supporting", current.supporting) or (),
        owner=said("owner", current.owner),
    )


def _give_back_cells(entries: Sequence[Entry]) -> None:
    """What was kept with an item before the table stands there again."""
    for entry in entries:
        row = TableRow.objects.filter(task=entry.subject_id).first()
        if row is None:
            continue
        cells = dict(row.cells)
        for name, (before, _after) in entry.changes.items():
            cells[name.removeprefix("表内数据.")] = before
        row.cells = {name: value for name, value in cells.items() if value is not None}
        row.save(update_fields=["cells"])
        record(row.task, {name: (b, a) for name, (a, b) in entry.changes.items()},
               verb="ledger.task.edit_kept")  # fmt: skip
