"""How units and people are called in texts and tables: forms of a name, short forms, exact ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from luoshi.org.models import Unit

SHORTEST_SHORT_FORM = 3
"""经发办, 党政办: a short form of fewer characters fits too many names."""


@lru_cache(maxsize=16_384)
def plain(name: str) -> str:
    """A name without brackets' width, blanks and the town's own prefix (镇党政办 is 党政办)."""
    half = name.translate(str.maketrans("（）", "()"))
    return re.sub(r"\s+", "", half).removeprefix("镇").removeprefix("乡")


def forms_of(unit: Unit) -> set[str]:
    """Every form of a unit's name that means this unit and no other kind of thing."""
    forms = {plain(unit.name), plain(unit.short_name)}
    if unit.kind == Unit.Kind.TOWN_OFFICE:
        forms |= {re.sub(r"办公室$", "办", form) for form in forms}
    if unit.kind == Unit.Kind.VILLAGE:
        forms |= {re.sub(r"(?:村|社区)(?:村|居)民委员会$", "村", form) for form in forms}
    return {form for form in forms if form}


@dataclass(frozen=True, slots=True)
class UnitNames:
    """The units that names of one town may mean, by every form; a form that two share is none."""

    by_form: Mapping[str, Unit]

    @classmethod
    def of(cls, units: Iterable[Unit], aliases: Mapping[str, UUID] | None = None) -> UnitNames:
        """Index units by their forms; `aliases` are names given by people, and win over all."""
        named: dict[str, Unit | None] = {}
        by_id: dict[UUID, Unit] = {}
        for unit in units:
            by_id[unit.pk] = unit
            for name in forms_of(unit):
                named[name] = unit if named.get(name, unit) == unit else None
        for name, unit_id in (aliases or {}).items():
            if unit_id in by_id:
                named[plain(name)] = by_id[unit_id]
        return cls({name: unit for name, unit in named.items() if unit is not None})

    def exact(self, name: str) -> Unit | None:
        """The unit of exactly this name, in any of its forms."""
        return self.by_form.get(plain(name))

    def short_for(self, name: str) -> Unit | None:
        """The one unit whose name holds the characters of a short form in their order, or None.

        经发办 is 经济发展办公室: one first character, the rest in order. Two that fit are none.
        """
        bare = plain(name)
        if len(bare) < SHORTEST_SHORT_FORM:
            return None
        found = {
            unit.pk: unit
            for form, unit in self.by_form.items()
            if len(form) > len(bare) and form[0] == bare[0] and _follows(bare, form)
        }
        return next(iter(found.values())) if len(found) == 1 else None


def _follows(short: str, long: str) -> bool:
    """Whether the characters of `short` stand in `long` in the same order."""
    rest = iter(long)
    return all(character in rest for character in short)
