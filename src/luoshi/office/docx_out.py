"""Official documents in the layout of GB/T 9704-2012, written with python-docx.

A4; margins 37, 35, 28 and 26 mm; 22 lines of 28 characters a page; title 2号 小标宋, body 3号 仿宋,
headings 黑体, 楷体, 仿宋; page number "— 1 —" 4号 at the outer foot, odd right, even left.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from docx import Document
from docx.shared import Pt

from luoshi.office.docx_parts import (
    BODY_POINTS,
    FANGSONG,
    HEADING_FONTS,
    LINE,
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
from luoshi.office.numbering import chinese, figure
from luoshi.office.plain import printable


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text; `missing` marks a figure that is not known (待补) with a highlight."""

    text: str
    missing: bool = False
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 4; `numbered` writes 一、 （一） 1. （1） before it by count."""

    level: int
    text: str
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph; `indent` is off for the addressee (主送机关) and for 同志们."""

    runs: Sequence[Run | str]
    indent: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table; the first `head` rows repeat on every page; `widths` are shares."""

    rows: Sequence[Sequence[str]]
    head: int = 1
    widths: Sequence[float] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Mark:
    """The number of a paper (发文字号), in the middle of its own line."""

    text: str


@dataclass(frozen=True, slots=True)
class Signed:
    """The place of office and date where the paper goes on below them; else they end it."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The line along which the slip below it is torn off, and the slip's title (回执)."""

    text: str


Block = Heading | Para | Table | Mark | Signed | Receipt


def official_document(
    title: str, blocks: Sequence[Block], signature: str = "", dated: date | None = None
) -> bytes:
    """Write a document and return the docx file's bytes.

    `title` may hold line breaks; `signature` is the issuing office, set above the date
    (2026年6月18日) at the right as for papers without a seal.
    Raises ValueError for a heading level outside 1 to 4.
    """
    document = Document()
    set_document(document, printable(title), _instant(dated))
    for line in printable(title).split("\n"):
        _line(document, line, TITLE_FONT, TITLE_POINTS, line=TITLE_LINE, align="center", keep=True)
    _line(document, "", FANGSONG, BODY_POINTS)
    counts = [0, 0, 0, 0]
    for block in blocks:
        match block:
            case Heading():
                _heading(document, block, counts)
            case Para():
                _para(document, block)
            case Mark():
                _line(document, printable(block.text), FANGSONG, BODY_POINTS, align="center")
                document.paragraphs[-1].paragraph_format.space_after = Pt(8)
            case Table():
                write_table(document, block.rows, block.head, block.widths)
            case Signed():
                _sign(document, printable(signature), dated)
            case Receipt():
                _receipt(document, printable(block.text))
    if not any(isinstance(block, Signed) for block in blocks):
        _sign(document, printable(signature), dated)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _instant(dated: date | None) -> datetime:
    """The instant written into the file's properties: the date of the paper, not of the machine."""
    day = dated or date(2000, 1, 1)
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _line(
    document: Any,  # noqa: ANN401 - python-docx is untyped
    text: str,
    font: str,
    points: float,
    *,
    line: int = LINE,
    align: str = "both",
    keep: bool = False,
) -> None:
    """A paragraph of one run."""
    paragraph = document.add_paragraph()
    paragraph_layout(paragraph, line=line, align=align, keep=keep)
    if text:
        add_run(paragraph, text, font=font, points=points)


def _heading(document: Any, block: Heading, counts: list[int]) -> None:  # noqa: ANN401
    """A heading with its number, in the font of its level."""
    level = block.level
    if not 1 <= level <= len(HEADING_FONTS):
        message = f"a heading of level {level}: only 1 to 4 exist"
        raise ValueError(message)
    mark = ""
    if block.numbered:
        counts[level - 1] += 1
        mark = heading_mark(level, counts[level - 1])
    counts[level:] = [0] * (len(counts) - level)
    paragraph = document.add_paragraph(style=f"Heading {level}")
    paragraph_layout(paragraph, indent=2, keep=True)
    text = mark + printable(block.text).replace("\n", "")
    add_run(paragraph, text, font=HEADING_FONTS[level - 1], points=BODY_POINTS)


def heading_mark(level: int, number: int) -> str:
    """The number of a heading as the standard writes it: 一、 （一） 1. （1）."""
    match level:
        case 1:
            return f"{chinese(number)}、"
        case 2:
            return f"（{chinese(number)}）"
        case 3:
            return f"{figure(number, 'decimal')}."
        case _:
            return f"（{number}）"


def _para(document: Any, block: Para) -> None:  # noqa: ANN401
    """A paragraph of the body; line breaks in it begin new paragraphs."""
    paragraph = document.add_paragraph()
    paragraph_layout(paragraph, indent=2 if block.indent else 0)
    for run in block.runs:
        piece = Run(run) if isinstance(run, str) else run
        for number, text in enumerate(printable(piece.text).split("\n")):
            if number:
                paragraph = document.add_paragraph()
                paragraph_layout(paragraph, indent=2 if block.indent else 0)
            if text:
                add_run(paragraph, text, bold=piece.bold, missing=piece.missing)


def _receipt(document: Any, text: str) -> None:  # noqa: ANN401
    """A dashed line across the page and the title of the slip, kept with what follows."""
    _line(document, TEAR, FANGSONG, TABLE_POINTS, line=TITLE_LINE, align="center", keep=True)
    _line(document, text, HEADING_FONTS[0], BODY_POINTS, align="center", keep=True)


def _width(text: str) -> float:
    """How many characters wide a text stands; a Latin letter or digit is half of one."""
    return sum(0.5 if char.isascii() else 1.0 for char in text)


def _sign(document: Any, signature: str, dated: date | None) -> None:  # noqa: ANN401
    """Office and date at the right: the date begins two characters right of the office's name.

    The longer of the two ends two characters from the margin (GB/T 9704-2012, 7.3.5.2).
    """
    day = f"{dated.year}年{dated.month}月{dated.day}日" if dated else ""
    if not signature and not day:
        return
    office_wide, day_wide = _width(signature), _width(day)
    office_right, day_right = 2.0, office_wide - day_wide
    if day and day_right < 2:
        office_right, day_right = 2 + day_wide + 2 - office_wide, 2.0
    _line(document, "", FANGSONG, BODY_POINTS, keep=True)
    for text, right in ((signature, office_right), (day, day_right if signature else 4.0)):
        if text:
            paragraph = document.add_paragraph()
            paragraph_layout(paragraph, align="right", right=max(0.0, right), keep=text != day)
            add_run(paragraph, text)
