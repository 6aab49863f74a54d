"""The journal's own job: prove the whole chain, and keep what was found."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from luoshi.jobs.actions import Progress, handler
from luoshi.jobs.models import Job
from luoshi.journal.actions import CHECK_JOB
from luoshi.journal.proving import verify

log = logging.getLogger(__name__)


@handler(CHECK_JOB)
def check(job: Job, progress: Progress) -> Mapping[str, Any]:
    """Prove the chain against every anchor at hand; the journal's page tells the answer."""
    del progress
    report = verify(job.jurisdiction, timezone.now())
    verdict = report.verdict
    if report.broken is not None:
        log.error(
            "the journal of %s is broken: %s %s", job.jurisdiction, verdict.code, verdict.params
        )
    return {"code": verdict.code, "params": dict(verdict.params), "intact": report.broken is None}
