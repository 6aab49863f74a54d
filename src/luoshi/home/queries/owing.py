"""待办汇总: what a person owes in all rooms, and what the next level below left too long.

One join tells a page and the whole county's digest: the page reads what concerns one person, the
digest reads town by town; both say the same of the same person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from luoshi.domain import reminding
from luoshi.domain.access import Actor
from luoshi.domain.reminding import Rhythm
from luoshi.domain.workdays import WorkCalendar
from luoshi.indicators import queries as indicators
from luoshi.ledger import queries as ledger
from luoshi.ledger.models import Task
from luoshi.ledger.queries import Roles
from luoshi.ledger.queries.facts import HEADS
from luoshi.org import everybody
from luoshi.org import queries as org
from luoshi.org.models import Person, Post, Unit
from luoshi.supervision import queries as supervision

SAYS_FIGURES = frozenset({"unit_head", "staff"})


Owed = ledger.Owed | indicators.Owed | supervision.OwedLook
"""What each room says that somebody owes."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a digest; `whom` names who owes it where that is somebody else."""

    item: Owed
    whom: str = ""

    @property
    def late(self) -> int:
        """Days past its day; 0 where it is not late."""
        return max(self.item.late_days, 0)

    @property
    def task(self) -> Task | None:
        """The task, where it is one."""
        return getattr(self.item, "task", None)

    @property
    def most_urgent(self) -> bool:
        """特急: asked on days off too."""
        return self.task is not None and self.task.urgency == Task.Urgency.MOST_URGENT


@dataclass(slots=True)
class Digest:
    """A person's one digest: what is one's own, and what was raised to one."""

    mine: list[Line] = field(default_factory=list)
    raised: list[Line] = field(default_factory=list)
    place: UUID | None = None

    @property
    def late(self) -> int:
        """How many of one's own are past their day."""
        return sum(line.late > 0 for line in self.mine)

    def parts(self) -> list[tuple[str, list[Line]]]:
        """One's own by time: late, today, within the week; empty parts are left out."""
        parts: dict[str, list[Line]] = {"late": [], "today": [], "soon": []}
        for line in self.mine:
            days = line.item.late_days
            parts["late" if days > 0 else "soon" if days < 0 else "today"].append(line)
        return [(name, lines) for name, lines in parts.items() if lines]


Known = tuple[Rhythm, WorkCalendar]
"""By what a place counts: its rhythm and its working days."""


def digest(actor: Actor, today: date, known: Known | None) -> Digest:
    """What the actor owes in every room, the longest overdue first, and what was raised to one.

    Raised is what people of a unit one heads left for more working days than the office allows,
    and, longer still, what one leads oneself. An item is told to a person once. At most sixty
    queries, however much there is.
    """
    mine: list[Owed] = [
        *ledger.owed(actor, today),
        *indicators.owed(actor, today),
        *supervision.owed(actor, today),
    ]
    raised: list[tuple[Owed, UUID | None]] = []
    if known is not None:
        raised = _raised_to(actor, today, known)
    return _digest(mine, raised, _names({who for _item, who in raised if who}))


def _raised_to(actor: Actor, today: date, known: Known) -> list[tuple[Owed, UUID | None]]:
    heads = everybody.heads_of(actor, today, actor.unit_ids)
    units = [unit for unit, person in heads.items() if person == actor.person_id]
    leads = [post.post_id for post in actor.posts if post.role == "leader"]
    if not units and not leads:
        return []
    posts = _posts_of(units)
    rhythm, calendar = known
    rows: list[tuple[ledger.Owed, Roles]] = []
    for item, roles in ledger.owed_of_posts(actor, today, owners=posts, leaders=leads):
        step = reminding.level(rhythm, calendar, item.by, today)
        if (step >= 1 and roles.owner in posts) or (step == 2 and roles.lead_leader in leads):
            rows.append((item, roles))
    owners = {roles.owner for _item, roles in rows if roles.owner}
    holders = org.holders(actor, [*{*posts, *owners}], today)
    leading = {roles.lead_unit for _item, roles in rows if roles.lead_unit}
    above = everybody.heads_of(actor, today, leading)
    found: list[tuple[Owed, UUID | None]] = [
        (item, _who(roles, holders, above)) for item, roles in rows
    ]
    fellows = {
        holders[post].pk: org.as_person(actor, holders[post], today)
        for post in posts
        if post in holders and holders[post].pk != actor.person_id
    }
    for who, items in supervision.owed_of_many(actor, today, fellows).items():
        found += [
            (item, who) for item in items if reminding.level(rhythm, calendar, item.by, today) >= 1
        ]
    return found


