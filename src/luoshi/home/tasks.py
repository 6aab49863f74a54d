"""The clock of the digest and its job: what everybody owes, gathered town by town, told once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from luoshi.domain import reminding
from luoshi.domain.access import Actor
from luoshi.domain.reminding import Occasion, Rhythm
from luoshi.home.queries.owing import Digest, Line, digests
from luoshi.jobs import actions as jobs
from luoshi.jobs.actions import Progress, handler
from luoshi.jobs.models import Job
from luoshi.notices import actions as notices
from luoshi.notices import tasks as clock
from luoshi.notices.actions import DIGEST_JOB, Told
from luoshi.notices.queries import rules_of, wishes_of
from luoshi.org.calendars import calendar_of
from luoshi.org.models import Unit

PLACES = (Unit.Kind.COUNTY, Unit.Kind.TOWN)
GROUPS: Mapping[str, str] = {
    "verify": "check", "look": "check", "close": "decide", "accept": "decide", "rule": "decide",
    "agree": "decide", "approve": "decide",
}  # fmt: skip
"""Kinds of items that a person turns down together."""


def wake(today: date, now: datetime) -> int:
    """What the worker's clock asks every few seconds; how many jobs were started.

    A digest for each hour that has come, once a day; what waits to leave; and what got stuck.
    """
    notices.doubt_stuck(today, now)
    return _ask_digests(today, now) + notices.ask_send(now)


def _ask_digests(today: date, now: datetime) -> int:
    """Places of a jurisdiction that ask at the same hour are one job."""
    started = 0
    roots = Unit.objects.filter(parent__isnull=True).order_by("jurisdiction")
    for jurisdiction in roots.values_list("jurisdiction", flat=True).distinct():
        actor = Actor.system(jurisdiction)
        hours = {rhythm.at for _unit, rhythm in _places(actor) if reminding.is_time(rhythm, now)}
        for at in sorted(hours):
            key = f"digest:{today}:{at:%H%M}"
            if Job.objects.filter(jurisdiction=jurisdiction, key=key).exists():
                continue
            payload = {"today": today.isoformat(), "at": at.isoformat()}
            jobs.start(kind=DIGEST_JOB, actor=actor, payload=payload, now=now, key=key)
            started += 1
    return started


def _places(actor: Actor) -> list[tuple[Unit, Rhythm]]:
    """Towns and the county that ask at all, each with its rhythm; two queries."""
    rules = rules_of(actor)
    units = Unit.objects.filter(
        jurisdiction=actor.jurisdiction_id, kind__in=PLACES, to_on__isnull=True
    ).order_by("path")
    found = []
    for unit in units:
        rule = rules.get(unit.pk)
        if rule is None or rule.is_on:
            found.append((unit, rule.rhythm if rule else Rhythm()))
    return found


@handler(DIGEST_JOB)
def gather(job: Job, progress: Progress) -> Mapping[str, Any]:
    """Gather what everybody owes in the places that ask at this hour, and tell it place by place.

    May be stopped between places; done twice it tells nobody twice (`sent_key`).
    """
    actor = Actor.system(job.jurisdiction)
    today = date.fromisoformat(job.payload["today"])
    at = time.fromisoformat(job.payload["at"])
    places = [(unit, rhythm) for unit, rhythm in _places(actor) if rhythm.at == at]
    known = [(unit, (rhythm, calendar_of(unit))) for unit, rhythm in places]
    more = len(known)
    towns = 0

    def step(done: int, total: int) -> None:
        nonlocal towns
        towns = total
        progress(done, total + more)

    found = digests(actor, today, known, step)
    total, people = towns + more, 0
    for number, (unit, (_rhythm, calendar)) in enumerate(known):
        progress(towns + number, total)
        here = {key: one for key, one in found.items() if one.place == unit.pk}
        told = list(_told(actor, here, reminding.occasion(calendar, today)))
        notices.tell(actor=actor, today=today, now=clock.clock(), place=unit, told=told)
        people += len(told)
    progress(total, total)
    return {"people": people}


def _told(actor: Actor, found: Mapping[UUID, Digest], kind: Occasion) -> Iterable[Told]:
    wishes = wishes_of(actor, found)
    for key, one in found.items():
        off = wishes.get(key, frozenset())
        mine = [line for line in one.mine if _asked(line, kind, off)]
        raised = [] if "raised" in off else [line for line in one.raised if _due(line, kind)]
        if mine or raised:
            late = sum(line.late > 0 for line in mine)
            yield Told(key, len(mine) + len(raised), late, len(raised))


def _asked(line: Line, kind: Occasion, off: frozenset[str]) -> bool:
    return GROUPS.get(line.item.kind, line.item.kind) not in off and _due(line, kind)


def _due(line: Line, kind: Occasion) -> bool:
    return reminding.asked(kind, line.item.late_days, most_urgent=line.most_urgent)
