"""Blocks of cells as they come: the grid's compact JSON, tables of a file or the clipboard."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from luoshi.domain.base import Period
from luoshi.indicators.queries.understanding import Typed

ROLES = ("indicator", "unit", "period", "value")
"""What a column may be; a column headed by a month is a column of values of that month."""
HEADERS: Mapping[str, frozenset[str]] = {
    "indicator": frozenset({"指标", "指标名称", "项目", "indicator"}),
    "unit": frozenset(
        {"单位", "村", "村名", "村（社区）", "填报单位", "责任单位", "unit", "village"}
    ),
    "period": frozenset({"期间", "月份", "时间", "报告期", "period", "month"}),
    "value": frozenset({"完成值", "数值", "本期", "累计", "完成", "实际完成", "value", "actual"}),
}
_MONTH = re.compile(r"(?:(20\d\d)[年./-])?(?:1[-—~至])?(1[0-2]|0?[1-9])月?(?:份|末|累计)*")
_QUARTER = re.compile(r"(?:(20\d\d)年)?(?:第?([一二三四1-4])季度|q([1-4]))")
_PART = re.compile(r"(?:(20\d\d)年)?(全年|上半年|下半年|年度)?")
_DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4}


def from_json(text: str) -> list[Typed] | None:
    """The cells that the grid's script sends, or None where they cannot be read.

    A cell: [indicator, unit, start, end, words, mark].
    """
    try:
        return [
            Typed(
                str(indicator),
                str(unit),
                Period(date.fromisoformat(start), date.fromisoformat(end)),
                str(words),
                str(seen),
            )
            for indicator, unit, start, end, words, seen in json.loads(text)
        ]
    except (ValueError, TypeError):
        return None


def to_json(cells: Sequence[Typed]) -> str:
    """The same back, for a form that saves what was understood."""
    return json.dumps(
        [
            [
                cell.indicator,
                cell.unit,
                cell.period.start.isoformat(),
                cell.period.end.isoformat(),
                cell.text,
                cell.seen,
            ]
            for cell in cells
        ],
        ensure_ascii=False,
    )


def plain(text: str) -> str:
    """A heading without blanks, in half-width small letters."""
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()


def period_of(text: str, year: int) -> Period | None:
    """A period as tables head it: 5月, 1-5月, 2026年5月, 2026-05, 一季度, 上半年, 全年, 2025年."""
    said = plain(text)
    if match := _QUARTER.fullmatch(said):
        number = _DIGITS.get(match[2] or "") or int(match[2] or match[3])
        return Period.quarter(int(match[1] or year), number)
    if (match := _PART.fullmatch(said)) and said:
        of = int(match[1] or year)
        halves = {"上半年": 1, "下半年": 2}
        number = halves.get(match[2] or "", 0)
        return Period.half(of, number) if number else Period.year(of)
    if match := _MONTH.fullmatch(said):
        return Period.month(int(match[1] or year), int(match[2]))
    return None


def pasted(text: str) -> list[list[str]]:
    """A table out of the clipboard: cells apart by tab, or by comma where there is no tab."""
    delimiter = "\t" if "\t" in text else ","
    rows = list(csv.reader(io.StringIO(text.strip("\n")), delimiter=delimiter))
    width = max((len(row) for row in rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows if any(cell.strip() for cell in row)]


@dataclass(frozen=True, slots=True)
class Mapped:
    """A table with what each column is: a role, a period in ISO form, or "" for nothing."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    columns: Sequence[str]


def guess(table: Sequence[Sequence[str]], year: int) -> Mapped:
    """What each column seems to be, by its heading; the first row is the heading."""
    header, *rows = table or [[]]
    columns = []
    for text in header:
        known = next((role for role in ROLES if plain(text) in HEADERS[role]), "")
        period = None if known else period_of(text, year)
        columns.append(known or (iso(period) if period else ""))
    return Mapped(header, rows, columns)


def iso(period: Period) -> str:
    """A period as a column is marked with it."""
    return f"{period.start.isoformat()}/{period.end.isoformat()}"


@dataclass(frozen=True, slots=True)
class Names:
    """Indicators and units by what tables call them; a name that two share is left out."""

    indicators: Mapping[str, str]
    units: Mapping[str, str]
    default_indicator: str = ""
    steps: Mapping[str, int] = field(default_factory=dict)


def cells_of(table: Mapped, names: Names, year: int) -> list[Typed]:
    """The cells that a mapped table states, each with the row it stands in.

    A blank cell states nothing: it is left out, so that importing a table never takes a figure
    back. An unknown name or period stays in the cell, and is told as its fault.
    """
    found = []
    of = {role: index for index, role in enumerate(table.columns) if role in ROLES}
    months = [(i, role) for i, role in enumerate(table.columns) if "/" in role]
    for number, row in enumerate(table.rows, 2):
        indicator = _key(row, of.get("indicator"), names.indicators, names.default_indicator)
        unit = _key(row, of.get("unit"), names.units, "")
        stated = [(row[i], from_iso(role)) for i, role in months]
        if "value" in of:
            at = of.get("period")
            period = period_of(row[at], year) if at is not None else Period.year(year)
            stated.append((row[of["value"]], period or Period.year(year)))
        for text, period in stated:
            if plain(text):
                fitting = _fit(period, names.steps.get(indicator, 0))
                found.append(Typed(indicator, unit, fitting, text, place=str(number)))
    return found


def from_iso(text: str) -> Period:
    """The same back; raises ValueError."""
    start, end = text.split("/")
    return Period(date.fromisoformat(start), date.fromisoformat(end))


def _fit(period: Period, step: int) -> Period:
    """A month that closes a quarter, half or year stands for it, where the indicator has those."""
    if period.kind != "month" or step <= 1 or period.end.month % step:
        return period
    return Period(date(period.end.year, period.end.month - step + 1, 1), period.end)


def _key(row: Sequence[str], at: int | None, known: Mapping[str, str], default: str) -> str:
    if at is None:
        return default
    said = plain(row[at])
    return known.get(said, said)
