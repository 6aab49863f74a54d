"""A year, from one speech to the next, told once for our own speech and once for each seed.

Lin (town office) reads the speech, adopts and assigns; Wang (东村) signs, reports and says done; He
draws the check, Liu answers for the line; Chen's office writes the review; the reader reads it again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from luoshi.adoption import actions as adoption
from luoshi.briefs import actions as briefs
from luoshi.briefs.models import Brief
from luoshi.documents import actions as documents
from luoshi.documents.models import Document, DraftItem
from luoshi.documents.source import Source
from luoshi.goals import actions as goals
from luoshi.goals.models import Plan, WorkLine
from luoshi.jobs import actions as jobs
from luoshi.journal import proving, sealer
from luoshi.ledger import actions as ledger
from luoshi.ledger import queries as ledger_queries
from luoshi.ledger.models import Task
from luoshi.ledger.queries import Roles
from luoshi.supervision import actions as supervision
from luoshi.supervision.models import Verification
from luoshi.supervision.queries import drawn_for

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT.parent / "shared" / "samples" / "seeds"
OWN = ROOT / "src" / "luoshi" / "config" / "demo" / "speech_2026.txt"
SPEECHES = {"own": (OWN, 2026), "seed000": (SEEDS / "seed000.txt", 2026), "seed002": (SEEDS / "seed002.txt", 2024)}  # fmt: skip


@dataclass
class Office:
    """The cast at work on a day that moves."""

    cast: object
    today: date

    @property
    def now(self) -> datetime:
        return datetime.combine(self.today, datetime.min.time(), UTC) + timedelta(hours=2)

    def by(self, name: str) -> dict[str, object]:
        return {"actor": self.cast.actor(name, self.today), "today": self.today, "now": self.now}


@pytest.fixture(params=SPEECHES)
def speech(request):
    path, year = SPEECHES[request.param]
    if not path.exists():
        pytest.skip("shared/samples is not here")
    text = path.read_text("utf-8")
    return (text.split("\n", 1)[1] if text.startswith("# source") else text), year


def read(office: Office, text: str, year: int) -> Document:
    made = documents.add(
        **office.by("lin"),
        unit=office.cast.town,
        source=Source(text),
        origin="pasted",
        year=year,
        title="讲话",
    )
    jobs.run_waiting(timezone.now)
    document = Document.objects.get(pk=made.id)
    assert document.state == "read"
    assert document.text == text
    for draft in document.drafts.select_related("passage"):
        assert document.text[draft.passage.start : draft.passage.end].strip()
    return document


def adopt(office: Office, document: Document, year: int) -> tuple[Plan, list[Task]]:
    lin = {"actor": office.cast.actor("lin"), "today": office.today}
    plan = Plan.objects.get(pk=goals.create_plan(**lin, unit=office.cast.town, year=year).id)
    line = goals.add_line(**lin, plan=plan, name="全镇重点", leader_post=office.cast.posts["liu"])
    wanted = document.drafts.exclude(kind__in=["principle", "boilerplate"])
    adoption.adopt(
        **office.by("lin"), document=document, draft_ids=list(wanted.values_list("pk", flat=True)),
        plan=plan, line=WorkLine.objects.get(pk=line.id), reason="年初集中补录",
    )  # fmt: skip
    rest = document.drafts.filter(state="draft")
    if rest.exists():
        adoption.set_aside(
            **office.by("lin"),
            document=document,
            draft_ids=list(rest.values_list("pk", flat=True)),
            reason="传达学习",
        )
    assert not DraftItem.objects.filter(document=document, state="draft").exists()
    tasks = list(Task.objects.filter(plan=plan, is_leaf=True).order_by("tree"))
    assert tasks
    assert all(task.passage_id for task in tasks), "every task keeps its sentence for ever"
    return plan, tasks


def carry(office: Office, plan: Plan, tasks: list[Task]) -> None:
    roles = Roles(
        lead_leader=office.cast.posts["liu"].pk, lead_unit=office.cast.east.pk,
        supporting=(office.cast.economy.pk,), owner=office.cast.posts["wang"].pk,
    )  # fmt: skip
    before = codes(office, plan)
    for task in tasks:
        ledger.assign(**office.by("lin"), task=task, roles=roles)
    after = codes(office, plan)
    assert before.count("C01") > after.count("C01") == 0
    timetable = ledger_queries.timetable(office.cast.actor("lin"), office.today, plan)
    assert timetable is not None


def codes(office: Office, plan: Plan) -> list[str]:
    return [f.code for f in ledger_queries.findings(office.cast.actor("lin"), office.today, plan)]


def finish(office: Office, task: Task) -> Task:
    """Sign, report half, report done, check by another, close."""
    task.refresh_from_db()
    ledger.sign_for(**office.by("wang"), task=task)
    said = ledger.Said(text="已完成过半", progress=5000)
    office.today += timedelta(days=20)
    task.refresh_from_db()
    ledger.report(**office.by("wang"), task=task, said=said)
    office.today += timedelta(days=20)
    task.refresh_from_db()
    ledger.report_done(
        **office.by("wang"), task=task, said=ledger.Said(text="全部完成，资料齐备", progress=10000)
    )
    task.refresh_from_db()
    drawn = drawn_for(office.cast.actor("lin"), office.today, [task])[task.pk]
    verifier = next(name for name, person in office.cast.people.items() if person == drawn)
    assert verifier in {"lin", "he"}, "drawn among the town office, never chosen"
    supervision.verify(**office.by(verifier), task=task, method="on_site", note="现场核查属实")
    task.refresh_from_db()
    ledger.close(**office.by("lin"), task=task)
    task.refresh_from_db()
    assert task.state in {"completed", "cleared"}
    assert Verification.objects.get(task=task).verified_by_id != task.done_by_id
    return task


def test_a_year_from_speech_to_speech(cast, speech, settings, tmp_path):
    settings.LUOSHI_DATA = tmp_path
    (tmp_path / "journal.key").write_text("a key for the story")
    text, year = speech
    office = Office(cast, date(year, 1, 12))
    document = read(office, text, year)
    plan, tasks = adopt(office, document, year)
    carry(office, plan, tasks)
    # A masked name is 待补 in the review: the item that is followed to the end has none.
    closed = finish(office, next(task for task in tasks if "*" not in task.title[:6]))

    plan.refresh_from_db()
    sums = (plan.weight_sum, plan.done_sum, plan.missing_sum)
    ledger.rebuild_sums(**office.by("lin"), plan=plan)
    plan.refresh_from_db()
    assert (plan.weight_sum, plan.done_sum, plan.missing_sum) == sums

    office.today = date(year, 12, 20)
    brief = write_review(office, plan)
    again = read_again(office, brief)
    assert closed.title[:6] in again.text, "what was done stands in the review"
    assert {"achievement", "task"} <= set(again.drafts.values_list("kind", flat=True))

    sealer.seal_waiting()
    report = proving.verify(cast.county.jurisdiction, timezone.now())
    assert report.broken is None
    assert report.sealed > len(tasks)


def write_review(office: Office, plan: Plan) -> Brief:
    made = briefs.write_review(**office.by("lin"), plan=plan)
    return Brief.objects.get(pk=made.id)


def read_again(office: Office, brief: Brief) -> Document:
    briefs.finish(**office.by("lin"), brief=brief, version=brief.version)
    jobs.run_waiting(timezone.now)
    brief.refresh_from_db()
    assert brief.document is not None
    assert brief.document.state == "read"
    return brief.document
