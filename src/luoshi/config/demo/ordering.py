"""督办单: what the office followed up by paper in the weeks before the story's today.

One in each stage: done and filed, partly rectified, overdue, returned, just handed out; and one of
an item of the plan that is behind. All of it is our own writing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from luoshi.config.demo import clock, yearbook
from luoshi.config.demo.people import MAYOR, OFFICE_HEAD, SECRETARY
from luoshi.config.demo.shapes import TODAY
from luoshi.config.demo.stage import Stage
from luoshi.domain.access import Actor
from luoshi.domain.workdays import SHANGHAI
from luoshi.ledger import actions as ledger
from luoshi.ledger.actions import Said
from luoshi.ledger.models import Task
from luoshi.ledger.queries import Roles
from luoshi.supervision import actions, queries
from luoshi.supervision.actions import NewOrder
from luoshi.supervision.models import Order

Step = tuple[datetime, Callable[[], object]]
DESK = "党政办/副主任（督办）"
MORNING, NOON, EVENING = time(9, 20), time(11, 10), time(16, 40)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One order: how many working days ago, what, from whom, for whom, and how far it went."""

    ago: int
    title: str
    source: str
    basis: str
    requirement: str
    acceptance: str
    unit: str
    owner: str
    asked_by: str
    urgency: str = "ordinary"
    signed: bool = True
    said: str = ""
    done: str = ""
    back: str = ""
    result: str = ""
    note: str = ""


ORDERS = (
    Told(
        ago=21, title="整治集镇农贸市场周边占道经营", source="meeting",
        basis="5月党政联席会第四项",
        requirement="划定临时摊位，劝导入市，清理占道摊点，早晚各巡查一次",
        acceptance="连续一周巡查无占道摊点", unit="平安办", owner="平安办/主任", asked_by=MAYOR,
        done="划定临时摊位26个，占道摊点已全部入市，连续一周巡查无回潮",
        result="rectified", note="复核属实，巡查记录齐全",
    ),
    Told(
        ago=15, title="补齐村级小型水利设施管护台账", source="inspection",
        basis="县水利局年初检查反馈", requirement="逐村核对塘坝、泵站，明确管护人，缺的补齐",
        acceptance="每处设施有管护人、有巡查记录", unit="农业农村办", owner="农业农村办/主任",
        asked_by=MAYOR, said="已核对11个村，塘坝管护人全部明确，泵站还差4处",
        result="partly", note="塘坝已补齐，泵站尚差4处，汛后再看",
    ),
    Told(
        ago=9, title="消除镇敬老院消防隐患", source="instruction",
        basis="镇长6月上旬调研养老服务时要求",
        requirement="更换老化线路，补配灭火器，疏通后院消防通道",
        acceptance="消防通道畅通，器材在有效期内", unit="社会事务办", owner="社会事务办/主任",
        asked_by=MAYOR, urgency="urgent", said="灭火器已补配，后院通道正在清理，线路待电工进场",
    ),
    Told(
        ago=4, title="协调解决工业集中区夜间噪声投诉", source="request",
        basis="群众来访反映", requirement="现场核实，督促企业调整作业时间，答复来访群众",
        acceptance="夜间不再作业，群众得到答复", unit="村建办", owner="村建办/主任",
        asked_by=SECRETARY,
        signed=False, back="噪声监管不在本办职责内，建议由平安办会同企业服务单位办理",
    ),
    Told(
        ago=1, title="排查沿河三村临河危房", source="instruction",
        basis="书记6月中旬防汛检查时要求", requirement="逐户排查，住人的先撤离，列出名单和措施",
        acceptance="住人危房全部撤离，一户一策", unit="村建办", owner="村建办/主任",
        asked_by=SECRETARY, urgency="most_urgent", signed=True,
    ),
    Told(
        ago=0, title="上报半年项目用地需求", source="paper",
        basis="县自然资源部门来文", requirement="逐个项目核对用地面积、地类和批次，报党政办汇总",
        acceptance="项目不漏、面积与图斑一致", unit="项目中心", owner="项目中心/主任",
        asked_by=MAYOR, signed=False,
    ),
)  # fmt: skip


def steps(stage: Stage, year: int) -> Iterator[Step]:
    """Every order with what came of it, each at its instant; of the running year only."""
    if year != TODAY.year:
        return
    for told in ORDERS:
        day = clock.add(TODAY, -told.ago)
        at = datetime.combine(day, MORNING, SHANGHAI)
        yield at, _step(_register, stage, told, at)
        if told.back:
            yield from _later(stage, told, day, 1, _return)
        if told.signed:
            noon = datetime.combine(day, NOON, SHANGHAI)
            yield noon, _step(_sign, stage, told, noon)
        if told.said:
            yield from _later(stage, told, day, 4, _report)
        if told.done:
            yield from _later(stage, told, day, 6, _report)
            yield from _later(stage, told, day, 7, _verify)
            yield from _later(stage, told, day, 8, _close)
        if told.result:
            yield from _later(stage, told, day, 10, _conclude)
    behind = clock.add(TODAY, -2)
    at = datetime.combine(behind, EVENING, SHANGHAI)
    yield at, lambda: _of_the_plan(stage, at)


