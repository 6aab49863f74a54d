"""Why each clause became what it became, and why the rest became nothing."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from luoshi.domain.base import Sentence, say
from luoshi.domain.extraction.clauses import trim
from luoshi.domain.extraction.models import Item, Kind, Reading
from luoshi.domain.extraction.responsible import APPARATUS
from luoshi.domain.text import canon


@dataclass(frozen=True, slots=True)
class Why:
    """A stretch of the text, what it was read as (None: nothing of its own), and the reasons."""

    start: int
    end: int
    kind: Kind | None
    path: tuple[str, ...]
    confidence: Decimal | None
    reasons: tuple[Sentence, ...]


def explain(reading: Reading, text: str) -> tuple[Why, ...]:
    """Every clause of a text in order: the items, and between them what was left and why.

    Nothing is passed over: signs and blanks apart, the stretches together are the whole text.
    """
    plain = canon(text)
    found: list[Why] = []
    at = 0
    for item in sorted(reading.items, key=lambda item: (item.start, item.end)):
        if item.start > at:
            found += _left(plain, at, item.start, reading)
        found.append(_taken(item))
        at = max(at, item.end)
    found += _left(plain, at, len(plain), reading)
    return tuple(found)


def _taken(item: Item) -> Why:
    return Why(item.start, item.end, item.kind, item.path, item.confidence, item.reasons)


def _left(text: str, start: int, end: int, reading: Reading) -> Iterator[Why]:
    """The lines of a stretch that became no item, each with its one reason."""
    begin = start
    while begin < end:
        stop = text.find("\n", begin, end)
        stop = end if stop < 0 else stop
        low, high = trim(text, begin, stop)
        if low < high:
            yield Why(low, high, None, (), None, (_reason(text, low, high, reading),))
        begin = stop + 1


def _reason(text: str, start: int, end: int, reading: Reading) -> Sentence:
    words = text[start:end]
    at = bisect_left(reading.passed, start, key=lambda passed: passed.start)
    noted = reading.passed[at] if at < len(reading.passed) else None
    if noted is not None and noted.start < end and not words.startswith("#"):
        return noted.reason
    if words.startswith("#"):
        return say("extraction.left.comment")
    if APPARATUS.match(text, start, end) or APPARATUS.match(text, max(0, start - 1), end):
        return say("extraction.left.apparatus")
    title = canon(reading.title)
    if title and (words in title or title in words):
        return say("extraction.left.title")
    if any(section.mark and start <= section.start < end for section in reading.sections):
        return say("extraction.left.heading")
    return say("extraction.left.frame")
