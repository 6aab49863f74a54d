"""The journal as a page tells it: who did what, when, to what, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from luoshi.domain.access import Actor
from luoshi.domain.workdays import SHANGHAI
from luoshi.home.verbs import word
from luoshi.journal import queries as journal
from luoshi.journal.models import Entry
from luoshi.ledger.models import Task
from luoshi.office.xlsx_out import Column, TableSpec
from luoshi.org.models import Account, Person, Unit
from luoshi.org.queries import visible_unit_ids

MOST_EXPORTED = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the address of the page asks for."""

    verb: str = ""
    kind: str = ""
    unit_id: UUID | None = None
    person: str = ""
    text: str = ""
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
    rows = journal.narrowed(
        actor,
        rows,
        verb=asked.verb,
        kind=asked.kind,
        unit_id=asked.unit_id,
        from_on=asked.from_on,
        to_on=asked.to_on,
    )
    if asked.person:
        rows = rows.filter(_by(actor, asked.person))
    return rows.filter(_says(actor, asked.text)) if asked.text else rows


def _by(actor: Actor, name: str) -> Q:
    """Done by somebody of that name or login, or on behalf of one."""
    mine = {"jurisdiction": actor.jurisdiction_id}
    people = Person.objects.filter(**mine, name__icontains=name).values("pk")
    accounts = Account.objects.filter(**mine, login__iexact=name).values("pk")
    return Q(person_id__in=people) | Q(on_behalf_of__in=people) | Q(account_id__in=accounts)


def _says(actor: Actor, text: str) -> Q:
    """The reason says it, the item's title does, or the item has that number."""
    tasks = Task.objects.filter(jurisdiction=actor.jurisdiction_id)
    found = tasks.filter(Q(title__icontains=text) | Q(number=text)).values("pk")
    return Q(reason__icontains=text) | Q(subject_id__in=found)


def units(actor: Actor, today: date) -> list[tuple[UUID, str]]:
    """The units that the actor may read entries of, in the tree's order."""
    rows = Unit.objects.filter(pk__in=visible_unit_ids(actor, today)).order_by("path")
    return list(rows.values_list("pk", "short_name"))


def table(actor: Actor, rows: Iterable[Entry]) -> TableSpec:
    """The entries as a table that leaves the house: times of the office, names, and the seals."""
    heads = (
        (_("时间"), 20), (_("人员"), 12), (_("代录对象"), 12), (_("动作"), 18), (_("对象"), 36),
        (_("单位"), 16), (_("理由"), 30), (_("序号"), 10), (_("封印"), 66),
    )  # fmt: skip
    found = [
        (
            line.entry.at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S"),
            line.who, line.behalf, line.what, line.subject, line.unit, line.entry.reason,
            line.entry.seq, line.entry.seal,
        )
        for line in lines(actor, rows)
    ]  # fmt: skip
    return TableSpec(str(_("操作日志")), [Column(str(head), width) for head, width in heads], found)


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
