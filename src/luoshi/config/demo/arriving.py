"""The office's week up to today: items asked by word, papers from above, answers that left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from luoshi.config.demo import clock, yearbook
from luoshi.config.demo.people import SECRETARY
from luoshi.config.demo.shapes import TODAY
from luoshi.config.demo.stage import Stage
from luoshi.config.demo.units import TOWN
from luoshi.domain.access import Actor
from luoshi.domain.intake import Figure, Party, When, match_party
from luoshi.domain.workdays import SHANGHAI
from luoshi.org.models import Unit
from luoshi.supervision import actions, queries
from luoshi.supervision.models import IncomingPaper, OutgoingReport


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing asked by word: working days before today, the hour, and the four fields."""

    back: int
    at: time
    title: str
    who: str
    days: int
    hour: time | None
    asked_by: str
    source: str


ASKED = (
    Asked(
        0,
        time(8, 25),
        "统计端午假期值班人员名单",
        "党政办",
        0,
        time(11, 30),
        "县政府总值班室",
        "county_assigned",
    ),
    Asked(
        0,
        time(8, 50),
        "核实青榆街占道经营反映并答复",
        "便民中心",
        4,
        None,
        "12345热线",
        "resident_request",
    ),
    Asked(
        0,
        time(9, 5),
        "对燃气经营企业安全生产开展行政检查",
        "经发办",
        12,
        None,
        "县住建局",
        "county_assigned",
    ),
    Asked(1, time(15, 10), "汛前再查一遍三处低洼路段", "应急办", 2, None, "", "instruction"),
    Asked(
        2,
        time(10, 40),
        "整理迎检用的会议室和展板",
        "党政办",
        3,
        None,
        "党政联席会",
        "meeting_decision",
    ),
    Asked(
        3,
        time(16, 30),
        "补齐上月信访件回复附件",
        "平安办",
        4,
        None,
        "县信访局反馈",
        "rectification",
    ),
)


@dataclass(frozen=True, slots=True)
class Received:
    """One paper: working days before today, who sent it, its answer and hour, who carries it."""

    back: int
    at: time
    sender: str
    reference: str
    title: str
    form: str
    due_days: int
    due: time | None
    who: str
    urgency: str = "ordinary"
    figure: tuple[str, str, str, str] | None = None
    left: bool = False


RECEIVED = (
    Received(
        0,
        time(8, 35),
        "县防汛办",
        "禾汛办〔2026〕21号",
        "报送防汛物资储备和队伍到位情况",
        "table",
        0,
        time(17, 0),
        "应急办",
        "urgent",
        ("防汛队伍人数", "186", "人", "2026年6月"),
    ),
    Received(
        2,
        time(9, 20),
        "县发改局",
        "禾发改〔2026〕44号",
        "报送上半年重点项目推进情况",
        "written",
        0,
        time(12, 0),
        "经发办",
    ),
    Received(
        1,
        time(14, 50),
        "县人社局",
        "禾人社〔2026〕30号",
        "报送返乡创业人员情况",
        "table",
        6,
        time(18, 0),
        "便民中心",
    ),
    Received(
        3,
        time(11, 5),
        "县委办",
        "禾办〔2026〕15号",
        "转发做好端午期间安全工作的通知",
        "none",
        0,
        None,
        "党政办",
    ),
    Received(
        6,
        time(9, 0),
        "县应急局",
        "禾应急〔2026〕18号",
        "报送应急队伍和避险转移准备情况",
        "written",
        -2,
        time(17, 0),
        "应急办",
        "ordinary",
        ("防汛队伍人数", "172", "人", "2026年6月"),
        left=True,
    ),
)


def steps(stage: Stage, year: int) -> Iterator[tuple[datetime, Callable[[], object]]]:
    """Only in the running year: last week and today."""
    if year != TODAY.year:
        return
    for one in ASKED:
        day = clock.add(TODAY, -one.back)
        yield datetime.combine(day, one.at, SHANGHAI), _asks(stage, day, one)
    for paper in RECEIVED:
        day = clock.add(TODAY, -paper.back)
        yield datetime.combine(day, paper.at, SHANGHAI), _arrives(stage, day, paper)
        if paper.figure is not None:
            at = datetime.combine(day, paper.at, SHANGHAI) + timedelta(minutes=50)
            yield at, _answers(stage, day, paper, at)


def _ground(stage: Stage, day: date, who: str) -> tuple[Actor, Unit, Party]:
    actor = yearbook.clerk(stage, day)
    town = stage.unit(TOWN)
    party = match_party(who, queries.roster_of(actor, day, town))
    assert isinstance(party, Party), who
    return actor, town, party


def _asks(stage: Stage, day: date, one: Asked) -> Callable[[], object]:
    def ask() -> None:
        actor, town, party = _ground(stage, day, one.who)
        leader = stage.holder(SECRETARY, day)
        person = stage.people[leader] if leader and not one.asked_by else None
        arrival = actions.Arrival(
            title=one.title,
            party=party,
            when=When(day + timedelta(days=one.days), one.hour),
            asked_by=one.asked_by or str(leader),
            source_kind=one.source,
            asked_by_post_id=stage.posts[SECRETARY] if person else None,
            asked_by_id=person,
        )
        now = datetime.combine(day, one.at, SHANGHAI).astimezone(UTC)
        actions.enter(actor=actor, today=day, now=now, town=town, arrival=arrival)

    return ask


def _arrives(stage: Stage, day: date, one: Received) -> Callable[[], object]:
    def arrive() -> None:
        actor, town, party = _ground(stage, day, one.who)
        now = datetime.combine(day, one.at, SHANGHAI).astimezone(UTC)
        due_on = TODAY + timedelta(days=one.due_days)
        paper = actions.NewPaper(
            sender=one.sender,
            reference=one.reference,
            title=one.title,
            received_at=now - timedelta(minutes=10),
            answer_form=one.form,
            due_at=datetime.combine(due_on, one.due, SHANGHAI) if one.due else None,
            party=party,
            urgency=one.urgency,
        )
        actions.register_paper(actor=actor, today=day, now=now, town=town, paper=paper)

    return arrive


def _answers(stage: Stage, day: date, one: Received, at: datetime) -> Callable[[], object]:
    """A version is drafted with its figure; where it left, it passed its steps."""

    def answer() -> None:
        assert one.figure is not None
        actor, town, party = _ground(stage, day, one.who)
        now = at.astimezone(UTC)
        paper = IncomingPaper.objects.select_related("task__unit", "unit").get(
            unit=town, reference=one.reference
        )
        told = {"actor": actor, "today": day, "now": now}
        roster = queries.roster_of(actor, day, town)
        drafter = next(h for h in roster.holders if h.unit_id == party.unit_id)
        name, value, measure, period = one.figure
        made = actions.draft_report(
            **told,  # type: ignore[arg-type]
            paper=paper,
            drafted_by_id=drafter.person_id,
            to_whom=one.sender,
            figures=[Figure(name, Decimal(value), measure, period)],
        )
        if not one.left:
            return
        report = OutgoingReport.objects.select_related("paper__task__unit", "paper__unit").get(
            pk=made.id
        )
        office = list(queries.office_people(actor, day, town))
        leaders = list(queries.leader_people(actor, day, town))
        people = dict(
            zip(
                ("checked", "sealed", "reviewed", "signed"),
                (office[0], office[-1], leaders[-1], leaders[0]),
                strict=True,
            )
        )
        actions.pass_steps(**told, report=report, people=people)  # type: ignore[arg-type]
        actions.leave(**told, report=report, leaving=actions.Leaving(left_at=now, channel="system"))  # type: ignore[arg-type]

    return answer
