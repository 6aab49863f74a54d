"""Tables flattened to text: rows of tabs, of bars, or one cell a line, with known heads."""

from __future__ import annotations

import re
from typing import Final

from luoshi.domain.extraction.cards import carded, keyed
from luoshi.domain.extraction.columns import (
    GAP,
    RULE,
    Cell,
    Role,
    Table,
    cells_of,
    role_of,
    trimmed,
)


def find_tables(text: str, begin: int) -> list[Table]:
    """Every table of the text that has a readable head, in order."""
    lines = _lines(text, begin)
    found: list[Table] = []
    k = 0
    while k < len(lines):
        taken = (
            keyed(text, lines, k)
            or carded(text, lines, k)
            or _separated(text, lines, k)
            or _one_a_line(text, lines, k)
        )
        if taken is None:
            k += 1
            continue
        table, k = taken
        found.append(table)
    return found


def _lines(text: str, begin: int) -> list[tuple[int, int]]:
    lines: list[tuple[int, int]] = []
    position = begin
    while position < len(text):
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        if text[position:end].strip():
            lines.append((position, end))
        position = end + 1
    return lines


def _columns(line: str) -> int:
    marked = max(line.count("\t"), line.count("|") - line.strip().startswith("|"))
    return marked or len(GAP.findall(line))


def _separated(text: str, lines: list[tuple[int, int]], k: int) -> tuple[Table, int] | None:
    """A head line of tabs or bars with at least two known columns, and the rows after it."""
    start, end = lines[k]
    if end - start > 2000:
        return None
    words = _columns(text[start:end]) < 1
    heads = [text[a:b] for a, b in cells_of(text, start, end, words=words)]
    roles = [role_of(head) for head in heads]
    if words and (len(heads) < 4 or roles.count("other") > len(heads) // 4):
        return None
    if len(heads) < 2 or sum(role != "other" for role in roles) < 2 or "。" in text[start:end]:
        return None
    rows, last = _rows_of(text, lines, k, heads, roles, words=words)
    return (Table(start, lines[last - 1][1], tuple(rows)), last) if rows else None


def _rows_of(
    text: str,
    lines: list[tuple[int, int]],
    k: int,
    heads: list[str],
    roles: list[Role],
    *,
    words: bool,
) -> tuple[list[tuple[Cell, ...]], int]:
    """The rows under a head at line `k`, names of groups too, and the line after the last."""
    rows: list[tuple[Cell, ...]] = []
    last = k + 1
    while last < len(lines):
        a, b = lines[last]
        if words:
            cells = cells_of(text, a, b, words=True) if b - a <= 2000 else []
            if len(cells) != len(heads):
                break
            rows.append(_row(cells, roles, heads))
        elif _columns(text[a:b]) < 1:
            following = lines[last + 1] if last + 1 < len(lines) else (a, a)
            if not rows_follow(text, (a, b), following, len(heads)):
                break
            rows.append((Cell(*trimmed(text, a, b), "group", ""),))
        elif not RULE.match(text, a, b) or text[a:b].strip(" |:+-\t"):
            rows.append(_row(cells_of(text, a, b), roles, heads))
        last += 1
    return rows, last


def rows_follow(text: str, line: tuple[int, int], following: tuple[int, int], columns: int) -> bool:
    """Whether a line without cells is the name of a group of rows (一、产业项目(3个)).

    Such a name is short and has no stop, and the next line has as many cells as the head.
    """
    name = text[slice(*line)].strip()
    short = len(name) <= 40 and name[-1:] not in {"。", ";", ":"}
    full = (
        following[1] - following[0] <= 2000 and text[slice(*following)].count("\t") + 1 == columns
    )
    piped = text[slice(*following)].strip().strip("|").count("|") + 1 == columns
    return short and (full or piped)


def _row(cells: list[tuple[int, int]], roles: list[Role], heads: list[str]) -> tuple[Cell, ...]:
    return tuple(
        Cell(a, b, roles[n] if n < len(roles) else "other", heads[n] if n < len(heads) else "")
        for n, (a, b) in enumerate(cells)
    )


def _one_a_line(text: str, lines: list[tuple[int, int]], k: int) -> tuple[Table, int] | None:
    """Heads one a line from 序号 on, then cells one a line, each row led by the next number."""
    if _head(text, lines[k]) not in {"number", "name", "task"}:
        return None
    numbered = _head(text, lines[k]) == "number"
    width = _heads_to_one(text, lines, k) if numbered else 0
    while not width or (not numbered and k + width < len(lines) and width < 12):
        if width and _head(text, lines[k + width]) in {"other", "number"}:
            break
        width += 1
    if width < (3 if numbered else 5):
        return None
    heads = [text[slice(*lines[k + n])].strip() for n in range(width)]
    roles = [role_of(head) for head in heads]
    rows: list[tuple[Cell, ...]] = []
    position = k + width
    while not numbered and position + width <= len(lines):
        cells = [trimmed(text, *lines[n]) for n in range(position, position + width)]
        if any(b - a > 200 or text[b - 1 : b] == "。" for a, b in cells[:1]):
            break
        rows.append(_row(cells, roles, heads))
        position += width
    while numbered and position < len(lines) and _row_number(text, lines[position]):
        expected = _row_number(text, lines[position]) + 1
        stop = position + 1
        while (
            stop < len(lines)
            and stop - position < width
            and _row_number(text, lines[stop]) != expected
        ):
            stop += 1
        cells = [trimmed(text, *lines[n]) for n in range(position, stop)]
        rows.append(_row(cells, roles, heads))
        position = stop
    if not rows:
        return None
    return Table(lines[k][0], lines[position - 1][1], tuple(rows)), position


def _heads_to_one(text: str, lines: list[tuple[int, int]], k: int) -> int:
    """How many short lines stand from 序号 to the first 1; 0 where they are no heads."""
    for width in range(3, min(16, len(lines) - k)):
        if _row_number(text, lines[k + width]) == 1 and width > 2:
            roles = [_head(text, lines[k + n]) for n in range(width)]
            return width if roles.count("other") <= width // 3 else 0
        if lines[k + width][1] - lines[k + width][0] > 24:
            return 0
    return 0


def _head(text: str, line: tuple[int, int]) -> Role:
    return role_of(text[slice(*line)].strip()) if line[1] - line[0] <= 60 else "other"


_ROW_CODE: Final = re.compile(r"(?:[A-Z]{1,3}-?)?(?P<count>[0-9]{1,5})")


def _row_number(text: str, line: tuple[int, int]) -> int:
    """The number of a line that is nothing else (7, Z07); 0 where it is something else."""
    word = text[slice(*line)].strip() if line[1] - line[0] <= 20 else ""
    code = _ROW_CODE.fullmatch(word)
    return int(code["count"]) if code else 0
