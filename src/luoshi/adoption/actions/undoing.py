"""Undo: the inverse of an act, while nobody else has built on it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from luoshi.adoption.actions import keeping
from luoshi.adoption.models import Act
from luoshi.documents import actions as documents
from luoshi.documents.models import DraftItem
from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, say
from luoshi.goals import actions as goals
from luoshi.goals.models import Goal, Note
from luoshi.indicators import actions as indicators
from luoshi.indicators.models import Indicator, Target
from luoshi.journal.actions import Written, record, write
from luoshi.journal.models import Entry
from luoshi.ledger import actions as ledger
from luoshi.ledger.models import Task
from luoshi.store.rows import save

UNDONE = "撤销立项操作"


@write("adoption.act.undo")
def undo(*, actor: Actor, today: date, now: datetime, act: Act, key: str = "") -> Written:
    """Undo one act: rows it made are withdrawn, its drafts stand as they stood before.

    Refused when it was undone already, when a draft was changed since, or when somebody else has
    acted on a row that it made.
    """
    del key
    act = (
        Act.objects.select_for_update(of=("self",)).select_related("document__unit").get(pk=act.pk)
    )
    keeping.demand(actor, act.document)
    if act.undone_at is not None:
        raise Refused(say("adoption.undone_already"))
    drafts = {
        str(draft.pk): draft
        for draft in DraftItem.objects.select_for_update(of=("self",))
        .select_related("passage", "document__unit")
        .filter(pk__in=[entry["id"] for entry in act.drafts])
    }
    for entry in act.drafts:
        draft = drafts.get(entry["id"])
        if draft is None or draft.version != entry["version"]:
            raise Refused(say("adoption.changed_since"))
    for made in reversed(act.made):
        _withdraw(actor, today, now, act, made)
    for entry in reversed(act.drafts):
        _restore(actor, today, drafts[entry["id"]], entry)
    record(act, save(act, None, undone_at=now), unit_id=act.document.unit_id)
    return Written("adoption.act", act.pk, act.version, {"n": len(act.drafts)})


def _restore(actor: Actor, today: date, draft: DraftItem, entry: Mapping[str, Any]) -> None:
    if entry.get("made"):
        documents.remove_draft(actor=actor, today=today, draft=draft)
        return
    typed = {
        "passage_id" if name == "passage" else name: _typed(name, value)
        for name, value in entry["before"].items()
    }
    documents.change_draft(actor=actor, today=today, draft=draft, version=None, **typed)


def _typed(name: str, value: Any) -> Any:  # noqa: ANN401 - back from JSON
    """A value as the field holds it: days and keys come back from their text."""
    if value is None:
        return None
    if name == "due_on":
        return date.fromisoformat(value)
    return UUID(value) if name == "passage" or name.endswith("_id") else value


def _withdraw(actor: Actor, today: date, now: datetime, act: Act, made: Mapping[str, str]) -> None:
    kind, row_id = made["kind"], UUID(made["id"])
    others = Entry.objects.filter(
        jurisdiction=act.jurisdiction, subject_kind=kind, subject_id=row_id
    ).exclude(account_id=act.account_id)
    if others.exists():
        raise Refused(say("adoption.acted_on"))
    if kind == "indicators.target":
        target = Target.objects.select_related("plan", "unit").get(pk=row_id)
        indicators.withdraw_target(actor=actor, today=today, target=target, reason=UNDONE)
    elif kind == "indicators.indicator":
        row = Indicator.objects.select_related("unit").get(pk=row_id)
        indicators.remove_indicator(actor=actor, today=today, indicator=row)
    elif kind == "ledger.task":
        task = Task.objects.get(pk=row_id)
        ledger.withdraw_task(actor=actor, today=today, now=now, task=task)
    elif kind == "goals.goal":
        goals.withdraw_goal(actor=actor, today=today, goal=Goal.objects.get(pk=row_id))
    else:
        goals.withdraw_note(actor=actor, today=today, note=Note.objects.get(pk=row_id))
