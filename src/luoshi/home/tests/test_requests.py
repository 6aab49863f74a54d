"""报表要求: drafted with its cost in sight, issued or withheld, answered once, summed up."""

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from uuid6 import uuid7

from luoshi.burden import actions as burden
from luoshi.burden import queries as burden_queries
from luoshi.burden.models import DataRequest, RequestReply
from luoshi.domain.access import Actor
from luoshi.domain.base import Refused
from luoshi.home import actions
from luoshi.home.queries import burden as meter
from luoshi.home.queries.requests import request_page
from luoshi.journal.models import Entry
from luoshi.ledger.models import Task
from luoshi.ledger.queries import my_week
from luoshi.org.models import Term
from luoshi.store.rows import Stale
from tests.cast import TODAY, unit

NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)
EVENING = datetime(2026, 6, 18, 11, 0, tzinfo=UTC)  # 19:00, before the festival
FIELDS = ("村名", "村党支部书记", "特困人员数", "空余床位数")
DUE = date(2026, 6, 30)


@pytest.fixture
def draft(cast):
    def made(who="lin", now=NOW, **facts):
        told = {
            "title": "特困供养底数", "purpose": "测算床位", "fields": FIELDS,
            "units": [cast.east, cast.west], "due_on": DUE, "rhythm": "once",
        } | facts  # fmt: skip
        done = burden.draft_request(actor=cast.actor(who), today=TODAY, now=now, **told)
        return DataRequest.objects.get(pk=done.id)

    return made


def issue(cast, row, who="lin", now=NOW, **facts):
    facts = {"keep": FIELDS[2:]} | facts
    return actions.issue_request(actor=cast.actor(who), today=TODAY, now=now, wanted=row, **facts)


def answer(cast, row, who="wang", answers=("12", "3"), on=None):
    actor = cast.actor(who)
    return actions.reply_request(
        actor=actor, today=TODAY, now=NOW, wanted=row, round_on=on or row.due_on, answers=answers,
        unit=cast.west if who == "xu" else cast.east,
    )  # fmt: skip


def refusal(call, *args, **facts):
    with pytest.raises(Refused) as caught:
        call(*args, **facts)
    return caught.value.why.code


def test_a_draft_reaches_nobody_and_tells_what_is_known(cast, draft):
    row = draft()
    page = request_page(cast.actor("lin"), TODAY, row)
    assert [one.match is not None for one in page.fields] == [True, True, False, False]
    assert page.price.whole is None  # nothing was measured: not 0
    assert not Task.objects.exists()
    assert burden_queries.request_for(cast.actor("wang"), TODAY, row.pk) is None
    assert not burden_queries.to_reply(cast.actor("wang"), TODAY)