def _who(roles: Roles, holders: Mapping[UUID, Person], heads: Mapping[UUID, UUID]) -> UUID | None:
    """Whose move it is: the owner's, else that of the head of the lead unit."""
    if roles.owner and roles.owner in holders:
        return holders[roles.owner].pk
    return heads.get(roles.lead_unit) if roles.lead_unit else None


def _posts_of(units: Iterable[UUID]) -> Mapping[UUID, UUID]:
    """The posts of the units, each with its unit."""
    return dict(Post.objects.filter(unit__in=list(units)).values_list("pk", "unit_id"))


def _names(people: Iterable[UUID]) -> Mapping[UUID, str]:
    return dict(Person.objects.filter(pk__in=list(people)).values_list("pk", "name"))


def _digest(
    mine: Iterable[Owed],
    raised: Iterable[tuple[Owed, UUID | None]],
    names: Mapping[UUID, str],
) -> Digest:
    """Each item once: one's own before what was raised."""
    told: dict[tuple[str, UUID], Line] = {}
    for item in mine:
        told.setdefault((item.subject_kind, item.subject_id), Line(item))
    own = list(told.values())
    for item, who in raised:
        told.setdefault(
            (item.subject_kind, item.subject_id), Line(item, names.get(who, "") if who else "")
        )
    above = list(told.values())[len(own) :]
    return Digest(sorted(own, key=_age), sorted(above, key=_age))


def _age(line: Line) -> tuple[int, date, str]:
    return (-line.item.late_days, line.item.by, line.item.title)


@dataclass(slots=True)
class _Gathered:
    mine: dict[UUID, list[Owed]] = field(default_factory=dict)
    raised: dict[UUID, list[Owed]] = field(default_factory=dict)


def digests(
    actor: Actor,
    today: date,
    places: Sequence[tuple[Unit, Known]],
    step: Callable[[int, int], None] = lambda _done, _total: None,
) -> Mapping[UUID, Digest]:
    """The digests of everybody in the places, by person; for the system's clock alone.

    Town by town; `step(done, total)` is told how far it is and may stop it. Who owes nothing and
    is raised nothing is left out. Says of each person what `digest` says.
    """
    people = everybody.actors_on(actor, today)
    homes = _homes(actor, people)
    knowing = {unit.pk: known for unit, known in places}
    here = {key: known for key, place in homes.items() if (known := knowing.get(place))}
    reader = _Reader(actor, today, people, here)
    towns = _units_by_place(actor)
    total = len(towns) + 1
    for done, units in enumerate(towns.values()):
        step(done, total)
        reader.read_ledger(ledger.owed_within(actor, today, units))
        reader.read_figures(indicators.owed_of_units(actor, today, units))
    step(total - 1, total)
    reader.read_office(supervision.owed_of_many(actor, today, people))
    mine, raised = reader.found.mine, reader.found.raised
    found = {}
    for key in {*mine, *raised}:
        above = ((one, None) for one in raised.get(key, ()))
        found[key] = _digest(mine.get(key, ()), above, {})
        found[key].place = homes[key]
    return found


def _homes(actor: Actor, people: Mapping[UUID, Actor]) -> Mapping[UUID, UUID]:
    """The town or county of each person's first post."""
    first = {key: one.posts[0].unit_path for key, one in people.items() if one.posts}
    places = org.places_of(actor, set(first.values()))
    return {key: places[path].pk for key, path in first.items()}


