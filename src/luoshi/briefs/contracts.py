"""目标责任书: what a unit answers for this year, from the same rows as every other page.

Units only; posts and villages are off unless asked for. What the superiors took back
(上级收回事项) never enters a contract.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from luoshi.domain.access import Actor
from luoshi.domain.cascade import withdrawn_line
from luoshi.goals.models import Plan
from luoshi.ledger.models import Task
from luoshi.ledger.planfacts import counted, duty_lines
from luoshi.office.pieces import Piece, heading, para, table
from luoshi.org.models import Unit, subtree
from luoshi.org.queries import holds

OFFICES = (Unit.Kind.TOWN_OFFICE, Unit.Kind.INSTITUTION)
KINDS: Mapping[str, tuple[Unit.Kind, ...]] = {
    "offices": OFFICES,
    "stations": (Unit.Kind.STATION,),
    "villages": (Unit.Kind.VILLAGE,),
}
"""Which units sign: offices always; stations are asked (商请), villages govern themselves."""


BOUNDS: Mapping[str, str] = {">=": "不少于", "<=": "不超过", ">": "超过", "<": "少于", "~": "约"}
"""On paper, whatever the language of the page: data of the office."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A contract before it is kept."""

    unit: Unit
    title: str
    items: Sequence[Mapping[str, Any]]
    outside: Sequence[str]


def units_of(actor: Actor, today: date, plan: Plan, kinds: Sequence[str]) -> list[Unit]:
    """The units that sign, in the office's order."""
    asked = [kind for name in ("offices", *kinds) for kind in KINDS.get(name, ())]
    return list(
        Unit.objects.filter(
            holds(today),
            jurisdiction=actor.jurisdiction_id,
            kind__in=asked,
            **subtree(plan.unit.path),
        ).order_by("path")
    )


def draft_of(plan: Plan, unit: Unit) -> Draft:
    """What a unit leads in the plan, the highest of each branch; two queries.

    Work is said once: a part stays out where the unit leads the whole above it too.
    """
    rows = list(
        Task.objects.filter(plan=plan, unit=unit)
        .exclude(state__in=[Task.State.DRAFT, Task.State.CANCELLED])
        .order_by("tree", "id")
    )
    mine = {row.pk for row in rows}
    lines = duty_lines(plan.unit)
    items, outside = [], []
    for row in rows:
        if row.parent_id in mine or not counted(row):
            continue
        own = row.duty_id is not None
        if not own and withdrawn_line(row.title, lines) is not None:
            outside.append(row.title)
        else:
            items.append(_item(row))
    year, town = plan.year, plan.unit.name
    return Draft(unit, f"{town}{year}年度目标责任书（{unit.short_name}）", items, outside)


def _item(row: Task) -> dict[str, str]:
    target = ""
    if row.target_value is not None:
        bound = BOUNDS.get(row.target_op, "")
        target = f"{bound}{row.target_value.normalize():f}{row.target_unit}"
    return {
        "id": str(row.pk),
        "number": row.number,
        "title": row.title,
        "acceptance": row.acceptance or "待补",
        "due": _due(row),
        "target": target,
    }


def _due(row: Task) -> str:
    if row.due_on is not None:
        return f"{row.due_on.month}月{row.due_on.day}日"
    return "待补" if row.rhythm == Task.Rhythm.DATED else str(row.get_rhythm_display())


def pieces_of(plan: Plan, unit: Unit, items: Sequence[Mapping[str, Any]]) -> list[Piece]:
    """The contract as pieces of an official paper, signed by both sides."""
    town = plan.unit.name
    rows = [
        (
            str(number),
            item["title"],
            "；".join(text for text in (item["target"], item["acceptance"]) if text),
            item["due"],
        )
        for number, item in enumerate(items, start=1)
    ]
    return [
        para(
            f"为落实{plan.title}，{town}与{unit.name}就{plan.year}年度目标任务签订本责任书。"
            f"事项均出自年度计划和台账，共{len(items)}项。"
        ),
        heading("责任事项"),
        table([("序号", "目标任务", "目标值和完成标准", "完成时限"), *rows], (10, 32, 37, 21))
        if rows
        else para("本年度计划中没有由本单位牵头的事项。"),
        heading("履责要求"),
        para("1. 牵头事项由主要负责人负总责，责任到岗、落实到人，按台账确定的节点推进。"),
        para("2. 进展随节点和时限在台账报送，不另行填表；遇到困难提前说明，主动预警不扣分。"),
        para("3. 完成以复核结果为准；时限确需调整的，在到期前按程序申请。"),
        heading("其他"),
        para("未列入本责任书的临时性工作按交办程序办理。本责任书一式两份，双方各执一份。"),
        para("", indent=False),
        para(f"{town}（盖章）：　　　　　　　　{unit.short_name}（盖章）：", indent=False),
        para("负责人签字：　　　　　　　　　　负责人签字：", indent=False),
    ]


CONTRACTS_JOB = "briefs.contracts"


def key_of(plan_id: UUID, number: str) -> str:
    """The key of the job that makes a plan's contracts for the n-th time."""
    return f"{CONTRACTS_JOB}:{plan_id}:{number}"
