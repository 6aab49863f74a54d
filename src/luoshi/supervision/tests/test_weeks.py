"""周重点工作清单: drafted with its reasons, edited by whoever leads, issued, closed in the meeting."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from luoshi.domain.base import Refused
from luoshi.ledger import actions as ledger
from luoshi.ledger.actions import Said
from luoshi.ledger.models import AskedDay, ProgressReport, Task
from luoshi.ledger.queries import lights_of, owed
from luoshi.org.models import Term
from luoshi.store.rows import Stale
from luoshi.supervision import actions, queries
from luoshi.supervision.actions import Closing, Told
from luoshi.supervision.models import WeeklyLine, WeeklyList

from .conftest import NOW, TODAY

FRIDAY = date(2026, 6, 18)  # 19 June is the Dragon Boat holiday: the week closes on Thursday
NEXT_MONDAY = date(2026, 6, 22)
NEXT_FRIDAY = date(2026, 6, 26)


def refusal(call, *args, **facts):
    with pytest.raises(Refused) as caught:
        call(*args, **facts)
    return caught.value.why.code


@pytest.fixture
def due(new, act, roles):
    """`due("修路", 24)`: an item of 东村 due on that day of June, signed for."""

    def made(title, day, **fields):
        row = new(title, due_on=date(2026, 6, day), **fields)
        act("lin", ledger.assign, task=row, roles=roles)
        act("wang", ledger.sign_for, task=row)
        row.refresh_from_db()
        return row

    return made


@pytest.fixture
def drafted(cast, due, act):
    """Next week's list with two items of 东村 that fall due in it."""
    due("完成东村产业路路基", 24)
    due("上报上半年人居环境自查", 25)
    made = act("lin", actions.draft_week, unit=cast.town)
    return WeeklyList.objects.get(pk=made.id)


def issued(act, row, day=NEXT_MONDAY):
    act("lin", actions.issue_week, weekly_list=row, version=row.version, day=day)
    row.refresh_from_db()
    return row


def closing(act, row, *outcomes, day=NEXT_FRIDAY, **more):
    lines = row.lines.order_by("position")
    told = [
        Closing(line.pk, outcome, **more) if isinstance(outcome, str) else outcome(line)
        for line, outcome in zip(lines, outcomes, strict=True)
    ]
    row.refresh_from_db()
    return act(
        "lin", actions.close_week, weekly_list=row, closings=told, version=row.version, day=day
    )


def test_the_draft_tells_why_each_line_is_there(cast, drafted, due, act):
    assert (drafted.year, drafted.week) == (2026, 26)
    assert (drafted.from_on, drafted.to_on) == (NEXT_MONDAY, NEXT_FRIDAY)
    page = queries.week_page(cast.actor("lin"), TODAY, drafted)
    assert [(one.line.text, one.line.why) for one in page.lines] == [
        ("完成东村产业路路基", "due"),
        ("上报上半年人居环境自查", "due"),
    ]
    assert page.lines[0].why.params["on"] == date(2026, 6, 24)
    assert page.lines[0].leader == "刘副镇长"


def test_a_week_is_drafted_once(cast, drafted, act):
    assert refusal(act, "lin", actions.draft_week, unit=cast.town) == "supervision.week.drafted"
    mine = {name: getattr(drafted, name) for name in ("jurisdiction", "unit", "year", "week")}
    with pytest.raises(IntegrityError), transaction.atomic():
        WeeklyList.objects.create(**mine, from_on=NEXT_MONDAY, to_on=NEXT_FRIDAY, drafted_on=TODAY)


def test_a_unit_head_drafts_no_list(cast, act):
    assert refusal(act, "wang", actions.draft_week, unit=cast.town) == "access.no_right"


def test_red_and_newly_arrived_items_are_listed(cast, new, act, roles):
    late = new("未报的事项", due_on=date(2026, 6, 10), reason="补录")
    act("lin", ledger.assign, task=late, roles=roles)
    fresh = ledger.NewTask(
        title="县里要的摸底表", due_on=date(2026, 7, 31), roles=roles, source_kind="county_assigned"
    )
    made = act("lin", ledger.register_task, new=fresh)
    act("lin", ledger.assign, task=Task.objects.get(pk=made.id))
    act("lin", actions.draft_week, unit=cast.town)
    told = dict(WeeklyLine.objects.values_list("task__title", "why"))
    assert told == {"未报的事项": "red", "县里要的摸底表": "arrived"}


def test_a_leader_edits_own_lines_only(cast, drafted, act):
    line = drafted.lines.order_by("position").first()
    facts = {"line": line, "text": "路基全线贯通", "version": line.version}
    assert refusal(act, "chen", actions.edit_line, **facts) == "supervision.week.not_yours"
    act("liu", actions.edit_line, **facts)
    line.refresh_from_db()
    assert line.text == "路基全线贯通"


