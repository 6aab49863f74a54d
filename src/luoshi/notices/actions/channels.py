"""Robots of groups: set up, changed, tested, ended. Secrets are kept and never told."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, Sentence, say
from luoshi.domain.reaching import Vendor, reach
from luoshi.journal.actions import Written, nothing, plain, record, write
from luoshi.notices.gateways import gateways
from luoshi.notices.models import Channel
from luoshi.notices.queries import channel_for, place_for
from luoshi.store.rows import save


@write("notices.channel.add")
def add_channel(
    *,
    actor: Actor,
    today: date,
    unit_id: UUID,
    via: Vendor,
    name: str,
    address: str,
    secret: str,
    key: str = "",
) -> Written:
    """Tell a group by its robot from now on; the address is judged before it is kept.

    The journal holds platform, name and host, neither key nor secret.
    """
    unit = place_for(actor, unit_id)
    if unit is None:
        raise Refused(say("notices.no_place"))
    if not address:
        raise Refused(say("notices.channel_needs_address"))
    host = reach(via, address, gateways()).shown
    row = Channel.objects.create(
        jurisdiction=unit.jurisdiction,
        unit=unit,
        via=via,
        name=name,
        address=address,
        secret=secret,
    )
    facts = {"via": via, "name": name, "address": host, "secret": bool(secret)}
    record(row, {field: (None, value) for field, value in facts.items()}, unit_id=unit.pk)
    return Written("notices.channel", row.pk, row.version)


@write("notices.channel.change")
def change_channel(
    *,
    actor: Actor,
    today: date,
    channel_id: UUID,
    version: int,
    name: str,
    is_on: bool,
    address: str = "",
    secret: str = "",
    key: str = "",
) -> Written:
    """Rename, switch on or off, or give a new address or secret; an empty one keeps the old."""
    row = _row(actor, channel_id)
    facts: dict[str, object] = {"name": name, "is_on": is_on}
    if address:
        reach(row.via, address, gateways())  # type: ignore[arg-type]
        facts["address"] = address
    if secret:
        facts["secret"] = secret
    changes = save(row, version, **facts)
    if not changes:
        return nothing("notices.channel", row.pk)
    hidden = {"address", "secret"}
    told = {field: pair for field, pair in changes.items() if field not in hidden}
    told |= {field: (None, "changed") for field in changes if field in hidden}
    record(row, told, unit_id=row.unit_id)
    return Written("notices.channel", row.pk, row.version)


@write("notices.channel.end")
def end_channel(
    *, actor: Actor, today: date, now: datetime, channel_id: UUID, version: int, key: str = ""
) -> Written:
    """Take a robot away: nothing is sent to it any more, and its secret is forgotten."""
    row = _row(actor, channel_id)
    save(row, version, ended_at=now, is_on=False, secret="", address=_host(row))
    record(row, {"ended": (False, True)}, unit_id=row.unit_id, at=now)
    return Written("notices.channel", row.pk, row.version)


def _host(row: Channel) -> str:
    """What is left of an address once its key is forgotten."""
    return "/".join(row.address.split("/", 3)[:3])


@write("notices.channel.test")
def keep_test(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    channel_id: UUID,
    told: Sentence,
    went: str,
    key: str = "",
) -> Written:
    """Keep what came of a test message, for the page and the journal."""
    row = _row(actor, channel_id)
    shown = {"code": told.code, "params": plain(dict(told.params)), "went": went}
    save(row, None, tested_at=now, test_told=shown)
    record(row, {"test": (None, went)}, unit_id=row.unit_id, at=now)
    return Written("notices.channel", row.pk, row.version)


def _row(actor: Actor, channel_id: UUID) -> Channel:
    row = channel_for(actor, channel_id)
    if row is None:
        raise Refused(say("notices.no_place"))
    return Channel.objects.select_for_update(of=("self",)).get(pk=row.pk)
