"""What every act shares: drafts locked and still waiting, and the act kept so it can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from luoshi.adoption.models import Act
from luoshi.documents import actions as documents
from luoshi.documents import queries
from luoshi.documents.models import Document, DraftItem
from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, say
from luoshi.journal.actions import plain


def waiting(document: Document, draft_ids: Iterable[UUID]) -> list[DraftItem]:
    """The drafts, locked, in the order of the text; one that is decided already is refused."""
    wanted = set(draft_ids)
    if not wanted:
        raise Refused(say("adoption.nothing_chosen"))
    rows = list(
        DraftItem.objects.select_for_update(of=("self",))
        .filter(document=document, pk__in=wanted)
        .select_related("passage", "document__unit")
        .order_by("passage__start", "position", "id")
    )
    if len(rows) != len(wanted):
        raise Refused(say("adoption.not_here"))
    decided = [row for row in rows if row.state != DraftItem.State.DRAFT]
    if decided:
        raise Refused(say("adoption.decided", n=len(decided), title=decided[0].title[:20]))
    return rows


def decide(
    actor: Actor,
    today: date,
    draft: DraftItem,
    version: int | None = None,
    **changes: Any,  # noqa: ANN401 - any field's value
) -> dict[str, Any]:
    """Change one draft and answer what the act must keep of it to be undone."""
    before = {name: getattr(draft, name) for name in changes}
    documents.change_draft(actor=actor, today=today, draft=draft, version=version, **changes)
    return {"id": str(draft.pk), "before": plain(before), "version": draft.version}


def keep(
    actor: Actor,
    now: datetime,
    document: Document,
    verb: str,
    drafts: Sequence[dict[str, Any]],
    made: Sequence[dict[str, Any]] = (),
) -> Act:
    """Keep the act, so that it can be undone; the action journals it with `told`."""
    return Act.objects.create(
        jurisdiction=document.jurisdiction,
        document=document,
        verb=Act.Verb(verb),
        drafts=list(drafts),
        made=list(made),
        person_id=actor.person_id,
        account_id=actor.account_id,
        at=now,
    )


def told(act: Act) -> dict[str, tuple[None, Any]]:
    """What the journal says of an act; its drafts and rows have entries of their own."""
    return {
        "verb": (None, act.verb),
        "drafts": (None, len(act.drafts)),
        "made": (None, len(act.made)),
    }


def demand(actor: Actor, document: Document) -> None:
    """Only who may draft for the text's unit decides on it."""
    queries.demand_draft(actor, document.unit)
