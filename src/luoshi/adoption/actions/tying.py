"""承接: a passage that an item of the ledger already answers is tied to it; nothing is made."""

from __future__ import annotations

from datetime import date, datetime

from luoshi.adoption.actions import keeping
from luoshi.adoption.models import Act
from luoshi.documents import actions as documents
from luoshi.documents.models import DraftItem
from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, say
from luoshi.journal.actions import Written, record, write
from luoshi.ledger.models import Task


@write("adoption.draft.tie")
def tie(
    *, actor: Actor, today: date, now: datetime, draft: DraftItem, task: Task, key: str = ""
) -> Written:
    """Say that an item of the plan takes up what a draft asks; the act can be undone.

    The item stays as it is; only the draft is decided. Refused where the draft is decided already
    or the item belongs to a plan that was not made from this text.
    """
    del key
    document = draft.document
    keeping.demand(actor, document)
    row = keeping.waiting(document, [draft.pk])[0]
    if task.plan is None or not task.plan.sources.filter(document=document).exists():
        raise Refused(say("adoption.other_plans_item", title=task.title[:40]))
    before = {"state": row.state, "adopted_kind": "", "adopted_id": None}
    documents.mark_adopted(actor=actor, today=today, draft=row, kind="ledger.task", row_id=task.pk)
    act = keeping.keep(
        actor,
        now,
        document,
        Act.Verb.ADOPT,
        [{"id": str(row.pk), "before": before, "version": row.version}],
    )
    record(act, keeping.told(act), unit_id=document.unit_id)
    return Written("adoption.act", act.pk, act.version, {"n": 1})
