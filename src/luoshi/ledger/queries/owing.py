"""What a person owes: signatures, reports at nodes and due dates, word that it is done."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from luoshi.burden.queries import requested_tasks
from luoshi.domain import pacing
from luoshi.domain.access import Actor
from luoshi.domain.base import Sentence, say
from luoshi.goals.models import WorkLine
from luoshi.ledger.carrying import NOBODY, Roles, roles_of
from luoshi.ledger.judging import OVER, facts_of, light_of, nodes_of, sign_until
from luoshi.ledger.models import Assignment, Blocker, Milestone, Task
from luoshi.ledger.queries.blocking import Waiting, asked_of
from luoshi.ledger.queries.listing import Row, carried_by, rows_of
from luoshi.ledger.queries.scope import visible_tasks

AHEAD = timedelta(days=7)
"""A report counts for a node from a week before it (the light rules' `early_days`)."""

ORDER: dict[str, int] = {"unblock": 0, "sign": 1, "done": 2, "report": 3}


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing asked of a person. `late_days` is positive once the day has passed.

    `kind` names what: here sign, report, done or unblock; rooms downstream add their own words.
    `subject_kind` and `subject_id` name the row for pages that gather what all rooms are owed: of
    a blocker (`unblock`) that is the blocker, whose page its needed unit may see, not the item.
    """

    kind: str
    task: Task
    by: date
    late_days: int
    why: Sentence
    subject_kind: str = "ledger.task"
    blocker: Blocker | None = None

    @property
    def subject_id(self) -> UUID:
        """The task, or its blocker."""
        return self.blocker.pk if self.blocker else self.task.pk

    @property
    def title(self) -> str:
        """What the task is called."""
        return self.task.title


def owed(actor: Actor, today: date) -> Sequence[Owed]:
    """What the actor owes today, the longest overdue first; four queries.

    Only what the person carries: as owner, or as head of the lead unit. A leader owes no report.
    Between nodes nothing is owed; from a week before a node a report may come. What others are
    blocked by and need from this person's unit or post is owed too, and so is its clearing.
    """
    mine = carried_by(actor).filter(role__in=("owner", "lead_unit"))
    found = _found(_open(actor).filter(pk__in=mine.values("task")), today)
    return _longest([*found, *(_unblock(one, today) for one in asked_of(actor, today))])


def owed_of_posts(
    actor: Actor, today: date, *, owners: Collection[UUID], leaders: Collection[UUID]
) -> Sequence[tuple[Owed, Roles]]:
    """What is owed by whoever holds one of the posts, or led by one of them; four queries.

    For the next level: an item's roles say who owes it; where no leader is named for it, the
    leader of its line leads it.
    """
    held = Assignment.objects.filter(
        Q(post__in=owners, role="owner") | Q(post__in=leaders, role="lead_leader"),
        jurisdiction=actor.jurisdiction_id,
        to_on__isnull=True,
    )
    rows = Q(pk__in=held.values("task")) | Q(line__leader_post__in=leaders)
    seen = visible_tasks(actor, today).values("pk")
    scoped = _could_owe(_open(actor).filter(pk__in=seen), today)
    return _with_roles(_found(scoped.filter(rows), today))


def owed_within(actor: Actor, today: date, units: Collection[UUID]) -> Sequence[tuple[Owed, Roles]]:
    """All that anybody owes on tasks of the units, with who carries and leads it; four queries.

    For the system's digest alone: whoever it is told to is told no more than `owed` tells.
    """
    assert actor.is_system, "a person sees what is in scope"
    rows = _could_owe(_open(actor).filter(unit__in=units), today)
    return _with_roles(_found(rows.defer("measures", "acceptance", "quarter_states"), today))


def _open(actor: Actor) -> QuerySet[Task]:
    return (
        Task.objects.filter(jurisdiction=actor.jurisdiction_id)
        .exclude(state__in=[*OVER, "draft", "registered", "disputed"])
        .select_related("plan", "unit")
        .order_by("due_on", "tree", "id")
    )


def _could_owe(rows: QuerySet[Task], today: date) -> QuerySet[Task]:
    """Without what owes nothing yet for certain: no day of its own within a week, and signed."""
    soon = today + AHEAD
    nodes = Milestone.objects.filter(task=OuterRef("pk"))
    return rows.filter(
        Q(state=Task.State.ASSIGNED)
        | Q(due_on__isnull=True)
        | Q(due_on__lte=soon) & (Q(is_leaf=True) | Exists(nodes))
        | Exists(nodes.filter(due_on__lte=soon))
    )


def _found(rows: QuerySet[Task], today: date) -> list[Owed]:
    tasks = list(rows)
    nodes = nodes_of([task.pk for task in tasks])
    found = [item for task in tasks if (item := _owed(task, today, nodes.get(task.pk, ())))]
    return _longest(found)


def _longest(found: Iterable[Owed]) -> list[Owed]:
    """The longest overdue first."""
    return sorted(found, key=lambda item: (-max(item.late_days, 0), ORDER[item.kind], item.by))


def _with_roles(found: Sequence[Owed]) -> list[tuple[Owed, Roles]]:
    roles = roles_of([item.task.pk for item in found])
    lines = dict(
        WorkLine.objects.filter(pk__in={item.task.line_id for item in found}).values_list(
            "pk", "leader_post_id"
        )
    )
    told = []
    for item in found:
        known = roles.get(item.task.pk, NOBODY)
        if known.lead_leader is None and item.task.line_id:
            known = replace(known, lead_leader=lines.get(item.task.line_id))
        told.append((item, known))
    return told


def _owed(task: Task, today: date, nodes: Sequence[date]) -> Owed | None:
    if task.state == Task.State.ASSIGNED:
        return _signature(task, today)
    if not task.is_leaf and not nodes:
        return None
    facts = facts_of(task, nodes)
    due = facts.period.end
    if today >= due - AHEAD:
        late = (today - due).days
        why = (
            say("ledger.owed.done_late", due=due, days=late)
            if late > 0
            else (say("ledger.owed.done", due=due))
        )
        return Owed("done", task, due, late, why)
    silent = pacing.silent_since(facts, today)
    if silent is not None:
        return Owed(
            "report", task, silent, (today - silent).days, light_of(task, today, nodes).arithmetic
        )
    node = pacing.next_node(facts, today)
    told = task.last_report_on is not None and task.last_report_on > node - AHEAD
    if today >= node - AHEAD and not told:
        return Owed("report", task, node, (today - node).days, say("ledger.owed.node", node=node))
    return None


def _unblock(one: Waiting, today: date) -> Owed:
    """A blocker that waits for the person: late from the day wanted or promised."""
    row = one.row
    by = row.promised_for or row.wanted_by or row.state_since
    late = (today - by).days if row.promised_for or row.wanted_by else 0
    return Owed("unblock", row.task, by, late, one.why, "ledger.blocker", row)


def _signature(task: Task, today: date) -> Owed:
    by = sign_until(task)
    if by is None:
        return Owed("sign", task, today, 0, say("ledger.owed.sign"))
    late = (today - by.date()).days
    code = say("ledger.owed.sign_late", by=by) if late > 0 else say("ledger.owed.sign_by", by=by)
    return Owed("sign", task, by.date(), late, code)


@dataclass(frozen=True, slots=True)
class MyWeek:
    """The phone's page: what to sign, what to say now, and what else is carried."""

    owed: Sequence[Owed]
    others: Sequence[Row]


def my_week(actor: Actor, today: date) -> MyWeek:
    """What is asked this week, and the person's other open items; a constant number of queries.

    What only carries a request for data stands there as its form (`burden.queries.to_reply`).
    """
    forms = set(requested_tasks(actor))
    asked = [item for item in owed(actor, today) if item.task.pk not in forms]
    shown = {item.task.pk for item in asked if item.blocker is None}
    keys = list(
        Task.objects.filter(
            jurisdiction=actor.jurisdiction_id, pk__in=carried_by(actor).values("task")
        )
        .filter(state__in=("assigned", "signed", "under_way", "reported_done"))
        .exclude(pk__in=forms)
        .order_by("due_on", "tree", "id")
        .values_list("pk", flat=True)[:100]
    )
    return MyWeek(asked, rows_of(actor, today, [key for key in keys if key not in shown]))
