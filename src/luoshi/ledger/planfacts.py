"""A plan's facts for the coverage law: who carries what, by when, and what nobody took up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import cast
from uuid import UUID

from luoshi.documents.models import DraftItem
from luoshi.domain import cascade
from luoshi.domain.cascade import (
    DutyLine,
    DutyList,
    Obligation,
    PlanFacts,
    PostFacts,
    TaskFacts,
    UnitFacts,
)
from luoshi.goals.models import Plan
from luoshi.ledger.carrying import NOBODY, Roles, roles_of
from luoshi.ledger.judging import CLOSED
from luoshi.ledger.loads import Burden, burdens, load_facts
from luoshi.ledger.models import Dependency, Milestone, Task
from luoshi.org.models import CARRYING_KINDS, DutyItem, Post, Term, Unit, subtree
from luoshi.org.queries import holds

UNPLANNED = frozenset({Task.Source.TEMPORARY.value, Task.Source.PAPER.value})
ASKED = (DraftItem.Kind.GOAL, DraftItem.Kind.INDICATOR, DraftItem.Kind.TASK, DraftItem.Kind.PROBLEM)
CARRYING = (*CARRYING_KINDS, Unit.Kind.COUNTY_OFFICE)
PLAIN_WEIGHT = 100


def plan_facts(today: date, plan: Plan) -> PlanFacts:
    """Everything the coverage law asks about a plan on a day; a dozen queries for any size."""
    rows = list(
        Task.objects.filter(plan=plan)
        .exclude(state=Task.State.CANCELLED)
        .select_related("line", "plan")
        .order_by("tree", "id")
    )
    roles = roles_of(row.pk for row in rows)
    owners = {held.owner for held in roles.values() if held.owner}
    vacant = _vacant(owners, today)
    counting = _counting(owners)
    people = burdens(plan.unit, today, rows, roles)
    nodes = _nodes(plan)
    weights = _weights(rows)
    return PlanFacts(
        id=plan.pk,
        label=plan.title,
        year=plan.year,
        today=today,
        tasks=tuple(
            _task(
                row,
                roles.get(row.pk, NOBODY),
                nodes.get(row.pk, ()),
                weights.get(row.pk),
                vacant,
                counting,
            )
            for row in rows
        ),
        units=_units(plan, today),
        posts=_posts(people),
        loads=load_facts(people, roles),
        duties=duty_lines(plan.unit),
        obligations=_obligations(plan),
        dependencies=tuple(
            cascade.Dependency(before, after)
            for before, after in Dependency.objects.filter(task__plan=plan).values_list(
                "predecessor_id", "task_id"
            )
        ),
    )


def _task(
    row: Task,
    roles: Roles,
    nodes: Sequence[date],
    weight: int | None,
    vacant: frozenset[UUID],
    counting: frozenset[UUID],
) -> TaskFacts:
    return TaskFacts(
        id=row.pk,
        label=row.title,
        planned=counted(row),
        closed=row.state in CLOSED,
        parent_id=row.parent_id,
        line_id=row.line_id,
        line_label=row.line.name if row.line else "",
        lead_leader=roles.lead_leader or (row.line.leader_post_id if row.line else None),
        lead_unit=roles.lead_unit,
        supporting_units=roles.supporting,
        owner_post=roles.owner,
        owner_vacant=roles.owner in vacant,
        owner_keeps_statistics=roles.owner in counting,
        undecided_until=row.undecided_until,
        nature=_NATURE[row.rhythm],
        start_on=row.starts_on,
        due_on=row.due_on,
        quarter_states=tuple(n for n, said in enumerate(row.quarter_states, start=1) if said),
        check_rhythm=row.check_rhythm,
        milestones=tuple(nodes),
        acceptance_rule=row.acceptance,
        measures=row.measures,
        weight=weight,
        roll_up=cast("cascade.RollUpRule", row.roll_up),
        target_value=row.target_value,
        target_unit=row.target_unit,
        duty_id=row.duty_id,
    )


_NATURE: Mapping[str, cascade.Nature] = {
    Task.Rhythm.DATED: "dated",
    Task.Rhythm.ALL_YEAR: "all_year",
    Task.Rhythm.STANDING: "standing",
}


def _weights(rows: Iterable[Task]) -> Mapping[UUID, int]:
    """Weights in basis points of their group, where anybody gave one.

    Siblings (and the tops of one line) that all still have the plain weight are not weighted: the
    law treats them alike. As soon as one differs, all of them are figures that must make 100.
    """
    groups: dict[tuple[UUID | None, UUID | None], list[Task]] = {}
    for row in rows:
        key = (row.parent_id, None if row.parent_id else row.line_id)
        groups.setdefault(key, []).append(row)
    return {
        row.pk: row.weight * 100
        for group in groups.values()
        if any(row.weight != PLAIN_WEIGHT for row in group)
        for row in group
    }


def _nodes(plan: Plan) -> Mapping[UUID, Sequence[date]]:
    found: dict[UUID, list[date]] = {}
    rows = Milestone.objects.filter(task__plan=plan).order_by("due_on")
    for task_id, day in rows.values_list("task_id", "due_on"):
        found.setdefault(task_id, []).append(day)
    return found


def _vacant(posts: set[UUID], today: date) -> frozenset[UUID]:
    """Posts that nobody holds today, or that have ended."""
    if not posts:
        return frozenset()
    held = Term.objects.filter(holds(today), holds(today, "post__"), post__in=posts)
    return frozenset(posts - set(held.values_list("post_id", flat=True)))


def counted(row: Task) -> bool:
    """Whether a task belongs to the plan's own work: temporary items and papers do not."""
    return row.source_kind not in UNPLANNED


