"""The wall chart: where a plan stands against time, what is red, and whose move it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Case, F, IntegerField, Q, QuerySet, When, prefetch_related_objects

from luoshi.domain import pacing
from luoshi.domain.access import Actor
from luoshi.domain.base import Period, Sentence, say
from luoshi.goals import queries as goals
from luoshi.goals.baseline import share_of
from luoshi.goals.models import Plan, WorkLine
from luoshi.home.tally import Tally, tally
from luoshi.ledger.judging import CLOSED, NOT_HANDED, SAID_DONE, STOPPED, expected_of, passed_of
from luoshi.ledger.models import Task
from luoshi.ledger.queries import Filters, Row, rows_of
from luoshi.ledger.queries.listing import matching
from luoshi.org.calendars import calendar_of
from luoshi.org.models import Person, Unit, subtree
from luoshi.org.queries import holders, holds

TROUBLES = 6
STANDING = (Unit.Kind.TOWN_OFFICE, Unit.Kind.STATION, Unit.Kind.VILLAGE)
SEES_ALL = frozenset({"leader", "town_office"})


@dataclass(frozen=True, slots=True)
class LineRow:
    """A work line: how far, how far it should be, the light with its sentence, counts of words."""

    line: WorkLine
    leader: Person | None
    share: int | None
    expected: int
    gap: int | None
    word: pacing.Word
    why: Sentence
    counts: Counter[str]

    @property
    def total(self) -> int:
        """Items on the line."""
        return self.counts.total()


@dataclass(frozen=True, slots=True)
class Trouble:
    """An item that is late or silent: for how many days, and who must move."""

    row: Row
    days: int | None
    who: str
    step: Sentence


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit's own items: how many go well, of how many; how many are late and silent."""

    unit: Unit
    well: int
    total: int
    late: int
    silent: int


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Working days of the year gone and to come, on the unit's own calendar."""

    gone: int
    all: int

    @property
    def left(self) -> int:
        """Those to come."""
        return self.all - self.gone


@dataclass(frozen=True, slots=True)
class Wall:
    """Everything the wall chart shows; counts open their rows by the ledger's own filters."""

    plan: Plan
    share: int | None
    passed: int
    expected: int
    days: WorkingDays
    due: int
    kept: int
    tally: Tally
    lines: Sequence[LineRow]
    unlined: int
    troubles: Sequence[Trouble]
    standings: Sequence[tuple[str, Sequence[Standing]]]

    @property
    def kept_share(self) -> int | None:
        """The delivery rate in basis points; None while nothing has been due."""
        return (20_000 * self.kept + self.due) // (2 * self.due) if self.due else None


def wall(actor: Actor, today: date) -> Wall | None:
    """The wall chart of the actor's plan; None where there is no plan to read.

    Counts are of the items that the actor sees in the ledger of the plan's year. A constant
    number of queries.
    """
    plan = goals.current_plan(actor, today)
    if plan is None or not works_under(actor, plan):
        return None
    rows = year_rows(actor, today, plan)
    counted = tally(rows, today)
    return Wall(
        plan=plan,
        share=share_of(plan),
        passed=passed_of(plan.year, today),
        expected=expected_of(plan.year, today),
        days=_working_days(plan, today),
        due=counted.due,
        kept=counted.kept,
        tally=counted,
        lines=_lines(actor, today, plan, counted),
        unlined=counted.lines.get(None, Counter()).total(),
        troubles=_troubles(actor, today, rows, counted),
        standings=_standings(actor, today, plan, counted),
    )


def works_under(actor: Actor, plan: Plan) -> bool:
    """Whether the plan is of the actor's own town or county; an auditor reads every one."""
    paths = [post.unit_path for post in actor.posts]
    return "auditor" in actor.roles or any(path.startswith(plan.unit.path) for path in paths)


def year_rows(actor: Actor, today: date, plan: Plan) -> QuerySet[Task]:
    """The rows that the ledger lists for the plan's year, so that counts and lists agree."""
    return matching(actor, today, Filters(year=plan.year), plan.year)


def _working_days(plan: Plan, today: date) -> WorkingDays:
    first, last = date(plan.year, 1, 1), date(plan.year, 12, 31)
    calendar = calendar_of(plan.unit)
    until = min(today, last)
    gone = calendar.count(first, until) if until >= first else 0
    return WorkingDays(gone, calendar.count(first, last))


