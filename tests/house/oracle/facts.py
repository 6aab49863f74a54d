"""Random organisations as plain facts, and who may see what in them, in plain Python.

Nothing here is imported from the product: an oracle that shares code with the queries would agree
with their faults. The rules are those of decision 3, written a second time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from uuid import UUID

TODAY = date(2026, 6, 18)
DAY = timedelta(days=1)
BUSINESS = ("leader", "town_office", "unit_head", "staff", "county_supervisor", "auditor")
ADMINISTRATORS = ("system_admin", "security_admin", "audit_admin")
SPANS = ("now", "now", "now", "now", "until today", "from today", "ended", "future")
"""How a span of time lies to the day: four of eight simply hold."""


@dataclass(frozen=True)
class Span:
    from_on: date
    to_on: date | None

    @property
    def holds(self) -> bool:
        return self.from_on <= TODAY and (self.to_on is None or self.to_on >= TODAY)


@dataclass(frozen=True)
class Unit:
    key: UUID
    kind: str
    parent: Unit | None
    number: int

    def up(self) -> Iterator[Unit]:
        """The unit and all above it, from itself to the root."""
        yield self
        if self.parent is not None:
            yield from self.parent.up()


@dataclass(frozen=True)
class Post:
    key: UUID
    unit: Unit
    role: str
    span: Span


@dataclass(frozen=True)
class Term:
    key: UUID
    person: UUID
    post: Post
    kind: str
    span: Span


@dataclass(frozen=True)
class Delegation:
    """Who gave the work of a post away for a time (委托), and to whom."""

    key: UUID
    giver: UUID
    taker: UUID
    post: Post
    span: Span
    is_taken_back: bool


@dataclass(frozen=True)
class Link:
    start: Unit
    end: Unit
    kind: str
    span: Span


@dataclass(frozen=True)
class Plan:
    key: UUID
    unit: Unit


@dataclass(frozen=True)
class Carrier:
    role: str
    unit: Unit | None
    post: Post | None
    is_open: bool


@dataclass(frozen=True)
class Task:
    key: UUID
    unit: Unit
    plan: Plan | None
    mark: str
    state: str
    due_on: date
    carriers: tuple[Carrier, ...]
    sampled: str = ""  # the state of a draw that the item is in


@dataclass
class Organisation:
    seed: int
    county: UUID
    units: list[Unit] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    people: list[UUID] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    delegations: list[Delegation] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)


def made(seed: int) -> Organisation:
    """One organisation: the same seed makes the same one."""
    dice = Random(seed)
    key = lambda: UUID(int=dice.getrandbits(128), version=4)  # noqa: E731 - a draw
    root = key()
    org = Organisation(seed, root)
    _units(org, dice, key, root)
    for unit in org.units:
        for role in _roles(unit, dice):
            org.posts.append(Post(key(), unit, role, _span(dice)))
    org.people = [key() for _ in range(dice.randint(6, 10))]
    for post in org.posts:
        for _ in range(dice.choice((0, 1, 1, 2))):
            kind = dice.choice(("holder", "acting", "seconded", "delegate"))
            org.terms.append(Term(key(), dice.choice(org.people), post, kind, _span(dice)))
    for term in org.terms:
        taker = dice.choice(org.people)
        if dice.random() < 0.3 and taker != term.person:
            span = _span(dice)
            span = Span(span.from_on, span.to_on or TODAY + 30 * DAY)
            gone = dice.random() < 0.2
            org.delegations.append(Delegation(key(), term.person, taker, term.post, span, gone))
    for _ in range(dice.randint(0, 5)):
        start, end = dice.sample(org.units, 2)
        kind = dice.choice(("task_force", "twinned", "dual", "district"))
        org.links.append(Link(start, end, kind, _span(dice)))
    org.plans = [Plan(key(), unit) for unit in org.units if unit.kind in {"county", "town"}]
    org.tasks = [_task(org, dice, key, number) for number in range(dice.randint(12, 26))]
    return org


def _units(org: Organisation, dice: Random, key, root: UUID) -> None:
    county = Unit(root, "county", None, 1 + org.seed)
    org.units.append(county)
    org.units += [Unit(key(), "county_office", county, n) for n in (1, 2)]
    org.units.append(Unit(key(), "system", county, 9))
    for n in range(dice.randint(1, 3)):
        town = Unit(key(), "town", county, 20 + n)
        org.units.append(town)
        kinds = ("town_office", "town_office", "institution", "station", "village", "village")
        below = [
            Unit(key(), dice.choice((*kinds, "task_force", "district")), town, m + 1)
            for m in range(dice.randint(2, 5))
        ]
        org.units += below
        # A district holds villages, an office its own station: a subtree of more than one level.
        org.units += [
            Unit(key(), "village", dice.choice(below), 40 + m) for m in range(dice.randint(0, 2))
        ]


def _roles(unit: Unit, dice: Random) -> list[str]:
    if unit.kind == "system":
        return list(dice.sample(ADMINISTRATORS, dice.randint(1, 3)))
    likely = {
        "county": ("leader", "auditor", "town_office"),
        "county_office": ("county_supervisor", "unit_head", "staff"),
        "town": ("leader", "leader", "auditor", "staff"),
        "town_office": ("town_office", "unit_head", "staff", "leader"),
    }.get(unit.kind, ("unit_head", "staff"))
    return [dice.choice((*likely, dice.choice(BUSINESS))) for _ in range(dice.randint(0, 3))]


def _span(dice: Random) -> Span:
    since = date(2025, 1, 1)
    match dice.choice(SPANS):
        case "now":
            return Span(since, dice.choice((None, TODAY + 90 * DAY)))
        case "until today":
            return Span(since, TODAY)
        case "from today":
            return Span(TODAY, None)
        case "ended":
            return Span(since, TODAY - dice.choice((1, 30)) * DAY)
        case _:
            return Span(TODAY + dice.choice((1, 30)) * DAY, None)


STATES = (
    "registered",
    "assigned",
    "signed",
    "under_way",
    "reported_done",
    "completed",
    "cancelled",
)


def _task(org: Organisation, dice: Random, key, number: int) -> Task:
    unit = dice.choice([one for one in org.units if one.kind != "system" or dice.random() < 0.3])
    plans = [plan for plan in org.plans if plan.unit in list(unit.up())]
    carriers = [Carrier("lead_unit", unit, None, dice.random() < 0.8)]
    for role in ("supporting_unit", "supporting_unit", "owner", "lead_leader"):
        if dice.random() < 0.5:
            continue
        is_open = dice.random() < 0.8
        if role == "supporting_unit":
            carriers.append(Carrier(role, dice.choice(org.units), None, is_open))
        elif org.posts:
            carriers.append(Carrier(role, None, dice.choice(org.posts), is_open))
    state = dice.choice(STATES)
    return Task(
        key(),
        unit,
        dice.choice((*plans, *plans, None)),
        f"Q{org.seed}x{number}Q",
        state,
        TODAY + dice.randint(-90, 120) * DAY,
        tuple(carriers),
        dice.choice(("", "open", "done")) if state == "completed" else "",
    )


# --- The oracle ------------------------------------------------------------------------------


def held(org: Organisation, person: UUID) -> list[Post]:
    """The posts that a person holds today by appointment."""
    return [
        term.post
        for term in org.terms
        if term.person == person and term.span.holds and term.post.span.holds
    ]


def lent(org: Organisation, given: Delegation) -> list[Post]:
    """What a delegation gives today: its post, as long as who gave it away holds it himself."""
    stands = given.span.holds and not given.is_taken_back
    return [given.post] if stands and given.post in held(org, given.giver) else []


def seen_units(org: Organisation, posts: list[Post]) -> set[UUID]:
    """The units whose rows those posts may see."""
    business = [post for post in posts if post.role in BUSINESS]
    seen = {unit.key for unit in org.units for post in business if _reaches(post, unit)}
    for link in org.links:
        if link.span.holds and any(post.unit == link.start for post in business):
            seen.add(link.end.key)
    return seen - {unit.key for unit in org.units if unit.kind == "system"}


def _reaches(post: Post, unit: Unit) -> bool:
    if post.role == "staff":
        return unit == post.unit
    if post.role == "unit_head":
        return post.unit in unit.up()
    if post.role in {"leader", "town_office"}:
        whole = next(one for one in post.unit.up() if one.kind in {"town", "county"})
        return whole in unit.up()
    if post.role == "county_supervisor":
        return unit.kind in {"county", "county_office", "town"}
    return post.role == "auditor"


def seen_tasks(org: Organisation, posts: list[Post]) -> set[str]:
    """The marks of the items that those posts may see."""
    business = [post for post in posts if post.role in BUSINESS]
    units = seen_units(org, posts)
    supervises = any(post.role == "county_supervisor" for post in business)
    return {
        task.mark
        for task in org.tasks
        if task.unit.key in units
        or any(_by(one, business) for one in task.carriers if one.is_open)
        or (supervises and task.sampled == "open")
    }


def _by(carrier: Carrier, posts: list[Post]) -> bool:
    return any(carrier.post == post or carrier.unit == post.unit for post in posts)


def seen_plans(org: Organisation, posts: list[Post]) -> list[Plan]:
    """Plans of units in view, and of the towns and counties that a business post stands below."""
    units = seen_units(org, posts)
    above = {one.key for post in posts if post.role in BUSINESS for one in post.unit.up()}
    return [plan for plan in org.plans if plan.unit.key in units | above]


def own_dates(org: Organisation, posts: list[Post]) -> set[str]:
    """What a calendar tells: deadlines of open items that the posts carry, from 60 days ago on."""
    heads = [post for post in posts if post.role in {"leader", "town_office", "unit_head"}]
    seen = seen_tasks(org, posts)
    return {
        task.mark
        for task in org.tasks
        if task.mark in seen
        and task.state in {"assigned", "signed", "under_way"}
        and task.due_on >= TODAY - 60 * DAY
        and any(_own(one, posts, heads) for one in task.carriers if one.is_open)
    }


def _own(carrier: Carrier, posts: list[Post], heads: list[Post]) -> bool:
    if carrier.role in {"owner", "lead_leader"}:
        return carrier.post in posts and carrier.post.role in BUSINESS
    return carrier.unit in [post.unit for post in heads]
