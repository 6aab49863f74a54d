"""Stored lights: judged by the worker, counted again by the rebuild, forgotten at an upgrade.

A light is derived: nobody did anything, so storing one is not journalled; a wrong one mended is.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from luoshi.domain.access import Actor
from luoshi.domain.pacing import Word
from luoshi.journal.actions import Written, nothing, record, write
from luoshi.ledger.models import Task
from luoshi.ledger.standing import holds, judgements_of, runs_out
from luoshi.org.models import Unit

BATCH = 500
Judged = Mapping[UUID, tuple[Word, date]]


def judge_waiting(today: date) -> int:
    """Judge what waits for it, in every jurisdiction and in small turns; how many were judged."""
    count = 0
    tops = Unit.objects.filter(parent__isnull=True).order_by("jurisdiction")
    for jurisdiction in tops.values_list("jurisdiction", flat=True).distinct():
        while _waiting(jurisdiction, today):
            answer = judge(actor=Actor.system(jurisdiction), today=today)
            count += answer.facts["judged"]
            if answer.facts["judged"] < BATCH:
                break
    return count


def _waiting(jurisdiction: UUID, today: date) -> bool:
    return Task.objects.filter(runs_out(today), jurisdiction=jurisdiction).exists()


@write("ledger.lights.judge")
def judge(*, actor: Actor, today: date) -> Written:
    """Judge up to 500 tasks whose light was forgotten or has run out, and store word and last day.

    Rows that somebody is writing are left for the next turn. Nothing is journalled: the light
    follows from facts that were.
    """
    waiting = Task.objects.filter(runs_out(today), jurisdiction=actor.jurisdiction_id)
    free = waiting.order_by("-depth", "id").select_for_update(skip_locked=True)
    keys = list(free.values_list("pk", flat=True)[:BATCH])
    _store(judgements_of(Task.objects.filter(pk__in=keys), today), today)
    return Written("ledger.task", actor.jurisdiction_id, -1, {"judged": len(keys)})


@write("ledger.lights.rebuild")
def rebuild_lights(*, actor: Actor, today: date, now: datetime) -> Written:
    """Judge every task of the jurisdiction again; journal each light that was stored wrongly.

    On sound data it changes nothing. `facts["changed"]` is the number of lights mended. Linear.
    """
    rows = Task.objects.filter(jurisdiction=actor.jurisdiction_id)
    shown = ("jurisdiction", "unit", "light", "light_until")
    stored = rows.order_by("-depth", "id").only(*shown).select_for_update().in_bulk()
    judged = judgements_of(rows, today)
    held = set(rows.filter(holds(today)).values_list("pk", flat=True))
    wrong = {key for key in held if (stored[key].light, stored[key].light_until) != judged[key]}
    for key in sorted(wrong):
        record(stored[key], {"light": (stored[key].light, judged[key][0])}, at=now)
    _store({key: told for key, told in judged.items() if key in wrong or key not in held}, today)
    version = 0 if wrong else -1
    return Written("ledger.task", actor.jurisdiction_id, version, {"changed": len(wrong)})


@write("ledger.lights.forget")
def forget_lights(*, actor: Actor, today: date) -> Written:
    """Forget every light of the jurisdiction: a new release may bring another law of lights."""
    del today
    Task.objects.filter(jurisdiction=actor.jurisdiction_id).update(light_until=None)
    return nothing("ledger.task", actor.jurisdiction_id)


def _store(judged: Judged, today: date) -> None:
    """Write each word and last day once for all the tasks that share them."""
    same: dict[tuple[Word, date], list[UUID]] = {}
    for key, told in judged.items():
        same.setdefault(told, []).append(key)
    for (word, until), keys in same.items():
        for start in range(0, len(keys), BATCH):
            rows = Task.objects.filter(pk__in=keys[start : start + BATCH])
            rows.update(light=word, judged_on=today, light_until=until)
