"""What a correction could teach: a local rule is offered, and kept only if a person says so."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from luoshi.adoption.models import Act
from luoshi.adoption.page import Section
from luoshi.documents.models import Document, DraftItem, LocalRule

LONGEST = 20
"""Characters of a sentence that are proposed as its sign; the person shortens them."""

WHOLE = 60
"""A heading is taken whole, else it would not be recognised."""

_CLAUSE = re.compile(r"[^，,；;。：:]+")


@dataclass(frozen=True, slots=True)
class Offer:
    """A rule that could be kept: what was corrected, and the address of the form filled in."""

    words: str
    address: str
    row: UUID | None = None


def after(
    act: Act | None, drafts: Sequence[DraftItem], sections: Sequence[Section], document: Document
) -> Offer | None:
    """The rule that the last act suggests, or None where it corrected nothing the reader said.

    Changed kinds and what was passed on or made a mechanism teach. Where the act decided every
    sentence of a section alike the heading is offered, else the first clause of the sentence.
    """
    if act is None:
        return None
    touched = {entry["id"]: entry["before"] for entry in act.drafts}
    rows = [draft for draft in drafts if str(draft.pk) in touched]
    taught = {_outcome(act, draft, touched[str(draft.pk)]) for draft in rows}
    if len(taught) != 1 or (outcome := taught.pop()) is None:
        return None
    heading = _heading(rows, drafts, sections)
    if heading:
        return offer(document, LocalRule.Kind.HEADING, heading, outcome)
    return of_sentence(document, rows[0], outcome) if len(rows) == 1 else None


def of_sentence(document: Document, draft: DraftItem, outcome: str) -> Offer:
    """A rule for sentences like this one: by its first clause."""
    words = document.text[draft.passage.start : draft.passage.end]
    clause = _CLAUSE.search(words)
    return offer(
        document, LocalRule.Kind.SENTENCE, (clause[0] if clause else words).strip(), outcome, draft
    )


def offer(
    document: Document, kind: str, phrase: str, outcome: str, draft: DraftItem | None = None
) -> Offer:
    """The offer with the address of the form that it fills in."""
    phrase = phrase[: LONGEST if kind == LocalRule.Kind.SENTENCE else WHOLE]
    back = reverse("adoption:reader", args=[document.pk]) + (f"#d-{draft.pk}" if draft else "")
    query = urlencode({"kind": kind, "phrase": phrase, "outcome": outcome, "back": back})
    label = LocalRule.Outcome(outcome).label
    where = LocalRule.Kind(kind).label
    return Offer(
        f"{where}“{phrase}”：{label}",
        f"{reverse('documents:new_rule')}?{query}",
        draft.pk if draft else None,
    )


def _outcome(act: Act, draft: DraftItem, before: Mapping[str, Any]) -> str | None:
    if act.verb == Act.Verb.CHANGE and before.get("kind", draft.kind) != draft.kind:
        return draft.kind
    if act.verb == Act.Verb.SET_ASIDE and draft.disposition in LocalRule.Outcome.values:
        return draft.disposition
    return None


def _heading(
    rows: Sequence[DraftItem], drafts: Sequence[DraftItem], sections: Sequence[Section]
) -> str:
    """The title of the innermost section whose every sentence the act decided, or ""."""
    holding = [s for s in sections if s.title and all(s.holds(row) for row in rows)]
    for section in sorted(holding, key=lambda s: -s.level):
        inside = [
            draft
            for draft in drafts
            if section.holds(draft) and draft.kind != DraftItem.Kind.BOILERPLATE
        ]
        if len(rows) > 1 and len(inside) == len(rows):
            return section.title
    return ""
