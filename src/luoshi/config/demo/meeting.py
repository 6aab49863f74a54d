"""会议议定事项: what the town's meetings of June decided, and what became of it by today.

Two meetings have their minutes issued, the latest is still written down. All is our own writing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from luoshi.config.demo import clock, yearbook
from luoshi.config.demo.people import MAYOR, SECRETARY
from luoshi.config.demo.shapes import TODAY
from luoshi.config.demo.stage import Stage
from luoshi.config.demo.units import TOWN
from luoshi.domain.access import Actor
from luoshi.domain.workdays import SHANGHAI
from luoshi.goals.models import MeetingKind
from luoshi.ledger import actions as ledger
from luoshi.ledger.actions import Said
from luoshi.ledger.models import Task
from luoshi.supervision import actions
from luoshi.supervision.actions import Decided
from luoshi.supervision.models import Minutes

Step = tuple[datetime, Callable[[], object]]
HELD, WRITTEN, EVENING = time(9, 0), time(11, 30), time(17, 20)


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One decision: what, who, working days until it is due; or why it needs no item.

    `said`: what its unit reported two working days later; `done`: that this was all of it.
    """

    text: str
    topic: int
    post: str = ""
    days: int = 0
    why_no_task: str = ""
    said: str = ""
    done: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One meeting: its kind, working days before today, its topics and what it decided."""

    kind: str
    ago: int
    title: str
    chair: str
    place: str
    topics: tuple[str, ...]
    present: str
    points: tuple[Point, ...]
    absent: str = ""
    issued: bool = True


TEAM = "周懋林、卢晓岚、邵长河、尹承志、闻静秋、顾明川、宋雨禾、蓝青竹、石大勇、陶春生、骆建坪"
MEETINGS = (
    Told(
        kind="党政联席会", ago=9, title="", chair=MAYOR, place="镇二楼会议室", present=TEAM,
        absent="钟立行（参加县里培训）",
        topics=("听取夏粮收购和秸秆禁烧情况汇报", "研究防汛物资", "研究集镇停车秩序"),
        points=(
            Point(text="开放三处秸秆临时收储点，落实专人值守", topic=1, post="农业农村办/主任",
                  days=4, said="三处收储点全部开放，值守人员到位，累计收储460吨", done=True),
            Point(text="补充冲锋舟2艘、编织袋1.2万只，存放到沿河三村", topic=2, post="应急办/主任",
                  days=8, said="编织袋已到位，冲锋舟已签订合同，下周到货"),
            Point(text="集镇主街施划停车位120个", topic=3, post="村建办/主任", days=15),
            Point(text="同意端午期间领导带班安排", topic=2,
                  why_no_task="已由党政办当场通知，无后续工作"),
        ),
    ),
    Told(
        kind="党政联席会", ago=3, title="", chair=MAYOR, place="镇二楼会议室", present=TEAM,
        topics=("通报上次议定事项落实情况", "研究上半年重点项目推进", "研究困难群众夏季慰问"),
        points=(
            Point(text="逐个项目列出六月底前要办的手续", topic=2, post="项目中心/主任", days=6,
                  said="清单已列出，涉及7个项目19项手续，已发各单位核对"),
            Point(text="完成低保和特困家庭夏季走访慰问", topic=3, post="社会事务办/主任", days=12),
        ),
    ),
    Told(
        kind="专题会", ago=1, title="防汛工作专题会", chair=SECRETARY, place="应急指挥室",
        present="周懋林、顾明川、骆建坪，应急办、农业农村办、村建办和沿河三村负责人", issued=False,
        topics=("会商近期雨情", "研究沿河低洼处转移准备"),
        points=(
            Point(text="核准沿河三村转移名册，每户确定包保人", topic=2, post="应急办/主任", days=4),
        ),
    ),
)  # fmt: skip


def steps(stage: Stage, year: int) -> Iterator[Step]:
    """Every meeting of the running year with what came of its decisions, each at its instant."""
    if year != TODAY.year:
        return
    first = _at(clock.add(TODAY, -15), HELD)
    yield first, lambda: _kinds(stage, first)
    for told in MEETINGS:
        day = clock.add(TODAY, -told.ago)
        at = _at(day, WRITTEN)
        yield at, _step(_hold, stage, told, at)
        if told.issued:
            yield _at(day, EVENING), _step(_issue, stage, told, _at(day, EVENING))
        if any(point.said for point in told.points):
            said = _at(clock.add(day, 2), EVENING)
            yield said, _step(_report, stage, told, said)


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, SHANGHAI)


def _step(
    act: Callable[[Stage, Told, datetime], None], stage: Stage, told: Told, at: datetime
) -> Callable[[], object]:
    return lambda: act(stage, told, at)


def _common(actor: Actor, at: datetime) -> dict[str, Any]:
    return {"actor": actor, "today": at.date(), "now": at.astimezone(UTC)}


def _kinds(stage: Stage, at: datetime) -> None:
    clerk = yearbook.clerk(stage, at.date())
    actions.usual_kinds(actor=clerk, today=at.date(), unit=stage.unit(TOWN))


def _minutes(stage: Stage, told: Told) -> Minutes:
    rows = Minutes.objects.filter(jurisdiction=stage.jurisdiction)
    rows = rows.filter(meeting__held_on=clock.add(TODAY, -told.ago))
    return rows.select_related("meeting__unit", "kind").get()


def _hold(stage: Stage, told: Told, at: datetime) -> None:
    clerk, day = yearbook.clerk(stage, at.date()), at.date()
    kind = MeetingKind.objects.select_related("unit").get(unit=stage.units[TOWN], name=told.kind)
    chair = stage.holder(told.chair, day) or ""
    words = {
        "place": told.place, "present": told.present,
        "chair": f"{chair}（{told.chair.rpartition('/')[2]}）",
        "absent": told.absent, "recorder": stage.holder(yearbook.CLERK, day) or "",
        "agenda": "\n".join(told.topics),
    }  # fmt: skip
    actions.hold(**_common(clerk, at), kind=kind, title=told.title, held_on=day, words=words)
    for point in told.points:
        decided = Decided(
            text=point.text,
            topic=point.topic,
            lead_unit=stage.units[point.post.partition("/")[0]] if point.post else None,
            owner=stage.posts[point.post] if point.post else None,
            due_on=clock.add(day, point.days) if point.post else None,
            why_no_task=point.why_no_task,
            despite=True,
        )
        actions.decide(**_common(clerk, at), minutes=_minutes(stage, told), decided=decided)


def _issue(stage: Stage, told: Told, at: datetime) -> None:
    row = _minutes(stage, told)
    clerk = yearbook.clerk(stage, at.date())
    actions.issue_minutes(**_common(clerk, at), minutes=row, version=row.version)


def _report(stage: Stage, told: Told, at: datetime) -> None:
    for point in told.points:
        if not point.said:
            continue
        person = stage.holder(point.post, at.date())
        assert person is not None
        owner = _common(stage.actor(person, at.date()), at)
        ledger.sign_for(**owner, task=_task(stage, point))
        act = ledger.report_done if point.done else ledger.report
        act(**owner, task=_task(stage, point), said=Said(text=point.said))


def _task(stage: Stage, point: Point) -> Task:
    rows = Task.objects.filter(jurisdiction=stage.jurisdiction, title=point.text)
    return rows.select_related("unit").get()
