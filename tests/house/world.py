"""Two counties with the same rows in every place, each row marked with where it stands.

Five places, seen from the cast's 东村: `own` (东村), `sibling` (西村), `parent` (青榆镇),
`other_town` (南村 of 白果镇), `other_jurisdiction` (a village of another county). Every text that a
person typed carries the mark `Z<group>-<place>-`; the walk looks for marks that a role may not see.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from uuid6 import uuid7

from luoshi.adoption.models import Act
from luoshi.briefs import actions as briefs
from luoshi.briefs.models import Brief, Bulletin, BulletinReply
from luoshi.burden.models import DataRequest, Opinion, OutsideAsk, RequestedUnit, RequestReply
from luoshi.documents.models import (
    Dismissal,
    Document,
    DraftItem,
    LocalRule,
    Passage,
    SecondOpinion,
)
from luoshi.domain.access import Actor
from luoshi.files.models import Attachment
from luoshi.goals.models import Goal, Meeting, MeetingKind, MeetingText, Note, Plan, WorkLine
from luoshi.indicators.models import (
    Benchmark,
    Division,
    Indicator,
    IndicatorDefinition,
    Reading,
    Reporter,
    Share,
    Target,
)
from luoshi.jobs.models import Job
from luoshi.journal.models import Anchor, Entry
from luoshi.ledger.models import (
    Assignment,
    Blocker,
    Dependency,
    Milestone,
    ProgressReport,
    TableImport,
    Task,
)
from luoshi.notices.models import Channel
from luoshi.org.actions.roster import MODELS as ROSTER_KINDS
from luoshi.org.models import Account, Delegation, Person, Post, RosterImport, Term, Unit, UnitLink
from luoshi.search import actions as search
from luoshi.search.actions import Text
from luoshi.supervision.models import (
    Decision,
    Extension,
    IncomingPaper,
    Inspection,
    Intake,
    Minutes,
    Order,
    OutgoingReport,
    RecurringWork,
    SampleDraw,
    SampleItem,
    ToldFigure,
    Visit,
    WeeklyLine,
    WeeklyList,
)
from tests.cast import TODAY, Cast, make_cast, person, post, unit

NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)
PLACES = ("own", "sibling", "parent", "other_town", "other_jurisdiction")
ROLES = {
    "leader": "chen",
    "town_office": "lin",
    "unit_head": "wang",
    "staff": "ma",
    "county_supervisor": "zhao",
    "auditor": "zhou",
    "system_admin": "gao",
    "former": "former",
}
"""Who plays each role; `former` held 东村's post of a head until yesterday. Strangers have no client."""


@dataclass(frozen=True)
class World:
    cast: Cast
    rows: dict[str, dict[str, Any]]  # place -> name of a row -> its key, or a text of it
    logins: dict[str, str]  # role -> login
    names: dict[str, dict[str, str]]  # "unit" and "person" -> a name that must not leak -> place


def make_world() -> World:
    cast = make_cast()
    there = _other_county()
    units = {
        "own": cast.east,
        "sibling": cast.west,
        "parent": cast.town,
        "other_town": cast.other_village,
        "other_jurisdiction": there,
    }
    rows = {place: _fill(of, place) for place, of in units.items()}
    _former(cast)
    Anchor.objects.create(
        jurisdiction=cast.county.jurisdiction, on=TODAY, seq=1, seal="5e" * 32, at=NOW
    )
    logins = dict(ROLES.items())
    names = {
        "unit": {cast.west.name: "sibling", cast.other_village.name: "other_town"}
        | {there.name: "other_jurisdiction"},
        "person": {"许书记": "sibling", "石书记": "other_town", "异书记": "other_jurisdiction"},
    }
    return World(cast, rows, logins, names)


def _other_county() -> Unit:
    county = unit(None, 2, "county", "异地县")
    town = unit(county, 1, "town", "异地镇")
    village = unit(town, 1, "village", "异地村")
    person("异书记", post(village, "异地村党支部书记", "unit_head", 1), login="elsewhere")
    return village


