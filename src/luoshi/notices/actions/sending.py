"""A notice on its way: claimed before it leaves, settled when something came of it.

At most once: whoever is told twice stops reading, and nothing is lost, because the page has it all.
Nothing is journalled notice by notice; the row itself says what happened, and a run is summed up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from luoshi.domain.access import Actor
from luoshi.domain.base import Sentence, say
from luoshi.domain.reminding import Rhythm, Went, next_try
from luoshi.journal.actions import Written, nothing, plain, record, write
from luoshi.notices.models import Notice
from luoshi.org.models import Unit

ENDS: Mapping[Went, Notice.State] = {
    "sent": Notice.State.SENT,
    "refused": Notice.State.FAILED,
    "unclear": Notice.State.UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a notice that was claimed: when, and by which rhythm it may be tried again."""

    notice: Notice
    went: Went
    told: Sentence | None
    rhythm: Rhythm
    at: datetime


@write("notices.notice.claim")
def claim(
    *, actor: Actor, today: date, now: datetime, notice: Notice, came: Came | None = None
) -> Written:
    """Take a waiting notice before it leaves; `facts["mine"]` is False where somebody else has.

    Committed before the first byte goes out: after a crash it is known to have been on its way.
    What came of the one before is settled in the same transaction.
    """
    if came is not None:
        _settle(came)
    mine = Notice.objects.filter(pk=notice.pk, state=Notice.State.WAITING).update(
        state=Notice.State.SENDING, claimed_at=now, tries=notice.tries + 1
    )
    answer = nothing("notices.notice", notice.pk)
    return Written(answer.kind, answer.id, answer.version, {"mine": bool(mine)})


@write("notices.notice.settle")
def settle(*, actor: Actor, today: date, came: Came) -> Written:
    """Record what came of a claimed notice: sent, turned down, unknown, or to be tried again.

    What did not leave is tried again the same day with growing waits; after the last try it waits
    for the next digest, which takes its place.
    """
    _settle(came)
    return nothing("notices.notice", came.notice.pk)


def _settle(came: Came) -> None:
    notice, now = came.notice, came.at
    rows = Notice.objects.filter(pk=notice.pk, state=Notice.State.SENDING)
    if came.went == "not_sent":
        rows.update(
            state=Notice.State.WAITING,
            told=_shown(came.told),
            next_at=next_try(came.rhythm, notice.tries + 1, now),
        )
    else:
        rows.update(state=ENDS[came.went], told=_shown(came.told), ended_at=now, next_at=None)


@write("notices.notice.put_off")
def put_off(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    notice: Notice,
    told: Sentence | None,
    rhythm: Rhythm,
) -> Written:
    """A notice that was not even tried: its channel does not answer, or it is quiet by now."""
    rows = Notice.objects.filter(pk=notice.pk, state=Notice.State.WAITING)
    rows.update(
        tries=notice.tries + 1, told=_shown(told), next_at=next_try(rhythm, notice.tries + 1, now)
    )
    return nothing("notices.notice", notice.pk)


def _shown(told: Sentence | None) -> dict[str, object] | None:
    return {"code": told.code, "params": plain(dict(told.params))} if told else None


@write("notices.run.sum_up")
def sum_up(
    *, actor: Actor, today: date, now: datetime, unit_id: UUID, counts: Mapping[str, int]
) -> Written:
    """Say in the journal what a run sent, by outcome; no person and no matter is named."""
    unit = Unit.objects.get(pk=unit_id, jurisdiction=actor.jurisdiction_id)
    record(unit, {name: (None, n) for name, n in counts.items()}, unit_id=unit.pk, at=now)
    return Written("org.unit", unit.pk, 0)


@write("notices.notice.doubt")
def doubt(*, actor: Actor, today: date, now: datetime, before: datetime) -> Written:
    """What was claimed before an instant and never settled: nobody can say whether it left."""
    shown = {"code": say("notices.crashed").code, "params": {}}
    count = Notice.objects.filter(
        jurisdiction=actor.jurisdiction_id, state=Notice.State.SENDING, claimed_at__lt=before
    ).update(state=Notice.State.UNKNOWN, told=shown, ended_at=now, next_at=None)
    return Written("notices.notice", actor.jurisdiction_id, -1, {"doubted": count})
