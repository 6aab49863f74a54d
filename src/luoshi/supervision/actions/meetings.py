"""会议议定事项: a meeting is held, each decision is an item at once, the minutes are issued."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Max

from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, say
from luoshi.goals import actions as goals
from luoshi.goals.models import MeetingKind
from luoshi.goals.queries import demand_right
from luoshi.journal.actions import Written, created, plain, record, write
from luoshi.ledger import actions as ledger
from luoshi.ledger.actions import NewTask
from luoshi.ledger.models import Task
from luoshi.ledger.queries import Roles
from luoshi.org.models import Unit
from luoshi.store.rows import save
from luoshi.supervision.models import Decision, Minutes
from luoshi.supervision.queries.promising import promised

WORDS = ("place", "chair", "present", "attending", "absent", "recorder", "agenda")
USUAL_KINDS = (
    ("党委会", "党委纪"),
    ("党政联席会", "联席纪"),
    ("镇长办公会", "镇办纪"),
    ("专题会", "专纪"),
)
"""Offered to a town that has no kinds yet; the town's own words win."""


@write("supervision.meeting.usual_kinds")
def usual_kinds(*, actor: Actor, today: date, unit: Unit) -> Written:
    """采用常用会议类别: the four that towns hold, where the town has none."""
    if unit.meeting_kinds.exists():
        raise Refused(say("supervision.meeting.kinds_there"))
    for name, mark in USUAL_KINDS:
        goals.add_kind(actor=actor, today=today, unit=unit, name=name, mark=mark)
    return Written("org.unit", unit.pk, 0, {"n": len(USUAL_KINDS)})


@write("supervision.meeting.hold")
def hold(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    kind: MeetingKind,
    title: str,
    held_on: date,
    words: dict[str, str],
) -> Written:
    """登记会议: a meeting of a kind with its agenda and attendance, as the office writes them."""
    made = goals.create_meeting(
        actor=actor,
        today=today,
        unit=kind.unit,
        title=title.strip()[:200] or f"{kind.name}（{held_on.month}月{held_on.day}日）",
        held_on=held_on,
        kind=kind,
    )
    row = Minutes.objects.create(
        jurisdiction=kind.jurisdiction,
        meeting_id=made.id,
        kind=kind,
        unit_id=kind.unit_id,
        year=held_on.year,
        **_words(words),
    )
    record(row, created(row), at=now)
    return Written("goals.meeting", made.id, made.version)


@write("supervision.meeting.edit")
def edit_minutes(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    minutes: Minutes,
    words: dict[str, str],
    version: int | None,
) -> Written:
    """修改议题和出席情况: until the minutes are issued."""
    del today
    row = _open(actor, minutes)
    record(row, save(row, version, **_words(words)), at=now)
    return Written("supervision.minutes", row.pk, row.version)


