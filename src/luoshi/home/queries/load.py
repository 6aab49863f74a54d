"""工作量均衡: what an engine proposes to hand over so that loads even out; a person decides.

Shown to whoever answers for the people concerned; it lists items that could change hands, never
persons by load.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from luoshi.domain.access import Actor
from luoshi.domain.allocation import Item, Problem, faults, idle, loads
from luoshi.domain.cascade import MONEY
from luoshi.engines.allocation import solve
from luoshi.engines.base import Budget
from luoshi.ledger.judging import CLOSED, OVER
from luoshi.ledger.loads import Burden, load_of, people_of
from luoshi.ledger.models import Assignment, Task
from luoshi.org.models import Post, Unit
from luoshi.org.queries import places_above, town_of

SECONDS = 0.3


@dataclass(frozen=True, slots=True)
class Line:
    """One item that would change hands: from whom to whom, by post, and how heavy it is."""

    task: Task
    load: int
    before: Burden
    after: Burden

    @property
    def to(self) -> Post:
        """The receiver's post in the unit that has the item, else the one known by."""
        return next(
            (p for p in self.after.posts if p.unit_id == self.task.unit_id), self.after.post
        )


@dataclass(frozen=True, slots=True)
class Proposal:
    """The lines, heaviest relief first, and what they would do: largest load now, then, at best."""

    scope: Unit
    people: int
    items: int
    now: int
    then: int
    bound: int
    idle: int
    lines: Sequence[Line]


def scope_of(actor: Actor) -> Unit | None:
    """Whose loads the actor answers for: the town for who keeps personnel, a head's own unit."""
    kept = Post.objects.filter(pk__in=list(actor.post_ids), keeps_personnel=True)
    first = kept.select_related("unit").first()
    if first is not None:
        return places_above(actor, first.unit.path).last() or first.unit
    headed = [post.unit_id for post in actor.posts if post.role == "unit_head"]
    return Unit.objects.filter(pk=headed[0]).first() if headed else None


def proposal(actor: Actor, today: date) -> Proposal | None:
    """Evens item-days within each unit; the law checks what the engine found. A few queries.

    An item stays with people who hold a post in the unit of its owner; statistics posts take no
    target in money (C16); an item that waits for verification, or is put off, is not moved.
    """
    scope = scope_of(actor)
    if scope is None:
        return None
    town = town_of(actor) or scope
    people = [
        one
        for one in people_of(town, today)
        if any(p.unit.path.startswith(scope.path) and p.role != Post.Role.LEADER for p in one.posts)
    ]
    rows = _owned(people)
    if not people or not rows:
        return Proposal(scope, len(people), 0, 0, 0, 0, 0, ())
    number = {post.pk: n for n, one in enumerate(people) for post in one.posts}
    items = []
    for task, post in rows:
        able = tuple(n for n, one in enumerate(people) if _may_take(one, post.unit_id, task))
        items.append(Item(load_of(task), able or (number[post.pk],), number[post.pk]))
    problem = Problem(items, len(people))
    before = [number[post.pk] for _, post in rows]
    found = solve(problem, budget=Budget(cpu_s=SECONDS))
    broken = faults(problem, found.plan)
    plan = before if broken else list(found.plan)
    then, now = loads(problem, plan), loads(problem, before)
    lines = [
        Line(task, item.load, people[old], people[new])
        for (task, _), item, old, new in zip(rows, items, before, plan, strict=True)
        if old != new
    ]
    lines.sort(key=lambda line: (-now[number[line.before.post.pk]], -line.load, line.task.tree))
    return Proposal(
        scope, len(people), len(rows), max(now), max(then), found.bound,
        len(idle(problem, before)), lines,
    )  # fmt: skip


def _may_take(one: Burden, unit_id: object, task: Task) -> bool:
    """Whether a person works in the unit and may own such a target."""
    here = [post for post in one.posts if post.unit_id == unit_id]
    counts = task.target_value is not None and task.target_unit in MONEY
    return any(not (counts and post.keeps_statistics) for post in here)


def _owned(people: Sequence[Burden]) -> list[tuple[Task, Post]]:
    """Open leaves that the people own, in the order of the ledger; one query."""
    posts = {post.pk: post for one in people for post in one.posts}
    rows = (
        Assignment.objects.filter(post__in=posts, role="owner", to_on__isnull=True)
        .filter(Q(task__is_leaf=True) & ~Q(task__state__in=[*OVER, *CLOSED, "draft"]))
        .select_related("task__plan")
        .order_by("task__tree", "task_id")
    )
    return [(row.task, posts[row.post_id]) for row in rows if row.post_id]
