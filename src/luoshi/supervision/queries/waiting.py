"""What waits for somebody of the office: checks, close-outs, rulings, requests for more time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from luoshi.domain.access import Actor
from luoshi.domain.base import Sentence, say
from luoshi.domain.closing import Verb, verb_name
from luoshi.ledger.models import ProgressReport, Task
from luoshi.ledger.queries import NOBODY, Roles, roles_of, visible_tasks
from luoshi.org.models import Person, Term
from luoshi.org.queries import holds
from luoshi.supervision.models import Extension
from luoshi.supervision.queries.asking import OPEN
from luoshi.supervision.queries.drawing import drawn_for

Kind = Literal["verify", "close", "accept", "rule", "agree", "approve"]
MOST = 300
"""Rows of one kind that are looked at; the desk says how many there are in all."""
STATES: Mapping[str, Kind] = {
    Task.State.REPORTED_DONE: "verify",
    Task.State.VERIFIED: "close",
    Task.State.SUBMITTED: "accept",
    Task.State.DISPUTED: "rule",
}
VERBS: Mapping[Kind, Verb] = {
    "verify": Verb.VERIFY,
    "close": Verb.CLOSE,
    "accept": Verb.ACCEPT,
    "rule": Verb.RULE,
    "agree": Verb.AGREE_EXTENSION,
    "approve": Verb.APPROVE_EXTENSION,
}
ASKABLE = (Task.State.SIGNED, Task.State.UNDER_WAY)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits: since when, whose move it is, and whether that is the actor.

    `person` is None where nobody is known by name; then `whose` says it as a role.
    """

    kind: Kind
    task: Task
    since: date
    days: int
    person: Person | None
    whose: Sentence
    mine: bool
    extension: Extension | None = None

    @property
    def word(self) -> Sentence:
        """The office's word for the move that is awaited."""
        return verb_name(VERBS[self.kind])


def waiting(actor: Actor, today: date) -> Sequence[Waiting]:
    """All that waits for a check, a close-out, a ruling or a decision, the longest first.

    Within the tasks that the actor may see; at most twelve queries, whatever their number.
    """
    return seen_by(actor, today).told(actor)


class Seen:
    """What waits within one scope: read once, told to each person who has that scope."""

    def __init__(self, actor: Actor, today: date) -> None:
        """Read it with the eyes of one of them; eleven queries."""
        self.tasks = list(
            visible_tasks(actor, today)
            .filter(state__in=list(STATES))
            .select_related("unit", "plan", "line")
            .order_by("state_since", "tree", "id")[:MOST]
        )
        self.requests = _requests(actor, today)
        rows = {row.pk: row for row in (*self.tasks, *(asked.task for asked in self.requests))}
        self.known = _Known(actor, today, list(rows.values()))
        done = [task for task in self.tasks if task.state == Task.State.REPORTED_DONE]
        self.drawn = drawn_for(actor, today, done)

    def told(self, actor: Actor) -> Sequence[Waiting]:
        """The same as this person is told it, the longest first; no query."""
        known = self.known.as_told_to(actor)
        found = [
            known.task_waits(task, STATES[task.state], self.drawn.get(task.pk))
            for task in self.tasks
        ]
        found += [known.request_waits(asked) for asked in self.requests]
        return sorted(found, key=lambda item: (-item.days, item.task.number, str(item.task.pk)))


def seen_by(actor: Actor, today: date) -> Seen:
    """All that waits within the tasks the actor may see, whoever's move it is."""
    return Seen(actor, today)


def _requests(actor: Actor, today: date) -> list[Extension]:
    """Requests that can be decided now; one of a task that stands still waits with it."""
    rows = Extension.objects.filter(
        jurisdiction=actor.jurisdiction_id,
        state__in=OPEN,
        task__in=visible_tasks(actor, today).filter(state__in=ASKABLE).values("pk"),
    )
    rows = rows.select_related("task__unit", "task__plan", "task__line")
    return list(rows.order_by("asked_on", "id")[:MOST])