def _former(cast: Cast) -> None:
    left = post(cast.east, "东村前党支部书记", "unit_head", 3)
    person("前书记", left, login="former")
    Term.objects.filter(post=left).update(to_on=date(2026, 6, 17))


def _fill(of: Unit, place: str) -> dict[str, Any]:
    """Every kind of row for one unit."""
    mark, planned = f"Zrow-{place}-", f"Zplan-{place}-"
    mine: dict[str, Any] = {"jurisdiction": of.jurisdiction}
    head = Post.objects.filter(unit=of).order_by("position").first()
    holder = Term.objects.get(post=head)
    meeting = Meeting.objects.create(
        **mine, unit=of, title=f"{planned}meeting", held_on=date(2026, 1, 6)
    )
    plan = Plan.objects.create(
        **mine, unit=of, year=2026, title=f"{planned}plan", state=Plan.State.APPROVED,
        meeting=meeting,
    )  # fmt: skip
    draft_plan = Plan.objects.create(**mine, unit=of, year=2025, title=f"{planned}draft")
    line = WorkLine.objects.create(
        **mine, plan=plan, unit=of, number=1, name=f"{planned}line", leader_post=None
    )
    goal = Goal.objects.create(**mine, plan=plan, unit=of, line=line, title=f"{planned}goal")
    note = Note.objects.create(
        **mine, plan=plan, unit=of, line=line, kind="problem", text=f"{planned}note", noted_on=TODAY
    )
    rows = {
        "unit": of.pk,
        "goals_note": note.pk,
        "meeting": meeting.pk,
        "unit_name": of.name,
        "term": holder.pk,
        "leader_post": Post.objects.get(title="党委书记").pk,
        "delegation": _stands_in(of, place, holder).pk,
        "account": Account.objects.get(person=holder.person).pk,
        "person": holder.person_id,
        "post": head.pk,
        "county": of.jurisdiction,
        "link": UnitLink.objects.create(
            **mine, from_unit_id=of.jurisdiction, to_unit=of, kind="dual", from_on=TODAY
        ).pk,
        "plan": plan.pk,
        "draft_plan": draft_plan.pk,
        "line": line.pk,
    }
    town = Unit.objects.get(pk=of.pk if of.kind == "town" else of.parent_id)
    rows["town"] = town.pk
    rows["channel"] = Channel.objects.create(
        **mine, unit=town, via="wecom", name="班子群",
        address="https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k",
    ).pk  # fmt: skip
    rows["table"] = TableImport.objects.create(
        **mine, unit=of, plan=draft_plan, name=f"{planned}table", added_at=NOW,
        added_by_id=Person.objects.filter(name="林主任").values_list("pk", flat=True).first(),
        state=TableImport.State.DONE, done_at=NOW, done={"added": [], "changed": 0},
    ).pk  # fmt: skip
    rows["study"] = Job.objects.create(
        **mine, kind="ledger.level", key=f"study:{plan.pk}", state=Job.State.DONE, finished_at=NOW,
        created_at=NOW, payload={"plan_id": str(plan.pk), "earlier": False}, result={"lateness": 0},
        account_id=Account.objects.filter(login="lin").values_list("pk", flat=True).first(),
    ).pk  # fmt: skip
    rows["roster"] = RosterImport.objects.create(
        **mine, name="机构.xlsx", added_at=NOW, state=RosterImport.State.DONE, done_at=NOW,
        added_by_id=Person.objects.filter(name="高管理员").values_list("pk", flat=True).first(),
        done={"added": {kind: [] for kind in ROSTER_KINDS}, "changed": []},
    ).pk  # fmt: skip
    rows |= _texts(of, mark, mine)
    rows |= _papers(of, mark, mine, meeting, rows["document"])
    rows |= _tasks(of, mark, mine, plan, line, head, holder)
    rows |= _sampled(of, mark, mine, plan, holder)
    rows |= _received(of, mark, mine, rows["loose"], holder)
    rows |= _ordered(of, mark, mine, rows["task"], holder)
    rows |= _indicators(of, planned, mine, head)
    rows |= _week(of, mark, mine, rows["task"])
    rows |= _asked(of, planned, mine, holder)
    running = Plan.objects.create(
        **mine, unit=of, year=2024, title=f"{planned}running", state=Plan.State.IN_FORCE
    )
    made = briefs.write_review(actor=Actor.system(of.jurisdiction), today=TODAY, now=NOW, plan=plan)
    brief = Brief.objects.get(pk=made.id)
    Job.objects.create(
        **mine, kind="documents.read", payload={}, key=f"documents.read:{rows['waiting']}:1",
        created_at=NOW,
    )  # fmt: skip
    Entry.objects.create(
        **mine, unit_id=of.pk, at=NOW, verb="ledger.task.edit", subject_kind="ledger.task",
        subject_id=rows["task"], changes={"title": [f"{mark}before", f"{mark}after"]},
        reason=f"{mark}reason",
    )  # fmt: skip
    counted = [fact["id"] for fact in brief.facts if fact["kind"] == "count"]
    found = {
        "ledger.task": (rows["task"], f"{mark}task"),
        "documents.document": (rows["document"], f"{mark}document"),
        "goals.goal": (goal.pk, f"{planned}goal"),
        "goals.note": (note.pk, f"{planned}note"),
    }
    search.index_many(
        Text(
            jurisdiction=of.jurisdiction,
            unit_id=of.pk,
            kind=kind,
            id=key,
            title=title,
            text=of.name,
        )
        for kind, (key, title) in found.items()
    )
    return rows | {"brief": brief.pk, "fact": counted[0], "running_plan": running.pk}


