"""Numbers before items, and what hangs under what by them: 一、 （一） 1. 1.1 (1) ①."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from luoshi.domain.text import canon

_HAN: Final = "零一二三四五六七八九十百"
_FORMS: Final = (
    ("part", re.compile(rf"第[{_HAN}\d]{{1,4}}(?:部分|章|篇|类|项)[、:. ]?")),
    ("bracket_han", re.compile(rf"\([{_HAN}]{{1,4}}\)[、. ]?")),
    ("bracket", re.compile(r"\(\d{1,3}\)[、. ]?")),
    ("han", re.compile(rf"[{_HAN}]{{1,4}}(?:[、.:]|$)")),
    (
        "dotted",
        re.compile(
            r"\d{1,3}(?:[.-]\d{1,3}){1,5}"
            r"(?:[、. ]|$|(?=[^\d.%\s亿万千百元公米亩吨年月日倍个家户人里]))"
        ),
    ),
    ("plain", re.compile(r"\d{1,5}(?:[、.](?!\d)|\)|$)")),
    ("ring", re.compile(r"[①-⑳]")),
    ("letter", re.compile(r"[A-Za-z](?:[、.]|$)")),
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A number: its form, its text, and how many characters it takes."""

    form: str
    text: str
    length: int

    @property
    def parts(self) -> tuple[str, ...]:
        """The pieces of a dotted number: 2.3.1 is ("2", "3", "1")."""
        return tuple(re.findall(r"\d+", self.text))


def mark_of(text: str) -> Mark | None:
    """The number that a text begins with, or None."""
    copy = canon(text)
    for form, pattern in _FORMS:
        match = pattern.match(copy)
        if match:
            return Mark(form, text[: match.end()].strip(" \u3000"), match.end())
    return None


class Nesting:
    """Lines finding their parents by their marks, in the order of the table.

    A form seen for the first time hangs under the line before it; a form that is open already
    closes all that was opened after it. 1.1 hangs under the 1 of the same group, wherever it stood.
    """

    def __init__(self) -> None:
        self._open: list[tuple[str, int]] = []
        self._dotted: dict[tuple[str, ...], int] = {}
        self._above: int | None = None

    def place(self, mark: Mark, line: int) -> tuple[int | None, bool]:
        """The parent's line, and whether the mark's own logic found what it names."""
        if mark.form == "dotted":
            parts = mark.parts
            parent = self._dotted.get(parts[:-1])
            self._dotted[parts] = line
            return parent, parent is not None
        forms = [form for form, _ in self._open]
        if mark.form in forms:
            del self._open[forms.index(mark.form) :]
        parent = self._open[-1][1] if self._open else None
        self._open.append((mark.form, line))
        if mark.form == "plain":
            if parent != self._above or mark.parts in self._dotted:
                self._dotted = {}
            self._above = parent
            self._dotted[mark.parts] = line
        return parent, True
