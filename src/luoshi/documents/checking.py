"""What the fact check is given of a text that was read; no database: the command uses it too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from luoshi.domain.factcheck import Clause, Doubt, Paper, check, check_burden
from luoshi.office.china_calendar import china_calendar

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


def doubts_of(paper: Paper, *, burden: bool = False) -> tuple[Doubt, ...]:
    """Every doubt about a paper, or what it burdens the grassroots with."""
    return check_burden(paper) if burden else check(paper, china_calendar())