def _stands_in(of: Unit, place: str, holder: Term) -> Delegation:
    """The head of the unit let somebody else do his work: in 东村 its clerk, elsewhere a stranger."""
    mine = {"jurisdiction": of.jurisdiction}
    name = "马文书" if place == "own" else "代办人"
    taker = Person.objects.filter(**mine, name=name).first()
    return Delegation.objects.create(
        **mine, post=holder.post, giver=holder.person, from_on=TODAY, to_on=date(2026, 6, 30),
        taker=taker or Person.objects.create(**mine, name=name), reason=f"Zrow-{place}-leave",
    )  # fmt: skip


def _indicators(of: Unit, planned: str, mine: dict[str, Any], head: Post) -> dict[str, Any]:
    year = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}
    row = Indicator.objects.create(
        **mine, unit=of, number="01", name=f"{planned}indicator", kind="flow",
        category="business", from_on=date(2025, 1, 1),
    )  # fmt: skip
    definition = IndicatorDefinition.objects.create(
        **mine, indicator=row, from_on=row.from_on, statement=f"{planned}statement",
        measure="万元", decimals=2, source=f"{planned}source",
    )  # fmt: skip
    Reporter.objects.create(**mine, indicator=row, unit=of, from_on=row.from_on)
    target = Target.objects.create(
        **mine, indicator=row, unit=of, **year, basis="own", value="12.5",
        source=f"{planned}origin", stated_on=TODAY,
    )  # fmt: skip
    reading = Reading.objects.create(
        **mine, indicator=row, definition=definition, unit=of, starts_on=date(2026, 5, 1),
        ends_on=date(2026, 5, 31), as_of=TODAY, value="3.25", source=f"{planned}book",
    )  # fmt: skip
    peer = Benchmark.objects.create(
        **mine, indicator=row, unit=of, **year, peer=f"{planned}peer", value="20",
        source=f"{planned}bulletin", as_of=TODAY,
    )  # fmt: skip
    division = Division.objects.create(
        **mine, target=target, rule="equal", divided_on=date(2026, 1, 20)
    )
    Share.objects.create(**mine, division=division, post=head, value="12.5")
    cell = [str(row.pk), str(of.pk), "2026-04-01", "2026-04-30", "2.5", ""]
    return {
        "indicator": row.pk,
        "target": target.pk,
        "reading": reading.pk,
        "benchmark": peer.pk,
        "cells": json.dumps([cell]),
    }


