"""The organisation as it would be: copies of what stands, rows of the file set upon them."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from luoshi.domain.base import say
from luoshi.org.models import Person, Post, Term, Unit, UnitLink
from luoshi.org.roster.cells import Row
from luoshi.org.roster.present import Present, Tree

One = Unit | Post | Person | Term | UnitLink
FORMS = ("units", "people", "posts", "terms", "links")
"""In the order in which rows may be written: each stands on those before it."""


@dataclass(slots=True)
class Draft:
    """`before` as it stands, `after` as the file would have it; equal where nothing changes."""

    jurisdiction: UUID
    today: date
    before: Present
    after: Present
    named: set[UUID] = field(default_factory=set)

    @classmethod
    def of(cls, present: Present, jurisdiction: UUID, today: date) -> Draft:
        """Copies of every row, to be changed freely."""
        after = Present(*({key: copy.copy(row) for key, row in getattr(present, name).items()}
                          for name in ("units", "posts", "people", "terms", "links")))  # fmt: skip
        return cls(jurisdiction, today, present, after)

    @property
    def tree(self) -> Tree:
        """The units as they would be."""
        return Tree(self.after.units, self.today)

    def put(self, row: Row, one: One, name: str, column: str, value: Any) -> None:  # noqa: ANN401
        """Set a field of a row; a change is told from what to what."""
        old = getattr(one, name)
        if old == value:
            return
        setattr(one, name, value)
        told = (self._word(name, old), self._word(name, value))
        row.changes.append((row.head(column), *told))

    def _word(self, name: str, value: Any) -> str:  # noqa: ANN401
        if value is None or value == "":
            return ""
        if name == "parent_id":
            return self.after.units[value].name
        if isinstance(value, bool):
            return "是" if value else "否"
        if isinstance(value, date):
            return value.isoformat()
        return str(value)

    def fixed(self, row: Row, column: str, said: object, stands: object) -> None:
        """A field that no table changes: what is written must be what stands."""
        if said and said != stands:
            row.faults.append(say("org.roster_fixed", column=row.head(column)))

    def fresh(self) -> Iterator[One]:
        """The rows that would be new, in the order of their writing."""
        for name in FORMS:
            there = getattr(self.before, name)
            yield from (row for key, row in getattr(self.after, name).items() if key not in there)

    def changed(self) -> Iterator[tuple[One, Mapping[str, Any]]]:
        """Rows as they stand, each with the fields that would change."""
        for name in FORMS:
            after = getattr(self.after, name)
            for key, row in getattr(self.before, name).items():
                fields = {one: getattr(after[key], one) for one in _TAKES[name]
                          if getattr(after[key], one) != getattr(row, one)}  # fmt: skip
                if fields:
                    yield row, fields


_TAKES: Mapping[str, tuple[str, ...]] = {
    "units": ("name", "short_name", "parent_id", "to_on"),
    "people": ("phone",),
    "posts": ("title", "routine", "keeps_statistics", "keeps_personnel", "to_on"),
    "terms": ("to_on",),
    "links": ("to_on",),
}
"""What a table may change of a row that stands."""
