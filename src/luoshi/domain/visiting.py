"""走访 and 盯办: where a leader is needed, what a visit loosened, how short a watch list stays.

A visit is asked for by need alone: what stands still, what waits for the leader, a red light. Days
since somebody was last seen somewhere are no need, and nothing here counts a person's visits.
`docs/explanation/visiting.md` tells the rules.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Generic, Literal, TypeVar

from luoshi.domain.base import Sentence, say

Place = TypeVar("Place", bound=Hashable)
Kind = Literal["asked", "blocked", "late", "silent", "not_started"]
"""What sends somebody out; an item that is only a little behind (偏慢) does not."""

RANK: Final[Mapping[Kind, int]] = {
    "asked": 0,
    "blocked": 1,
    "late": 2,
    "silent": 3,
    "not_started": 4,
}
"""What waits for the leader comes first, then what stands still."""
REST: Final = timedelta(days=7)
"""After a visit the same item sends nobody out for a week."""
EFFECT: Final = timedelta(days=30)
"""A blocker solved within so many days of a visit to it is told as loosened by it."""
OLDEST: Final = timedelta(days=366)
"""A note of a visit longer ago than a year is no note but a memory."""
SHORT: Final = 9
"""Items that one post watches by hand at a time; more are not watched."""


@dataclass(frozen=True, slots=True)
class Trouble(Generic[Place]):
    """What is wrong with an item, where, for how many days; and when the leader was last at it."""

    kind: Kind
    place: Place
    days: int
    visited_on: date | None = None


def needs_visit(trouble: Trouble[Place], today: date) -> bool:
    """Whether an item sends the leader out: it stands still, and he was not there this week."""
    return trouble.visited_on is None or today - trouble.visited_on >= REST


def rank(trouble: Trouble[Place]) -> tuple[int, int]:
    """Its place in the list: what waits for the leader first, the longest first."""
    return RANK[trouble.kind], -trouble.days


def places(troubles: Iterable[Trouble[Place]], today: date, most: int) -> Sequence[Place]:
    """Where to go, the most needed first; a place without need is never in the answer.

    Of two places with the same worst trouble the one with more of it comes first.
    """
    found: dict[Place, list[Trouble[Place]]] = {}
    for one in troubles:
        if needs_visit(one, today):
            found.setdefault(one.place, []).append(one)
    order = sorted(
        found,
        key=lambda place: (
            min(RANK[one.kind] for one in found[place]),
            -len(found[place]),
            -max(one.days for one in found[place]),
        ),
    )
    return order[:most]


@dataclass(frozen=True, slots=True)
class Tied:
    """A blocker that a visit was about: when it was raised, and when its raiser said it is gone."""

    raised_on: date
    cleared_on: date | None


def loosened(visited_on: date, tied: Iterable[Tied]) -> bool:
    """解开堵点: a blocker that stood on the day was confirmed solved within thirty days.

    Whoever raised it confirms; neither the leader nor the note says so.
    """
    return any(
        one.raised_on <= visited_on
        and one.cleared_on is not None
        and visited_on <= one.cleared_on <= visited_on + EFFECT
        for one in tied
    )


def note_fault(visited_on: date, today: date, place: str, seen: str) -> Sentence | None:
    """Why a note cannot be kept: a day to come or long gone, no place, nothing seen."""
    conditions = (
        (visited_on > today, say("visiting.future", on=visited_on)),
        (today - visited_on > OLDEST, say("visiting.too_old", on=visited_on)),
        (not place.strip(), say("visiting.no_place")),
        (not seen.strip(), say("visiting.nothing_seen")),
    )
    return next((why for failed, why in conditions if failed), None)


def watch_fault(step: str, step_on: date, today: date, others: int) -> Sentence | None:
    """Why an item cannot be watched: no next step, a day gone by, a list no longer short.

    `others`: items that the same post watches beside this one.
    """
    conditions = (
        (not step.strip(), say("watching.no_step")),
        (step_on < today, say("watching.passed", on=step_on)),
        (others >= SHORT, say("watching.too_many", n=SHORT)),
    )
    return next((why for failed, why in conditions if failed), None)
