"""走访 and 盯办: where leaders went in the weeks before the story's today, and what they watch.

All of it is our own writing; what a visit is about is what stood in the way that day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from uuid import UUID

from luoshi.config.demo import clock, yearbook
from luoshi.config.demo.people import MAYOR, SECRETARY
from luoshi.config.demo.shapes import TODAY
from luoshi.config.demo.stage import Stage
from luoshi.config.demo.units import TOWN
from luoshi.domain.access import Actor
from luoshi.domain.workdays import SHANGHAI
from luoshi.ledger.models import Assignment, Blocker, Task
from luoshi.supervision import actions
from luoshi.supervision.actions import Note, Promised

Step = tuple[datetime, Callable[[], object]]
EVENING = time(17, 20)
INDUSTRY, FARMING, BUILDING = (f"{TOWN}/副镇长（{line}）" for line in ("工业", "农业农村", "城建"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One visit: how many working days ago, whose post, what was seen, what was promised."""

    ago: int
    post: str
    seen: str
    typed: bool = False
    promised: str = ""
    unit: str = ""


VISITS = (
    Told(
        ago=48, post=BUILDING,
        seen="现场看了作业面和剩余工程量，卡在前置手续，已当场电话对接有关站所，约定一周内给回话。",
    ),
    Told(
        ago=33, post=FARMING, typed=True,
        seen="到田头和农户座谈，堵点属实；村里有办法绕开，但要镇里出面协调邻村让路。",
    ),
    Told(
        ago=24, post=INDUSTRY,
        seen="进企业看了三个车间，设备已到位，缺的是最后一道审批和两名技术工人。",
    ),
    Told(
        ago=13, post=BUILDING, typed=True,
        seen="雨后复看，工地排水已通，材料进场比计划晚四天，施工方答应加一个班组。",
    ),
    Told(
        ago=8, post=MAYOR,
        seen="和包抓单位一起到现场过了一遍堵点，责任已当场分清，缺口列了清单。",
        promised="核清卡点清单，逐条明确办理单位和时限", unit="党政办",
    ),
    Told(
        ago=5, post=FARMING,
        seen="看了泵站和两条渠，主体完工，验收材料还差两份，村里说缺人整理。",
        promised="派人帮村里把验收材料补齐", unit="农业农村办",
    ),
)  # fmt: skip
WATCHED = (
    (SECRETARY, ("听一次专题汇报，卡点当场定人定时", "约县直部门主要负责人面商一次")),
    (MAYOR, ("到现场看剩余工程量，倒排到周", "约谈牵头单位，问清卡在哪里")),
    (INDUSTRY, ("陪企业跑一次县行政审批局", "和项目中心对一次开工手续清单")),
    (FARMING, ("到村里和农户开一次院坝会", "请县农业农村局来人看一次现场")),
    (BUILDING, ("上工地开一次现场会，定下交叉作业顺序", "催施工方报赶工方案")),
)


def steps(stage: Stage, year: int) -> Iterator[Step]:
    """Each visit at the end of its day, the lists this week; of the running year only."""
    if year != TODAY.year:
        return
    for told in VISITS:
        at = datetime.combine(clock.add(TODAY, -told.ago), EVENING, SHANGHAI)
        yield at, _noted(stage, told, at)
    for n, (post, words) in enumerate(WATCHED):
        at = datetime.combine(clock.add(TODAY, -3), time(9, 10 + n), SHANGHAI)
        yield at, _watched(stage, post, words, at)


def _noted(stage: Stage, told: Told, at: datetime) -> Callable[[], object]:
    return lambda: _note(stage, told, at)


def _watched(stage: Stage, post: str, words: tuple[str, ...], at: datetime) -> Callable[[], object]:
    return lambda: _watch(stage, post, words, at)


def _writer(stage: Stage, post: str, day: date, *, typed: bool = False) -> Actor:
    person = stage.holder(post, day)
    assert person is not None
    return yearbook.clerk(stage, day) if typed else stage.actor(person, day)


def _led(post_id: UUID) -> list[UUID]:
    """What the post leads."""
    rows = Assignment.objects.filter(post=post_id, role="lead_leader", to_on__isnull=True)
    return list(rows.values_list("task", flat=True))


def _note(stage: Stage, told: Told, at: datetime) -> None:
    day, post = at.date(), stage.posts[told.post]
    open_ = Blocker.objects.filter(jurisdiction=stage.jurisdiction).exclude(state="cleared")
    mine = open_.filter(task__in=_led(post)) if told.post != MAYOR else open_
    first = mine.select_related("task__unit").order_by("-raised_on", "id").first()
    promised = None
    if told.promised:
        due = clock.add(TODAY, 12)
        promised = Promised(
            text=told.promised, unit_id=stage.units[told.unit], due_on=due, despite=True
        )
    note = Note(
        visited_on=day,
        place=f"{first.task.unit.short_name}现场" if first else "集镇工地",
        seen=told.seen,
        post_id=post,
        blockers=(first.pk,) if first else (),
        promised=promised,
    )
    actor = _writer(stage, told.post, day, typed=told.typed)
    actions.note_visit(actor=actor, today=day, now=at.astimezone(UTC), note=note)


def _watch(stage: Stage, post: str, words: tuple[str, ...], at: datetime) -> None:
    day = at.date()
    rows = Task.objects.filter(
        pk__in=_led(stage.posts[post]), state=Task.State.UNDER_WAY, is_leaf=True
    ).order_by("due_on", "id")
    for n, task in enumerate(rows[: len(words)]):
        actions.watch(
            actor=_writer(stage, post, day),
            today=day,
            now=at.astimezone(UTC),
            task=task,
            step=words[n],
            step_on=clock.add(TODAY, 3 * n - 1),
            post_id=stage.posts[post],
        )