def _asked(of: Unit, planned: str, mine: dict[str, Any], holder: Term) -> dict[str, Any]:
    """A request of the place's town to the place, one that is drafted, an opinion to the town."""
    town = of if of.kind == "town" else of.parent
    place = planned.split("-")[1]
    whose = "parent" if place in {"own", "sibling"} else place  # open to the whole town
    facts = mine | {
        "unit": town, "drafter": town, "due_on": date(2026, 6, 30), "rounds": ["2026-06-30"],
        "asked_on": TODAY, "asked_by_id": holder.person_id,
    }  # fmt: skip
    number = DataRequest.objects.filter(unit=town).count()
    asked = DataRequest.objects.create(
        **facts, number=number + 1, title=f"Zplan-{whose}-request", fields=["人数"], state="issued",
        decided_on=TODAY, decided_by_id=holder.person_id,
    )  # fmt: skip
    draft = DataRequest.objects.create(
        **facts, number=number + 2, title=f"Zplan-{whose}-wanted", fields=["床位"]
    )
    task = Task.objects.create(
        **mine, unit=of, number=f"报{number}", tree=f"9{number:03d}/", title=f"填报{number}",
        state="under_way", state_since=TODAY, due_on=date(2026, 6, 30), weight_sum=100,
        missing_sum=100, source_kind="temporary",
    )  # fmt: skip
    Assignment.objects.create(**mine, task=task, role="lead_unit", unit=of, from_on=TODAY)
    RequestedUnit.objects.create(**mine, request=asked, unit=of, task_id=task.pk)
    RequestedUnit.objects.create(**mine, request=draft, unit=of)
    row = f"Zrow-{place}-"
    RequestReply.objects.create(
        **mine, request=asked, unit=of, round_on=date(2026, 6, 30), answers=[f"{row}answer"],
        replied_on=TODAY, person_id=holder.person_id,
    )  # fmt: skip
    OutsideAsk.objects.create(
        **mine, unit=of, channel="group", what=f"{row}outside", minutes=5, asked_on=TODAY,
        person_id=holder.person_id,
    )  # fmt: skip
    opinion = Opinion.objects.create(
        **mine, unit=town, number=number + 1, kind="work", text=f"{row}opinion", given_on=TODAY,
        person_id=holder.person_id,
    )  # fmt: skip
    return {"request": asked.pk, "wanted": draft.pk, "opinion": opinion.pk}


def _sampled(of: Unit, mark: str, mine: dict[str, Any], plan: Plan, holder: Term) -> dict[str, Any]:
    """A closed item, and a draw that has ended: an open one would show it to the county."""
    closed = Task.objects.create(
        **mine, plan=plan, unit=of, number="5", tree="0005/", title=f"{mark}closed",
        state="completed", state_since=TODAY, done_by_id=holder.person_id, weight_sum=100,
        done_on=date(2026, 3, 20), closed_on=date(2026, 3, 30), progress=10000, done_sum=1_000_000,
    )  # fmt: skip
    draw = SampleDraw.objects.create(
        **mine, unit=of, from_on=date(2025, 4, 1), to_on=date(2025, 6, 30), confidence=80, rate=20,
        population=1, size=1, must_count=0, frame=closed.pk.bytes, state="done", ended_on=TODAY,
        strata=[[str(of.pk), 1, 1, 0]], drawn_on=TODAY, drawn_at=NOW, drawn_by_id=holder.person_id,
    )  # fmt: skip
    item = SampleItem.objects.create(
        **mine, draw=draw, task=closed, unit_id=of.pk, stratum=of, position=1, outcome="true",
        closed_on=date(2025, 6, 30), method="papers", note=f"{mark}found", checked_on=TODAY,
        checked_by_id=holder.person_id,
    )  # fmt: skip
    return {"draw": draw.pk, "sampled": item.pk}


