"""What the worker's clock asks: send what waits, and say honestly what got stuck."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from luoshi.domain.access import Actor
from luoshi.domain.reminding import CLAIM
from luoshi.jobs import actions as jobs
from luoshi.jobs.models import Job
from luoshi.notices.actions.sending import doubt
from luoshi.notices.models import Notice

SEND_JOB = "notices.send"


def ask_send(now: datetime) -> int:
    """Start a job for each jurisdiction in which something is due to leave; how many were started.

    One at a time: while one sends, no other is started.
    """
    due = Notice.objects.filter(state=Notice.State.WAITING, next_at__lte=now)
    started = 0
    for jurisdiction in set(due.order_by().values_list("jurisdiction", flat=True)):
        if not _going(jurisdiction):
            actor = Actor.system(jurisdiction)
            jobs.start(kind=SEND_JOB, actor=actor, payload={}, now=now)
            started += 1
    return started


def _going(jurisdiction: UUID) -> bool:
    return Job.objects.filter(
        jurisdiction=jurisdiction, kind=SEND_JOB, finished_at__isnull=True
    ).exists()


def doubt_stuck(today: date, now: datetime) -> int:
    """Mark as unknown what was on its way when a program died; how many."""
    stuck = Notice.objects.filter(state=Notice.State.SENDING, claimed_at__lt=now - CLAIM)
    count = 0
    for jurisdiction in set(stuck.order_by().values_list("jurisdiction", flat=True)):
        actor = Actor.system(jurisdiction)
        answer = doubt(actor=actor, today=today, now=now, before=now - CLAIM)
        count += int(answer.facts["doubted"])
    return count
