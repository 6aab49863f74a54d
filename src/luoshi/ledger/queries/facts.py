"""What the closing law must know about a person and a task, gathered in one place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.db.models import Q

from luoshi.domain import closing
from luoshi.domain.access import Actor, Allowed, may
from luoshi.domain.closing import Facts, State, Verb
from luoshi.domain.workdays import SHANGHAI
from luoshi.ledger.carrying import NOBODY, Roles, roles_of
from luoshi.ledger.judging import ABOVE
from luoshi.ledger.models import ProgressReport, Task
from luoshi.org.models import Term, Unit
from luoshi.org.queries import holds

HEADS = frozenset({"unit_head", "leader", "town_office"})


def law_facts(actor: Actor, today: date, task: Task, **form: Any) -> Facts:  # noqa: ANN401
    """What this person is to this task today, and what the form says (`form`: fields of `Facts`).

    At most four queries: roles of the task and its parent, whether the person did or reported
    any of it, whether the person who assigned it still holds a post.
    """
    ids = [task.pk, *([task.parent_id] if task.parent_id else [])]
    roles = roles_of(ids)
    own = roles.get(task.pk, NOBODY)
    upper = roles.get(task.parent_id, NOBODY) if task.parent_id else NOBODY
    return Facts(
        **_relations(actor, today, task, own, upper),
        today=today,
        source_kind="above" if task.source_kind in ABOVE else "own",
        subject_kind=_subject(task),
        lead_unit_named=form.pop("lead_unit_named", own.lead_unit is not None),
        due_on=task.due_on,
        internal_due_on=task.internal_due_at.astimezone(SHANGHAI).date()
        if task.internal_due_at
        else None,
        returns=task.returns,
        suspended_from=State(task.suspended_from) if task.suspended_from else None,
        **form,
    )


def _subject(task: Task) -> closing.SubjectKind:
    """A problem is cleared (销号), a matter is completed (办结)."""
    is_problem = task.problem_id is not None or task.source_kind == Task.Source.RECTIFICATION
    return "problem" if is_problem else "matter"


def _relations(
    actor: Actor, today: date, task: Task, roles: Roles, upper: Roles
) -> Mapping[str, Any]:
    path = task.unit.path
    office = _is_office(actor, path)
    in_charge = _in_charge(actor, task, roles)
    return {
        "is_owner": roles.owner in actor.post_ids,
        "is_lead_unit_head": _heads(actor, roles.lead_unit),
        "is_supporting": bool(actor.unit_ids & set(roles.supporting)),
        "is_town_office": office,
        "is_leader_in_charge": in_charge,
        "is_assigner": _is_assigner(actor, today, task, upper, stands_in=office or in_charge),
        "is_doer": _is_doer(actor, task),
        "is_on_behalf": actor.on_behalf_of is not None,
        "is_county": "county_supervisor" in actor.roles,
        "is_system": actor.is_system,
    }


def _is_office(actor: Actor, path: str) -> bool:
    return any(
        post.role == "town_office" and path.startswith(post.scope_path) for post in actor.posts
    )


def _in_charge(actor: Actor, task: Task, roles: Roles) -> bool:
    """The lead leader; where none is named the line's leader; where none, the town's leaders."""
    line = task.line
    named = roles.lead_leader or (line.leader_post_id if line else None)
    if named is not None:
        return named in actor.post_ids
    path = task.unit.path
    return any(post.role == "leader" and path.startswith(post.scope_path) for post in actor.posts)


def _heads(actor: Actor, unit_id: UUID | None) -> bool:
    return any(post.unit_id == unit_id and post.role in HEADS for post in actor.posts)


def _is_assigner(actor: Actor, today: date, task: Task, upper: Roles, *, stands_in: bool) -> bool:
    """Who assigned it; before that, who leads the item above it.

    Where the system assigned it, or the person who did has left every post, the town office and
    the leader in charge stand in.
    """
    if task.assigned_by_id is None:
        leads_above = _heads(actor, upper.lead_unit) or upper.lead_leader in actor.post_ids
        return leads_above or (task.assigned_at is not None and stands_in)
    if task.assigned_by_id == actor.answers_as:
        return True
    if not stands_in:
        return False
    return not Term.objects.filter(holds(today), person=task.assigned_by_id).exists()


def _is_doer(actor: Actor, task: Task) -> bool:
    """Whether the person reported on the task or did it, also on somebody's behalf.

    Who stands in for another (委托) is barred by what either did.
    """
    if actor.person_id is None:
        return False
    if task.done_by_id in actor.both:
        return True
    return (
        ProgressReport.objects.filter(task=task)
        .filter(Q(person_id__in=actor.both) | Q(typed_by_id__in=actor.both))
        .exists()
    )


def moves_for(actor: Actor, today: date, task: Task, **form: Any) -> tuple[Verb, ...]:  # noqa: ANN401
    """What the actor may do to the task now: the buttons of its page."""
    return closing.moves(State(task.state), law_facts(actor, today, task, **form))


def may_write(actor: Actor, right: str, unit: Unit) -> bool:
    """Whether the actor has a right over a unit's rows; the law's answer as a plain yes or no."""
    return isinstance(may(actor, cast("Any", right), unit.path), Allowed)
