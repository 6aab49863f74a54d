"""预警在先: telling a risk before the light turns costs nothing; hidden delay is what costs.

A light turns by itself, when a node, a due date or a planned start passes; or it turns on the day
of a report, because the report says honestly how far things are. Only the first can be hidden.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from luoshi.domain.base import Sentence, say
from luoshi.domain.pacing.lights import SEVERITY, Facts, light
from luoshi.domain.pacing.rules import DEFAULT_RULE, LightRule

DAY = timedelta(days=1)
SPEAKS = timedelta(days=92)
"""A plain warning speaks for a quarter; a blocker for as long as it stands."""

Word = Literal["none", "standing", "warned", "told", "late", "hidden"]


@dataclass(frozen=True, slots=True)
class Spell:
    """A light that was not in order from a day to another (None: still); by whose word.

    `told`: it turned on the day of a report, by the figure that the report gave.
    """

    from_on: date
    to_on: date | None = None
    told: bool = False


@dataclass(frozen=True, slots=True)
class Forewarning:
    """A risk told on a day, which speaks until another day (None: until it is taken back)."""

    on: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Early:
    """Whether the delay was told in time: the word, the days it was hidden, and the sentence.

    `warned_on` is the warning that counts for the light's turn, `turned_on` the day it turned.
    `days` is what an assessment may charge for; 0 for whoever spoke in time.
    """

    word: Word
    days: int = 0
    why: Sentence | None = None
    warned_on: date | None = None
    turned_on: date | None = None


def plain_warning(on: date) -> Forewarning:
    """A risk told in a report: it speaks for a quarter."""
    return Forewarning(on, on + SPEAKS)


def spells(
    history: Sequence[tuple[date, Facts]], on: date, rule: LightRule = DEFAULT_RULE
) -> tuple[Spell, ...]:
    """The spells of an item whose facts held from their days on, in order; the last one is now.

    Between two pieces only time passes, and time alone never mends a light: so the first bad day
    of a piece is found by halving.
    """
    found: list[Spell] = []
    pieces = [(since, facts) for since, facts in sorted(history, key=lambda p: p[0]) if since <= on]
    for number, (since, facts) in enumerate(pieces):
        last = pieces[number + 1][0] - DAY if number + 1 < len(pieces) else on
        if last < since:
            continue
        bad = _first_bad(facts, since, last, rule)
        open_before = bool(found) and found[-1].to_on is None
        if open_before and bad != since:
            found[-1] = Spell(found[-1].from_on, since - DAY, found[-1].told)
            open_before = False
        if bad is not None and not open_before:
            found.append(Spell(bad, None, told=bad == since == facts.reported_on))
    return tuple(found)


def _first_bad(facts: Facts, first: date, last: date, rule: LightRule) -> date | None:
    """The first day of a piece on which the light is not in order; None where it stays so."""
    if not SEVERITY[light(facts, last, rule).word]:
        return None
    low, high = 0, (last - first).days
    while low < high:
        middle = (low + high) // 2
        if SEVERITY[light(facts, first + middle * DAY, rule).word]:
            high = middle
        else:
            low = middle + 1
    return first + low * DAY


def early(spell: Spell | None, warnings: Iterable[Forewarning], on: date) -> Early:
    """Whether the unit spoke before the light turned, on the day or after it, or not at all.

    Before the turn or on its day: 0 days, however long the delay lasts. After it: the days
    between. Not at all: every day since. A spell that is over counts to its own end.
    """
    known = sorted((one for one in warnings if one.on <= on), key=lambda one: one.on)
    if spell is None or spell.from_on > on:
        standing = next((one for one in known if _speaks(one, on)), None)
        if standing is None:
            return Early("none")
        return Early("standing", 0, say("early.standing", on=standing.on), standing.on)
    turned = spell.from_on
    before = next((one for one in known if one.on <= turned and _speaks(one, turned)), None)
    if before is not None and not (spell.told and before.on == turned):
        ahead = (turned - before.on).days
        why = say("early.warned", on=before.on, turned=turned, days=ahead)
        return Early("warned", 0, why, before.on, turned)
    if spell.told:
        return Early("told", 0, say("early.told", turned=turned), turned, turned)
    end = min(on, spell.to_on or on)
    after = next((one for one in known if turned < one.on <= end), None)
    if after is not None:
        days = (after.on - turned).days
        return Early("late", days, say("early.late", turned=turned, on=after.on, days=days),
                     after.on, turned)  # fmt: skip
    days = (end - turned).days + 1
    return Early("hidden", days, say("early.hidden", turned=turned, days=days), None, turned)


def _speaks(warning: Forewarning, day: date) -> bool:
    return warning.until is None or warning.until >= day
