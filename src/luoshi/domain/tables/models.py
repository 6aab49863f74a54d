"""What the law on tables speaks of: a grid of cells, its header, its columns, its lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Literal

from luoshi.domain.base import Sentence

Value = str | int | Decimal | date | datetime | time | None
"""A cell as its file held it; None is blank. A share of 95.5 comes as Decimal, never a float."""

LineKind = Literal["item", "group", "left"]


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet or table: rows of one width, the number of the first row in its file.

    A cell merged downwards is repeated in every row it holds for, one merged to the right stands in
    its first column only. `levels` are the outline levels of rows (0 the outermost), by row number;
    `unreckoned` rows hold a formula whose value the file does not give.
    """

    name: str
    rows: tuple[tuple[Value, ...], ...]
    first_row: int = 1
    levels: Mapping[int, int] = field(default_factory=dict)
    unreckoned: frozenset[int] = frozenset()

    def number(self, at: int) -> int:
        """The row's number in its file."""
        return self.first_row + at


@dataclass(frozen=True, slots=True)
class Head:
    """Where the header stands: the index of its first row and how many rows it has."""

    first: int
    count: int


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its header; `above` is the header that spans it and its neighbours."""

    at: int
    header: str
    above: str = ""
    filled: int = 0

    @property
    def label(self) -> str:
        """Both headers as one, to know the column by."""
        return f"{self.above}／{self.header}" if self.above else self.header


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table as the law reads it.

    `parent` is the index of the line it hangs under, in the same list. A group holds others
    together and is an item without fields of its own. What is left out says why; `fault` is what
    is wrong with an item's place.
    """

    row: int
    kind: LineKind
    cells: tuple[Value, ...]
    mark: str = ""
    title: str = ""
    parent: int | None = None
    why: Sentence | None = None
    fault: Sentence | None = None
