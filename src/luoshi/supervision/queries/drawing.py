"""Who verifies: drawn by lot among the town office, never chosen, never the doer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from luoshi.domain import sampling
from luoshi.domain.access import Actor
from luoshi.domain.closing import draw_verifier
from luoshi.ledger.models import ProgressReport, Task
from luoshi.ledger.queries import NOBODY, Roles, roles_of
from luoshi.org.models import Person, Post, Term, Unit
from luoshi.supervision.models import SampleItem


@dataclass(slots=True)
class _Told:
    """Who spoke of a task (also on behalf), and the report that says it is done."""

    people: set[UUID] = field(default_factory=set)
    done: UUID | None = None


def drawn_for(actor: Actor, today: date, tasks: Sequence[Task]) -> Mapping[UUID, Person | None]:
    """The verifier drawn for each task that is reported done; None where nobody may be.

    The lot falls among those who held a post of the town's office on the day of the report "done";
    its seed is that report's own key, which nobody knows beforehand. Barred are all who reported,
    also on behalf (代录), the owner, and the office's people where the office leads the task. Who
    has left since is passed over, without changing anybody else's lot. Where the office has nobody
    left, the leader in charge verifies. Five queries for any number of tasks.
    """
    if not tasks:
        return {}
    roles, told = roles_of([task.pk for task in tasks]), _told(tasks)
    towns, leaders = _towns(actor), _leader_terms(actor, today, tasks, roles)
    office = _office_terms(actor, towns)
    homes = {path: _town(path, towns) for path in {task.unit.path for task in tasks}}
    found: dict[UUID, Person | None] = {}
    for task in tasks:
        carried, spoken = roles.get(task.pk, NOBODY), told.get(task.pk, _Told())
        barred = {*spoken.people, *([task.done_by_id] if task.done_by_id else [])}
        terms = office.get(homes[task.unit.path], ())
        able = [term for term in terms if not _carries(term, carried)]
        barred |= {term.person_id for term in terms if _carries(term, carried)}
        pool = [term for term in able if _held(term, task.done_on or today)] or able
        serving = {term.person_id for term in able if _held(term, today)}
        seed = f"{task.pk}/{spoken.done}"
        person = _draw(pool, serving, barred, seed) or _draw(able, serving, barred, seed)
        found[task.pk] = person or _leader(task, carried, leaders, barred)
    return found


@dataclass(frozen=True, slots=True)
class Lot:
    """Who is to look at an item of a draw, and who may not because they did or reported it."""

    person: Person | None
    doers: Collection[UUID]


def checkers_for(actor: Actor, today: date, items: Sequence[SampleItem]) -> Mapping[UUID, Lot]:
    """Who looks again at each item of its draw (by the item's key), drawn by the draw's own key.

    Barred are whoever did or reported it (also 代录), carries it, or verified it the first time. In
    a town the lot falls among the office as it was on the day of the draw, else on the leader in
    charge; in a county among its supervisors. Who has left since is passed over and moves nobody
    else's lot. Seven queries for any number of items, which come with their draw, unit and task.
    """
    tasks = [item.task for item in items]
    if not tasks:
        return {}
    roles, told = roles_of([task.pk for task in tasks]), _told(tasks)
    leaders = _leader_terms(actor, today, tasks, roles)
    towns = _towns(actor)
    office, supervisors = _office_terms(actor, towns), _supervisor_terms(actor)
    found = {}
    for item in items:
        draw = item.draw
        in_county = draw.unit.kind == Unit.Kind.COUNTY
        carried = roles.get(item.task_id, NOBODY)
        doers = told.get(item.task_id, _Told()).people | {who for who in (item.done_by_id,) if who}
        town = _town(item.task.unit.path, towns)
        terms = supervisors if in_county else office.get(town, ())
        barred = {who for who in (*doers, item.verified_by_id) if who}
        barred |= {term.person_id for term in terms if _carries(term, carried)}
        able = {
            str(term.person_id): term
            for term in sorted(terms, key=lambda term: _held(term, draw.drawn_on))
            if _held(term, today) and term.person_id not in barred
        }
        first = [key for key, term in able.items() if _held(term, draw.drawn_on)] or list(able)
        lot = sampling.order(first, f"{draw.pk}/{item.task_id}")
        person = able[lot[0]].person if lot else None
        if person is None and not in_county:
            person = _leader(item.task, carried, leaders, barred)
        found[item.pk] = Lot(person, doers)
    return found


def _supervisor_terms(actor: Actor) -> Sequence[Term]:
    """Terms, past and present, at posts of the county's supervisors."""
    rows = Term.objects.filter(
        jurisdiction=actor.jurisdiction_id, post__role=Post.Role.COUNTY_SUPERVISOR
    ).select_related("person", "post__unit")
    return list(rows.order_by("person_id", "id"))


def _draw(
    pool: Iterable[Term], serving: Collection[UUID], barred: Collection[UUID], seed: str
) -> Person | None:
    """Draw until the lot falls on somebody who still serves."""
    people = {term.person_id: term.person for term in pool}
    left = sorted(people)
    while left:
        drawn = draw_verifier(left, barred, f"{seed}/{len(left)}")
        if drawn is None:
            return None
        if drawn in serving:
            return people[drawn]
        left.remove(drawn)
    return None


def _told(tasks: Sequence[Task]) -> Mapping[UUID, _Told]:
    found: dict[UUID, _Told] = {}
    rows = ProgressReport.objects.filter(task__in=[task.pk for task in tasks])
    columns = ("task_id", "id", "person_id", "typed_by_id", "says_done")
    for task_id, key, person, typist, done in rows.order_by("reported_at", "id").values_list(
        *columns
    ):
        told = found.setdefault(task_id, _Told())
        told.people |= {who for who in (person, typist) if who}
        told.done = key if done else told.done
    return found


def _office_terms(actor: Actor, towns: Sequence[str]) -> Mapping[str, Sequence[Term]]:
    """Terms, past and present, at posts of the town offices, by town."""
    rows = Term.objects.filter(jurisdiction=actor.jurisdiction_id, post__role=Post.Role.TOWN_OFFICE)
    found: dict[str, list[Term]] = {}
    for term in rows.select_related("person", "post__unit").order_by("person_id", "id"):
        found.setdefault(_town(term.post.unit.path, towns), []).append(term)
    return found


def _leader_terms(
    actor: Actor, today: date, tasks: Sequence[Task], roles: Mapping[UUID, Roles]
) -> list[Term]:
    posts = {_leader_post(task, roles.get(task.pk, NOBODY)) for task in tasks} - {None}
    rows = Term.objects.filter(jurisdiction=actor.jurisdiction_id, post__in=posts)
    held = rows.select_related("person", "post").order_by("person_id", "id")
    return [term for term in held if _held(term, today)]


def _leader(
    task: Task, roles: Roles, terms: Iterable[Term], barred: Collection[UUID]
) -> Person | None:
    post = _leader_post(task, roles)
    able = (
        term.person
        for term in terms
        if term.post_id == post and term.person_id not in barred and not _carries(term, roles)
    )
    return next(able, None)


def _leader_post(task: Task, roles: Roles) -> UUID | None:
    return roles.lead_leader or (task.line.leader_post_id if task.line else None)


def _carries(term: Term, roles: Roles) -> bool:
    """Whether the post carries the task itself: as its owner, or as head of the lead unit."""
    return term.post_id == roles.owner or term.post.unit_id == roles.lead_unit


def _held(term: Term, day: date) -> bool:
    return term.from_on <= day and (term.to_on is None or day <= term.to_on)


def _towns(actor: Actor) -> list[str]:
    rows = Unit.objects.filter(
        jurisdiction=actor.jurisdiction_id, kind__in=(Unit.Kind.COUNTY, Unit.Kind.TOWN)
    )
    return list(rows.values_list("path", flat=True))


def _town(path: str, towns: Iterable[str]) -> str:
    """The town (or the county) that a unit's path lies in."""
    return max((town for town in towns if path.startswith(town)), key=len, default="")
