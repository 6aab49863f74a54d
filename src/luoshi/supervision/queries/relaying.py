"""What a pasted chat may be about, and what was typed for a person (代录)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from luoshi.domain.access import Actor
from luoshi.domain.intake import OpenItem, Roster
from luoshi.ledger.models import ProgressReport, Task
from luoshi.ledger.queries import NOBODY, roles_of, visible_tasks
from luoshi.org.models import Person
from luoshi.supervision.models import Confirmation

OPEN_STATES = (Task.State.ASSIGNED, Task.State.SIGNED, Task.State.UNDER_WAY)
LOOKED_AT = 20_000
ASKED_FOR = timedelta(days=60)
"""How long a report typed for somebody waits for a word."""


def may_relay(actor: Actor) -> bool:
    """Only the town's office types for others."""
    return "town_office" in actor.roles


def open_items(actor: Actor, today: date, roster: Roster) -> list[OpenItem]:
    """The open leaves that somebody of the roster carries, by unit and owner; two queries."""
    units = {place.id for place in roster.places}
    rows = visible_tasks(actor, today).filter(state__in=OPEN_STATES, is_leaf=True)
    told = rows.order_by("tree", "id").values_list("pk", "number", "title", "unit_id")
    tasks = list(told[:LOOKED_AT])
    roles = roles_of([key for key, *_rest in tasks])
    holding: dict[UUID, set[UUID]] = {}
    for holder in roster.holders:
        holding.setdefault(holder.post_id, set()).add(holder.person_id)
    found = []
    for key, number, title, unit_id in tasks:
        held = roles.get(key, NOBODY)
        carry = {held.lead_unit or unit_id, *held.supporting} & units
        people = holding.get(held.owner, set()) if held.owner else set()
        if carry or people:
            found.append(OpenItem(key, number, title, frozenset(carry), frozenset(people)))
    return found


@dataclass(frozen=True, slots=True)
class TypedFor:
    """A report that the office typed for a person, and what the person says of it (None: yet)."""

    report: ProgressReport
    typed_by: str
    person: str
    answer: Confirmation | None

    @property
    def task(self) -> Task:
        """What it is about."""
        return self.report.task


def typed_for(actor: Actor, today: date) -> Sequence[TypedFor]:
    """What was typed in the actor's name and still waits for a word, newest first; two queries."""
    if actor.person_id is None:
        return ()
    rows = ProgressReport.objects.filter(
        jurisdiction=actor.jurisdiction_id,
        person_id=actor.person_id,
        typed_by_id__isnull=False,
        reported_on__gte=today - ASKED_FOR,
        confirmation__isnull=True,
    )
    return _told(list(rows.select_related("task").order_by("-reported_at", "-id")[:50]), {})


def typed_of(actor: Actor, task: Task) -> Sequence[TypedFor]:
    """What the office typed of a task, with what was answered, newest first; two queries."""
    rows = ProgressReport.objects.filter(
        jurisdiction=actor.jurisdiction_id, task=task, typed_by_id__isnull=False
    )
    reports = list(rows.select_related("task").order_by("-reported_at", "-id")[:10])
    answers = Confirmation.objects.filter(report__in=[one.pk for one in reports])
    return _told(reports, {one.report_id: one for one in answers})


def typed_report(actor: Actor, today: date, report_id: UUID) -> ProgressReport | None:
    """One report typed in the actor's own name; nobody answers for another."""
    del today
    if actor.person_id is None:
        return None
    rows = ProgressReport.objects.filter(
        pk=report_id,
        jurisdiction=actor.jurisdiction_id,
        person_id=actor.person_id,
        typed_by_id__isnull=False,
    )
    return rows.select_related("task").first()


def _told(
    reports: Sequence[ProgressReport], answers: Mapping[UUID, Confirmation]
) -> list[TypedFor]:
    people = {one.typed_by_id for one in reports} | {one.person_id for one in reports}
    found = Person.objects.filter(pk__in=people - {None}).values_list("pk", "name")
    names: dict[UUID | None, str] = dict(found)
    return [
        TypedFor(
            one,
            names.get(one.typed_by_id, ""),
            names.get(one.person_id, ""),
            answers.get(one.pk),
        )
        for one in reports
    ]
