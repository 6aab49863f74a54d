"""Ways to sign in; names and logins are referenced by id in the journal, never copied."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, say
from luoshi.journal.actions import Written, record, write
from luoshi.org.actions.asking import must_appoint
from luoshi.org.models import (
    Account,
    DemoMarker,
    Person,
)


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
    must_appoint(actor)
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
    must_appoint(actor)
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
    must_appoint(actor)
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
