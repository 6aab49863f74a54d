"""What the fact check is given of a text that was read; no database: the command uses it too."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from luoshi.domain.base import Severity
from luoshi.domain.factcheck import Clause, Doubt, Paper, check, check_burden
from luoshi.domain.workdays import WorkCalendar

if TYPE_CHECKING:
    from luoshi.domain.extraction import Reading


def paper_of(text: str, reading: Reading) -> Paper:
    """The paper that the law checks: the text, its plan year, and what extraction read where."""
    sections = sorted(reading.sections, key=lambda section: (section.start, section.level))
    clauses, k, part = [], 0, ""
    for item in sorted(reading.items, key=lambda item: item.start):
        while k < len(sections) and sections[k].start <= item.start:
            part, k = sections[k].part, k + 1
        clauses.append(Clause(item.start, item.end, item.kind, part))
    return Paper(text, reading.year, tuple(clauses))


def doubts_of(paper: Paper, calendar: WorkCalendar, *, burden: bool = False) -> tuple[Doubt, ...]:
    """Every doubt about a paper, or what it burdens the grassroots with."""
    return check_burden(paper, calendar) if burden else check(paper, calendar)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text: plain, or words that doubts speak of (`first`: those it opens)."""

    text: str
    severity: Severity | None = None
    quoted: bool = False
    first: tuple[int, ...] = ()


def pieces_of(text: str, doubts: Sequence[Doubt]) -> list[list[Piece]]:
    """The text paragraph by paragraph, every character once, with the words of the doubts marked.

    Doubts may overlap: where they do, the gravest marks the words. `first` counts from 1.
    """
    opens: dict[int, list[int]] = {}
    edges = {0, len(text)}
    spans: list[tuple[int, int, Severity | None]] = []
    for number, doubt in enumerate(doubts, 1):
        opens.setdefault(doubt.start, []).append(number)
        spans.append((doubt.start, doubt.end, doubt.severity))
        spans.extend((start, end, None) for start, end in doubt.also)
    for start, end, _ in spans:
        edges |= {start, end}
    marks = _marks(sorted(edges), spans)
    paragraphs: list[list[Piece]] = []
    offset = 0
    cuts = sorted(edges)
    for line in text.split("\n"):
        end = offset + len(line)
        inner = [offset, *_between(cuts, offset, end), end]
        found = [
            Piece(text[a:b], *marks[_holding(cuts, a)], tuple(opens.get(a, ())))
            for a, b in itertools.pairwise(inner)
            if a < b
        ]
        if found:
            paragraphs.append(found)
        offset = end + 1
    return paragraphs


_RANK: dict[Severity | None, int] = {None: 0, "info": 1, "warning": 2, "error": 3}


def _marks(
    cuts: Sequence[int], spans: Iterable[tuple[int, int, Severity | None]]
) -> dict[int, tuple[Severity | None, bool]]:
    """For each stretch between two cuts: the gravest doubt about it, and whether it is quoted."""
    place = {cut: k for k, cut in enumerate(cuts)}
    found: dict[int, tuple[Severity | None, bool]] = dict.fromkeys(cuts, (None, False))
    for start, end, severity in spans:
        for k in range(place[start], place[end]):
            before, quoted = found[cuts[k]]
            worse = severity if _RANK[severity] > _RANK[before] else before
            found[cuts[k]] = (worse, quoted or severity is None)
    return found


def _between(cuts: Sequence[int], start: int, end: int) -> Sequence[int]:
    return cuts[bisect_right(cuts, start) : bisect_left(cuts, end)]


def _holding(cuts: Sequence[int], at: int) -> int:
    return cuts[bisect_right(cuts, at) - 1]
