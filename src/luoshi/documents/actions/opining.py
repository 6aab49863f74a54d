"""A second opinion: asked for by a person, kept beside the drafts by the job that heard it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from luoshi.documents import queries
from luoshi.documents.models import Document, SecondOpinion
from luoshi.documents.opinion import endpoint
from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, say
from luoshi.domain.opinion import Opinion
from luoshi.jobs import actions as jobs
from luoshi.jobs.models import Job
from luoshi.journal.actions import Written, nothing, record, write


@write("documents.opinion.ask")
def ask_opinion(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    document: Document,
    agreed: bool,
    key: str = "",
) -> Written:
    """Ask the configured model what it reads in a text; only then does a text travel anywhere.

    Refused where no address is set, where the text is not read, and, if the address is another
    machine's, unless the person agreed to sending the text there. The journal keeps where it went.
    """
    del today, key
    queries.demand_draft(actor, document.unit)
    where = endpoint()
    if document.state != Document.State.READ:
        raise Refused(say("opinion.not_read"))
    if not where.on_this_machine and not agreed:
        raise Refused(say("opinion.not_agreed", address=where.shown))
    job = queries.opinion_job(actor, document.pk)
    if job is not None and job.finished_at is None:
        return nothing("documents.document", document.pk)
    facts = {"round": queries.opinion_rounds(actor, document.pk) + 1, "portion": 0}
    start_opinion(actor, document.pk, now, facts)
    record(document, {"second_opinion": (None, f"{where.shown} {where.model}")})
    return Written("documents.document", document.pk, document.version)


def start_opinion(actor: Actor, document_id: UUID, now: datetime, facts: Mapping[str, int]) -> Job:
    """Start the job that asks from a portion on."""
    return jobs.start(
        kind=queries.OPINION_JOB,
        actor=actor,
        payload={"document_id": str(document_id), **facts},
        now=now,
        key=f"{queries.OPINION_JOB}:{document_id}:{facts['round']}:{facts['portion']}",
    )


@write("documents.opinion.keep")
def keep_opinion(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    document: Document,
    opinions: Sequence[Opinion],
    model: str,
    job: Job,
    following: Mapping[str, int] | None,
    key: str = "",
) -> Written:
    """Keep where a model differs from the reader, beside the drafts, which stay as they are.

    The first portion of a round replaces the round before. Where time ran out, `following` is
    asked by a job of its own.
    """
    del today, key
    document = Document.objects.select_for_update().select_related("unit").get(pk=document.pk)
    if document.state != Document.State.READ:
        return nothing("documents.document", document.pk)
    before = SecondOpinion.objects.filter(document=document)
    gone = before.delete()[0] if job.payload.get("portion") == 0 else 0
    kept = SecondOpinion.objects.bulk_create(
        queries.opinion_rows(actor, document, opinions, model, now), batch_size=500
    )
    if following is not None:
        start_opinion(replace(actor, account_id=job.account_id), document.pk, now, following)
    record(document, {"opinions": (gone, len(kept))})
    return Written("documents.document", document.pk, document.version, {"n": len(kept)})
