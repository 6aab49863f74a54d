"""The whole story as data: `plan(seed)` is pure; the same seed tells the same story."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

from luoshi.config.demo import lines, people, units
from luoshi.config.demo.casting import Cast, Company, assignments, cast, company
from luoshi.config.demo.fates import fates
from luoshi.config.demo.shapes import (
    TODAY,
    DemoEvent,
    DemoFault,
    DemoMilestone,
    DemoPlan,
    DemoYear,
)
from luoshi.config.demo.steps import dependencies, durations, milestones, steps
from luoshi.config.demo.story import YEAR_CLOSED_ON, tell
from luoshi.config.demo.teller import Teller
from luoshi.config.demo.works import PLANNED_ON, Sprout, sprouts
from luoshi.domain.closing import Verb

NAME_BY = date(2026, 7, 3)
FAULTY: tuple[tuple[str, str, str], ...] = (
    ("C01", "园区双回路供电接入", "责任人待定，分管领导应于7月3日前明确"),
    ("C01", "新桥社区旧粮站改造小微园28亩", "责任人待定，分管领导应于7月3日前明确"),
    ("C02", "村级图书角和家电维修点", "没有完成时限"),
    ("C04", "高新技术产业产值占比提升", "没有完成标准"),
    ("C05", "城乡居民医保参保率稳定在97%以上", "民生服务专线权重合计不足100"),
    ("C07", "检测资质认定", "下级任务时限晚于上级任务"),
    ("C13", "新增公共充电桩50个", "责任岗位空缺：村建办规划岗"),
)


def plan(seed: int) -> DemoPlan:
    """The county, its people, the closed year 2025, and 2026 as it stands on 2026-06-18."""
    rng = random.Random(seed)  # noqa: S311 - a story, not a secret
    found = durations(_faulty(sprouts()))
    troupe = company()
    parts = [_cast(rng, sprout, troupe) for sprout in found]
    nodes = {sprout.task.key: list(milestones(sprout)) for sprout in found}
    dealt = fates(rng, [sprout.task for sprout in found], nodes)
    found = [
        replace(
            sprout,
            task=replace(sprout.task, fate=dealt[sprout.task.key], assigner=part.assigner),
        )
        for sprout, part in zip(found, parts, strict=True)
    ]
    return DemoPlan(
        today=TODAY,
        units=units.units(),
        links=units.links(),
        posts=people.posts(),
        people=people.people(),
        terms=people.terms(),
        accounts=people.accounts(),
        years=_years(),
        lines=lines.lines(),
        goals=lines.goals(),
        notes=lines.notes(),
        tasks=tuple(sprout.task for sprout in found),
        milestones=tuple(node for sprout in found for node in nodes[sprout.task.key]),
        steps=tuple(step for sprout in found for step in steps(sprout)),
        dependencies=dependencies([sprout.task for sprout in found]),
        assignments=tuple(
            row
            for sprout, part in zip(found, parts, strict=True)
            for row in assignments(sprout, part)
        ),
        events=_events(rng, troupe, found, parts, nodes),
        faults=_faults(found),
    )


def _cast(rng: random.Random, sprout: Sprout, troupe: Company) -> Cast:
    part = cast(rng, sprout, troupe)
    vacant = sprout.task.title == _title("C13")
    return replace(part, owner="村建办/规划岗") if vacant else part


def _years() -> tuple[DemoYear, ...]:
    town = units.TOWN
    return (
        DemoYear(2025, town, "closed", "speech_2025.txt", PLANNED_ON[2025], YEAR_CLOSED_ON),
        DemoYear(2026, town, "in_force", "speech_2026.txt", PLANNED_ON[2026]),
    )


def _title(code: str) -> str:
    return next(title for fault, title, _ in FAULTY if fault == code)


def _faulty(found: list[Sprout]) -> list[Sprout]:
    """Leave a few faults in the plan of 2026, as real plans have them."""
    unnamed = {title for code, title, _ in FAULTY if code == "C01"}
    mended: list[Sprout] = []
    for sprout in found:
        task = sprout.task
        if task.title in unnamed:
            task = replace(task, name_owner_by=NAME_BY)
        elif task.title == _title("C02"):
            task = replace(task, due_on=None)
        elif task.title == _title("C04"):
            task = replace(task, done_when="")
        elif task.title == _title("C05"):
            task = replace(task, weight=task.weight - 2)
        elif task.title == _title("C07"):
            task = replace(task, due_on=date(2026, 7, 15))
        mended.append(replace(sprout, task=task))
    return mended


def _faults(found: list[Sprout]) -> tuple[DemoFault, ...]:
    keys = {sprout.task.title: sprout.task.key for sprout in found}
    return tuple(DemoFault(code, keys[title], why) for code, title, why in FAULTY)


def _events(
    rng: random.Random,
    troupe: Company,
    found: list[Sprout],
    parts: list[Cast],
    nodes: dict[str, list[DemoMilestone]],
) -> tuple[DemoEvent, ...]:
    """Every task's story, parts before wholes, woven into one sequence by time."""
    told: list[DemoEvent] = []
    closed: dict[str, date] = {}
    wholes = {sprout.task.parent for sprout in found if sprout.task.parent}
    pairs = list(zip(found, parts, strict=True))
    for sprout, part in sorted(pairs, key=lambda pair: pair[0].task.key in wholes):
        task = sprout.task
        own = tuple(nodes[task.key])
        teller = Teller(rng, troupe, sprout, part, own, task.key in wholes, closed.get(task.key))
        events = tell(teller)
        told.extend(events)
        if task.parent and events:
            last = max(event.at.date() for event in events if event.verb is not Verb.ARCHIVE)
            closed[task.parent] = max(closed.get(task.parent, last), last)
    ordered = sorted(told, key=lambda event: event.at)
    return tuple(replace(event, number=number) for number, event in enumerate(ordered, start=1))
