"""Where the header of a table stands, and the columns it names."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Final

from luoshi.domain.tables.heads import known
from luoshi.domain.tables.models import Column, Grid, Head, Value
from luoshi.domain.tables.values import text_of, title_of

DEEPEST: Final = 40
"""A header is looked for in so many rows: titles, notes and units of measure stand before it."""

MOST: Final = 4
"""A header has at most so many rows."""

_LONGEST: Final = 30
_SENTENCE: Final = re.compile(r"[。；;!?]")


def find_head(grid: Grid, role_of: Callable[[str], str]) -> Head | None:
    """The header rows: the first row with two columns that are known by name, and its companions.

    A row above belongs to it where it spans columns or shares a merged cell; so does a row below.
    Without known names, the fullest row of text among the first ten. None for a grid of figures.
    """
    best = next((at for at in range(min(DEEPEST, len(grid.rows))) if _knows(grid, at, role_of)), -1)
    if best < 0:
        best = _fullest(grid)
    if best < 0:
        return None
    first = last = best
    while first > 0 and last - first < MOST - 1 and _spans(grid.rows[first - 1], grid.rows[first]):
        first -= 1
    while (
        last + 1 < len(grid.rows)
        and last - first < MOST - 1
        and _spans(grid.rows[last], grid.rows[last + 1])
        and _all_short(grid.rows[last + 1])
    ):
        last += 1
    return Head(first, last - first + 1)


def columns_of(grid: Grid, head: Head) -> tuple[Column, ...]:
    """The columns below a header, each with its own name and the names that span it.

    A column without a name is called by its place (第5列); an empty one without a name is none.
    """
    rows = [list(map(title_of, row)) for row in grid.rows[head.first : head.first + head.count]]
    for at, row in enumerate(rows[:-1]):
        _carry_right(row, rows[at + 1])
    body = grid.rows[head.first + head.count :]
    found: list[Column] = []
    taken: dict[str, int] = {}
    for at in range(len(grid.rows[0]) if grid.rows else 0):
        names = [row[at] for row in rows if row[at]]
        names = [name for n, name in enumerate(names) if n == 0 or names[n - 1] != name]
        filled = sum(1 for row in body if row[at] is not None and text_of(row[at]))
        if not names and not filled:
            continue
        header = names[-1] if names else f"第{at + 1}列"
        above = "／".join(names[:-1])
        label = f"{above}／{header}"
        taken[label] = taken.get(label, 0) + 1
        if taken[label] > 1:
            header = f"{header}（{taken[label]}）"
        found.append(Column(at, header, above, filled))
    return tuple(found)


def _texts(row: Sequence[Value]) -> list[str]:
    """The texts of a row; figures and dates are not names."""
    return [title_of(cell) if isinstance(cell, str) else "" for cell in row]


def _knows(grid: Grid, at: int, role_of: Callable[[str], str]) -> bool:
    """Whether a row names at least two columns, and mostly names."""
    row = grid.rows[at]
    names = {text for text in _texts(row) if text}
    if len(names) < 2 or any(isinstance(cell, int | Decimal | date | time) for cell in row):
        return False
    count = sum(known(name, role_of) for name in names)
    return count >= 2 and 2 * count >= len(names) and _all_short(row)


def _fullest(grid: Grid) -> int:
    """The row of the first ten with most short texts and no figures; -1 where none has two."""
    counts = [
        (len({text for text in _texts(row) if text}), -at)
        for at, row in enumerate(grid.rows[:10])
        if _all_short(row) and not any(isinstance(cell, int | Decimal | datetime) for cell in row)
    ]
    count, at = max(counts, default=(0, 0))
    return -at if count >= 2 else -1


def _all_short(row: Sequence[Value]) -> bool:
    return all(
        len(re.sub(r"\s", "", text)) <= _LONGEST and not _SENTENCE.search(text)
        for text in _texts(row)
    )


def _spans(upper: Sequence[Value], lower: Sequence[Value]) -> bool:
    """Whether two rows are one header: a cell merged down, or names below a name that spans."""
    if not any(lower) or len({text for text in _texts(upper) if text}) < 2:
        return False
    if any(cell is not None and not isinstance(cell, str) for cell in (*upper, *lower)):
        return False
    above, below = _texts(upper), _texts(lower)
    merged = any(a and a == b for a, b in zip(above, below, strict=True))
    spanning = False
    for at, name in enumerate(below):
        if not name or name == above[at]:
            continue
        wide = at + 1 < len(above) and above[at] and not above[at + 1] and below[at + 1]
        under = not above[at] and any(above[:at])
        if not wide and not under:
            return False
        spanning = True
    # Cells that are single in both rows say that the lower row is an item, unless merged down.
    alone = sum(1 for a, b in zip(above, below, strict=True) if a and b and a != b)
    spanned = sum(1 for a, b in zip(above, below, strict=True) if not a and b)
    return (
        spanning
        and spanned > 0
        and (merged or spanned >= alone)
        and all(not a or b or not merged for a, b in zip(above, below, strict=True))
    )


def _carry_right(upper: list[str], lower: list[str]) -> None:
    """Write a spanning name over every column it spans."""
    for at in range(1, len(upper)):
        if not upper[at] and lower[at] and upper[at - 1] and upper[at - 1] != lower[at - 1]:
            upper[at] = upper[at - 1]
