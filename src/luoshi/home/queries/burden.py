"""填报负担账: what every room asks of a town's people in a month, joined and priced by the law."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, Sum

from luoshi.burden import queries as burden
from luoshi.burden.models import DataRequest
from luoshi.burden.queries import SEES_ALL, Asked, Measured
from luoshi.burden.registry import FormSpec, Repeat, forms, repeats
from luoshi.domain.access import Actor
from luoshi.domain.base import Period
from luoshi.domain.burden import LEAST, NOTHING, Asking, Cost, cost_of, minutes
from luoshi.indicators import queries as indicators
from luoshi.ledger import queries as ledger
from luoshi.ledger.loads import Burden, people_of
from luoshi.org.models import Person, Post, Unit
from luoshi.org.queries import as_person, town_of
from luoshi.supervision import queries as supervision

ROOMS = (ledger.asked, indicators.asked, supervision.asked, burden.asked)
"""Every room that asks people for anything, in the order of the river."""
HEADS = (Post.Role.UNIT_HEAD, Post.Role.TOWN_OFFICE, Post.Role.LEADER)


@dataclass(frozen=True, slots=True)
class Pair:
    """The same of this month and of the month before."""

    now: Cost = NOTHING
    before: Cost = NOTHING


@dataclass(frozen=True, slots=True)
class FormRow:
    """A form: how long a field takes, how often it is asked this month, and what that comes to."""

    spec: FormSpec
    measured: Measured
    times: int
    fields: int
    cost: Cost

    @property
    def seconds(self) -> Decimal | None:
        """The median seconds of the whole form as it is asked; None: not measured yet."""
        pace = self.measured.pace
        if pace is None:
            return None
        each = Decimal(self.fields) / self.times if self.times else Decimal(len(self.spec.asks))
        return (pace * each).quantize(Decimal(1))


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit: how many people hold a post in it, what they are asked, and minutes logged beside."""

    unit: Unit
    people: int
    cost: Pair
    outside: int


@dataclass(frozen=True, slots=True)
class Meter:
    """The page. Averages are over the people who were asked anything in the month."""

    place: Unit
    period: Period
    cost: Pair
    asked: int
    asked_before: int
    everybody: int
    forms: Sequence[FormRow]
    units: Sequence[UnitRow]
    repeats: Sequence[Repeat]
    outside: int
    outside_times: int
    withheld: Sequence[DataRequest]
    drafts: int
    whole: bool
    least: int = LEAST

    @property
    def each(self) -> Decimal | None:
        """Minutes asked of each person this month."""
        return _each(self.cost.now, self.asked)

    @property
    def each_before(self) -> Decimal | None:
        """The same of the month before."""
        return _each(self.cost.before, self.asked_before)

    @property
    def spared(self) -> Decimal:
        """Minutes that withheld requests would have cost everybody together."""
        return sum((row.estimate or Decimal(0) for row in self.withheld), Decimal(0))

    @property
    def unmeasured(self) -> Sequence[FormRow]:
        """Forms asked this month without a measure; their time is in no sum."""
        return [row for row in self.forms if row.times and row.measured.pace is None]


def _each(cost: Cost, people: int) -> Decimal | None:
    return None if cost.minutes is None or not people else minutes(cost.seconds / people)


@dataclass(frozen=True, slots=True)
class Mine:
    """What one person is asked: by form, this month and before, and what was logged beside."""

    person: Person
    posts: Sequence[Post]
    period: Period
    cost: Pair
    forms: Sequence[FormRow]
    outside: int
    outside_before: int


def meter(actor: Actor, today: date, *, light: bool = False) -> Meter | None:
    """The burden meter of the actor's town (of the county, for county posts); None: no place.

    Everybody reads the town's average, the forms and the repeated questions; the units' figures
    are for 班子 and 党政办, each unit reads its own, and nobody a person's. A constant number of
    queries. `light`: only what the wall chart shows.
    """
    place = town_of(actor)
    if place is None or not actor.has("read"):
        return None
    now = burden.this_month(actor, today)
    before = burden.month_before(actor, today)
    known = burden.measured(actor, today)
    rows = _gathered(actor, place, Period(before.start, now.end))
    people = people_of(place, today)
    doing = {post.pk: one.person_id for one in people for post in one.posts}
    heads = _heads(post for one in people for post in one.posts)
    month = {True: now.start, False: before.start}
    whose = {
        key: _by_person([row for row in rows if row.month == start], doing, heads)
        for key, start in month.items()
    }
    whole = bool(actor.roles & (SEES_ALL | {"auditor"}))
    outside = burden.outside(actor, place, now)
    sums = {
        row["unit"]: row for row in outside.order_by().values("unit").annotate(n=Sum("minutes"))
    }
    return Meter(
        place=place,
        period=now,
        cost=Pair(
            _cost([row for row in rows if row.month == now.start], known),
            _cost([row for row in rows if row.month == before.start], known),
        ),
        asked=len(whose[True]),
        asked_before=len(whose[False]),
        everybody=len(people),
        forms=() if light else _form_rows([r for r in rows if r.month == now.start], known),
        units=()
        if light
        else _units(actor, place, (rows, known, now), _posts_by_unit(people), sums, whole=whole),
        repeats=() if light else repeats(),
        outside=sum(row["n"] for row in sums.values()),
        outside_times=0 if light else outside.count(),
        withheld=_withheld(actor, today, light=light),
        drafts=0
        if light
        else burden.requests(actor, today).filter(state=DataRequest.State.DRAFT).count(),
        whole=whole,
    )


