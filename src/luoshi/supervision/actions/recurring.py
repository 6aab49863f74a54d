"""周期性工作: rules are kept, a time is skipped with a reason, and the sweep makes the items."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from luoshi.domain import recurring
from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, say
from luoshi.domain.recurring import Occurrence
from luoshi.goals.queries import demand_right
from luoshi.journal.actions import Written, created, nothing, record, write
from luoshi.ledger import actions as ledger
from luoshi.ledger.actions import NewTask
from luoshi.ledger.models import Task
from luoshi.ledger.queries import Roles
from luoshi.org.calendars import calendar_of
from luoshi.org.models import Post, Unit, subtree
from luoshi.store.rows import save
from luoshi.supervision.models import RecurringItem, RecurringWork
from luoshi.supervision.models.recurring import season_of

BATCH = 200
"""Items that one sweep of one rule makes at most; the next sweep goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWork:
    """A rule as it is entered; `season_from` and `season_to` are month and day, 05-01."""

    name: str
    what: str
    lead_unit: UUID
    rhythm: str
    from_on: date
    acceptance: str = ""
    post: UUID | None = None
    weekday: int | None = None
    month: int | None = None
    day: int | None = None
    season_from: str = ""
    season_to: str = ""
    shift: str = RecurringWork.Shift.NONE
    lead_days: int = 0
    to_on: date | None = None


FIELDS = (
    "name", "what", "acceptance", "rhythm", "weekday", "month", "day", "season_from", "season_to",
    "shift", "lead_days", "from_on", "to_on",
)  # fmt: skip


@write("supervision.recurring.add")
def add_recurring(*, actor: Actor, today: date, now: datetime, unit: Unit, new: NewWork) -> Written:
    """登记周期性工作: from today on at the earliest; a day that no year has is refused."""
    demand_right(actor, "assign", unit.path)
    if not new.name.strip() or not new.what.strip():
        raise Refused(say("supervision.recurring.no_words"))
    if new.from_on < today:
        raise Refused(say("supervision.recurring.begins_before", today=today))
    lead = Unit.objects.filter(
        pk=new.lead_unit, jurisdiction=unit.jurisdiction, **subtree(unit.path)
    ).first()
    if lead is None:
        raise Refused(say("supervision.recurring.no_unit"))
    if new.post is not None and not Post.objects.filter(pk=new.post, unit=lead).exists():
        raise Refused(say("supervision.recurring.other_post"))
    row = RecurringWork(
        jurisdiction=unit.jurisdiction,
        unit=unit,
        lead_unit=lead,
        post_id=new.post,
        **{name: getattr(new, name) for name in FIELDS},
    )
    if (wrong := _fault(row)) is not None:
        raise Refused(wrong)
    row.save(force_insert=True)
    record(row, created(row), at=now)
    return Written("supervision.recurringwork", row.pk, row.version)


def _fault(row: RecurringWork) -> Any:  # noqa: ANN401 - a sentence or None
    if bool(row.season_from) != bool(row.season_to):
        return say("recurring.no_such_season")
    try:
        season_of(row.season_from, row.season_to)
    except ValueError:
        return say("recurring.no_such_season")
    return recurring.fault(row.rule)


@write("supervision.recurring.end")
def end_recurring(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    work: RecurringWork,
    to_on: date,
    reason: str,
    version: int | None,
) -> Written:
    """停止: no item is made for days after the last one; what was made stays."""
    row = _locked(actor, work)
    if not reason.strip():
        raise Refused(say("supervision.recurring.why_end"))
    last = max(to_on, row.from_on)
    if row.to_on is not None and row.to_on < today:
        raise Refused(say("supervision.recurring.ended", on=row.to_on))
    record(row, save(row, version, to_on=last), reason=reason, at=now)
    return Written("supervision.recurringwork", row.pk, row.version)


@write("supervision.recurring.skip")
def skip_occurrence(
    *, actor: Actor, today: date, now: datetime, work: RecurringWork, nominal_on: date, reason: str
) -> Written:
    """跳过一次: with the reason, before its item is made; what is made ends in the ledger."""
    row = _locked(actor, work)
    if not reason.strip():
        raise Refused(say("supervision.recurring.why_skip"))
    calendar = calendar_of(row.unit)
    found = recurring.occurrences(row.rule, nominal_on, nominal_on, calendar)
    handled = row.made_until is not None and nominal_on <= row.made_until
    if not found or handled or nominal_on < today:
        raise Refused(say("supervision.recurring.not_to_come", on=nominal_on))
    if row.items.filter(nominal_on=nominal_on).exists():
        raise Refused(say("supervision.recurring.skipped_already", on=nominal_on))
    kept = _occurred(row, found[0], None, reason.strip()[:200])
    record(kept, created(kept), reason=reason, at=now)
    return Written("supervision.recurringitem", kept.pk, 0)


@write("supervision.recurring.make")
def make_items(*, actor: Actor, today: date, now: datetime, work: RecurringWork) -> Written:
    """生成到期的事项: each time once, by its unique day; what a stopped machine missed too.

    A vacant post does not stop it: the unit has the item, and coverage tells the empty post.
    """
    row = _locked(actor, work)
    due = recurring.to_make(row.rule, row.made_until, today, calendar_of(row.unit))[:BATCH]
    if not due:
        return nothing("supervision.recurringwork", row.pk)
    known = set(
        row.items.filter(nominal_on__in=[one.nominal_on for one in due]).values_list(
            "nominal_on", flat=True
        )
    )
    made = 0
    for one in due:
        if one.nominal_on not in known:
            kept = _occurred(row, one, _item(actor, today, now, row, one), "")
            record(kept, created(kept), at=now)
            made += 1
    record(row, save(row, None, made_until=due[-1].nominal_on), at=now)
    return Written("supervision.recurringwork", row.pk, row.version, {"made": made})


def _item(actor: Actor, today: date, now: datetime, row: RecurringWork, one: Occurrence) -> Task:
    post = row.post
    alive = post is not None and (post.to_on is None or post.to_on >= today)
    roles = Roles(lead_unit=row.lead_unit_id, owner=row.post_id if alive else None)
    new = NewTask(
        title=f"{row.what}（{one.nominal_on.month}月{one.nominal_on.day}日）",
        acceptance=row.acceptance,
        roles=roles,
        due_on=one.due_on,
        source_kind=Task.Source.RECURRING,
    )
    late = "周期性工作补建" if one.due_on < today else ""
    made = ledger.register_task(actor=actor, today=today, now=now, new=new, reason=late)
    task = Task.objects.select_related("unit").get(pk=made.id)
    ledger.assign(actor=actor, today=today, now=now, task=task)
    return task


def _occurred(row: RecurringWork, one: Occurrence, task: Task | None, reason: str) -> RecurringItem:
    return RecurringItem.objects.create(
        jurisdiction=row.jurisdiction,
        work=row,
        unit_id=row.lead_unit_id,
        nominal_on=one.nominal_on,
        due_on=one.due_on,
        task=task,
        skip_reason=reason,
    )


def _locked(actor: Actor, work: RecurringWork) -> RecurringWork:
    row = (
        RecurringWork.objects.select_for_update(of=("self",))
        .select_related("unit", "lead_unit", "post")
        .get(pk=work.pk)
    )
    demand_right(actor, "assign", row.unit.path)
    return row
