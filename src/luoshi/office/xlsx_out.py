"""Tables to xlsx: headers as published, frozen, filtered, ready for A4 landscape.

openpyxl is imported only when a workbook is written, so that web processes stay small.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from luoshi.office.plain import defused, printable, runs_as_formula

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.workbook import Workbook

Value = str | int | float | Decimal | date | datetime | None
ColumnKind = Literal["text", "date", "number", "id"]

CELL_LIMIT = 32_767
"""The longest text that a cell may hold; characters."""

_CUT = "…（超出单元格容量，其余从略）"
_FORMATS = {"text": "@", "id": "@", "date": "yyyy-mm-dd", "number": "General"}
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_FONT = "宋体"


@dataclass(frozen=True, slots=True)
class Column:
    """Header, width in characters, kind; `id` is text in a hidden column for the way back.

    Neighbours with the same `above` stand under one header of a row of its own.
    """

    header: str
    width: float = 12
    kind: ColumnKind = "text"
    above: str = ""


@dataclass(frozen=True, slots=True)
class TableSpec:
    """One sheet: title, columns, rows in the columns' order, and a note below the title."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]
    note: str = ""


def workbook(tables: Sequence[TableSpec]) -> bytes:
    """Write one sheet a table and return the file's bytes.

    The header row is frozen, filtered and repeated on every printed page (A4 landscape, fitted to
    the page's width). Dates are dates (yyyy-mm-dd), numbers numbers; every text is stored as text,
    and what a spreadsheet might run (= + - @, tab, CR) carries the quote prefix besides. None is
    an empty cell. Raises ValueError without tables or columns, or where a row's length differs.
    """
    from openpyxl import Workbook as Book  # noqa: PLC0415 - kept out of web processes

    if not tables:
        message = "a workbook needs at least one table"
        raise ValueError(message)
    book = Book(write_only=True)
    taken: set[str] = set()
    try:
        for spec in tables:
            _write_table(book, spec, _sheet_name(spec.title, taken))
    except Exception:
        book.save(io.BytesIO())  # closes the half-written sheets and removes their scratch files
        raise
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet_name(title: str, taken: set[str]) -> str:
    """A name that Excel allows: at most 31 characters, no forbidden ones, none twice."""
    base = _FORBIDDEN.sub(" ", printable(title)).strip().strip("'").strip()[:31] or "表"
    name, number = base, 2
    while name.casefold() in taken:
        tail = f"（{number}）"
        name, number = base[: 31 - len(tail)] + tail, number + 1
    taken.add(name.casefold())
    return name


def _write_table(book: Workbook, spec: TableSpec, name: str) -> None:
    """Write one sheet: page set-up, head, rows, filter."""
    if not spec.columns:
        message = f"the table {spec.title!r} has no columns"
        raise ValueError(message)
    sheet = book.create_sheet(name)
    upper = any(column.above for column in spec.columns)
    head = 2 + bool(spec.note) + upper
    _set_page(sheet, spec.columns, head)
    pen = _Pen(sheet, spec.columns)
    sheet.append(pen.banner(spec.title, bold=True))
    if spec.note:
        sheet.append(pen.banner(spec.note, bold=False))
    if upper:
        sheet.append(pen.header(above=True))
        sheet.merged_cells.ranges.update(_spans(spec.columns, head - 1))
    sheet.append(pen.header())
    count = 0
    for row in spec.rows:
        sheet.append(pen.row(row))
        count += 1
    last = f"{_letter(len(spec.columns))}{head + count}"
    sheet.auto_filter.ref = f"A{head}:{last}"


def _spans(columns: Sequence[Column], row: int) -> list[Any]:
    """The merged cells of the upper header row: runs of one header, and columns without one."""
    from openpyxl.worksheet.cell_range import CellRange  # noqa: PLC0415 - as above

    spans, start = [], 1
    for number, column in enumerate(columns, 1):
        following = columns[number].above if number < len(columns) else None
        if not column.above:
            spans.append(CellRange(min_col=number, max_col=number, min_row=row, max_row=row + 1))
        elif following != column.above and number > start:
            spans.append(CellRange(min_col=start, max_col=number, min_row=row, max_row=row))
        if following != column.above or not column.above:
            start = number + 1
    return spans


