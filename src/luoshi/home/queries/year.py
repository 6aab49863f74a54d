"""我的年度任务: what one person carries this year, by when, and how that load compares.

Seen by oneself, by one's own leader, and by who keeps personnel; nobody is ever ranked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from luoshi.domain.access import Actor
from luoshi.domain.cascade import LoadFacts, load_limits
from luoshi.goals.models import WorkLine
from luoshi.indicators.models import Share
from luoshi.indicators.queries import Owed as OwedFigure
from luoshi.indicators.queries import Row as PaceRow
from luoshi.indicators.queries import my_shares, pace_of
from luoshi.indicators.queries import owed as owed_figures
from luoshi.ledger.judging import CLOSED, passed_of
from luoshi.ledger.loads import Burden, load_of, people_of, weighs
from luoshi.ledger.models import Assignment, Milestone, ProgressReport, Task
from luoshi.ledger.queries import owed, rows_of
from luoshi.ledger.queries.listing import Row
from luoshi.ledger.queries.owing import Owed
from luoshi.org.models import Person, Post, Unit
from luoshi.org.queries import as_person, holders, places_above

OWN = ("owner", "lead_leader")


@dataclass(frozen=True, slots=True)
class Day:
    """A date ahead: a node or a deadline of an item."""

    on: date
    task: Task
    what: str

    @property
    def is_due(self) -> bool:
        """Whether the item itself is due; a node has a title."""
        return not self.what


@dataclass(frozen=True, slots=True)
class Figure:
    """An item with a target, and the value reported last (None: 待补)."""

    task: Task
    value: Decimal | None
    as_of: date | None


@dataclass(frozen=True, slots=True)
class Measured:
    """An indicator that a person answers for: the unit's row, and the own post's share if any."""

    row: PaceRow
    share: Share | None


@dataclass(frozen=True, slots=True)
class Load:
    """Item-days now, the median of comparable posts and the limit of C10; None: too few posts."""

    mine: int
    median: int | None
    limit: int | None
    compared: int

    @property
    def share(self) -> int:
        """The load as basis points of the limit, for a bar."""
        return min(10_000, 10_000 * self.mine // self.limit) if self.limit else 0


@dataclass(frozen=True, slots=True)
class Year:
    """The page."""

    person: Person
    posts: Sequence[Post]
    year: int
    pace: int
    owns: Sequence[Row]
    leads: Sequence[Row]
    figures: Sequence[Figure]
    measured: Sequence[Measured]
    days: Sequence[Day]
    reports: Sequence[Owed]
    numbers: Sequence[OwedFigure]
    load: Load
    lines: Sequence[WorkLine]

    @property
    def routine(self) -> Sequence[Post]:
        """Posts whose routine duties are written down."""
        return [post for post in self.posts if post.routine]


def holder_of(actor: Actor, today: date, post_id: UUID) -> UUID | None:
    """The person of a post whose year the actor may see, or None.

    Oneself; the head of the person's unit; the leader of an item or of the line of an item that
    the person owns (分管领导); whoever keeps personnel in the same town (组织委员).
    """
    found = Post.objects.filter(pk=post_id, jurisdiction=actor.jurisdiction_id).select_related(
        "unit"
    )
    post = found.first()
    person = holders(actor, [post_id], today).get(post_id) if post else None
    if post is None or person is None:
        return None
    if person.pk == actor.person_id or _leads(actor, post) or _keeps_personnel(actor, post.unit):
        return person.pk
    return None


def _leads(actor: Actor, post: Post) -> bool:
    """Whether the actor heads the post's unit, or leads an item that the post owns."""
    heads = any(
        held.role == "unit_head" and post.unit.path.startswith(held.unit_path)
        for held in actor.posts
    )
    office = any(
        held.role == "town_office" and held.unit_id == post.unit_id and _is_head(held.post_id)
        for held in actor.posts
    )
    if heads or office:
        return True
    leading = [held.post_id for held in actor.posts if held.role == "leader"]
    if not leading:
        return False
    owned = Assignment.objects.filter(post=post, role="owner", to_on__isnull=True).values("task")
    led = Assignment.objects.filter(
        task__in=owned, post__in=leading, role="lead_leader", to_on__isnull=True
    )
    return led.exists() or Task.objects.filter(pk__in=owned, line__leader_post__in=leading).exists()


def _is_head(post_id: UUID) -> bool:
    """Whether a post of the town office comes first in its unit: it leads the others."""
    post = Post.objects.get(pk=post_id)
    first = Post.objects.filter(unit=post.unit_id).order_by("position", "id").first()
    return first is not None and first.pk == post.pk


def _keeps_personnel(actor: Actor, unit: Unit) -> bool:
    kept = Post.objects.filter(pk__in=list(actor.post_ids), keeps_personnel=True)
    towns = [places_above(actor, post.unit.path).last() for post in kept.select_related("unit")]
    return any(town is not None and unit.path.startswith(town.path) for town in towns)


