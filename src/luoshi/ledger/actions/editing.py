"""What a task says is edited in place, one or many at a time; an edit can be taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Field
from django.utils.dateparse import parse_date

from luoshi.domain.access import Actor, Right
from luoshi.domain.base import Refused, say
from luoshi.domain.closing import ENDED, State
from luoshi.goals import queries as goals
from luoshi.goals.baseline import demand_not_closed
from luoshi.goals.models import Goal, Plan, WorkLine
from luoshi.journal.actions import Written, created, nothing, record, write
from luoshi.journal.models import Entry
from luoshi.ledger import found
from luoshi.ledger.actions import paths
from luoshi.ledger.actions.climbing import put
from luoshi.ledger.actions.moving import carry
from luoshi.ledger.actions.weights import demand_weight
from luoshi.ledger.models import Task
from luoshi.ledger.queries.facts import law_facts
from luoshi.ledger.tree import NOTHING, stored, subtree
from luoshi.search.actions import forget
from luoshi.store.rows import save

WORDS = frozenset(
    {"title", "measures", "acceptance", "urgency", "check_rhythm", "quarter_states", "is_project",
     "source_kind", "goal_id", "problem_id", "passage_id", "target_value", "target_unit",
     "target_op", "undecided_until", "duty_id"}
)  # fmt: skip
PLANNED = frozenset(
    {"weight", "roll_up", "due_on", "starts_on", "duration_days", "rhythm", "line_id"}
)
"""What the baseline fixes, once it has a value: see `fixed_by_baseline`."""
RECKONED = frozenset({"roll_up", "target_value", "target_unit"})
"""What a node's own rule, or that of the one above it, reckons with."""
DATES = frozenset({"due_on", "starts_on", "undecided_until"})


@write("ledger.task.edit")
def edit_task(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    task: Task,
    version: int,
    reason: str = "",
    **changes: Any,  # noqa: ANN401 - any field's value
) -> Written:
    """Change what a task says; `Stale` with both values where somebody saved in between.

    Before the plan is in force: everything. After, with a reason: words, and what the plan left
    open (a first date is no move of one); deadlines move by extension, weights not at all. A due
    date that has passed needs a reason at any time.
    """
    row = paths.locked(task)
    demand_editor(actor, today, row)
    check_edit(row, changes, today, reason)
    return save_edit(row, version, changes, reason, now)


@write("ledger.tasks.edit")
def bulk_edit(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    tasks: Sequence[Task],
    reason: str = "",
    **changes: Any,  # noqa: ANN401
) -> Written:
    """Make the same change to several tasks; all or none. `undo_edit` with its key takes it back.

    Each task must still have the version that it was chosen with.
    """
    if not tasks:
        raise Refused(say("ledger.nothing_chosen"))
    for task in sorted(tasks, key=lambda row: (-row.depth, str(row.pk))):
        edit_task(
            actor=actor,
            today=today,
            now=now,
            task=task,
            version=task.version,
            reason=reason,
            **changes,
        )
    return Written("ledger.task", tasks[0].pk, 0, {"n": len(tasks)})


@write("ledger.task.undo_edit")
def undo_edit(*, actor: Actor, today: date, now: datetime, edit_key: str) -> Written:
    """Take back one edit (or bulk edit) of one's own, named by its idempotency key.

    The inverse is a new entry; refused once somebody changed one of the tasks again.
    """
    entries = list(
        Entry.objects.filter(
            jurisdiction=actor.jurisdiction_id,
            account_id=actor.account_id,
            key=edit_key,
            verb="ledger.task.edit",
        )
    )
    if not edit_key or not entries:
        raise Refused(say("ledger.nothing_to_undo"))
    for entry in entries:
        row = paths.locked(Task(pk=entry.subject_id, jurisdiction=entry.jurisdiction))
        before = {name: _revived(name, pair[0]) for name, pair in entry.changes.items()}
        after = {name: _revived(name, pair[1]) for name, pair in entry.changes.items()}
        if any(_revived(name, getattr(row, name)) != value for name, value in after.items()):
            raise Refused(say("ledger.undo_too_late", title=row.title))
        demand_editor(actor, today, row)
        save_edit(row, row.version, before, "", now)
    return Written("ledger.task", entries[0].subject_id, 0, {"n": len(entries)})


@write("ledger.task.withdraw")
def withdraw_task(*, actor: Actor, today: date, now: datetime, task: Task) -> Written:
    """Take a task out that nobody has worked on: the inverse of 立项 (undo of an adoption).

    Refused once something hangs under it, waits for it, or was reported on it.
    """
    row = paths.locked(task)
    demand_editor(actor, today, row)
    used = row.children.exists() or row.reports.exists() or row.awaited_by.exists()
    if used or State(row.state) not in (State.DRAFT, State.REGISTERED):
        raise Refused(say("ledger.has_children"))
    before = stored(row)
    put(row, NOTHING)
    paths.shift(row, before)
    record(row, {name: (pair[1], None) for name, pair in created(row).items()}, at=now)
    answer = Written("ledger.task", row.pk, row.version)
    parent = row.parent
    Task.objects.filter(pk=row.pk).delete()
    forget(found.KIND, [row.pk])
    if parent is not None and not parent.children.exists():
        _leaf_again(parent)
    return answer