def _received(of: Unit, mark: str, mine: dict[str, Any], task: Any, holder: Term) -> dict[str, Any]:
    """A paper with a version of its answer, and a report that the office typed for the head."""
    paper = IncomingPaper.objects.create(
        **mine, unit=of, task_id=task, sender=f"{mark}sender", reference=f"{mark}reference",
        title=f"{mark}paper", answer_form="written", received_at=NOW,
    )  # fmt: skip
    outgoing = OutgoingReport.objects.create(
        **mine, paper=paper, unit=of, edition=1, to_whom=f"{mark}sender", started_on=TODAY,
        drafted_by_id=holder.person_id,
    )  # fmt: skip
    ToldFigure.objects.create(
        **mine, report=outgoing, position=1, name=f"{mark}figure", value="3", measure="户",
        period="2026年",
    )  # fmt: skip
    Intake.objects.create(
        **mine, task_id=task, unit_id=of.pk, asked_by=f"{mark}asker", placing="outside",
        entered_at=NOW,
    )  # fmt: skip
    clerk = Person.objects.filter(name="林主任").values_list("pk", flat=True).first()
    typed = ProgressReport.objects.create(
        **mine, task_id=task, unit_id=of.pk, reported_on=TODAY, reported_at=NOW, channel="wechat",
        person_id=holder.person_id, typed_by_id=clerk or uuid7(), text=f"{mark}typed",
    )  # fmt: skip
    return {
        "paper": paper.pk,
        "outgoing": outgoing.pk,
        "typed": typed.pk,
        "drafter": holder.person_id,
    }


def _week(of: Unit, mark: str, mine: dict[str, Any], task: Any) -> dict[str, Any]:
    """A draft and an issued weekly list, a meeting with a decision, a piece of recurring work."""
    draft, issued = (
        WeeklyList.objects.create(
            **mine, unit=of, year=2026, week=week, from_on=date.fromisocalendar(2026, week, 1),
            to_on=date.fromisocalendar(2026, week, 5), drafted_on=TODAY, **more,
        )
        for week, more in ((30, {}), (29, {"state": "issued", "issued_on": TODAY}))
    )  # fmt: skip
    line, _other = (
        WeeklyLine.objects.create(
            **mine, list=row, task_id=task, unit_id=of.pk, position=1, text=f"{mark}weekly",
            why="due", why_on=TODAY,
        )
        for row in (draft, issued)
    )  # fmt: skip
    kind = MeetingKind.objects.create(**mine, unit=of, name="党政联席会", mark="联席纪")
    session = Meeting.objects.create(
        **mine, unit=of, kind=kind, title=f"{mark}session", held_on=TODAY
    )
    Minutes.objects.create(**mine, meeting=session, kind=kind, unit_id=of.pk, year=2026)
    decision = Decision.objects.create(
        **mine, meeting=session, unit_id=of.pk, position=1, text=f"{mark}decision",
        why_no_task="原则性意见", decided_on=TODAY,
    )  # fmt: skip
    work = RecurringWork.objects.create(
        **mine, unit=of, name=f"Zplan{mark[4:]}recurring", what="统计", lead_unit=of, day=25,
        rhythm="monthly", from_on=TODAY,
    )  # fmt: skip
    return {
        "week": draft.pk, "week_issued": issued.pk, "week_line": line.pk, "kind": kind.pk,
        "session": session.pk, "decision": decision.pk, "work": work.pk,
    }  # fmt: skip


