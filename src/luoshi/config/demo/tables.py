"""Reads the tables beside this package: one row a line, cells parted by "|", "#" for remarks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from importlib.resources import files
from typing import Literal, cast

from luoshi.config.demo.shapes import DemoQuantity
from luoshi.domain.workdays import SHANGHAI

FOLDER = files("luoshi.config.demo")
_QUANTITY = re.compile(r"(?P<name>.+?)(?P<op>>=|<=|=)(?P<value>\d+(?:\.\d+)?)(?P<unit>\D*)")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the mark at its start ("" where the table has one kind of row only) and cells."""

    mark: str
    cells: tuple[str, ...]


def rows(name: str, marks: str = "") -> Iterator[Row]:
    """The rows of a table; with `marks`, each row begins with one of them."""
    text = (FOLDER / "tables" / name).read_text("utf-8")
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        mark, rest = (line[0], line[1:]) if marks else ("", line)
        if marks and mark not in marks:
            message = f"{name}:{number}: a row begins with one of {marks}"
            raise ValueError(message)
        yield Row(mark, tuple(cell.strip() for cell in rest.split("|")))


def speech(year: int) -> str:
    """The speech that opened the year."""
    return (FOLDER / f"speech_{year}.txt").read_text("utf-8")


def day(year: int, text: str) -> date:
    """A day of the table ("03-31") in its year."""
    return date.fromisoformat(f"{year}-{text}")


def moment(year: int, text: str) -> datetime | None:
    """The hour of "03-31 17:00" in office time; None where the table names a day only."""
    if " " not in text:
        return None
    on, at = text.split(" ")
    return datetime.combine(day(year, on), time.fromisoformat(at), SHANGHAI)


def quantity(text: str) -> DemoQuantity | None:
    """A target such as "新签约亿元以上项目>=4个"; None for an empty cell."""
    if not text:
        return None
    found = _QUANTITY.fullmatch(text)
    if found is None:
        message = f"not a quantity: {text}"
        raise ValueError(message)
    op = cast("Literal['=', '>=', '<=']", found["op"])
    return DemoQuantity(found["name"], op, Decimal(found["value"]), found["unit"])


def names(text: str) -> tuple[str, ...]:
    """Units parted by 、 in a cell."""
    return tuple(name for name in text.split("、") if name)
