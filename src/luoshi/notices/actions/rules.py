"""An office sets its hours; a person turns kinds and channels down; a run is stopped."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, say
from luoshi.domain.reminding import Rhythm
from luoshi.jobs import actions as jobs
from luoshi.journal.actions import Written, nothing, record, write
from luoshi.notices.models import Preference, ReminderRule
from luoshi.notices.queries import OFFERED, place_for, run_of
from luoshi.org.models import Unit
from luoshi.store.rows import Stale, save


@write("notices.rule.set")
def set_rule(
    *,
    actor: Actor,
    today: date,
    unit_id: UUID,
    version: int,
    rhythm: Rhythm,
    is_on: bool,
    mail: bool,
    key: str = "",
) -> Written:
    """Set when a town asks, when it is quiet, when the next level is told; by its office.

    `version` 0: no rule was set yet. Refused in words for anybody else, and by the law where the
    hour is quiet or a level would be skipped.
    """
    unit = _place(actor, unit_id)
    facts = {
        "is_on": is_on,
        "at": rhythm.at,
        "quiet_from": rhythm.quiet_from,
        "quiet_until": rhythm.quiet_until,
        "head_days": rhythm.head_days,
        "leader_days": rhythm.leader_days,
        "mail": mail,
    }
    row = ReminderRule.objects.select_for_update().filter(unit=unit).first()
    if row is None:
        row = ReminderRule.objects.create(jurisdiction=unit.jurisdiction, unit=unit, **facts)
        record(row, {name: (None, str(value)) for name, value in facts.items()}, unit_id=unit.pk)
        return Written("notices.reminderrule", row.pk, row.version)
    if version == 0:
        raise Stale(row, facts, {name: getattr(row, name) for name in facts})
    changes = save(row, version, **facts)
    if not changes:
        return nothing("notices.reminderrule", row.pk)
    told = {name: (str(old), str(new)) for name, (old, new) in changes.items()}
    record(row, told, unit_id=unit.pk)
    return Written("notices.reminderrule", row.pk, row.version)


def _place(actor: Actor, unit_id: UUID) -> Unit:
    unit = place_for(actor, unit_id)
    if unit is None:
        raise Refused(say("notices.no_place"))
    return unit


@write("notices.preference.set")
def set_preference(
    *,
    actor: Actor,
    today: date,
    version: int,
    email: str,
    off: Collection[str],
    key: str = "",
) -> Written:
    """A person says where mail goes and what is not wanted; of the address only that it changed.

    `version` 0: nothing was said yet.
    """
    if actor.person_id is None:
        raise Refused(say("notices.no_person"))
    kept = [name for name in OFFERED if name in off]
    row = Preference.objects.select_for_update().filter(person=actor.person_id).first()
    if row is None:
        row = Preference.objects.create(
            jurisdiction=actor.jurisdiction_id, person_id=actor.person_id, email=email, off=kept
        )
        record(row, {"off": (None, kept), "email": (False, bool(email))})
        return Written("notices.preference", row.pk, row.version)
    if version == 0:
        raise Stale(row, {"off": kept}, {"off": row.off})
    changes = save(row, version, email=email, off=kept)
    if not changes:
        return nothing("notices.preference", row.pk)
    told = {name: pair for name, pair in changes.items() if name != "email"}
    if "email" in changes:
        old, new = changes["email"]
        told["email"] = (bool(old), "changed" if new else False)
    record(row, told)
    return Written("notices.preference", row.pk, row.version)


@write("notices.run.stop")
def stop_run(*, actor: Actor, today: date, unit_id: UUID, key: str = "") -> Written:
    """Stop the digest that is being gathered or sent; what has left stays told. By the office."""
    unit = _place(actor, unit_id)
    job = run_of(actor)
    system = Actor.system(actor.jurisdiction_id)
    if job is None or not jobs.ask_cancel(job_id=job.pk, actor=system):
        raise Refused(say("notices.run_over"))
    record(unit, {"stopped": (None, str(job.pk))}, unit_id=unit.pk)
    return Written("org.unit", unit.pk, 0)