def _step(
    act: Callable[[Stage, Told, datetime], object], stage: Stage, told: Told, at: datetime
) -> Callable[[], object]:
    return lambda: act(stage, told, at)


def _later(
    stage: Stage, told: Told, day: date, days: int, act: Callable[[Stage, Told, datetime], object]
) -> Iterator[Step]:
    at = datetime.combine(clock.add(day, days), EVENING, SHANGHAI)
    yield at, _step(act, stage, told, at)


def _common(actor: Actor, at: datetime) -> dict[str, Any]:
    return {"actor": actor, "today": at.date(), "now": at.astimezone(UTC)}


def _holder(stage: Stage, post: str, day: date) -> Actor:
    person = stage.holder(post, day)
    assert person is not None
    return stage.actor(person, day)


def _register(stage: Stage, told: Told, at: datetime) -> None:
    roles = Roles(lead_unit=stage.units[told.unit], owner=stage.posts[told.owner])
    asked = stage.holder(told.asked_by, at.date())
    new = NewOrder(
        source=told.source,
        basis=told.basis,
        requirement=told.requirement,
        asked_by_id=stage.people[asked] if asked else None,
        title=told.title,
        acceptance=told.acceptance,
        urgency=told.urgency,
        roles=roles,
    )
    clerk = yearbook.clerk(stage, at.date())
    actions.register_order(**_common(clerk, at), new=new)


def _order(stage: Stage, told: Told) -> Order:
    rows = Order.objects.filter(jurisdiction=stage.jurisdiction, task__title=told.title)
    return rows.select_related("task__unit").get()


def _task(stage: Stage, told: Told) -> Task:
    return _order(stage, told).task


def _owner(stage: Stage, told: Told, at: datetime) -> dict[str, Any]:
    return _common(_holder(stage, told.owner, at.date()), at) | {"task": _task(stage, told)}


def _sign(stage: Stage, told: Told, at: datetime) -> None:
    ledger.sign_for(**_owner(stage, told, at))


def _return(stage: Stage, told: Told, at: datetime) -> None:
    other = stage.unit("平安办")
    ledger.return_to_assigner(**_owner(stage, told, at), reason=told.back, competent_unit=other)


def _report(stage: Stage, told: Told, at: datetime) -> None:
    if told.done:
        ledger.report_done(**_owner(stage, told, at), said=Said(text=told.done))
    else:
        ledger.report(**_owner(stage, told, at), said=Said(text=told.said))


def _verify(stage: Stage, told: Told, at: datetime) -> None:
    clerk = yearbook.clerk(stage, at.date())
    task = _task(stage, told)
    drawn = queries.drawn_for(clerk, at.date(), [task])[task.pk]
    assert drawn is not None
    actor = stage.actor(stage.name_of(drawn.pk), at.date())
    actions.verify(**_common(actor, at), task=task, note="到现场看过，与报送一致")


def _close(stage: Stage, told: Told, at: datetime) -> None:
    ledger.close(**_common(yearbook.clerk(stage, at.date()), at), task=_task(stage, told))


def _conclude(stage: Stage, told: Told, at: datetime) -> None:
    follows = clock.add(TODAY, 15) if told.result == "partly" else None
    order = _order(stage, told)
    actions.conclude_order(
        **_common(_holder(stage, OFFICE_HEAD, at.date()), at),
        order=order,
        result=told.result,
        note=told.note,
        next_on=follows,
    )
    if told.result == "rectified":
        done = _order(stage, told)
        actions.archive_order(**_common(_holder(stage, DESK, at.date()), at), order=done)


def _of_the_plan(stage: Stage, at: datetime) -> None:
    """An item of the plan that is past its deadline gets an order; its deadline stays."""
    rows = Task.objects.filter(
        jurisdiction=stage.jurisdiction,
        plan=stage.plans[TODAY.year],
        is_leaf=True,
        state=Task.State.UNDER_WAY,
        due_on__lt=at.date(),
    )
    task = rows.order_by("due_on", "tree").select_related("unit").first()
    assert task is not None
    new = NewOrder(
        source=Order.Source.PLAN,
        basis="年度计划到期事项",
        requirement="说明未完成的原因，倒排剩余工作，每周报一次进展",
        task=task,
    )
    actions.register_order(**_common(yearbook.clerk(stage, at.date()), at), new=new)
