"""Build and change the organisation: units, posts, people, terms, links, accounts.

Only posts with the right to administer (and the system itself) may; every change is journalled.
Names and logins of people are referenced by id in the journal, never copied.
"""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.db.models import Max
from uuid6 import uuid7

from luoshi.domain.access import Actor, NotAllowed, may
from luoshi.domain.base import Refused, say
from luoshi.journal.actions import Written, created, record, write
from luoshi.org.models import (
    Account,
    CalendarDay,
    DemoMarker,
    Person,
    Post,
    Term,
    Unit,
    UnitLink,
    child_path,
)
from luoshi.store.rows import save


def new_id() -> UUID:
    """A fresh time-ordered key, for a jurisdiction that does not exist yet."""
    return uuid7()


def _must_administer(actor: Actor, path: str = "") -> None:
    answer = may(actor, "administer", path)
    if not actor.has("administer") and isinstance(answer, NotAllowed):
        raise Refused(answer.why)


def _unit(actor: Actor, unit_id: UUID) -> Unit:
    unit = Unit.objects.filter(jurisdiction=actor.jurisdiction_id, pk=unit_id).first()
    if unit is None:
        raise Refused(say("org.no_such_row"))
    return unit


def _post(actor: Actor, post_id: UUID) -> Post:
    post = Post.objects.select_related("unit").filter(
        jurisdiction=actor.jurisdiction_id, pk=post_id
    )
    found = post.first()
    if found is None:
        raise Refused(say("org.no_such_row"))
    return found


@write("org.unit.founded")
def found_jurisdiction(*, actor: Actor, today: date, name: str, key: str = "") -> Written:
    """Make the root unit of a jurisdiction: a county, or a town that stands alone.

    The actor is the system of the new jurisdiction; the root's id is the jurisdiction's.
    """
    _must_administer(actor)
    root = Unit(
        id=actor.jurisdiction_id,
        jurisdiction=actor.jurisdiction_id,
        path=child_path(None, 1),
        kind=Unit.Kind.COUNTY,
        name=name,
        short_name=name[:20],
        from_on=today,
    )
    root.save(force_insert=True)
    record(root, created(root), unit_id=root.pk)
    return Written("org.unit", root.pk, 1)


@write("org.unit.added")
def add_unit(
    *,
    actor: Actor,
    today: date,
    parent_id: UUID,
    kind: str,
    name: str,
    short_name: str = "",
    from_on: date | None = None,
    to_on: date | None = None,
    key: str = "",
) -> Written:
    """Add a unit below another; its path is the next free segment, so paths never change hands."""
    _must_administer(actor)
    parent = _unit(actor, parent_id)
    last = Unit.objects.filter(jurisdiction=actor.jurisdiction_id, parent=parent).aggregate(
        last=Max("path")
    )["last"]
    number = int(last.rstrip("/").rsplit("/", 1)[-1], 16) + 1 if last else 1
    unit = Unit.objects.create(
        jurisdiction=actor.jurisdiction_id,
        parent=parent,
        path=child_path(parent, number),
        kind=kind,
        name=name,
        short_name=short_name or name[:20],
        position=number,
        from_on=from_on or today,
        to_on=to_on,
    )
    record(unit, created(unit), unit_id=unit.pk)
    return Written("org.unit", unit.pk, 1)


@write("org.unit.changed")
def change_unit(
    *,
    actor: Actor,
    today: date,
    unit_id: UUID,
    version: int,
    name: str,
    short_name: str,
    to_on: date | None = None,
    key: str = "",
) -> Written:
    """Rename a unit or end it; raises Stale when somebody else saved first."""
    _must_administer(actor)
    unit = _unit(actor, unit_id)
    changes = save(unit, version, name=name, short_name=short_name, to_on=to_on)
    if not changes:
        return Written("org.unit", unit.pk, -1)
    record(unit, changes, unit_id=unit.pk)
    return Written("org.unit", unit.pk, unit.version)


