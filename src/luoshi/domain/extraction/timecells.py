"""The time column of a table: a bare month, day or year is a deadline there, and so is 持续."""

from __future__ import annotations

import re
from typing import Final

from luoshi.domain.extraction.deadlines import Clock, iso_of, last_day, read_deadline
from luoshi.domain.extraction.models import Deadline

_COLUMN_ONGOING: Final = re.compile(r".{0,4}(?:持续|长期|常态|常年|经常|日常|全程|贯穿)")
_CELL_MONTH: Final = re.compile(
    r"(?:(20\d{2})(?:年|[./-](?=\d{1,2}月?$)))?(1[0-2]|0?[1-9])(?:月份?)?$"
)
_CELL_DAY: Final = re.compile(
    r"(?:(20\d{2})[年./-])?(1[0-2]|0?[1-9])[月./-](3[01]|[12]\d|0?[1-9])[日号]?$"
)
_CELL_YEAR: Final = re.compile(r"(20\d{2})年?(?:底|末)?$")


def read_cell(text: str, original: str, span: tuple[int, int], clock: Clock) -> Deadline | None:
    """The deadline of a 完成时限 cell, where a bare month, day or 持续 counts too."""
    start, end = span
    cell = text[start:end].strip()
    if not cell or cell in {"/", "-", "--", "—", "——", "无"}:
        return None
    norm: str | None = None
    if match := _CELL_DAY.match(cell):
        year = int(match[1]) if match[1] else clock.year
        norm = iso_of(year, int(match[2]), int(match[3]))
    elif (match := _CELL_MONTH.match(cell)) and (match[1] or "月" in cell):
        norm = last_day(int(match[1]) if match[1] else clock.year, int(match[2]))
    elif match := _CELL_YEAR.match(cell):
        norm = match[1] if "底" not in cell else f"{match[1]}-12-31"
    elif _COLUMN_ONGOING.match(cell):
        norm = "ongoing"
    elif (found := read_deadline(text, original, span, clock)) is not None:
        norm = found.norm
    return Deadline(original[start:end], norm, start, end)
