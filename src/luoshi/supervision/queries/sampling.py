"""Spot checks (回头看抽查): what was drawn, who looks, what was found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from luoshi.domain import sampling
from luoshi.domain.access import Actor
from luoshi.domain.base import Period, Sentence
from luoshi.domain.sampling import Checker
from luoshi.ledger.models import Task
from luoshi.ledger.queries import opens, visible_tasks
from luoshi.org.models import Person, Unit
from luoshi.org.queries import visible_unit_ids
from luoshi.supervision.models import SampleDraw, SampleItem
from luoshi.supervision.queries.drawing import checkers_for
from luoshi.supervision.queries.proposing import place_to_draw

KEY = 16  # bytes of a key in a draw's frame


@dataclass(frozen=True, slots=True)
class Tally:
    """A draw with how far it is; the drawn ones and the must-check ones apart."""

    row: SampleDraw
    checked: int
    true: int
    must_checked: int
    must_true: int

    @property
    def period(self) -> Period:
        """The period in which its items were closed."""
        return Period(self.row.from_on, self.row.to_on)

    @property
    def name(self) -> Sentence:
        """The period in the office's words."""
        return sampling.period_name(self.period)

    @property
    def result(self) -> Sentence:
        """抽查8件、属实7件."""
        return sampling.result(self.row.size, self.checked, self.true)

    @property
    def must_result(self) -> Sentence | None:
        """必查3件、属实3件; None where nothing had to be checked."""
        count = self.row.must_count
        if not count:
            return None
        return sampling.result_of_must(count, self.must_checked, self.must_true)

    @property
    def estimate(self) -> Sentence | None:
        """What it says of all closed items, once all are looked at: of a year or a county only."""
        wide = self.row.unit.kind == Unit.Kind.COUNTY or self.period.kind == "year"
        if not wide or self.checked < self.row.size or not self.row.size:
            return None
        return sampling.estimate(self.true, self.checked, 95)


def draws(actor: Actor, today: date) -> Sequence[Tally]:
    """The draws of the units in view, the latest first; one query."""
    return [_tally(row) for row in _visible(actor, today).order_by("-drawn_at", "-id")[:60]]


def draw_for(actor: Actor, today: date, draw_id: UUID) -> SampleDraw | None:
    """One draw in view, with its counts; None otherwise."""
    return _visible(actor, today).filter(pk=draw_id).first()


def item_for(actor: Actor, today: date, item_id: UUID) -> SampleItem | None:
    """One item of a draw in view, which the actor may see as a task too; None otherwise."""
    rows = SampleItem.objects.filter(
        pk=item_id,
        draw__in=_visible(actor, today).values("pk"),
        task__in=visible_tasks(actor, today).values("pk"),
    )
    return rows.select_related("draw__unit", "task__unit", "task__plan", "task__line").first()


def year_figures(
    actor: Actor, today: date, year: int, places: Sequence[UUID]
) -> Mapping[UUID, Sentence]:
    """抽查几件、属实几件 of a year by town or county, with the exact interval; one query.

    Of the draws whose items were closed in that year; what was always checked (必查) is left out,
    since nobody drew it. An item that two draws met counts once. A place without draws is left out.
    """
    looked, true = ~Q(outcome=""), Q(outcome=SampleItem.Outcome.TRUE)
    rows = (
        SampleItem.objects.filter(
            jurisdiction=actor.jurisdiction_id,
            must="",
            draw__from_on__year=year,
            draw__unit__in=list(places),
        )
        .filter(draw__unit__in=visible_unit_ids(actor, today))
        .order_by()
        .values_list("draw__unit")
        .annotate(
            checked=Count("task", filter=looked, distinct=True),
            true=Count("task", filter=true, distinct=True),
        )
    )
    return {unit: sampling.over_year(year, checked, found, 95) for unit, checked, found in rows}


def _visible(actor: Actor, today: date) -> QuerySet[SampleDraw]:
    done, must = Q(items__checked_on__isnull=False), ~Q(items__must="")
    true = Q(items__outcome=SampleItem.Outcome.TRUE)
    return (
        SampleDraw.objects.filter(
            jurisdiction=actor.jurisdiction_id, unit__in=visible_unit_ids(actor, today)
        )
        .defer("frame")
        .select_related("unit")
        .annotate(
            checked=Count("items", filter=done & ~must),
            found_true=Count("items", filter=true & ~must),
            must_checked=Count("items", filter=done & must),
            must_true=Count("items", filter=true & must),
        )
    )


def _counted(row: SampleDraw, items: Sequence[SampleItem]) -> Tally:
    """The same from the items themselves."""
    drawn = [item for item in items if not item.must]
    must = [item for item in items if item.must]
    counts = []
    for some in (drawn, must):
        counts.append(sum(item.outcome != "" for item in some))
        counts.append(sum(item.outcome == SampleItem.Outcome.TRUE for item in some))
    return Tally(row, *counts)


