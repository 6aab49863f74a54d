"""The reader page as data: the text cut into highlighted stretches, and the table beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from luoshi.adoption.matching import Directory, Proposal, proposals
from luoshi.documents.models import DraftItem

OBLIGING = frozenset({"goal", "indicator", "task", "problem"})
"""Kinds that oblige somebody: nobody taking one up is a gap (C11)."""

ADOPTABLE = OBLIGING | {"achievement"}
DOUBT = "doubt"
SURE = 80
"""From this confidence (percent) on the reader is sure (its reckoned chance of being right)."""

OPS = {"=": "", ">=": "≥", ">": ">", "<=": "≤", "<": "<", "~": "约", "range": ""}


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered piece of the outline with everything below it."""

    index: int
    mark: str
    title: str
    level: int
    start: int
    end: int

    def holds(self, draft: DraftItem) -> bool:
        """Whether the draft's passage starts in the section."""
        return self.start <= draft.passage.start < self.end

    @property
    def label(self) -> str:
        """Mark and the beginning of the title."""
        return f"{self.mark} {self.title[:24]}"


def sure(draft: DraftItem, today: date) -> bool:
    """Whether a waiting draft may be taken up with all others that need no second look.

    Not where the reader was in doubt, where a figure is masked (待补), where the time limit has
    passed, or where a local rule proposes something else.
    """
    late = draft.due_on is not None and draft.due_on < today
    return (
        draft.state == DraftItem.State.DRAFT
        and draft.kind in ADOPTABLE
        and draft.confidence >= SURE
        and not (draft.masked or late or draft.disposition)
    )


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the text: plain, or the passage of a draft (`draft` set)."""

    text: str
    draft: DraftItem | None = None
    first: bool = True
    here: bool = True
    open: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One draft as the table shows it."""

    draft: DraftItem
    quantities: tuple[str, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    link: str = ""
    doubt: bool = False

    @property
    def rows(self) -> int:
        """How many lines its words need in the field."""
        return min(len(self.draft.title) // 28 + 1, 8)


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one top section, so that a section can be taken up at once."""

    section: Section | None
    lines: list[Line] = field(default_factory=list)

    @property
    def waiting(self) -> int:
        """How many lines could be taken up."""
        return sum(
            line.draft.state == DraftItem.State.DRAFT and line.draft.kind in ADOPTABLE
            for line in self.lines
        )

    @property
    def principles(self) -> int:
        """How many lines only want to be passed on (传达学习)."""
        return sum(
            line.draft.state == DraftItem.State.DRAFT
            and line.draft.kind == DraftItem.Kind.PRINCIPLE
            for line in self.lines
        )


@dataclass(frozen=True, slots=True)
class Filter:
    """What the address asks to see: a section, a kind, a state (or only what is in doubt)."""

    section: int | None = None
    kind: str = ""
    state: str = ""

    def passes(self, draft: DraftItem, sections: Sequence[Section]) -> bool:
        """Whether the table shows the draft; formulas are shown only where asked for."""
        if self.section is not None and not sections[self.section].holds(draft):
            return False
        if self.state:
            wanted = DraftItem.State.DRAFT if self.state == DOUBT else self.state
            if draft.state != wanted or (self.state == DOUBT and draft.confidence >= SURE):
                return False
        elif draft.state == DraftItem.State.MERGED:
            return False
        if self.kind:
            return self.kind in ("all", draft.kind)
        return draft.kind != DraftItem.Kind.BOILERPLATE or bool(self.state)


def sections_of(outline: Iterable[Mapping[str, Any]], length: int) -> list[Section]:
    """The outline with each section reaching to the next of its level or above."""
    rows = list(outline)
    found = []
    for index, row in enumerate(rows):
        following = (
            later["start"] for later in rows[index + 1 :] if later["level"] <= row["level"]
        )
        end = next(following, length)
        found.append(Section(index, row["mark"], row["title"], row["level"], row["start"], end))
    return found


def stretches(
    text: str, drafts: Sequence[DraftItem], shown: frozenset[UUID]
) -> list[list[Stretch]]:
    """The text paragraph by paragraph, every character once; passages of drafts are marked.

    A merged draft's passage points at the draft it went into. Overlaps keep the earlier passage.
    """
    by_id = {draft.pk: draft for draft in drafts}
    spans: list[tuple[int, int, DraftItem]] = []
    cursor = 0
    for draft in sorted(drafts, key=lambda d: (d.passage.start, d.position)):
        start, end = draft.passage.start, draft.passage.end
        if start >= cursor:
            spans.append((start, end, by_id.get(draft.merged_into_id or draft.pk, draft)))
            cursor = end
    paragraphs: list[list[Stretch]] = []
    offset = next_span = 0
    for line in text.split("\n"):
        end = offset + len(line)
        while next_span < len(spans) and spans[next_span][1] <= offset:
            next_span += 1
        paragraphs.append(_paragraph(text, offset, end, islice(spans, next_span, None), shown))
        offset = end + 1
    return [paragraph for paragraph in paragraphs if paragraph]


def _paragraph(
    text: str,
    start: int,
    end: int,
    spans: Iterable[tuple[int, int, DraftItem]],
    shown: frozenset[UUID],
) -> list[Stretch]:
    found: list[Stretch] = []
    at = start
    for first, last, draft in spans:
        low, high = max(first, start), min(last, end)
        if low >= end:
            break
        if at < low:
            found.append(Stretch(text[at:low]))
        waits = draft.state == DraftItem.State.DRAFT and draft.kind in OBLIGING
        found.append(
            Stretch(text[low:high], draft, first=low == first, here=draft.pk in shown, open=waits)
        )
        at = high
    if at < end:
        found.append(Stretch(text[at:end]))
    return found


def groups_of(lines: Sequence[Line], sections: Sequence[Section]) -> list[Group]:
    """Lines under the top sections they stand in, in the order of the text."""
    top = min((section.level for section in sections), default=0)
    heads = [section for section in sections if section.level == top]
    groups: list[Group] = []
    for line in lines:
        head = next((section for section in heads if section.holds(line.draft)), None)
        if not groups or groups[-1].section != head:
            groups.append(Group(head))
        groups[-1].lines.append(line)
    return groups


def quantity_words(quantity: Mapping[str, Any]) -> str:
    """A figure in words: name, comparison, value, unit; what is masked stays 待补."""
    value, op = quantity.get("value"), OPS.get(quantity.get("op", ""), "")
    told = "—".join(value) if isinstance(value, list) else value or "待补"
    return f"{quantity.get('name', '')}{op}{told}{quantity.get('unit', '')}"


@dataclass(frozen=True, slots=True)
class Cut:
    """A clause of a passage and the offset behind it, where a draft can be cut in two."""

    text: str
    at: int | None


def cuts_of(text: str, start: int, end: int) -> list[Cut]:
    """The clauses of a passage; each but the last ends where a cut makes sense (，；。：、)."""
    found, at = [], start
    for place in range(start, end - 1):
        if text[place] in "，,；;。：:、!！?？\n":
            found.append(Cut(text[at : place + 1], place + 1))
            at = place + 1
    return [*found, Cut(text[at:end], None)]


def line_of(draft: DraftItem, known: Directory) -> Line:
    """One row of the table: the draft, its figures in words, whom its names seem to mean."""
    return Line(
        draft,
        tuple(quantity_words(quantity) for quantity in draft.quantities),
        tuple(proposals(draft.responsible, known)),
        link=link_of(draft),
        doubt=draft.state == DraftItem.State.DRAFT and draft.confidence < SURE,
    )


def link_of(draft: DraftItem) -> str:
    """The page of the task, problem or indicator that a draft became; goals have none."""
    if draft.adopted_kind == "goals.note" and draft.kind == DraftItem.Kind.PROBLEM:
        return reverse("adoption:problem", args=[draft.adopted_id])
    if draft.adopted_kind == "indicators.target":
        return reverse("indicators:adopted", args=[draft.adopted_id])
    if draft.adopted_kind != "ledger.task" or draft.adopted_id is None:
        return ""
    for name in ("home:task", "ledger:task"):
        try:
            return reverse(name, args=[draft.adopted_id])
        except NoReverseMatch:
            continue
    return ""


def target_of(item: DraftItem) -> tuple[Decimal | None, str, str]:
    """The target quantity that a task takes from a draft: value, unit, comparison.

    The first figure with a name counts; a range aims at its lower end; masked stays None (待补).
    More than four decimals cannot be kept exactly, so such a value stays None too.
    """
    for quantity in item.quantities:
        value = quantity.get("value")
        if isinstance(value, list):
            value = value[0]
        number = Decimal(value) if value else None
        if number is not None and number != number.quantize(Decimal("0.0001")):
            number = None
        op = ">=" if quantity.get("op") == "range" else quantity.get("op", "")
        return number, str(quantity.get("unit", ""))[:20], str(op)[:6]
    return None, "", ""
