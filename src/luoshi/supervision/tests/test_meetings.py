"""会议议定事项: an item the same day or a reason; the next meeting opens with the last decisions."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from luoshi.ledger import actions as ledger
from luoshi.ledger.models import Task
from luoshi.supervision import actions, papers, queries
from luoshi.supervision.actions import Decided
from luoshi.supervision.models import Decision, Minutes
from luoshi.ui.sentences import tell

from .conftest import TODAY
from .test_weeks import refusal

WORDS = {
    "agenda": "研究防汛备汛\n研究产业路征迁",
    "place": "镇机关二楼会议室",
    "chair": "陈书记",
    "present": "陈书记、刘副镇长",
    "recorder": "何专员",
}


@pytest.fixture
def kind(cast, act):
    actor = cast.actor("lin")
    actions.usual_kinds(actor=actor, today=TODAY, unit=cast.town)
    return queries.kinds_of(actor, TODAY).get(name="党政联席会")


@pytest.fixture
def hold(act, kind):
    def held(day=TODAY, **words):
        made = act(
            "lin", actions.hold, kind=kind, title="", held_on=day, words=WORDS | words, day=day
        )
        return Minutes.objects.select_related("meeting__unit", "kind").get(meeting=made.id)

    return held


@pytest.fixture
def decide(act, cast):
    def decided(minutes, text="东村7月底前完成产业路征迁", who="lin", day=TODAY, **fields):
        if "why_no_task" not in fields:
            fields = {
                "lead_unit": cast.east.pk,
                "lead_leader": cast.posts["liu"].pk,
                "due_on": date(2026, 7, 31),
            } | fields
        told = Decided(text=text, **fields)
        made = act(who, actions.decide, minutes=minutes, decided=told, day=day)
        return Decision.objects.get(pk=made.id)

    return decided


def test_kinds_are_data(cast, kind, act):
    names = [one.name for one in queries.kinds_of(cast.actor("lin"), TODAY)]
    assert names == ["党委会", "党政联席会", "镇长办公会", "专题会"]
    facts = {"actor": cast.actor("lin"), "today": TODAY, "unit": cast.town}
    assert refusal(actions.usual_kinds, **facts) == "supervision.meeting.kinds_there"
    assert refusal(actions.usual_kinds, **facts | {"actor": cast.actor("wang")})


def test_a_decision_is_an_item_the_same_day(cast, hold, decide):
    row = decide(hold(), topic=2)
    task = row.task
    assert (task.state, task.source_kind, task.unit) == ("assigned", "meeting_decision", cast.east)
    assert (row.decided_on, row.topic, task.due_on) == (TODAY, 2, date(2026, 7, 31))
    assert task.assigned_by_id == cast.people["lin"].pk


def test_a_decision_without_a_unit_is_refused(hold, decide):
    minutes = hold()
    assert refusal(decide, minutes, lead_unit=None) == "supervision.meeting.no_unit"
    assert not Task.objects.exists()


def test_or_it_says_why_no_item_is_needed(hold, decide):
    row = decide(hold(), "原则同意修订财务制度", why_no_task="原则性意见")
    assert row.task is None
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=row.pk).update(why_no_task="")


def test_a_promise_passes_the_verdict_first(hold, decide):
    minutes = hold()
    assert refusal(decide, minutes, due_on=None) == "promise.no_date"
    assert refusal(decide, minutes, due_on=date(2026, 6, 17)) == "promise.passed"
    assert refusal(decide, minutes, due_on=date(2026, 7, 25)) == "promise.day_off"
    soon = {"due_on": date(2026, 6, 22)}
    assert refusal(decide, minutes, **soon) == "supervision.meeting.caution"
    row = decide(minutes, **soon, despite=True)
    assert [one["code"] for one in row.cautions] == ["promise.tight"]


def test_a_full_week_is_told(hold, decide):
    minutes = hold()
    for number in range(5):
        decide(minutes, f"第{number}件")
    assert refusal(decide, minutes, "第六件") == "supervision.meeting.caution"


def test_the_next_meeting_opens_with_the_last_decisions(cast, hold, decide, act):
    first = hold(date(2026, 6, 4), agenda="")
    open_one = decide(first, "征迁", day=date(2026, 6, 4))
    done = decide(first, "买沙袋", day=date(2026, 6, 4), due_on=date(2026, 6, 10))
    second = hold(date(2026, 6, 11))
    decide(second, "清淤", day=date(2026, 6, 11))
    ledger.sign_for(
        actor=cast.actor("wang"), today=TODAY, now=done.task.assigned_at, task=done.task
    )
    act("wang", ledger.report_done, task=done.task, said=ledger.Said(text="买了"))
    third = hold()
    page = queries.meeting_page(cast.actor("lin"), TODAY, third)
    told = {one.decision.text: tell(one.whose) for one in page.earlier}
    assert told == {"清淤": "东村", "征迁": "东村", "买沙袋": "抽定的复核人"}
    assert page.last == second.meeting
    assert page.decisions == []
    by_text = {one.decision.text: one for one in page.earlier}
    assert by_text["征迁"].days == 14
    assert (by_text["买沙袋"].late, by_text["征迁"].late) == (0, 0)
    act("lin", ledger.cancel, task=open_one.task, reason="不征了")
    page = queries.meeting_page(cast.actor("lin"), TODAY, third)
    assert {one.decision.text for one in page.earlier} == {"清淤", "买沙袋"}


def test_minutes_are_numbered_within_kind_and_year(hold, decide, act):
    for number in (1, 2):
        minutes = hold()
        facts = {"minutes": minutes, "version": minutes.version}
        nothing = refusal(act, "lin", actions.issue_minutes, **facts)
        assert nothing == "supervision.meeting.nothing_decided"
        decide(minutes)
        act("lin", actions.issue_minutes, **facts)
        minutes.refresh_from_db()
        assert papers.minutes_number(minutes) == f"联席纪〔2026〕{number}号"
        assert refusal(decide, minutes) == "supervision.meeting.issued"


def test_a_decision_taken_back_calls_its_item_off(hold, decide, act):
    row = decide(hold())
    act("lin", actions.withdraw_decision, decision=row, version=row.version)
    assert not Decision.objects.exists()
    assert Task.objects.get().state == "cancelled"


def test_minutes_say_who_does_what_by_when(cast, hold, decide):
    first = hold(date(2026, 6, 11))
    decide(first, "清淤", day=date(2026, 6, 11))
    minutes = hold()
    decide(minutes)
    decide(minutes, "原则同意修订财务制度", why_no_task="原则性意见")
    page = queries.meeting_page(cast.actor("lin"), TODAY, minutes)
    text = "\n".join(piece.text for piece in papers.minutes_pieces(page))
    assert "2026年6月18日，陈书记主持召开党政联席会，地点在镇机关二楼会议室。" in text
    assert "（一）东村7月底前完成产业路征迁。由东村负责，刘副镇长牵头，7月31日前完成。" in text
    assert "（二）原则同意修订财务制度。（原则性意见，不另列任务）" in text
    assert "正在办理1项：清淤" in text
    assert papers.minutes_title(minutes) == "青榆镇党政联席会议纪要"


def test_a_village_does_not_read_the_towns_minutes(cast, hold, decide):
    minutes = hold()
    row = decide(minutes)
    wang = cast.actor("wang")
    assert queries.minutes_for(wang, TODAY, minutes.meeting_id) is None
    assert queries.held(wang, TODAY) == []
    assert queries.decision_for(wang, TODAY, row.pk) is None
    assert queries.decision_for(cast.actor("fang"), TODAY, row.pk) is None


def test_the_page_takes_as_many_queries_for_many_decisions(cast, hold, decide):
    minutes = hold()
    decide(minutes)

    def count():
        with CaptureQueriesContext(connection) as caught:
            queries.meeting_page(cast.actor("lin"), TODAY, minutes)
        return len(caught)

    few = count()
    for number in range(8):
        decide(minutes, f"第{number}件", despite=True)
    assert count() == few


def test_a_replayed_decision_is_one_item(cast, hold, act):
    minutes = hold()
    told = Decided(text="清淤", lead_unit=cast.east.pk, due_on=date(2026, 7, 31))
    for _twice in range(2):
        act("lin", actions.decide, minutes=minutes, decided=told, key="once")
    assert Decision.objects.count() == Task.objects.count() == 1
