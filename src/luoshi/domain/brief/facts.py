"""Facts that a text may state, and the paragraphs and runs that state them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal
from uuid import UUID

MISSING: Final = "待补"
"""What stands where nothing is known; never 0, never a guess."""

_MASK: Final = re.compile(r"[*＊]+|[XxＸ×]{2,}|[_＿]{2,}")
_OPENS: Final = re.compile(r"^(?:[一二三四五六七八九十]+[是要]|但是|但|然而|不过)[,，]?")
_ENDS: Final = " \t\r\n\u3000。；;，,、."

FactKind = Literal["figure", "count", "name", "person", "date", "year", "passage"]
"""指标数值, 事项数, 单位名称, 人名, 日期, 年份, and a passage somebody wrote (成绩、不足、任务)."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is known, where from, and the page that proves it.

    `value` is text as the office writes it (38.6, 青榆镇, 12月31日); None where it is missing.
    `url_kind` and `url_id` name the row the reader can open.
    """

    id: str
    kind: FactKind
    label: str
    value: str | None
    unit: str = ""
    as_of: date | None = None
    url_kind: str = ""
    url_id: UUID | None = None

    @property
    def measure(self) -> str:
        """The unit a value is read with; a year's is 年."""
        return self.unit or ("年" if self.kind == "year" else "")

    @property
    def bare(self) -> str:
        """The value without its unit; masks (*, XX) and nothing at all read 待补.

        A passage loses its own number (一是), contrast word (但) and final stop: the paragraph
        that takes it brings its own.
        """
        value = " ".join(_MASK.sub(MISSING, self.value or "").split()).strip(_ENDS)
        if self.kind == "passage":
            value = _OPENS.sub("", value).strip(_ENDS)
        return value or MISSING

    @property
    def missing(self) -> bool:
        """Whether nothing is known."""
        return self.bare == MISSING

    @property
    def shown(self) -> str:
        """The value as it stands in a sentence; a missing one is 待补 and has no unit."""
        return MISSING if self.missing else f"{self.bare}{self.measure}"

    @property
    def renderings(self) -> tuple[str, ...]:
        """Every text that states this fact and no other."""
        texts = (self.shown, self.bare, self.label)
        return tuple(dict.fromkeys(text for text in texts if text))


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a paragraph; a run that states a fact carries its id."""

    text: str
    fact_id: str | None = None


Style = Literal["title", "salutation", "heading_1", "heading_2", "heading_3", "body"]
"""标题, 称谓, 一、, （一）, 1., 正文: the layout of GB/T 9704 hangs on these names."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; `mark` is its number (一、), counted by the plan and no figure of the text."""

    style: Style
    runs: tuple[Run, ...]
    mark: str = ""

    @property
    def text(self) -> str:
        """The paragraph as it is read."""
        return self.mark + "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing to be done next: the task, by when, by whom."""

    task: Fact
    due: Fact | None = None
    unit: Fact | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFacts:
    """One work line: its counts, achievements beside gaps, and what comes next.

    `no_gap` is the sentence by which the leader in charge states 本期无突出不足; without it a line
    with no gap is written 待补, so that none enters with only praise by oversight.
    """

    name: Fact
    total: Fact
    done: Fact
    overdue: Fact
    indicators: tuple[Fact, ...] = ()
    achievements: tuple[Fact, ...] = ()
    gaps: tuple[Fact, ...] = ()
    no_gap: Fact | None = None
    next_steps: tuple[NextStep, ...] = ()

    def all(self) -> Iterator[Fact]:
        """Every fact of the line."""
        yield from (self.name, self.total, self.done, self.overdue)
        yield from (*self.indicators, *self.achievements, *self.gaps)
        if self.no_gap is not None:
            yield self.no_gap
        for step in self.next_steps:
            yield from (fact for fact in (step.task, step.due, step.unit) if fact is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFacts:
    """What the annual review of one town rests on.

    `year` is reviewed, `plan_year` is what the last part plans (the same while the year runs).
    `as_of` is the day the counts were taken, a fact of kind "date". `superior` names under whose
    lead the year was worked, where the office wants the phrase.
    """

    town: Fact
    year: Fact
    plan_year: Fact
    as_of: Fact
    total: Fact
    done: Fact
    verified: Fact
    overdue: Fact
    superior: Fact | None = None
    indicators: tuple[Fact, ...] = ()
    lines: tuple[LineFacts, ...] = ()
    problems: tuple[Fact, ...] = ()

    def facts(self) -> Mapping[str, Fact]:
        """Every fact by its id, for `check` and for the links of the page."""
        own = (self.town, self.year, self.plan_year, self.as_of)
        counts = (self.total, self.done, self.verified, self.overdue)
        superior = () if self.superior is None else (self.superior,)
        lines = (fact for line in self.lines for fact in line.all())
        every = (*own, *counts, *superior, *self.indicators, *self.problems, *lines)
        return {fact.id: fact for fact in every}


def text_of(paragraphs: Iterable[Paragraph]) -> str:
    """The whole text, one paragraph a line: what is stored as the new document."""
    return "\n".join(paragraph.text for paragraph in paragraphs)
