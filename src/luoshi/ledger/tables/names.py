"""Names in a table, and the units and posts they mean: exact, guessed, or for a person to say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from uuid import UUID

from luoshi.domain.access import Actor
from luoshi.org.models import Post, Term, Unit, subtree
from luoshi.org.naming import UnitNames, plain
from luoshi.org.queries import holds

Kind = Literal["unit", "post"]
_TITLE = re.compile(r"[(（][^()（）]*[)）]|(?:同志|书记|镇长|副镇长|主任|委员)$")


@dataclass(slots=True)
class Asked:
    """A name that is not certain: how often it stands in the table, what it seems to mean."""

    kind: Kind
    name: str
    count: int = 0
    guess: str = ""
    said: bool = False


@dataclass(slots=True)
class Names:
    """The units and posts of a town; `said` is what a person decided, by kind and name.

    A decision is a row's key, or "" for "none of ours": the name then stays with the row.
    """

    units: UnitNames
    keys: frozenset[str]
    people: Mapping[str, Post | None]
    titles: Mapping[str, Post | None]
    said: Mapping[str, Mapping[str, str]]
    asked: dict[tuple[Kind, str], Asked] = field(default_factory=dict)

    def unit(self, name: str) -> UUID | None:
        """The unit of a name: as a person said, exactly, or as guessed until somebody says."""
        found = self.units.exact(name)
        if found is not None and name not in self.said.get("unit", {}):
            return found.pk
        guess = self.units.short_for(name)
        return self._asked("unit", name, str(guess.pk) if guess else "")

    def post(self, name: str) -> UUID | None:
        """The post of a person's name or of a post's title, in the same way."""
        bare = plain(name)
        found = self.people.get(bare) or self.titles.get(bare)
        if found is not None and name not in self.said.get("post", {}):
            return found.pk
        short = plain(_TITLE.sub("", name))
        guess = self.people.get(short) or self.titles.get(short)
        return self._asked("post", name, str(guess.pk) if guess else "")

    def _asked(self, kind: Kind, name: str, guess: str) -> UUID | None:
        said = self.said.get(kind, {})
        key = said.get(name, guess)
        if key not in self.keys:
            key = ""
        one = self.asked.setdefault((kind, name), Asked(kind, name, 0, key, name in said))
        one.count += 1
        return UUID(key) if key else None

    @property
    def open(self) -> list[Asked]:
        """The names that nobody has decided yet."""
        return [one for one in self.asked.values() if not one.said]


def names_of(actor: Actor, today: date, town: Unit, said: Mapping[str, Mapping[str, str]]) -> Names:
    """The units of a town and the posts in them with who holds them today; three queries."""
    units = list(
        Unit.objects.filter(
            holds(today), jurisdiction=actor.jurisdiction_id, **subtree(town.path)
        ).exclude(kind=Unit.Kind.SYSTEM)
    )
    roles = (Post.Role.LEADER, Post.Role.TOWN_OFFICE, Post.Role.UNIT_HEAD, Post.Role.STAFF)
    posts = list(Post.objects.filter(holds(today), unit__in=units, role__in=roles))
    terms = Term.objects.filter(holds(today), post__in=posts).select_related("person", "post")
    people: dict[str, Post | None] = {}
    titles: dict[str, Post | None] = {}
    for term in terms.order_by("kind", "id"):
        name = plain(term.person.name)
        people[name] = None if people.get(name, term.post) != term.post else term.post
    for post in posts:
        title = plain(post.title)
        titles[title] = None if title in titles else post
    keys = {str(unit.pk) for unit in units} | {str(post.pk) for post in posts}
    return Names(UnitNames.of(units), frozenset(keys), people, titles, said)
