"""The ledger as a list: what the address asks for, fifty rows at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import F, OrderBy, Q, QuerySet

from luoshi.domain.access import Actor
from luoshi.domain.pacing import Light
from luoshi.goals import queries as goals
from luoshi.goals.models import Plan
from luoshi.ledger.judging import (
    LIGHT_COLUMNS,
    OVER,
    delivered,
    lights_of,
    passed_of,
    share_of,
)
from luoshi.ledger.models import Assignment, Task
from luoshi.ledger.queries.facts import HEADS
from luoshi.ledger.queries.scope import visible_tasks
from luoshi.ledger.standing import holds, waits, words_of
from luoshi.ledger.tree import Sums
from luoshi.org.models import Person, Post, Unit, subtree
from luoshi.org.queries import holders

SIZE = 50
MOST = 20_000
ACTIVE = ("registered", "assigned", "disputed", "signed", "under_way", "suspended")
LIST_COLUMNS = (
    *LIGHT_COLUMNS, "version", "number", "title", "depth", "rhythm", "due_moves", "first_due_on",
)  # fmt: skip
"""All that a line of the list needs of a task's row."""
SORTS: Mapping[str, tuple[OrderBy | str, ...]] = {
    "": ("tree", "id"),
    "due": (F("due_on").asc(nulls_last=True), "tree", "id"),
    "-due": (F("due_on").desc(nulls_last=True), "tree", "id"),
    "state": ("state", "tree", "id"),
    "-state": ("-state", "tree", "id"),
    "unit": ("unit__path", "tree", "id"),
    "-unit": ("-unit__path", "tree", "id"),
    "said": (F("last_report_on").asc(nulls_first=True), "tree", "id"),
    "-said": (F("last_report_on").desc(nulls_last=True), "tree", "id"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What the address of the ledger says; everything has a value that asks for nothing.

    `year` None: the year of the actor's current plan. `planned` False: what is in no plan
    (临时交办、来文 and the like). `light` is a word of the pacing law. `lead` is the unit that
    leads. `role` narrows `unit` (or `post`) to one role; `loose`: in no goal, on no line.
    `delivery`: "due" first due by today; "kept" done in time and verified. `start`: offset.
    """

    year: int | None = None
    planned: bool = True
    line: UUID | None = None
    unit: UUID | None = None
    state: str = ""
    light: str = ""
    source: str = ""
    text: str = ""
    mine: bool = False
    overdue: bool = False
    delivery: str = ""
    lead: UUID | None = None
    goal: UUID | None = None
    loose: str = ""
    role: str = ""
    post: UUID | None = None
    projects: bool = False
    under: UUID | None = None
    sort: str = ""
    start: int = 0


@dataclass(frozen=True, slots=True)
class Carriers:
    """Who carries a task, by name: rows of units and posts, and who holds the owner's post."""

    lead_leader: Post | None = None
    lead_unit: Unit | None = None
    supporting: tuple[Unit, ...] = ()
    owner: Post | None = None
    person: Person | None = None
    leader: Person | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list: the task, its light, how far it is, who carries it."""

    task: Task
    light: Light
    share: int | None
    carriers: Carriers


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of the ledger. `total` counts all rows that match; `cursor`, `following`: offsets."""

    rows: Sequence[Row]
    total: int
    cursor: str
    following: str
    plans: Sequence[Plan]
    years: Sequence[int]
    year: int
    sums: Sums = field(default_factory=Sums)
    passed: int = 0


def list_tasks(actor: Actor, today: date, filters: Filters) -> Listing:
    """The rows of the ledger that the actor may see and the filters ask for, one page of them.

    A constant number of queries, whatever the size of the ledger.
    """
    plans = list(goals.plans(actor, today))
    year = filters.year or _year(today, plans)
    chosen = [plan for plan in plans if plan.year == year]
    rows = matching(actor, today, filters, year)
    order = SORTS.get(filters.sort, SORTS[""])
    if filters.light:
        rows = _with_light(rows, filters.light, today)
    total = rows.count()
    page = list(
        rows.order_by(*order).values_list("pk", flat=True)[filters.start : filters.start + SIZE]
    )
    more = total > filters.start + SIZE
    return Listing(
        rows=rows_of(actor, today, page, chosen if filters.planned else ()),
        total=total,
        cursor=str(filters.start) if filters.start else "",
        following=str(filters.start + SIZE) if more else "",
        plans=chosen,
        years=sorted({plan.year for plan in plans} | {year}, reverse=True),
        year=year,
        sums=sum((Sums(p.weight_sum, p.done_sum, p.missing_sum) for p in chosen), Sums()),
        passed=passed_of(year, today),
    )


def keys_of(actor: Actor, today: date, filters: Filters) -> list[UUID]:
    """The keys of every row that the filters ask for, in their order; for exports."""
    plans = list(goals.plans(actor, today))
    year = filters.year or _year(today, plans)
    rows = matching(actor, today, filters, year)
    if filters.light:
        rows = _with_light(rows, filters.light, today)
    rows = rows.order_by(*SORTS.get(filters.sort, SORTS[""]))
    return list(rows.values_list("pk", flat=True)[:MOST])


def _year(today: date, plans: Sequence[Plan]) -> int:
    """The year the page opens with: this one, or the last that has a plan."""
    return max((plan.year for plan in plans if plan.year <= today.year), default=today.year)


def matching(actor: Actor, today: date, filters: Filters, year: int) -> QuerySet[Task]:
    """Every task that the actor may see and the filters ask for, light apart.

    Of every plan of the year: what the actor's unit supports in another town is listed here too,
    though that town's plan is not the actor's to read.
    """
    rows = visible_tasks(actor, today)
    if filters.planned:
        of_year = Plan.objects.filter(jurisdiction=actor.jurisdiction_id, year=year)
        rows = rows.filter(plan__in=of_year.values("pk"))
    else:
        rows = rows.filter(plan__isnull=True, number__startswith=f"T{year}")
    exact = {
        "line": filters.line,
        "goal": filters.goal,
        "unit": filters.lead,
        "source_kind": filters.source,
        "is_project": filters.projects or None,
    }
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    rows = _in_state(rows, filters.state)
    rows = _carried(actor, rows, filters)
    if filters.text:
        words = filters.text.strip()
        rows = rows.filter(
            Q(title__icontains=words) | Q(number__startswith=words) | Q(measures__icontains=words)
        )
    if filters.overdue:
        rows = rows.filter(due_on__lt=today).exclude(state__in=OVER)
    if filters.delivery:
        rows = rows.filter(delivered(today, kept=filters.delivery == "kept"))
    if filters.mine:
        rows = rows.filter(pk__in=carried_by(actor).values("task"))
    if filters.under:
        rows = rows.filter(Q(pk=filters.under) | Q(parent=filters.under))
    return rows


def _of_unit(actor: Actor, unit_id: UUID) -> Q:
    """Led by the unit or one below it, or supported by the unit."""
    path = Unit.objects.filter(pk=unit_id, jurisdiction=actor.jurisdiction_id).values_list(
        "path", flat=True
    )
    found = path.first()
    if found is None:
        return Q(pk__in=[])
    below = Unit.objects.filter(jurisdiction=actor.jurisdiction_id, **subtree(found)).values("pk")
    supported = Assignment.objects.filter(unit=unit_id, to_on__isnull=True).values("task")
    return Q(unit__in=below) | Q(pk__in=supported)


def _in_state(rows: QuerySet[Task], state: str) -> QuerySet[Task]:
    """Rows of one state; "open" are those that go on, "live" all that were not called off."""
    if state == "open":
        return rows.filter(state__in=ACTIVE)
    if state == "live":
        return rows.exclude(state=Task.State.CANCELLED)
    return rows.filter(state=state) if state else rows


def _carried(actor: Actor, rows: QuerySet[Task], filters: Filters) -> QuerySet[Task]:
    """Rows that the unit or post asked for carries; or that are in no goal, on no line."""
    if filters.loose:
        rows = rows.filter(**{f"{filters.loose}__isnull": True})
    if filters.role or filters.post:
        return rows.filter(pk__in=_held_by(actor, filters).values("task"))
    if filters.unit:
        return rows.filter(_of_unit(actor, filters.unit))
    return rows


def _held_by(actor: Actor, filters: Filters) -> QuerySet[Assignment]:
    """Assignments of one role of a unit (an owner by the post's unit), or of one post."""
    rows = Assignment.objects.filter(jurisdiction=actor.jurisdiction_id, to_on__isnull=True)
    if filters.role:
        rows = rows.filter(role=filters.role)
    if filters.post:
        return rows.filter(post=filters.post)
    if filters.unit:
        return rows.filter(Q(unit=filters.unit) | Q(post__unit=filters.unit))
    return rows


def carried_by(actor: Actor) -> QuerySet[Assignment]:
    """Assignments that are the person's own: posts held, and units headed."""
    headed = [post.unit_id for post in actor.posts if post.role in HEADS]
    return Assignment.objects.filter(
        Q(post__in=list(actor.post_ids), role__in=("owner", "lead_leader"))
        | Q(unit__in=headed, role__in=("lead_unit", "supporting_unit")),
        jurisdiction=actor.jurisdiction_id,
        to_on__isnull=True,
    )


def _with_light(rows: QuerySet[Task], word: str, today: date) -> QuerySet[Task]:
    """The rows whose light has the word: stored, or judged now where none is; two queries more."""
    told = words_of(rows.filter(waits(today)), today)
    judged = [key for key, found in told.items() if found == word][:MOST]
    return rows.filter(holds(today) & Q(light=word) | Q(pk__in=judged))


def rows_of(
    actor: Actor, today: date, keys: Sequence[UUID], plans: Sequence[Plan] | None = None
) -> list[Row]:
    """Rows for tasks in the order of their keys; a constant number of queries.

    With `plans` (all that the tasks are of) only what the list shows is read: few columns, and no
    plan, unit or line once more for each row. What is left out is still there, one query each.
    """
    if not keys:
        return []
    if plans is None:
        tasks = Task.objects.select_related("plan", "unit", "line").in_bulk(list(keys))
    else:
        tasks = Task.objects.only(*LIST_COLUMNS).in_bulk(list(keys))
        known = {plan.pk: plan for plan in plans}
        for task in tasks.values():
            task.plan = known.get(task.plan_id) if task.plan_id else None
    ordered = [tasks[key] for key in keys if key in tasks]
    lights = lights_of(ordered, today)
    carriers = carriers_of(actor, today, keys)
    nobody = Carriers()
    return [
        Row(task, lights[task.pk], share_of(task), carriers.get(task.pk, nobody))
        for task in ordered
    ]


def carriers_of(actor: Actor, today: date, keys: Sequence[UUID]) -> Mapping[UUID, Carriers]:
    """Who carries tasks, by name and on the day; four queries.

    Rows share the few units and posts that carry them: each is read once.
    """
    rows = list(
        Assignment.objects.filter(task__in=list(keys), to_on__isnull=True)
        .order_by("id")
        .values_list("task_id", "role", "unit_id", "post_id")
    )
    posts = {post for *_, post in rows if post is not None}
    found = _Named(
        Unit.objects.in_bulk({unit for *_, unit, _post in rows if unit is not None}),
        Post.objects.select_related("unit").in_bulk(posts),
        holders(actor, list(posts), today) if posts else {},
    )
    roles: dict[UUID, dict[str, list[tuple[UUID | None, UUID | None]]]] = {}
    for task, role, unit, post in rows:
        roles.setdefault(task, {}).setdefault(role, []).append((unit, post))
    return {key: found.carriers(roles[key]) for key in roles}


@dataclass(frozen=True, slots=True)
class _Named:
    """The units, posts and holders of a page's rows, by key."""

    units: Mapping[UUID, Unit]
    posts: Mapping[UUID, Post]
    people: Mapping[UUID, Person]

    def carriers(self, roles: Mapping[str, Sequence[tuple[UUID | None, UUID | None]]]) -> Carriers:
        """Who carries one task: the first of each role, and every supporting unit."""
        nobody = ((None, None),)
        _none, leader = roles.get("lead_leader", nobody)[0]
        unit, _none = roles.get("lead_unit", nobody)[0]
        _none, owner = roles.get("owner", nobody)[0]
        return Carriers(
            lead_leader=self.posts[leader] if leader else None,
            lead_unit=self.units[unit] if unit else None,
            supporting=tuple(
                self.units[key] for key, _post in roles.get("supporting_unit", ()) if key
            ),
            owner=self.posts[owner] if owner else None,
            person=self.people.get(owner) if owner else None,
            leader=self.people.get(leader) if leader else None,
        )
