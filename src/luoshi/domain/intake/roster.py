"""Whom a name means: units by their names, people by theirs; two who fit are asked about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from luoshi.domain.base import Sentence, say
from luoshi.domain.text import canon

_TAIL: Final = re.compile(
    r"(?:村民委员会|居民委员会|村委会|居委会|村委|居委|党支部|党总支|支部|村两委|两委)$"
)
_SIGNS: Final = re.compile(r"[\s\-_—·,:;/|()\[\]]+")


@dataclass(frozen=True, slots=True)
class Place:
    """A unit and the names it goes by."""

    id: UUID
    name: str
    short_name: str


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds a post of a unit today."""

    person_id: UUID
    name: str
    unit_id: UUID
    post_id: UUID
    title: str = ""
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Roster:
    """Everybody and every unit that a line may mean, on one day."""

    places: Sequence[Place] = ()
    holders: Sequence[Holder] = ()


@dataclass(frozen=True, slots=True)
class Party:
    """Who carries it: a unit, and the post and person where one is meant."""

    unit_id: UUID
    holder: Holder | None = None


def plain(text: str) -> str:
    """A name without blanks and signs, as names are compared."""
    return _SIGNS.sub("", canon(text))


def places_named(text: str, roster: Roster) -> list[Place]:
    """The units that a text is the name of (东村, 东村村委会, 东村党支部)."""
    said = plain(text)
    short = _TAIL.sub("", said)
    return [
        place
        for place in roster.places
        if said in (names := {plain(place.name), plain(place.short_name)}) or short in names
    ]


def match_party(text: str, roster: Roster) -> Party | Sentence:
    """Whom a text names: 东村 · 东村 张三 · 张三 · 经发办主任; a sentence where it is not clear.

    A name that two people bear, or that two units bear, is asked about, with the choices named.
    """
    said = plain(text)
    if not said:
        return say("intake.who_missing")
    places = places_named(text, roster)
    if len(places) == 1:
        return Party(places[0].id)
    if len(places) > 1:
        return say("intake.who_several", who=text.strip(), choices=tuple(p.name for p in places))
    found = _people(said, roster)
    if len(found) == 1:
        return Party(found[0].unit_id, found[0])
    if found:
        return say("intake.who_several", who=text.strip(), choices=tuple(labels(found, roster)))
    return say("intake.who_unknown", who=text.strip())


def _people(said: str, roster: Roster) -> list[Holder]:
    """Holders by name, by unit and name, by unit and title; one post a person, the first held."""
    units = {place.id: place for place in roster.places}
    found: dict[UUID, Holder] = {}
    for holder in roster.holders:
        unit = units.get(holder.unit_id)
        before = {"", *((plain(unit.name), plain(unit.short_name)) if unit else ())}
        name, title = plain(holder.name), plain(holder.title)
        named = {place + name for place in before}
        named |= {place + name + title for place in before}
        named |= {place + title + name for place in before}
        named |= {place + title for place in before if title}
        if said in named:
            found.setdefault(holder.person_id, holder)
    return list(found.values())


def labels(holders: Sequence[Holder], roster: Roster) -> list[str]:
    """How people of one name are told apart: by unit."""
    units = {place.id: place.short_name for place in roster.places}
    return [f"{units.get(one.unit_id, '')} {one.name}".strip() for one in holders]
