"""Which rows of a table are items, which hold others together, which are neither."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from luoshi.domain.base import Sentence, say
from luoshi.domain.tables.marks import Nesting, mark_of
from luoshi.domain.tables.models import Grid, Head, Line, Value
from luoshi.domain.tables.values import indent_of, text_of, title_of
from luoshi.domain.text import canon

_TOTAL: Final = re.compile(
    r".{0,12}?(?:合计|小计|总计|共计|累计|sub-?total|total)[::]?$", re.IGNORECASE
)
_NOTE: Final = re.compile(
    r"(?:注|备注|说明|填表|填报|制表|审核|联系|单位负责人|附注?|note)[^、]{0,6}[::]", re.IGNORECASE
)


def lines_of(grid: Grid, head: Head, fields: Mapping[int, str]) -> list[Line]:
    """Every filled row below the header, in order, each under the line it hangs under.

    Parents come from outline levels or indented names where the table has any; otherwise from its
    columns of groups (a blank one goes on with the group above), rows that only name a group, and
    the numbers 一、 （一） 1. 1.1. Sub-totals, notes and repeated headers are left out, with why.
    """
    return _Reading(grid, head, fields).read()


class _Reading:
    """One table on its way from rows to lines."""

    def __init__(self, grid: Grid, head: Head, fields: Mapping[int, str]) -> None:
        self.grid, self.start = grid, head.first + head.count
        self.heads = {tuple(map(title_of, row)) for row in grid.rows[head.first : self.start]}
        self.number = _first(fields, "number")
        self.title = _first(fields, "title")
        if self.title is None:
            self.title = _first(fields, "unit")
        self.groups = sorted(at for at, field in fields.items() if field == "group")
        self.used = sorted(at for at, field in fields.items() if field not in {"ignore", "id"})
        self.key = _first(fields, "id")
        self.lines: list[Line] = []
        self.nesting, self.under = Nesting(), None
        self.paths: dict[tuple[int | None, tuple[str, ...]], int] = {}
        self.inside: dict[int | None, Nesting] = {}
        self.current: list[str] = [""] * len(self.groups)
        self.levels = self._levels()
        self.open: list[tuple[int, int]] = []

    under: int | None

    def _levels(self) -> Mapping[int, int]:
        """The depth of each row by outline level, else by the indent of its name; {}: neither."""
        body = range(self.start, len(self.grid.rows))
        numbers = {at: self.grid.levels.get(self.grid.number(at), 0) for at in body}
        if not any(numbers.values()) and self.title is not None:
            numbers = {at: indent_of(self.grid.rows[at][self.title]) for at in body}
        return numbers if any(numbers.values()) else {}

    def read(self) -> list[Line]:
        for at in range(self.start, len(self.grid.rows)):
            row = self.grid.rows[at]
            texts = [text_of(row[column]) for column in self.used]
            filled = list(dict.fromkeys(text for text in texts if text))
            if filled:
                self._line(at, row, filled)
        return self.lines

    def _line(self, at: int, row: tuple[Value, ...], filled: Sequence[str]) -> None:
        number = self.grid.number(at)
        why = self._left_out(row, filled)
        if why is not None:
            self.lines.append(Line(number, "left", row, why=why))
            return
        if len(filled) == 1 and self._names_a_group(row, filled[0]):
            self._group(at, number, row, filled[0])
            return
        mark = text_of(row[self.number]) if self.number is not None else ""
        title = title_of(row[self.title]) if self.title is not None else ""
        parent, fault = self._place(at, row, mark, title)
        self.lines.append(Line(number, "item", row, mark[:40], title, parent, fault=fault))

    def _left_out(self, row: tuple[Value, ...], filled: Sequence[str]) -> Sentence | None:
        if tuple(map(title_of, row)) in self.heads:
            return say("tables.left.head")
        if any(_TOTAL.match(canon(text)) for text in filled[:2]):
            return say("tables.left.total")
        if len(filled) <= 2 and _NOTE.match(canon(filled[0])):
            return say("tables.left.note")
        return None

    def _names_a_group(self, row: tuple[Value, ...], text: str) -> bool:
        """Whether the only text of a row is a heading: marked, or not in the column of names."""
        if self.key is not None and text_of(row[self.key]):
            return False
        if len(self.used) < 3 or text.isdigit():
            return False
        mark = mark_of(text)
        if (
            mark is not None
            and mark.form in {"part", "han", "bracket_han"}
            and mark.length < len(text)
        ):
            return True
        return self.title is None or not text_of(row[self.title])

    def _group(self, at: int, number: int, row: tuple[Value, ...], text: str) -> None:
        title, mark = title_of(text), mark_of(text)
        here = len(self.lines)
        if self.levels:
            parent = self._by_level(at)
        elif mark is None:
            self.nesting, parent = Nesting(), None
        else:
            parent, _ = self.nesting.place(mark, here)
        self.under = here
        self.current = [""] * len(self.groups)
        self.lines.append(Line(number, "group", row, "", title, parent))

    def _place(
        self, at: int, row: tuple[Value, ...], mark: str, title: str
    ) -> tuple[int | None, Sentence | None]:
        """The line that an item hangs under."""
        if self.levels:
            return self._by_level(at), None
        found = mark_of(mark) if mark else mark_of(title)
        if found is not None and mark and found.length < len(mark):
            found = None  # a code (DB-2024-001), no number
        if self.groups:
            above = self._by_groups(at, row)
            nesting = self.inside.setdefault(above, Nesting())
        else:
            above, nesting = self.under, self.nesting
        if found is None:
            return above, None
        parent, right = nesting.place(found, len(self.lines))
        fault = None if right else say("tables.no_upper", mark=found.text)
        return (parent if parent is not None else above), fault

    def _by_level(self, at: int) -> int | None:
        """The last line before that stands less deep."""
        depth = self.levels.get(at, 0)
        while self.open and self.open[-1][0] >= depth:
            self.open.pop()
        parent = self.open[-1][1] if self.open else None
        self.open.append((depth, len(self.lines)))
        return parent

    def _by_groups(self, at: int, row: tuple[Value, ...]) -> int | None:
        """The line of the innermost group of a row, made where it is new."""
        for n, column in enumerate(self.groups):
            text = title_of(row[column])
            if text and text != self.current[n]:
                self.current[n:] = [text] + [""] * (len(self.groups) - n - 1)
        parent = self.under
        path: tuple[str, ...] = ()
        for name in self.current:
            if not name:
                continue
            path = (*path, name)
            known = self.paths.get((self.under, path))
            if known is None:
                known = len(self.lines)
                self.paths[self.under, path] = known
                number = self.grid.number(at)
                self.lines.append(Line(number, "group", (), "", name, parent))
            parent = known
        return parent


def _first(fields: Mapping[int, str], field: str) -> int | None:
    return next((at for at, name in sorted(fields.items()) if name == field), None)
