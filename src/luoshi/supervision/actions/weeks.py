"""周重点工作清单: drafted by the system, edited by leaders, issued, closed in the meeting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Max

from luoshi.domain import weekly
from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, say
from luoshi.goals.queries import demand_right
from luoshi.journal.actions import Written, created, record, write
from luoshi.ledger import actions as ledger
from luoshi.ledger.actions import NewTask
from luoshi.ledger.models import Task
from luoshi.ledger.queries import NOBODY, Roles, roles_of
from luoshi.org.calendars import calendar_of
from luoshi.org.models import Unit
from luoshi.store.rows import save
from luoshi.supervision.actions.collecting import Told, say_for
from luoshi.supervision.models import WeeklyLine, WeeklyList
from luoshi.supervision.queries.drafting import drafted
from luoshi.supervision.queries.weeks import demand_mine


@write("supervision.week.draft")
def draft_week(*, actor: Actor, today: date, now: datetime, unit: Unit) -> Written:
    """起草周清单: what was carried over, decided, falls due, is red or arrived; once for a week.

    From the last working day of a week on it is the next week's list. The system drafts it on
    Friday afternoon; the office may draft it by hand before.
    """
    demand_right(actor, "assign", unit.path)
    week, calendar = weekly.to_draft(today, calendar_of(unit)), calendar_of(unit)
    Unit.objects.select_for_update().get(pk=unit.pk)
    mine = {"jurisdiction": unit.jurisdiction, "unit": unit, "year": week.year, "week": week.number}
    if WeeklyList.objects.filter(**mine).exists():
        raise Refused(say("supervision.week.drafted", n=week.number))
    found = drafted(actor, today, unit, week)
    row = WeeklyList.objects.create(
        **mine,
        from_on=week.monday,
        to_on=weekly.closes_on(week, calendar),
        left_out=found.left_out,
        drafted_on=today,
    )
    lines = [
        WeeklyLine(
            jurisdiction=unit.jurisdiction,
            list=row,
            task=one.task,
            unit_id=one.task.unit_id,
            leader_post_id=one.leader_post_id,
            position=position,
            text=one.text[:400],
            why=one.line.why,
            why_on=one.line.on,
            carried=one.line.carried,
        )
        for position, one in enumerate(found.lines, start=1)
    ]
    WeeklyLine.objects.bulk_create(lines)
    record(row, created(row, lines=(None, len(lines))), at=now)
    return Written("supervision.weeklylist", row.pk, row.version, {"n": len(lines)})


@write("supervision.week.add_line")
def add_line(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    weekly_list: WeeklyList,
    text: str,
    task: Task | None = None,
    lead_unit: UUID | None = None,
    due_on: date | None = None,
) -> Written:
    """补充一行: an item of the ledger, or typed words, which become an item at once.

    What is typed names the unit that does it; without a date it is due when the list is closed. A
    leader adds what he or she answers for, the office whatever must be done.
    """
    row = _locked(weekly_list, WeeklyList.State.DRAFT)
    if not text.strip():
        raise Refused(say("supervision.week.no_text"))
    if task is None:
        task = _typed(actor, today, now, row, text, lead_unit, due_on)
    elif row.lines.filter(task=task).exists():
        raise Refused(say("supervision.week.twice"))
    leader = _leader_post(actor, task)
    if not _is_office(actor, row) and leader not in actor.post_ids:
        raise Refused(say("supervision.week.not_yours"))
    last = row.lines.aggregate(last=Max("position"))["last"] or 0
    line = WeeklyLine.objects.create(
        jurisdiction=row.jurisdiction,
        list=row,
        task=task,
        unit_id=task.unit_id,
        leader_post_id=leader,
        position=last + 1,
        text=text.strip()[:400],
        why=WeeklyLine.Why.TYPED,
        why_on=today,
    )
    record(line, created(line), at=now)
    return Written("supervision.weeklyline", line.pk, line.version, {"task": task.pk})


def _typed(
    actor: Actor,
    today: date,
    now: datetime,
    row: WeeklyList,
    text: str,
    lead_unit: UUID | None,
    due_on: date | None,
) -> Task:
    """Typed words as an item: registered and handed to its unit in the same transaction."""
    if lead_unit is None:
        raise Refused(say("supervision.week.no_unit"))
    mine = next((p.post_id for p in actor.posts if p.role == "leader"), None)
    new = NewTask(
        title=text,
        roles=Roles(lead_unit=lead_unit, lead_leader=mine),
        due_on=due_on or max(row.to_on, today),
        source_kind=Task.Source.TEMPORARY,
    )
    made = ledger.register_task(actor=actor, today=today, now=now, new=new)
    task = Task.objects.select_related("unit", "line").get(pk=made.id)
    ledger.assign(actor=actor, today=today, now=now, task=task)
    task.refresh_from_db()
    return task


def _leader_post(actor: Actor, task: Task) -> UUID | None:
    """Whose line it is: the lead leader's post, else the work line's leader's."""
    del actor
    named = roles_of([task.pk]).get(task.pk, NOBODY).lead_leader
    return named or (task.line.leader_post_id if task.line else None)


