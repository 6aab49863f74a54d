"""堵点: raised with a report, answered by whom it names, cleared by whoever raised it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from luoshi.domain import blocking
from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, say
from luoshi.domain.blocking import Verb
from luoshi.journal.actions import Written, created, record, write
from luoshi.ledger.actions import paths
from luoshi.ledger.actions.moving import doer_of
from luoshi.ledger.models import Blocker, Task
from luoshi.ledger.queries.blocking import facts_for, open_rows
from luoshi.org.models import Post, Unit
from luoshi.org.queries import holds
from luoshi.store.rows import save

MOST = 9
"""Open blockers of one item; beyond that nobody reads them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """From whom (a unit or a post), what, why, by when; all optional beside the text."""

    reason: str = Blocker.Reason.OTHER
    needs: str = ""
    unit_id: UUID | None = None
    post_id: UUID | None = None
    by: date | None = None


def stands(
    actor: Actor, today: date, now: datetime, task: Task, text: str | None, wanted: Wanted,
    *, done: bool,
) -> dict[str, Any]:  # fmt: skip
    """What a report says of blockers: None leaves them, "" clears all, a text raises one more.

    A report "done" clears them too. The answer is the item's own fields, to be saved with the
    report. Nothing is asked of the database where there is no blocker and none is raised.
    """
    raises = text is not None and bool(text.strip()) and not done
    clears = (done or text is not None) and not raises
    if not raises and not (clears and task.blocker):
        return {}
    rows = list(open_rows(actor, task))
    if clears:
        for row in rows:
            _clear(actor, today, now, row)
        return mirror(())
    assert text is not None
    known = next((row for row in rows if row.text == text.strip()), None)
    if known is None:
        if len(rows) >= MOST:
            raise Refused(say("blocking.too_many", n=len(rows)))
        rows.append(_raised(actor, today, now, task, text, wanted))
    return mirror(rows)


def _raised(
    actor: Actor, today: date, now: datetime, task: Task, text: str, wanted: Wanted
) -> Blocker:
    row = Blocker.objects.create(
        jurisdiction=task.jurisdiction,
        task=task,
        unit_id=task.unit_id,
        reason=Blocker.Reason(wanted.reason),
        text=text.strip()[:300],
        needs=wanted.needs.strip()[:300],
        wanted_by=wanted.by,
        state_since=today,
        raised_on=today,
        raised_by_id=doer_of(actor),
        **_named(actor, today, wanted),
    )
    record(row, created(row), unit_id=task.unit_id, at=now)
    return row


def _named(actor: Actor, today: date, wanted: Wanted) -> dict[str, Any]:
    """The unit or the post that is asked, as it stands today in this jurisdiction."""
    if wanted.unit_id is not None and wanted.post_id is not None:
        raise Refused(say("blocking.one_of_two"))
    mine = Q(holds(today), jurisdiction=actor.jurisdiction_id)
    unit, post = wanted.unit_id, wanted.post_id
    found = {
        "needs_unit": Unit.objects.filter(mine, pk=unit).first() if unit else None,
        "needs_post": Post.objects.filter(mine, pk=post).first() if post else None,
    }
    if (unit or post) and not any(found.values()):
        raise Refused(say("blocking.unknown_needed"))
    return found


def mirror(rows: Sequence[Blocker]) -> dict[str, Any]:
    """What an item keeps of its open blockers: text and day of the oldest, and whose move it is.

    The unit is named while it is to move; once it has answered, the move is the item's own unit's.
    """
    first = min(rows, key=lambda row: (row.raised_on, str(row.pk)), default=None)
    if first is None:
        return {"blocker": "", "blocker_needs_id": None, "blocked_on": None}
    post = first.needs_post
    needs = first.needs_unit_id or (post.unit_id if post else None)
    if blocking.mover(first.state) != "needed":  # type: ignore[arg-type]
        needs = None
    return {"blocker": first.text, "blocker_needs_id": needs, "blocked_on": first.raised_on}


@write("ledger.blocker.promise")
def promise_blocker(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    blocker: Blocker,
    by: date,
    text: str = "",
    version: int | None = None,
) -> Written:
    """承诺期限: the needed one says by which day; a later day than promised before is counted."""
    row, task, after = _step(actor, today, blocker, "promise", by_on=by, text=text)
    later = row.promised_for is not None and by > row.promised_for
    fields = _said(actor, today, row, after, text or row.answer)
    fields |= {"promised_for": by, "promise_moves": row.promise_moves + later}
    return _saved(actor, row, version, now, text, fields, task)


