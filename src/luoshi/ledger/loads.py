"""What each person carries in item-days, with whom it compares, and how it can be eased."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from luoshi.domain.allocation import item_days
from luoshi.domain.cascade import LoadFacts, Relief, load_limits
from luoshi.ledger.carrying import NOBODY, Roles
from luoshi.ledger.judging import CLOSED, OVER, period_of
from luoshi.ledger.models import Task
from luoshi.office.china_calendar import china_calendar
from luoshi.org.models import Post, Term, Unit, subtree
from luoshi.org.queries import STANDING_IN, holds

RANK = {Post.Role.LEADER: 0, Post.Role.TOWN_OFFICE: 1, Post.Role.UNIT_HEAD: 2, Post.Role.STAFF: 3}
"""Posts of business, the one that a person is known by first."""


@dataclass(slots=True)
class Burden:
    """A person's posts (the first names the person), and the items owned with their loads."""

    person_id: UUID
    posts: list[Post]
    items: list[tuple[Task, int, UUID]] = field(default_factory=list)

    @property
    def post(self) -> Post:
        """The post that the person is known by."""
        return self.posts[0]

    @property
    def group(self) -> str:
        """Comparable posts: the same role in units of the same kind."""
        return f"{self.post.unit.kind}/{self.post.role}"

    @property
    def load(self) -> int:
        """Item-days over all posts."""
        return sum(load for _, load, _ in self.items)

    @property
    def label(self) -> str:
        """Unit and post; never a name."""
        return f"{self.post.unit.short_name} {self.post.title}"


def load_of(task: Task) -> int:
    """Item-days of an open item: its duration (else its working days) less what is done."""
    period = period_of(task)
    days = task.duration_days or china_calendar().count(period.start, period.end)
    return item_days(max(days, 1), task.progress)


def weighs(task: Task) -> bool:
    """Whether an item is work still to be done by its owner: an open leaf."""
    return task.is_leaf and task.state not in OVER and task.state not in CLOSED


def burdens(
    town: Unit, today: date, rows: Iterable[Task], roles: Mapping[UUID, Roles]
) -> list[Burden]:
    """Everybody who holds a post of the town today, with the open items owned; two queries."""
    people = people_of(town, today)
    by_post = {post.pk: burden for burden in people for post in burden.posts}
    for task in rows:
        owner = roles.get(task.pk, NOBODY).owner
        if owner is not None and owner in by_post and weighs(task):
            by_post[owner].items.append((task, load_of(task), owner))
    return people


def people_of(town: Unit, today: date) -> list[Burden]:
    """Who does the work of which posts of a town today: the holder before those who stand in."""
    units = Unit.objects.filter(jurisdiction=town.jurisdiction, **subtree(town.path))
    posts = Post.objects.filter(
        holds(today),
        jurisdiction=town.jurisdiction,
        role__in=list(RANK),
        unit__in=units.values("pk"),
    ).select_related("unit")
    known = {post.pk: post for post in posts}
    doing: dict[UUID, tuple[int, UUID]] = {}
    for post_id, kind, person in Term.objects.filter(
        holds(today), post__in=posts.values("pk")
    ).values_list("post", "kind", "person"):
        rank = STANDING_IN.index(kind)
        if post_id not in doing or rank < doing[post_id][0]:
            doing[post_id] = rank, person
    held: dict[UUID, list[Post]] = {}
    for post in sorted(known.values(), key=_order):
        if post.pk in doing:
            held.setdefault(doing[post.pk][1], []).append(post)
    return [Burden(person, mine) for person, mine in held.items()]


def _order(post: Post) -> tuple[int, str, int, str]:
    return RANK[Post.Role(post.role)], post.unit.path, post.position, str(post.pk)


def load_facts(people: Sequence[Burden], roles: Mapping[UUID, Roles]) -> tuple[LoadFacts, ...]:
    """The loads as the coverage law compares them, each overloaded one with a way to ease it."""
    told = [LoadFacts(one.post.pk, one.label, one.group, one.load) for one in people]
    limits = load_limits(told)
    facts = []
    for one, plain in zip(people, told, strict=True):
        limit = limits.get(one.group)
        easing = _relief(one, people, limits, roles) if limit and one.load > limit else None
        facts.append(LoadFacts(plain.post_id, plain.label, plain.group, plain.load, easing))
    return tuple(facts)


def _relief(
    one: Burden,
    people: Sequence[Burden],
    limits: Mapping[str, int],
    roles: Mapping[UUID, Roles],
) -> Relief | None:
    """The item whose hand-over eases most at least cost, and who has room for it.

    The smallest item that brings the person within the limit, else the largest; colleagues of the
    unit first, then the supporting units, then comparable posts; of these the least loaded.
    """
    excess = one.load - limits[one.group]
    enough = sorted((item for item in one.items if item[1] >= excess), key=lambda item: item[1])
    less = sorted((item for item in one.items if item[1] < excess), key=lambda item: -item[1])
    for task, load, _post in (*enough, *less):
        taker = _taker(one, task, load, people, limits, roles)
        if taker is not None:
            post = taker.post
            return Relief(task.pk, task.title, post.pk, taker.label)
    return None


def _taker(
    one: Burden,
    task: Task,
    load: int,
    people: Sequence[Burden],
    limits: Mapping[str, int],
    roles: Mapping[UUID, Roles],
) -> Burden | None:
    def room(other: Burden) -> bool:
        limit = limits.get(other.group)
        after = other.load + load
        return other is not one and after < one.load and (limit is None or after <= limit)

    helping = set(roles.get(task.pk, NOBODY).supporting)
    circles = (
        [p for p in people if p.post.unit_id == one.post.unit_id and room(p)],
        [p for p in people if p.post.unit_id in helping and room(p)],
        [p for p in people if p.group == one.group and room(p)],
    )
    for circle in circles:
        if circle:
            return min(circle, key=lambda p: (p.load, str(p.post.pk)))
    return None
