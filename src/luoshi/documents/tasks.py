"""The job that reads a text: the law in memory first, then one bulk write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from luoshi.documents import actions
from luoshi.documents.models import Document
from luoshi.documents.queries import READ_JOB
from luoshi.documents.rows import rows_of
from luoshi.documents.source import read_text
from luoshi.domain.access import Actor
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
    rows = rows_of(document, reading)
    progress(2, STEPS, writing=True)
    actions.keep_reading(actor=actor, today=today, document=document, read=rows)
    return {"document_id": str(document.pk), "items": len(rows.drafts)}
