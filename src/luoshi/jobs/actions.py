"""Start, take, run and end jobs. The worker calls `run_next`; everyone else calls `start`."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q
from django.utils.module_loading import autodiscover_modules
from uuid6 import uuid7

from luoshi.domain.access import Actor
from luoshi.jobs.models import Job
from luoshi.store.locks import writers_turn

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 3
MOST_TAKEN = 8
"""So often a job may be taken at all; kills of its worker count too."""


class Cancelled(Exception):  # noqa: N818 - an answer of the person who waits
    """The person asked to stop; nothing more is done."""


@dataclass(frozen=True, slots=True)
class Progress:
    """A handler's way to say how far it is; each call also asks whether to go on."""

    job_id: UUID

    def __call__(self, done: int, total: int, *, writing: bool = False) -> None:
        """Store progress at once. Raises `Cancelled` when asked to stop, but not once writing."""
        if connection.in_atomic_block and not _inside_test():
            message = "progress inside a transaction would not be seen"
            raise RuntimeError(message)
        state = Job.State.WRITING if writing else Job.State.RUNNING
        Job.objects.filter(pk=self.job_id).update(done=done, total=total, state=state)
        if not writing and Job.objects.filter(pk=self.job_id, cancel_asked=True).exists():
            raise Cancelled

    def tell(self, facts: Mapping[str, Any]) -> None:
        """Store what is known so far beside the progress; the handler's answer takes its place."""
        Job.objects.filter(pk=self.job_id).update(result=dict(facts))


def _inside_test() -> bool:
    return any(getattr(block, "_from_testcase", False) for block in connection.atomic_blocks)


Handler = Callable[[Job, Progress], Mapping[str, Any]]
HANDLERS: dict[str, Handler] = {}


def handler(kind: str) -> Callable[[Handler], Handler]:
    """Register the function that does jobs of a kind; called from a room's `tasks.py`."""

    def register(function: Handler) -> Handler:
        HANDLERS[kind] = function
        return function

    return register


def start(
    *, kind: str, actor: Actor, payload: Mapping[str, Any], now: datetime, key: str = ""
) -> Job:
    """Ask for a job in the caller's transaction; the same key gives the same job."""
    job, _created = Job.objects.get_or_create(
        jurisdiction=actor.jurisdiction_id,
        key=key or f"{kind}:{uuid7()}",
        defaults={
            "kind": kind,
            "payload": dict(payload),
            "account_id": actor.account_id,
            "created_at": now,
        },
    )
    return job


def ask_cancel(*, job_id: UUID, actor: Actor) -> bool:
    """Ask a job of one's own to stop; true where it was still possible."""
    open_states = (Job.State.QUEUED, Job.State.RUNNING)
    return bool(
        Job.objects.filter(
            pk=job_id,
            jurisdiction=actor.jurisdiction_id,
            account_id=actor.account_id,
            state__in=open_states,
        ).update(cancel_asked=True)
    )


def free_held(holder: str) -> int:
    """Let go of every job that this worker held before it died or lost the database.

    Called by the one worker of a data folder when it begins and after a fault, so that nobody waits
    for a lease to run out; what other workers hold stays theirs.
    """
    held = Job.objects.filter(state__in=(Job.State.RUNNING, Job.State.WRITING), holder=holder)
    return held.update(state=Job.State.QUEUED, lease_until=None)


def take(now: datetime, holder: str = "") -> Job | None:
    """Take the oldest waiting job, or one whose worker died, and hold it by a lease.

    One that was taken many times and never came to an end takes its worker with it: it has failed.
    """
    waiting = Q(state=Job.State.QUEUED) | Q(
        state__in=(Job.State.RUNNING, Job.State.WRITING), lease_until__lt=now
    )
    with writers_turn(), transaction.atomic():
        rows = Job.objects.filter(waiting).order_by("id")
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True)
        job = rows.first()
        if job is None:
            return None
        job.holder = holder
        if job.attempts >= MOST_TAKEN:
            job.state, job.result = Job.State.FAILED, {"why": "jobs.failed"}
            job.lease_until, job.finished_at = None, now
            job.save(update_fields=["state", "result", "lease_until", "finished_at"])
            log.error("job %s (%s) ended its worker %d times", job.pk, job.kind, job.attempts)
            return job
        job.state, job.lease_until, job.attempts = Job.State.RUNNING, now + LEASE, job.attempts + 1
        job.save(update_fields=["state", "holder", "lease_until", "attempts"])
        return job


def run(job: Job, clock: Callable[[], datetime]) -> Job:
    """Do one job and write its end; its page tells a failure in words, the log in full."""
    if job.state == Job.State.FAILED:
        return job
    try:
        if job.cancel_asked:
            raise Cancelled  # noqa: TRY301 - the same end as a cancel half-way
        if job.kind not in HANDLERS:
            # Rooms register by import what they do, and what they open to whom: a worker reads no
            # page, and would else see less than the person who asked.
            autodiscover_modules("queries", "tasks")
        result = dict(HANDLERS[job.kind](job, Progress(job.pk)))
        state = Job.State.DONE
    except Cancelled:
        state, result = Job.State.CANCELLED, {}
    except Exception:
        log.exception("job %s (%s) failed", job.pk, job.kind)
        if job.attempts < MOST_ATTEMPTS:
            Job.objects.filter(pk=job.pk).update(state=Job.State.QUEUED, lease_until=None)
            job.refresh_from_db()
            return job
        state, result = Job.State.FAILED, {"why": "jobs.failed"}
    Job.objects.filter(pk=job.pk).update(
        state=state, result=result, finished_at=clock(), lease_until=None
    )
    job.refresh_from_db()
    return job


def run_waiting(clock: Callable[[], datetime], most: int = 100, holder: str = "") -> int:
    """Do what waits, at most so many; the count of jobs done."""
    for count in range(most):
        job = take(clock(), holder)
        if job is None:
            return count
        run(job, clock)
    return most
