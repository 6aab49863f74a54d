"""来文 and 报出: a paper with its item, an answer through its steps, figures told before."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from luoshi.domain.base import Refused
from luoshi.domain.intake import Figure, Party
from luoshi.home.queries.daily import daily
from luoshi.journal.models import Entry
from luoshi.ledger import actions as ledger
from luoshi.ledger.models import ProgressReport, Task
from luoshi.store.rows import Stale
from luoshi.supervision import actions, queries
from luoshi.supervision.models import IncomingPaper, OutgoingReport, ToldFigure

from .conftest import NOW, TODAY

DUE = datetime(2026, 6, 18, 9, 0, tzinfo=UTC)  # 17:00 in Shanghai
LIST = "/supervision/paper/"
FORM = {
    "sender": "县教育局", "reference": "禾教〔2026〕9号", "title": "报送返乡大学生人数", "due": "今天17:00",
    "answer_form": "written", "who": "东村", "urgency": "ordinary", "received": "2026-06-18T08:40",
}  # fmt: skip


def new_paper(cast, **fields):
    told = {
        "sender": "县教育局", "reference": "禾教〔2026〕9号", "title": "报送返乡大学生人数",
        "received_at": NOW - timedelta(hours=1), "answer_form": "written", "due_at": DUE,
        "party": Party(cast.east.pk),
    }  # fmt: skip
    return actions.NewPaper(**told | fields)


@pytest.fixture
def register(cast, act):
    def registered(**fields):
        made = act("lin", actions.register_paper, town=cast.town, paper=new_paper(cast, **fields))
        return IncomingPaper.objects.select_related("task__unit", "unit").get(pk=made.id)

    return registered


@pytest.fixture
def draft(cast, act):
    def drafted(paper, by="wang", figures=()):
        made = act(
            "lin", actions.draft_report, paper=paper, drafted_by_id=cast.people[by].pk,
            to_whom="", figures=figures,
        )  # fmt: skip
        return OutgoingReport.objects.select_related("paper__task__unit", "paper__unit").get(
            pk=made.id
        )

    return drafted


@pytest.fixture
def passed(cast, act):
    def through(report, **people):
        told = {"checked": "lin", "reviewed": "liu", "signed": "chen", "sealed": "he"} | people
        keys = {step: cast.people[who].pk for step, who in told.items() if who}
        act("lin", actions.pass_steps, report=report, people=keys)
        report.refresh_from_db()
        return report

    return through


def gone(at=NOW, **fields):
    return actions.Leaving(left_at=at, **fields)


def refused(call):
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.why.code.removeprefix("intake.paper.")


def test_a_paper_and_its_item_are_made_in_one_act(cast, register):
    paper = register(urgency="urgent", leader_post_id=cast.posts["liu"].pk)
    task = paper.task
    assert (task.state, task.source_kind, task.plan) == ("assigned", "superior_paper", None)
    assert (task.due_at, task.urgency) == (DUE, "urgent")
    assert task.internal_due_at == datetime(2026, 6, 18, 3, 0, tzinfo=UTC)  # 3.5 office hours
    verbs = set(Entry.objects.filter(verb__contains="register").values_list("verb", flat=True))
    assert verbs == {"supervision.paper.register", "ledger.task.register"}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"due_at": None}, "due_missing"), ({"due_at": NOW - timedelta(hours=2)}, "due_before_receipt"),
        ({"internal_at": DUE + timedelta(minutes=1)}, "internal_after"),
        ({"internal_at": NOW - timedelta(hours=2)}, "internal_before_receipt"),
        ({"due_at": None, "answer_form": "none", "internal_at": DUE}, "internal_alone"),
    ],
)  # fmt: skip
def test_hours_in_the_wrong_order_are_refused_and_nothing_is_kept(cast, register, fields, code):
    assert refused(lambda: register(**fields)) == code
    assert not Task.objects.exists()


def test_what_needs_no_answer_needs_no_deadline(register):
    assert register(due_at=None, answer_form="none").task.due_on is None


def test_the_same_number_is_asked_about_and_shows_the_earlier(cast, register, signed_in):
    first = register()
    assert refused(lambda: register(reference=" 禾教〔2026〕 9号")) == "twice"
    client = signed_in("lin")
    page = client.post(LIST + "new/", FORM | {"key": "k"})
    assert page.status_code == 422
    assert f"/supervision/paper/{first.pk}/" in page.content.decode()
    assert client.post(LIST + "new/", FORM | {"key": "k2", "again": "on"}).status_code == 302
    assert IncomingPaper.objects.get(again_of=first).task_id != first.task_id


def test_the_database_keeps_one_of_a_number(register):
    first = register()
    with pytest.raises(IntegrityError), transaction.atomic():
        IncomingPaper.objects.filter(pk=register(reference="其他").pk).update(
            reference=first.reference
        )


def test_the_superior_s_hour_moves_only_with_the_reply(cast, register, act):
    task = register().task
    with pytest.raises(Refused):
        act(
            "lin",
            ledger.move_deadline,
            task=task,
            new_due_on=TODAY + timedelta(7),
            superior_reply="",
        )
    act(
        "lin",
        ledger.move_deadline,
        task=task,
        new_due_on=TODAY + timedelta(7),
        superior_reply="电话同意延一周",
    )
    task.refresh_from_db()
    assert task.due_at == DUE + timedelta(7)
    with pytest.raises(Refused):
        act("chen", ledger.suspend, task=task, reason="人手不够", superior_reply="")


def test_an_answer_passes_its_steps_and_leaves(cast, register, draft, passed, act):
    report = passed(draft(register()))
    act("lin", actions.leave, report=report, leaving=gone(channel="paper"))
    report.refresh_from_db()
    assert (report.left_at, report.left_by_id) == (NOW, cast.people["lin"].pk)
    task = Task.objects.get()
    assert task.state == "reported_done"
    told = ProgressReport.objects.get()
    assert (told.person_id, told.typed_by_id) == (cast.people["wang"].pk, cast.people["lin"].pk)
    assert told.channel == "paper"
    assert (
        refused(lambda: act("lin", actions.leave, report=report, leaving=gone())) == "left_already"
    )
    assert refused(lambda: passed(report, sealed="lin")) == "left_already"


@pytest.mark.parametrize("missing", ["checked", "reviewed", "signed", "sealed"])
def test_it_does_not_leave_while_a_step_is_missing(register, draft, passed, act, missing):
    report = passed(draft(register()), **{missing: None})
    assert (
        refused(lambda: act("lin", actions.leave, report=report, leaving=gone())) == "step_missing"
    )


@pytest.mark.parametrize(
    ("people", "code"),
    [
        ({"checked": "wang"}, "same_person"), ({"signed": "lin"}, "same_person"),
        ({"signed": "he"}, "not_a_leader"), ({"reviewed": "qian"}, "not_a_leader"),
    ],
)  # fmt: skip
def test_steps_of_the_wrong_people_are_refused(register, draft, passed, people, code):
    assert refused(lambda: passed(draft(register()), **people)) == code


def test_the_database_keeps_the_steps_apart(register, draft, passed):
    report = passed(draft(register()))
    with pytest.raises(IntegrityError), transaction.atomic():
        OutgoingReport.objects.filter(pk=report.pk).update(signed_by_id=report.drafted_by_id)


def test_past_the_hour_it_leaves_with_a_reason_only(cast, register, draft, passed, act):
    report = passed(draft(register(due_at=NOW - timedelta(minutes=30))))
    leaving = gone(NOW - timedelta(minutes=1))
    assert refused(lambda: act("lin", actions.leave, report=report, leaving=leaving)) == "late_why"
    assert (
        refused(lambda: act("lin", actions.leave, report=report, leaving=gone(NOW + timedelta(1))))
        == "left_when"
    )
    act("lin", actions.leave, report=report, leaving=gone(late_reason="系统故障"))


def jobs(value, unit="人", period="2026年上半年"):
    return Figure("返乡大学生人数", None if value is None else Decimal(value), unit, period)


def test_a_figure_told_differently_before_needs_a_sentence(cast, register, draft, passed, act):
    first = passed(draft(register(), figures=[jobs("35")]))
    act("lin", actions.leave, report=first, leaving=gone())
    second = passed(
        draft(register(reference="禾教〔2026〕12号"), figures=[jobs("38", period="2026年1-6月")])
    )
    assert refused(lambda: act("lin", actions.leave, report=second, leaving=gone())) == "clash"
    row = second.figures.get()
    act(
        "lin",
        actions.leave,
        report=second,
        leaving=gone(reasons={row.pk: "补报3名，已与县教育局核对"}),
    )
    assert ToldFigure.objects.get(pk=row.pk).why.startswith("补报3名")
    third = passed(
        draft(
            register(reference="禾教〔2026〕15号"),
            figures=[jobs(None), jobs("12", period="2026年5月")],
        )
    )
    act("lin", actions.leave, report=third, leaving=gone())


def test_a_figure_is_held_against_the_register(cast, register, draft, passed, act):
    from luoshi.indicators.models import Indicator, IndicatorDefinition, Reading

    mine = {"jurisdiction": cast.county.jurisdiction}
    row = Indicator.objects.create(
        **mine, unit=cast.town, number="01", name="返乡大学生人数", kind="level", category="business",
        from_on="2025-01-01",
    )  # fmt: skip
    definition = IndicatorDefinition.objects.create(
        **mine, indicator=row, from_on=row.from_on, statement="口径", measure="人", decimals=0, source="村报",
    )  # fmt: skip
    Reading.objects.create(
        **mine, indicator=row, definition=definition, unit=cast.town, starts_on="2026-01-01",
        ends_on="2026-06-30", as_of=TODAY, value="40", source="村报",
    )  # fmt: skip
    report = passed(draft(register(), figures=[jobs("38")]))
    ((_figure, clash),) = queries.clashes_of(cast.actor("lin"), report)
    assert clash.why.params["source"] == "指标台账"
    assert refused(lambda: act("lin", actions.leave, report=report, leaving=gone())) == "clash"


def test_papers_wait_on_who_checks_and_who_signs(cast, register, draft, passed, act):
    report = draft(register(leader_post_id=cast.posts["liu"].pk))

    def waits(who):
        return [one for one in queries.owed(cast.actor(who), TODAY) if one.kind == "step"]

    assert [bool(waits(who)) for who in ("lin", "he", "liu", "chen", "wang")] == [
        True,
        True,
        False,
        False,
        False,
    ]
    passed(report, reviewed=None, signed=None, sealed=None)
    assert [bool(waits(who)) for who in ("lin", "liu", "chen")] == [False, True, False]
    assert waits("liu")[0].why.code == "intake.owed.step"


def test_the_daily_page_says_what_leaves_by_which_hour(cast, register, draft, passed, act):
    paper = register()

    def lines():
        page = daily(cast.actor("chen"), TODAY)
        return [
            item for section in page.sections if section.part == "report" for item in section.items
        ]

    (line,) = lines()
    assert line.text.code == "home.daily.paper"
    assert line.text.params["to"] == "县教育局"
    report = passed(draft(paper))
    assert len(lines()) == 1  # written is not out
    act("lin", actions.leave, report=report, leaving=gone())
    assert lines() == []


def test_two_who_pass_steps_at_once_see_the_other(cast, register, draft, act):
    report = draft(register())
    key = {"checked": cast.people["lin"].pk}
    act("lin", actions.pass_steps, report=report, people=key, version=1)
    with pytest.raises(Stale):
        act(
            "lin",
            actions.pass_steps,
            report=report,
            people={"checked": cast.people["he"].pk},
            version=1,
        )


def test_sent_twice_it_is_one_paper(signed_in):
    client = signed_in("lin")
    for _twice in range(2):
        assert client.post(LIST + "new/", FORM | {"key": "same"}).status_code == 302
    assert IncomingPaper.objects.count() == Task.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"due": "尽快"}, "看不懂时限"), ({"who": "南村"}, "没有找到"), ({"due": ""}, "请填上级时限"),
        ({"title": "机密★1年"}, ""), ({"due": "6.1 9:00", "received": "2026-05-30T09:00"}, "补录"),
        ({"internal": "明天"}, "内部时限"),
    ],
)  # fmt: skip
def test_a_paper_that_is_not_clear_is_asked_about(signed_in, fields, said):
    page = signed_in("lin").post(LIST + "new/", FORM | {"key": "k"} | fields)
    assert page.status_code == 422
    assert said in page.content.decode()
    assert not IncomingPaper.objects.exists()


def test_the_whole_way_on_the_pages(cast, signed_in, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    client = signed_in("lin")
    page = client.post(LIST + "new/", FORM | {"key": "a"})
    page = client.get(page.url)
    assert "今天17:00前" in page.content.decode()
    figures = {
        "figure-TOTAL_FORMS": "1", "figure-INITIAL_FORMS": "0", "figure-0-name": "返乡大学生人数",
        "figure-0-value": "待补", "figure-0-measure": "人", "figure-0-period": "2026年上半年",
    }  # fmt: skip
    sent = figures | {"key": "b", "drafted_by": str(cast.people["wang"].pk), "to_whom": "县教育局"}
    page = client.post(page.request["PATH_INFO"], sent)
    assert page.status_code == 302
    url = page.url
    assert "待补" in client.get(url).content.decode()
    people = {"checked": "lin", "reviewed": "liu", "signed": "chen", "sealed": "he"}
    steps = {step: str(cast.people[who].pk) for step, who in people.items()}
    assert client.post(url, steps | {"do": "steps", "key": "c", "version": "1"}).status_code == 302
    report = OutgoingReport.objects.get()
    IncomingPaper.objects.update(received_at=NOW)
    Task.objects.update(due_at=datetime(2099, 1, 1, tzinfo=UTC))
    leave = {
        "do": "leave",
        "key": "d",
        "version": str(report.version),
        "channel": "paper",
        "left_at": "2026-06-18T10:05",
    }
    file = SimpleUploadedFile("报告.txt", "已报".encode(), "text/plain")
    assert client.post(url, leave | {"file": file}).status_code == 302
    report.refresh_from_db()
    assert report.left_at == datetime(2026, 6, 18, 2, 5, tzinfo=UTC)
    text = client.get(url).content.decode()
    assert "报告.txt" in text
    assert "2026-06-18 10:05" in text


@pytest.mark.parametrize(
    ("who", "seen"),
    [("lin", True), ("wang", True), ("chen", True), ("zhou", True), ("xu", False), ("fang", False)],
)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_papers_show_where_their_item_does(signed_in, register, draft, who, seen, language):
    paper = register()
    report = draft(paper)
    client = signed_in(who)
    client.cookies["django_language"] = language
    assert (paper.title in client.get(LIST).content.decode()) is seen
    for url in (f"{LIST}{paper.pk}/", f"/supervision/report/{report.pk}/"):
        assert client.get(url).status_code == (200 if seen else 404)


def test_the_list_asks_a_constant_number_of_queries(signed_in, register):
    client = signed_in("lin")

    def asked():
        with CaptureQueriesContext(connection) as found:
            client.get(LIST)
        return len(found)

    register()
    asked()
    first = asked()
    for n in range(6):
        register(reference=f"{n}号")
    assert asked() == first <= 25
