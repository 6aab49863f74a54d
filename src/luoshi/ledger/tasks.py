"""The job that writes a large table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from luoshi.jobs.actions import Progress, handler
from luoshi.jobs.models import Job
from luoshi.journal.actions import plain
from luoshi.ledger.actions.importing import IMPORT_JOB
from luoshi.ledger.models import TableImport
from luoshi.ledger.tables.applying import apply
from luoshi.org.models import Account
from luoshi.org.queries import actor_for


@handler(IMPORT_JOB)
def write_table(job: Job, progress: Progress) -> Mapping[str, Any]:
    """Write a table as the person who said yes, with the rights that person has now."""
    now = timezone.now()
    today = date.fromisoformat(job.payload["today"])  # the day of the yes: the report's own
    assert job.account_id is not None, "a table is written for a person"
    account = Account.objects.select_related("person").get(
        pk=job.account_id, jurisdiction=job.jurisdiction
    )
    table = TableImport.objects.select_related("plan__unit", "unit").get(
        pk=job.payload["table_id"], jurisdiction=job.jurisdiction
    )
    why = apply(actor_for(account, today), today, now, table, progress)
    return {"why": [why.code, plain(dict(why.params))] if why else None}
