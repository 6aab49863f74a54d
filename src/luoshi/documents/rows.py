"""From what the extraction law read to the rows that keep it. No writing here."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from luoshi.documents.apart import apart
from luoshi.documents.models import Document, DraftItem, LocalRule, Passage
from luoshi.documents.ruling import Ruled, ruled
from luoshi.domain.base import Period, month_end
from luoshi.domain.extraction.models import Item, QuantityMention, Reading
from luoshi.journal.actions import plain

TITLE = 400
RULED = 100
"""The confidence of what a person's own rule decided, in percent."""

_NORM = re.compile(r"(\d{4})(?:-(?:(\d\d)(?:-(\d\d))?|H([12])|Q([1-4])))?")


@dataclass(frozen=True, slots=True)
class ReadRows:
    """Rows ready to be written together with the document's own facts."""

    doc_type: str
    year: int | None
    outline: list[dict[str, Any]]
    passages: list[Passage]
    drafts: list[DraftItem]


def rows_of(document: Document, reading: Reading, rules: Sequence[LocalRule] = ()) -> ReadRows:
    """Make one passage and one draft for each item of the reading, pairs tied.

    Local rules are applied on the way; the reasons name each that acted.
    """
    passages: list[Passage] = []
    drafts: list[DraftItem] = []
    says = ruled(rules, document.text, reading)
    for position, (item, rule) in enumerate(zip(reading.items, says, strict=True), 1):
        passage = Passage(
            jurisdiction=document.jurisdiction,
            document=document,
            start=item.start,
            end=item.end,
            path=list(item.path),
            part=_part(reading, item),
        )
        passages.append(passage)
        drafts.append(_draft(document, passage, position * 10, item, rule))
    for draft, item in zip(drafts, reading.items, strict=True):
        if item.pair is not None:
            draft.pair_id = drafts[item.pair].pk
    return ReadRows(reading.doc_type, reading.year, _outline(reading), passages, drafts)


def due_of(norm: str | None) -> date | None:
    """The last day that a normalised deadline allows; None where the text does not fix it.

    "2024-06-30" → itself, "2024-Q1" → 2024-03-31, "2024" → 2024-12-31, "ongoing" → None.
    """
    match = _NORM.fullmatch(norm or "")
    if match is None:
        return None
    year, month, day, half, quarter = (int(part) if part else None for part in match.groups())
    assert year is not None
    try:
        if month and day:
            return date(year, month, day)
        if month:
            return month_end(year, month)
        if half:
            return Period.half(year, half).end
        return Period.quarter(year, quarter).end if quarter else Period.year(year).end
    except ValueError:
        return None


def _draft(
    document: Document, passage: Passage, position: int, item: Item, rule: Ruled
) -> DraftItem:
    words = " ".join(document.text[item.start : item.end].split())
    deadline = item.deadline
    norm = (deadline.norm or "") if deadline else ""
    measures, acceptance = apart(words)
    named = _responsible(item)
    known = {party["name"] for party in named}
    named += [{"name": name, "role": "named"} for name in rule.names if name not in known]
    return DraftItem(
        jurisdiction=document.jurisdiction,
        document=document,
        passage=passage,
        position=position,
        kind=rule.kind or item.kind,
        disposition=rule.disposition,
        measures=measures[:TITLE],
        acceptance=acceptance[:TITLE],
        title=words if len(words) <= TITLE else f"{words[: TITLE - 1]}…",
        deadline_text=(deadline.text if deadline else "")[:60],
        deadline_norm=norm[:20],
        due_on=due_of(norm),
        responsible=named,
        quantities=[_quantity(quantity) for quantity in item.quantities],
        strength=item.strength or "",
        masked=item.masked,
        confidence=RULED if rule.kind else int((item.confidence * 100).to_integral_value()),
        reasons=[
            {"code": why.code, "params": plain(dict(why.params))}
            for why in (*rule.why, *item.reasons)
        ],
    )


def _responsible(item: Item) -> list[dict[str, str]]:
    roles: Mapping[str, tuple[str, ...]] = {
        "leader": item.leaders,
        "lead": item.lead,
        "supporting": item.supporting,
    }
    found: dict[str, str] = {}
    for role, names in roles.items():
        for name in names:
            found.setdefault(name, role)
    order = list(dict.fromkeys([*item.responsible, *found]))
    return [{"name": name, "role": found.get(name, "named")} for name in order]


def _quantity(mention: QuantityMention) -> dict[str, Any]:
    value = mention.value
    told: str | list[str] | None
    if isinstance(value, tuple):
        told = [_plain(part) for part in value]
    else:
        told = None if value is None else _plain(value)
    return {
        "name": mention.name,
        "op": mention.op,
        "value": told,
        "unit": mention.unit,
        "period": mention.period,
        "start": mention.start,
        "end": mention.end,
    }


def _plain(value: Decimal) -> str:
    return f"{value:f}"


def _part(reading: Reading, item: Item) -> str:
    """The part of the text (review, plan) the item stands in: its innermost section's."""
    holding = [s for s in reading.sections if s.start <= item.start < s.end]
    return max(holding, key=lambda s: (s.start, s.level)).part if holding else ""


def _outline(reading: Reading) -> list[dict[str, Any]]:
    return [
        {
            "mark": section.mark,
            "level": section.level,
            "title": section.title,
            "start": section.start,
            "end": section.end,
            "part": section.part,
        }
        for section in reading.sections
        if section.mark
    ]


def as_data(code: str, params: Any) -> dict[str, Any]:  # noqa: ANN401 - a mapping of any values
    """A sentence as the database keeps it."""
    return {"code": code, "params": plain(dict(params))}
