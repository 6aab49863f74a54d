"""A holiday notice as a person pastes it: days off and make-up working days, and what was not read.

Reads the State Council's own sentences (春节：2月15日（周日）至23日放假调休，共9天。2月14日上班。)
and plain lines (2027-02-05至2027-02-11 休 春节; 2027-02-14 班).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

_BRACKETS = re.compile(r"[（(][^）)]*[）)]")
_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:\s*(?:至|到|~|—+)\s*(\d{4})-(\d{1,2})-(\d{1,2}))?"
)
_DAY = re.compile(
    r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:\s*(?:至|到|—+|-)\s*(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日)?"
)
LONGEST, MOST_DAYS = 20, 120
"""No holiday is longer, and no notice names more days."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Days by whether they are worked; the sentences with a day that were not understood."""

    days: Mapping[date, bool]
    unread: tuple[str, ...]


def read_notice(text: str, year: int) -> Notice:
    """The days of a notice; a date without a year is of `year`, or of the year named before it."""
    days: dict[date, bool] = {}
    unread: list[str] = []
    for line in text[:20_000].splitlines():
        for sentence in re.split(r"[。；;]", _BRACKETS.sub("", line)):
            works = _works(sentence)
            found = list(_days_in(sentence, year))
            if works is None or not found or any(day is None for day in found):
                if found:
                    unread.append(sentence.strip()[:60])
                continue
            days |= {day: works for day in found if day is not None}
    return Notice(dict(sorted(days.items())[:MOST_DAYS]), tuple(unread[:10]))


def _works(sentence: str) -> bool | None:
    if re.search(r"放假|休(?!息日)", sentence):
        return False
    return True if re.search(r"上班|(?<![值开加夜])班", sentence) else None


def _days_in(sentence: str, year: int) -> Iterator[date | None]:
    """Every day of a sentence; None for one that does not exist, or a range that cannot be."""
    isos = list(_ISO.finditer(sentence))
    for match in isos:
        one = [int(part) for part in match.groups()[:3]]
        two = [int(part) for part in match.groups()[3:] if part] or one
        yield from _range(_date(*one), _date(*two))
    if isos:
        return
    named, month = year, 0
    for match in _DAY.finditer(sentence):
        y1, m1, d1, y2, m2, d2 = (int(part) if part else 0 for part in match.groups())
        named, month = y1 or named, m1 or month
        first = _date(named, month, d1)
        last = _date(y2 or named, m2 or month, d2) if d2 else first
        named, month = y2 or named, m2 or month
        yield from _range(first, last)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _range(first: date | None, last: date | None) -> Iterator[date | None]:
    if first is None or last is None or not 0 <= (last - first).days < LONGEST:
        yield None
        return
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)
