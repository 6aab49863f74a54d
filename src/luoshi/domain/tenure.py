"""Terms of office: one holder a post at a time, and nobody in two places at once.

A person may hold many posts of one town. In two towns (or a town and the county) at once a person
may be only where one of the terms is a secondment (借调挂职) or a stand-in (代办), and nobody is
seconded to two places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from luoshi.domain.base import Sentence, say

Kind = Literal["holder", "acting", "seconded", "delegate"]
OWN: frozenset[Kind] = frozenset({"holder", "acting"})


@dataclass(frozen=True, slots=True)
class Tenure:
    """A term: who, which post in which place (the town, or the county), how, from when to when."""

    person: UUID
    post: UUID
    place: UUID
    place_label: str
    kind: Kind
    from_on: date
    to_on: date | None = None

    def overlaps(self, other: Tenure) -> bool:
        """Whether some day lies in both; a term without an end lasts."""
        starts_in_time = other.to_on is None or self.from_on <= other.to_on
        return starts_in_time and (self.to_on is None or other.from_on <= self.to_on)


def clash(new: Tenure, held: Sequence[Tenure]) -> Sentence | None:
    """Why a new term cannot stand beside the terms that are held, or None.

    `held` are the other terms of the person and of the post.
    """
    for term in held:
        if not new.overlaps(term):
            continue
        same = (term.person, term.post, term.kind) == (new.person, new.post, new.kind)
        if same:
            return say("tenure.twice", since=term.from_on)
        if term.person == new.person and term.place != new.place and _both_bind(new, term):
            return say("tenure.two_places", place=term.place_label, since=term.from_on)
        if term.post == new.post and "holder" == term.kind == new.kind:
            return say("tenure.held", since=term.from_on)
    return None


def _both_bind(new: Tenure, term: Tenure) -> bool:
    return ({new.kind, term.kind} <= OWN) or new.kind == term.kind == "seconded"
