"""每日一页: what must be known this morning, at most fifteen lines on one A4."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from uuid import UUID

from django.db.models import Q, QuerySet, prefetch_related_objects

from luoshi.domain.access import Actor
from luoshi.domain.base import Sentence, say
from luoshi.domain.intake import say_due
from luoshi.domain.workdays import SHANGHAI
from luoshi.goals import queries as goals
from luoshi.goals.models import Plan
from luoshi.home.days import since_last_working_day
from luoshi.ledger.judging import CLOSED, NOT_HANDED, OVER, SAID_DONE, STOPPED, sign_until
from luoshi.ledger.models import Task
from luoshi.ledger.queries import Carriers, carriers_of, visible_tasks
from luoshi.supervision.models import Extension

MOST = 15
SHARES: dict[str, int] = {"report": 3, "unanswered": 3, "appear": 4, "soon": 4}
"""Lines of each part; the counts are the fifteenth."""
AHEAD = timedelta(days=3)

Part = Literal["report", "unanswered", "appear", "soon"]


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the page: when, what, and the sentence that says what to do with whom."""

    task: Task
    when: datetime | date | None
    text: Sentence
    who: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page: its lines, and how many there are in all."""

    part: Part
    items: Sequence[Item]
    total: int

    @property
    def more(self) -> int:
        """How many stand in the ledger and not on the page."""
        return self.total - len(self.items)


@dataclass(frozen=True, slots=True)
class Daily:
    """The morning's page; empty where nothing presses (今日无急办)."""

    plan: Plan | None
    sections: Sequence[Section]
    overdue: int
    blocked: int
    disputed: int

    @property
    def lines(self) -> int:
        """Lines on the page, the counts being one."""
        return sum(len(part.items) for part in self.sections) + bool(self.trouble)

    @property
    def trouble(self) -> int:
        """Whether there is any trouble to count."""
        return self.overdue + self.blocked + self.disputed

    @property
    def empty(self) -> bool:
        """今日无急办."""
        return not self.lines


def daily(actor: Actor, today: date) -> Daily:
    """What the actor must know this morning; a constant number of queries.

    What must be reported upward and at what hour; 我交办的未回 (assigned by me and past the hour
    for signing, or past its date without a word); counts of trouble; 该我出面的 with the sentence
    to say and to whom; what falls due within three days, and what passed since the last working
    day. Only open items that the actor sees; at most fifteen lines.
    """
    plan = goals.current_plan(actor, today)
    open_rows = (
        visible_tasks(actor, today)
        .exclude(state__in=NOT_HANDED | CLOSED | STOPPED)
        .select_related("plan", "unit")
    )
    found = {
        "report": _to_report(open_rows, today),
        "unanswered": _unanswered(actor, open_rows, today),
        "appear": _mine_to_settle(actor, open_rows, today),
        "soon": _soon(open_rows, today, plan),
    }
    sections = _sections(actor, today, found)
    return Daily(
        plan,
        sections,
        overdue=open_rows.filter(due_on__lt=today).exclude(state__in=SAID_DONE).count(),
        blocked=open_rows.exclude(blocker="").count(),
        disputed=open_rows.filter(state=Task.State.DISPUTED).count(),
    )


Draft = tuple[list[Task], int]


def _sections(actor: Actor, today: date, found: dict[str, Draft]) -> list[Section]:
    """Lines with the names of who carries each, and no item twice."""
    seen: set[UUID] = set()
    kept: dict[str, list[Task]] = {}
    for part in ("appear", "report", "unanswered", "soon"):
        rows = [task for task in found[part][0] if task.pk not in seen][: SHARES[part]]
        seen.update(task.pk for task in rows)
        kept[part] = rows
    tasks = [task for rows in kept.values() for task in rows]
    prefetch_related_objects(tasks, "blocker_needs", "paper")
    people = carriers_of(actor, today, [task.pk for task in tasks])
    nobody = Carriers()
    parts: tuple[Part, ...] = ("report", "unanswered", "appear", "soon")
    return [
        Section(
            part,
            [_item(part, task, people.get(task.pk, nobody), today) for task in kept[part]],
            max(found[part][1], len(kept[part])),
        )
        for part in parts
        if kept[part]
    ]


def _few(rows: QuerySet[Task]) -> Draft:
    """The first rows (enough to skip those named elsewhere) and how many there are."""
    return list(rows[:MOST]), rows.count()


