"""One row of a table read into what the ledger holds: values, faults, notes, what is kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

from luoshi.documents.rows import due_of
from luoshi.domain.base import Sentence, say
from luoshi.domain.extraction.deadlines import Clock
from luoshi.domain.extraction.responsible import split_names
from luoshi.domain.extraction.timecells import read_cell
from luoshi.domain.tables import (
    Line,
    Value,
    blank,
    dangerous,
    masked,
    number_of,
    op_of,
    text_of,
)
from luoshi.domain.text import canon
from luoshi.ledger.models import Task
from luoshi.ledger.tables.names import Names
from luoshi.ledger.tables.setup import Setup
from luoshi.office.cells import cell_out
from luoshi.office.festivals import festivals

LONGEST = 400
HEAVIEST = 100_000
OWED = 6
"""待补, 待报, XX: a text that says no more than that it is owed has at most so many characters."""
FIGURE = Decimal(99999999999999)
_ALL_YEAR = re.compile(r"全年|年度|贯穿")
_WITH_UNIT = re.compile(r"(?P<op>[^\d\s]{0,3}?)(?P<value>[\d,.]+)(?P<unit>[^\d\s]{0,20})")
_URGENCY = {
    "特急": "most_urgent", "非常紧急": "most_urgent", "most urgent": "most_urgent",
    "加急": "urgent", "紧急": "urgent", "急": "urgent", "高": "urgent", "urgent": "urgent",
    "high": "urgent", "平件": "ordinary", "一般": "ordinary", "普通": "ordinary", "低": "ordinary",
    "中": "ordinary", "正常": "ordinary", "ordinary": "ordinary", "normal": "ordinary",
}  # fmt: skip


@dataclass(slots=True)
class Read:
    """What a row says. `values` are fields of a task; `roles` who carries it; `kept` the rest."""

    values: dict[str, Any] = field(default_factory=dict)
    roles: dict[str, Any] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)
    faults: list[Sentence] = field(default_factory=list)
    notes: list[Sentence] = field(default_factory=list)
    key: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the rows of one table: its set-up, the names it may use, the lines of its plan."""

    setup: Setup
    names: Names
    year: int
    lines: Mapping[str, UUID]

    def read(self, line: Line, only: frozenset[int] | None = None) -> Read:
        """The values of a row; `only` takes the columns at these places and leaves the others."""
        found = Read()
        for column, what in zip(self.setup.columns, self.setup.fields, strict=True):
            if only is not None and column.at not in only:
                continue
            value = line.cells[column.at] if column.at < len(line.cells) else None
            text = text_of(value)
            if what == "id":
                found.key = text
                continue
            if what != "ignore" and isinstance(value, str) and dangerous(value):
                found.faults.append(say("tables.formula", column=column.label, text=text[:40]))
                continue
            _READERS.get(what, _nothing)(self, found, column.label, value)
        return found


def _nothing(_reader: Reader, _found: Read, _label: str, _value: Value) -> None:
    """Numbers, groups and what is left out: read elsewhere or not at all."""


def _keep(_reader: Reader, found: Read, label: str, value: Value) -> None:
    """What the ledger has no field for stays with the row, as its table has it."""
    found.kept[label] = cell_out(value)


def _title(_reader: Reader, found: Read, label: str, value: Value) -> None:
    text = re.sub(r"(?<=[^\x00-\x7f])\n(?=[^\x00-\x7f])", "", text_of(value)).replace("\n", " ")
    if blank(text) or re.fullmatch(r"[*_□○xX?]+|待补|待定|待填", canon(text)):
        found.faults.append(say("tables.no_title", column=label))
    elif len(text) > LONGEST:
        found.faults.append(say("tables.long_title", column=label, n=LONGEST))
    found.values["title"] = text


def _unit(reader: Reader, found: Read, label: str, value: Value) -> None:
    """A unit that names its row and carries it."""
    _title(reader, found, label, value)
    _lead(reader, found, label, value)