def _lines(actor: Actor, today: date, plan: Plan, counted: Tally) -> list[LineRow]:
    lines = list(goals.lines(actor, today, plan))
    people = holders(actor, [line.leader_post_id for line in lines if line.leader_post_id], today)
    return [
        _line(
            plan,
            line,
            people.get(line.leader_post_id) if line.leader_post_id else None,
            today,
            counted,
        )
        for line in lines
    ]


def _line(
    plan: Plan, line: WorkLine, leader: Person | None, today: date, counted: Tally
) -> LineRow:
    """The line's light: its sums against the months gone, by the pacing law's own comparison."""
    share = share_of(line)
    actual = None if share is None else Decimal(share) / 100
    year = Period.year(plan.year)
    seen = pacing.pace(pacing.LINEAR, year, today, actual)
    word: pacing.Word = "none"
    why = say("home.line.unknown")
    if actual is not None:
        facts = pacing.Facts(period=year, actual=actual, reported_on=today)
        word, why = pacing.judge(seen, facts, pacing.DEFAULT_RULE)
    gap = seen.gap_points
    return LineRow(
        line,
        leader,
        share,
        int(seen.expected * 100),
        None if gap is None else int(gap * 100),
        word,
        why,
        counted.lines.get(line.pk, Counter()),
    )


def _overdue(today: date) -> Q:
    """Handed over, not said to be done, and past the due date: late by the date alone."""
    over = NOT_HANDED | SAID_DONE | CLOSED | STOPPED
    return Q(due_on__lt=today) & ~Q(state__in=over)


def _troubles(
    actor: Actor, today: date, rows: QuerySet[Task], counted: Tally, most: int = TROUBLES
) -> list[Trouble]:
    """The worst few: past their date, then silent at a node, then far behind."""
    ranked = rows.filter(_overdue(today) | counted.pressing).annotate(
        rank=Case(When(due_on__lt=today, then=0), default=1, output_field=IntegerField())
    )
    said = F("last_report_on").asc(nulls_first=True)
    keys = list(ranked.order_by("rank", "due_on", said, "id").values_list("pk", flat=True)[:most])
    return told(actor, today, rows_of(actor, today, keys))


def told(actor: Actor, today: date, rows: Iterable[Row]) -> list[Trouble]:  # noqa: ARG001
    """Whose move it is for each row, and for how many days it has stood there; one query."""
    rows = list(rows)
    prefetch_related_objects([row.task for row in rows], "blocker_needs")
    return [_trouble(row, today) for row in rows]


def _trouble(row: Row, today: date) -> Trouble:
    task, carriers = row.task, row.carriers
    unit = carriers.lead_unit or task.unit
    name = carriers.person.name if carriers.person else ""
    who = f"{unit.short_name} {name}".strip()
    since = row.light.silent_since or task.due_on
    days = (today - since).days if since and since < today else None
    if task.state == Task.State.ASSIGNED:
        return Trouble(row, days, who, say("home.move.sign"))
    if task.blocker:
        needs = task.blocker_needs.short_name if task.blocker_needs else who
        return Trouble(row, days, needs, say("home.move.blocked", blocker=task.blocker))
    if row.light.word == "silent":
        return Trouble(row, days, who, say("home.move.report"))
    return Trouble(row, days, who, say("home.move.catch_up"))


def _standings(
    actor: Actor, today: date, plan: Plan, counted: Tally
) -> list[tuple[str, Sequence[Standing]]]:
    """Units in the order of the organisation: all for the town's leaders, else only one's own."""
    units = Unit.objects.filter(
        holds(today), jurisdiction=plan.jurisdiction, kind__in=STANDING, **subtree(plan.unit.path)
    ).order_by("path")
    if not (actor.roles & SEES_ALL):
        units = units.filter(pk__in=list(actor.unit_ids))
    offices: list[Standing] = []
    villages: list[Standing] = []
    for unit in units:
        group = villages if unit.kind == Unit.Kind.VILLAGE else offices
        group.append(_standing(unit, counted.units.get(unit.pk, Counter())))
    return [(kind, group) for kind, group in (("office", offices), ("village", villages)) if group]


def _standing(unit: Unit, counts: Counter[str]) -> Standing:
    well = counts["ok"] + counts["done"]
    return Standing(unit, well, counts.total(), counts["late"], counts["silent"])
