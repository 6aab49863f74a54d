"""The demonstration in the database: whole, lawful, summed, sealed; built once for the module."""

from __future__ import annotations

from collections import Counter
from datetime import date
from uuid import UUID

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, Q
from django.test import override_settings
from django.utils import timezone

from luoshi.briefs.models import Bulletin
from luoshi.burden.models import DataRequest, RequestedUnit
from luoshi.config.commands.check import findings
from luoshi.config.demo import TODAY, plan
from luoshi.config.demo.build import SEED, build, is_whole
from luoshi.config.demo.manpower import PEOPLE
from luoshi.config.demo_cast import FIRST, SWITCHER
from luoshi.config.demo_guard import refuse_mixed_database
from luoshi.documents.models import Document, DraftItem
from luoshi.domain.workdays import SHANGHAI
from luoshi.files.actions import path_of
from luoshi.files.models import Attachment
from luoshi.goals.models import Note, Plan, PlanSnapshot
from luoshi.journal import proving
from luoshi.journal.models import Entry
from luoshi.ledger import queries as ledger
from luoshi.ledger.models import Blocker, DueMove, ProgressReport, Task
from luoshi.ledger.models.hands import Estimate, Hand
from luoshi.ledger.queries import Sums, recount, stored
from luoshi.org.models import Account, DemoMarker, Unit
from luoshi.org.queries import actor_for, visible_unit_ids
from luoshi.supervision.models import (
    Decision,
    Extension,
    Minutes,
    Order,
    RecurringItem,
    RecurringWork,
    Verification,
    Visit,
    VisitTie,
    Watch,
    WeeklyLine,
    WeeklyList,
)
from luoshi.supervision.staging import stage_of

pytestmark = pytest.mark.django_db
MAIN = "青榆镇"


@pytest.fixture(scope="module")
def story():
    return plan(SEED)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    (folder / "journal.key").write_text("a key for this test only")
    return folder


@pytest.fixture(scope="module")
def county(django_db_setup, django_db_blocker, data):
    """The built county, in one transaction that is taken back at the end of the module."""
    with django_db_blocker.unblock(), override_settings(LUOSHI_DATA=data, MEDIA_ROOT=data):
        block = transaction.atomic()
        block._from_testcase = True
        with block:
            yield build()
            transaction.set_rollback(True)


def town_plan(year: int) -> Plan:
    return Plan.objects.select_related("unit").get(unit__name=MAIN, year=year)


def beside() -> set[UUID]:
    """Items that came with an order, a paper, a call, a meeting, a visit or a request."""
    came = Q(orders__is_new=True) | Q(intake__isnull=False) | Q(paper__isnull=False)
    came |= Q(decision__isnull=False) | Q(recurring_item__isnull=False)
    came |= Q(promised_in__isnull=False)
    found = set(Task.objects.filter(came).values_list("pk", flat=True))
    for model in (DataRequest, RequestedUnit):
        found |= set(model.objects.exclude(task_id=None).values_list("task_id", flat=True))
    return found


def test_build_writes_what_the_story_tells(county, story):
    assert county["units"] == len(story.units)
    assert county["people"] == len(story.people)
    assert county["accounts"] == len(story.accounts)
    assert county["plans"] == 4
    main = Task.objects.filter(unit__path__startswith=Unit.objects.get(name=MAIN).path)
    main = main.exclude(pk__in=beside())
    assert main.count() == len(story.tasks)
    told = [event for event in story.events if event.verb in {"report", "report_done"}]
    heard = WeeklyLine.objects.filter(list__state="closed").exclude(outcome="cancelled")
    reports = ProgressReport.objects.filter(task__in=main).exclude(
        channel="meeting", reported_on=date(2026, 6, 12), task__in=heard.values("task")
    )
    assert reports.count() == len(told)
    assert is_whole()


def test_every_move_of_the_story_is_journalled_at_its_instant(county, story):
    verbs = Counter(Entry.objects.values_list("verb", flat=True))
    told = Counter(str(event.verb) for event in story.events)
    assert verbs["ledger.task.assign"] >= told["assign"]
    assert verbs["ledger.task.report"] >= told["report"]
    assert verbs["supervision.extension.ask"] == told["ask_extension"] + 1  # and the C07 fault
    late = Entry.objects.filter(verb__startswith="ledger.", at__gt=story.events[-1].at).exclude(
        subject_id__in=beside() | set(Order.objects.values_list("task", flat=True))
    )
    assert late.count() == 0
    first = min(event.at for event in story.events)
    assert Entry.objects.filter(verb="ledger.task.register", at__lte=first).exists()


def test_hands_and_estimates_of_the_projects_are_said(county):
    hands = Hand.objects.filter(plan=town_plan(2026))
    assert {hand.unit.short_name: hand.amount for hand in hands} == {
        name: people * 100 for name, people in PEOPLE.items()
    }
    said = Estimate.objects.filter(task__plan=town_plan(2026)).select_related("task")
    assert said.count() > 40
    assert all(one.best_days <= one.task.duration_days <= one.worst_days for one in said)


