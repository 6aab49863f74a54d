"""Rows that the ledger seems to have already: proposed by the law on likeness, never merged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from luoshi.domain.likeness import Asked, alike
from luoshi.domain.text import canon

MOST = 3_000
"""So many rows and items together are compared word by word; beyond, only equal names are found."""


@dataclass(frozen=True, slots=True)
class Known:
    """An item of the ledger as it is compared: its key, number, name, and the units it names."""

    id: UUID
    number: str
    title: str
    units: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Twin:
    """The item that a row seems to be, the share of what they say alike, and the words shared."""

    known: Known
    share: int
    words: tuple[str, ...] = ()


def twins(
    rows: Mapping[int, tuple[str, frozenset[str]]], known: Sequence[Known]
) -> Mapping[int, Twin]:
    """For each row (its name and units, by row number) the item of the ledger that it seems to be.

    Equal names first, in linear time; then, among at most 3,000, the law on likeness.
    """
    by_name = {_same(one.title): one for one in reversed(known)}
    found = {
        row: Twin(by_name[_same(title)], 100)
        for row, (title, _units) in rows.items()
        if _same(title) in by_name
    }
    rest = {row: said for row, said in rows.items() if row not in found}
    taken = {twin.known.id for twin in found.values()}
    left = [one for one in known if one.id not in taken]
    if not rest or not left or len(rest) + len(left) > MOST:
        return found
    by_key = {f"l{one.id}": one for one in left}
    items = [
        Asked(f"t{row:06d}", "table", title, units=units) for row, (title, units) in rest.items()
    ]
    items += [Asked(key, "ledger", one.title, units=one.units) for key, one in by_key.items()]
    for pair in alike(items):
        first, second = sorted((pair.first, pair.second))
        found[int(second[1:])] = Twin(by_key[first], pair.share, pair.words)
    return found


def _same(title: str) -> str:
    return "".join(canon(title).split())
