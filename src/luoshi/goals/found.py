"""How goals and notes are found: their words go into the search index."""

from __future__ import annotations

from luoshi.goals.models import Goal, Note
from luoshi.search.actions import Text, forget, index
from luoshi.store.rows import Editable


def make_findable(row: Editable) -> None:
    """Put a goal or a note into the index under its present words; other rows are not searched."""
    if isinstance(row, (Goal, Note)):
        title = row.title if isinstance(row, Goal) else row.text
        index(
            Text(
                jurisdiction=row.jurisdiction,
                unit_id=row.unit_id,
                kind=row._meta.label_lower,
                id=row.pk,
                title=title,
            )
        )


def lose(row: Editable) -> None:
    """Take a withdrawn row out of the index."""
    forget(row._meta.label_lower, [row.pk])
