"""Telephone numbers: seen with a reason, changed by their person or an administrator.

The journal keeps who, when, whose and why; never the number (personal data).
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, say
from luoshi.domain.personal import same
from luoshi.journal.actions import Written, nothing, record, write
from luoshi.org.actions.asking import must_appoint
from luoshi.org.models import Person
from luoshi.org.queries import person_for
from luoshi.store.rows import save


@write("org.person.phone_changed")
def change_phone(
    *, actor: Actor, today: date, person_id: UUID, version: int, phone: str
) -> Written:
    """Write a person's telephone number, or take it out; one's own, or any as administrator.

    The number as it is shown masked changes nothing.
    """
    person = _person(actor, today, person_id)
    if person.pk != actor.person_id or actor.delegated_by is not None:
        must_appoint(actor)
    number = "".join(phone.split())
    if (
        number
        and not number.strip("+").replace("-", "").isdigit()
        and not same(number, person.phone)
    ):
        raise Refused(say("org.phone_unlike"))
    if same(number, person.phone) or not save(person, version, phone=number):
        return nothing("org.person", person.pk)
    record(person, {"phone": (None, "changed")})
    return Written("org.person", person.pk, person.version)


@write("org.person.phone_seen")
def see_phone(*, actor: Actor, today: date, person_id: UUID, reason: str) -> Written:
    """Journal that somebody looks at a number, and why; without a reason it stays masked."""
    person = _person(actor, today, person_id)
    if not reason.strip():
        raise Refused(say("org.phone_no_reason"))
    record(person, {"phone": (None, "seen")}, reason=reason.strip()[:200])
    return Written("org.person", person.pk, person.version)


def _person(actor: Actor, today: date, person_id: UUID) -> Person:
    person = person_for(actor, today, person_id)
    if person is None:
        raise Refused(say("org.no_such_row"))
    return person