def _to_report(rows: QuerySet[Task], today: date) -> Draft:
    """Superiors' and internal hours that strike today or have struck, and papers not yet out.

    What was written is not out: a paper stands here until its answer has left (报出登记).
    """
    end = datetime.combine(today, time.max, SHANGHAI)
    asked = rows.filter(Q(due_at__lte=end) | Q(internal_due_at__lte=end))
    asked = asked.exclude(paper__reports__left_at__isnull=False).exclude(paper__answer_form="none")
    waits = ~Q(state__in=SAID_DONE) | Q(paper__isnull=False)
    return _few(asked.filter(waits).order_by("due_at", "internal_due_at", "id"))


def _unanswered(actor: Actor, rows: QuerySet[Task], today: date) -> Draft:
    """Assigned by me: not signed for in its time, or past its date with nobody having said done."""
    if actor.person_id is None:
        return [], 0
    mine = rows.filter(assigned_by_id=actor.person_id)
    late = Q(due_on__lt=today) & ~Q(state__in=OVER)
    waiting = list(mine.filter(late | Q(state=Task.State.ASSIGNED)).order_by("due_on", "id")[:500])
    owed = [task for task in waiting if _no_answer(task, today)]
    return owed, len(owed)


def _no_answer(task: Task, today: date) -> bool:
    if task.state != Task.State.ASSIGNED:
        return True
    by = sign_until(task)
    return by is not None and by < datetime.combine(today, time(8), SHANGHAI)


def _mine_to_settle(actor: Actor, rows: QuerySet[Task], today: date) -> Draft:  # noqa: ARG001
    """该我出面的: disputes to rule, blockers that need another unit, extensions that wait."""
    if not actor.has("assign"):
        return [], 0
    waiting = Extension.objects.filter(
        state__in=(Extension.State.ASKED, Extension.State.AGREED),
        task__in=rows.order_by().values("pk"),
    )
    mine = rows.filter(
        Q(state=Task.State.DISPUTED)
        | (~Q(blocker="") & Q(blocker_needs__isnull=False))
        | Q(pk__in=waiting.values("task"))
    )
    return _few(mine.order_by("blocked_on", "due_on", "id"))


def _soon(rows: QuerySet[Task], today: date, plan: Plan | None) -> Draft:
    """Due within three days, or past the date since the last working day."""
    first = since_last_working_day(today, plan)[0] if plan else today
    near = rows.filter(due_on__gte=first, due_on__lte=today + AHEAD)
    return _few(near.exclude(state__in=SAID_DONE).order_by("due_on", "tree", "id"))


def _item(part: Part, task: Task, carriers: Carriers, today: date) -> Item:
    unit = carriers.lead_unit or task.unit
    name = carriers.person.name if carriers.person else ""
    who = f"{unit.short_name}{name}"
    if part == "report":
        at = task.due_at or task.internal_due_at
        assert at is not None
        local = at.astimezone(SHANGHAI)
        paper = getattr(task, "paper", None)
        if paper is not None:
            told = say("home.daily.paper", who=who, to=paper.sender, due=say_due(at, today))
            return Item(task, local, told, who)
        return Item(task, local, say("home.daily.report", who=who, hour=f"{local:%H:%M}"), who)
    if part == "unanswered":
        if task.state == Task.State.ASSIGNED:
            return Item(task, task.due_on, say("home.daily.unsigned", who=who), who)
        assert task.due_on is not None
        days = (today - task.due_on).days
        return Item(task, task.due_on, say("home.daily.no_word", who=who, days=days), who)
    if part == "soon":
        return _due(task, who, today)
    return _settle(task, who)


def _due(task: Task, who: str, today: date) -> Item:
    assert task.due_on is not None
    days = (task.due_on - today).days
    if days < 0:
        return Item(task, task.due_on, say("home.daily.newly_late", who=who, days=-days), who)
    if days == 0:
        return Item(task, task.due_on, say("home.daily.due_today", who=who), who)
    return Item(task, task.due_on, say("home.daily.due_soon", who=who, days=days), who)


def _settle(task: Task, who: str) -> Item:
    """The sentence to say, and to whom."""
    if task.state == Task.State.DISPUTED:
        return Item(task, task.due_on, say("home.daily.rule", who=who, title=task.title), who)
    if task.blocker and task.blocker_needs:
        to = task.blocker_needs.short_name
        told = say("home.daily.unblock", to=to, who=who, blocker=task.blocker, title=task.title)
        return Item(task, task.blocked_on, told, to)
    return Item(task, task.due_on, say("home.daily.extension", who=who, title=task.title), who)
