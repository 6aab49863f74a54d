"""What the office's people owe: checks, close-outs, rulings, decisions, and spot checks."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from luoshi.domain.access import Actor
from luoshi.domain.base import Sentence, say
from luoshi.domain.intake import say_step
from luoshi.domain.workdays import SHANGHAI
from luoshi.ledger.models import Assignment, Task
from luoshi.ledger.queries import Owed, visible_tasks
from luoshi.org.queries import visible_unit_ids
from luoshi.supervision.models import Extension, SampleDraw, SampleItem
from luoshi.supervision.queries.asking import OPEN
from luoshi.supervision.queries.drawing import checkers_for
from luoshi.supervision.queries.papers import OpenAnswers, open_answers
from luoshi.supervision.queries.waiting import STATES, Seen, seen_by, why_of


@dataclass(frozen=True, slots=True)
class OwedLook:
    """What a person is to look at: an item that the lot gave, an answer that awaits a step.

    `by` is the day it was drawn, or the superior's day.
    """

    task: Task
    by: date
    late_days: int
    why: Sentence
    subject_id: UUID
    kind: str = "look"
    subject_kind: str = "supervision.sampleitem"

    @property
    def title(self) -> str:
        """What the task is called."""
        return self.task.title


def owed(actor: Actor, today: date) -> Sequence[Owed | OwedLook]:
    """What waits for this person's check, close-out, ruling, decision or second look, by age.

    `by` is the day since when it waits, `late_days` how long; no law gives these a day of their
    own. People who only carry tasks are owed nothing here. At most twenty-five queries.
    """
    found = _told(seen_by(actor, today), actor)
    found += [item for who, item in _looks(actor, today) if who == actor.person_id]
    found += _steps(open_answers(actor, today), actor, today)
    return sorted(found, key=lambda item: -item.late_days)


def owed_of_many(
    actor: Actor, today: date, people: Mapping[UUID, Actor]
) -> Mapping[UUID, Sequence[Owed | OwedLook]]:
    """The same for many people of the jurisdiction at once, by person; who owes none is left out.

    People with the same scope are read once. A constant number of queries for each scope of those
    who may be asked: leaders and offices, whoever assigned, whoever leads an item.
    """
    asked = _may_be_asked(actor, people)
    seen: dict[Hashable, Seen] = {}
    answers: dict[Hashable, OpenAnswers] = {}
    found: dict[UUID, list[Owed | OwedLook]] = {}
    for key in asked:
        one = people[key]
        scope = _scope(one)
        if scope not in seen:
            seen[scope] = seen_by(one, today)
            answers[scope] = open_answers(one, today)
        found[key] = [*_told(seen[scope], one), *_steps(answers[scope], one, today)]
    looks = _looks(actor, today)
    eyes: dict[tuple[Hashable, UUID], bool] = {}
    for who, item in looks:
        if who not in people:
            continue
        place = (_scope(people[who]), item.subject_id)
        if place not in eyes:
            eyes[place] = bool(_in_view(people[who], today, [item]))
        if eyes[place]:
            found.setdefault(who, []).append(item)
    return {key: sorted(r, key=lambda item: -item.late_days) for key, r in found.items() if r}


def _told(seen: Seen, actor: Actor) -> list[Owed | OwedLook]:
    return [
        Owed(item.kind, item.task, item.since, item.days, why_of(item))
        for item in seen.told(actor)
        if item.mine
    ]


def _steps(answers: OpenAnswers, actor: Actor, today: date) -> list[OwedLook]:
    """Answers to papers that wait for this person's step, by the superior's day."""
    found = []
    for report, step in answers.awaited(actor):
        due = report.paper.task.due_at or report.paper.received_at
        day = due.astimezone(SHANGHAI).date()
        why = say("intake.owed.step", n=report.edition, step=say_step(step), due=due)
        kind, task = "supervision.outgoingreport", report.paper.task
        found.append(OwedLook(task, day, (today - day).days, why, report.pk, "step", kind))
    return found


def _scope(actor: Actor) -> Hashable:
    """People with equal answers see the same rows: their roles, reaches and units are the same."""
    return frozenset((post.role, post.scope_path, post.unit_id) for post in actor.posts)


def _may_be_asked(actor: Actor, people: Mapping[UUID, Actor]) -> list[UUID]:
    """Whose move something could be, among the people; four queries."""
    rows = Task.objects.filter(jurisdiction=actor.jurisdiction_id)
    open_ = Extension.objects.filter(jurisdiction=actor.jurisdiction_id, state__in=OPEN)
    keys = set(rows.filter(state__in=list(STATES)).values_list("assigned_by_id", flat=True))
    keys |= set(open_.values_list("task__assigned_by_id", flat=True))
    waits = rows.filter(state__in=list(STATES)) | rows.filter(pk__in=open_.values("task"))
    leads = Assignment.objects.filter(
        jurisdiction=actor.jurisdiction_id, role="lead_leader", to_on__isnull=True
    )
    posts = set(leads.filter(task__in=waits.values("pk")).values_list("post_id", flat=True))
    posts |= set(waits.order_by().values_list("line__leader_post", flat=True))
    return [
        key
        for key, one in people.items()
        if one.has("supervise") or key in keys or one.post_ids & posts
    ]


def _looks(actor: Actor, today: date) -> list[tuple[UUID, OwedLook]]:
    """Items of open draws that nobody has looked at, and who was drawn to; nine queries.

    Asked by the system it is all of the jurisdiction's, by a person those in view.
    """
    rows = SampleItem.objects.filter(
        jurisdiction=actor.jurisdiction_id, outcome="", draw__state=SampleDraw.State.OPEN
    )
    if not actor.is_system:
        rows = rows.filter(
            draw__unit__in=visible_unit_ids(actor, today),
            task__in=visible_tasks(actor, today).values("pk"),
        )
    items = list(
        rows.select_related("draw__unit", "task__unit", "task__line", "task__plan")
        .defer("draw__frame")
        .order_by("position", "id")
    )
    lots = checkers_for(actor, today, items)
    return [
        (person.pk, _look(item, today))
        for item in items
        if (person := lots[item.pk].person) is not None
    ]


def _look(item: SampleItem, today: date) -> OwedLook:
    since = item.draw.drawn_on
    why = say("supervision.owed.look", since=since)
    if item.must:
        why = say("supervision.owed.look_must", since=since)
    return OwedLook(item.task, since, (today - since).days, why, item.pk)


def _in_view(actor: Actor, today: date, items: Sequence[OwedLook]) -> Sequence[UUID]:
    """Which items the person could open: the draw's unit and the task are both in view."""
    rows = SampleItem.objects.filter(
        pk__in=[item.subject_id for item in items],
        draw__unit__in=visible_unit_ids(actor, today),
        task__in=visible_tasks(actor, today).values("pk"),
    )
    return list(rows.values_list("pk", flat=True))
