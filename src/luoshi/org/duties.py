"""Rows of a pasted or uploaded duty list, read and judged before anything is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from luoshi.domain.base import Sentence, say
from luoshi.org.models import DutyItem

HEADS: Mapping[str, tuple[str, ...]] = {
    "list": ("清单", "清单类别", "类别", "list"),
    "position": ("序号", "编号", "no."),
    "text": ("履职事项", "事项", "事项名称", "事项内容", "duty"),
    "department": ("对应部门", "上级部门", "承接部门", "对应上级部门", "department"),
}
"""Headers as towns print them; without headers the columns stand in this order."""
LISTS: Mapping[str, str] = {
    "基本": DutyItem.List.BASIC.value,
    "配合": DutyItem.List.ASSISTING.value,
    "收回": DutyItem.List.WITHDRAWN.value,
    "basic": DutyItem.List.BASIC.value,
    "assist": DutyItem.List.ASSISTING.value,
    "withdrawn": DutyItem.List.WITHDRAWN.value,
}
LONGEST, MOST = 300, 1_000


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it was read; `fault` says why it cannot be taken, None where it can."""

    number: int
    list: str
    position: int
    text: str
    department: str
    fault: Sentence | None = None

    @property
    def label(self) -> str:
        """The list in the office's word."""
        return str(DutyItem.List(self.list).label) if self.list else "—"


def read(rows: Sequence[Sequence[object]]) -> list[Line]:
    """Rows of cells to lines, each with its fault; blank rows are left out.

    Headers are found by their names, in any order; a list's name carries on into rows that leave
    it blank (merged cells). A missing number is the next of its list.
    """
    table = [[_cell(cell) for cell in row] for row in rows]
    table = [row for row in table if any(row)][: MOST + 1]
    if not table:
        return []
    columns, start = _columns(table[0])
    lines: list[Line] = []
    counts: dict[str, int] = {}
    taken: set[tuple[str, int]] = set()
    current = ""
    for number, row in enumerate(table[start:], start=start + 1):
        told = {name: row[at] if at < len(row) else "" for name, at in columns.items()}
        current = told.get("list") or current
        key = next((value for word, value in LISTS.items() if word in current.lower()), "")
        given = told.get("position", "")
        position = int(given) if given.isascii() and given.isdigit() else counts.get(key, 0) + 1
        fault = _fault(key, current, told.get("text", ""), (key, position) in taken, position)
        counts[key] = position
        taken.add((key, position))
        department = told.get("department", "")[:100]
        lines.append(Line(number, key, position, told.get("text", ""), department, fault))
    return lines


def _columns(head: Sequence[str]) -> tuple[Mapping[str, int], int]:
    named = {
        name: at
        for at, text in enumerate(head)
        for name, words in HEADS.items()
        if text.lower() in words
    }
    if "text" in named:
        return named, 1
    return {name: at for at, name in enumerate(HEADS)}, 0


def _fault(key: str, given: str, text: str, again: bool, position: int) -> Sentence | None:  # noqa: FBT001
    if not key:
        return say("org.duty_list_unknown", given=given or "—")
    if not text:
        return say("org.duty_empty")
    if len(text) > LONGEST:
        return say("org.duty_too_long", n=LONGEST)
    if again:
        return say("org.duty_twice", n=position)
    return None


def _cell(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split()) if cell is not None else ""
