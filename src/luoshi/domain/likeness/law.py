"""The same item in two texts: found by shared pairs of characters, shown with its reasons.

Nothing is merged here. A likeness is a proposal; a person confirms it or says that it is none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from luoshi.domain.text import canon, pairs

ALONE = 60
"""The share of pairs (Dice, in hundredths) at which words alone speak for the same item."""

BACKED = 36
"""The share that is enough where a figure or a unit is the same as well."""

COMMON = 40
"""A pair of characters that stands in more items than this (and in more than a 50th of them)
says nothing about which item it is; it finds no candidates, but it counts in the share."""

WORDS, LEAST = 4, 2
"""How many shared stretches are shown, and from how many characters on."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One item of one text: what it says, its figures as value and unit, and who is named."""

    key: str
    source: str
    text: str
    figures: frozenset[tuple[str, str]] = frozenset()
    units: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two items of two texts that seem to be one: the share in hundredths, and what they share."""

    first: str
    second: str
    share: int
    words: tuple[str, ...]
    figures: tuple[tuple[str, str], ...]
    units: tuple[str, ...]


def alike(items: Sequence[Asked]) -> tuple[Likeness, ...]:
    """Propose which items of different texts are one, the surest first.

    Share = 2 × common pairs ÷ all pairs, in hundredths, rounded down. From 60 on the words are
    enough; from 36 on, where a figure with its unit or a responsible unit is the same. An item
    has at most one partner in each other text: the surest likeness is settled first, equal ones
    by key. The answer does not depend on the order of the items.
    """
    ordered = sorted(items, key=lambda item: item.key)
    said = {item.key: pairs(canon(item.text)) for item in ordered}
    by_key = {item.key: item for item in ordered}
    found: list[tuple[int, str, str]] = []
    for one, other in _candidates(ordered, said):
        share = _share(said[one], said[other])
        if share >= ALONE or (share >= BACKED and _backed(by_key[one], by_key[other])):
            found.append((share, one, other))
    found.sort(key=lambda pair: (-pair[0], pair[1], pair[2]))
    return tuple(
        _likeness(by_key[one], by_key[other], said, share)
        for share, one, other in _settled(found, by_key)
    )


def _candidates(
    ordered: Sequence[Asked], said: Mapping[str, frozenset[str]]
) -> list[tuple[str, str]]:
    """Items of different texts that share at least two uncommon pairs, by an index of pairs."""
    held: defaultdict[str, list[int]] = defaultdict(list)
    for number, item in enumerate(ordered):
        for pair in said[item.key]:
            held[pair].append(number)
    most = max(COMMON, len(ordered) // 50)
    shared: Counter[tuple[int, int]] = Counter()
    for numbers in held.values():
        if len(numbers) > most:
            continue
        for at, one in enumerate(numbers):
            source = ordered[one].source
            shared.update(
                (one, other) for other in numbers[at + 1 :] if ordered[other].source != source
            )
    return [
        (ordered[one].key, ordered[other].key)
        for (one, other), count in shared.items()
        if count > 1
    ]


def _share(one: frozenset[str], other: frozenset[str]) -> int:
    """The common pairs of two items, in hundredths of both."""
    whole = len(one) + len(other)
    return 200 * len(one & other) // whole if whole else 0


def _backed(one: Asked, other: Asked) -> bool:
    """Whether a figure with its unit, or a unit, is the same in both."""
    return bool(one.figures & other.figures or one.units & other.units)


def _settled(
    found: Sequence[tuple[int, str, str]], by_key: Mapping[str, Asked]
) -> list[tuple[int, str, str]]:
    """One partner an item in each other text, the surest likeness first."""
    taken: set[tuple[str, str]] = set()
    kept = []
    for share, one, other in found:
        ways = (one, by_key[other].source), (other, by_key[one].source)
        if taken.isdisjoint(ways):
            taken.update(ways)
            kept.append((share, one, other))
    return kept


def _likeness(one: Asked, other: Asked, said: Mapping[str, frozenset[str]], share: int) -> Likeness:
    return Likeness(
        one.key,
        other.key,
        share,
        _stretches(one.text, said[one.key] & said[other.key]),
        tuple(sorted(one.figures & other.figures)),
        tuple(sorted(one.units & other.units)),
    )


def _stretches(text: str, common: frozenset[str]) -> tuple[str, ...]:
    """The longest stretches of a text whose every pair is shared, in the order of the text."""
    copy, found, start = canon(text), [], 0
    for at in range(1, len(copy) + 1):
        if copy[at - 1 : at + 1] in common:
            continue
        if at - start >= LEAST:
            found.append((start, at))
        start = at
    longest = sorted(found, key=lambda span: (span[0] - span[1], span[0]))[:WORDS]
    return tuple(dict.fromkeys(text[start:end] for start, end in sorted(longest)))
