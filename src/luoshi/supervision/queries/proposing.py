"""What a spot check would come to before it is drawn: who may, which periods, how many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from luoshi.domain import sampling
from luoshi.domain.access import Actor
from luoshi.domain.base import Period, Sentence
from luoshi.domain.sampling import Closed
from luoshi.goals.models import Plan
from luoshi.ledger.judging import ABOVE, CLOSED
from luoshi.ledger.models import Task
from luoshi.org.models import Unit, subtree
from luoshi.org.queries import places_of, town_of
from luoshi.supervision.models import SampleDraw

CONFIDENCES = (80, 90, 95, 99)
RATES = (20, 10, 5, 1)
COLUMNS = (
    "source_kind", "due_on", "done_on", "closed_on", "done_by_id", "verified_by_id", "line__name",
    "unit__path", "unit__name", "unit__short_name", "unit__kind",
)  # fmt: skip
FEW, THOROUGH = (80, 20), (95, 10)
"""Confidence and supposed rate in percent: a few for a town's month or quarter, else thorough."""


def place_to_draw(actor: Actor) -> Unit | None:
    """The town or county whose closed items the actor may draw from; None: may not.

    The town's office draws for its town, the county's supervisors for the county.
    """
    wanted = {Unit.Kind.TOWN: "town_office", Unit.Kind.COUNTY: "county_supervisor"}
    unit = town_of(actor)
    return unit if unit and wanted.get(Unit.Kind(unit.kind)) in actor.roles else None


def periods(actor: Actor, today: date) -> Sequence[Period]:
    """The calendar periods that may be drawn, begun by today: this year's and the last one's.

    Only whole calendar periods: nobody draws again by shifting a day. The last ended quarter first.
    """
    del actor
    found: list[Period] = []
    for year in (today.year, today.year - 1):
        whole = Period.year(year)
        halves = whole.children()
        quarters = [part for half in halves for part in half.children()]
        months = [part for quarter in quarters for part in quarter.children()]
        found += [p for p in (whole, *halves, *quarters, *months) if p.start <= today]
    ended = [p for p in found if p.kind == "quarter" and p.end < today]
    first = max(ended, key=lambda p: p.end)
    return [first, *(p for p in found if p != first)]


def usual(actor: Actor, unit: Unit, period: Period) -> tuple[int, int]:
    """The default confidence and rate: a few for a town's month or quarter, else thorough."""
    del actor
    few = unit.kind == Unit.Kind.TOWN and period.kind in {"month", "quarter"}
    return FEW if few else THOROUGH


@dataclass(frozen=True, slots=True)
class Stratum:
    """A unit of the draw: how many closed items take part, are drawn, and are always checked.

    `drawn` is None where only the lot will say it: there are fewer to draw than units.
    """

    unit: Unit
    keys: Sequence[UUID]
    must: Sequence[tuple[Task, sampling.Must]]
    drawn: int | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a draw would be: units with their shares, the size with its formula.

    `taken` is the draw already made for the same period: there is no second one.
    """

    unit: Unit
    period: Period
    size: sampling.Size
    strata: Sequence[Stratum]
    taken: SampleDraw | None

    @property
    def must_count(self) -> int:
        """How many are always checked."""
        return sum(len(stratum.must) for stratum in self.strata)

    @property
    def name(self) -> Sentence:
        """The period in the office's words."""
        return sampling.period_name(self.period)

    @property
    def has_shares(self) -> bool:
        """Whether every unit gives its share; else the lot falls on the whole list."""
        return all(stratum.drawn is not None for stratum in self.strata)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw and nothing to check."""
        return not self.size.population and not self.must_count


def proposal(
    actor: Actor, today: date, unit: Unit, period: Period, levels: tuple[int, int]
) -> Proposal:
    """What drawing now would come to; three queries, and one that names units.

    Closed items take part: leaves closed in the period, of plans that are not closed themselves. A
    town sets apart what is always checked (必查); a county draws from all alike, by town, so that
    its estimate speaks for all.
    """
    tasks = list(_closed(actor, unit, period, today))
    in_county = unit.kind == Unit.Kind.COUNTY
    homes = places_of(actor, {task.unit.path for task in tasks}) if in_county and tasks else {}
    units: dict[UUID, Unit] = {}
    keys: dict[UUID, list[UUID]] = {}
    must: dict[UUID, list[tuple[Task, sampling.Must]]] = {}
    for task in tasks:
        home = homes.get(task.unit.path, task.unit)
        units[home.pk] = home
        why = "" if in_county else sampling.must_check(_facts(task))
        if why:
            must.setdefault(home.pk, []).append((task, why))
        else:
            keys.setdefault(home.pk, []).append(task.pk)
    rows = sorted(units.values(), key=lambda one: one.path)
    size = sampling.size(sum(map(len, keys.values())), *levels)
    sizes = [len(keys.get(one.pk, ())) for one in rows]
    parts: Sequence[int | None] = [None] * len(rows)
    if sampling.has_shares(sizes, size.drawn):
        parts = sampling.shares(sizes, size.drawn)
    strata = [
        Stratum(one, sorted(keys.get(one.pk, ())), must.get(one.pk, ()), part)
        for one, part in zip(rows, parts, strict=True)
    ]
    taken = SampleDraw.objects.filter(
        jurisdiction=actor.jurisdiction_id, unit=unit, from_on=period.start, to_on=period.end
    )
    return Proposal(unit, period, size, strata, taken.first())


def _closed(actor: Actor, unit: Unit, period: Period, today: date) -> QuerySet[Task]:
    """Leaves closed in the period within the unit's subtree, whoever may see them one by one."""
    rows = Task.objects.filter(
        jurisdiction=actor.jurisdiction_id,
        is_leaf=True,
        state__in=CLOSED,
        closed_on__range=(period.start, min(period.end, today)),
        unit__in=Unit.objects.filter(
            jurisdiction=actor.jurisdiction_id, **subtree(unit.path)
        ).values("pk"),
    )
    rows = rows.exclude(plan__state=Plan.State.CLOSED).select_related("unit", "line")
    return rows.only(*COLUMNS).order_by("unit__path", "closed_on", "id")


def _facts(task: Task) -> Closed:
    line = task.line
    return Closed(
        above=task.source_kind in ABOVE,
        livelihood=task.source_kind == Task.Source.REQUEST or "民生" in (line.name if line else ""),
        due_on=task.due_on,
        done_on=task.done_on,
    )
