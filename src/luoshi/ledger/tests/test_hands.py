"""Hands of a plan: named by people, never assumed; levelled in a job, taken in one act; the odds."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from luoshi.domain.base import Refused
from luoshi.jobs import actions as jobs
from luoshi.jobs.models import Job
from luoshi.journal.models import Entry
from luoshi.ledger import studies
from luoshi.ledger.actions import hands as actions
from luoshi.ledger.models import Task
from luoshi.ledger.models.hands import Estimate, Hand
from luoshi.ledger.queries import hands as queries
from luoshi.ledger.queries.levelled import levelled
from luoshi.ledger.studies import LEVEL_JOB, ODDS_JOB, GivenHand, GivenNeed, GivenPoints
from luoshi.ledger.tests.conftest import TODAY
from luoshi.store.rows import Stale
from luoshi.ui.sentences import tell

MONDAY = date(2026, 6, 22)


@pytest.fixture
def three(new, act, roles):
    """Three items of 东村, each ten days long, all planned from the same Monday."""
    from luoshi.ledger.actions import assign

    rows = [
        new(title, starts_on=MONDAY, duration_days=10, due_on=date(2026, 9, 30))
        for title in ("修路", "修渠", "修桥")
    ]
    for row in rows:
        act("lin", assign, task=row, roles=roles)
        row.refresh_from_db()
    return rows


@pytest.fixture
def two_at_once(cast, plan, act, three):
    """东村 has one person; an item takes half of one."""
    given = GivenHand("unit", cast.east.pk, "", 100, 50, 0)
    act("lin", actions.set_hands, plan=plan, hands=[given])
    return Hand.objects.get(plan=plan)


@pytest.fixture
def studied(cast, plan, act, monkeypatch):
    """Ask for a study and let the worker do it; the rule alone answers, at once."""
    monkeypatch.setitem(studies.SECONDS, "short", 0)

    def study(kind, root=None, **wishes):
        wishes = {"time": "short"} | wishes
        made = act("lin", actions.ask_study, plan=plan, kind=kind, root=root, wishes=wishes)
        jobs.run_waiting(timezone.now)
        return Job.objects.get(pk=made.id)

    return study


def footing(cast, plan):
    return queries.footing_of(cast.actor("lin"), TODAY, plan)


def test_people_in_post_are_proposed_and_nothing_is_stored(cast, plan, three):
    found = queries.proposed_units(cast.actor("lin"), TODAY, footing(cast, plan))
    assert [(row.unit, row.items, row.hand) for row in found] == [(cast.east, 3, None)]
    assert found[0].amount >= 100
    assert not Hand.objects.exists()


def test_hands_are_set_journalled_and_guarded(cast, plan, act, two_at_once):
    entry = Entry.objects.get(verb="ledger.hands.set")
    assert entry.changes["amount"] == [None, 100]
    line = GivenHand("unit", cast.east.pk, "", 200, 50, two_at_once.version)
    act("lin", actions.set_hands, plan=plan, hands=[line])
    with pytest.raises(Stale):
        act("lin", actions.set_hands, plan=plan, hands=[line])
    with pytest.raises(Refused):
        act("wang", actions.set_hands, plan=plan, hands=[line])
    two_at_once.refresh_from_db()
    gone = GivenHand("unit", cast.east.pk, "", None, 50, two_at_once.version)
    act("lin", actions.set_hands, plan=plan, hands=[gone])
    assert not Hand.objects.exists(), "no amount, no limit"


@pytest.mark.parametrize("text", ["两个", "-1", "NaN", "1e9", "0.005"])
def test_an_amount_that_is_none_is_refused_in_words(text):
    with pytest.raises(Refused) as refused:
        studies.hundredths(text)
    assert text[:4] in tell(refused.value.why)


def test_dated_items_take_what_every_item_takes_unless_they_say_otherwise(
    cast, plan, act, two_at_once, three, new
):
    new("全年巡河", rhythm="all_year", due_on=None, quarter_states=["按月巡查"] * 4)
    assert set(footing(cast, plan).needs) == {row.pk for row in three}
    word = GivenNeed(three[0].pk, two_at_once.pk, 0)
    act("lin", actions.set_estimates, plan=plan, points=[], needs=[word])
    assert set(footing(cast, plan).needs) == {row.pk for row in three[1:]}
    too_much = GivenNeed(three[1].pk, two_at_once.pk, 200)
    with pytest.raises(Refused):
        act("lin", actions.set_estimates, plan=plan, points=[], needs=[too_much])


def test_load_says_which_weeks_are_too_full_and_who_fills_them(cast, plan, two_at_once, three):
    ground = footing(cast, plan)
    loads, days = ground.loads(TODAY)
    assert [(week.first, week.load, week.over) for week in loads[0].weeks if week.over] == [
        (MONDAY, 150, 50),
        (MONDAY + timedelta(7), 150, 50),
    ]
    held = ground.held(days, two_at_once.pk, MONDAY)
    assert {task.title for task, _amount in held} == {"修路", "修渠", "修桥"}


def test_levelling_proposes_reasons_and_is_taken_in_one_act(cast, plan, act, two_at_once, studied):
    job = studied(LEVEL_JOB)
    assert job.state == Job.State.DONE
    lin = cast.actor("lin")
    seen = levelled(lin, TODAY, plan, job)
    assert seen.refusal is None
    assert len(seen.moved) == 1, "two of three can be done at once"
    row = seen.moved[0]
    assert row.slot.start > MONDAY
    assert row.why.code == "level.hands"
    assert "东村" in tell(row.why)
    taken = {
        "plan": plan, "proposal": seen.proposal, "moves": seen.moves, "versions": seen.versions,
        "earlier": False,
    }  # fmt: skip
    act("lin", actions.take_levelled, **taken)
    assert Task.objects.get(pk=row.task.pk).starts_on == row.slot.start
    assert Entry.objects.filter(verb="ledger.plan.level", subject_id=plan.pk).exists()
    entry = Entry.objects.filter(subject_id=row.task.pk).order_by("-id").first()
    assert entry.changes["starts_on"] == [MONDAY.isoformat(), row.slot.start.isoformat()]
    loads, _days = footing(cast, plan).loads(TODAY)
    assert not loads[0].over


def test_levelled_plan_that_no_longer_holds_is_refused(cast, plan, act, two_at_once, studied):
    job = studied(LEVEL_JOB)
    seen = levelled(cast.actor("lin"), TODAY, plan, job)
    fewer = GivenHand("unit", cast.east.pk, "", 50, 50, two_at_once.version)
    act("lin", actions.set_hands, plan=plan, hands=[fewer])
    again = levelled(cast.actor("lin"), TODAY, plan, job)
    assert again.refusal.code == "schedule.plan.overload"
    with pytest.raises(Refused) as refused:
        act(
            "lin", actions.take_levelled, plan=plan, proposal=seen.proposal, moves=seen.moves,
            versions=seen.versions, earlier=False,
        )  # fmt: skip
    assert refused.value.why.code == "schedule.plan.overload"
    assert {row.starts_on for row in Task.objects.filter(plan=plan)} == {MONDAY}


def test_stopped_search_gives_the_best_so_far(cast, plan, act, two_at_once, monkeypatch):
    made = act("lin", actions.ask_study, plan=plan, kind=LEVEL_JOB, wishes={})
    with pytest.raises(Refused) as refused:
        act("lin", actions.ask_study, plan=plan, kind=LEVEL_JOB, wishes={})
    assert refused.value.why.code == "level.going"
    from luoshi.engines import levelling

    solve = levelling.solve

    def stopped_on_the_way(problem, **wishes):
        assert jobs.ask_cancel(job_id=made.id, actor=cast.actor("lin"))
        return solve(problem, **wishes)

    monkeypatch.setattr(levelling, "solve", stopped_on_the_way)
    jobs.run_waiting(timezone.now)
    job = Job.objects.get(pk=made.id)
    assert (job.state, job.result["stopped"], job.result["by"]) == (Job.State.DONE, True, "rule")
    assert len(levelled(cast.actor("lin"), TODAY, plan, job).moved) == 1


def test_levelling_without_hands_is_refused(plan, act, three):
    with pytest.raises(Refused) as refused:
        act("lin", actions.ask_study, plan=plan, kind=LEVEL_JOB, wishes={})
    assert refused.value.why.code == "level.no_hands"


def test_odds_are_seeded_and_told_by_deadline(cast, plan, act, three, studied):
    three[0].refresh_from_db()
    points = [GivenPoints(three[0].pk, 5, 120, 0)]
    act("lin", actions.set_estimates, plan=plan, points=points, needs=[])
    first, second = studied(ODDS_JOB), studied(ODDS_JOB)
    assert first.result == second.result
    kept = {one["task"]: one["kept"] for one in first.result["deadlines"]}
    assert 0.5 < kept[str(three[0].pk)] < 1
    assert kept[str(three[1].pk)] == 1
    assert first.result["drivers"][0][0] == str(three[0].pk)
    assert (first.result["draws"], first.result["seed"]) == (studies.DRAWS, studies.SEED)


def test_half_an_estimate_is_refused(plan, act, three):
    for points in (GivenPoints(three[0].pk, 5, None, 0), GivenPoints(three[0].pk, 9, 5, 0)):
        with pytest.raises(Refused):
            act("lin", actions.set_estimates, plan=plan, points=[points], needs=[])
    assert not Estimate.objects.exists()


def test_pages_lead_from_hands_to_a_plan_taken(cast, plan, two_at_once, studied, client, today):
    client.force_login(cast.account("lin"))
    page = client.get(reverse("ledger:advanced")).content.decode()
    assert "已填1行" in page
    assert "先填三点工期" in page
    job = studied(LEVEL_JOB)
    there = reverse("ledger:study", args=[job.pk])
    page = client.get(there).content.decode()
    assert "东村在2026-06-22人手已满" in page
    sent = {f"version.{row.pk}": row.version for row in Task.objects.filter(plan=plan)}
    answer = client.post(there, sent | {"reason": "错峰", "key": "k1"}, follow=True)
    assert "已按人手调整1项的开始日期" in answer.content.decode()
    client.force_login(cast.account("liu"))
    assert client.get(there).status_code == 404, "a study is a person's own"


def test_pages_say_what_is_not_installed(cast, plan, two_at_once, client, today, monkeypatch):
    monkeypatch.setattr("luoshi.ledger.views.studies.solver_installed", lambda: False)
    monkeypatch.setattr("luoshi.ledger.views.studies.odds_installed", lambda: False)
    client.force_login(cast.account("lin"))
    page = client.get(reverse("ledger:advanced")).content.decode()
    assert "没有安装求解组件" in page
    assert "luoshi[fast]" in page


def test_load_page_asks_as_often_for_many_items_as_for_few(
    cast, plan, two_at_once, new, client, today
):
    client.force_login(cast.account("lin"))
    there = reverse("ledger:load") + f"?plan={plan.pk}&week={MONDAY.isoformat()}"
    client.get(there)
    counts = []
    for extra in (0, 12):
        for n in range(extra):
            new(f"加修{n}号路", starts_on=MONDAY, duration_days=5)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page = client.get(there).content.decode()
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert "当周超0.5" in page


def test_refused_forms_keep_what_was_typed(cast, plan, two_at_once, three, signed_in):
    client, road = signed_in("lin"), three[0]
    form = {"plan": plan.pk, f"unit.{cast.east.pk}": "2", f"each.{cast.east.pk}": "0.7"}
    form |= {f"version.{cast.east.pk}": "1", "new_machine": "压路机", "new_amount": "两台"}
    page = client.post("/ledger/timetable/hands/", form)
    assert page.status_code == 422
    for kept in ("0.7", "压路机", "两台"):
        assert f'value="{kept}"' in page.content.decode()
    assert Hand.objects.get(plan=plan).amount == 100
    need = f"need.{road.pk}.{two_at_once.pk}"
    form = {"plan": plan.pk, f"best.{road.pk}": "12", f"worst.{road.pk}": "9", need: "0.3"}
    page = client.post("/ledger/timetable/estimates/", form)
    assert page.status_code == 422
    for name, kept in ((f"best.{road.pk}", "12"), (f"worst.{road.pk}", "9"), (need, "0.3")):
        assert f'name="{name}" value="{kept}"' in page.content.decode()
    assert not Estimate.objects.exists()