def test_every_light_occurs_by_the_ledgers_own_judgement(county):
    tasks = list(Task.objects.filter(plan=town_plan(2026), is_leaf=True).select_related("plan"))
    words = Counter(light.word for light in ledger.lights_of(tasks, TODAY).values())
    assert set(words) == {"ok", "none", "not_started", "slow", "silent", "late", "done"}


def test_every_state_but_the_passing_ones_stands_somewhere(county):
    standing = set(Task.objects.values_list("state", flat=True))
    assert standing >= {state.value for state in Task.State} - {"cleared", "signed"}


def test_sums_equal_a_rebuild(county):
    for row in Plan.objects.all():
        counted = recount(row.pk, row.jurisdiction)
        assert Sums(row.weight_sum, row.done_sum, row.missing_sum) == counted.plan
        for task in row.tasks.all():
            assert stored(task) == counted.tasks[task.pk]
        for line in row.lines.all():
            kept = Sums(line.weight_sum, line.done_sum, line.missing_sum)
            assert kept == counted.lines.get(line.pk, Sums())


def test_last_year_is_closed_with_notes_and_results(county, story):
    closed, current = town_plan(2025), town_plan(2026)
    assert (closed.state, current.state) == ("closed", "in_force")
    kinds = Counter(Note.objects.filter(plan=closed).values_list("kind", flat=True))
    assert kinds == Counter(note.kind for note in story.notes)
    assert Note.objects.filter(plan=closed, kind="gap", pair__isnull=True).count() == 0
    assert Note.objects.filter(plan=closed, passage__isnull=False).exists()
    results = {task.title for task in story.tasks if task.result is not None}
    told = ProgressReport.objects.filter(value__isnull=False, task__plan=closed)
    assert set(told.values_list("task__title", flat=True)) <= results
    assert told.exists()


def test_plans_went_into_force_without_errors_and_with_a_baseline(county):
    for row in Plan.objects.all():
        approved, in_force = PlanSnapshot.objects.filter(plan=row).order_by("taken_at")
        assert approved.content["tasks"]
        codes = {finding["severity"] for finding in in_force.signed_findings}
        assert codes <= {"warning"}


def test_faults_left_on_purpose_are_found(county, story):
    found = {finding.code for finding in findings(TODAY, town_plan(2026))}
    wanted = {fault.code for fault in story.faults} - {"C01"}  # still within its time (待定)
    assert wanted <= found
    undecided = Task.objects.filter(undecided_until__isnull=False)
    assert undecided.count() == sum(fault.code == "C01" for fault in story.faults)


def test_exactly_one_of_the_twelve_projects_cannot_be_done_in_time(county, story):
    row = Account.objects.get(login=FIRST)
    actor = actor_for(row, TODAY)
    table = ledger.timetable(actor, TODAY, town_plan(2026))
    told = {line.task.title: line.standing.verdict for line in table.projects}
    assert len(told) == 12
    infeasible = {name: verdict for name, verdict in told.items() if not verdict.feasible}
    assert list(infeasible) == ["镇养老服务中心"]
    assert infeasible["镇养老服务中心"].sentence.params["step"] == "日间照料区先行开放"


def test_speeches_are_read_and_tasks_keep_their_passage(county):
    assert {document.state for document in Document.objects.all()} == {"read"}
    held = Task.objects.filter(passage__isnull=False).select_related("passage__document")
    assert held.count() > 60
    for task in held:
        passage = task.passage
        assert passage is not None
        assert passage.document.text[passage.start : passage.end].strip()
    adopted = DraftItem.objects.filter(state="adopted")
    assert adopted.filter(adopted_kind="ledger.task").count() > 30
    assert adopted.filter(adopted_kind="goals.goal").exists()


def test_nobody_verified_what_they_had_done(county):
    assert Verification.objects.count() > 200
    assert not Task.objects.filter(done_by_id=F("verified_by_id")).exists()


def test_orders_stand_at_every_stage_that_a_reader_meets(county):
    stages = {stage_of(order).value for order in Order.objects.select_related("task")}
    assert stages == {"archived", "concluded", "working", "to_assign", "to_sign"}
    assert list(Order.objects.order_by("number").values_list("number", flat=True)) == [*range(1, 8)]


