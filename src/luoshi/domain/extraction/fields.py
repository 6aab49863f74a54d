"""From a clause and its verdict to an item with its fields."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from luoshi.domain.base import Sentence, say
from luoshi.domain.extraction import lexicon as lx
from luoshi.domain.extraction.clauses import trim
from luoshi.domain.extraction.confidence import confidence_of
from luoshi.domain.extraction.context import Document
from luoshi.domain.extraction.deadlines import Clock, read_deadline, time_phrases
from luoshi.domain.extraction.models import Deadline, Item, QuantityMention
from luoshi.domain.extraction.predicates import strength_of
from luoshi.domain.extraction.quantities import read_quantities
from luoshi.domain.extraction.responsible import APPARATUS, Parties, read_parties
from luoshi.domain.extraction.timecells import read_cell
from luoshi.domain.extraction.verdicts import Verdict
from luoshi.domain.text import letters_read

Span = tuple[int, int]
Quantities = tuple[QuantityMention, ...]
_DUTIES: Final = frozenset({"goal", "task", "indicator"})
_COUNTED: Final = frozenset({"goal", "task", "indicator", "problem", "achievement"})


_TIME_LABEL: Final = re.compile(
    r"(?:时限|(?:完成|办结|整改)(?:时限|时间|期限)|时间(?:节点|要求))(?:要求)?[::]\s*(?P<when>[^\n。;,)|]{1,30})"
)


_EVERYBODY: Final = re.compile(r"全[省市县区镇乡村]?(?:上下|体|[^,。]{0,4}(?:党员|干部|群众))")


@dataclass(frozen=True, slots=True)
class Extra:
    """What stands outside an item's span and belongs to it: apparatus, cells, a shared deadline."""

    spans: tuple[Span, ...] = ()
    parties: Parties | None = None
    deadline: Deadline | None = None
    period: str | None = None
    unit_head: str = ""


class Assembler:
    """Builds items of one document."""

    def __init__(self, text: str, original: str, document: Document, clock: Clock) -> None:
        self.text, self.original, self.document, self.clock = text, original, document, clock

    def item(
        self, span: Span, path: tuple[str, ...], verdict: Verdict, extra: Extra
    ) -> Item | None:
        """The item of a span; None where nothing but signs is left of it."""
        spans = [span, *extra.spans]
        start, end = self._core(*span)
        if start >= end:
            return None
        kind = verdict.kind
        parties = self._parties(spans, kind, extra)
        quantities = self._quantities((start, end), kind, extra)
        raw = self.original[start:end]
        masked = lx.MASK.search(raw) is not None or letters_read(raw)
        incomplete = self._cut_off(end)
        reasons: tuple[Sentence, ...] = verdict.reasons
        if masked:
            reasons += (say("extraction.masked"),)
        if incomplete:
            reasons += (say("extraction.incomplete"),)
        return Item(
            kind=kind,
            start=start,
            end=end,
            path=path,
            deadline=self._deadline(spans, kind, extra),
            responsible=parties.all,
            lead=parties.lead,
            supporting=parties.supporting,
            quantities=quantities,
            strength=strength_of(self.text[start:end]) if kind in _DUTIES else None,
            masked=masked,
            incomplete=incomplete,
            confidence=confidence_of(verdict.confidence, incomplete=incomplete),
            reasons=reasons,
            leaders=parties.leaders,
        )

    def _core(self, start: int, end: int) -> Span:
        """The span without blanks, final stop and an assignment bracket at its end."""
        start, end = trim(self.text, start, end)
        while True:
            found = [
                m
                for m in APPARATUS.finditer(self.text, max(start, end - 500), end)
                if m.end() >= end
            ]
            if not found or found[0].start() <= start:
                return start, end
            start, end = trim(self.text, start, found[0].start())

    def _cut_off(self, end: int) -> bool:
        """Whether the text breaks off at the end of this clause, in running text."""
        rest = self.original[end:].strip() if end > len(self.original) - 80 else "x"
        return not rest and end - self.original.rfind("\n", 0, end) > 40

    def _parties(self, spans: list[Span], kind: str, extra: Extra) -> Parties:
        if extra.parties is not None:
            return extra.parties
        if kind in {"boilerplate", "principle"}:
            return Parties()
        if kind in {"achievement", "problem"}:
            spans = list(extra.spans) + [m.span() for m in APPARATUS.finditer(self.text, *spans[0])]
            return read_parties(self.text, self.original, spans, duty=False)
        parties = read_parties(self.text, self.original, spans, duty=True)
        # An end for the whole has no doer of its own: 全镇上下 is everybody.
        whole = kind == "goal" and any(_EVERYBODY.match(name) for name in parties.all)
        return Parties() if whole else parties

    def _deadline(self, spans: Sequence[Span], kind: str, extra: Extra) -> Deadline | None:
        if kind not in _DUTIES:
            return None
        if extra.deadline is not None:
            return extra.deadline
        for span in reversed(spans):
            named = _TIME_LABEL.search(self.text, *span)
            if named is not None:
                return self.cell_deadline(trim(self.text, *named.span("when")))
            found = read_deadline(self.text, self.original, span, self.clock)
            if found is not None:
                return found
        return None

    def _quantities(self, span: Span, kind: str, extra: Extra) -> Quantities:
        if kind not in _COUNTED or (self.document.form == "commendation" and kind == "achievement"):
            return ()
        period = extra.period
        if period is None and kind == "indicator" and self.document.year:
            period = str(self.document.year)
        if period is None and kind in {"achievement", "problem"}:
            period = self.document.asof
        clock = self.clock
        if kind in {"achievement", "problem"} and (self.document.asof or "")[:4].isdigit():
            clock = Clock(int((self.document.asof or "")[:4]), clock.festivals)
        phrases = time_phrases(self.text, *span, clock)
        return read_quantities(self.text, self.original, span, phrases, period)

    def cell_deadline(self, span: Span) -> Deadline | None:
        """The deadline of a 时限 cell."""
        return read_cell(self.text, self.original, span, self.clock)


def period_of_head(head: str, year: int | None) -> str | None:
    """The period a column head names (二季度进展 → 2025-Q2, 9月进度 → 2025-09)."""
    if year is None:
        return None
    if match := re.search(r"([一二三四1-4])季度", head):
        return f"{year}-Q{'一二三四'.find(match[1]) + 1 or int(match[1])}"
    if match := re.search(r"上半年|下半年", head):
        return f"{year}-H{1 if match[0] == '上半年' else 2}"
    if match := re.search(r"(1[0-2]|[1-9])月", head):
        return f"{year}-{int(match[1]):02d}"
    return None
