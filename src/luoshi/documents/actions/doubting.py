"""What a person says of a doubt of the fact check: let it stand with a reason, raise it again."""

from __future__ import annotations

from datetime import date, datetime

from luoshi.documents import queries
from luoshi.documents.models import Dismissal, Document
from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, say
from luoshi.journal.actions import Written, created, nothing, record, write

REASON = 200


@write("documents.doubt.dismiss")
def dismiss_doubt(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    document: Document,
    said: str,
    start: int,
    end: int,
    reason: str,
    key: str = "",
) -> Written:
    """Let a doubt of the fact check stand, with the reason; the doubt stays on the page with it.

    Refused without a reason, for a doubt that the text does not raise, and where somebody has
    said why already: the first reason stands until the doubt is raised again.
    """
    del key
    queries.demand_draft(actor, document.unit)
    reason = " ".join(reason.split())[:REASON]
    if not reason:
        raise Refused(say("documents.doubt_reason_missing"))
    if not queries.doubt_stands(actor, today, document, said, start, end):
        raise Refused(say("documents.doubt_gone"))
    Document.objects.select_for_update().get(pk=document.pk)  # one reason a doubt, whoever is first
    known = queries.dismissal(actor, document, said, start, end)
    if known is not None and known.reason == reason:
        return nothing("documents.dismissal", known.pk)
    if known is not None:
        raise Refused(say("documents.doubt_dismissed", reason=known.reason))
    row = Dismissal(
        jurisdiction=document.jurisdiction,
        document=document,
        said=said,
        start=start,
        end=end,
        reason=reason,
        dismissed_at=now,
        dismissed_by_id=actor.person_id,
    )
    row.save(force_insert=True)
    record(row, created(row), unit_id=document.unit_id, reason=reason)
    return Written("documents.dismissal", row.pk)


@write("documents.doubt.raise_again")
def raise_doubt(*, actor: Actor, today: date, dismissal: Dismissal, key: str = "") -> Written:
    """Raise a doubt again that was let stand; what had been said stays in the journal."""
    del today, key
    queries.demand_draft(actor, dismissal.document.unit)
    gone = {name: (before, None) for name, (_, before) in created(dismissal).items()}
    record(dismissal, gone, unit_id=dismissal.document.unit_id)
    answer = Written("documents.dismissal", dismissal.pk)
    Dismissal.objects.filter(pk=dismissal.pk).delete()
    return answer