def _lead(reader: Reader, found: Read, label: str, value: Value) -> None:
    """The first unit leads, those after it support; a first one that is none of ours leads not."""
    units = _units(reader, found, label, value)
    found.roles["lead_unit"] = units[0] if units else None
    found.roles["with_lead"] = tuple(unit for unit in units[1:] if unit is not None)
    if len(units) > 1 and "support" in reader.setup.fields:
        found.notes.append(say("tables.one_lead", column=label))


def _support(reader: Reader, found: Read, label: str, value: Value) -> None:
    units = _units(reader, found, label, value)
    found.roles["supporting"] = tuple(unit for unit in units if unit is not None)


def _units(reader: Reader, found: Read, label: str, value: Value) -> list[UUID | None]:
    """The units of a cell in order; the names that are none of ours stay with the row."""
    names = list(dict.fromkeys(_named(found, label, value, people=False)))
    units = [reader.names.unit(name) for name in names]
    strange = [name for name, unit in zip(names, units, strict=True) if unit is None]
    found.kept[label] = "、".join(strange) or found.kept.get(label)
    return units


def _person(role: str) -> Callable[[Reader, Read, str, Value], None]:
    def read(reader: Reader, found: Read, label: str, value: Value) -> None:
        named = _named(found, label, value, people=True)
        posts = [reader.names.post(name) for name in named[:1]]
        found.roles[role] = posts[0] if posts else None
        if len(named) > 1:
            found.notes.append(say("tables.first_only", column=label, name=named[0]))
        if len(named) > 1 or None in posts:
            found.kept[label] = text_of(value)

    return read


def _named(found: Read, label: str, value: Value, *, people: bool) -> list[str]:
    """The names of a cell; a masked one is to be filled in, and nobody is guessed from it."""
    text = text_of(value)
    found.kept[label] = None
    if blank(text):
        return []
    if masked(text):
        found.notes.append(say("tables.to_fill_in", column=label))
        found.kept[label] = text
        return []
    return list(_split(text, people))


def _due(reader: Reader, found: Read, label: str, value: Value) -> None:
    """A day, a period (its last day), or work of the whole year (no day)."""
    text = text_of(value)
    found.values |= {"due_on": None, "rhythm": Task.Rhythm.DATED.value}
    found.kept[label] = None
    day = _day(value)
    if day is not None:
        found.values["due_on"] = day
        return
    if blank(text) or masked(text):
        if not blank(text):
            found.notes.append(say("tables.to_fill_in", column=label))
            found.kept[label] = text
        return
    norm = _norm(text, reader.year)
    if norm in {"ongoing", "recurring"} or _ALL_YEAR.match(text):
        all_year = _ALL_YEAR.search(text) is not None
        found.values["rhythm"] = (
            Task.Rhythm.ALL_YEAR.value if all_year else Task.Rhythm.STANDING.value
        )
        found.kept[label] = text
        return
    due = due_of(norm)
    if due is None:
        found.faults.append(say("tables.no_date", column=label, text=text[:40]))
        return
    found.values["due_on"] = due
    found.kept[label] = text


@lru_cache(maxsize=4096)
def _norm(text: str, year: int) -> str | None:
    """What the reader's law on time limits makes of a cell."""
    copy = canon(text).replace("\n", " ")
    told = read_cell(copy, text, (0, len(copy)), Clock(year, festivals()))
    return told.norm if told else None


@lru_cache(maxsize=4096)
def _split(text: str, people: bool) -> tuple[str, ...]:  # noqa: FBT001 - a key of the cache
    return tuple(name for name in split_names(text, people=people) if not blank(name))


def _starts(_reader: Reader, found: Read, label: str, value: Value) -> None:
    text, day = text_of(value), _day(value)
    if day is None and text and not masked(text) and not blank(text):
        try:
            day = date.fromisoformat(text)
        except ValueError:
            found.faults.append(say("tables.no_date", column=label, text=text[:40]))
    found.values["starts_on"] = day


def _day(value: Value) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def _measures(_reader: Reader, found: Read, label: str, value: Value) -> None:
    found.values["measures"] = _words(found, label, value)


def _words(found: Read, label: str, value: Value) -> str:
    """A text; 待补 is none, so that what lacks it is still reminded of."""
    text = text_of(value)
    if not (blank(text) or (len(text) <= OWED and masked(text))):
        return text
    found.kept[label] = text
    if not blank(text):
        found.notes.append(say("tables.to_fill_in", column=label))
    return ""


