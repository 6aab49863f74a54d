"""Why a reading may not be entered: the rules before any row is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from luoshi.domain.base import Period, Sentence, say
from luoshi.domain.measuring.periods import Rhythm, periods_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Stating:
    """What is known of a cell before it is saved.

    `published` says that the figure comes from a published source, with a title and a day.
    """

    period: Period
    today: date
    as_of: date
    statistics: bool
    published: bool
    reckoned: bool
    composed: bool
    rhythm: Rhythm
    reports: bool
    revises: bool
    reason: str


def why_not(cell: Stating) -> Sentence | None:
    """The first rule that the cell breaks, or None.

    Reckoned and composed indicators follow from their parts. Statistics are read from what was
    published, with its source; business figures are stated by the units that report. Nobody
    states a period that has not begun to end: a month, quarter or year is stated from its last day
    on. A revision says why.
    """
    return _whose(cell) or _when(cell)


def _whose(cell: Stating) -> Sentence | None:
    if cell.reckoned:
        return say("measuring.reckoned")
    if cell.composed:
        return say("measuring.composed")
    if cell.statistics and not cell.published:
        return say("measuring.statistics")
    return None if cell.reports else say("measuring.no_reporter")


def _when(cell: Stating) -> Sentence | None:
    if cell.period not in periods_of(cell.rhythm, cell.period.start.year):
        return say("measuring.other_rhythm")
    if cell.period.end > cell.today:
        return say("measuring.future", end=cell.period.end)
    if cell.as_of > cell.today:
        return say("measuring.future_source", as_of=cell.as_of)
    if cell.revises and not cell.reason.strip():
        return say("measuring.revision_says_why")
    return None
