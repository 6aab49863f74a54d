"""Reads of meetings, plans, goals, work lines and notes; the first argument is the actor."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from luoshi.domain.access import Actor, NotAllowed, Right, may
from luoshi.domain.base import Refused, say
from luoshi.domain.cascade import Share
from luoshi.goals.models import Goal, Note, Plan, PlanSnapshot, WorkLine
from luoshi.journal.actions import plain
from luoshi.org import queries as org
from luoshi.org.models import Post, Unit, subtree


def plans(actor: Actor, today: date) -> QuerySet[Plan]:
    """Plans of units the actor sees, and of the towns and counties the actor works below.

    A village reads its town's plan; what it sees of the items in it is the ledger's question.
    """
    rows = Plan.objects.filter(jurisdiction=actor.jurisdiction_id).select_related("unit", "meeting")
    if actor.is_system:
        return rows
    above = {
        "/".join(segments[:depth]) + "/"
        for segments in (post.unit_path.split("/") for post in actor.posts)
        for depth in range(1, len(segments))
    }
    if not above:
        return rows.none()
    return rows.filter(
        Q(unit__in=org.visible_unit_ids(actor, today)) | Q(unit__path__in=above)
    ).order_by("-year", "unit__path")


def plan_for(actor: Actor, today: date, plan_id: UUID) -> Plan | None:
    """One plan that the actor may read, or None."""
    return plans(actor, today).filter(pk=plan_id).first()


def current_plan(actor: Actor, today: date) -> Plan | None:
    """The plan an actor's pages open with: the own town's, of this year or the last one made."""
    rows = list(plans(actor, today).filter(year__lte=today.year)[:50])
    held = [post.unit_path for post in actor.posts]
    own = [plan for plan in rows if any(path.startswith(plan.unit.path) for path in held)]
    return max(own or rows, key=lambda plan: (plan.year, len(plan.unit.path)), default=None)


def lines(actor: Actor, today: date, plan: Plan) -> QuerySet[WorkLine]:
    """The work lines of a plan in their order, each with its leader's post."""
    return (
        WorkLine.objects.filter(plan=plan, plan__in=plans(actor, today).values("pk"))
        .select_related("leader_post__unit")
        .order_by("number")
    )


def goals(actor: Actor, today: date, plan: Plan) -> QuerySet[Goal]:
    """The goals of a plan in their order."""
    return (
        Goal.objects.filter(plan=plan, plan__in=plans(actor, today).values("pk"))
        .select_related("line", "passage")
        .order_by("position", "id")
    )


def notes(actor: Actor, today: date, plan: Plan) -> QuerySet[Note]:
    """Achievements, gaps and problems of a plan, oldest first."""
    return (
        Note.objects.filter(plan=plan, plan__in=plans(actor, today).values("pk"))
        .select_related("line", "passage", "pair")
        .order_by("noted_on", "id")
    )


def snapshots(actor: Actor, today: date, plan: Plan) -> QuerySet[PlanSnapshot]:
    """The baselines of a plan, the latest first."""
    return PlanSnapshot.objects.filter(
        plan=plan, plan__in=plans(actor, today).values("pk")
    ).order_by("-taken_at", "-id")


def may_plan(actor: Actor, unit_path: str) -> bool:
    """Whether the actor may write plans of the unit; the access law's answer as yes or no."""
    return not isinstance(may(actor, "plan", unit_path), NotAllowed)


def share_of(row: Plan | WorkLine) -> int | None:
    """How far a plan or a line is in basis points, by its stored sums; None where nobody spoke."""
    return Share(row.done_sum, row.weight_sum - row.missing_sum).basis_points


def leader_choices(actor: Actor, today: date, plan: Plan) -> list[tuple[str, str]]:
    """Posts of the plan's town that may lead a line, for a form: key, unit and title."""
    posts = (
        Post.objects.filter(
            org.holds(today),
            jurisdiction=actor.jurisdiction_id,
            role=Post.Role.LEADER,
            unit__in=Unit.objects.filter(
                jurisdiction=plan.jurisdiction, **subtree(plan.unit.path)
            ).values("pk"),
        )
        .select_related("unit")
        .order_by("unit__path", "position", "id")
    )
    return [(str(post.pk), f"{post.unit.short_name} {post.title}") for post in posts]


def demand_right(actor: Actor, right: Right, unit_path: str) -> None:
    """Raise the access law's refusal unless the actor has the right over the unit."""
    answer = may(actor, right, unit_path)
    if isinstance(answer, NotAllowed):
        raise Refused(answer.why)


def demand_not_closed(plan: Plan) -> None:
    """A closed year is history: it is read, never rewritten."""
    if plan.state == Plan.State.CLOSED:
        raise Refused(say("goals.plan_closed", year=plan.year))


TASK_FIELDS = (
    "id", "parent_id", "line_id", "goal_id", "number", "title", "measures", "acceptance",
    "rhythm", "starts_on", "due_on", "target_value", "target_unit", "target_op", "weight",
)  # fmt: skip


def content_of(plan: Plan) -> Mapping[str, Any]:
    """The plan as it stands, ready for canonical JSON: goals, lines, notes, tasks, roles.

    Sums and progress are left out: a baseline says what was meant, not how far it went.
    """
    tasks = plan.tasks.order_by("tree", "id")
    roles = tasks.values_list("pk", "assignments__role", "assignments__unit", "assignments__post")
    return {
        "plan": {"id": plan.pk, "unit": plan.unit_id, "year": plan.year, "title": plan.title},
        "goals": list(plan.goals.order_by("position", "id").values("id", "title", "line_id")),
        "lines": list(
            plan.lines.order_by("number").values("id", "number", "name", "leader_post_id")
        ),
        "notes": list(plan.notes.order_by("id").values("id", "kind", "text", "line_id")),
        "tasks": list(tasks.values(*TASK_FIELDS)),
        "roles": [
            row
            for row in roles.filter(assignments__to_on=None).order_by(
                "tree", "assignments__role", "assignments__id"
            )
            if row[1]
        ],
        "milestones": list(
            tasks.filter(milestones__isnull=False)
            .order_by("tree", "milestones__position", "milestones__id")
            .values_list("pk", "milestones__title", "milestones__due_on", "milestones__standard")
        ),
    }


def canonical(content: Mapping[str, Any]) -> tuple[Any, str]:
    """Plain JSON values and the SHA-256 of their canonical text (sorted keys, no spaces, UTF-8)."""
    values = plain(content)
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return values, hashlib.sha256(text.encode()).hexdigest()