def _acceptance(_reader: Reader, found: Read, label: str, value: Value) -> None:
    text = _words(found, label, value)
    if len(text) > LONGEST:
        found.faults.append(say("tables.too_long", column=label, n=LONGEST))
    found.values["acceptance"] = text


def _target_value(reader: Reader, found: Read, label: str, value: Value) -> None:
    """A figure, exact; text is refused, a masked one is to be filled in and never 0."""
    text = text_of(value)
    found.values["target_value"] = None
    found.kept[label] = None
    if blank(text):
        return
    if masked(text):
        found.notes.append(say("tables.to_fill_in", column=label))
        found.kept[label] = text
        return
    figure = number_of(value)
    if figure is None and not {"target_op", "target_unit"} & set(reader.setup.fields):
        figure = _with_unit(found, text)
    exponent = figure.as_tuple().exponent if figure is not None else 0
    if figure is None or not isinstance(exponent, int) or exponent < -4 or abs(figure) > FIGURE:
        found.faults.append(say("tables.no_number", column=label, text=text[:40]))
        return
    found.values["target_value"] = figure


def _with_unit(found: Read, text: str) -> Decimal | None:
    """≥300公里 in one cell: comparison, figure and unit."""
    match = _WITH_UNIT.fullmatch(canon(text).replace(" ", ""))
    figure = number_of(match["value"]) if match else None
    op = op_of(match["op"]) if match and match["op"] else ""
    if match is None or figure is None or op is None:
        return None
    found.values |= {"target_op": op, "target_unit": match["unit"]}
    return figure


def _target_op(_reader: Reader, found: Read, label: str, value: Value) -> None:
    text = text_of(value)
    op = "" if blank(text) else op_of(text)
    found.values["target_op"] = op or ""
    found.kept[label] = text if op is None else None
    if op is None:
        found.notes.append(say("tables.kept_only", column=label, text=text[:20]))


def _target_unit(_reader: Reader, found: Read, label: str, value: Value) -> None:
    text = text_of(value)
    if len(text) > 20:
        found.faults.append(say("tables.too_long", column=label, n=20))
    found.values["target_unit"] = text


def _weight(_reader: Reader, found: Read, label: str, value: Value) -> None:
    """A whole number; blank leaves the item unweighted."""
    text = text_of(value)
    if blank(text) or masked(text):
        return
    figure = number_of(value)
    if figure is None or figure != figure.to_integral_value() or not 0 <= figure <= HEAVIEST:
        found.faults.append(say("tables.no_weight", column=label, text=text[:40]))
        return
    found.values["weight"] = int(figure)


def _urgency(_reader: Reader, found: Read, label: str, value: Value) -> None:
    text = text_of(value)
    known = _URGENCY.get(text.lower())
    found.values["urgency"] = known or Task.Urgency.ORDINARY.value
    exact = known is not None and text == str(Task.Urgency(known).label)
    found.kept[label] = None if exact or blank(text) else text
    if known is None and not blank(text):
        found.notes.append(say("tables.kept_only", column=label, text=text[:20]))


def _line(reader: Reader, found: Read, label: str, value: Value) -> None:
    text = text_of(value)
    line = reader.lines.get(text)
    found.values["line_id"] = line
    if line is None and not blank(text):
        found.kept[label] = text
        found.notes.append(say("tables.no_line", text=text[:20]))


_READERS: Mapping[str, Callable[[Reader, Read, str, Value], None]] = {
    "title": _title,
    "unit": _unit,
    "lead": _lead,
    "support": _support,
    "leader": _person("lead_leader"),
    "owner": _person("owner"),
    "due": _due,
    "starts": _starts,
    "measures": _measures,
    "acceptance": _acceptance,
    "target_value": _target_value,
    "target_op": _target_op,
    "target_unit": _target_unit,
    "weight": _weight,
    "urgency": _urgency,
    "line": _line,
    "kept": _keep,
    "progress": _keep,
    "share": _keep,
}
