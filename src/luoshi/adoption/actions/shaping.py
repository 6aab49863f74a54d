"""A person's hand on drafts before they are taken up: reword, sort, merge, split, set aside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from luoshi.adoption.actions import keeping
from luoshi.documents import actions as documents
from luoshi.documents.apart import apart
from luoshi.documents.models import Document, DraftItem
from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, say
from luoshi.journal.actions import Written, nothing, record, write

TITLE, REASON = 400, 200
EDITABLE = frozenset({"kind", "title", "due_on", "measures", "acceptance"})
REASONS = {"study": "传达学习", "mechanism": "建立机制"}
"""Kept as the reason where a person gave none in words; data stay as typed, in Chinese."""

_EDGES = " \t\r\n\u3000,，;；、。:："


@write("adoption.draft.change")
def change(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    document: Document,
    edits: Sequence[tuple[UUID, int, dict[str, Any]]],
    key: str = "",
) -> Written:
    """Write what a person typed into rows of the table: kind, wording, due date.

    `edits`: (draft, the version the person saw, {field: value}). Only waiting drafts; an empty
    wording is refused; a row that somebody else saved meanwhile raises `Stale`.
    """
    del key
    keeping.demand(actor, document)
    drafts = {draft.pk: draft for draft in keeping.waiting(document, [e[0] for e in edits])}
    kept = []
    for draft_id, version, fields in edits:
        if set(fields) - EDITABLE:
            message = f"not editable here: {sorted(set(fields) - EDITABLE)}"
            raise TypeError(message)
        if "title" in fields and not fields["title"].strip():
            raise Refused(say("adoption.no_title"))
        draft = drafts[draft_id]
        changed = {name: value for name, value in fields.items() if getattr(draft, name) != value}
        if changed:
            kept.append(keeping.decide(actor, today, draft, version, **changed))
    if not kept:
        return nothing("documents.document", document.pk)
    act = keeping.keep(actor, now, document, "change", kept)
    record(act, keeping.told(act), unit_id=document.unit_id)
    return Written("adoption.act", act.pk, act.version, {"n": len(kept)})


@write("adoption.drafts.change_kind")
def change_kind(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    document: Document,
    draft_ids: Sequence[UUID],
    kind: str,
    key: str = "",
) -> Written:
    """Sort several drafts into another kind at once."""
    del key
    keeping.demand(actor, document)
    wanted = DraftItem.Kind(kind)
    rows = [row for row in keeping.waiting(document, draft_ids) if row.kind != wanted]
    if not rows:
        return nothing("documents.document", document.pk)
    kept = [keeping.decide(actor, today, row, kind=wanted.value) for row in rows]
    act = keeping.keep(actor, now, document, "change", kept)
    record(act, keeping.told(act), unit_id=document.unit_id)
    return Written("adoption.act", act.pk, act.version, {"n": len(kept)})


@write("adoption.drafts.set_aside")
def set_aside(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    document: Document,
    draft_ids: Sequence[UUID],
    reason: str = "",
    disposition: str = DraftItem.Disposition.DECLINED,
    key: str = "",
) -> Written:
    """不立项, and what becomes of the sentence instead: 传达学习, 建机制 or 不采纳.

    What is declined needs the reason in words; the other two are a reason in themselves.
    """
    del key
    keeping.demand(actor, document)
    how = DraftItem.Disposition(disposition)
    if how == DraftItem.Disposition.DECLINED and not reason.strip():
        raise Refused(say("adoption.no_reason"))
    kept = [
        keeping.decide(
            actor,
            today,
            row,
            state=DraftItem.State.SET_ASIDE.value,
            disposition=how.value,
            why_not=(reason.strip() or REASONS[how])[:REASON],
        )
        for row in keeping.waiting(document, draft_ids)
    ]
    act = keeping.keep(actor, now, document, "set_aside", kept)
    record(act, keeping.told(act), unit_id=document.unit_id)
    return Written("adoption.act", act.pk, act.version, {"n": len(kept)})


@write("adoption.drafts.merge")
def merge(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    document: Document,
    draft_ids: Sequence[UUID],
    key: str = "",
) -> Written:
    """Make one draft of several: the first in the text takes the others in.

    Wordings are joined, parties and figures united, the latest due date holds; every draft keeps
    its own passage, and the merged ones point at the first.
    """
    del key
    keeping.demand(actor, document)
    rows = keeping.waiting(document, draft_ids)
    if len(rows) < 2:
        raise Refused(say("adoption.merge_needs_two"))
    first, rest = rows[0], rows[1:]
    kept = [keeping.decide(actor, today, first, **_united(rows))]
    kept += [
        keeping.decide(
            actor, today, row, state=DraftItem.State.MERGED.value, merged_into_id=first.pk
        )
        for row in rest
    ]
    act = keeping.keep(actor, now, document, "merge", kept)
    record(act, keeping.told(act), unit_id=document.unit_id)
    return Written("adoption.act", act.pk, act.version, {"n": len(rows)})


def _united(rows: Sequence[DraftItem]) -> dict[str, Any]:
    title = "；".join(row.title.rstrip(_EDGES) for row in rows)
    parties = {part["name"]: part for row in reversed(rows) for part in row.responsible}
    order = dict.fromkeys(part["name"] for row in rows for part in row.responsible)
    dated = [row for row in rows if row.due_on]
    last = max(dated, key=lambda row: row.due_on or date.min, default=rows[0])
    return {
        "title": title if len(title) <= TITLE else f"{title[: TITLE - 1]}…",
        "measures": _joined(row.measures for row in rows),
        "acceptance": _joined(row.acceptance for row in rows),
        "responsible": [parties[name] for name in order],
        "quantities": [quantity for row in rows for quantity in row.quantities],
        "masked": any(row.masked for row in rows),
        "deadline_text": last.deadline_text,
        "deadline_norm": last.deadline_norm,
        "due_on": last.due_on,
    }


def _joined(words: Iterable[str]) -> str:
    return "；".join(word for word in words if word)[:TITLE]


@write("adoption.draft.split")
def split(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    document: Document,
    draft_id: UUID,
    version: int,
    at: int,
    key: str = "",
) -> Written:
    """Make two drafts of one at a character of the text (`at`: offset in code points).

    Each takes its own stretch of the passage, its own figures and its own due date where the
    words stand; both keep the parties. A cut that leaves an empty part is refused.
    """
    del key
    keeping.demand(actor, document)
    [draft] = keeping.waiting(document, [draft_id])
    passage = draft.passage
    left = right = None
    if passage.start < at < passage.end:
        left = _trimmed(document.text, passage.start, at)
        right = _trimmed(document.text, at, passage.end)
    if left is None or right is None:
        raise Refused(say("adoption.split_outside"))
    new = [
        documents.passage_of(document, *span, path=passage.path, part=passage.part)
        for span in (left, right)
    ]
    second = _second(draft, document, right)
    kept = [
        keeping.decide(
            actor, today, draft, version, passage=new[0], **_share(draft, document, left)
        )
    ]
    documents.add_draft(actor=actor, today=today, draft=second, passage=new[1])
    kept.append({"id": str(second.pk), "before": {}, "version": second.version, "made": True})
    act = keeping.keep(actor, now, document, "split", kept)
    record(act, keeping.told(act), unit_id=document.unit_id)
    return Written("adoption.act", act.pk, act.version, {"n": 2})


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The stretch without blanks and separators at its edges; None where nothing is left."""
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return (start, end) if start < end else None


def _share(draft: DraftItem, document: Document, span: tuple[int, int]) -> dict[str, Any]:
    """What of a draft belongs to one stretch of its passage."""
    start, end = span
    words = document.text[start:end]
    dated = not draft.deadline_text or draft.deadline_text in words
    measures, acceptance = apart(" ".join(words.split()))
    return {
        "title": " ".join(words.split())[:TITLE],
        "measures": measures[:TITLE],
        "acceptance": acceptance[:TITLE],
        "quantities": [q for q in draft.quantities if start <= q.get("start", start) < end],
        "masked": any(mark in words for mark in ("*", "＊", "XX", "×")),
        "deadline_text": draft.deadline_text if dated else "",
        "deadline_norm": draft.deadline_norm if dated else "",
        "due_on": draft.due_on if dated else None,
    }


def _second(draft: DraftItem, document: Document, span: tuple[int, int]) -> DraftItem:
    return DraftItem(
        jurisdiction=draft.jurisdiction,
        document=document,
        position=draft.position + 1,
        kind=draft.kind,
        responsible=draft.responsible,
        strength=draft.strength,
        confidence=draft.confidence,
        reasons=draft.reasons,
        **_share(draft, document, span),
    )
