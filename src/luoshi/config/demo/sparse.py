"""The two neighbouring towns: a small plan each, so that the county's pages have three towns."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import NamedTuple
from uuid import UUID

from uuid6 import uuid7

from luoshi.config.demo.stage import Stage
from luoshi.domain.access import Actor
from luoshi.domain.workdays import SHANGHAI
from luoshi.goals import actions as goals
from luoshi.goals.models import Plan, WorkLine
from luoshi.journal.actions import replaying
from luoshi.ledger import actions as ledger
from luoshi.ledger import queries
from luoshi.ledger.actions import NewMilestone, NewTask, Said
from luoshi.ledger.carrying import Roles
from luoshi.ledger.models import Task
from luoshi.org.models import Post

ENTERED, FORCE = date(2026, 1, 15), date(2026, 1, 16)


class Item(NamedTuple):
    """A task: who leads it, its line, and what has been said of it so far (day, percent)."""

    title: str
    acceptance: str
    lead: int  # 0 to 2 an office, 3 to 5 a village, in the story's order
    line: int
    due_on: date
    said: tuple[tuple[date, int], ...]
    done: bool = False


LINES = ("产业发展", "乡村建设")
ITEMS: tuple[Item, ...] = (
    Item("集镇农贸市场改造", "通过竣工验收并开市", 1, 0, date(2026, 9, 30),
         ((date(2026, 3, 31), 25), (date(2026, 6, 12), 52))),
    Item("培育规上工业企业2家", "企业入库并取得统计代码", 1, 0, date(2026, 11, 30),
         ((date(2026, 4, 10), 20), (date(2026, 6, 10), 40))),
    Item("闲置厂房盘活1.2万平方米", "签订租赁合同并投产", 1, 0, date(2026, 10, 31),
         ((date(2026, 5, 8), 18),)),
    Item("高标准农田管护3200亩", "管护协议签订，渠系通水", 2, 0, date(2026, 6, 30),
         ((date(2026, 4, 30), 55), (date(2026, 6, 11), 88))),
    Item("茶园低产改造600亩", "县农业农村局现场验收", 2, 0, date(2026, 5, 31),
         ((date(2026, 4, 2), 45), (date(2026, 5, 22), 74))),
    Item("政务事项集中办理", "进驻事项不少于90项", 0, 1, date(2026, 4, 30),
         ((date(2026, 3, 12), 60),)),
    Item("村级道路拓宽2.4公里", "通过交工验收", 3, 1, date(2026, 8, 31),
         ((date(2026, 4, 15), 30), (date(2026, 6, 9), 60))),
    Item("村民活动场所修缮", "验收后交付使用", 4, 1, date(2026, 10, 20),
         ((date(2026, 5, 14), 35),)),
    Item("春耕物资调度", "种子化肥到位率100%", 2, 0, date(2026, 4, 10),
         ((date(2026, 3, 20), 70),), done=True),
    Item("社区养老食堂开办", "开餐满一个月", 5, 1, date(2026, 7, 15),
         ((date(2026, 4, 22), 40), (date(2026, 6, 12), 78))),
    Item("人居环境整治达标", "县级检查评分不低于85分", 3, 1, date(2026, 12, 10),
         ((date(2026, 3, 30), 22), (date(2026, 6, 8), 44))),
)  # fmt: skip


class _Town(NamedTuple):
    """A town, who signs, who types, and who could carry something."""

    name: str
    leader: Actor
    office: Actor
    carriers: tuple[str, ...]


def build(stage: Stage) -> None:
    """Plans, tasks and reports of every town but the main one."""
    main = stage.story.years[0].unit
    for unit in stage.story.units:
        if unit.kind == "town" and unit.key != main:
            _build(stage, _town(stage, unit.key))


def _town(stage: Stage, name: str) -> _Town:
    below = [unit.key for unit in stage.story.units if unit.parent == name]
    carriers = (*below, name)
    leader = stage.holder(f"{name}/党委书记", ENTERED)
    office = stage.holder(f"{below[0]}/主任", ENTERED)
    assert leader is not None
    assert office is not None
    return _Town(name, stage.actor(leader, ENTERED), stage.actor(office, ENTERED), carriers)


def _at(day: date, hour: int = 10) -> datetime:
    return datetime.combine(day, time(hour), SHANGHAI).astimezone(UTC)


def _build(stage: Stage, town: _Town) -> None:
    with replaying(_at(ENTERED, 9)):
        plan, lines = _plan(stage, town)
        tasks = _tasks(stage, town, plan, lines)
        goals.approve_plan(actor=town.leader, today=ENTERED, now=_at(ENTERED, 17), plan=plan)
    with replaying(_at(FORCE, 9)):
        found = queries.findings(town.leader, FORCE, plan)
        goals.put_in_force(
            actor=town.leader,
            today=FORCE,
            now=_at(FORCE, 9),
            plan=Plan.objects.select_related("unit").get(pk=plan.pk),
            errors=[finding for finding in found if finding.severity == "error"],
            warnings=[finding for finding in found if finding.severity == "warning"],
            signed=True,
        )
    for item, task in zip(ITEMS, tasks, strict=True):
        _play(stage, town, item, task)


def _plan(stage: Stage, town: _Town) -> tuple[Plan, list[WorkLine]]:
    made = goals.create_plan(
        actor=town.office, today=ENTERED, unit=stage.unit(town.name), year=ENTERED.year
    )
    plan = Plan.objects.select_related("unit").get(pk=made.id)
    for name in LINES:
        goals.add_line(
            actor=town.office,
            today=ENTERED,
            plan=plan,
            name=name,
            leader_post=Post.objects.get(pk=stage.posts[f"{town.name}/镇长"]),
        )
    return plan, list(plan.lines.order_by("number"))


def _head(stage: Stage, unit: str) -> str:
    """The post that answers for a unit."""
    return next(post.key for post in stage.story.posts if post.unit == unit)


def _tasks(stage: Stage, town: _Town, plan: Plan, lines: list[WorkLine]) -> list[Task]:
    items = [
        NewTask(
            id=uuid7(),
            title=item.title,
            line_id=lines[item.line].pk,
            measures="明确经办人，按节点推进，遇到问题当周报告",
            acceptance=item.acceptance,
            starts_on=date(2026, 2, 24),
            due_on=item.due_on,
            roles=_roles(stage, town, town.carriers[item.lead]),
            milestones=(NewMilestone(title="一季度末：方案和分工到位", due_on=date(2026, 3, 31)),),
        )
        for item in ITEMS
    ]
    ledger.register_tasks(
        actor=town.office, today=ENTERED, now=_at(ENTERED), items=items, plan=plan
    )
    rows = {row.pk: row for row in Task.objects.filter(plan=plan)}
    return [rows[item.id] for item in items]


def _roles(stage: Stage, town: _Town, lead: str) -> Roles:
    leader: UUID = stage.posts[f"{town.name}/镇长"]
    owner: UUID = stage.posts[_head(stage, lead)]
    return Roles(lead_leader=leader, lead_unit=stage.units[lead], owner=owner)


def _play(stage: Stage, town: _Town, item: Item, task: Task) -> None:
    ledger.assign(actor=town.office, today=FORCE, now=_at(FORCE, 11), task=task)
    holder = stage.holder(_head(stage, town.carriers[item.lead]), FORCE)
    assert holder is not None
    doer = _speaker(stage, town, holder, FORCE)
    ledger.sign_for(actor=doer, today=FORCE, now=_at(FORCE, 15), task=task)
    for day, percent in item.said:
        said = Said(text=f"按计划推进，{item.acceptance}的前期工作已完成", progress=percent * 100)
        ledger.report(actor=doer, today=day, now=_at(day), task=task, said=said)
    if item.done:
        _finish(town, item, task, doer)


def _speaker(stage: Stage, town: _Town, person: str, day: date) -> Actor:
    """Who reports: the person, or the town office for somebody without an account (代录)."""
    if any(account.person == person for account in stage.story.accounts):
        return stage.actor(person, day)
    office = stage.holder(f"{town.carriers[0]}/主任", day)
    assert office is not None
    return stage.actor(office, day, person)


def _finish(town: _Town, item: Item, task: Task, doer: Actor) -> None:
    day = item.due_on
    said = Said(text=f"{item.title}已完成，材料齐全，请予复核")
    ledger.report_done(actor=doer, today=day, now=_at(day), task=task, said=said)
    ledger.verify(
        actor=town.office, today=day, now=_at(day, 15), task=task, reason="查阅材料，属实"
    )
    ledger.close(actor=town.office, today=day, now=_at(day, 16), task=task)
