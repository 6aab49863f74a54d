"""Workbooks to rows of cells, read in a child process with limits on memory and time.

The reading library sizes its memory by the corners of the used range: a file of 2 KB with two
cells far apart asks for 500 GB and aborts the process. So it runs in a child that may die:
`rows` asks the child, `sheets_of` is what the child does.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from luoshi.domain.base import say
from luoshi.office import bounded, ole
from luoshi.office.answers import COLUMN_LIMIT, ROW_LIMIT, SHEET_LIMIT, SIZE_LIMIT, RejectedError
from luoshi.office.docx_in import refuse_macros
from luoshi.office.package import Package
from luoshi.office.text_in import decode

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ZIP_MAGIC = b"PK\x03\x04"

Value = str | int | float | bool | date | datetime | time | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its rows from `first_row` (counted from 1) on, all of one width; None is blank.

    A cell merged downwards is repeated in every row it holds for.
    """

    name: str
    rows: tuple[tuple[Value, ...], ...]
    first_row: int = 1
    hidden: bool = False


def rows(data: bytes, *, limit: int = ROW_LIMIT) -> list[Sheet]:
    """Read the first 20 sheets of an xlsx, xls, ods or csv file, blank ones left out.

    At most `limit` rows and 256 columns a sheet; whole numbers come as int, dates as dates, what
    a formula last showed as its value. Raises RejectedError: password, macros, damage, size, blank.
    """
    if len(data) > SIZE_LIMIT:
        raise RejectedError(say("office.too_large", megabytes=SIZE_LIMIT // 1024 // 1024))
    if not data:
        raise RejectedError(say("office.empty"))
    answer = bounded.ask({"task": "rows", "limit": limit}, data)
    return [_sheet(item) for item in answer["sheets"]]


def sheets_of(data: bytes, limit: int = ROW_LIMIT) -> list[dict[str, object]]:
    """The filled sheets of a workbook as JSON values, in the process that may die."""
    if data.startswith(ZIP_MAGIC):
        judge_workbook(Package(data))
    elif data.startswith(ole.MAGIC):
        judge_old_workbook(data)
    else:
        return [read_csv(data, limit)]
    filled = [sheet for sheet in workbook_sheets(data, limit) if sheet["rows"]]
    if not filled:
        raise RejectedError(say("office.sheet_blank"))
    return filled


def judge_workbook(package: Package) -> None:
    """Refuse macros, entities and XML that is no workbook."""
    refuse_macros(package)
    if "META-INF/manifest.xml" in package.names and b"encryption-data" in package.read(
        "META-INF/manifest.xml"
    ):
        raise RejectedError(say("office.password"))
    package.judge_xml()


def judge_old_workbook(data: bytes) -> None:
    """Refuse an xls with a password on the whole file or with macros."""
    names = ole.root_names(data)
    if names & {"EncryptedPackage", "EncryptionInfo"} or ole.has_password_record(data):
        raise RejectedError(say("office.password"))
    if "_VBA_PROJECT_CUR" in names or "Macros" in names:
        raise RejectedError(say("office.macros"))


def workbook_sheets(data: bytes, limit: int) -> Sequence[dict[str, object]]:
    """The sheets that the library reads, or its fault as a sentence."""
    from luoshi.office.workbook import read  # noqa: PLC0415 - never imported outside the child

    bounded.announce("sheet")
    answer: dict[str, Any] = read(data, limit)
    match answer.get("fault"):
        case None:
            found: Sequence[dict[str, object]] = answer["sheets"]
            return found
        case "password":
            raise RejectedError(say("office.password"))
        case "long":
            name = str(answer.get("sheet", ""))
            raise RejectedError(say("office.sheet_too_long", sheet=name, limit=limit))
        case "size":
            raise RejectedError(say("office.sheet_too_big"))
        case _:
            raise RejectedError(say("office.sheet_damaged"))


def _sheet(item: Mapping[str, object]) -> Sheet:
    """One sheet out of the child's answer."""
    table = item["rows"]
    assert isinstance(table, list)
    return Sheet(
        str(item["name"]),
        tuple(tuple(value_of(cell) for cell in row) for row in table),
        int(str(item["first_row"])),
        bool(item["hidden"]),
    )


def value_of(cell: object) -> Value:
    """A cell out of the child's answer; dates and times come tagged."""
    if isinstance(cell, list):
        tag, text = cell
        match tag:
            case "d":
                return date.fromisoformat(text)
            case "t":
                return time.fromisoformat(text)
            case _:
                return datetime.fromisoformat(text)
    if cell is None or isinstance(cell, str | int | float):
        return cell
    return str(cell)


def read_csv(data: bytes, limit: int) -> dict[str, object]:
    """Comma, semicolon or tab separated text as one sheet; every cell is text."""
    text = decode(data).text
    first = text.split("\n", 1)[0]
    delimiter = max(",\t;", key=first.count)
    table: list[list[str | None]] = []
    try:
        for row in csv.reader(io.StringIO(text), delimiter=delimiter):
            if len(table) >= limit:
                raise RejectedError(say("office.sheet_too_long", sheet="csv", limit=limit))
            if len(row) > COLUMN_LIMIT:
                raise RejectedError(say("office.sheet_too_big"))
            table.append([cell.strip() or None for cell in row])
    except csv.Error as error:
        raise RejectedError(say("office.sheet_damaged")) from error
    width = max(len(row) for row in table)
    rows = [row + [None] * (width - len(row)) for row in table]
    return {"name": "csv", "hidden": False, "first_row": 1, "rows": rows}


__all__ = ["COLUMN_LIMIT", "ROW_LIMIT", "SHEET_LIMIT", "Sheet", "Value", "rows"]