def _letter(number: int) -> str:
    """The letter of a column."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - kept out of web processes

    return get_column_letter(number)


def _set_page(sheet: Any, columns: Sequence[Column], head: int) -> None:  # noqa: ANN401 - stub gap
    """A4 landscape, one page wide, head repeated, page numbers below; widths and hidden columns."""
    sheet.freeze_panes = f"A{head + 1}"
    sheet.print_title_rows = f"1:{head}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.page_margins.top = sheet.page_margins.bottom = 0.6
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    for number, column in enumerate(columns, 1):
        held = sheet.column_dimensions[_letter(number)]
        held.width = max(2.0, min(float(column.width), 120.0))
        held.hidden = column.kind == "id"


class _Pen:
    """The cells of one sheet, one a column, used again for every row: a row is written at once."""

    def __init__(self, sheet: Any, columns: Sequence[Column]) -> None:  # noqa: ANN401
        """Make the styled cells."""
        self._sheet, self._columns = sheet, columns
        self._plain = [self._styled(column, quoted=False) for column in columns]
        self._quoted = [self._styled(column, quoted=True) for column in columns]
        self._timed = [self._styled(column, quoted=False) for column in columns]
        for cell in self._timed:
            cell.number_format = "yyyy-mm-dd hh:mm"

    def _styled(self, column: Column, *, quoted: bool) -> Cell:
        from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - kept out of web processes
        from openpyxl.styles import Alignment, Border, Font, Side  # noqa: PLC0415

        cell = WriteOnlyCell(self._sheet)
        side = Side(style="thin", color="808080")
        cell.border = Border(left=side, right=side, top=side, bottom=side)
        cell.font = Font(name=_FONT, size=11)
        across = {"number": "right", "date": "center"}.get(column.kind, "left")
        cell.alignment = Alignment(horizontal=across, vertical="center", wrap_text=True)
        cell.number_format = _FORMATS[column.kind]
        cell.quotePrefix = quoted
        return cell

    def banner(self, text: str, *, bold: bool) -> list[Cell]:
        """A line across the table, centred over its columns without merging cells."""
        from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - kept out of web processes
        from openpyxl.styles import Alignment, Font  # noqa: PLC0415

        cells = []
        for number in range(len(self._columns)):
            cell = WriteOnlyCell(self._sheet)
            _put_text(cell, text if number == 0 else "")
            cell.font = Font(name=_FONT, size=16 if bold else 10, bold=bold)
            across = "centerContinuous" if bold else "left"
            cell.alignment = Alignment(horizontal=across, vertical="center")
            cell.quotePrefix = number == 0 and runs_as_formula(text)
            cells.append(cell)
        return cells

    def header(self, *, above: bool = False) -> list[Cell]:
        """The header row, or the row of headers above it (a column without one has its own)."""
        from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415

        cells = [self._styled(column, quoted=False) for column in self._columns]
        before = ""
        for cell, column in zip(cells, self._columns, strict=True):
            cell.number_format = "@"
            cell.font = Font(name=_FONT, size=11, bold=True)
            cell.fill = PatternFill("solid", fgColor="F0F0F0")
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
            text = column.header
            if above and column.above:
                text = "" if column.above == before else column.above
            before = column.above
            cell.quotePrefix = runs_as_formula(text)
            _put_text(cell, text)
        return cells

    def row(self, values: Sequence[Value]) -> list[Cell]:
        """One row of values."""
        if len(values) != len(self._columns):
            message = f"a row of {len(values)} values for {len(self._columns)} columns"
            raise ValueError(message)
        return [self._cell(number, value) for number, value in enumerate(values)]

    def _cell(self, number: int, value: Value) -> Cell:
        """Put a value into the column's cell; what is not of the column's kind is text."""
        cell, kind = self._plain[number], self._columns[number].kind
        if value is None:
            cell.value = None
        elif kind == "date" and isinstance(value, date):
            if isinstance(value, datetime):
                cell, value = self._timed[number], value.replace(tzinfo=None)
            cell.value = value
        elif kind == "number" and isinstance(value, int | float | Decimal):
            cell.value = value
        else:
            text = str(value)
            cell = self._quoted[number] if runs_as_formula(text) else cell
            _put_text(cell, text)
        return cell


def _put_text(cell: Cell, text: str) -> None:
    """Store a text as text, whatever it looks like; one too long is cut and says so."""
    text = printable(text)
    if len(text) > CELL_LIMIT:
        text = text[: CELL_LIMIT - len(_CUT)] + _CUT
    # What `cell.value = text` asks of every text (type, length, control characters) is known here.
    cell._value = text  # type: ignore[attr-defined]  # noqa: SLF001
    cell.data_type = "s"


def csv_table(spec: TableSpec) -> bytes:
    """The same table as csv (UTF-8 with mark, CRLF), ids included, nothing in it that could run."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([defused(column.header) for column in spec.columns])
    for row in spec.rows:
        writer.writerow([_csv_value(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def _csv_value(value: Value) -> Value:
    """Numbers and dates as they are, text defused."""
    if isinstance(value, str):
        return defused(value)
    return value.isoformat() if isinstance(value, date) else value
