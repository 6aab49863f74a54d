"""The sentence a task was adopted from: its birth certificate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from luoshi.ledger.models import Task


@dataclass(frozen=True, slots=True)
class Source:
    """The sentence a task comes from, and where it stands."""

    quote: str
    document_id: UUID
    passage_id: UUID
    title: str
    path: Sequence[str]


def source_of(task: Task) -> Source | None:
    """The words a task was adopted from: its birth certificate; one query."""
    passage = task.passage
    if passage is None:
        return None
    document = passage.document
    return Source(
        document.text[passage.start : passage.end],
        document.pk,
        passage.pk,
        document.title,
        [str(part) for part in passage.path],
    )
