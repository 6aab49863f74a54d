"""Who carries a task: the roles that hold now, as data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from luoshi.ledger.models import Assignment


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    """Who carries a task: the lead leader's and owner's posts, the lead and supporting units."""

    lead_leader: UUID | None = None
    lead_unit: UUID | None = None
    supporting: tuple[UUID, ...] = ()
    owner: UUID | None = None


NOBODY = Roles()


def roles_of(task_ids: Iterable[UUID]) -> Mapping[UUID, Roles]:
    """The roles that hold now, by task; one query. Tasks without any are not in the answer."""
    found: dict[UUID, Roles] = {}
    rows = (
        Assignment.objects.filter(task__in=list(task_ids), to_on__isnull=True)
        .order_by("id")
        .values_list("task_id", "role", "unit_id", "post_id")
    )
    for task_id, role, unit_id, post_id in rows:
        known = found.get(task_id, NOBODY)
        if role == Assignment.Role.LEAD_LEADER:
            known = replace(known, lead_leader=post_id)
        elif role == Assignment.Role.LEAD_UNIT:
            known = replace(known, lead_unit=unit_id)
        elif role == Assignment.Role.OWNER:
            known = replace(known, owner=post_id)
        else:
            known = replace(known, supporting=(*known.supporting, unit_id))
        found[task_id] = known
    return found