def test_two_who_edit_one_line_see_each_other(drafted, act):
    line = drafted.lines.first()
    act("liu", actions.edit_line, line=line, text="刘的写法", version=line.version)
    with pytest.raises(Stale) as caught:
        act("lin", actions.edit_line, line=line, text="林的写法", version=line.version)
    assert caught.value.current == {"text": "刘的写法"}
    with pytest.raises(Stale):
        act("lin", actions.drop_line, line=line, version=line.version)


def test_a_dropped_line_leaves_its_item(drafted, act):
    line = drafted.lines.first()
    act("lin", actions.drop_line, line=line, version=line.version)
    assert drafted.lines.count() == 1
    assert Task.objects.filter(pk=line.task_id, state="signed").exists()
    again = refusal(act, "lin", actions.drop_line, line=line, version=line.version)
    assert again == "supervision.week.line_gone"


def test_typed_words_become_an_item(cast, drafted, act):
    add = {"weekly_list": drafted, "text": "迎接县防汛检查"}
    assert refusal(act, "lin", actions.add_line, **add) == "supervision.week.no_unit"
    act("chen", actions.add_line, **add, lead_unit=cast.east.pk)
    task = Task.objects.get(title="迎接县防汛检查")
    assert (task.state, task.source_kind, task.due_on) == ("assigned", "temporary", NEXT_FRIDAY)
    line = drafted.lines.get(task=task)
    assert (line.why, line.leader_post) == ("typed", cast.posts["chen"])


def test_an_item_stands_once_on_a_list(drafted, act):
    line = drafted.lines.select_related("task__line").first()
    add = {"weekly_list": drafted, "text": "再来一次", "task": line.task}
    assert refusal(act, "lin", actions.add_line, **add) == "supervision.week.twice"


def test_an_issued_list_owes_word_and_silence_overrides_green(cast, drafted, act):
    issued(act, drafted)
    task = drafted.lines.order_by("position").first().task
    assert AskedDay.objects.filter(due_on=NEXT_FRIDAY).count() == 2
    wang = [item.task for item in owed(cast.actor("wang"), NEXT_MONDAY)]
    assert task in wang
    late = drafted.lines.order_by("position").last().task
    Task.objects.filter(pk=late.pk).update(due_on=date(2026, 12, 31))
    late.refresh_from_db()
    before = lights_of([late], NEXT_FRIDAY)[late.pk]
    after = lights_of([late], date(2026, 6, 27))[late.pk]
    assert (before.word, after.word) == ("none", "silent")
    assert after.silent_since == NEXT_FRIDAY
    desk = queries.desk(cast.actor("lin"), date(2026, 6, 27))
    assert "silent" in {one.why for one in desk.chase if one.task == late}
    act("wang", ledger.report, task=late, said=Said(text="已报送"), day=date(2026, 6, 25))
    late.refresh_from_db()
    assert lights_of([late], date(2026, 6, 27))[late.pk].silent_since is None


def test_an_issued_list_does_not_change(drafted, act):
    line = issued(act, drafted).lines.first()
    facts = {"line": line, "text": "改一改", "version": line.version}
    assert refusal(act, "lin", actions.edit_line, **facts) == "supervision.week.issued"
    facts = {"weekly_list": drafted, "version": drafted.version}
    assert refusal(act, "lin", actions.issue_week, **facts) == "supervision.week.issued"


def test_an_empty_list_is_not_issued(cast, act, plan):
    made = act("lin", actions.draft_week, unit=cast.town)
    row = WeeklyList.objects.get(pk=made.id)
    code = refusal(act, "lin", actions.issue_week, weekly_list=row, version=row.version)
    assert code == "supervision.week.empty"


def test_what_is_said_in_the_meeting_is_a_report_on_behalf(cast, drafted, act):
    issued(act, drafted)
    line = drafted.lines.order_by("position").first()
    told = [(line.pk, Told("路基已完成八成"))]
    act("lin", actions.collect, weekly_list=drafted, told=told, day=date(2026, 6, 24))
    report = ProgressReport.objects.get(task=line.task)
    assert (report.channel, report.text) == ("meeting", "路基已完成八成")
    assert report.person_id == cast.people["wang"].pk
    assert report.typed_by_id == cast.people["lin"].pk
    nothing = [(line.pk, Told("  "))]
    code = refusal(act, "lin", actions.collect, weekly_list=drafted, told=nothing)
    assert code == "supervision.week.nothing_said"


