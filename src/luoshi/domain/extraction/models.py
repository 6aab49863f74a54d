"""What the extraction law returns: outline, passages and draft items, all with exact offsets.

Offsets are code points of the text handed in; `text[x.start:x.end]` is exactly what `x` speaks of.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from luoshi.domain.base import Sentence

Kind = Literal["goal", "task", "indicator", "problem", "achievement", "principle", "boilerplate"]
KINDS: tuple[Kind, ...] = (
    "goal",
    "task",
    "indicator",
    "problem",
    "achievement",
    "principle",
    "boilerplate",
)
Part = Literal["review", "plan", "other"]
Op = Literal["=", ">=", ">", "<=", "<", "~", "range"]
Strength = Literal["must", "should", "strive", "encourage"]
Value = Decimal | tuple[Decimal, Decimal] | None


@dataclass(frozen=True, slots=True)
class Festivals:
    """Dates of festivals by year and name; lunar ones cannot be computed here and come as data."""

    days: Mapping[int, Mapping[str, date]] = field(default_factory=dict)

    def on(self, name: str, year: int) -> date | None:
        """The date of the festival in that year; None where the table does not hold it."""
        return self.days.get(year, {}).get(name)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time limit: as written, and normalised as LABELLING.md says (None: not fixed by the text).

    `norm` is an ISO date (last day allowed), a period ("2026", "2026-H1", "2026-Q1", "2026-05"),
    or "ongoing", "recurring", "relative". `soft` marks 力争/争取.
    """

    text: str
    norm: str | None
    start: int
    end: int
    soft: bool = False


@dataclass(frozen=True, slots=True)
class QuantityMention:
    """A figure with its unit; `value` is None where it is masked or missing (待补), never 0."""

    name: str
    op: Op
    value: Value
    unit: str
    period: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Section:
    """One piece of the outline; the ranges of all sections tile the text, nesting is by parent.

    `mark` is the numbering as a path element ("一", "(二)", "一是"); "" for the whole document and
    for text that returns to an outer level after a list.
    """

    mark: str
    level: int
    title: str
    start: int
    end: int
    parent_index: int | None
    part: Part


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence or part between semicolons; all passages joined give the text back."""

    start: int
    end: int
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A draft item: a kind, its passage and the fields read from it; a person decides."""

    kind: Kind
    start: int
    end: int
    path: tuple[str, ...] = ()
    deadline: Deadline | None = None
    responsible: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    supporting: tuple[str, ...] = ()
    quantities: tuple[QuantityMention, ...] = ()
    strength: Strength | None = None
    masked: bool = False
    incomplete: bool = False
    confidence: Decimal = Decimal("0.5")
    reasons: tuple[Sentence, ...] = ()
    pair: int | None = None
    leaders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passed:
    """A stretch of text that became no item, and why: a heading, a frame, an assignment …."""

    start: int
    end: int
    reason: Sentence


@dataclass(frozen=True, slots=True)
class Reading:
    """A text read: its form, title and plan year, outline, sentences, draft items, and the rest."""

    doc_type: str
    title: str
    year: int | None
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    items: tuple[Item, ...]
    passed: tuple[Passed, ...] = ()
