"""The organisation as it stands, in memory: what a table's rows are held against."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from luoshi.domain.access import Actor
from luoshi.org.models import Person, Post, Term, Unit, UnitLink
from luoshi.org.naming import plain

PLACES = frozenset({Unit.Kind.TOWN, Unit.Kind.COUNTY})
ADMINISTRATORS = frozenset(
    {Post.Role.SYSTEM_ADMIN, Post.Role.SECURITY_ADMIN, Post.Role.AUDIT_ADMIN}
)
"""Roles that no table gives: the three administrators are named on the page."""


@dataclass(slots=True)
class Present:
    """Rows of a jurisdiction without its administrators: all units, posts, people, terms, bonds."""

    units: dict[UUID, Unit]
    posts: dict[UUID, Post]
    people: dict[UUID, Person]
    terms: dict[UUID, Term]
    links: dict[UUID, UnitLink]

    @classmethod
    def of(cls, actor: Actor) -> Present:
        """Read everything once; five queries."""
        mine = {"jurisdiction": actor.jurisdiction_id}
        units = Unit.objects.filter(**mine).exclude(kind=Unit.Kind.SYSTEM).order_by("path")
        posts = Post.objects.filter(**mine).exclude(role__in=ADMINISTRATORS)
        terms = Term.objects.filter(**mine).exclude(post__role__in=ADMINISTRATORS)
        return cls(
            {row.pk: row for row in units},
            {row.pk: row for row in posts.order_by("unit__path", "position", "id")},
            {row.pk: row for row in Person.objects.filter(**mine).order_by("id")},
            {row.pk: row for row in terms.order_by("from_on", "id")},
            {row.pk: row for row in UnitLink.objects.filter(**mine).order_by("from_on", "id")},
        )


def lasts(row: Unit | Post | Term | UnitLink, day: date) -> bool:
    """Whether a row still holds on the day or begins after it."""
    return row.to_on is None or row.to_on >= day


@dataclass(slots=True)
class Tree:
    """Units by key, those of the file among them, and the unit that a written name means."""

    units: dict[UUID, Unit]
    today: date

    def above(self, unit_id: UUID) -> list[Unit]:
        """A unit and all above it, from itself up; a circle ends where it closes."""
        chain: list[Unit] = []
        seen: set[UUID] = set()
        at: UUID | None = unit_id
        while at is not None and at not in seen and at in self.units:
            seen.add(at)
            chain.append(self.units[at])
            at = self.units[at].parent_id
        return chain

    def circle(self, unit_id: UUID) -> bool:
        """Whether going up from a unit leads back to it."""
        at, steps = self.units[unit_id].parent_id, 0
        while at is not None and at in self.units and steps <= len(self.units):
            if at == unit_id:
                return True
            at, steps = self.units[at].parent_id, steps + 1
        return False

    def place(self, unit_id: UUID) -> Unit:
        """The town or county that a unit stands in."""
        chain = self.above(unit_id)
        return next((one for one in chain if one.kind in PLACES), chain[-1])

    def index(self) -> Names:
        """Names to units, of those that have not ended."""
        found: dict[str, list[UUID]] = {}
        for unit in self.units.values():
            if lasts(unit, self.today):
                for name in {plain(unit.name), plain(unit.short_name)}:
                    found.setdefault(name, []).append(unit.pk)
        return Names(self, found)


@dataclass(frozen=True, slots=True)
class Names:
    """What names mean: 东村, or 青榆镇/东村 where two towns have an 东村."""

    tree: Tree
    by_name: Mapping[str, Sequence[UUID]]

    def of(self, text: str) -> list[UUID]:
        """The units that a name may mean; several: it has to say more."""
        *above, last = [plain(part) for part in text.replace("／", "/").split("/")]
        found = list(self.by_name.get(last, ()))
        exact = [key for key in found if plain(self.tree.units[key].name) == last]
        found = exact if len(exact) == 1 else found
        for step in above:
            found = [key for key in found if self._stands_in(key, step)]
        return found

    def _stands_in(self, key: UUID, name: str) -> bool:
        return any(
            name in {plain(one.name), plain(one.short_name)} for one in self.tree.above(key)[1:]
        )

    def label(self, unit: Unit) -> str:
        """The shortest way to write a unit so that it is read as this one."""
        written = unit.name
        for one in self.tree.above(unit.pk)[1:]:
            if self.of(written) == [unit.pk]:
                break
            written = f"{one.name}/{written}"
        return written


def first_of(rows: Iterable[UUID]) -> UUID | None:
    """The first key, or none."""
    return next(iter(rows), None)