def _units_by_place(actor: Actor) -> Mapping[UUID, list[UUID]]:
    rows = list(Unit.objects.filter(jurisdiction=actor.jurisdiction_id).values_list("pk", "path"))
    places = org.places_of(actor, [path for _key, path in rows])
    found: dict[UUID, list[UUID]] = {}
    for key, path in rows:
        found.setdefault(places[path].pk, []).append(key)
    return found


class _Reader:
    """Who of everybody is told what: the inverse of `digest`, by posts and units."""

    def __init__(
        self,
        actor: Actor,
        today: date,
        people: Mapping[UUID, Actor],
        here: Mapping[UUID, Known],
    ) -> None:
        self.today, self.people, self.here = today, people, here
        self.found = _Gathered()
        self.heads = everybody.heads_of(actor, today)
        self.by_post: dict[UUID, list[UUID]] = {}
        self.headed: dict[UUID, list[UUID]] = {}
        self.states: dict[UUID, list[UUID]] = {}
        self.unit_of: dict[UUID, UUID] = _all_posts(actor)
        for key, one in people.items():
            for post in one.posts:
                self.by_post.setdefault(post.post_id, []).append(key)
                if post.role in HEADS:
                    self.headed.setdefault(post.unit_id, []).append(key)
                if post.role in SAYS_FIGURES:
                    self.states.setdefault(post.unit_id, []).append(key)
        self.leads = {
            post.post_id: key
            for key, one in people.items()
            for post in one.posts
            if post.role == "leader"
        }
        self._levels: dict[tuple[int, date], int] = {}

    def _mine(self, key: UUID, item: Owed) -> None:
        if key in self.here:
            self.found.mine.setdefault(key, []).append(item)

    def _raise(self, key: UUID | None, item: Owed, least: int) -> None:
        """Tell it to the next level where it has been owed that long by that person's rhythm."""
        known = self.here.get(key) if key else None
        if key is None or known is None:
            return
        at = (id(known), item.by)
        if at not in self._levels:
            self._levels[at] = reminding.level(*known, item.by, self.today)
        if self._levels[at] >= least:
            self.found.raised.setdefault(key, []).append(item)

    def _reaches(self, key: UUID, item: ledger.Owed) -> bool:
        """Whether the head sees the task: an owner may serve in another unit than the task's."""
        path = item.task.unit.path
        return any(path.startswith(post.scope_path) for post in self.people[key].posts)

    def read_ledger(self, rows: Iterable[tuple[ledger.Owed, Roles]]) -> None:
        for item, roles in rows:
            owners = self.by_post.get(roles.owner, ()) if roles.owner else ()
            heads = self.headed.get(roles.lead_unit, ()) if roles.lead_unit else ()
            for key in {*owners, *heads}:
                self._mine(key, item)
            head = self.heads.get(self.unit_of[roles.owner]) if roles.owner else None
            if head is not None and self._reaches(head, item):
                self._raise(head, item, 1)
            if roles.lead_leader in self.leads:
                for key in self.by_post.get(roles.lead_leader, ()):
                    self._raise(key, item, 2)

    def read_figures(self, rows: Iterable[indicators.Owed]) -> None:
        for item in rows:
            for key in self.states.get(item.unit.pk, ()):
                self._mine(key, item)

    def read_office(self, told: Mapping[UUID, Sequence[Owed]]) -> None:
        for key, items in told.items():
            above = {self.heads.get(unit) for unit in self.people[key].unit_ids} - {key, None}
            for item in items:
                self._mine(key, item)
                for head in above:
                    self._raise(head, item, 1)


def _all_posts(actor: Actor) -> dict[UUID, UUID]:
    rows = Post.objects.filter(jurisdiction=actor.jurisdiction_id)
    return dict(rows.values_list("pk", "unit_id"))