def _leaf_again(parent: Task) -> None:
    """A node whose last child was withdrawn weighs by itself again."""
    row = paths.locked(parent)
    row.is_leaf = True
    said = row.reports.filter(value__isnull=False).order_by("-pk").values_list("value", flat=True)
    row.done_value = said.first()  # type: ignore[assignment]
    Task.objects.filter(pk=row.pk).update(is_leaf=True)
    carry(row, again=True)


def demand_editor(actor: Actor, today: date, task: Task) -> None:
    """The office and leaders in their scope; a unit head below the unit's own item."""
    if State(task.state) in ENDED:
        raise Refused(say("ledger.ended"))
    if task.plan is not None:
        demand_not_closed(task.plan)
    if actor.has("assign") or not law_facts(actor, today, task).is_assigner:
        right: Right = "plan" if task.state == Task.State.DRAFT else "assign"
        goals.demand_right(actor, right, task.unit.path)


def fixed_by_baseline(task: Task) -> frozenset[str]:
    """The fields of a task that its plan in force no longer lets go: those that have a value.

    Without a due date the kind of time (年内 or 常态) is still open too. As long as nobody has
    declared how a node rolls up it is by weight, so a first declaration is open.
    """
    plan = task.plan
    if plan is None or plan.state != Plan.State.IN_FORCE or task.state == Task.State.DRAFT:
        return frozenset()
    still_open = {name for name in PLANNED if getattr(task, name) is None}
    if task.due_on is None:
        still_open.add("rhythm")
    if task.roll_up == Task.RollUp.WEIGHTED:
        still_open.add("roll_up")
    return PLANNED - still_open


def check_edit(task: Task, changes: Mapping[str, Any], today: date, reason: str) -> None:
    """Refuse an edit that the plan, the calendar or a missing reason forbids; asks no database."""
    if unknown := set(changes) - WORDS - PLANNED:
        message = f"not editable here: {sorted(unknown)}"
        raise TypeError(message)
    _demand_same_plan(task, changes)
    if "weight" in changes:
        demand_weight(changes["weight"], task.title)
    real = {name for name, value in changes.items() if getattr(task, name) != value}
    if "title" in real and not str(changes["title"]).strip():
        raise Refused(say("ledger.no_title"))
    in_force = task.plan is not None and task.plan.state == Plan.State.IN_FORCE
    if real & fixed_by_baseline(task):
        raise Refused(say("ledger.in_force"))
    if in_force and real and not reason.strip():
        raise Refused(say("closing.needs.reason"))
    due = changes.get("due_on")
    if "due_on" in real and due is not None and due < today and not reason.strip():
        raise Refused(say("ledger.due_passed", title=task.title, due=due))
    starts = changes.get("starts_on", task.starts_on)
    ends = changes.get("due_on", task.due_on)
    if starts and ends and starts > ends:
        raise Refused(say("ledger.starts_after_due", title=task.title))


def _demand_same_plan(task: Task, changes: Mapping[str, Any]) -> None:
    """A line or goal that the item joins is one of its own plan."""
    for name, rows in (("line_id", WorkLine.objects), ("goal_id", Goal.objects)):
        key = changes.get(name)
        if key is None or key == getattr(task, name):
            continue
        if not rows.filter(pk=key, plan=task.plan_id).exists():
            raise Refused(say("ledger.not_of_this_plan"))


def save_edit(
    task: Task, version: int, changes: dict[str, Any], reason: str, now: datetime
) -> Written:
    """Write an edit that was allowed: the row, its line, the sums above it, journal and index."""
    line_before, goal_before = task.line_id, task.goal_id
    changed = save(task, version, **changes)
    if not changed:
        return nothing("ledger.task", task.pk)
    if task.line_id != line_before:
        _change_line(task, line_before)
    if task.goal_id != goal_before:
        subtree(task).exclude(pk=task.pk).filter(goal=goal_before).update(goal=task.goal_id)
    carry(task, again=bool(RECKONED & set(changed)))
    record(task, changed, reason=reason, verb="ledger.task.edit", at=now)
    if found.WORDS & set(changed):
        found.make_findable([task])
    return Written("ledger.task", task.pk, task.version)


def _change_line(task: Task, before: UUID | None) -> None:
    """Everything under the task that was on its old line goes with it; the lines' sums follow."""
    subtree(task).exclude(pk=task.pk).filter(line=before).update(line=task.line_id)
    if task.plan_id is not None:
        paths.settle_lines(task, (before, task.line_id))


def _revived(name: str, value: Any) -> Any:  # noqa: ANN401 - any field's value
    """A journalled value as the row holds it: dates, keys and figures revived."""
    if name in DATES and isinstance(value, str):
        return parse_date(value)
    if name.endswith("_id") and value is not None:
        return UUID(str(value))
    field = Task._meta.get_field(name)
    return field.to_python(value) if isinstance(field, Field) else value