def _ordered(of: Unit, mark: str, mine: dict[str, Any], task: Any, holder: Term) -> dict[str, Any]:
    """An open order of the town about the place's task."""
    town = of if of.kind == "town" else of.parent
    order = Order.objects.create(
        **mine, unit=town, issuer_kind="town", task_id=task, year=2025, source="meeting",
        number=Order.objects.filter(unit=town).count() + 1, serial=f"{mark}serial",
        basis=f"{mark}basis", requirement=f"{mark}requirement", registered_on=TODAY,
        registered_at=NOW, registered_by_id=holder.person_id,
    )  # fmt: skip
    inspection = _inspected(town, mine)
    bulletin, reply = _bulletin(town, mine, task)
    return {
        "order": order.pk,
        "visit": _visited(of, town, mine, mark).pk,
        "inspection": inspection.pk,
        "town": town.pk,
        "bulletin": bulletin.pk,
        "reply": reply.pk,
    }


def _bulletin(town: Unit, mine: dict[str, Any], task: Any) -> tuple[Bulletin, BulletinReply]:
    """The one draft of a town's bulletin, and the reply that an office of it is asked for."""
    known = Bulletin.objects.filter(unit=town).first()
    if known is not None:
        return known, known.replies.get()
    fact = {
        "id": "all.overdue", "kind": "count", "label": "到期未办结", "value": "1", "unit": "项",
        "as_of": "2026-06-18", "url_kind": "", "url_id": None, "line": "", "part": "overdue",
        "rows": [str(task)],
    }  # fmt: skip
    mark = "Zrow-parent-" if town.name == "青榆镇" else "Zrow-other_town-"
    row = Bulletin.objects.create(
        **mine, unit=town, title=f"{mark}bulletin", from_on=date(2026, 6, 1), to_on=TODAY,
        as_of=TODAY, facts=[fact], written_at=NOW, written_by_id=uuid7(),
        paragraphs=[{"style": "title", "mark": "", "runs": [[f"{mark}bulletin", None]]}],
    )  # fmt: skip
    unit_ = list(Unit.objects.filter(parent=town).order_by("path")[:2])
    asked = unit_[len(unit_) - 1 if town.name == "青榆镇" else 0]
    return row, BulletinReply.objects.create(**mine, bulletin=row, unit=asked)


def _visited(of: Unit, town: Unit, mine: dict[str, Any], mark: str) -> Visit:
    """A visit by the town's party secretary; where there is none, by the place's own head."""
    post_ = Post.objects.filter(unit=town, role="leader").order_by("position").first()
    post_ = post_ or Post.objects.filter(unit=of).order_by("position").first()
    assert post_ is not None
    who = Term.objects.filter(post=post_).first()
    assert who is not None
    return Visit.objects.create(
        **mine, unit=of, post=post_, person_id=who.person_id, visited_on=TODAY,
        place=f"{mark}visited", seen=f"{mark}seen", noted_at=NOW,
    )  # fmt: skip


def _inspected(town: Unit, mine: dict[str, Any]) -> Inspection:
    """The county's one inspection of a town: its supervisors see those of every town."""
    office = Unit.objects.filter(jurisdiction=town.jurisdiction, kind="county_office").first()
    known = Inspection.objects.filter(town=town).first()
    if known is not None:
        return known
    mark = "Zrow-parent-" if town.name == "青榆镇" else ""
    return Inspection.objects.create(
        **mine, unit=office or town.parent, issuer_kind="county_office", town=town,
        town_kind="town", year=2025, number=Inspection.objects.count() + 1,
        serial=f"{mark}督查{town.name}", title=f"{mark}title", requirement=f"{mark}asked",
        due_on=date(2026, 6, 10), opened_on=TODAY, opened_by_id=uuid7(),
    )  # fmt: skip


def _papers(
    of: Unit, mark: str, mine: dict[str, Any], meeting: Meeting, speech: Any
) -> dict[str, Any]:
    report = Document.objects.create(
        **mine, unit=of, title=f"{mark}report", year=2026, origin="uploaded", state="read",
        text=f"{mark}report", sha256=uuid7().hex * 2, added_at=NOW,
    )  # fmt: skip
    passage = Passage.objects.create(**mine, document=report, start=0, end=len(report.text))
    twin = DraftItem.objects.create(
        **mine, document=report, passage=passage, position=1, kind="task", title=f"{mark}draft"
    )
    for document, role in ((speech, "speech"), (report.pk, "report")):
        MeetingText.objects.create(**mine, meeting=meeting, document_id=document, role=role)
    return {"twin": twin.pk}


