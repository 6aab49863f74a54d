"""Who answers: C01 roles, C08 units and C09 posts with nothing, C13 vacancies, C16 statistics."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from luoshi.domain.base import Finding, Remedy, Sentence, Value, Where, say
from luoshi.domain.cascade.facts import TaskFacts
from luoshi.domain.cascade.tree import Tree, at_task

MONEY = frozenset({"元", "万元", "亿元", "美元", "万美元"})
"""Units that make a target an economic one."""


def roles(tree: Tree) -> Iterator[Finding]:
    """C01: an item without lead leader, lead unit or owner.

    待定 is legal up to and including the day by which the leader in charge names someone; after
    it the finding says since when. The remedy proposes what the parent has, where it has it.
    """
    for task in tree.open():
        until = task.undecided_until
        if until is not None and tree.plan.today <= until:
            continue
        parent = tree.by_id.get(task.parent_id) if task.parent_id else None
        for held, proposed, verb, why in _asked(task, parent):
            if held is None:
                params: dict[str, Value] = {"propose": str(proposed)} if proposed else {}
                yield at_task("C01", "error", task, why, verb, **params)


def _asked(
    task: TaskFacts, parent: TaskFacts | None
) -> Iterator[tuple[UUID | None, UUID | None, str, Sentence]]:
    """Each role: who holds it, whom the parent proposes, the remedy, and what to say if empty."""
    leader = parent.lead_leader if parent else None
    unit = parent.lead_unit if parent else None
    owner = parent.owner_post if parent and not parent.owner_vacant else None
    leader_why, unit_why, owner_why = _why(task.undecided_until)
    yield task.lead_leader, leader, "name_lead_leader", leader_why
    yield task.lead_unit, unit, "name_lead_unit", unit_why
    yield task.owner_post, owner, "name_owner", owner_why


def _why(until: date | None) -> tuple[Sentence, Sentence, Sentence]:
    if until is None:
        return (
            say("cascade.C01.lead_leader"),
            say("cascade.C01.lead_unit"),
            say("cascade.C01.owner"),
        )
    return (
        say("cascade.C01.lead_leader_overdue", until=until),
        say("cascade.C01.lead_unit_overdue", until=until),
        say("cascade.C01.owner_overdue", until=until),
    )


def vacant(tree: Tree) -> Iterator[Finding]:
    """C13: the owner's post is vacant, or the person who held it left."""
    for task in tree.open():
        if task.owner_post is not None and task.owner_vacant:
            why = say("cascade.C13.vacant")
            yield at_task("C13", "error", task, why, "name_owner", post=str(task.owner_post))


def empty_units(tree: Tree) -> Iterator[Finding]:
    """C08: a unit with nothing in the plan, neither leading nor supporting."""
    busy: set[UUID | None] = set()
    for task in tree.tasks:
        busy.add(task.lead_unit)
        busy.update(task.supporting_units)
    for unit in tree.plan.units:
        if unit.id not in busy:
            where = Where("unit", unit.id, unit.label)
            remedy = Remedy("assign_to_unit", {"unit": str(unit.id)})
            yield Finding("C08", "warning", where, say("cascade.C08.empty"), remedy)


def empty_posts(tree: Tree) -> Iterator[Finding]:
    """C09: a post that carries nothing of the plan; information, as no post must carry some.

    A post whose 岗位常规职责 are written down carries those, and is not told.
    """
    busy: set[UUID | None] = set()
    for task in tree.tasks:
        busy |= {task.owner_post, task.lead_leader}
    for post in tree.plan.posts:
        if post.id not in busy and not post.routine.strip():
            where = Where("post", post.id, post.label)
            remedy = Remedy("write_routine", {"post": str(post.id)})
            yield Finding("C09", "info", where, say("cascade.C09.empty"), remedy)


def statistics(tree: Tree) -> Iterator[Finding]:
    """C16: a statistics post owns an economic target: who counts is never who must deliver."""
    for task in tree.open():
        if task.owner_keeps_statistics and task.target_unit in MONEY:
            why = say("cascade.C16.statistics", unit=task.target_unit)
            yield at_task("C16", "error", task, why, "name_owner", post=str(task.owner_post))