@write("org.post.added")
def add_post(
    *,
    actor: Actor,
    today: date,
    unit_id: UUID,
    title: str,
    role: str,
    position: int = 0,
    routine: str = "",
    from_on: date | None = None,
    key: str = "",
) -> Written:
    """Add a post to a unit; its role gives the rights of whoever holds it."""
    _must_administer(actor)
    unit = _unit(actor, unit_id)
    post = Post.objects.create(
        jurisdiction=actor.jurisdiction_id,
        unit=unit,
        title=title,
        role=role,
        position=position,
        routine=routine,
        from_on=from_on or today,
    )
    record(post, created(post), unit_id=unit.pk)
    return Written("org.post", post.pk, 1)


@write("org.post.routine_written")
def write_routine(
    *, actor: Actor, today: date, post_id: UUID, version: int, routine: str, key: str = ""
) -> Written:
    """Write down a post's 岗位常规职责: what it does all year outside the plan.

    The office that plans may, as it answers C09; an administrator may.
    """
    post = _post(actor, post_id)
    answer = may(actor, "plan", post.unit.path)
    if isinstance(answer, NotAllowed) and not actor.has("administer"):
        raise Refused(answer.why)
    routine = " ".join(routine.split())
    if not routine:
        raise Refused(say("org.routine_empty"))
    changes = save(post, version, routine=routine)
    if not changes:
        return Written("org.post", post.pk, -1)
    record(post, changes, unit_id=post.unit_id)
    return Written("org.post", post.pk, post.version)


@write("org.person.added")
def add_person(*, actor: Actor, today: date, name: str, phone: str = "", key: str = "") -> Written:
    """Add a person; the journal says that a person was added, not who (personal data)."""
    _must_administer(actor)
    person = Person.objects.create(jurisdiction=actor.jurisdiction_id, name=name, phone=phone)
    record(person, {"added": (None, True)})
    return Written("org.person", person.pk, 1)


@write("org.term.begun")
def begin_term(
    *,
    actor: Actor,
    today: date,
    person_id: UUID,
    post_id: UUID,
    kind: str = "holder",
    from_on: date | None = None,
    to_on: date | None = None,
    key: str = "",
) -> Written:
    """Give a post to a person from a day on; duties of the post follow at once.

    A holder's term ends the holder before: one post has one holder at a time.
    """
    _must_administer(actor)
    start = from_on or today
    mine = {"jurisdiction": actor.jurisdiction_id}
    post = Post.objects.filter(**mine, pk=post_id).select_related("unit").first()
    if post is None or not Person.objects.filter(**mine, pk=person_id).exists():
        raise Refused(say("org.no_such_row"))
    if kind == Term.Kind.HOLDER:
        before = Term.objects.filter(**mine, post=post, kind=kind, to_on__isnull=True)
        for old in before.filter(from_on__lt=start):
            changes = save(old, None, to_on=start - timedelta(days=1))
            record(old, changes, unit_id=post.unit_id, verb="org.term.ended")
    term = Term.objects.create(
        **mine, person_id=person_id, post=post, kind=kind, from_on=start, to_on=to_on
    )
    record(term, created(term), unit_id=post.unit_id)
    return Written("org.term", term.pk, 1)


@write("org.term.ended")
def end_term(
    *,
    actor: Actor,
    today: date,
    term_id: UUID,
    version: int,
    to_on: date,
    key: str = "",
) -> Written:
    """End a term on a day (its last day); the post stays, vacant until somebody follows."""
    _must_administer(actor)
    term = Term.objects.filter(jurisdiction=actor.jurisdiction_id, pk=term_id).first()
    if term is None:
        raise Refused(say("org.no_such_row"))
    if to_on < term.from_on:
        raise Refused(say("org.term_ends_before_start", start=term.from_on, end=to_on))
    record(term, save(term, version, to_on=to_on), unit_id=term.post.unit_id)
    return Written("org.term", term.pk, term.version)