def _texts(of: Unit, mark: str, mine: dict[str, Any]) -> dict[str, Any]:
    text = f"{mark}text第一句，年底前完成。第二句，十月底前完成。"
    document = Document.objects.create(
        **mine, unit=of, title=f"{mark}document", year=2026, origin="pasted", state="read",
        text=text, sha256=uuid7().hex * 2, added_at=NOW,
    )  # fmt: skip
    fresh = Document.objects.create(
        **mine, unit=of, title=f"{mark}fresh", year=2026, origin="pasted", state="read",
        text=f"{mark}fresh", sha256=uuid7().hex * 2, added_at=NOW,
    )  # fmt: skip
    waiting = Document.objects.create(
        **mine, unit=of, title=f"{mark}waiting", year=2026, origin="pasted", state="waiting",
        text=f"{mark}waiting", sha256=uuid7().hex * 2, added_at=NOW,
    )  # fmt: skip
    doubtful = Document.objects.create(
        **mine, unit=of, title=f"{mark}doubtful", year=2026, origin="pasted", state="read",
        text=f"2026年是“十四五”规划的关键一年，2月30日。{mark}doubtful", sha256=uuid7().hex * 2,
        added_at=NOW,
    )  # fmt: skip
    Dismissal.objects.create(
        **mine, document=doubtful, said="factcheck.F05.day", start=19, end=24,
        reason=f"{mark}let-stand", dismissed_at=NOW,
    )  # fmt: skip
    passage = Passage.objects.create(**mine, document=document, start=0, end=len(text))
    draft = DraftItem.objects.create(
        **mine, document=document, passage=passage, position=1, kind="task", title=f"{mark}draft"
    )
    kept = DraftItem.objects.create(
        **mine, document=document, passage=passage, position=2, kind="task", title=f"{mark}kept",
        state="set_aside", disposition="declined", why_not="已有安排", version=2,
    )  # fmt: skip
    SecondOpinion.objects.create(
        **mine, document=document, draft=draft, start=0, end=9, kind="goal",
        model=f"{mark}model", said_at=NOW,
    )  # fmt: skip
    before = {"state": "draft", "disposition": "", "why_not": ""}
    act = Act.objects.create(
        **mine, document=document, verb="set_aside", at=NOW,
        drafts=[{"id": str(kept.pk), "before": before, "version": 2}],
    )  # fmt: skip
    return {
        "document": document.pk,
        "waiting": waiting.pk,
        "doubtful": doubtful.pk,
        "fresh": fresh.pk,
        "passage": passage.pk,
        "draft": draft.pk,
        "act": act.pk,
        "cut": text.index("第二句"),
        "rule": LocalRule.objects.create(
            **mine, unit=of, kind="sentence", phrase=f"{mark}rule", outcome="study", added_at=NOW
        ).pk,
    }


