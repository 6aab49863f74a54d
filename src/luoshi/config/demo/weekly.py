"""周重点工作清单 and 周期性工作: the office's weeks up to today, and what comes back by itself.

Last week's list is closed, with what was carried over and what was called off; this week's is
issued and closes today. Work that comes back is kept as rules, which the nights of June turned
into items.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from typing import Any

from luoshi.config.demo import clock, yearbook
from luoshi.config.demo.shapes import TODAY
from luoshi.config.demo.stage import Stage
from luoshi.config.demo.units import TOWN
from luoshi.domain.workdays import SHANGHAI
from luoshi.supervision import actions
from luoshi.supervision.actions import Closing, NewWork
from luoshi.supervision.actions.collecting import Told
from luoshi.supervision.models import RecurringWork, WeeklyLine, WeeklyList

Step = tuple[datetime, Callable[[], object]]
FRIDAY, BEFORE = date(2026, 6, 12), date(2026, 6, 5)
DRAFTED, ISSUED, CLOSED, NIGHT = time(15, 0), time(17, 30), time(14, 40), time(0, 40)
SAID = (
    "现场已查看，本周任务完成", "按计划推进，没有卡住的地方", "材料已报，等县里答复",
    "进场施工，完成过半", "已与村里对接，下周入户", "问题已摸清，正在逐项补",
)  # fmt: skip
EVERY_CARRIED, EVERY_CANCELLED = 4, 9
"""Every so many lines of a closed list is carried over, or called off."""
FROM = date(2026, 6, 1)
WORKS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("应急办/防汛岗", {
        "name": "汛期领导带班和值班值守", "what": "排出下周防汛值班表并通知到人",
        "acceptance": "每天有带班领导、有值班人员、有联系电话", "rhythm": "weekly", "weekday": 3,
        "season_from": "05-01", "season_to": "09-30", "lead_days": 2,
    }),
    ("应急办/主任", {
        "name": "月度安全生产检查", "what": "开展月度安全生产检查并通报隐患",
        "acceptance": "检查有记录，隐患有清单、有责任人", "rhythm": "monthly", "day": 25,
        "shift": "before", "lead_days": 10,
    }),
    ("党政办/文秘岗", {
        "name": "季度政务公开自查", "what": "完成本季度政务公开自查",
        "acceptance": "应公开的全部公开", "rhythm": "quarterly", "shift": "before", "lead_days": 15,
    }),
    ("农业农村办/主任", {
        "name": "冬季森林防火宣传", "what": "开展森林防火宣传进村入户", "rhythm": "yearly",
        "month": 11, "day": 1, "lead_days": 20,
    }),
)  # fmt: skip
"""Work that comes back: the post that carries it, and its rule."""


def steps(stage: Stage, year: int) -> Iterator[Step]:
    """The rules and their nights, and the two lists; of the running year only."""
    if year != TODAY.year:
        return
    yield _at(FROM, DRAFTED), lambda: _rules(stage, FROM)
    for back in (8, 4, 0):
        night = _at(clock.add(TODAY, -back), NIGHT)
        yield night, _step(_make, stage, night)
    for day in (BEFORE, FRIDAY):
        yield _at(day, DRAFTED), _step(_draft, stage, _at(day, DRAFTED))
        yield _at(day, ISSUED), _step(_issue, stage, _at(day, ISSUED))
    yield _at(FRIDAY, CLOSED), lambda: _close(stage, _at(FRIDAY, CLOSED))


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, SHANGHAI)


def _step(
    act: Callable[[Stage, datetime], None], stage: Stage, at: datetime
) -> Callable[[], object]:
    return lambda: act(stage, at)


def _common(stage: Stage, at: datetime) -> dict[str, Any]:
    clerk = yearbook.clerk(stage, at.date())
    return {"actor": clerk, "today": at.date(), "now": at.astimezone(UTC)}


def _rules(stage: Stage, day: date) -> None:
    common, town = _common(stage, _at(day, DRAFTED)), stage.unit(TOWN)
    for post, rule in WORKS:
        lead = stage.units[post.partition("/")[0]]
        new = NewWork(**rule, lead_unit=lead, post=stage.posts[post], from_on=day)
        actions.add_recurring(**common, unit=town, new=new)


def _make(stage: Stage, at: datetime) -> None:
    told: dict[str, Any] = {"actor": stage.system, "today": at.date(), "now": at.astimezone(UTC)}
    for work in RecurringWork.objects.filter(jurisdiction=stage.jurisdiction).order_by("id"):
        actions.make_items(**told, work=work)


def _draft(stage: Stage, at: datetime) -> None:
    told: dict[str, Any] = {"today": at.date(), "now": at.astimezone(UTC)}
    actions.draft_week(actor=stage.system, unit=stage.unit(TOWN), **told)


def _list(stage: Stage) -> WeeklyList:
    """The latest list."""
    rows = WeeklyList.objects.filter(jurisdiction=stage.jurisdiction, unit=stage.units[TOWN])
    row = rows.select_related("unit").order_by("from_on").last()
    assert row is not None
    return row


def _issue(stage: Stage, at: datetime) -> None:
    row = _list(stage)
    actions.issue_week(**_common(stage, at), weekly_list=row, version=row.version)


def _close(stage: Stage, at: datetime) -> None:
    """Most lines were done, some are carried over; one was called off, with its reason."""
    row = _list(stage)
    lines = list(row.lines.order_by("position"))
    actions.close_week(
        **_common(stage, at),
        weekly_list=row,
        closings=[_closing(line) for line in lines],
        version=row.version,
    )


def _closing(line: WeeklyLine) -> Closing:
    if line.position == EVERY_CANCELLED:
        return Closing(line.pk, "cancelled", Told(), reason="并入县里统一组织的检查，不再单独开展")
    outcome = "carried" if line.position % EVERY_CARRIED == 0 else "done"
    return Closing(line.pk, outcome, Told(SAID[line.position % len(SAID)]))
