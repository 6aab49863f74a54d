"""Header sets that the ledger prints: published facts, kept as data in `headers.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from luoshi.office.xlsx_out import Column, ColumnKind
from luoshi.store.rows import Editable

FIELDS: Mapping[str, tuple[float, ColumnKind]] = {
    "number": (8, "text"),
    "group": (18, "text"),
    "title": (40, "text"),
    "unit": (18, "text"),
    "leader": (14, "text"),
    "lead": (18, "text"),
    "support": (20, "text"),
    "owner": (14, "text"),
    "due": (13, "date"),
    "starts": (13, "date"),
    "measures": (40, "text"),
    "acceptance": (28, "text"),
    "target_op": (10, "text"),
    "target_value": (12, "number"),
    "target_unit": (10, "text"),
    "weight": (9, "number"),
    "urgency": (10, "text"),
    "line": (14, "text"),
    "progress": (36, "text"),
    "share": (12, "number"),
    "kept": (16, "number"),
}
"""What a column may print, with its width in characters and its kind.

`unit` is a unit that is itself the row; `group` an ancestor, the first column the outermost;
`kept` what the row's own table said under that header.
"""

EXTERNAL = "外部编号"
QUARTERS = "一二三四"


@dataclass(frozen=True, slots=True)
class Head:
    """One column: its header, what it prints, and the header above it over several columns."""

    header: str
    field: str
    above: str = ""

    @property
    def label(self) -> str:
        """Both headers as one: what a table's row is known by under them."""
        return f"{self.above}／{self.header}" if self.above else self.header


@dataclass(frozen=True, slots=True)
class HeaderSet:
    """A table's headers in order; its name is data, in Chinese."""

    code: str
    name: str
    heads: tuple[Head, ...]

    @classmethod
    def of(cls, code: str, name: str, heads: Iterable[Sequence[str]]) -> HeaderSet:
        """The headers of a table that was imported: triples of header, field, header above."""
        return cls(code, name, tuple(Head(*head) for head in heads))

    def columns(self, today: date) -> tuple[Column, ...]:
        """The columns as they are printed on a day, and the hidden one for the way back."""
        printed = [
            Column(shown(head.header, today), *FIELDS[head.field], above=shown(head.above, today))
            for head in self.heads
        ]
        return (*printed, Column(EXTERNAL, 36, "id"))


def external_id(row: Editable) -> str:
    """What a printed row says of itself for the way back: its key, and the version printed."""
    return f"{row.pk}:{row.version}"


def shown(header: str, today: date) -> str:
    """A header with the quarter of the day in it."""
    return header.replace("{季}", QUARTERS[(today.month - 1) // 3])


@cache
def header_sets() -> Mapping[str, HeaderSet]:
    """Every published set of `headers.toml`, by code."""
    data = tomllib.loads((Path(__file__).parent / "headers.toml").read_text("utf-8"))
    sets = [
        HeaderSet(
            one["code"],
            one["name"],
            tuple(
                Head(header, field, one.get("above", "") if rest else "")
                for header, field, *rest in one["columns"]
            ),
        )
        for one in data["set"]
    ]
    return {one.code: one for one in sets}