def _tasks(
    of: Unit, mark: str, mine: dict[str, Any], plan: Plan, line: WorkLine, head: Post, holder: Term
) -> dict[str, Any]:
    common = mine | {"plan": plan, "unit": of, "line": line, "state_since": TODAY}
    task = Task.objects.create(
        **common, number="1", tree="0001/", title=f"{mark}task", state="under_way",
        due_on=date(2026, 6, 30), first_due_on=date(2026, 6, 30), measures=f"{mark}measures",
        acceptance=f"{mark}acceptance", blocker=f"{mark}blocker", blocked_on=TODAY,
        weight_sum=100, missing_sum=100, starts_on=date(2026, 3, 2), started_on=date(2026, 3, 2),
    )  # fmt: skip
    other = Task.objects.create(
        **common, number="2", tree="0002/", title=f"{mark}other", state="registered",
        due_on=date(2026, 12, 31), weight_sum=100, missing_sum=100,
    )  # fmt: skip
    done = Task.objects.create(
        **common, number="3", tree="0003/", title=f"{mark}done", state="reported_done",
        due_on=date(2026, 6, 30), first_due_on=date(2026, 6, 30), weight_sum=100, progress=10000,
        done_sum=1_000_000, done_by_id=holder.person_id, done_on=TODAY, assigned_at=NOW,
    )  # fmt: skip
    loose = Task.objects.create(
        **mine, unit=of, number=f"T2026-{mark[-4:]}", tree=f"T{of.pk.hex[-8:]}/", title=f"{mark}loose",
        state="under_way", state_since=TODAY, due_on=date(2026, 6, 10), source_kind="temporary",
        weight_sum=100, missing_sum=100,
    )  # fmt: skip
    asked = Task.objects.create(
        **common, number="4", tree="0004/", title=f"{mark}asked", state="under_way",
        due_on=date(2026, 6, 30), first_due_on=date(2026, 6, 30), weight_sum=100, missing_sum=100,
        assigned_at=NOW,
    )  # fmt: skip
    for row in (task, done, loose, asked):
        Assignment.objects.create(
            **mine, task=row, role="lead_unit", unit=of, from_on=date(2026, 1, 5)
        )
        Assignment.objects.create(
            **mine, task=row, role="owner", post=head, from_on=date(2026, 1, 5)
        )
    stuck = Blocker.objects.create(
        **mine, task=task, unit_id=of.pk, reason="land", text=f"{mark}blocker", state_since=TODAY,
        needs=f"{mark}needs", needs_unit=of, raised_on=TODAY, raised_by_id=holder.person_id,
    )  # fmt: skip
    Milestone.objects.create(
        **mine, task=task, position=1, title=f"{mark}node", due_on=date(2026, 6, 10)
    )
    link = Dependency.objects.create(**mine, task=task, predecessor=other)
    report = ProgressReport.objects.create(
        **mine, task=task, unit_id=of.pk, reported_on=TODAY, reported_at=NOW,
        person_id=holder.person_id, text=f"{mark}report",
    )  # fmt: skip
    extension = Extension.objects.create(
        **mine, task=asked, unit_id=of.pk, old_due_on=date(2026, 6, 30),
        new_due_on=date(2026, 7, 31), reason=f"{mark}extension", asked_on=TODAY,
        asked_by_id=holder.person_id,
    )  # fmt: skip
    sha = (uuid7().hex * 2)[:64]
    default_storage.save(f"{sha[:2]}/{sha[2:4]}/{sha}", ContentFile(f"{mark}bytes".encode()))
    evidence = Attachment.objects.create(
        **mine, unit_id=of.pk, subject_kind="ledger.progressreport", subject_id=report.pk,
        name=f"{mark}evidence.txt", sha256=sha, size=9, media_type="text/plain", state="ok",
        added_at=NOW,
    )  # fmt: skip
    sha = (uuid7().hex * 2)[:64]
    default_storage.save(f"thumbs/{sha[:2]}/{sha[2:4]}/{sha}.jpg", ContentFile(mark.encode()))
    photo = Attachment.objects.create(
        **mine, unit_id=of.pk, subject_kind="ledger.progressreport", subject_id=report.pk,
        name=f"{mark}photo.jpg", sha256=sha, size=9, media_type="image/jpeg", state="ok",
        added_at=NOW, has_thumb=True,
    )  # fmt: skip
    return {
        "photo": photo.pk,
        "task": task.pk,
        "blocker": stuck.pk,
        "other": other.pk,
        "done": done.pk,
        "loose": loose.pk,
        "asked": asked.pk,
        "dependency": link.pk,
        "extension": extension.pk,
        "evidence": evidence.pk,
        "report": report.pk,
    }
