"""回头看抽查: drawing a sample, saying what was found, ending it early."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from uuid6 import uuid7

from luoshi.domain import sampling
from luoshi.domain.access import Actor
from luoshi.domain.base import Period, Refused, say
from luoshi.domain.closing import State
from luoshi.journal.actions import Written, created, record, write
from luoshi.ledger import actions as ledger
from luoshi.ledger.actions.paths import locked
from luoshi.ledger.judging import CLOSED
from luoshi.ledger.models import Task
from luoshi.org.models import Unit
from luoshi.store.rows import save
from luoshi.supervision.models import SampleDraw, SampleItem, Verification
from luoshi.supervision.queries import checker_facts, periods, place_to_draw, proposal
from luoshi.supervision.queries.proposing import CONFIDENCES, RATES, Proposal


@write("supervision.sample.draw")
def draw(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    period: Period,
    confidence: int,
    rate: int,
) -> Written:
    """抽取: the period's closed items are listed, and only then the row's key is made, the seed.

    Nobody chooses or foresees the seed, and a period is drawn once: nobody draws until it pleases.
    The list that took part is kept, so that anybody can draw again. The town's office draws for the
    town, the county's supervisors for the county.
    """
    unit = _place(actor)
    if period not in periods(actor, today) or confidence not in CONFIDENCES or rate not in RATES:
        raise Refused(say("sampling.not_offered"))
    Unit.objects.select_for_update().get(pk=unit.pk)  # two who draw at once: one after the other
    offer = proposal(actor, today, unit, period, (confidence, rate))
    if offer.taken is not None:
        raise Refused(say("sampling.drawn_already", day=offer.taken.drawn_on))
    if offer.is_empty:
        raise Refused(say("sampling.none"))
    key = uuid7()
    strata = {s.unit.pk: [str(task) for task in s.keys] for s in offer.strata}
    picked = sampling.draw(strata, offer.size.drawn, str(key))
    row = SampleDraw(
        id=key,
        jurisdiction=actor.jurisdiction_id,
        unit=unit,
        from_on=period.start,
        to_on=period.end,
        confidence=confidence,
        rate=rate,
        population=offer.size.population,
        size=offer.size.drawn,
        must_count=offer.must_count,
        frame=b"".join(task.bytes for stratum in offer.strata for task in stratum.keys),
        strata=[
            [str(s.unit.pk), len(s.keys), len(picked[s.unit.pk]), len(s.must)] for s in offer.strata
        ],
        drawn_on=today,
        drawn_at=now,
        drawn_by_id=_person(actor),
    )
    row.save(force_insert=True)
    items = list(_items(row, offer, picked))
    SampleItem.objects.bulk_create(items, batch_size=500)
    frame = hashlib.sha256(row.frame).hexdigest()
    told = {name: change for name, change in created(row).items() if name != "frame"}
    told |= {"frame_sha256": (None, frame), "tasks": (None, [item.task_id for item in items])}
    record(row, told, unit_id=unit.pk, at=now)
    return Written("supervision.sampledraw", row.pk, row.version, {"items": len(items)})


def _items(
    row: SampleDraw, offer: Proposal, picked: Mapping[UUID, Sequence[str]]
) -> Iterator[SampleItem]:
    """The rows of what was drawn and what is always checked, unit by unit."""
    keys = [UUID(key) for some in picked.values() for key in some]
    tasks = {task.pk: task for task in Task.objects.filter(pk__in=keys)}
    place = 0
    for stratum in offer.strata:
        drawn = [(tasks[UUID(key)], "") for key in picked[stratum.unit.pk]]
        for task, why in [*stratum.must, *drawn]:
            place += 1
            assert task.closed_on is not None
            yield SampleItem(
                jurisdiction=row.jurisdiction,
                draw=row,
                task=task,
                unit_id=task.unit_id,
                stratum=stratum.unit,
                position=place,
                must=why,
                closed_on=task.closed_on,
                done_by_id=task.done_by_id,
                verified_by_id=task.verified_by_id,
            )


@write("supervision.sample.check")
def check(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    item: SampleItem,
    outcome: str,
    note: str,
    method: str = Verification.Method.PAPERS,
    found: int | None = None,
    version: int | None = None,
) -> Written:
    """查看: the person drawn says 属实 or 不实 and what was seen; 不实 re-opens the item.

    Its history stays: who did and verified it stands in the item of the draw. What is not closed
    any more (somebody re-opened it meanwhile) keeps its state. With the last item the draw is done.
    """
    if not note.strip():
        raise Refused(say("supervision.no_note"))
    draw_row = SampleDraw.objects.select_for_update().get(pk=item.draw_id)
    task = locked(item.task)
    row = SampleItem.objects.select_for_update().get(pk=item.pk)
    row.draw, row.task = draw_row, task
    why = sampling.refusal(checker_facts(actor, today, row))
    if why is not None:
        raise Refused(why)
    false = outcome == SampleItem.Outcome.FALSE
    changes = save(
        row,
        version,
        found=found if false else None,
        outcome=SampleItem.Outcome(outcome),
        method=Verification.Method(method),
        note=note.strip()[:500],
        checked_on=today,
        checked_by_id=_person(actor),
    )
    record(row, changes, reason=note, at=now)
    if false and State(task.state) in {State(state) for state in CLOSED}:
        told: dict[str, Any] = {"actor": actor, "today": today, "now": now, "task": task}
        ledger.reopen(**told, reason=note, is_sampled=True, found=found)
    if not draw_row.items.filter(outcome="").exists():
        _end(draw_row, SampleDraw.State.DONE, today, now)
    facts = {"draw": row.draw_id, "outcome": outcome, "state": draw_row.state}
    return Written("supervision.sampleitem", row.pk, row.version, facts)


@write("supervision.sample.end")
def end(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    draw: SampleDraw,
    reason: str,
    version: int | None = None,
) -> Written:
    """提前结束: whoever may draw ends it with the reason; what was not looked at stays unsaid."""
    if not reason.strip():
        raise Refused(say("closing.needs.reason"))
    row = SampleDraw.objects.select_for_update().get(pk=draw.pk)
    if _place(actor).pk != row.unit_id:
        raise Refused(say("sampling.not_yours"))
    if row.state != SampleDraw.State.OPEN:
        raise Refused(say("sampling.not_open"))
    _end(row, SampleDraw.State.ENDED, today, now, reason=reason.strip()[:300], version=version)
    return Written("supervision.sampledraw", row.pk, row.version, {"state": row.state})


def _end(
    row: SampleDraw,
    state: SampleDraw.State,
    today: date,
    now: datetime,
    *,
    reason: str = "",
    version: int | None = None,
) -> None:
    changes = save(row, version, state=state, ended_on=today, end_reason=reason)
    record(row, changes, reason=reason, at=now)


def _place(actor: Actor) -> Unit:
    unit = place_to_draw(actor)
    if unit is None or actor.on_behalf_of is not None:
        raise Refused(say("sampling.not_yours"))
    return unit


def _person(actor: Actor) -> UUID:
    if actor.person_id is None:
        raise Refused(say("supervision.no_person"))
    return actor.person_id
