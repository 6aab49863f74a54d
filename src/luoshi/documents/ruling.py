"""Local rules applied to a reading, as data, after the law has read: no writing, no model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from luoshi.documents.models import DraftItem, LocalRule
from luoshi.domain.base import Sentence, say
from luoshi.domain.extraction.models import Item, Reading, Section

_MARKS = re.compile(r"[\s，,。.；;：:、！!（）()]+")


@dataclass(frozen=True, slots=True)
class Ruled:
    """What local rules make of one item: another kind, a proposed disposition, units, why."""

    kind: str = ""
    disposition: str = ""
    names: tuple[str, ...] = ()
    why: tuple[Sentence, ...] = ()


NOTHING = Ruled()


def ruled(rules: Sequence[LocalRule], text: str, reading: Reading) -> list[Ruled]:
    """What the rules say of each item of the reading, in order.

    A sentence's own words count before the heading it stands under, a longer phrase before a
    shorter one. Every rule that acted is named in the reasons.
    """
    if not rules:
        return [NOTHING] * len(reading.items)
    titles = _titles(reading)
    order = sorted(rules, key=lambda rule: (rule.kind != "sentence", -len(rule.phrase)))
    return [
        _one(order, text[item.start : item.end], titles.get(_section(reading, item), ()))
        for item in reading.items
    ]


def _one(rules: Iterable[LocalRule], words: str, above: Sequence[str]) -> Ruled:
    kind = disposition = ""
    names: list[str] = []
    why: list[Sentence] = []
    for rule in rules:
        if rule.kind == LocalRule.Kind.UNIT:
            if rule.phrase in words:
                names.append(rule.phrase)
                target = rule.target.short_name if rule.target else ""
                why.append(say("documents.rule_unit", phrase=rule.phrase, unit=target))
            continue
        if kind or disposition:
            continue
        if rule.kind == LocalRule.Kind.SENTENCE:
            holds = rule.phrase in words
        else:
            holds = bare(rule.phrase) in above
        if holds:
            if rule.outcome in DraftItem.Kind.values:
                kind = rule.outcome
            else:
                disposition = rule.outcome
            by_words = rule.kind == LocalRule.Kind.SENTENCE
            why.append(
                say(
                    "documents.rule_sentence" if by_words else "documents.rule_heading",
                    phrase=rule.phrase,
                    outcome=rule.outcome,
                )
            )
    return Ruled(kind, disposition, tuple(names), tuple(why))


def bare(title: str) -> str:
    """A heading without blanks and signs: what two headings that say the same share."""
    return _MARKS.sub("", title)


def _section(reading: Reading, item: Item) -> int:
    """The innermost section that the item stands in, by its index; -1 where there is none."""
    holding = [
        (section.start, section.level, index)
        for index, section in enumerate(reading.sections)
        if section.start <= item.start < section.end
    ]
    return max(holding, default=(0, 0, -1))[2]


def _titles(reading: Reading) -> Mapping[int, tuple[str, ...]]:
    """The bare titles of each section and of all above it."""
    found: dict[int, tuple[str, ...]] = {}

    def of(index: int) -> tuple[str, ...]:
        if index not in found:
            section: Section = reading.sections[index]
            above = () if section.parent_index is None else of(section.parent_index)
            found[index] = (bare(section.title), *above)
        return found[index]

    for index in range(len(reading.sections)):
        of(index)
    return found


def aliases(rules: Iterable[LocalRule]) -> dict[str, UUID]:
    """The names that local rules give to units."""
    return {rule.phrase: rule.target_id for rule in rules if rule.target_id is not None}
