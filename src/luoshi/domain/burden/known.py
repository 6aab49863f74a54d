"""Which questions of a new form the ledger can answer already, and by which word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from luoshi.domain.base import Sentence
from luoshi.domain.text import canon

How = Literal["same", "synonym", "within"]

_BRACKETS: Final = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]")
_MARKS: Final = re.compile(r"[\s:：,，、。;；/／*＊\-—_\"“”'‘’]+")
_FILLER: Final = re.compile(
    r"(?:20\d\d年度?|(?:本|上|下|全|今|当)(?:年度?|季度?|月份?|半年)|[一二三四]季度|\d{1,2}月份?"
    r"|截至目前|截止目前|目前|当前|累计|填报|上报|报送|实际|具体|本(?:单位|村|镇|部门)|各(?:单位|村|部门)"
    r"|所在|有关|相关|的|数|数值|数据|数量|总数|总量|总额|情况|完成(?:数|值|情况)?|名称)+"
)


@dataclass(frozen=True, slots=True)
class Known:
    """A fact with a home: its name, other words for it, and where it stands.

    `source` and `key` name the home for whoever prints the fact: a room's kind of row and its key.
    """

    name: str
    words: tuple[str, ...]
    where: Sentence
    source: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A field of a new form and the fact that answers it; `how` and `word` explain why."""

    field: str
    known: Known
    how: How
    word: str


def bare(name: str) -> str:
    """A header as it is compared: half-width, without brackets, blanks and punctuation."""
    return _MARKS.sub("", _BRACKETS.sub("", canon(name))).lower()


def known_in(field: str, facts: Sequence[Known]) -> Match | None:
    """The fact that a field asks for again, or None: by its name, by a synonym, or within fillers.

    The name itself wins over a synonym, a synonym over a name with words around it that add
    nothing (本年累计…完成情况). What is only part of a longer name is another fact.
    """
    asked = bare(field)
    if not asked:
        return None
    for how, words in (("same", _names), ("synonym", _synonyms)):
        for fact in facts:
            for word in words(fact):
                if bare(word) == asked:
                    return Match(field, fact, how, word)  # type: ignore[arg-type]
    found = [
        (len(bare(word)), fact, word)
        for fact in facts
        for word in (fact.name, *fact.words)
        if _within(bare(word), asked)
    ]
    if not found:
        return None
    _, fact, word = max(found, key=lambda one: one[0])
    return Match(field, fact, "within", word)


def _names(fact: Known) -> Iterable[str]:
    return (fact.name,)


def _synonyms(fact: Known) -> Iterable[str]:
    return fact.words


def _within(word: str, asked: str) -> bool:
    """Whether the word stands in what is asked, and all around it is filler."""
    if len(word) < 2 or word not in asked:
        return False
    before, _, after = asked.partition(word)
    return all(not part or _FILLER.fullmatch(part) is not None for part in (before, after))
