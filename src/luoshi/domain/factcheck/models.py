"""What the fact check is given, and what it answers: doubts with their place in the text.

Offsets are code points of the text handed in. Laws do not know each other, so what extraction
read comes as plain data (`Clause`); the figures and dates the check needs it reads itself, because
extraction keeps those of draft items only, and a contradiction may stand anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from luoshi.domain.base import Sentence, Severity

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch that extraction read: its kind (task, achievement …) and its part of the text."""

    start: int
    end: int
    kind: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A text to be checked: its words, plan year, clauses, and the date it bears where known.

    `dated_on` None: the law looks for a date line at the end or the head of the text.
    """

    text: str
    year: int | None = None
    clauses: tuple[Clause, ...] = ()
    dated_on: date | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """One finding in a text: code, place, what is wrong, what to do; `also` are places it quotes.

    `source` is the rule that the doubt stands on, where there is one outside the text (减负).

    An error contradicts itself or the calendar for certain; a warning most likely does; an info
    is a place to fill in or to know of.
    """

    code: str
    severity: Severity
    start: int
    end: int
    why: Sentence
    remedy: Sentence
    also: tuple[Span, ...] = ()
    source: Sentence | None = None