@write("supervision.week.edit_line")
def edit_line(
    *, actor: Actor, today: date, now: datetime, line: WeeklyLine, text: str, version: int | None
) -> Written:
    """修改一行: each leader his or her own lines, the office all; only while it is a draft."""
    del today
    row = _mine(actor, line)
    if not text.strip():
        raise Refused(say("supervision.week.no_text"))
    record(row, save(row, version, text=text.strip()[:400]), at=now)
    return Written("supervision.weeklyline", row.pk, row.version)


@write("supervision.week.drop_line")
def drop_line(
    *, actor: Actor, today: date, now: datetime, line: WeeklyLine, version: int | None
) -> Written:
    """从草稿中去掉一行: the item itself stays in the ledger."""
    del today
    row = _mine(actor, line)
    changes = {"task": (row.task_id, None), "text": (row.text, None)}
    save(row, version, position=row.position)  # a line that somebody changed meanwhile is not lost
    record(row, changes, at=now)
    written = Written("supervision.weeklyline", row.pk, row.version)
    row.delete()
    return written


def _mine(actor: Actor, line: WeeklyLine) -> WeeklyLine:
    """The line under lock, where the actor may change it."""
    weekly_list = _locked(line.list, WeeklyList.State.DRAFT)
    row = weekly_list.lines.select_for_update().filter(pk=line.pk).first()
    if row is None:
        raise Refused(say("supervision.week.line_gone"))
    row.list = weekly_list
    demand_mine(actor, row)
    return row


@write("supervision.week.issue")
def issue_week(
    *, actor: Actor, today: date, now: datetime, weekly_list: WeeklyList, version: int | None
) -> Written:
    """印发周清单: from now on word is owed for every line by the day on which the list is closed.

    Silence there overrides a green light (到期未报), as at a node.
    """
    row = _locked(weekly_list, WeeklyList.State.DRAFT)
    demand_right(actor, "assign", row.unit.path)
    tasks = [line.task for line in row.lines.select_related("task").order_by("position")]
    if not tasks:
        raise Refused(say("supervision.week.empty"))
    fields = {
        "state": WeeklyList.State.ISSUED,
        "issued_on": today,
        "issued_by_id": actor.person_id,
    }
    record(row, save(row, version, **fields), at=now)
    ledger.ask_word(actor=actor, today=today, now=now, tasks=tasks, day=row.to_on)
    return Written("supervision.weeklylist", row.pk, row.version)


@dataclass(frozen=True, slots=True)
class Closing:
    """What the meeting decided on one line; `told` is what was said of it, as a report."""

    line_id: UUID
    outcome: str
    told: Told
    reason: str = ""


@write("supervision.week.collect")
def collect(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    weekly_list: WeeklyList,
    told: Sequence[tuple[UUID, Told]],
) -> Written:
    """例会登记进展: what each said, typed by the office, becomes a report on behalf (代录)."""
    row = _locked(weekly_list, WeeklyList.State.ISSUED)
    demand_right(actor, "assign", row.unit.path)
    lines = {line.pk: line for line in _lines(row)}
    spoken = [(lines[key], one) for key, one in told if key in lines and one.text.strip()]
    if not spoken:
        raise Refused(say("supervision.week.nothing_said"))
    for line, one in spoken:
        heard = say_for(actor, today, now, line.task, one)
        changes = save(line, None, said=one.text.strip()[:500])
        record(line, changes | {"heard": (None, heard)}, at=now)
    return Written("supervision.weeklylist", row.pk, row.version, {"n": len(spoken)})