class _Known:
    """Who leads and who assigned, for several tasks at once; five queries."""

    def __init__(self, actor: Actor, today: date, tasks: Sequence[Task]) -> None:
        self.actor, self.today = actor, today
        self.roles = roles_of([task.pk for task in tasks])
        posts = {self._post(task) for task in tasks} - {None}
        self.leaders = {
            term.post_id: term.person
            for term in Term.objects.filter(
                holds(today), jurisdiction=actor.jurisdiction_id, post__in=posts
            )
            .select_related("person")
            .order_by("-kind", "id")
        }
        self.spoke = _spoke([task for task in tasks if task.state == Task.State.VERIFIED])
        self.assigners = _serving(actor, today, {task.assigned_by_id for task in tasks})

    def as_told_to(self, actor: Actor) -> _Known:
        """The same knowledge, held against somebody else's posts."""
        other = copy(self)
        other.actor = actor
        return other

    def _roles(self, task: Task) -> Roles:
        return self.roles.get(task.pk, NOBODY)

    def _post(self, task: Task) -> UUID | None:
        line = task.line
        return self._roles(task).lead_leader or (line.leader_post_id if line else None)

    def _reaches(self, task: Task, role: str) -> bool:
        """Whether the actor holds a post of the role over the task's unit."""
        path = task.unit.path
        return any(p.role == role and path.startswith(p.scope_path) for p in self.actor.posts)

    def _leader(self, task: Task) -> tuple[Person | None, Sentence, bool]:
        post = self._post(task)
        mine = post in self.actor.post_ids if post else self._reaches(task, "leader")
        return self.leaders.get(post) if post else None, say("supervision.whose.leader"), mine

    def _assigner(self, task: Task) -> tuple[Person | None, Sentence, bool]:
        """Who assigned it; where that person has left, the office stands in."""
        person = self.assigners.get(task.assigned_by_id) if task.assigned_by_id else None
        if person is not None:
            mine = person.pk == self.actor.answers_as
            return person, say("supervision.whose.assigner"), mine
        return None, say("supervision.whose.office"), self._reaches(task, "town_office")

    def task_waits(self, task: Task, kind: Kind, drawn: Person | None) -> Waiting:
        """A task in a state that awaits somebody."""
        since = (task.done_on if kind == "verify" else None) or task.state_since
        if kind == "verify":
            mine = drawn is not None and drawn.pk == self.actor.answers_as
            code = say("supervision.whose.drawn") if drawn else say("supervision.whose.nobody")
            move: tuple[Person | None, Sentence, bool] = (drawn, code, mine)
        elif kind == "rule":
            move = self._leader(task)
        elif kind == "accept":
            move = (None, say("supervision.whose.superior"), False)
        else:
            move = self._closer(task)
        return Waiting(kind, task, since, (self.today - since).days, *move)

    def _closer(self, task: Task) -> tuple[Person | None, Sentence, bool]:
        """Who raised it closes it; where that person did or reported it, the office does."""
        person, whose, mine = self._assigner(task)
        spoke = self.spoke.get(task.pk, set())
        if person is not None and person.pk not in spoke:
            return person, whose, mine
        able = not self.actor.both & spoke
        stands_in = able and self._reaches(task, "town_office")
        return None, say("supervision.whose.office"), stands_in

    def request_waits(self, asked: Extension) -> Waiting:
        """A request: the leader in charge agrees first, then the assigner approves."""
        first = asked.state == Extension.State.ASKED
        person, whose, mine = self._leader(asked.task) if first else self._assigner(asked.task)
        mine = mine and asked.asked_by_id not in self.actor.both
        days = (self.today - asked.asked_on).days
        kind: Kind = "agree" if first else "approve"
        return Waiting(kind, asked.task, asked.asked_on, days, person, whose, mine, asked)


def _spoke(tasks: Sequence[Task]) -> Mapping[UUID, set[UUID]]:
    """Who did or reported each task, also on behalf (代录)."""
    found = {task.pk: {task.done_by_id} if task.done_by_id else set() for task in tasks}
    rows = ProgressReport.objects.filter(task__in=list(found))
    for task_id, *people in rows.values_list("task_id", "person_id", "typed_by_id"):
        found[task_id] |= {who for who in people if who}
    return found


def _serving(actor: Actor, today: date, people: Iterable[UUID | None]) -> Mapping[UUID, Person]:
    """Those of the people who hold a post today."""
    rows = Term.objects.filter(
        holds(today), jurisdiction=actor.jurisdiction_id, person__in={key for key in people if key}
    ).select_related("person")
    return {term.person_id: term.person for term in rows}


def why_of(item: Waiting) -> Sentence:
    """What is asked, in a sentence."""
    asked = item.extension
    if asked is not None:
        new, old = asked.new_due_on, asked.old_due_on
        if item.kind == "agree":
            return say("supervision.owed.agree", new=new, old=old, reason=asked.reason)
        return say("supervision.owed.approve", new=new, old=old, reason=asked.reason)
    if item.kind == "verify":
        return say("supervision.owed.verify", since=item.since)
    if item.kind == "rule":
        return say("supervision.owed.rule", since=item.since)
    if item.kind == "accept":
        return say("supervision.owed.accept", since=item.since)
    return say("supervision.owed.close", since=item.since)
