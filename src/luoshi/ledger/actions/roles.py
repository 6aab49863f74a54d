"""Who carries a task: rows of assignment that open and close, never change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from luoshi.domain.base import Refused, say
from luoshi.ledger.carrying import NOBODY, Roles, roles_of
from luoshi.ledger.models import Assignment, Task
from luoshi.org.models import Post, Unit

Wanted = tuple[str, UUID | None, UUID | None]  # role, unit, post


def wanted(roles: Roles) -> set[Wanted]:
    """The rows that say these roles."""
    role = Assignment.Role
    rows: set[Wanted] = {(role.SUPPORTING.value, unit, None) for unit in roles.supporting}
    if roles.lead_leader:
        rows.add((role.LEAD_LEADER.value, None, roles.lead_leader))
    if roles.lead_unit:
        rows.add((role.LEAD_UNIT.value, roles.lead_unit, None))
    if roles.owner:
        rows.add((role.OWNER.value, None, roles.owner))
    return rows


def set_roles(task: Task, roles: Roles, today: date) -> dict[str, tuple[Any, Any]]:
    """Close the assignments that no longer hold and open the new ones; answer what changed.

    Units and posts of another jurisdiction, or that have ended, are refused.
    """
    before = roles_of([task.pk]).get(task.pk, NOBODY)
    gone, fresh = wanted(before) - wanted(roles), wanted(roles) - wanted(before)
    if not gone and not fresh:
        return {}
    check(task.jurisdiction, [roles], today)
    for row in Assignment.objects.filter(task=task, to_on__isnull=True):
        if (row.role, row.unit_id, row.post_id) in gone:
            Assignment.objects.filter(pk=row.pk).update(
                to_on=max(row.from_on, today), version=row.version + 1
            )
    Assignment.objects.bulk_create(rows_for(task, fresh, today))
    return {
        name: (getattr(before, name), getattr(roles, name))
        for name in ("lead_leader", "lead_unit", "supporting", "owner")
        if getattr(before, name) != getattr(roles, name)
    }


def rows_for(
    task: Task, rows: set[Wanted], today: date, order: Sequence[UUID] = ()
) -> list[Assignment]:
    """New assignments of a task, in a stable order; supporting units in the order given."""
    places: dict[UUID | None, int] = {unit: place for place, unit in enumerate(order)}
    return [
        Assignment(
            jurisdiction=task.jurisdiction,
            task_id=task.pk,
            role=role,
            unit_id=unit,
            post_id=post,
            from_on=today,
        )
        for role, unit, post in sorted(
            rows, key=lambda row: (row[0], places.get(row[1], len(places)), str(row))
        )
    ]


def opened(task: Task, roles: Roles, today: date) -> list[Assignment]:
    """The assignments of a new task; supporting units in the order in which they were named."""
    return rows_for(task, wanted(roles), today, roles.supporting)


def check(jurisdiction: UUID, given: Sequence[Roles], today: date) -> None:
    """Refuse units and posts that are not of this jurisdiction or have ended; two queries."""
    units = {unit for roles in given for unit in (roles.lead_unit, *roles.supporting) if unit}
    posts = {post for roles in given for post in (roles.lead_leader, roles.owner) if post}
    if units:
        alive = Unit.objects.filter(pk__in=units, jurisdiction=jurisdiction)
        ended = [unit.short_name for unit in alive if unit.to_on and unit.to_on < today]
        if ended or alive.count() != len(units):
            raise Refused(say("ledger.unit_ended", units=tuple(ended) or ("—",)))
    if posts:
        held = Post.objects.filter(pk__in=posts, jurisdiction=jurisdiction)
        closed = [post.title for post in held if post.to_on and post.to_on < today]
        if closed or held.count() != len(posts):
            raise Refused(say("ledger.post_ended", posts=tuple(closed) or ("—",)))