@write("supervision.week.close")
def close_week(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    weekly_list: WeeklyList,
    closings: Sequence[Closing],
    version: int | None,
) -> Written:
    """结清周清单: every line is 完成, 结转 or 取消 (with a reason), once.

    完成 is a report of the item by whoever carries it, never its verification. Of a line that was
    cancelled no word is owed any more. A line whose item was called off is 取消.
    """
    row = _locked(weekly_list, WeeklyList.State.ISSUED)
    demand_right(actor, "assign", row.unit.path)
    said = {one.line_id: one for one in closings}
    released: list[Task] = []
    counts = dict.fromkeys(WeeklyLine.Outcome.values, 0)
    for line in _lines(row):
        outcome = _close(actor, today, now, line, said.get(line.pk))
        counts[outcome] += 1
        released += [line.task] if outcome == WeeklyLine.Outcome.CANCELLED else []
    fields = {
        "state": WeeklyList.State.CLOSED,
        "closed_on": today,
        "closed_by_id": actor.person_id,
    }
    record(row, save(row, version, **fields) | {"counts": (None, counts)}, at=now)
    if released:
        ledger.ask_no_word(actor=actor, today=today, now=now, tasks=released, day=row.to_on)
    return Written("supervision.weeklylist", row.pk, row.version, counts)


def _close(
    actor: Actor, today: date, now: datetime, line: WeeklyLine, closing: Closing | None
) -> str:
    """Decide one line: what the law refuses is told with the line's number."""
    gone = line.task.state == Task.State.CANCELLED
    if closing is None:
        closing = Closing(line.pk, "cancelled" if gone else "", Told())
    why = weekly.refusal(closing.outcome, closing.reason, cancelled=gone)
    if why is not None:
        raise Refused(say("supervision.week.line", n=line.position, why=why))
    outcome, told, heard = closing.outcome, closing.told, ""
    if outcome == WeeklyLine.Outcome.DONE and not told.text.strip():
        told = Told(f"{line.text[:180]}：本周已完成", done=told.done)
    if outcome != WeeklyLine.Outcome.CANCELLED and told.text.strip():
        heard = say_for(actor, today, now, line.task, told)
    reason = closing.reason.strip()
    if outcome == WeeklyLine.Outcome.CANCELLED and not reason:
        reason = "事项已撤销"
    changes = save(
        line,
        None,
        outcome=outcome,
        said=(told.text.strip() or line.said)[:500],
        reason=reason[:300] if outcome == WeeklyLine.Outcome.CANCELLED else "",
    )
    record(line, changes | {"heard": (None, heard)}, at=now)
    return outcome


def _lines(row: WeeklyList) -> list[WeeklyLine]:
    return list(
        row.lines.select_related("task__unit", "task__plan", "task__line").order_by(
            "position", "id"
        )
    )


def _locked(weekly_list: WeeklyList, state: WeeklyList.State) -> WeeklyList:
    """The list under lock, in the state that the act needs; otherwise told what it is."""
    row = (
        WeeklyList.objects.select_for_update(of=("self",))
        .select_related("unit")
        .get(pk=weekly_list.pk)
    )
    if row.state != state:
        raise Refused(_WRONG[WeeklyList.State(row.state)](row))
    return row


_WRONG: dict[WeeklyList.State, Any] = {
    WeeklyList.State.DRAFT: lambda row: say("supervision.week.still_draft"),  # noqa: ARG005
    WeeklyList.State.ISSUED: lambda row: say("supervision.week.issued", on=row.issued_on),
    WeeklyList.State.CLOSED: lambda row: say("supervision.week.closed", on=row.closed_on),
}


def _is_office(actor: Actor, row: WeeklyList) -> bool:
    """Whether the actor is the office of the list's town: it edits every line."""
    path = row.unit.path
    return actor.is_system or any(
        post.role == "town_office" and path.startswith(post.scope_path) for post in actor.posts
    )
