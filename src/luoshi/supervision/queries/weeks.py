"""Weekly lists: what one may read, one list with its lines, what became of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from luoshi.domain import weekly
from luoshi.domain.access import Actor, Allowed, may
from luoshi.domain.base import Refused, Sentence, say
from luoshi.domain.weekly import Week
from luoshi.goals.queries import read_by
from luoshi.ledger.models import Task
from luoshi.ledger.queries import NOBODY, Owed, Row, roles_of, rows_of, visible_tasks
from luoshi.ledger.queries.choosing import Choice, people_to_type_for, unit_choices
from luoshi.org.calendars import calendar_of
from luoshi.org.models import Unit
from luoshi.org.queries import town_of
from luoshi.supervision.models import WeeklyLine, WeeklyList

KEPT = 60
"""Lists of the page of all lists: more than a year."""
GONE = frozenset({Task.State.CANCELLED.value})


@dataclass(frozen=True, slots=True)
class LineShown:
    """A line as page and paper show it: why, its item's row, whether it is one's own."""

    line: WeeklyLine
    row: Row
    mine: bool

    @property
    def why(self) -> Sentence:
        """Why it stands on the list."""
        return weekly.told(self.line.why, self.line.why_on, self.line.carried)  # type: ignore[arg-type]

    @property
    def who(self) -> str:
        """The lead unit and the person who carries it."""
        carriers = self.row.carriers
        unit = carriers.lead_unit or self.row.task.unit
        return f"{unit.short_name} {carriers.person.name}" if carriers.person else unit.short_name

    @property
    def leader(self) -> str:
        """The leader who answers for it, by name where the post is held."""
        carriers = self.row.carriers
        if carriers.leader:
            return carriers.leader.name
        return carriers.lead_leader.title if carriers.lead_leader else ""

    @property
    def to_leader(self) -> bool:
        """Carried over twice: it goes to the leader."""
        carried = self.line.carried
        if self.line.outcome == WeeklyLine.Outcome.CARRIED:
            carried = weekly.carried_after(carried, "carried")
        return weekly.goes_to_leader(carried)

    @property
    def gone(self) -> bool:
        """Whether the item was called off meanwhile."""
        return self.row.task.state in GONE


@dataclass(frozen=True, slots=True)
class WeekPage:
    """A list with the lines that the actor may see; `total` counts all of its lines."""

    row: WeeklyList
    lines: Sequence[LineShown]
    total: int
    is_office: bool
    may_run: bool

    @property
    def week(self) -> Week:
        """The list's week."""
        return Week(self.row.year, self.row.week)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many of the lines in view are done, carried over, cancelled."""
        found = dict.fromkeys(WeeklyLine.Outcome.values, 0)
        for shown in self.lines:
            if shown.line.outcome:
                found[shown.line.outcome] += 1
        return found

    @property
    def may_add(self) -> bool:
        """Whether the actor may add lines: the office, and leaders their own."""
        return self.row.state == WeeklyList.State.DRAFT and (self.is_office or self.may_run)


def week_lists(actor: Actor, today: date) -> QuerySet[WeeklyList]:
    """Lists of units the actor sees, and of the town the actor works in; the latest first."""
    rows = WeeklyList.objects.filter(jurisdiction=actor.jurisdiction_id)
    if not actor.is_system:
        rows = rows.filter(read_by(actor, today))
    return rows.select_related("unit").order_by("-from_on", "unit__path")


def weeks(actor: Actor, today: date) -> Sequence[WeeklyList]:
    """The lists that the actor may read, with counts of their lines; one query.

    Counts are of the whole list: a number tells nothing of an item.
    """
    rows = week_lists(actor, today).annotate(
        n=Count("lines"),
        done=Count("lines", filter=Q(lines__outcome="done")),
        over=Count("lines", filter=Q(lines__outcome="carried")),
    )
    return list(rows[:KEPT])


def week_for(actor: Actor, today: date, list_id: UUID) -> WeeklyList | None:
    """One list that the actor may read, or None."""
    return week_lists(actor, today).filter(pk=list_id).first()


def this_week(actor: Actor, today: date) -> WeeklyList | None:
    """The own town's latest list that begins no later than today, or else its draft."""
    town = town_of(actor)
    if town is None:
        return None
    rows = week_lists(actor, today).filter(unit=town)
    return rows.filter(from_on__lte=today).first() or rows.first()


def place_to_plan(actor: Actor) -> Unit | None:
    """The town whose lists, meetings and recurring work the actor runs; None: nowhere."""
    town = town_of(actor)
    if town is None or town.kind != Unit.Kind.TOWN:
        return None
    return town if isinstance(may(actor, "assign", town.path), Allowed) else None


