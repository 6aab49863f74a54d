"""走访 and 盯办: a leader's note of what was seen, and the items that he follows by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from luoshi.domain import visiting
from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, Sentence, say
from luoshi.journal.actions import Written, created, nothing, record, write
from luoshi.ledger import actions as ledger
from luoshi.ledger.actions import NewTask
from luoshi.ledger.judging import OVER
from luoshi.ledger.models import Blocker, Task
from luoshi.ledger.queries import Roles, visible_blockers, visible_tasks
from luoshi.ledger.queries.choosing import DISCIPLINE
from luoshi.office.marking import marking
from luoshi.org.models import Person
from luoshi.store.rows import save
from luoshi.supervision.models import Visit, VisitTie, Watch
from luoshi.supervision.queries.promising import promised
from luoshi.supervision.queries.visiting import LeaderPost, leader_post, person_on

TIES = 20
"""Items and blockers that one visit may be tied to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """当场答应: what, which unit does it, by when; `despite`: though a caution is told."""

    text: str
    unit_id: UUID | None = None
    due_on: date | None = None
    despite: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A visit as it is noted. `tasks` and `blockers` are what it was about; both may be empty."""

    visited_on: date
    place: str
    seen: str
    post_id: UUID | None = None
    tasks: tuple[UUID, ...] = ()
    blockers: tuple[UUID, ...] = ()
    promised: Promised | None = None


@write("supervision.visit.note")
def note_visit(*, actor: Actor, today: date, now: datetime, note: Note) -> Written:
    """记走访: where a leader was, what was seen, what it was about; by the leader, or typed (代录).

    The person is who held the post on the day of the visit. A promise becomes an item of the
    ledger in the same act, handed to its unit in the leader's name, so that it is followed and
    verified as every other; its date passes the law of promises first (R70).
    """
    leader = _leader(actor, today, note.post_id)
    _demand(visiting.note_fault(note.visited_on, today, note.place, note.seen))
    _unmarked(note.place, note.seen, note.promised.text if note.promised else "")
    person = _person(actor, leader, note.visited_on)
    ties = _ties(actor, today, note)
    task = _promise(actor, today, now, leader, person, note.promised)
    row = Visit(
        jurisdiction=actor.jurisdiction_id,
        unit=leader.town,
        post=leader.post,
        person_id=person.pk,
        typed_by_id=None if person.pk == actor.person_id else actor.person_id,
        visited_on=note.visited_on,
        place=note.place.strip()[:100],
        seen=note.seen.strip()[:500],
        promised=note.promised.text.strip()[:200] if note.promised and task else "",
        promise=task,
        noted_at=now,
    )
    row.save(force_insert=True)
    kept = [
        VisitTie.objects.create(
            jurisdiction=row.jurisdiction,
            visit=row,
            task_id=task_id,
            blocker_id=blocker_id,
            unit_id=unit_id,
        )
        for task_id, blocker_id, unit_id in ties
    ]
    about = [str(tie.blocker_id or tie.task_id) for tie in kept]
    record(row, created(row, about=(None, about)), unit_id=leader.town.pk, at=now)
    return Written(
        "supervision.visit", row.pk, row.version, {"promise": str(task.pk) if task else None}
    )


@write("supervision.visit.edit")
def edit_visit(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    visit: Visit,
    place: str,
    seen: str,
    version: int | None = None,
) -> Written:
    """改走访记录: the words of a note, by leader or office; day, items, promise stand."""
    leader = _leader(actor, today, visit.post_id)
    row = Visit.objects.select_for_update(of=("self",)).get(pk=visit.pk)
    _demand(visiting.note_fault(row.visited_on, today, place, seen))
    _unmarked(place, seen)
    changes = save(row, version, place=place.strip()[:100], seen=seen.strip()[:500])
    if not changes:
        return nothing("supervision.visit", row.pk)
    record(row, changes, unit_id=leader.town.pk, at=now)
    return Written("supervision.visit", row.pk, row.version)


@write("supervision.watch.set")
def watch(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    task: Task,
    step: str,
    step_on: date,
    post_id: UUID | None = None,
    version: int | None = None,
) -> Written:
    """盯办: put an item on the post's short list with its next step and day, or change these.

    At most nine items of a post; an item that is over is not watched.
    """
    leader = _leader(actor, today, post_id)
    row_task = visible_tasks(actor, today).filter(pk=task.pk).first()
    if row_task is None:
        raise Refused(say("visiting.unknown_item"))
    if row_task.state in OVER:
        raise Refused(say("watching.over"))
    held = list(
        Watch.objects.select_for_update().filter(
            jurisdiction=actor.jurisdiction_id, post=leader.post, ended_on__isnull=True
        )
    )
    row = next((one for one in held if one.task_id == task.pk), None)
    _demand(visiting.watch_fault(step, step_on, today, len(held) - (row is not None)))
    _unmarked(step)
    words = step.strip()[:200]
    if row is None:
        row = Watch(
            jurisdiction=actor.jurisdiction_id,
            unit_id=row_task.unit_id,
            post=leader.post,
            task=row_task,
            step=words,
            step_on=step_on,
            since_on=today,
        )
        row.save(force_insert=True)
        record(row, created(row), unit_id=row_task.unit_id, at=now)
    else:
        changes = save(row, version, step=words, step_on=step_on)
        if not changes:
            return nothing("supervision.watch", row.pk)
        record(row, changes, unit_id=row.unit_id, at=now)
    return Written("supervision.watch", row.pk, row.version)


@write("supervision.watch.end")
def end_watch(
    *, actor: Actor, today: date, now: datetime, watch: Watch, version: int | None = None
) -> Written:
    """不再盯: take an item off the list; the item itself stays as it is."""
    _leader(actor, today, watch.post_id)
    row = Watch.objects.select_for_update(of=("self",)).get(pk=watch.pk)
    if row.ended_on is not None:
        raise Refused(say("watching.ended"))
    record(row, save(row, version, ended_on=today), unit_id=row.unit_id, at=now)
    return Written("supervision.watch", row.pk, row.version)


def _leader(actor: Actor, today: date, post_id: UUID | None) -> LeaderPost:
    """The post that is written for: one's own, or for the office one of its town."""
    found = None if actor.on_behalf_of is not None else leader_post(actor, today, post_id)
    if found is None:
        raise Refused(say("visiting.not_yours"))
    return found