def my_year(actor: Actor, today: date, person_id: UUID) -> Year | None:
    """One person's year; None where no post is held. A constant number of queries."""
    person = Person.objects.get(pk=person_id, jurisdiction=actor.jurisdiction_id)
    who = as_person(actor, person, today)
    if not who.posts:
        return None
    posts = list(
        Post.objects.filter(pk__in=list(who.post_ids)).select_related("unit").order_by("position")
    )
    held = Assignment.objects.filter(post__in=list(who.post_ids), to_on__isnull=True, role__in=OWN)
    roles: dict[UUID, str] = {}
    for task_id, role in held.order_by("role").values_list("task", "role"):
        roles.setdefault(
            task_id, role
        )  # "lead_leader" first: owning an item one also leads is last
        if role == "owner":
            roles[task_id] = role
    keys = list(
        Task.objects.filter(pk__in=roles)
        .filter(plan__year=today.year)
        .exclude(state__in=["draft", "cancelled"])
        .union(
            Task.objects.filter(pk__in=roles, plan__isnull=True).exclude(
                state__in=["draft", "cancelled", *CLOSED]
            )
        )
        .values_list("pk", flat=True)
    )
    rows = sorted(
        rows_of(actor, today, keys), key=lambda row: (row.task.due_on or date.max, row.task.tree)
    )
    owns = [row for row in rows if roles[row.task.pk] == "owner"]
    return Year(
        person=person,
        posts=posts,
        year=today.year,
        pace=passed_of(today.year, today),
        owns=owns,
        leads=[row for row in rows if roles[row.task.pk] != "owner"],
        figures=_figures([row.task for row in owns]),
        measured=_measured(who, today, posts),
        days=_days([row.task for row in owns], today),
        reports=list(owed(who, today)),
        numbers=list(owed_figures(who, today)),
        load=_load(actor, today, posts, person_id),
        lines=list(
            WorkLine.objects.filter(leader_post__in=list(who.post_ids), plan__year=today.year)
            .select_related("plan")
            .order_by("number")
        ),
    )


def _figures(tasks: Sequence[Task]) -> list[Figure]:
    asked = [task for task in tasks if task.target_value is not None]
    said: dict[UUID, tuple[Decimal, date]] = {}
    rows = ProgressReport.objects.filter(task__in=asked, value__isnull=False).order_by(
        "reported_at"
    )
    for task_id, value, on in rows.values_list("task", "value", "reported_on"):
        said[task_id] = value, on
    return [Figure(task, *said.get(task.pk, (None, None))) for task in asked]


def _measured(who: Actor, today: date, posts: Sequence[Post]) -> list[Measured]:
    """Indicators of the units that the person heads, and those shared out to an own post."""
    if not posts:
        return []
    shares = {share.division.target_id: share for share in my_shares(who, today, today.year)}
    headed = [post.unit_id for post in posts if post.role == Post.Role.UNIT_HEAD]
    place = places_above(who, posts[0].unit.path).last()
    if place is None or not (shares or headed):
        return []
    asked = Q(pk__in=list(shares)) | Q(unit__in=headed)
    seen = pace_of(who, today, today.year, place=place, narrowed=asked)
    return [Measured(row, shares.get(row.target.pk)) for row in seen.rows]


def _days(tasks: Sequence[Task], today: date) -> list[Day]:
    """Nodes and deadlines from today to the year's end, the next first."""
    open_tasks = {task.pk: task for task in tasks if weighs(task) or not task.is_leaf}
    open_tasks = {key: task for key, task in open_tasks.items() if task.state not in CLOSED}
    nodes = Milestone.objects.filter(task__in=open_tasks, due_on__gte=today, done_on__isnull=True)
    days = [Day(node.due_on, open_tasks[node.task_id], node.title) for node in nodes]
    days += [
        Day(task.due_on, task, "")
        for task in open_tasks.values()
        if task.due_on and task.due_on >= today
    ]
    return sorted(days, key=lambda day: (day.on, day.task.tree, day.is_due))


def _load(actor: Actor, today: date, posts: Sequence[Post], person_id: UUID) -> Load:
    """The person's load and what it is compared with; only the group's items are read."""
    if not posts:
        return Load(0, None, None, 0)
    town = places_above(actor, posts[0].unit.path).last() or posts[0].unit
    people = people_of(town, today)
    me = next((one for one in people if one.person_id == person_id), None)
    if me is None:
        return Load(0, None, None, 0)
    group = [one for one in people if one.group == me.group]
    loads = _loads_of(group)
    told = [LoadFacts(one.post.pk, "", one.group, loads[one.person_id]) for one in group]
    busy = sorted(load for load in loads.values() if load)
    limit = load_limits(told).get(me.group)
    middle = (busy[(len(busy) - 1) // 2] + busy[len(busy) // 2]) // 2 if limit is not None else None
    return Load(loads[person_id], middle, limit, len(busy))


def _loads_of(people: Sequence[Burden]) -> Mapping[UUID, int]:
    """Item-days of everything open that each owns, in the plan and beside it; one query."""
    whose = {post.pk: one.person_id for one in people for post in one.posts}
    loads = dict.fromkeys(whose.values(), 0)
    rows = (
        Assignment.objects.filter(post__in=whose, role="owner", to_on__isnull=True)
        .filter(task__is_leaf=True)
        .select_related("task__plan")
    )
    for row in rows:
        assert row.post_id is not None
        if weighs(row.task):
            loads[whose[row.post_id]] += load_of(row.task)
    return loads