def test_the_offices_weeks_stand_closed_and_open(county):
    lists = WeeklyList.objects.order_by("from_on")
    closed, issued, *drafts = lists
    assert [closed.state, issued.state] == ["closed", "issued"]
    assert [closed.to_on, issued.to_on] == [date(2026, 6, 12), TODAY]
    # The clock's own, of every town, as on the last afternoon of a week.
    assert {row.state for row in drafts} == {"draft"}
    assert {row.from_on for row in drafts} == {date(2026, 6, 22)}
    assert len({row.unit_id for row in drafts}) == len(drafts) == 3
    outcomes = Counter(closed.lines.values_list("outcome", flat=True))
    assert set(outcomes) == {"done", "carried", "cancelled"}
    carried = set(closed.lines.filter(outcome="carried").values_list("task", flat=True))
    still = set(issued.lines.filter(why="carried").values_list("task", flat=True))
    assert still
    assert still <= carried


def test_meetings_decided_what_stands_in_the_ledger(county):
    rows = list(Minutes.objects.order_by("meeting__held_on"))
    assert [row.state for row in rows] == ["issued", "issued", "draft"]
    assert [row.number for row in rows] == [1, 2, None]
    decisions = Decision.objects.all()
    assert decisions.filter(task__isnull=True).exclude(why_no_task="").count() == 1
    states = set(decisions.exclude(task=None).values_list("task__state", flat=True))
    assert states >= {"assigned", "under_way", "reported_done"}


def test_recurring_work_made_items_of_its_days(county):
    assert RecurringWork.objects.count() == 4
    made = RecurringItem.objects.exclude(task=None)
    assert made.filter(work__rhythm="weekly").count() >= 2
    assert not made.filter(work__rhythm="yearly").exists()


def test_one_bulletin_is_issued_and_one_is_shown_to_the_units_it_names(county):
    issued, shown = Bulletin.objects.order_by("from_on")
    assert (issued.state, issued.serial) == ("issued", "督办通报〔2026〕1号")
    assert shown.state == "shown"
    assert shown.reply_until > TODAY
    assert issued.replies.filter(outcome="printed").exists()
    assert shown.replies.exclude(text="").exists()
    assert shown.replies.filter(text="").exists()


def test_leaders_went_where_something_was_stuck_and_watch_a_few_items(county):
    assert Visit.objects.count() == 6
    assert Visit.objects.exclude(typed_by_id=None).count() == 2
    assert VisitTie.objects.filter(blocker__isnull=False).exists()
    assert set(Visit.objects.exclude(promise=None).values_list("promise__state", flat=True)) == {
        "assigned"
    }
    assert Watch.objects.exists()


def test_snags_were_promised_answered_and_sent_back(county):
    states = set(Blocker.objects.values_list("state", flat=True))
    assert states >= {"open", "promised", "answered", "returned"}


def test_extensions_moved_deadlines_and_were_refused(county):
    states = set(Extension.objects.values_list("state", flat=True))
    assert states >= {"asked", "approved", "refused"}
    assert DueMove.objects.count() == Extension.objects.filter(state="approved").count()


def test_evidence_has_its_bytes(county):
    rows = list(Attachment.objects.all())
    assert len(rows) > 300
    for sha256 in {row.sha256 for row in rows}:
        assert default_storage.exists(path_of(sha256))


def test_journal_verifies_intact(county):
    for jurisdiction in proving.jurisdictions():
        report = proving.verify(jurisdiction, timezone.now())
        assert report.broken is None
        assert (report.unsealed, report.sealed) == (0, Entry.objects.count())


def test_county_supervisor_sees_three_towns_with_plans(county):
    actor = actor_for(Account.objects.get(login="yuedingyuan"), TODAY)
    towns = Unit.objects.filter(pk__in=visible_unit_ids(actor, TODAY), kind="town")
    assert towns.count() == 3
    for town in towns:
        assert Plan.objects.get(unit=town, year=2026).done_sum > 0


def test_switcher_offers_the_storys_people_and_opens_with_the_town_office(county, story):
    assert len(SWITCHER) == 10
    assert SWITCHER[0][0] == FIRST
    assert {login for login, _ in SWITCHER} == {a.login for a in story.accounts if a.switcher}
    names = {account.login: account.person for account in story.accounts}
    assert all(names[login] in label for login, label in SWITCHER)
    actor = actor_for(Account.objects.get(login=FIRST), TODAY)
    assert actor.roles == {"town_office"}


def test_demo_accounts_cannot_sign_in_with_any_password(county):
    assert all(account.is_demo for account in Account.objects.all())
    assert not any(account.has_usable_password() for account in Account.objects.all())


def test_marked_database_is_refused_without_the_demonstration(county):
    assert DemoMarker.objects.count() == 1
    with pytest.raises(SystemExit, match="LUOSHI_DEMO=1"), override_settings(LUOSHI_DEMO=False):
        refuse_mixed_database()
    with override_settings(LUOSHI_DEMO=True):
        refuse_mixed_database()


def test_reports_lie_on_their_own_days(county):
    assert not ProgressReport.objects.filter(reported_on__gt=TODAY).exists()
    for report in ProgressReport.objects.all()[:200]:
        assert report.reported_at.astimezone(SHANGHAI).date() == report.reported_on
