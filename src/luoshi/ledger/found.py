"""How items are found: their title, number, measures and standard go into the search index."""

from __future__ import annotations

from collections.abc import Iterable

from luoshi.ledger.models import Task
from luoshi.search.actions import Text, index_many

WORDS = frozenset({"title", "measures", "acceptance"})
KIND = "ledger.task"


def make_findable(tasks: Iterable[Task]) -> None:
    """Put items into the index under their present words, in the caller's transaction."""
    index_many(
        Text(
            jurisdiction=task.jurisdiction,
            unit_id=task.unit_id,
            kind=KIND,
            id=task.pk,
            title=task.title,
            text=f"{task.number} {task.measures} {task.acceptance}",
        )
        for task in tasks
    )