def _tally(row: SampleDraw) -> Tally:
    told = {name: getattr(row, name) for name in ("checked", "must_checked", "must_true")}
    return Tally(row, true=row.found_true, **told)  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class ShownItem:
    """An item of a draw as its page tells it. `task` is None where the actor no longer sees it."""

    row: SampleItem
    task: Task | None
    unit: Unit
    checker: Person | None
    checked_by: str
    mine: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The items of one unit, and how many took part in the draw there."""

    unit: Unit
    population: int
    drawn: int
    must: int
    items: Sequence[ShownItem]


@dataclass(frozen=True, slots=True)
class Shown:
    """All that the page of a draw shows; `redrawn` says whether its seed draws the same again."""

    tally: Tally
    size: sampling.Size
    groups: Sequence[Group]
    drawn_by: str
    redrawn: bool
    may_end: bool


def shown(actor: Actor, today: date, draw: SampleDraw) -> Shown:
    """The page of a draw in view, unit by unit; a constant number of queries."""
    items = list(
        draw.items.select_related("task__unit", "task__line", "task__plan").order_by("position")
    )
    seen = set(
        visible_tasks(actor, today)
        .filter(pk__in=[item.task_id for item in items])
        .order_by()
        .values_list("pk", flat=True)
    )
    waiting = [item for item in items if not item.outcome]
    is_open = draw.state == SampleDraw.State.OPEN
    lots = checkers_for(actor, today, waiting) if is_open else {}
    names = _names(actor, [draw.drawn_by_id, *(item.checked_by_id for item in items)])
    units = {
        unit.pk: unit
        for unit in Unit.objects.filter(
            jurisdiction=actor.jurisdiction_id, pk__in=[row[0] for row in draw.strata]
        )
    }
    told: dict[UUID, list[ShownItem]] = {}
    for item in items:
        lot = lots.get(item.pk)
        person = lot.person if lot else None
        told.setdefault(item.stratum_id, []).append(
            ShownItem(
                item,
                item.task if item.task_id in seen else None,
                item.task.unit,
                person,
                names.get(item.checked_by_id, ""),
                person is not None and person.pk == actor.person_id,
            )
        )
    groups = [
        Group(units[UUID(key)], population, drawn, must, told.get(UUID(key), ()))
        for key, population, drawn, must in draw.strata
        if drawn or must
    ]
    place = place_to_draw(actor)
    return Shown(
        _counted(draw, items),
        sampling.size(draw.population, draw.confidence, draw.rate),
        groups,
        names.get(draw.drawn_by_id, ""),
        redraws(actor, draw, items),
        is_open and place is not None and place.pk == draw.unit_id,
    )


def redraws(actor: Actor, draw: SampleDraw, items: Iterable[SampleItem]) -> bool:
    """Whether the kept seed and list of keys draw exactly the items that were drawn; one query."""
    del actor
    strata: dict[str, list[str]] = {}
    start, frame = 0, bytes(draw.frame)
    for key, population, _drawn, _must in draw.strata:
        end = start + population * KEY
        strata[key] = [str(UUID(bytes=frame[at : at + KEY])) for at in range(start, end, KEY)]
        start = end
    again = sampling.draw(strata, draw.size, str(draw.pk))
    picked = {UUID(key) for keys in again.values() for key in keys}
    return picked == {item.task_id for item in items if not item.must}


def checker_facts(actor: Actor, today: date, item: SampleItem) -> Checker:
    """What the actor is to an item of a draw, for the law; five queries."""
    lot = checkers_for(actor, today, [item])[item.pk]
    me = actor.person_id
    return Checker(
        is_open=item.draw.state == SampleDraw.State.OPEN,
        is_checked=bool(item.outcome),
        is_on_behalf=(actor.on_behalf_of or actor.delegated_by) is not None,
        is_doer=me in lot.doers,
        is_verifier=me is not None and me == item.verified_by_id,
        is_drawn=lot.person is not None and lot.person.pk == me,
    )


@dataclass(frozen=True, slots=True)
class OpenDraw:
    """An open draw on the desk, and how many of its items wait for the person at the desk."""

    tally: Tally
    mine: int


def open_draws(actor: Actor, today: date) -> Sequence[OpenDraw]:
    """Open draws in view with how many of their items wait for the actor; nine queries."""
    rows = list(
        _visible(actor, today).filter(state=SampleDraw.State.OPEN).order_by("-drawn_at", "-id")
    )
    if not rows:
        return ()
    items = SampleItem.objects.filter(draw__in=[row.pk for row in rows], outcome="")
    waiting = list(items.select_related("draw__unit", "task__unit", "task__line", "task__plan"))
    lots = checkers_for(actor, today, waiting)
    me = actor.person_id
    mine = [item.draw_id for item in waiting if (who := lots[item.pk].person) and who.pk == me]
    return [OpenDraw(_tally(row), mine.count(row.pk)) for row in rows]


def _names(actor: Actor, people: Iterable[UUID | None]) -> Mapping[UUID | None, str]:
    rows = Person.objects.filter(
        jurisdiction=actor.jurisdiction_id, pk__in={key for key in people if key}
    )
    return dict(rows.values_list("pk", "name"))


@opens
def _in_open_draws(actor: Actor) -> Q | None:
    """Items of an open draw are seen by the county's supervisors while it is open."""
    if "county_supervisor" not in actor.roles:
        return None
    open_ = SampleItem.objects.filter(
        jurisdiction=actor.jurisdiction_id, draw__state=SampleDraw.State.OPEN
    )
    return Q(pk__in=open_.values("task"))
