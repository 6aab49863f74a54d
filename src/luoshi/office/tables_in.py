"""Tables out of a file or a pasted text, as grids for the law on tables.

A file is opened in a child process that may die (`tables` asks, `tables_of` is what the child
does); a pasted text is only split.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from luoshi.domain.base import say
from luoshi.domain.tables.models import Grid, Value
from luoshi.office import bounded, ole
from luoshi.office.answers import COLUMN_LIMIT, ROW_LIMIT, SIZE_LIMIT, RejectedError
from luoshi.office.convert import converted
from luoshi.office.docx_in import docx_tables, main_part
from luoshi.office.judging import extension_of
from luoshi.office.package import Package
from luoshi.office.sheets_in import (
    ZIP_MAGIC,
    judge_old_workbook,
    judge_workbook,
    read_csv,
    value_of,
    workbook_sheets,
)
from luoshi.office.text_in import decode

_SHEET = re.compile(rb"<(?:\w+:)?sheet\b([^<>]{0,600})>")
_SHEET_ID = re.compile(rb'\br:id="([^"]{1,100})"|\bid="([^"]{1,100})"')
_ROW = re.compile(rb"<(?:\w+:)?row\b([^<>]{0,400})>")
_ROW_NUMBER = re.compile(rb'\br="(\d{1,7})"')
_LEVEL = re.compile(rb'\boutlineLevel="([1-7])"')
_UNRECKONED = re.compile(
    rb'<(?:\w+:)?c\b[^<>]{0,80}?\br="[A-Z]{1,3}(\d{1,7})"[^<>]{0,200}>\s*'
    rb"<(?:\w+:)?f\b(?:[^<>]{0,300}/>|[^<>]{0,300}>[^<]{0,8200}</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_RULE = re.compile(r"[\s|:+=-]+$")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def tables(name: str, data: bytes) -> list[Grid]:
    """Every filled table of an xlsx, xls, ods, csv, docx or text file that passed the gate.

    At most 20 sheets of 50,000 rows and 256 columns. Older Word formats are converted first where
    LibreOffice is installed. Raises RejectedError: damage, size, or no table in the file.
    """
    if not data:
        raise RejectedError(say("office.empty"))
    if len(data) > SIZE_LIMIT:
        raise RejectedError(say("office.too_large", megabytes=SIZE_LIMIT // 1024 // 1024))
    asked = {"task": "tables", "extension": extension_of(name)}
    answer = bounded.ask(asked, data)
    if "convert" in answer:
        made = converted(data, extension_of(name) or ".doc", answer["convert"])
        answer = bounded.ask({**asked, "extension": ".docx"}, made)
    found = [_grid(item) for item in answer["tables"]]
    if not found:
        raise RejectedError(say("office.no_table"))
    return found


def pasted_tables(text: str) -> list[Grid]:
    """A pasted text as one table: columns by tabs (as a spreadsheet copies them), else by bars.

    A cell in quotes may hold line breaks and tabs. Raises RejectedError without either sign.
    """
    rows = _split(text)
    return [_grid({"name": "", "first_row": 1, "rows": rows})]


def tables_of(data: bytes, extension: str) -> dict[str, object]:
    """The child's side: the tables of a file as JSON values, or what it must be converted to."""
    if data.startswith(ZIP_MAGIC):
        return {"tables": _of_package(data)}
    if data.startswith(ole.MAGIC) and "WordDocument" not in ole.root_names(data):
        judge_old_workbook(data)
        return {"tables": [one for one in workbook_sheets(data, ROW_LIMIT) if one["rows"]]}
    if data.startswith((ole.MAGIC, b"{\\rtf")):
        return {"convert": "docx"}
    if extension in {".csv", ".tsv"}:
        return {"tables": [read_csv(data, ROW_LIMIT)]}
    return {"tables": [{"name": "", "first_row": 1, "rows": _split(decode(data).text)}]}


def _of_package(data: bytes) -> list[dict[str, object]]:
    """The tables of a docx, or the filled sheets of a workbook."""
    package = Package(data)
    if not (main_part(package) or "").startswith("word/"):
        judge_workbook(package)
        return list(_sheets(data, package))
    return [{"name": "", "first_row": 1, "rows": rows} for rows in docx_tables(data) if rows]


