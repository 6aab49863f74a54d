"""A workbook's cells as JSON values: `{"sheets": …}` or `{"fault": …}`; for the child process only.

The reading library may ask for any amount of memory and abort, so it never runs anywhere else.
"""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from luoshi.office.answers import COLUMN_LIMIT, SHEET_LIMIT, TEXT_LIMIT

CELL_LIMIT = 1_500_000


class FaultError(Exception):
    """Why a workbook is refused: the fault's name and, where it matters, the sheet's."""

    def __init__(self, answer: dict[str, str]) -> None:
        """Keep what will be answered."""
        super().__init__(answer["fault"])
        self.answer = answer


def read(data: bytes, limit: int) -> dict[str, object]:
    """The sheets of a workbook as JSON values; a fault as `{"fault": name}`; never raises."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return {"sheets": _sheets(book, limit)}
    except FaultError as error:
        return dict(error.answer)
    except PasswordError:
        return {"fault": "password"}
    except MemoryError:
        return {"fault": "size"}
    except Exception as error:  # noqa: BLE001 - the library's faults are many and all mean "damaged"
        return {"fault": "password" if "assword" in str(error) else "damaged"}
    except BaseException as error:
        # A panic in the library derives from BaseException; a real interrupt must pass.
        if type(error).__name__ == "PanicException":
            return {"fault": "damaged"}
        raise


def _sheets(book: CalamineWorkbook, limit: int) -> list[dict[str, object]]:
    """Every sheet in order, within the limits on cells in all."""
    found: list[dict[str, object]] = []
    cells = letters = 0
    for number, about in enumerate(book.sheets_metadata[:SHEET_LIMIT]):
        sheet = book.get_sheet_by_index(number)
        if sheet.height > limit:
            raise FaultError({"fault": "long", "sheet": about.name})
        cells += sheet.height * sheet.width
        if sheet.width > COLUMN_LIMIT or cells > CELL_LIMIT:
            raise FaultError({"fault": "size"})
        table = _rows(sheet)
        letters += sum(len(cell) for row in table for cell in row if isinstance(cell, str))
        if letters > TEXT_LIMIT:
            raise FaultError({"fault": "size"})
        found.append(
            {
                "name": about.name,
                "hidden": about.visible != SheetVisibleEnum.Visible,
                "first_row": (sheet.start[0] if sheet.start else 0) + 1,
                "rows": table,
            }
        )
    return found


def _rows(sheet: CalamineSheet) -> list[list[object]]:
    """The rows of a sheet, merged cells carried down, blank rows at the end dropped."""
    table = [[_cell(value) for value in row] for row in sheet.to_python()]
    top, left = sheet.start or (0, 0)
    for (first, column), (last, _) in sheet.merged_cell_ranges or ():
        if not 0 <= first - top < len(table) or not 0 <= column - left < sheet.width:
            continue
        for row in table[first - top + 1 : last - top + 1]:
            row[column - left] = table[first - top][column - left]
    while table and not any(cell is not None for cell in table[-1]):
        table.pop()
    return table


def _indent(text: str) -> str:
    """The full-width blanks before a text: how offices show that a row is a part of another."""
    return text[: len(text) - len(text.lstrip("\u3000"))]


def _cell(value: object) -> object:  # noqa: PLR0911 - one return a type of cell
    """One cell as a JSON value."""
    if isinstance(value, str):
        text = value.strip()
        return _indent(value) + text if text else None
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124 - NaN
            return None
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return ["d", value.date().isoformat()] if midnight else ["dt", value.isoformat()]
    if isinstance(value, date):
        return ["d", value.isoformat()]
    if isinstance(value, time):
        return ["t", value.isoformat()]
    return str(value) if isinstance(value, timedelta) else value
