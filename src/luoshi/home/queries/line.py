"""工作专线: one line's board: its leader, its items by light, achievement and gap side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from luoshi.domain.access import Actor
from luoshi.goals import queries as goals
from luoshi.goals.models import Note, WorkLine
from luoshi.ledger.judging import passed_of
from luoshi.ledger.models import Task
from luoshi.ledger.queries import Row, rows_of, visible_tasks
from luoshi.ledger.tree import Sums
from luoshi.org.models import Person
from luoshi.org.queries import holders

ORDER = ("late", "silent", "not_started", "slow", "ok", "none", "done")
"""Columns of the board: what needs a person first."""
MOST = 400


@dataclass(frozen=True, slots=True)
class Board:
    """The page of a line; `columns` by light, only those that hold something."""

    line: WorkLine
    leader: Person | None
    lines: Sequence[WorkLine]
    share: int | None
    passed: int
    total: int
    columns: Sequence[tuple[str, Sequence[Row]]]
    achievements: Sequence[Note]
    gaps: Sequence[Note]


def board(actor: Actor, today: date, line_id: UUID) -> Board | None:
    """One line of a plan that the actor reads, with the items in the actor's view; or None."""
    line = (
        WorkLine.objects.filter(
            pk=line_id, plan__in=goals.plans(actor, today).order_by().values("pk")
        )
        .select_related("plan__unit", "leader_post__unit")
        .first()
    )
    if line is None:
        return None
    tasks = visible_tasks(actor, today).filter(line=line, is_leaf=True)
    tasks = tasks.exclude(state__in=[Task.State.DRAFT, Task.State.CANCELLED])
    keys = list(tasks.order_by("due_on", "tree", "id").values_list("pk", flat=True)[:MOST])
    by_light: dict[str, list[Row]] = {}
    for row in rows_of(actor, today, keys):
        by_light.setdefault(row.light.word, []).append(row)
    notes = list(goals.notes(actor, today, line.plan).filter(line=line))
    post = line.leader_post_id
    return Board(
        line=line,
        leader=holders(actor, [post], today).get(post) if post else None,
        lines=list(goals.lines(actor, today, line.plan)),
        share=Sums(line.weight_sum, line.done_sum, line.missing_sum).share,
        passed=passed_of(line.plan.year, today),
        total=len(keys),
        columns=[(word, by_light[word]) for word in ORDER if word in by_light],
        achievements=[note for note in notes if note.kind == Note.Kind.ACHIEVEMENT],
        gaps=[note for note in notes if note.kind != Note.Kind.ACHIEVEMENT],
    )