def _sheets(data: bytes, package: Package) -> Iterator[dict[str, object]]:
    """The filled sheets, each with its outline levels and the rows whose formula has no value."""
    parts = _parts(package)
    for number, sheet in enumerate(workbook_sheets(data, ROW_LIMIT)):
        if not sheet["rows"]:
            continue
        part = parts[number] if number < len(parts) else ""
        markup = package.read(part) if part in package.names else b""
        yield sheet | {"levels": _levels(markup), "unreckoned": _unreckoned(markup)}


def _parts(package: Package) -> list[str]:
    """The parts of the sheets in the order of the workbook."""
    book = "xl/workbook.xml"
    if book not in package.names:
        return []
    relations = package.relations(book)
    found = []
    for match in _SHEET.finditer(package.read(book)):
        named = _SHEET_ID.search(match[1])
        key = (named[1] or named[2]).decode("utf-8", "replace") if named else ""
        found.append(relations[key].target if key in relations else "")
    return found


def _levels(markup: bytes) -> dict[str, int]:
    """The outline levels of rows, by number; rows of the outermost level are not named."""
    if b"outlineLevel=" not in markup:
        return {}
    found: dict[str, int] = {}
    before = 0
    for match in _ROW.finditer(markup):
        number = _ROW_NUMBER.search(match[1])
        before = int(number[1]) if number else before + 1
        level = _LEVEL.search(match[1])
        if level:
            found[str(before)] = int(level[1])
    return found


def _unreckoned(markup: bytes) -> list[int]:
    """The rows in which a formula has no value in the file."""
    if b"<f" not in markup and b":f" not in markup:
        return []
    return sorted({int(match[1]) for match in _UNRECKONED.finditer(markup)})


def _split(text: str) -> list[list[str | None]]:
    """The rows of a text by tabs or bars, all of one width."""
    if len(text) > SIZE_LIMIT:
        raise RejectedError(say("office.sheet_too_big"))
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    if "\t" in text:
        rows = list(_tabbed(text))
    elif "|" in text or "｜" in text or "│" in text:
        rows = list(_barred(text.replace("｜", "|").replace("│", "|").splitlines()))
    else:
        raise RejectedError(say("office.no_columns"))
    rows = [row for row in rows if any(row)]
    if not rows:
        raise RejectedError(say("office.no_table"))
    if len(rows) > ROW_LIMIT:
        raise RejectedError(say("office.sheet_too_long", sheet="—", limit=ROW_LIMIT))
    width = max(map(len, rows))
    if width > COLUMN_LIMIT:
        raise RejectedError(say("office.sheet_too_big"))
    return [row + [None] * (width - len(row)) for row in rows]


def _tabbed(text: str) -> Iterator[list[str | None]]:
    try:
        for row in csv.reader(io.StringIO(text), delimiter="\t"):
            yield [_cell(cell) for cell in row]
    except csv.Error as error:
        raise RejectedError(say("office.sheet_damaged")) from error


def _barred(lines: Iterable[str]) -> Iterator[list[str | None]]:
    for line in lines:
        bare = line.strip()
        if _RULE.match(bare) or not bare:
            continue
        if "|" in bare:
            bare = bare.removeprefix("|").removesuffix("|")
        yield [_cell(_BREAK.sub("\n", cell)) for cell in bare.split("|")]


def _cell(text: str) -> str | None:
    """A cell's text; the full-width blanks before it, by which offices indent, stay."""
    return text.rstrip().lstrip(" \t\n\xa0") or None


def _grid(item: dict[str, Any]) -> Grid:
    """A grid out of JSON values; a float is taken as it is written, so that it stays exact."""
    return Grid(
        str(item["name"]),
        tuple(tuple(_exact(cell) for cell in row) for row in _even(item["rows"])),
        int(item["first_row"]),
        {int(row): int(level) for row, level in item.get("levels", {}).items()},
        frozenset(int(row) for row in item.get("unreckoned", ())),
    )


def _even(rows: Sequence[Sequence[object]]) -> list[list[object]]:
    """All rows of one width."""
    width = max(map(len, rows), default=0)
    return [[*row, *[None] * (width - len(row))] for row in rows]


def _exact(cell: object) -> Value:
    if isinstance(cell, bool):
        return str(cell).upper()
    value = value_of(cell)
    return Decimal(repr(value)) if isinstance(value, float) else value