def _counting(posts: set[UUID]) -> frozenset[UUID]:
    """Owners that keep statistics."""
    if not posts:
        return frozenset()
    kept = Post.objects.filter(pk__in=posts, keeps_statistics=True)
    return frozenset(kept.values_list("pk", flat=True))


def _posts(people: Iterable[Burden]) -> tuple[PostFacts, ...]:
    """The posts of offices, stations and villages that somebody holds, as C09 asks them.

    Leaders are not asked: their lines and items stand in their own lists.
    """
    return tuple(
        PostFacts(post.pk, f"{post.unit.short_name} {post.title}", post.routine)
        for burden in people
        for post in burden.posts
        if post.role != Post.Role.LEADER and post.unit.kind in CARRYING
    )


def duty_lines(town: Unit) -> tuple[DutyLine, ...]:
    """The three duty lists of a town, in their order; one query."""
    rows = DutyItem.objects.filter(jurisdiction=town.jurisdiction, unit=town)
    return tuple(
        DutyLine(row.pk, _LISTS[row.list], row.text, row.department)
        for row in rows.order_by("list", "position")
    )


_LISTS: Mapping[str, DutyList] = {
    DutyItem.List.BASIC: "basic",
    DutyItem.List.ASSISTING: "assisting",
    DutyItem.List.WITHDRAWN: "withdrawn",
}


def _units(plan: Plan, today: date) -> tuple[UnitFacts, ...]:
    """The offices, stations and villages of the plan's unit, which should all carry something."""
    rows = Unit.objects.filter(
        holds(today), jurisdiction=plan.jurisdiction, kind__in=CARRYING, **subtree(plan.unit.path)
    )
    rows = rows.exclude(pk=plan.unit_id).order_by("path")
    return tuple(UnitFacts(unit.pk, unit.short_name) for unit in rows)


def _obligations(plan: Plan) -> tuple[Obligation, ...]:
    """What the plan's texts ask for, and whether somebody took it up or said why not."""
    rows = DraftItem.objects.filter(document__plans__plan=plan, kind__in=ASKED).order_by(
        "document_id", "position"
    )
    taken = (DraftItem.State.ADOPTED, DraftItem.State.MERGED)
    return tuple(
        Obligation(passage, title, state in taken, why_not)
        for passage, title, state, why_not in rows.values_list(
            "passage_id", "title", "state", "why_not"
        )
    )
