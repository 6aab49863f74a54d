"""Slips for paper: one an A4 page, a table of facts above, a receipt to tear off below."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from docx import Document
from docx.enum.text import WD_BREAK

from luoshi.office.docx_parts import (
    FANGSONG,
    HEITI,
    TABLE_POINTS,
    TEAR,
    TITLE_FONT,
    TITLE_LINE,
    TITLE_POINTS,
    add_run,
    paragraph_layout,
    set_document,
    write_table,
)
from luoshi.office.plain import printable

SMALL = 320
WIDTHS = (1.0, 4.0)
ROOM = "\n"


@dataclass(frozen=True, slots=True)
class Slip:
    """One page: title and facts, a line below them, and the receipt with facts of its own."""

    title: str
    facts: Sequence[tuple[str, str]]
    note: str
    receipt: str
    receipt_facts: Sequence[tuple[str, str]]


def slips_of_rows(title: str, rows: Sequence[tuple[Any, ...]], dated: date) -> bytes:
    """The docx of slips given as plain rows, as another process hands them over."""
    return write_slips(title, [Slip(*row) for row in rows], dated)


def write_slips(title: str, slips: Sequence[Slip], dated: date) -> bytes:
    """The docx of slips, one a page; the file's instant is the day of the paper."""
    document = Document()
    set_document(
        document, printable(title), datetime(dated.year, dated.month, dated.day, tzinfo=UTC)
    )
    for number, slip in enumerate(slips):
        if number:
            document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)
        _slip(document, slip)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _slip(document: Any, slip: Slip) -> None:  # noqa: ANN401 - python-docx is untyped
    _line(document, slip.title, TITLE_FONT, TITLE_POINTS, line=TITLE_LINE, align="center")
    write_table(document, _rows(slip.facts), 0, WIDTHS)
    _line(document, slip.note, FANGSONG, TABLE_POINTS, line=SMALL * 2)
    _line(document, TEAR, FANGSONG, TABLE_POINTS, line=SMALL * 3, align="center")
    _line(document, slip.receipt, HEITI, TABLE_POINTS + 4, line=SMALL * 2, align="center")
    write_table(document, _rows(slip.receipt_facts), 0, WIDTHS)
    _line(document, "", FANGSONG, TABLE_POINTS, line=SMALL)


def _rows(facts: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Facts as cells; one without a value has room for a hand."""
    return [(printable(name), printable(value) or ROOM) for name, value in facts]


def _line(
    document: Any,  # noqa: ANN401
    text: str,
    font: str,
    points: float,
    *,
    line: int,
    align: str = "left",
) -> None:
    paragraph = document.add_paragraph()
    paragraph_layout(paragraph, line=line, align=align)
    if text:
        add_run(paragraph, printable(text), font=font, points=points)
