"""A brief's paragraphs and facts between the database's JSON and the law."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, cast
from uuid import UUID

from luoshi.briefs.facts import Made
from luoshi.briefs.models import Brief, Bulletin
from luoshi.domain.brief import Fact, Paragraph, Run, Style

Kept = dict[str, Any]


def paragraph_data(paragraph: Paragraph) -> Kept:
    """A paragraph as JSON: style, mark, runs as [text, fact id or null]."""
    runs = [[run.text, run.fact_id] for run in paragraph.runs]
    return {"style": paragraph.style, "mark": paragraph.mark, "runs": runs}


def paragraph_of(data: Mapping[str, Any]) -> Paragraph:
    """A kept paragraph, as the law takes it."""
    runs = tuple(Run(text, fact_id) for text, fact_id in data["runs"])
    return Paragraph(cast("Style", data["style"]), runs, data["mark"])


def paragraphs_of(brief: Brief | Bulletin) -> tuple[Paragraph, ...]:
    """The text of a brief."""
    return tuple(paragraph_of(data) for data in brief.paragraphs)


def facts_of(brief: Brief | Bulletin) -> Mapping[str, Fact]:
    """The facts of a brief by their ids."""
    return {data["id"]: from_data(data) for data in brief.facts}


def citable(brief: Brief | Bulletin, number: int) -> Sequence[Fact]:
    """What a re-worded paragraph may cite: its own facts first, then the names the text knows.

    Figures of other paragraphs are not offered: equal figures of two lines would be mixed up.
    """
    facts = facts_of(brief)
    data = brief.paragraphs[number]
    runs = [*data["runs"], *data.get("made", ())]
    own = dict.fromkeys(fact_id for _, fact_id in runs if fact_id in facts)
    names = [fact.id for fact in facts.values() if fact.kind in {"name", "year"}]
    return [facts[key] for key in dict.fromkeys((*own, *names))]


def with_edits(
    fresh: Iterable[Kept], before: Sequence[Mapping[str, Any]]
) -> tuple[list[Kept], int]:
    """Fresh paragraphs with the edits of an earlier draft where nothing beneath them changed.

    Returns the paragraphs and how many edits could not be kept, as their figures have moved on.
    """
    edits = {repr((data["mark"], data["made"])): data for data in before if "made" in data}
    kept = [dict(edits.pop(repr((data["mark"], data["runs"])), data)) for data in fresh]
    return kept, len(edits)


def as_data(fact: Fact, made: Made) -> Mapping[str, Any]:
    """A fact as the brief keeps it: what it says, of which line and part, and its rows."""
    line, part = made.parts[fact.id]
    return plain_data(fact, made.rows[fact.id], line, part)


def plain_data(
    fact: Fact, rows: Sequence[str], line: str = "", part: str = ""
) -> Mapping[str, Any]:
    """A fact with the rows behind it as JSON."""
    return {
        "id": fact.id,
        "kind": fact.kind,
        "label": fact.label,
        "value": fact.value,
        "unit": fact.unit,
        "as_of": fact.as_of.isoformat() if fact.as_of else None,
        "url_kind": fact.url_kind,
        "url_id": str(fact.url_id) if fact.url_id else None,
        "line": line,
        "part": part,
        "rows": list(rows),
    }


def from_data(data: Mapping[str, Any]) -> Fact:
    """A kept fact, as the law takes it."""
    return Fact(
        data["id"],
        data["kind"],
        data["label"],
        data["value"],
        data["unit"],
        date.fromisoformat(data["as_of"]) if data["as_of"] else None,
        data["url_kind"],
        UUID(data["url_id"]) if data["url_id"] else None,
    )
