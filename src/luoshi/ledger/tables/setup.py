"""What a person decides about a table: which sheet, where its header stands, what columns hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from luoshi.domain.extraction.columns import role_of
from luoshi.domain.tables import (
    MANY,
    Column,
    Grid,
    Head,
    Value,
    columns_of,
    find_head,
    propose,
    text_of,
)
from luoshi.ledger.headers import Head as PrintedHead
from luoshi.ledger.headers import header_sets, shown

SAMPLES = 3


@dataclass(frozen=True, slots=True)
class Setup:
    """A table's sheet, header and columns with their fields; `known` is a published set's name."""

    sheet: int
    head: Head
    columns: tuple[Column, ...]
    fields: tuple[str, ...]
    sure: tuple[bool, ...]
    known: str = ""

    @property
    def by_place(self) -> Mapping[int, str]:
        """The field of each column by its place in the row."""
        return {column.at: field for column, field in zip(self.columns, self.fields, strict=True)}

    def heads(self) -> tuple[PrintedHead, ...]:
        """The headers as the ledger prints them again, in order; what is not taken up is left."""
        return tuple(
            PrintedHead(column.header, field, column.above)
            for column, field in zip(self.columns, self.fields, strict=True)
            if field not in {"id", "ignore"}
        )

    def with_fields(self, fields: Sequence[str]) -> Setup:
        """The same table with a person's choice of fields."""
        return replace(self, fields=tuple(fields), sure=(True,) * len(fields))

    def as_data(self) -> dict[str, Any]:
        """As JSON; columns are found again from the grid."""
        return {
            "sheet": self.sheet,
            "first": self.head.first,
            "count": self.head.count,
            "fields": list(self.fields),
            "sure": list(self.sure),
            "known": self.known,
            "heads": [[head.header, head.field, head.above] for head in self.heads()],
        }


def setup_of(grids: Sequence[Grid], data: Mapping[str, Any]) -> Setup:
    """The decisions back from JSON."""
    head = Head(data["first"], data["count"])
    columns = columns_of(grids[data["sheet"]], head)
    return Setup(
        data["sheet"], head, columns, tuple(data["fields"]), tuple(data["sure"]), data["known"]
    )


def proposed(
    grids: Sequence[Grid], today: date, sheet: int | None = None, head: Head | None = None
) -> Setup | None:
    """What a table seems to be: the first sheet with a header, its columns by their names.

    A header set that is published, or printed by the ledger, gives every column its field.
    None where no sheet has two names in a row.
    """
    for number, grid in enumerate(grids):
        if sheet is not None and number != sheet:
            continue
        found = head or find_head(grid, role_of)
        if found is None:
            continue
        columns = columns_of(grid, found)
        name, fields = _published(columns, today)
        if fields:
            return Setup(number, found, columns, fields, (True,) * len(fields), name)
        guesses = propose(columns, role_of)
        return Setup(
            number,
            found,
            columns,
            tuple(guess.field for guess in guesses),
            tuple(guess.sure for guess in guesses),
        )
    return None


def _published(columns: Sequence[Column], today: date) -> tuple[str, tuple[str, ...]]:
    """The published set that has exactly these headers, and what its columns are here."""
    own = [column for column in columns if column.header != "外部编号"]
    labels = [_same(column.header) for column in own]
    for one in header_sets().values():
        wanted = [_same(shown(head.header, today)) for head in one.heads]
        if _quarters(labels) != _quarters(wanted):
            continue
        fields = iter([head.field for head in one.heads])
        return one.name, tuple(
            "id" if column.header == "外部编号" else next(fields) for column in columns
        )
    return "", ()


def _same(header: str) -> str:
    return "".join(header.split()).replace("（", "(").replace("）", ")")


def _quarters(headers: Sequence[str]) -> list[str]:
    """Headers with the quarter left open: a table of the first quarter is the same table."""
    return [
        header.translate(str.maketrans("一二三四", "季季季季")) if "季度" in header else header
        for header in headers
    ]


def samples(grid: Grid, setup: Setup) -> list[list[str]]:
    """The first filled cells of every column, for the page."""
    body = grid.rows[setup.head.first + setup.head.count :]
    return [_first(body, column.at) for column in setup.columns]


def _first(body: Sequence[Sequence[Value]], at: int) -> list[str]:
    found: list[str] = []
    for row in body:
        text = text_of(row[at])
        if text and text not in found:
            found.append(text if len(text) <= 40 else f"{text[:39]}…")
        if len(found) == SAMPLES:
            break
    return found


def twice(fields: Sequence[str]) -> set[str]:
    """Fields that are given to more than one column and may have one only."""
    return {field for field in fields if field not in MANY and fields.count(field) > 1}
