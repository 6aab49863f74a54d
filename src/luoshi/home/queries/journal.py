"""The journal as a page tells it: who did what, when, to what, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.apps import apps
from django.db.models import QuerySet

from luoshi.domain.access import Actor
from luoshi.home.verbs import word
from luoshi.journal import queries as journal
from luoshi.journal.models import Entry
from luoshi.ledger.models import Task
from luoshi.org.models import Account, Person, Unit
from luoshi.org.queries import visible_unit_ids

MOST_EXPORTED = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the address of the page asks for."""

    verb: str = ""
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """An entry with its names: who (and for whom), what in words, on what, where, sealed or not."""

    entry: Entry
    who: str
    behalf: str
    what: str
    subject: str
    is_task: bool
    unit: str


def entries(actor: Actor, today: date, asked: Asked) -> QuerySet[Entry]:
    """The entries that the actor may read and the address asks for, newest first."""
    rows = journal.entries(actor, list(visible_unit_ids(actor, today)))
    return journal.narrowed(actor, rows, verb=asked.verb, from_on=asked.from_on, to_on=asked.to_on)


def lines(actor: Actor, rows: Iterable[Entry]) -> list[Line]:
    """Entries with the names of people, items and units; four queries for any number."""
    known = list(rows)
    people = _people(actor, known)
    jurisdiction = actor.jurisdiction_id
    subjects = {row.subject_id for row in known}
    tasks = dict(
        Task.objects.filter(jurisdiction=jurisdiction, pk__in=subjects).values_list("pk", "title")
    )
    units = {row.unit_id for row in known if row.unit_id}
    names = dict(
        Unit.objects.filter(jurisdiction=jurisdiction, pk__in=units).values_list("pk", "short_name")
    )
    return [
        Line(
            row,
            people.get(row.person_id or row.account_id, ""),
            people.get(row.on_behalf_of, ""),
            word(row.verb),
            tasks.get(row.subject_id, "") or _named(row),
            row.subject_id in tasks,
            names.get(row.unit_id, "") if row.unit_id else "",
        )
        for row in known
    ]


def _named(row: Entry) -> str:
    """What a row is, and the name it was written with, where its entry says so."""
    try:
        kind = str(apps.get_model(row.subject_kind)._meta.verbose_name)
    except (LookupError, ValueError):
        return ""
    names = (row.changes.get(name) for name in ("title", "name", "short_name"))
    name = next((str(pair[1] or pair[0]) for pair in names if isinstance(pair, list)), "")
    return f"{kind} {name}".strip()


def _people(actor: Actor, rows: Sequence[Entry]) -> Mapping[UUID | None, str]:
    keys = {row.person_id for row in rows} | {row.on_behalf_of for row in rows}
    accounts = {row.account_id for row in rows if row.person_id is None}
    found: dict[UUID | None, str] = dict(
        Person.objects.filter(jurisdiction=actor.jurisdiction_id, pk__in=keys - {None}).values_list(
            "pk", "name"
        )
    )
    found |= dict(
        Account.objects.filter(
            jurisdiction=actor.jurisdiction_id, pk__in=accounts - {None}
        ).values_list("pk", "login")
    )
    return found
