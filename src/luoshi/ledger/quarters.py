"""What must be true at the end of each quarter: nodes, deadlines, and states of year-long items."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from luoshi.ledger.bars import Promise, Quarter
from luoshi.ledger.models import Milestone, Task
from luoshi.ledger.network import done_on_of

ENDS = ((3, 31), (6, 30), (9, 30), (12, 31))
MOST_PROMISES = 60


def quarters_of(tasks: Sequence[Task], year: int) -> list[Quarter]:
    """The four quarters of a year with what falls due in each, by date; one query.

    A node counts on its own day, a task on its deadline, and a year-long item by what its plan says
    must be true at that quarter's end.
    """
    rows = {task.pk: task for task in tasks}
    nodes = list(
        Milestone.objects.filter(task__in=rows, due_on__year=year).order_by("due_on", "id")
    )
    found = [Promise(rows[node.task_id], node.title, node.due_on, node.done_on) for node in nodes]
    for task in tasks:
        if task.due_on is not None and task.due_on.year == year:
            found.append(Promise(task, task.acceptance, task.due_on, done_on_of(task)))
        found += _states(task, year)
    found.sort(key=lambda promise: promise.due_on)
    quarters = []
    for number, (month, day) in enumerate(ENDS):
        own = [one for one in found if (one.due_on.month - 1) // 3 == number]
        shown = own[:MOST_PROMISES]
        quarters.append(Quarter(date(year, month, day), shown, len(own) - len(shown)))
    return quarters


def _states(task: Task, year: int) -> Iterator[Promise]:
    for (month, day), words in zip(ENDS, task.quarter_states, strict=False):
        if words:
            yield Promise(task, words, date(year, month, day), done_on_of(task))
