"""The measured set is written: one action a town, in bulk, a journal entry for every task."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any

from django.db import models
from uuid6 import uuid7

from luoshi.config.load.figures import figures
from luoshi.config.load.town import Town, reports, town
from luoshi.domain.access import Actor
from luoshi.journal.actions import Written, created, record, write
from luoshi.ledger.models import Task
from luoshi.org import actions as org
from luoshi.org.models import Unit
from luoshi.store.bulk import insert_many, no_collecting

BATCH = 1000
FOUNDED = date(2020, 1, 1)


def load(today: date, towns: int, password: str) -> Iterator[int]:
    """Found a county and fill so many towns; yields the rows written of each, as it is done."""
    actor = Actor.system(uuid7())
    org.found_jurisdiction(actor=actor, today=FOUNDED, name="实测县")
    for number in range(1, towns + 1):
        with no_collecting():
            answer = load_town(actor=actor, today=today, number=number, password=password)
        yield int(answer.facts["rows"])


@write("config.load.town")
def load_town(*, actor: Actor, today: date, number: int, password: str) -> Written:
    """Write one town, its plan of today's year and its indicators' last twelve months at once."""
    root = Unit.objects.get(pk=actor.jurisdiction_id)
    made = town(root, number, today.year, password)
    said = figures(made, today)
    written = sum(_keep(rows) for rows in _tables(made)) + _keep(reports(made))
    written += sum(_keep(rows) for rows in said.tables())
    record(made.town, created(made.town), unit_id=made.town.pk)
    record(made.plan, created(made.plan))
    for task in made.tasks:
        record(task, _facts(task), verb="ledger.task.register")
    for indicator in said.indicators:
        record(indicator, created(indicator), verb="indicators.indicator.create")
    for target in said.targets:
        record(target, created(target), verb="indicators.target.set")
    return Written("org.unit", made.town.pk, 1, {"rows": written + len(made.tasks) + 2})


def _tables(made: Town) -> Iterable[Iterable[models.Model]]:
    """The tables in an order in which every reference is there already."""
    return (
        made.units,
        made.posts,
        made.people,
        made.terms,
        made.accounts,
        [made.plan],
        made.lines,
        made.tasks,
        made.assignments,
        made.milestones,
    )


def _keep(rows: Iterable[models.Model]) -> int:
    """Write rows of one table a thousand at a time; the count."""
    count, left = 0, iter(rows)
    while batch := list(islice(left, BATCH)):
        insert_many(batch)
        count += len(batch)
    return count


def _facts(task: Task) -> dict[str, Any]:
    """What the entry of a loaded task says: its words, place and dates."""
    said = ("number", "title", "unit_id", "line_id", "starts_on", "due_on", "state", "progress")
    return {name: (None, getattr(task, name)) for name in said}
