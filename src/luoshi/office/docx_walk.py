"""The walk through a Word body: a stream of elements becomes lines."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from luoshi.domain.base import say
from luoshi.office.answers import TEXT_LIMIT, RejectedError
from luoshi.office.docx_styles import Styles, attribute
from luoshi.office.numbering import Numbering, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_COLUMN_LIMIT = 500
_SHOWN = 40
"""How much of what is left out is kept to be shown: so many pieces, of so many characters."""

_OFF = ("0", "false", "off", "none")
_DROPPED = {
    "del": "deleted", "moveFrom": "deleted", "Fallback": "", "pPrChange": "", "rPrChange": "",
    "tblPrChange": "", "trPrChange": "", "tcPrChange": "", "sectPrChange": "", "tblGridChange": "",
    "numberingChange": "", "rt": "",
}  # fmt: skip
_COUNTED = {
    "ins": "inserted", "moveTo": "inserted", "a:pic": "picture", "a:chart": "object",
    "imagedata": "picture",
    "OLEObject": "object", "altChunk": "object", "footnoteReference": "note",
    "endnoteReference": "note",
}  # fmt: skip
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}


@dataclass(slots=True)
class Paragraph:
    """A paragraph while it is read."""

    parts: list[str] = field(default_factory=list)
    style: str = ""
    list_id: str = ""
    depth: int | None = None
    heading: int = 0
    joined: bool = False


@dataclass(slots=True)
class Cell:
    """A table cell while it is read."""

    lines: list[str] = field(default_factory=list)
    span: int = 1
    continued: bool = False


@dataclass(slots=True)
class Table:
    """A table while it is read; `above` holds the last text of each column, `over` with breaks."""

    cells: list[Cell] = field(default_factory=list)
    above: dict[int, str] = field(default_factory=dict)
    over: dict[int, str] = field(default_factory=dict)
    rows: list[list[str | None]] = field(default_factory=list)
    open: bool = False
    deleted: bool = False


@dataclass(slots=True)
class Body:
    """What the walk found."""

    lines: list[tuple[str, int]] = field(default_factory=list)
    watermarks: list[str] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    deleted: list[str] = field(default_factory=list)
    tables: list[list[list[str | None]]] = field(default_factory=list)

    def text(self) -> tuple[str, tuple[tuple[int, int], ...]]:
        """The lines as one text, and the offset and level of each heading."""
        offset, headings = 0, []
        for line, level in self.lines:
            if level and line.strip():
                headings.append((offset, level))
            offset += len(line) + 1
        return "\n".join(line for line, _ in self.lines).rstrip(), tuple(headings)


class Walk:
    """Handlers for the stream; `body` grows while it runs."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        """Begin with nothing open."""
        self.body = Body()
        self._styles, self._numbering = styles, numbering
        self._paragraphs: list[Paragraph] = []
        self._tables: list[Table] = []
        self._skip, self._showing = 0, False
        self._mode = {"t": 0, "pPr": 0, "r": 0, "hidden": 0}
        self._carried = ""
        self._size = 0
        self._short: dict[str, str] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element opens."""
        name = self._name(tag)
        if self._skip:
            self._skip += 1
            return
        if name in _DROPPED and not self._is_mark(name):
            self._skip = 1
            if _DROPPED[name]:
                self.body.left_out[_DROPPED[name]] += 1
                self.body.deleted.append("")
            self._showing = bool(_DROPPED[name]) and len(self.body.deleted) <= _SHOWN
            return
        if name in _COUNTED and not self._mode["pPr"]:
            self.body.left_out[_COUNTED[name]] += 1
        handler = self._starts.get(name)
        if handler is not None:
            handler(self, name, attributes)

    def end(self, tag: str) -> None:
        """An element closes."""
        if self._skip:
            self._skip -= 1
            return
        handler = self._ends.get(self._name(tag))
        if handler is not None:
            handler(self)

    def chars(self, text: str) -> None:
        """Characters arrive; only those of `w:t` (and formulas) are text."""
        if self._skip and self._showing:
            self.body.deleted[-1] = (self.body.deleted[-1] + text)[:_SHOWN]
        if self._skip or not self._mode["t"]:
            return
        if self._mode["hidden"]:
            self.body.left_out["hidden"] += 1
            return
        self._add(text.replace("\r\n", "\n").replace("\r", "\n"))

    def _name(self, tag: str) -> str:
        """The local name of a tag; names of other vocabularies that clash get a prefix."""
        short = self._short.get(tag)
        if short is None:
            space, _, short = tag.rpartition(" ")
            if "drawingml" in space:
                short = f"a:{short}"
            if len(self._short) < 2_000:
                self._short[tag] = short
        return short

    def _is_mark(self, name: str) -> bool:
        """Whether a deletion marks the end of a paragraph or a row instead of holding text."""
        if name != "del":
            return False
        if self._mode["pPr"] and self._paragraphs:
            self._paragraphs[-1].joined = True
            return True
        if self._tables and self._tables[-1].open and not self._tables[-1].cells:
            self._tables[-1].deleted = True
            self.body.left_out["deleted"] += 1
            return True
        return False

    def _count(self, length: int) -> None:
        """Count characters that will stand in the text; repeated cells count each time."""
        self._size += length
        if self._size > TEXT_LIMIT:
            raise RejectedError(say("office.text_too_long", limit=TEXT_LIMIT))

    def _add(self, text: str) -> None:
        """Add text to the open paragraph."""
        self._count(len(text))
        if self._paragraphs:
            self._paragraphs[-1].parts.append(text)

    # --- opening -------------------------------------------------------------------------

    def _open_paragraph(self, _name: str, _attributes: Mapping[str, str]) -> None:
        self._paragraphs.append(Paragraph())

    def _open_mode(self, name: str, _attributes: Mapping[str, str]) -> None:
        self._mode[name] += 1

    def _sign(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._mode["r"] and not self._mode["hidden"]:
            page = name == "br" and attribute(attributes, "type") == "page"
            self._add("\f" if page else _SIGNS[name])

    def _hide(self, _name: str, attributes: Mapping[str, str]) -> None:
        if self._mode["r"] and not self._mode["pPr"]:
            self._mode["hidden"] = int(attribute(attributes, "val") not in _OFF)

    def _property(self, name: str, attributes: Mapping[str, str]) -> None:
        if not self._mode["pPr"] or not self._paragraphs:
            return
        paragraph, value = self._paragraphs[-1], attribute(attributes, "val")
        match name:
            case "pStyle":
                paragraph.style = value
            case "numId":
                paragraph.list_id = value
            case "ilvl":
                paragraph.depth = whole(value)
            case _:
                paragraph.heading = whole(value, 9) + 1 if whole(value, 9) < 9 else 0

    def _open_table(self, _name: str, _attributes: Mapping[str, str]) -> None:
        self._tables.append(Table())

    def _open_row(self, _name: str, _attributes: Mapping[str, str]) -> None:
        if self._tables:
            table = self._tables[-1]
            table.cells, table.open, table.deleted = [], True, False

    def _open_cell(self, _name: str, _attributes: Mapping[str, str]) -> None:
        if self._tables:
            self._tables[-1].cells.append(Cell())

    def _cell_property(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._tables and self._tables[-1].cells:
            cell, value = self._tables[-1].cells[-1], attribute(attributes, "val")
            if name == "gridSpan":
                cell.span = max(1, min(whole(value, 1), 63))
            else:
                cell.continued = value in ("", "continue")

    def _watermark(self, _name: str, attributes: Mapping[str, str]) -> None:
        self.body.watermarks.append(attribute(attributes, "string"))

    # --- closing -------------------------------------------------------------------------

    def _close_run(self) -> None:
        self._mode["r"] -= 1
        self._mode["hidden"] = 0

    def _close_text(self) -> None:
        self._mode["t"] -= 1

    def _close_properties(self) -> None:
        self._mode["pPr"] -= 1

    def _close_paragraph(self) -> None:
        if not self._paragraphs:
            return
        paragraph = self._paragraphs.pop()
        list_id, depth, heading, contents = self._styles.find(paragraph.style)
        if contents:
            self.body.left_out["contents"] += 1
            return
        text = self._carried + "".join(paragraph.parts)
        self._carried = ""
        if paragraph.joined:
            self._carried = text
            return
        list_id = paragraph.list_id or list_id
        if paragraph.depth is not None:
            depth = paragraph.depth
        if depth is None:
            depth = self._numbering.depth_of_style(list_id, paragraph.style) if list_id else 0
        mark = self._numbering.mark(list_id, depth) if list_id and text.strip() else ""
        self._emit(mark + (text.lstrip() if mark else text), paragraph.heading or heading)

    def _emit(self, line: str, heading: int) -> None:
        """Put a finished line into the open cell or into the body."""
        if self._tables and self._tables[-1].cells:
            self._tables[-1].cells[-1].lines.append(line)
            return
        self.body.lines.append((line, heading))

    def _close_row(self) -> None:
        if not self._tables:
            return
        table = self._tables[-1]
        row, column = [], 0
        grid: list[str | None] = []
        for cell in table.cells:
            whole = "\n".join(part.strip() for part in cell.lines if part.strip())
            whole = table.over.get(column, "") if cell.continued else whole
            table.over[column] = whole
            grid += [whole or None] + [None] * (cell.span - 1)
            text = " ".join(part.strip() for part in cell.lines if part.strip())
            text = re.sub(r"\s*[\n\f]\s*", " ", text).replace("|", "｜")
            if cell.continued:
                text = table.above.get(column, "")
                self._count(len(text))
            table.above[column] = text
            row += [text] + [""] * (cell.span - 1)
            column += cell.span
            if column > _COLUMN_LIMIT:
                raise RejectedError(say("office.table_too_wide", limit=_COLUMN_LIMIT))
        deleted, table.cells, table.open = table.deleted, [], False
        filled = [text for text in row if text]
        if filled and not deleted:
            table.rows.append(grid)
            outer = self._tables.pop()
            self._emit("|".join(row) if len(filled) > 1 else filled[0], 0)
            self._tables.append(outer)

    def _close_table(self) -> None:
        if self._tables:
            table = self._tables.pop()
            if table.rows:
                self.body.tables.append(table.rows)

    _starts: ClassVar[Mapping[str, Callable[[Walk, str, Mapping[str, str]], None]]] = {
        "p": _open_paragraph,
        "t": _open_mode,
        "pPr": _open_mode,
        "r": _open_mode,
        "vanish": _hide,
        "tbl": _open_table,
        "tr": _open_row,
        "tc": _open_cell,
        "gridSpan": _cell_property,
        "vMerge": _cell_property,
        "textpath": _watermark,
        "tab": _sign,
        "br": _sign,
        "cr": _sign,
        "ptab": _sign,
        "noBreakHyphen": _sign,
        "pStyle": _property,
        "numId": _property,
        "ilvl": _property,
        "outlineLvl": _property,
    }
    _ends: ClassVar[Mapping[str, Callable[[Walk], None]]] = {
        "p": _close_paragraph,
        "t": _close_text,
        "pPr": _close_properties,
        "r": _close_run,
        "tr": _close_row,
        "tbl": _close_table,
    }