def next_draft(actor: Actor, today: date) -> Week | None:
    """The week whose list the actor could draft now; None where it is there or not the actor's."""
    town = place_to_plan(actor)
    if town is None:
        return None
    week = weekly.to_draft(today, calendar_of(town))
    there = WeeklyList.objects.filter(
        jurisdiction=town.jurisdiction, unit=town, year=week.year, week=week.number
    )
    return None if there.exists() else week


def week_page(actor: Actor, today: date, row: WeeklyList) -> WeekPage:
    """A list with its lines whose items the actor sees; a constant number of queries."""
    seen = visible_tasks(actor, today).filter(weekly_lines__list=row)
    lines = list(row.lines.filter(task__in=seen.values("pk")).order_by("position", "id"))
    rows = {one.task.pk: one for one in rows_of(actor, today, [line.task_id for line in lines])}
    office = any(
        post.role == "town_office" and row.unit.path.startswith(post.scope_path)
        for post in actor.posts
    )
    shown = [
        LineShown(line, rows[line.task_id], office or line.leader_post_id in actor.post_ids)
        for line in lines
    ]
    runs = isinstance(may(actor, "assign", row.unit.path), Allowed)
    return WeekPage(row, shown, row.lines.count(), office, runs)


def line_for(actor: Actor, today: date, line_id: UUID) -> WeeklyLine | None:
    """One line of a list in view whose item the actor sees, or None."""
    return (
        WeeklyLine.objects.filter(
            pk=line_id,
            list__in=week_lists(actor, today).order_by().values("pk"),
            task__in=visible_tasks(actor, today).values("pk"),
        )
        .select_related("list__unit", "task__unit")
        .first()
    )


def demand_mine(actor: Actor, line: WeeklyLine) -> None:
    """Each leader edits own lines only, the office of the town all."""
    path = line.list.unit.path
    office = any(p.role == "town_office" and path.startswith(p.scope_path) for p in actor.posts)
    if not (actor.is_system or office or line.leader_post_id in actor.post_ids):
        raise Refused(say("supervision.week.not_yours"))


def speakers(actor: Actor, today: date, lines: Sequence[LineShown]) -> Mapping[UUID, list[Choice]]:
    """Who may be typed for at each line (代录), by line; used where the meeting is written up.

    One question a line: a list has some twenty lines, and the page is opened once a week.
    """
    roles = roles_of([shown.row.task.pk for shown in lines])
    return {
        shown.line.pk: people_to_type_for(
            actor, today, shown.row.task, roles.get(shown.row.task.pk, NOBODY)
        )
        for shown in lines
    }


def add_choices(actor: Actor, today: date, row: WeeklyList) -> tuple[list[Choice], list[Choice]]:
    """Units that may carry a typed line, and open items that are not on the list yet."""
    tasks = (
        visible_tasks(actor, today)
        .filter(state__in=("assigned", "signed", "under_way"), is_leaf=True)
        .exclude(weekly_lines__list=row)
    )
    if not any(post.role == "town_office" for post in actor.posts):
        mine = Q(assignments__post__in=list(actor.post_ids), assignments__role="lead_leader")
        led = Q(line__leader_post__in=list(actor.post_ids))
        tasks = tasks.filter((mine & Q(assignments__to_on__isnull=True)) | led).distinct()
    found = tasks.order_by("due_on", "tree", "id").values_list("pk", "number", "title")[:300]
    return (
        unit_choices(actor, today, row.unit),
        [(str(key), f"{number} {title[:60]}") for key, number, title in found],
    )


def task_of(actor: Actor, today: date, task_id: UUID) -> Task | None:
    """An open item that the actor sees, with what a line needs of it."""
    rows = visible_tasks(actor, today).select_related("unit", "line")
    return rows.filter(pk=task_id).first()


def carried_twice(actor: Actor, today: date) -> Sequence[Owed]:
    """周清单结转两次的: items of the actor's own lines that the last closed list carried again.

    They go to the leader, who says what shall become of them. Two queries.
    """
    if "leader" not in actor.roles:
        return []
    town = town_of(actor)
    last = (
        town
        and WeeklyList.objects.filter(jurisdiction=actor.jurisdiction_id, unit=town, state="closed")
        .order_by("-from_on")
        .first()
    )
    if not last:
        return []
    rows = WeeklyLine.objects.filter(
        list=last,
        outcome=WeeklyLine.Outcome.CARRIED,
        carried__gte=weekly.TWICE - 1,
        leader_post__in=list(actor.post_ids),
    )
    open_rows = rows.exclude(task__state__in=["completed", "cleared", "archived", "cancelled"])
    return [
        Owed(
            "carried",
            line.task,
            last.to_on,
            max((today - last.to_on).days, 0),
            say("weekly.owed", n=line.carried + 1),
        )
        for line in open_rows.select_related("task__unit", "task__plan").order_by("position")
    ]
