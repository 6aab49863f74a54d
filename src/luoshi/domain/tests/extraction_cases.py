"""Texts of our own with labels inside them: ⟦kind r=… d=… q=…|words⟧.

Kinds: g goal, i indicator, t task, p problem, a achievement, r principle, b boilerplate. `r` lists
the responsible units, `d` the last day, `q` the figures with their units, each apart by "/".
The labels follow the labelling rules of the gold set and were set before the law read the texts.
"""

from __future__ import annotations

import pathlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from luoshi.domain.base import month_end
from luoshi.domain.extraction import Item, Reading
from luoshi.domain.extraction.models import Value

FOLDER: Final = pathlib.Path(__file__).parent / "extraction_texts"
KINDS: Final = {
    "g": "goal",
    "i": "indicator",
    "t": "task",
    "p": "problem",
    "a": "achievement",
    "r": "principle",
    "b": "boilerplate",
}
_MARK: Final = re.compile(r"⟦(?P<kind>[gitparb])(?P<fields>[^|⟧]*)\|(?P<words>[^⟧]*)⟧")
_SIGNS: Final = re.compile(r"[\s,，;；:：。、.!！?？|()（）\"“”]")


@dataclass(frozen=True, slots=True)
class Label:
    """One labelled item: kind, range, and the fields that are written with it."""

    kind: str
    start: int
    end: int
    fields: dict[str, str]


def cases() -> Iterator[tuple[str, str, list[Label]]]:
    """Name, plain text and labels of every text of the folder."""
    for path in sorted(FOLDER.glob("*.txt")):
        marked = path.read_text(encoding="utf-8")
        plain, at, labels = "", 0, []
        for match in _MARK.finditer(marked):
            plain += marked[at : match.start()]
            fields = dict(f.split("=", 1) for f in match["fields"].split())
            end = len(plain) + len(match["words"])
            labels.append(Label(KINDS[match["kind"]], len(plain), end, fields))
            plain += match["words"]
            at = match.end()
        yield path.stem, plain + marked[at:], labels


def overlap(text: str, item: Item, label: Label) -> float:
    """Shared characters over all characters, blanks and signs left out."""
    low, high = max(item.start, label.start), min(item.end, label.end)
    shared = len(_SIGNS.sub("", text[low:high])) if low < high else 0
    either = (
        len(_SIGNS.sub("", text[item.start : item.end]))
        + len(_SIGNS.sub("", text[label.start : label.end]))
        - shared
    )
    return shared / max(1, either)


def matched(
    text: str, reading: Reading, labels: list[Label], *, kinds: frozenset[str]
) -> tuple[list[tuple[Item, Label]], list[Item], list[Label]]:
    """Pairs of the same kind that overlap by half or more; then what is over on either side."""
    items = [i for i in reading.items if i.kind in kinds]
    wanted = [k for k in labels if k.kind in kinds]
    pairs: list[tuple[Item, Label]] = []
    for label in wanted:
        fits = [i for i in items if i.kind == label.kind and overlap(text, i, label) >= 0.5]
        if fits:
            best = max(fits, key=lambda i: overlap(text, i, label))
            items.remove(best)
            pairs.append((best, label))
    found = [label for _, label in pairs]
    return pairs, items, [k for k in wanted if k not in found]


def told(item: Item, field: str) -> set[str]:
    """The item's values of one field, as the labels write them."""
    if field == "r":
        return set(item.responsible)
    if field == "d":
        norm = item.deadline.norm if item.deadline else None
        ends = {"Q1": "03-31", "Q2": "06-30", "Q3": "09-30", "Q4": "12-31", "H1": "06-30"}
        year, _, part = (norm or "").partition("-")
        if part.isdigit() and len(part) == 2:
            return {month_end(int(year), int(part)).isoformat()}
        return {f"{year}-{ends[part]}" if part in ends else norm} if norm and part else set()
    return {f"{_value(q.value)}{q.unit}" for q in item.quantities}


def _value(value: Value) -> str:
    """A figure as the labels write it: * where it is masked, 8-10 for a range."""
    if value is None:
        return "*"
    return "-".join(format(v, "f") for v in (value if isinstance(value, tuple) else (value,)))