def _person(actor: Actor, leader: LeaderPost, day: date) -> Person:
    """Who held the post on the day; a leader notes only what was his own."""
    person = person_on(actor, leader.post, day)
    if person is None:
        raise Refused(say("visiting.post_not_held", on=day))
    if leader.post.pk in actor.post_ids and person.pk != actor.answers_as:
        raise Refused(say("visiting.held_by_other", on=day, name=person.name))
    return person


def _ties(actor: Actor, today: date, note: Note) -> list[tuple[UUID, UUID | None, UUID]]:
    """Item, blocker and unit of each tie; all must be in view. A blocker brings its own item."""
    tasks, blockers = set(note.tasks), set(note.blockers)
    if len(tasks) + len(blockers) > TIES:
        raise Refused(say("visiting.too_many_items", n=TIES))
    seen = visible_tasks(actor, today).order_by()
    rows = dict(seen.filter(pk__in=tasks).values_list("pk", "unit_id"))
    stuck = list(visible_blockers(actor, today).filter(pk__in=blockers).select_related("task"))
    found = {row.task_id for row in stuck}
    opened = set(seen.filter(pk__in=found).values_list("pk", flat=True)) if found else set()
    if set(rows) != tasks or {row.pk for row in stuck} != blockers or opened != found:
        raise Refused(say("visiting.unknown_item"))
    ties: list[tuple[UUID, UUID | None, UUID]] = [_tie(row) for row in stuck]
    ties += [(key, None, unit) for key, unit in rows.items() if key not in found]
    return ties


def _tie(row: Blocker) -> tuple[UUID, UUID | None, UUID]:
    return row.task_id, row.pk, row.task.unit_id


def _promise(
    actor: Actor,
    today: date,
    now: datetime,
    leader: LeaderPost,
    person: Person,
    told: Promised | None,
) -> Task | None:
    """The item that a promise becomes, handed out in the leader's name; or None."""
    if told is None or not told.text.strip():
        if told is not None and (told.unit_id or told.due_on):
            raise Refused(say("visiting.promise_nothing"))
        return None
    if told.unit_id is None or told.due_on is None:
        raise Refused(say("visiting.promise_alone"))
    verdict = promised(actor, today, leader.town, told.unit_id, told.due_on)
    if verdict.refusals:
        raise Refused(verdict.refusals[0])
    if verdict.cautions and not told.despite:
        raise Refused(say("visiting.caution", why=verdict.cautions[0]))
    leads = None if DISCIPLINE in leader.post.title else leader.post.pk
    roles = Roles(lead_unit=told.unit_id, lead_leader=leads)
    new = NewTask(
        title=told.text.strip()[:200],
        roles=roles,
        due_on=told.due_on,
        source_kind=Task.Source.INSTRUCTION,
    )
    made = ledger.register_task(actor=actor, today=today, now=now, new=new)
    task = Task.objects.select_related("unit").get(pk=made.id)
    ledger.assign(actor=actor, today=today, now=now, task=task, asked_by_id=person.pk)
    task.refresh_from_db()
    return task


def _unmarked(*texts: str) -> None:
    """Nothing that bears a marking is kept (R71)."""
    found = next((mark for text in texts if (mark := marking(text))), None)
    if found:
        raise Refused(say("visiting.marked", marking=found))


def _demand(fault: Sentence | None) -> None:
    if fault is not None:
        raise Refused(fault)