def test_the_cost_is_minutes_times_people_times_rounds(cast, draft):
    system = Actor.system(cast.county.jurisdiction)
    burden.note_timing(
        actor=system, today=TODAY, form="burden.reply", fields=2, seconds=30, times=5
    )
    row = draft(rhythm="month")
    price = request_page(cast.actor("lin"), TODAY, row).price
    assert (price.people, price.rounds) == (2, 7)  # June to December
    assert price.whole == 14  # 15 s × 4 fields × 2 × 7 = 840 s
    assert price.less == 7


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"fields": ()}, "burden.no_fields"),
        ({"fields": [f"第{n}样" for n in range(200)]}, "burden.many_fields"),
        ({"units": []}, "burden.no_units"),
        ({"due_on": date(2026, 6, 17)}, "burden.due_passed"),
        ({"due_on": date(2026, 6, 22), "now": EVENING}, "burden.over_rest"),
        ({"title": ""}, "burden.no_title"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(draft, facts, code):
    assert refusal(draft, **facts) == code
    assert not DataRequest.objects.exists()


def test_a_unit_without_anybody_in_post_is_named(cast, draft):
    empty = unit(cast.town, 9, "village", "空村")
    assert refusal(draft, units=[cast.east, empty]) == "burden.empty_units"


def test_the_same_request_is_refused_the_second_time(draft):
    draft()
    assert refusal(draft) == "burden.twin"
    draft(fields=("床位数",))  # another question is another request


@pytest.mark.parametrize("who", ["wang", "ma", "zhou", "zhao"])
def test_villages_and_readers_do_not_ask(draft, who):
    assert refusal(draft, who) == "burden.not_drafter"


def test_an_office_drafts_and_the_town_office_decides(cast, draft):
    row = draft("qian")
    assert row.drafter == cast.economy
    assert refusal(issue, cast, row, "qian") == "burden.not_yours"
    issue(cast, row)


def test_issued_it_is_an_item_for_each_unit_with_the_unknown_fields_only(cast, draft):
    row = draft()
    issue(cast, row)
    row.refresh_from_db()
    assert row.fields == list(FIELDS[2:])
    assert [one[:2] for one in row.known] == [["村名", "unit"], ["村党支部书记", "unit"]]
    items = Task.objects.filter(parent=row.task_id)
    assert {(item.unit, item.state) for item in items} == {
        (cast.east, "assigned"), (cast.west, "assigned"),
    }  # fmt: skip
    assert Entry.objects.filter(verb="burden.request.issue").exists()
    (mine,) = burden_queries.to_reply(cast.actor("wang"), DUE)
    assert mine.on == DUE
    assert not my_week(cast.actor("wang"), DUE).owed  # asked as its form, not as a report besides


def test_deciding_twice_or_late_is_refused(cast, draft):
    row = draft()
    issue(cast, row)
    assert refusal(issue, cast, row) == "burden.decided"
    late = draft(fields=("床位",), due_on=date(2026, 6, 22))
    assert refusal(issue, cast, late, now=EVENING, keep=("床位",)) == "burden.over_rest"
    with pytest.raises(Stale):
        issue(cast, late, keep=("床位",), version=9)
    nothing = draft(fields=("编织袋",))
    assert refusal(issue, cast, nothing, keep=()) == "burden.no_fields"


def test_withheld_it_asks_nobody_and_everybody_reads_why(cast, draft):
    row = draft()
    facts = {"actor": cast.actor("lin"), "today": TODAY, "wanted": row, "estimate": None}
    assert refusal(burden.withhold, **facts, reason=" ") == "burden.no_reason"
    burden.withhold(**facts, reason="台账已有")
    assert burden_queries.request_for(cast.actor("xu"), TODAY, row.pk).reason == "台账已有"
    assert not Task.objects.exists()
    assert len(meter.meter(cast.actor("lin"), TODAY).withheld) == 1


def test_a_reply_is_typed_once_and_reports_the_item(cast, draft):
    row = draft()
    issue(cast, row)
    row.refresh_from_db()
    answer(cast, row)
    reply = RequestReply.objects.get()
    assert (reply.unit, reply.answers) == (cast.east, ["12", "3"])
    item = Task.objects.get(parent=row.task_id, unit=cast.east)
    assert item.state == "reported_done"
    answer(cast, row, answers=("13", "3"))
    reply.refresh_from_db()
    assert (reply.answers, reply.version) == (["13", "3"], 2)
    assert item.reports.count() == 1  # corrected, not reported again


def test_rounds_are_nodes_and_each_is_answered(cast, draft):
    row = draft(rhythm="quarter")
    issue(cast, row)
    row.refresh_from_db()
    item = Task.objects.get(parent=row.task_id, unit=cast.east)
    assert [node.due_on for node in item.milestones.order_by("due_on")] == [
        date(2026, 6, 30), date(2026, 9, 30), date(2026, 12, 30),
    ]  # fmt: skip
    answer(cast, row)
    item.refresh_from_db()
    assert item.state == "under_way"
    assert item.milestones.filter(done_on__isnull=False).count() == 1


@pytest.mark.parametrize(
    ("who", "answers", "code"),
    [
        ("wang", ("12", ""), "burden.answer_missing"),
        ("wang", ("12",), "burden.answer_missing"),
        ("wang", ("12", "长" * 501), "burden.answer_long"),
        ("qian", ("12", "3"), "burden.not_asked"),
    ],
)
def test_an_incomplete_or_foreign_reply_is_refused(cast, draft, who, answers, code):
    row = draft()
    issue(cast, row)
    row.refresh_from_db()
    assert refusal(answer, cast, row, who, answers) == code
    assert not RequestReply.objects.exists()


def test_units_read_their_own_reply_and_the_office_all(cast, draft):
    row = draft()
    issue(cast, row)
    row.refresh_from_db()
    answer(cast, row)
    answer(cast, row, "xu", ("秘7", "1"))
    assert burden_queries.replies_to(cast.actor("lin"), row).count() == 2
    assert [one.unit for one in burden_queries.replies_to(cast.actor("wang"), row)] == [cast.east]


def test_the_summary_fills_in_what_the_system_knows(cast, draft, signed_in, monkeypatch):
    from luoshi.office.xlsx_out import workbook

    monkeypatch.setattr("luoshi.home.views.requests.workbook_in_child", lambda t: workbook([t]))
    row = draft()
    issue(cast, row)
    row.refresh_from_db()
    answer(cast, row)
    data = signed_in("lin").get(reverse("home:request_export", args=[row.pk])).content
    cells = [
        [str(cell.value or "") for cell in line]
        for line in load_workbook(io.BytesIO(data)).active.iter_rows()
    ]
    flat = [cell for line in cells for cell in line]
    assert {"村名", "村党支部书记", "特困人员数", "空余床位数"} <= set(flat)
    assert {"东村", "王书记", "12", "3", "西村", "许书记"} <= set(flat)


def test_pages_from_draft_to_reply(cast, signed_in):
    office, key = signed_in("lin"), uuid7().hex
    sent = {
        "title": "床位底数", "fields_asked": "村名\n空余床位数", "units": [str(cast.east.pk)],
        "due_on": "2026-06-30", "rhythm": "once", "key": key,
    }  # fmt: skip
    made = office.post(reverse("home:new_request"), sent)
    again = office.post(reverse("home:new_request"), sent)
    assert made.url == again.url
    row = DataRequest.objects.get()
    page = office.get(made.url).content.decode()
    assert "组织机构中已登记" in page
    wrong = office.post(
        reverse("home:new_request"), sent | {"fields_asked": "", "key": uuid7().hex}
    )
    assert wrong.status_code == 422
    assert "一个填报项也没有" in wrong.content.decode()
    assert "床位底数" in wrong.content.decode()  # what was typed is kept
    sent = {"keep": ["空余床位数"], "version": row.version, "key": uuid7().hex}
    assert office.post(reverse("home:issue_request", args=[row.pk]), sent).status_code == 302
    village = signed_in("wang")
    assert "床位底数" in village.get(reverse("home:requests")).content.decode()
    address = reverse("home:reply", args=[row.pk])
    assert "空余床位数" in village.get(address).content.decode()
    short = village.post(address, {"answer-0": "", "round": "2026-06-30", "key": uuid7().hex})
    assert short.status_code == 422
    done = village.post(address, {"answer-0": "4", "round": "2026-06-30", "key": uuid7().hex})
    assert done.status_code == 302
    assert RequestReply.objects.get().answers == ["4"]


def test_a_head_who_left_owes_no_reply(cast, draft):
    row = draft()
    issue(cast, row)
    Term.objects.filter(post=cast.posts["wang"]).update(to_on=TODAY)
    later = TODAY + timedelta(days=12)
    assert not burden_queries.to_reply(cast.actor("wang", later), later)
