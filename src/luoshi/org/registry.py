"""What a unit or a post still carries: rooms downstream answer, so that none ends in silence."""

from __future__ import annotations

from collections.abc import Callable, Collection
from uuid import UUID

from luoshi.domain.base import Sentence

Counting = Callable[[Collection[UUID], Collection[UUID]], Sentence | None]
"""Given units and posts, what is still carried there in one sentence; None: nothing."""
CARRIED: dict[str, Counting] = {}


def carries(room: str) -> Callable[[Counting], Counting]:
    """Register a room's answer; called from the room's queries."""

    def register(function: Counting) -> Counting:
        CARRIED[room] = function
        return function

    return register


def carried(units: Collection[UUID], posts: Collection[UUID]) -> list[Sentence]:
    """What any room says that the units and posts still carry."""
    answers = (count(units, posts) for count in CARRIED.values())
    return [answer for answer in answers if answer is not None]
