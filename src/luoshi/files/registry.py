"""Who may read a file: the room of its subject answers; a kind that nobody registered is closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from luoshi.domain.access import Actor

Reader = Callable[[Actor, date, UUID], bool]
READERS: dict[str, Reader] = {}


def readable(kind: str) -> Callable[[Reader], Reader]:
    """Register the function that says whether an actor may read one subject of a kind.

    `kind` is the model's label in lower case ("documents.document"); called from a room's queries.
    """

    def register(function: Reader) -> Reader:
        READERS[kind] = function
        return function

    return register


def may_read(actor: Actor, today: date, kind: str, subject_id: UUID) -> bool:
    """Whether the subject's room lets the actor read it; unknown kinds are closed."""
    reader = READERS.get(kind)
    return reader is not None and reader(actor, today, subject_id)