def test_closing_reports_and_never_verifies(drafted, act):
    issued(act, drafted)
    first, second = drafted.lines.order_by("position")
    whole = Closing(first.pk, "done", Told("路基完成", done=True))
    gone = Closing(second.pk, "cancelled", Told(), "县里改为下半年报")
    facts = {"weekly_list": drafted, "version": drafted.version, "day": NEXT_FRIDAY}
    act("lin", actions.close_week, closings=[whole, gone], **facts)
    first.refresh_from_db()
    assert first.task.state == "reported_done"
    assert first.task.verified_by_id is None
    assert AskedDay.objects.get().task == first.task, "of a cancelled line no word is owed"
    drafted.refresh_from_db()
    assert (drafted.state, drafted.closed_on) == ("closed", NEXT_FRIDAY)


def test_a_week_is_closed_once(drafted, act):
    issued(act, drafted)
    closing(act, drafted, "done", "carried", told=Told())
    code = refusal(closing, act, drafted, "carried", "carried", told=Told())
    assert code == "supervision.week.closed"
    assert ProgressReport.objects.count() == 1, "完成 is a report, 结转 without a word is none"


def test_every_line_needs_its_outcome_and_cancelling_its_reason(drafted, act):
    issued(act, drafted)
    code = refusal(closing, act, drafted, "done", "", told=Told())
    assert code == "supervision.week.line"
    assert refusal(closing, act, drafted, "done", "cancelled", told=Told()) == code
    assert not ProgressReport.objects.exists(), "all or nothing"
    line = drafted.lines.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        WeeklyLine.objects.filter(pk=line.pk).update(outcome="cancelled", reason="")


def test_a_line_whose_item_was_called_off_is_cancelled(drafted, act):
    issued(act, drafted)
    first = drafted.lines.order_by("position").first()
    act("lin", ledger.cancel, task=first.task, reason="项目不做了")
    assert refusal(closing, act, drafted, "done", "carried", told=Told())
    second = drafted.lines.order_by("position").last()
    facts = {"weekly_list": drafted, "version": drafted.version, "day": NEXT_FRIDAY}
    act("lin", actions.close_week, closings=[Closing(second.pk, "carried", Told())], **facts)
    first.refresh_from_db()
    assert (first.outcome, first.reason) == ("cancelled", "事项已撤销")


def test_what_nobody_can_be_typed_for_stays_with_the_line(cast, drafted, act):
    issued(act, drafted)
    Term.objects.filter(post__unit=cast.east).update(to_on=date(2026, 6, 20))
    Term.objects.filter(post__unit=cast.economy).update(to_on=date(2026, 6, 20))
    closing(act, drafted, "done", "carried", told=Told("办公室代为说明"))
    assert not ProgressReport.objects.exists()
    assert set(drafted.lines.values_list("said", flat=True)) == {"办公室代为说明"}


def test_carried_over_twice_goes_to_the_leader(cast, drafted, act):
    issued(act, drafted)
    closing(act, drafted, "carried", "done", told=Told("还差桥涵"))
    made = act("lin", actions.draft_week, unit=cast.town, day=NEXT_FRIDAY)
    second = WeeklyList.objects.get(pk=made.id)
    line = second.lines.order_by("position").first()
    assert (line.why, line.carried) == ("carried", 1)
    assert queries.carried_twice(cast.actor("liu"), NEXT_FRIDAY) == []
    issued(act, second, day=date(2026, 6, 29))
    outcomes = ["carried"] * second.lines.count()
    closing(act, second, *outcomes, day=date(2026, 7, 3), told=Told("桥涵缺料"))
    told = queries.carried_twice(cast.actor("liu"), date(2026, 7, 6))
    assert [(item.kind, item.title) for item in told] == [("carried", "完成东村产业路路基")]
    assert told[0].why.params["n"] == 2
    assert queries.carried_twice(cast.actor("chen"), date(2026, 7, 6)) == []
    page = queries.week_page(cast.actor("lin"), TODAY, second)
    assert page.lines[0].to_leader


def test_the_clock_drafts_on_the_last_working_afternoon_once(cast, due, plan):
    due("完成东村产业路路基", 24)
    plan.state = "in_force"
    plan.save()
    morning = datetime(2026, 6, 18, 6, 0, tzinfo=UTC)
    afternoon = datetime(2026, 6, 18, 7, 1, tzinfo=UTC)
    assert actions.sweep(date(2026, 6, 17), datetime(2026, 6, 17, 8, tzinfo=UTC)) == 0
    assert actions.sweep(FRIDAY, morning) == 0
    assert actions.sweep(FRIDAY, afternoon) == 1
    assert actions.sweep(FRIDAY, afternoon) == 0
    assert WeeklyList.objects.get().lines.count() == 1


def test_a_replayed_form_changes_nothing(cast, due, act):
    due("完成东村产业路路基", 24)
    for _twice in range(2):
        act("lin", actions.draft_week, unit=cast.town, key="k1")
    row = WeeklyList.objects.get()
    for _twice in range(2):
        act("lin", actions.add_line, weekly_list=row, text="一", lead_unit=cast.east.pk, key="k2")
    assert row.lines.count() == 2
    assert NOW
