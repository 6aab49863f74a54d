"""填报负担: what forms took, what was asked beside the system, requests, opinions.

All of it is our own writing: seconds are drawn around plausible medians by a seeded lot.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from luoshi.burden import actions as burden
from luoshi.burden.models import DataRequest, Opinion
from luoshi.config.demo import clock, yearbook
from luoshi.config.demo.people import NO_ACCOUNT, OFFICE_HEAD, VILLAGERS
from luoshi.config.demo.shapes import TODAY
from luoshi.config.demo.stage import Stage
from luoshi.config.demo.units import TOWN, VILLAGES
from luoshi.domain.access import Actor
from luoshi.domain.workdays import SHANGHAI
from luoshi.home import actions as home
from luoshi.org.models import Unit

NAMES = tuple(VILLAGES)
SIGNED = tuple(
    place
    for place, title, _role, name, _login in VILLAGERS
    if title == "书记" and name not in NO_ACCOUNT
)
Step = tuple[datetime, Callable[[], object]]
# form: filled fields and the seconds that most people need, and how often a month
TOOK = (
    ("ledger.report", 2, 24, 46), ("ledger.report", 3, 38, 12), ("ledger.sign_for", 1, 5, 22),
    ("indicators.reading", 1, 16, 28), ("supervision.verify", 3, 52, 14),
    ("supervision.extension", 2, 64, 5), ("supervision.decide", 1, 10, 5),
    ("supervision.confirm", 1, 5, 8), ("ledger.blocker", 2, 30, 6), ("supervision.paper", 5, 90, 5),
)  # fmt: skip
OUTSIDE = (
    (2, "group", "防返贫监测表（县级工作群）", 25), (2, "phone", "在建项目投资额口头报数", 5),
    (4, "system", "农经系统补录上年台账", 40), (5, "group", "节前安全检查情况表", 15),
    (6, "system", "就业信息平台重复录入", 35), (8, "paper", "现场填调查问卷", 20),
    (9, "group", "秸秆禁烧日报表", 10),
)  # fmt: skip
ASKED = (
    "村名", "村党支部书记", "村集体经济收入（万元）", "特困人员集中供养人数", "敬老院空余床位数",
)  # fmt: skip


def steps(stage: Stage, year: int) -> Iterator[Step]:
    """From January's first measured forms to this week's draft; a closed year has none."""
    if year != TODAY.year:
        return
    for month in range(1, TODAY.month + 1):
        day = min(date(year, month, 28), TODAY)
        yield _at(day, 17), _then(_measure, stage, day)
    yield _at(clock.add(TODAY, -12), 9), lambda: _care(stage, clock.add(TODAY, -12))
    yield _at(clock.add(TODAY, -9), 9), lambda: _replies(stage, clock.add(TODAY, -9))
    yield _at(clock.add(TODAY, -8), 10), lambda: _refused(stage, clock.add(TODAY, -8))
    yield _at(clock.add(TODAY, -1), 10), lambda: _drafted(stage, clock.add(TODAY, -1))
    yield _at(clock.add(TODAY, -7), 11), lambda: _opinions(stage, clock.add(TODAY, -7))
    for days, channel, what, minutes in OUTSIDE:
        day = clock.add(TODAY, -days)
        yield _at(day, 16), _then(_outside, stage, day, channel, what, minutes)


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour, 30), SHANGHAI)


def _then(play: Callable[..., object], *facts: object) -> Callable[[], object]:
    return lambda: play(*facts)


def _measure(stage: Stage, day: date) -> None:
    lot = random.Random(f"burden {day.month}")  # noqa: S311 - a story, not a secret
    told: dict[tuple[str, int, int], int] = {}
    for form, fields, middle, times in TOOK:
        for _ in range(times):
            seconds = max(5, 5 * round(lot.lognormvariate(0, 0.35) * middle / 5))
            told[form, fields, seconds] = told.get((form, fields, seconds), 0) + 1
    for (form, fields, seconds), times in told.items():
        burden.note_timing(
            actor=stage.system, today=day, form=form, fields=fields, seconds=seconds, times=times
        )


def _outside(stage: Stage, day: date, channel: str, what: str, minutes: int) -> None:
    village = SIGNED[(day.day * 7) % len(SIGNED)]
    burden.log_outside(
        actor=_head(stage, village, day),
        today=day,
        channel=channel,
        what=what,
        minutes=minutes,
        asked_on=day,
    )


def _head(stage: Stage, village: str, day: date) -> Actor:
    person = stage.holder(f"{village}/书记", day)
    assert person is not None, village
    return stage.actor(person, day)


def _draft(stage: Stage, day: date, title: str, **facts: object) -> DataRequest:
    made = burden.draft_request(
        actor=yearbook.clerk(stage, day),
        today=day,
        now=_at(day, 9).astimezone(UTC),
        title=title,
        **({"rhythm": "once"} | facts),  # type: ignore[arg-type]
    )
    return DataRequest.objects.get(pk=made.id)


def _care(stage: Stage, day: date) -> None:
    """What the ledger does not know is asked of five villages, once."""
    units = [stage.unit(name) for name in NAMES[:5]]
    row = _draft(
        stage,
        day,
        "特困供养底数",
        purpose="民生实事“敬老院扩容”测算床位",
        fields=ASKED,
        units=units,
        due_on=clock.add(day, 8),
    )
    home.issue_request(
        actor=yearbook.clerk(stage, day),
        today=day,
        now=_at(day, 10).astimezone(UTC),
        wanted=row,
        keep=ASKED[3:],
    )


def _replies(stage: Stage, day: date) -> None:
    row = DataRequest.objects.get(jurisdiction=stage.jurisdiction, title="特困供养底数")
    for number, name in enumerate(NAMES[:3]):
        home.reply_request(
            actor=_head(stage, name, day),
            today=day,
            now=_at(day, 10).astimezone(UTC),
            wanted=row,
            unit=stage.unit(name),
            round_on=row.due_on,
            answers=[str(6 + 3 * number), "2" if number else "0"],
        )


def _refused(stage: Stage, day: date) -> None:
    """A monthly table of what the ledger has: withheld."""
    villages: list[Unit] = [stage.unit(name) for name in NAMES]
    row = _draft(
        stage,
        day,
        "重点工作推进情况月报表",
        purpose="掌握进度",
        fields=("任务名称", "牵头单位", "责任人", "完成时限", "进展情况", "完成比例"),
        units=villages,
        due_on=day + timedelta(days=18),
        rhythm="month",
    )
    burden.withhold(
        actor=yearbook.clerk(stage, day),
        today=day,
        wanted=row,
        reason="六项台账都有，由党政办按月打印，不再让各村填",
        estimate=None,
    )


def _drafted(stage: Stage, day: date) -> None:
    villages = [stage.unit(name) for name in NAMES]
    _draft(
        stage,
        day,
        "汛前物资储备清单",
        purpose="防汛值守前查缺补漏",
        fields=("村名", "负责人电话", "编织袋（条）", "抽水泵（台）", "应急照明（盏）"),
        units=villages,
        due_on=clock.add(day, 4),
    )


def _opinions(stage: Stage, day: date) -> None:
    town = stage.unit(TOWN)
    for text in (
        "秸秆禁烧的日报表，没有火点的日子也要报零，建议有情况再报",
        "农经系统和镇里的台账内容一样，录了两遍",
    ):
        burden.give_opinion(
            actor=stage.system, today=day, unit=town, kind=Opinion.Kind.BURDEN, text=text
        )
    first = Opinion.objects.filter(jurisdiction=stage.jurisdiction).order_by("number").first()
    head = stage.holder(OFFICE_HEAD, day)
    assert first is not None
    assert head is not None
    burden.answer(
        actor=stage.actor(head, day),
        today=day,
        opinion=first,
        text="已采纳：取消零报告，发现火点当日报；从下周起执行",
    )
