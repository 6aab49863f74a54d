"""The jobs of a text: reading it (the law in memory, then one bulk write), a second opinion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from time import monotonic
from typing import Any

from django.utils import timezone

from luoshi.documents import actions, queries
from luoshi.documents.models import Document, DraftItem
from luoshi.documents.opinion import clauses_of, endpoint
from luoshi.documents.queries import OPINION_JOB, READ_JOB
from luoshi.documents.rows import as_data, rows_of
from luoshi.documents.source import read_text
from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, Sentence
from luoshi.domain.opinion import Asked, Opinion, batches, heard, question
from luoshi.engines.model import Endpoint, ask
from luoshi.jobs.actions import MOST_ATTEMPTS, Progress, handler
from luoshi.jobs.models import Job

STEPS = 3


@handler(READ_JOB)
def read_document(job: Job, progress: Progress) -> Mapping[str, Any]:
    """Read one text into passages and drafts; cancelled any time before the writing."""
    document = Document.objects.select_related("unit").get(
        pk=job.payload["document_id"], jurisdiction=job.jurisdiction
    )
    actor, today = Actor.system(job.jurisdiction), timezone.localdate()
    if document.state == Document.State.READ:
        return {"document_id": str(document.pk)}
    progress(0, STEPS)
    try:
        reading = read_text(document.text, year=document.year)
    except Exception:
        if job.attempts >= MOST_ATTEMPTS:
            actions.fail(actor=actor, today=today, document=document)
        raise
    progress(1, STEPS)
    rows = rows_of(document, reading, list(queries.local_rules(actor, document.unit)))
    progress(2, STEPS, writing=True)
    actions.keep_reading(actor=actor, today=today, document=document, read=rows)
    return {"document_id": str(document.pk), "items": len(rows.drafts)}


SLICE = 100
"""Seconds after which a round goes on in a job of its own: a job's lease is five minutes."""

MOST_FAULTS = 3
"""After so many answers in a row that are not as asked, the model is not asked on."""


class _Round:
    """One slice of a round: what was heard, and why it stopped, if it stopped early."""

    def __init__(self, endpoint: Endpoint, portions: Sequence[Sequence[Asked]]) -> None:
        self.endpoint, self.portions = endpoint, portions
        self.opinions: list[Opinion] = []
        self.counts = {"answered": 0, "dropped": 0, "faults": 0}
        self.why: Sentence | None = None

    def ask(self, first: int, progress: Progress) -> int:
        """Ask from a portion on; the portion to go on with (their number where all are asked)."""
        started, in_a_row = monotonic(), 0
        for k in range(first, len(self.portions)):
            if k > first and monotonic() - started > SLICE:
                return k
            progress(k, len(self.portions))
            portion = self.portions[k]
            try:
                answer = heard(ask(self.endpoint, question(portion)), portion)
            except Refused as refused:
                self.counts["faults"] += 1
                in_a_row += 1
                if refused.why.code != "opinion.not_as_asked" or in_a_row == MOST_FAULTS:
                    self.why = refused.why
                    break
                continue
            in_a_row = 0
            self.opinions += answer.differ
            self.counts["answered"] += answer.answered
            self.counts["dropped"] += answer.dropped
        return len(self.portions)


@handler(OPINION_JOB)
def second_opinion(job: Job, progress: Progress) -> Mapping[str, Any]:
    """Ask the model about one text, portion by portion; what it says is kept beside the drafts.

    A failure of the model is no failure of ours: it ends the round with the sentence to show, and
    what was heard before is kept.
    """
    document = Document.objects.select_related("unit").get(
        pk=job.payload["document_id"], jurisdiction=job.jurisdiction
    )
    actor, today = Actor.system(job.jurisdiction), timezone.localdate()
    try:
        where = endpoint()
    except Refused as refused:
        return {"why": as_data(refused.why.code, refused.why.params)}
    rows = DraftItem.objects.filter(document=document).select_related("passage")
    portions = list(batches(clauses_of(document, list(rows))))
    asked = _Round(where, portions)
    following = asked.ask(job.payload["portion"], progress)
    so_far = {name: n + job.payload.get(name, 0) for name, n in asked.counts.items()}
    more = following < len(portions)
    progress(following, len(portions), writing=True)
    actions.keep_opinion(
        actor=actor,
        today=today,
        now=timezone.now(),
        document=document,
        opinions=asked.opinions,
        model=where.model,
        job=job,
        following=so_far | {"round": job.payload["round"], "portion": following} if more else None,
        key=job.key,
    )
    why = as_data(asked.why.code, asked.why.params) if asked.why else None
    return so_far | {"why": why, "address": where.shown}
