"""The dry run: what every row of a table would do to the ledger. Reads, judges, writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from uuid6 import uuid7

from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, say
from luoshi.domain.tables import Line, lines_of, text_of
from luoshi.goals import queries as goals
from luoshi.goals.models import Plan
from luoshi.ledger.actions.editing import check_edit, demand_editor
from luoshi.ledger.actions.importing import Change, KeptRow
from luoshi.ledger.actions.registering import NewTask
from luoshi.ledger.carrying import NOBODY, Roles, roles_of
from luoshi.ledger.models import TableImport, TableRow, Task
from luoshi.ledger.queries.printing import values_of
from luoshi.ledger.queries.scope import visible_tasks
from luoshi.ledger.tables.fields import Read, Reader
from luoshi.ledger.tables.judging import (
    first_text,
    key_of,
    not_taken,
    roles_changed,
    roles_new,
    says_progress,
)
from luoshi.ledger.tables.names import Names, names_of
from luoshi.ledger.tables.report import Report, RowReport
from luoshi.ledger.tables.setup import Setup, setup_of
from luoshi.ledger.tables.twins import Known, twins
from luoshi.ledger.tree import DEEPEST
from luoshi.office.cells import cell_in, cell_out, unpack_grids
from luoshi.store.bulk import no_collecting

CHUNK = 500
WRITE_LIMIT = 50_000
"""The most rows of one write; more is refused in words (SQLite holds one writer at a time)."""

ANY_REASON = "—"
READ_ONLY = frozenset({"progress", "share", "number", "group", "unit"})


@dataclass(slots=True)
class Run:
    """What a dry run found, and what would be written if a person said yes now."""

    rows: list[RowReport] = field(default_factory=list)
    items: list[NewTask] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    kept: list[KeptRow] = field(default_factory=list)
    names: Names | None = None
    needs_reason: bool = False

    @property
    def report(self) -> Report:
        """The report of the run."""
        asked = [
            {"kind": one.kind, "name": one.name, "count": one.count, "guess": one.guess,
             "said": one.said}
            for one in (self.names.asked.values() if self.names else ())
        ]  # fmt: skip
        return Report.of(self.rows, asked, needs_reason=self.needs_reason)


def dry_run(actor: Actor, today: date, table: TableImport) -> Run:
    """Read a table against the ledger as it stands: additions, changes, refusals, row by row.

    Statements do not grow with the rows but for chunks of 500. Nothing is locked and nothing
    written; whoever writes runs it again and compares the digests.
    """
    with no_collecting():
        return _DryRun(actor, today, table).go()


class _DryRun:
    """One run over one table."""

    def __init__(self, actor: Actor, today: date, table: TableImport) -> None:
        self.actor, self.today, self.table = actor, today, table
        self.plan: Plan = table.plan
        grids = unpack_grids(table.content)
        self.setup: Setup = setup_of(grids, table.setup)
        self.grid = grids[self.setup.sheet]
        self.lines = lines_of(self.grid, self.setup.head, self.setup.by_place)
        self.names = names_of(actor, today, table.unit, table.names)
        work_lines = goals.lines(actor, today, self.plan)
        self.reader = Reader(
            self.setup, self.names, self.plan.year, {line.name: line.pk for line in work_lines}
        )
        self.run = Run(names=self.names)
        self.placed: dict[int, UUID | None] = {}
        self.seen: set[UUID] = set()
        self.depths: dict[int, int] = {}
        self.reports: dict[int, RowReport] = {}
        self.fresh: dict[int, tuple[Read, RowReport]] = {}

    def go(self) -> Run:
        self._known()
        for at, line in enumerate(self.lines):
            self.depths[at] = 0 if line.parent is None else self.depths[line.parent] + 1
            if line.kind == "item":
                self._item(at, line)
            elif line.kind == "left":
                why = [line.why] if line.why else []
                self.reports[at] = RowReport(line.row, "left", first_text(line), notes=why)
        self._twins()
        self._add()
        self.run.rows = [self.reports[at] for at in sorted(self.reports)]
        return self.run

    # --- what the ledger has already ---------------------------------------------------------

    def _known(self) -> None:
        """The plan's items by key, those that the table names, and what stands in their cells."""
        rows = visible_tasks(self.actor, self.today).filter(plan=self.plan)
        self.items = {
            key: (number, title, parent, depth)
            for key, number, title, parent, depth in rows.order_by("tree").values_list(
                "pk", "number", "title", "parent_id", "depth"
            )
        }
        self.nodes: dict[tuple[UUID | None, str], UUID] = {
            (parent, title): key for key, (_n, title, parent, _d) in self.items.items()
        }
        place = next((at for at, what in self.setup.by_place.items() if what == "id"), None)
        self.keys = {
            at: text_of(line.cells[place])
            for at, line in enumerate(self.lines)
            if place is not None and line.kind == "item" and text_of(line.cells[place])
        }
        named = {key for text in self.keys.values() if (key := key_of(text)[0]) in self.items}
        self.tasks: dict[UUID, Task] = {}
        self.printed: dict[UUID, Sequence[Any]] = {}
        self.roles: dict[UUID, Roles] = {}
        self.kept: dict[UUID, TableRow] = {}
        wanted = [key for key in named if key]
        for start in range(0, len(wanted), CHUNK):
            chunk = wanted[start : start + CHUNK]
            tasks = list(rows.filter(pk__in=chunk).select_related("unit", "plan__unit", "line"))
            self.tasks |= {task.pk: task for task in tasks}
            self.printed |= values_of(self.actor, self.today, tasks, self.setup.heads())
            self.roles |= roles_of(chunk)
            self.kept |= {row.task_id: row for row in TableRow.objects.filter(task__in=chunk)}

    # --- one row -----------------------------------------------------------------------------

    def _item(self, at: int, line: Line) -> None:
        if at in self.keys:
            self._existing(at, line)
            return
        found = self.reader.read(line)
        report = RowReport(line.row, "add", line.title, self.depths[at])
        report.faults += found.faults + ([line.fault] if line.fault else [])
        report.notes += found.notes
        if line.row in self.grid.unreckoned:
            report.faults.append(say("tables.unreckoned"))
        if self.depths[at] >= DEEPEST:
            report.faults.append(say("tables.too_deep", n=DEEPEST))
        starts, due = found.values.get("starts_on"), found.values.get("due_on")
        if starts and due and starts > due:
            report.faults.append(say("tables.starts_after_due"))
        if due and due < self.today:
            report.notes.append(say("tables.due_passed", due=due))
            self.run.needs_reason = True
        report.said = self._said(found)
        self.reports[at] = report
        self.fresh[at] = (found, report)

    def _said(self, found: Read) -> list[list[str]]:
        """The few fields by which a person knows a row again."""
        facts = [
            ["due", str(found.values["due_on"])] if found.values.get("due_on") else [],
        ]
        return [fact for fact in facts if fact]

    def _existing(self, at: int, line: Line) -> None:
        """A row that came out of the ledger: only its changed cells are taken."""
        key, version = key_of(self.keys[at])
        report = RowReport(line.row, "same", line.title, self.depths[at])
        self.reports[at] = report
        task = self.tasks.get(key) if key else None
        if task is None:
            report.faults.append(say("tables.unknown_row"))
        elif task.pk in self.seen:
            report.faults.append(say("tables.row_twice"))
        else:
            self.placed[at] = task.pk
            self.seen.add(task.pk)
            self._compare(line, task, version, report)
        if report.faults:
            report.kind = "refused"

    def _compare(self, line: Line, task: Task, version: int, report: RowReport) -> None:
        differing = self._differing(line, task)
        for column, old, new in differing:
            what = self.setup.by_place[column]
            if what in READ_ONLY:
                report.notes.append(not_taken(what, self._label(column), task.number, new))
                continue
            report.changes.append([self._label(column), old, new])
        taken = frozenset(
            column for column, _o, _n in differing
            if self.setup.by_place[column] not in READ_ONLY
        )  # fmt: skip
        if not taken:
            return
        report.kind = "change"
        found = self.reader.read(line, taken)
        report.faults += found.faults
        report.notes += found.notes
        if line.row in self.grid.unreckoned:
            report.faults.append(say("tables.unreckoned"))
        if task.version != version:
            report.faults.append(say("tables.changed_meanwhile"))
        if not report.faults:
            self._change(task, found, report)

    def _label(self, column: int) -> str:
        return next(one.label for one in self.setup.columns if one.at == column)

    def _differing(self, line: Line, task: Task) -> list[tuple[int, str, str]]:
        """The columns in which a row no longer says what the ledger would print."""
        places = [
            (column.at, what)
            for column, what in zip(self.setup.columns, self.setup.fields, strict=True)
            if what not in {"id", "ignore"}
        ]
        found = []
        for (at, what), printed in zip(places, self.printed[task.pk], strict=True):
            old, new = text_of(cell_in(cell_out(printed))), text_of(line.cells[at])
            if what == "number" and self._counts(task, old, new):
                continue
            if old.strip() != new and not (what == "progress" and says_progress(task, old, new)):
                found.append((at, old, new))
        return found

    def _counts(self, task: Task, old: str, new: str) -> bool:
        """Whether a number says nothing new: the ledger's own, or where a print has the row.

        A published table's mark stays with its item; without one an export counts its rows, in
        whatever order they were asked for.
        """
        row = self.kept.get(task.pk)
        serial = not (row and row.mark) and old.strip().isdigit() and new.isdigit()
        return serial or new in {task.number, ""}

    def _change(self, task: Task, found: Read, report: RowReport) -> None:
        """Ask the rules of editing; what they refuse stands in the report."""
        fields = {
            name: value for name, value in found.values.items() if getattr(task, name) != value
        }
        before = self.roles.get(task.pk, NOBODY)
        roles = roles_changed(before, found, alone="support" not in self.setup.fields)
        try:
            demand_editor(self.actor, self.today, task)
            check_edit(task, fields, self.today, ANY_REASON)
        except Refused as refused:
            report.faults.append(refused.why)
            return
        due = fields.get("due_on")
        in_force = self.plan.state == Plan.State.IN_FORCE
        if (fields and in_force) or (due and due < self.today) or roles != before:
            self.run.needs_reason = True
        kept = self.kept.get(task.pk)
        cells = {
            label: value
            for label, value in found.kept.items()
            if value != (kept.cells.get(label) if kept else None)
        }
        self.run.changes.append(
            Change(
                task=task,
                fields=fields,
                roles=roles if roles != before else None,
                cells=cells,
                row=report.row,
            )
        )

    # --- new rows ----------------------------------------------------------------------------

    def _twins(self) -> None:
        """Rows that seem to be in the ledger, or in the table, already wait for a word."""
        seen: dict[tuple[object, ...], int] = {}
        rows: dict[int, tuple[str, frozenset[str]]] = {}
        for at, (found, report) in self.fresh.items():
            if report.faults:
                continue
            line = self.lines[at]
            same = (line.parent, line.title, found.roles.get("lead_unit"), str(found.values))
            if same in seen:
                report.twin = {"row": str(seen[same])}
                report.kind = "twin"
            else:
                seen[same] = line.row
                rows[at] = (line.title, frozenset())
        placed = set(self.placed.values())
        known = [
            Known(key, number, title)
            for key, (number, title, _parent, _depth) in self.items.items()
            if key not in placed
        ]
        for at, twin in twins(rows, known).items():
            report = self.reports[at]
            report.kind = "twin"
            report.twin = {
                "id": str(twin.known.id),
                "number": twin.known.number,
                "title": twin.known.title,
                "share": str(twin.share),
                "words": "、".join(twin.words),
            }
        for at, (_found, report) in self.fresh.items():
            choice = self.table.choices.get(
                str(self.lines[at].row), self.table.choices.get("*", "")
            )
            if report.kind != "twin" or not choice:
                continue
            report.kind = "add" if choice == "add" else "skipped"
            if report.kind == "skipped" and "id" in report.twin:
                self.placed[at] = UUID(report.twin["id"])  # what hangs under it finds its place

    def _add(self) -> None:
        """Give every row that will be added its item, and every group that one of them needs."""
        for at in self.fresh:
            _found, report = self.fresh[at]
            upper = self._refused_above(at)
            if upper is not None and report.kind in {"add", "twin"}:
                report.faults.append(say("tables.upper_refused", row=upper))
            if report.faults:
                report.kind = "refused"
                continue
            if report.kind == "add":
                self._plant(at)

    def _refused_above(self, at: int) -> int | None:
        """The row above that will not be there, or None."""
        above = self.lines[at].parent
        if above is None or above not in self.reports:
            return None
        report = self.reports[above]
        missing = report.kind == "skipped" and above not in self.placed
        return report.row if missing or report.kind in {"refused", "twin"} else None

    def _plant(self, at: int) -> UUID:
        """The item of a line, after those it hangs under."""
        known = self.placed.get(at)
        if known is not None:
            return known
        line = self.lines[at]
        parent = self._plant(line.parent) if line.parent is not None else None
        if line.kind == "group":
            return self._group(at, line, parent)
        found, _report = self.fresh[at]
        item = NewTask(
            id=uuid7(),
            parent_id=parent,
            roles=roles_new(found),
            **found.values,
        )
        self.run.items.append(item)
        self.placed[at] = item.id
        cells = {label: value for label, value in found.kept.items() if value is not None}
        self.run.kept.append(KeptRow(item.id, line.row, line.mark, cells))
        return item.id

    def _group(self, at: int, line: Line, parent: UUID | None) -> UUID:
        """The node of a group: the ledger's own of that name in that place, or a new one."""
        there = self.nodes.get((parent, line.title[:400]))
        if there is None:
            item = NewTask(id=uuid7(), parent_id=parent, title=line.title[:400])
            self.run.items.append(item)
            there = item.id
            self.reports[at] = RowReport(
                line.row, "add", line.title, self.depths[at], notes=[say("tables.group")]
            )
        self.placed[at] = there
        return there