def _withheld(actor: Actor, today: date, *, light: bool) -> Sequence[DataRequest]:
    if light:
        return ()
    rows = burden.requests(actor, today).filter(state=DataRequest.State.WITHHELD)
    return list(rows.filter(decided_on__year=today.year))


def _gathered(actor: Actor, place: Unit, period: Period) -> list[Asked]:
    return [one for room in ROOMS for one in room(actor, place, period)]


def _heads(posts: Iterable[Post]) -> Mapping[UUID, Post]:
    """Who answers for a unit where no post is named: its head, first by position."""
    found: dict[UUID, Post] = {}
    for post in sorted(posts, key=lambda one: (one.position, str(one.pk))):
        if post.role in HEADS:
            found.setdefault(post.unit_id, post)
    return found


def _person_of(row: Asked, doing: Mapping[UUID, UUID], heads: Mapping[UUID, Post]) -> UUID | None:
    if row.person_id is not None:
        return row.person_id
    head = heads.get(row.unit_id)
    post = row.post_id if row.post_id in doing else head.pk if head else None
    return doing.get(post) if post else None


def _by_person(
    rows: Iterable[Asked], doing: Mapping[UUID, UUID], heads: Mapping[UUID, Post]
) -> Mapping[UUID, list[Asked]]:
    """What each person is asked; what falls to nobody is in the sums of its unit alone."""
    found: dict[UUID, list[Asked]] = {}
    for row in rows:
        person = _person_of(row, doing, heads)
        if person is not None:
            found.setdefault(person, []).append(row)
    return found


def _cost(rows: Iterable[Asked], known: Mapping[str, Measured]) -> Cost:
    paces = {form: one.pace for form, one in known.items()}
    return cost_of((Asking(r.form, r.fields, r.times, r.repeated) for r in rows), paces)


def _form_rows(rows: Sequence[Asked], known: Mapping[str, Measured]) -> list[FormRow]:
    found = []
    for key, spec in forms().items():
        mine = [row for row in rows if row.form == key]
        fields = sum(row.fields * row.times for row in mine)
        times = sum(row.times for row in mine)
        found.append(FormRow(spec, known[key], times, fields, _cost(mine, known)))
    return found


def _posts_by_unit(people: Iterable[Burden]) -> Mapping[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = {}
    for one in people:
        for post in one.posts:
            found.setdefault(post.unit_id, set()).add(one.person_id)
    return found


def _units(
    actor: Actor,
    place: Unit,
    gathered: tuple[Sequence[Asked], Mapping[str, Measured], Period],
    posts: Mapping[UUID, set[UUID]],
    sums: Mapping[UUID, Mapping[str, int]],
    *,
    whole: bool,
) -> list[UnitRow]:
    """Each unit by what falls to it, in the order of the organisation; never a rank."""
    rows, known, now = gathered
    units = Unit.objects.filter(pk__in=list(posts), jurisdiction=place.jurisdiction)
    if not whole:
        units = units.filter(Q(pk__in=list(actor.unit_ids)))
    found = []
    for unit in units.order_by("path"):
        mine = [row for row in rows if row.unit_id == unit.pk]
        this = [row for row in mine if row.month == now.start]
        last = [row for row in mine if row.month != now.start]
        logged = sums.get(unit.pk, {}).get("n", 0)
        cost = Pair(_cost(this, known), _cost(last, known))
        found.append(UnitRow(unit, len(posts[unit.pk]), cost, logged))
    return found


def mine(actor: Actor, today: date, person_id: UUID) -> Mine | None:
    """One person's bill; the caller has asked whether the actor may see that load (R41)."""
    person = Person.objects.get(pk=person_id, jurisdiction=actor.jurisdiction_id)
    place = _place_of(actor, today, person)
    if place is None:
        return None
    now, before = burden.this_month(actor, today), burden.month_before(actor, today)
    known = burden.measured(actor, today)
    people = people_of(place, today)
    me = next((one for one in people if one.person_id == person_id), None)
    if me is None:
        return None
    doing = {post.pk: one.person_id for one in people for post in one.posts}
    heads = _heads(post for one in people for post in one.posts)
    rows = _gathered(actor, place, Period(before.start, now.end))
    own = _by_person(rows, doing, heads).get(person_id, [])
    this = [row for row in own if row.month == now.start]
    last = [row for row in own if row.month == before.start]
    return Mine(
        person=person,
        posts=me.posts,
        period=now,
        cost=Pair(_cost(this, known), _cost(last, known)),
        forms=[row for row in _form_rows(this, known) if row.times],
        outside=_logged(actor, place, now, person_id),
        outside_before=_logged(actor, place, before, person_id),
    )


def _place_of(actor: Actor, today: date, person: Person) -> Unit | None:
    """The town (or county) where a person works."""
    return town_of(as_person(actor, person, today))


def _logged(actor: Actor, place: Unit, period: Period, person_id: UUID) -> int:
    rows = burden.outside(actor, place, period).filter(person_id=person_id)
    return rows.aggregate(n=Sum("minutes"))["n"] or 0