def _words(words: dict[str, str]) -> dict[str, str]:
    kept: dict[str, str] = {}
    for name in WORDS:
        limit = Minutes._meta.get_field(name).max_length  # type: ignore[union-attr]
        kept[name] = words.get(name, "").strip()[:limit]
    return kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What was decided: in words, by whom and when; or why no item is needed.

    `despite`: the meeting was told what speaks against the date and keeps it.
    """

    text: str
    topic: int = 0
    lead_unit: UUID | None = None
    lead_leader: UUID | None = None
    owner: UUID | None = None
    due_on: date | None = None
    why_no_task: str = ""
    despite: bool = False


@write("supervision.meeting.decide")
def decide(
    *, actor: Actor, today: date, now: datetime, minutes: Minutes, decided: Decided
) -> Written:
    """议定一事: an item of the ledger on the same day, handed to its unit, or a reason for none.

    A promised date passes the verdict first (R70): a day that has passed or on which nobody works
    is refused; a caution must be kept with open eyes. The item then lives until it is verified.
    """
    row = _open(actor, minutes)
    if not decided.text.strip():
        raise Refused(say("supervision.meeting.no_text"))
    task: Task | None = None
    cautions: list[Any] = []
    if not decided.why_no_task.strip():
        task, cautions = _item(actor, today, now, row, decided)
    last = Decision.objects.filter(meeting=row.meeting_id).aggregate(n=Max("position"))["n"] or 0
    kept = Decision.objects.create(
        jurisdiction=row.jurisdiction,
        meeting_id=row.meeting_id,
        unit_id=task.unit_id if task else row.unit_id,
        position=last + 1,
        topic=min(decided.topic, len(row.topics)),
        text=decided.text.strip()[:400],
        task=task,
        why_no_task="" if task else decided.why_no_task.strip()[:200],
        cautions=cautions,
        decided_on=row.meeting.held_on,
    )
    record(kept, created(kept), at=now)
    facts: dict[str, Any] = {"task": task.pk if task else None}
    return Written("supervision.decision", kept.pk, kept.version, facts)


def _item(
    actor: Actor, today: date, now: datetime, row: Minutes, decided: Decided
) -> tuple[Task, list[Any]]:
    if decided.lead_unit is None:
        raise Refused(say("supervision.meeting.no_unit"))
    verdict = promised(actor, today, row.meeting.unit, decided.lead_unit, decided.due_on)
    if verdict.refusals:
        raise Refused(verdict.refusals[0])
    if verdict.cautions and not decided.despite:
        raise Refused(say("supervision.meeting.caution", why=verdict.cautions[0]))
    roles = Roles(lead_unit=decided.lead_unit, lead_leader=decided.lead_leader, owner=decided.owner)
    new = NewTask(
        title=decided.text,
        roles=roles,
        due_on=decided.due_on,
        source_kind=Task.Source.MEETING,
    )
    made = ledger.register_task(actor=actor, today=today, now=now, new=new)
    task = Task.objects.select_related("unit").get(pk=made.id)
    ledger.assign(actor=actor, today=today, now=now, task=task)
    cautions = [{"code": one.code, "params": plain(dict(one.params))} for one in verdict.cautions]
    return task, cautions


@write("supervision.meeting.withdraw")
def withdraw_decision(
    *, actor: Actor, today: date, now: datetime, decision: Decision, version: int | None
) -> Written:
    """删去一条议定事项: while the minutes are a draft; an item made for it is called off (撤销)."""
    row = _open(actor, decision.meeting.minutes)
    kept = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    save(kept, version, position=kept.position)
    if kept.task is not None and kept.task.state != Task.State.CANCELLED:
        reason = "纪要印发前从议定事项中删去"
        ledger.cancel(actor=actor, today=today, now=now, task=kept.task, reason=reason)
    record(kept, {"text": (kept.text, None), "task": (kept.task_id, None)}, at=now)
    written = Written("supervision.decision", kept.pk, row.version)
    kept.delete()
    return written


@write("supervision.meeting.issue")
def issue_minutes(
    *, actor: Actor, today: date, now: datetime, minutes: Minutes, version: int | None
) -> Written:
    """印发纪要: numbered in the office's style within kind and year, and from then on unchanged."""
    row = _open(actor, minutes)
    if not Decision.objects.filter(meeting=row.meeting_id).exists():
        raise Refused(say("supervision.meeting.nothing_decided"))
    MeetingKind.objects.select_for_update().get(pk=row.kind_id)
    last = Minutes.objects.filter(kind=row.kind_id, year=row.year).aggregate(n=Max("number"))["n"]
    fields = {
        "state": Minutes.State.ISSUED,
        "number": (last or 0) + 1,
        "issued_on": today,
        "issued_by_id": actor.person_id,
    }
    record(row, save(row, version, **fields), at=now)
    return Written("supervision.minutes", row.pk, row.version, {"number": row.number})


def _open(actor: Actor, minutes: Minutes) -> Minutes:
    """The minutes under lock, where the actor may write them and they are not issued."""
    row = (
        Minutes.objects.select_for_update(of=("self",))
        .select_related("meeting__unit", "kind")
        .get(pk=minutes.pk)
    )
    demand_right(actor, "assign", row.meeting.unit.path)
    if row.state != Minutes.State.DRAFT:
        raise Refused(say("supervision.meeting.issued", on=row.issued_on or row.meeting.held_on))
    return row