@write("org.link.made")
def link_units(
    *,
    actor: Actor,
    today: date,
    from_unit_id: UUID,
    to_unit_id: UUID,
    kind: str,
    from_on: date | None = None,
    to_on: date | None = None,
    key: str = "",
) -> Written:
    """Bind two units beside the tree (专班, 包联, dual, 片区), with an end if it has one."""
    _must_administer(actor)
    start, end = _unit(actor, from_unit_id), _unit(actor, to_unit_id)
    link = UnitLink.objects.create(
        jurisdiction=actor.jurisdiction_id,
        from_unit=start,
        to_unit=end,
        kind=kind,
        from_on=from_on or today,
        to_on=to_on,
    )
    record(link, created(link), unit_id=end.pk)
    return Written("org.unitlink", link.pk, 1)


@write("org.calendar.day_set")
def set_calendar_day(
    *,
    actor: Actor,
    today: date,
    unit_id: UUID,
    day: date,
    works: bool,
    why: str,
    key: str = "",
) -> Written:
    """Say that a unit works, or does not, on a day, whatever the national calendar says."""
    _must_administer(actor)
    unit = _unit(actor, unit_id)
    row, _new = CalendarDay.objects.update_or_create(
        jurisdiction=actor.jurisdiction_id,
        unit=unit,
        day=day,
        defaults={"works": works, "why": why},
    )
    record(row, {"day": (None, day), "works": (None, works)}, unit_id=unit.pk, reason=why)
    return Written("org.calendarday", row.pk, 1)


@write("org.account.opened")
def open_account(
    *,
    actor: Actor,
    today: date,
    person_id: UUID,
    login: str,
    password: str = "",
    is_demo: bool = False,
    key: str = "",
) -> Written:
    """Let a person sign in; without a password (demonstration) the account cannot be entered."""
    _must_administer(actor)
    if not Person.objects.filter(jurisdiction=actor.jurisdiction_id, pk=person_id).exists():
        raise Refused(say("org.no_such_row"))
    if Account.objects.filter(login=login).exists():
        raise Refused(say("org.login_taken", login=login))
    account = Account(
        jurisdiction=actor.jurisdiction_id, login=login, person_id=person_id, is_demo=is_demo
    )
    if password:
        account.set_password(password)
    else:
        account.set_unusable_password()
    account.save(force_insert=True)
    _record_account(account, {"opened": (None, True)})
    return Written("org.account", account.pk, 1)


@write("org.account.password_reset")
def reset_password(
    *,
    actor: Actor,
    today: date,
    account_id: UUID,
    password: str,
    key: str = "",
) -> Written:
    """Give an account a new password; the journal says that, never what."""
    _must_administer(actor)
    account = Account.objects.filter(jurisdiction=actor.jurisdiction_id, pk=account_id).first()
    if account is None or account.is_demo:
        raise Refused(say("org.no_such_row"))
    account.set_password(password)
    account.save(update_fields=["password"])
    _record_account(account, {"password": (None, "changed")})
    return Written("org.account", account.pk, account.version)


@write("org.account.shut")
def shut_account(*, actor: Actor, today: date, account_id: UUID, key: str = "") -> Written:
    """End an account's right to sign in, at once."""
    _must_administer(actor)
    account = Account.objects.filter(jurisdiction=actor.jurisdiction_id, pk=account_id).first()
    if account is None:
        raise Refused(say("org.no_such_row"))
    account.is_active = False
    account.save(update_fields=["is_active"])
    _record_account(account, {"is_active": (True, False)})
    return Written("org.account", account.pk, account.version)


@write("org.account.demo_switched")
def note_demo_switch(*, actor: Actor, today: date, account_id: UUID, key: str = "") -> Written:
    """Journal that the demonstration's visitor now plays another person."""
    account = Account.objects.get(jurisdiction=actor.jurisdiction_id, pk=account_id, is_demo=True)
    _record_account(account, {"plays": (None, True)})
    return Written("org.account", account.pk, account.version)


@write("org.demo.marked")
def mark_demo(*, actor: Actor, today: date, key: str = "") -> Written:
    """Mark the database as the demonstration's, for ever."""
    marker = DemoMarker.objects.create(jurisdiction=actor.jurisdiction_id)
    record(marker, {"marked": (None, True)})
    return Written("org.demomarker", marker.pk, 1)


def _record_account(account: Account, changes: dict[str, object]) -> None:
    record(account, changes)  # type: ignore[arg-type]  # an account has id and jurisdiction too