@write("ledger.blocker.answer")
def answer_blocker(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    blocker: Blocker,
    text: str,
    version: int | None = None,
) -> Written:
    """答复已办: the needed one says what was done; whoever raised it says whether that is so."""
    row, task, after = _step(actor, today, blocker, "answer", text=text)
    return _saved(actor, row, version, now, text, _said(actor, today, row, after, text), task)


@write("ledger.blocker.send_back")
def send_back_blocker(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    blocker: Blocker,
    text: str,
    version: int | None = None,
) -> Written:
    """退回: not mine, with the reason; once for each blocker, then it is answered."""
    row, task, after = _step(actor, today, blocker, "send_back", text=text)
    fields = _said(actor, today, row, after, text) | {"returns": row.returns + 1}
    return _saved(actor, row, version, now, text, fields, task)


@write("ledger.blocker.point")
def point_blocker(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    blocker: Blocker,
    unit_id: UUID | None = None,
    post_id: UUID | None = None,
    text: str = "",
    version: int | None = None,
) -> Written:
    """改请: whoever raised it names another unit or post; a promise of the one before lapses."""
    if unit_id is None and post_id is None:
        raise Refused(say("blocking.needs_somebody"))
    row, task, after = _step(actor, today, blocker, "point", text=text)
    fields = _named(actor, today, Wanted(unit_id=unit_id, post_id=post_id))
    fields |= {"state": after, "state_since": today, "promised_for": None}
    return _saved(actor, row, version, now, text, fields, task)


@write("ledger.blocker.press")
def press_blocker(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    blocker: Blocker,
    text: str,
    version: int | None = None,
) -> Written:
    """未解决: what was answered did not solve it; it is the needed one's again, with the reason."""
    row, task, after = _step(actor, today, blocker, "press", text=text)
    fields = {"state": after, "state_since": today, "promised_for": None}
    return _saved(actor, row, version, now, text, fields, task)


@write("ledger.blocker.clear")
def clear_blocker(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    blocker: Blocker,
    text: str = "",
    version: int | None = None,
) -> Written:
    """确认解决: whoever raised it says that it no longer stands in the way."""
    row, task, _after = _step(actor, today, blocker, "clear", text=text)
    return _saved(actor, row, version, now, text, _cleared(actor, today), task)


def _step(
    actor: Actor,
    today: date,
    blocker: Blocker,
    verb: Verb,
    *,
    text: str = "",
    by_on: date | None = None,
) -> tuple[Blocker, Task, blocking.State]:
    """Lock the item, then the blocker, and ask the law; `Refused` with its sentence on a no."""
    task = paths.locked(blocker.task)
    row = Blocker.objects.select_for_update(of=("self",)).get(
        pk=blocker.pk, jurisdiction=task.jurisdiction
    )
    facts = facts_for(actor, today, task, row, text=text, by_on=by_on)
    return row, task, blocking.demand(row.state, verb, facts)  # type: ignore[arg-type]


def _said(
    actor: Actor, today: date, row: Blocker, after: blocking.State, text: str
) -> dict[str, Any]:
    """The answer of the needed one: its words, and whether the office typed it (代录)."""
    typed = row.needs_unit_id not in actor.unit_ids and row.needs_post_id not in actor.post_ids
    return {
        "state": after,
        "state_since": today,
        "answer": text.strip()[:300],
        "answered_on": today,
        "answered_by_id": actor.person_id,
        "answer_typed": typed,
    }


def _cleared(actor: Actor, today: date) -> dict[str, Any]:
    state = Blocker.State.CLEARED.value
    who = doer_of(actor)
    return {"state": state, "state_since": today, "cleared_on": today, "cleared_by_id": who}


def _clear(actor: Actor, today: date, now: datetime, row: Blocker) -> None:
    record(row, save(row, None, **_cleared(actor, today)), unit_id=row.unit_id, at=now)


def _saved(
    actor: Actor,
    row: Blocker,
    version: int | None,
    now: datetime,
    reason: str,
    fields: dict[str, Any],
    task: Task,
) -> Written:
    """Save the blocker, and what the item keeps of its open blockers."""
    record(row, save(row, version, **fields), unit_id=row.unit_id, reason=reason.strip(), at=now)
    changes = save(task, None, **mirror(list(open_rows(actor, task))))
    if changes:
        record(task, changes, at=now)
    return Written("ledger.blocker", row.pk, row.version, {"state": row.state})
