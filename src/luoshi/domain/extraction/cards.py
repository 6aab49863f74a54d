"""Rows whose cells carry their own heads: barred lines, entries, cards of one key a line."""

from __future__ import annotations

import itertools
import re
from typing import Final

from luoshi.domain.extraction.columns import Cell, Table, cells_of, role_of, trimmed

_KEY: Final = re.compile(r"[^:|\t。,]{1,10}:")


def keyed(text: str, lines: list[tuple[int, int]], k: int) -> tuple[Table, int] | None:
    """Lines whose cells carry their own heads (卡点:… | 下一节点:… | 责任单位:…)."""
    rows: list[tuple[Cell, ...]] = []
    last = k
    while last < len(lines):
        start, end = lines[last]
        barred = text.count("|", start, end) + text.count("\t", start, end)
        parts = cells_of(text, start, end) if barred else _at_keys(text, start, end)
        if end - start > 2000 or not parts:
            break
        row = [_with_key(text, *cell) for cell in parts]
        known = sum(cell.role != "other" for cell in row)
        if known < 2 or known < min(3, 0.5 * len(row)):
            break
        rows.append((*_coded(text, row[0]), *row[1:]))
        last += 1
    return (Table(lines[k][0], lines[last - 1][1], tuple(rows)), last) if rows else None


_AT_KEY: Final = re.compile(r"(?P<before>[,;。( ] *)(?P<key>[^:|\t。,、; ()]{2,8}):")
_TELLING: Final = frozenset({"problem", "next", "progress"})
_ASKING: Final = frozenset({"problem", "next"})
_BY_WHOM: Final = frozenset({"leader", "lead", "support", "time"})


def _at_keys(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A line cut at its keys (…,卡点:…,下一节点:…;责任单位:…), whatever sign holds them apart.

    [] where fewer than three keys are known or none tells how the row stands. Where full stops and
    semicolons part them they must also name a doer or a time, and what is asked or what is wrong:
    else those are sentences with labels.
    """
    if end - start > 2000 or text.count(":", start, end) < 3:
        return []
    found = [m for m in _AT_KEY.finditer(text, start, end) if role_of(m["key"]) != "other"]
    roles = {role_of(m["key"]) for m in found}
    loose = sum(m["before"][0] in ", " for m in found)
    if len(found) < 3 or not roles & _TELLING:
        return []
    if 2 * loose < len(found) and not (roles & _ASKING and roles & _BY_WHOM):
        return []
    edges = [start, *(m.start("key") for m in found), end]
    return [_held(text, a, b) for a, b in itertools.pairwise(edges)]


def _held(text: str, start: int, end: int) -> tuple[int, int]:
    """A piece without the signs at its end, and without half of a bracket."""
    stop = start + len(text[start:end].rstrip(" ,;。("))
    if text[stop - 1 : stop] == ")" and "(" not in text[start:stop]:
        stop -= 1
    return start, stop


def _with_key(text: str, start: int, end: int) -> Cell:
    match = _KEY.match(text, start, end)
    if match is None:
        return Cell(start, end, "other", "")
    head = match.group()[:-1].strip()
    body, stop = trimmed(text, match.end(), end)
    role = "lead" if head == "单位" else role_of(head)
    return Cell(min(body, end), max(min(body, end), stop), role, head)


_CODE: Final = re.compile(
    r"[A-Z]{0,2}-?\d{1,4}(?=[ .、])|\([一二三四五六七八九十]{1,3}\)"
    r"|[一二三四五六七八九十]{1,3}(?=[、.])"
)
_AFTER_CODE: Final = re.compile(r"[ .、]*")


def _coded(text: str, first: Cell) -> tuple[Cell, ...]:
    """A first cell without a key may hold the row's number or code, and what it is about."""
    code = _CODE.match(text, first.start, first.end) if first.role == "other" else None
    if code is None:
        return (first,)
    begun = _AFTER_CODE.match(text, code.end(), first.end)
    name = trimmed(text, begun.end() if begun else code.end(), first.end)
    return Cell(code.start(), code.end(), "number", ""), Cell(*name, "other", "")


_TITLE_LINE: Final = re.compile(r"[^:|\t。;]{2,44}$")
_LONGEST: Final = 600
_OTHERS: Final = 3
_WIDEST: Final = 40


def carded(text: str, lines: list[tuple[int, int]], k: int) -> tuple[Table, int] | None:
    """Cards of a ledger: a key and its value a line (堵点:…), a numbered name perhaps before them.

    A key that comes again begins the next card. Two known keys, one that says what is asked or
    how it stands and one that names a doer, a time or the next step, make a card; so do the doers
    of a numbered name.
    """
    rows: list[tuple[Cell, ...]] = []
    last = k
    while last < len(lines) and (card := _card(text, lines, last)) is not None:
        rows.append(card[0])
        last = card[1]
    return (Table(lines[k][0], lines[last - 1][1], tuple(rows), cards=True), last) if rows else None


def _card(text: str, lines: list[tuple[int, int]], k: int) -> tuple[tuple[Cell, ...], int] | None:
    """One card that begins at line `k`, and the line after it."""
    row: list[Cell] = []
    heads: set[str] = set()
    position = k
    start, end = trimmed(text, *lines[k])
    if _CODE.match(text, start, end) and _TITLE_LINE.match(text, start, end):
        row += _coded(text, Cell(start, end, "other", ""))
        position += 1
    while position < len(lines):
        cells = _pairs(text, *lines[position])
        if not cells or any(cell.head in heads for cell in cells):
            break
        if len(row) > _WIDEST:
            break
        row += cells
        heads.update(cell.head for cell in cells)
        position += 1
    roles = {cell.role for cell in row if cell.head}
    known = sum(cell.role != "other" for cell in row if cell.head)
    strange = sum(cell.role == "other" for cell in row if cell.head)
    titled = bool(row) and not row[0].head
    told = roles & (_TELLING | {"task"}) and roles & (_BY_WHOM | {"next"})
    named = titled and roles and roles <= _BY_WHOM
    if known < 2 or strange > min(_OTHERS, known // 2) or not (told or named):
        return None
    if titled and not roles & {"task", "next"}:
        row[1] = Cell(row[1].start, row[1].end, "name", "")
    return tuple(row), position


def _pairs(text: str, start: int, end: int) -> list[Cell]:
    """The keys and values of a line; [] where it begins with no key or has no value."""
    start, end = trimmed(text, start, end)
    if end - start > _LONGEST or _KEY.match(text, start, end) is None:
        return []
    within = [m.start("key") for m in _AT_KEY.finditer(text, start, end)]
    cuts = [at for at in within if role_of(_head_at(text, at)) in _BY_WHOM]
    edges = [start, *cuts, end]
    cells = [_with_key(text, a, b) for a, b in itertools.pairwise(edges)]
    cells = [Cell(*_held(text, c.start, c.end), c.role, c.head) for c in cells]
    return cells if all(c.start < c.end for c in cells[:1]) else []


def _head_at(text: str, at: int) -> str:
    return text[at : text.index(":", at)]
