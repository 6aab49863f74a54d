"""The ledger's pages as people use them: what is shown, what is kept, what is refused."""

import io
import json
import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luoshi.files.models import Attachment
from luoshi.indicators.actions import Defining, Naming, create_indicator
from luoshi.ledger import actions
from luoshi.ledger.actions import NewMilestone, NewTask, Said
from luoshi.ledger.models import Dependency, Milestone, ProgressReport, Task
from luoshi.ledger.queries import Roles
from luoshi.org.models import Term
from tests.cast import post

from .conftest import TODAY
from .test_reads import many


def form(page, action=None):
    """The hidden guard of a form on a page: version and key."""
    text = page.content.decode()
    if action:
        start = text.index(f'action="{action}"')
        text = text[start : text.index("</form>", start)]
    return {
        name: found.group(1)
        for name in ("version", "key")
        if (found := re.search(f'name="{name}" value="([^"]*)"', text))
    }


PAGES = ("ledger:list", "ledger:timetable", "ledger:my_week")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", ["lin", "chen", "wang", "ma", "zhao", "zhou", "gao"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_answer_every_role_in_both_languages(signed_in, task, name, who, language):
    client = signed_in(who)
    client.cookies["django_language"] = language
    page = client.get(reverse(name))
    assert page.status_code == 200
    assert ("修通东村产业路" in page.content.decode()) is (
        (who in {"lin", "chen", "wang", "ma", "zhou"} and name != "ledger:my_week")
        or (who == "wang" and name == "ledger:my_week")
    )


@pytest.mark.parametrize("name", PAGES)
def test_stranger_is_led_to_the_door(client, db, today, name):
    page = client.get(reverse(name))
    assert page.status_code == 302
    assert "/account/login/" in page.url


def test_list_page_costs_the_same_with_ten_thousand(signed_in, plan, line, task):
    client = signed_in("lin")
    client.get(reverse("ledger:list"))

    def cost():
        with CaptureQueriesContext(connection) as caught:
            assert client.get(reverse("ledger:list")).status_code == 200
        return len(caught)

    many(plan, line, 60)
    few = cost()
    Task.objects.filter(number__startswith="B-").delete()
    many(plan, line, 10_000)
    assert cost() == few
    assert few <= 24


def test_address_is_the_view(signed_in, new):
    new("修路"), new("建仓")
    page = signed_in("lin").get(reverse("ledger:list"), {"q": "建仓", "light": "none"})
    text = page.content.decode()
    assert "建仓" in text
    assert "修路" not in text
    assert 'value="建仓"' in text


@pytest.mark.parametrize(
    "query",
    [
        "year=abc",
        "unit=xx",
        "line=1",
        "light=green",
        "after=-5",
        "sort=drop",
        "state=x",
        "year=99999999",
    ],
)
def test_broken_addresses_ask_for_nothing(signed_in, task, query):
    assert signed_in("lin").get(reverse("ledger:list") + "?" + query).status_code == 200


def test_export_has_the_published_headers_and_no_formula(signed_in, new):
    from python_calamine import CalamineWorkbook

    new("=cmd|' /C calc'!A0")
    answer = signed_in("lin").get(reverse("ledger:export"))
    assert answer["Content-Type"].endswith("sheet")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0)
    rows = sheet.to_python()
    header = next(row for row in rows if row[0] == "序号")
    assert header[:11] == ["序号", "工作专线", "目标任务", "举措", "完成标准", "牵头领导", "牵头单位",
                           "配合单位", "责任人", "完成时限", "进展"]  # fmt: skip
    line = rows[rows.index(header) + 1]
    assert line[9] == date(2026, 10, 31)
    assert "待补" in line[10]


def test_bulk_change_can_be_taken_back_in_one_click(signed_in, new):
    rows = [new("甲"), new("乙")]
    client = signed_in("lin")
    page = client.get(reverse("ledger:list"))
    guard = form(page, reverse("ledger:bulk"))
    data = guard | {
        "row": [f"{row.pk}:{row.version}" for row in rows],
        "urgency": "urgent",
        "verb": "edit",
        "query": "",
    }
    answer = client.post(reverse("ledger:bulk"), data)
    assert set(Task.objects.values_list("urgency", flat=True)) == {"urgent"}
    page = client.get(answer.url)
    assert guard["key"] in page.content.decode()
    client.post(reverse("ledger:undo"), form(page, reverse("ledger:undo")) | {"edit": guard["key"]})
    assert set(Task.objects.values_list("urgency", flat=True)) == {"ordinary"}


def test_new_task_takes_four_fields(signed_in, cast, plan):
    client = signed_in("lin")
    page = client.get(reverse("ledger:new"))
    data = form(page) | {
        "title": "建农贸市场",
        "lead_unit": str(cast.east.pk),
        "due_on": "2026-09-30",
        "acceptance": "开业",
        "source_kind": "annual_focus",
    }
    answer = client.post(reverse("ledger:new"), data)
    task = Task.objects.get()
    assert answer.url == reverse("ledger:task", args=[task.pk])
    assert (task.state, task.unit_id, task.due_on) == (
        "registered",
        cast.east.pk,
        date(2026, 9, 30),
    )
    client.post(reverse("ledger:new"), data)
    assert Task.objects.count() == 1, "a double click made two"


def test_new_task_due_in_the_past_is_refused_in_words_and_kept(signed_in, plan):
    client = signed_in("lin")
    data = form(client.get(reverse("ledger:new"))) | {
        "title": "补录的事",
        "due_on": "2026-03-01",
        "source_kind": "annual_focus",
    }
    answer = client.post(reverse("ledger:new"), data)
    assert answer.status_code == 422
    assert "已过" in answer.content.decode()
    assert "补录的事" in answer.content.decode()
    assert not Task.objects.exists()
    assert client.post(reverse("ledger:new"), data | {"reason": "补录"}).status_code == 302


def test_staff_have_no_new_task_page(signed_in, plan):
    assert signed_in("ma").get(reverse("ledger:new")).status_code == 404


def test_task_page_shows_who_what_and_what_may_be_done(signed_in, task, act):
    act("wang", actions.report, task=task, said=Said(text="路基完成", progress=4000))
    text = signed_in("wang").get(reverse("ledger:task", args=[task.pk])).content.decode()
    for words in ("修通东村产业路", "路基完成", "王书记", "40.0", "报进展", "签收", "立项"):
        assert words in text, words
    assert reverse("ledger:report", args=[task.pk]) in text
    assert reverse("ledger:move", args=[task.pk, "cancel"]) not in text


def test_task_page_costs_the_same_with_many_reports_and_children(signed_in, task, new, act):
    client, url = signed_in("lin"), reverse("ledger:task", args=[task.pk])

    def grow(n):
        for number in range(n):
            child = new(f"下{number}", parent_id=task.pk)
            node = NewMilestone(title="节点", due_on=date(2026, 9, 1))
            act("lin", actions.set_milestones, task=child, nodes=[node])
            act("wang", actions.report, task=task, said=Said(text=f"报{number}"))

    def cost():
        with CaptureQueriesContext(connection) as caught:
            assert client.get(url).status_code == 200
        return len(caught)

    grow(2)
    client.get(url)
    few = cost()
    grow(8)
    assert cost() == few


@pytest.mark.parametrize("name", ["task", "edit", "roles", "milestones", "report"])
def test_task_of_another_village_does_not_exist(signed_in, task, name):
    assert signed_in("xu").get(reverse(f"ledger:{name}", args=[task.pk])).status_code == 404
    assert signed_in("fang").get(reverse(f"ledger:{name}", args=[task.pk])).status_code == 404


def test_one_tap_signs_for_a_task_once(signed_in, new, act, roles):
    row = new()
    act("lin", actions.assign, task=row, roles=roles)
    client = signed_in("wang")
    url = reverse("ledger:move", args=[row.pk, "sign_for"])
    data = form(client.get(reverse("ledger:my_week")), url) | {"next": reverse("ledger:my_week")}
    for _ in range(2):
        assert client.post(url, data).url == reverse("ledger:my_week")
    row.refresh_from_db()
    assert row.state == "signed"


def test_one_line_on_the_phone_is_a_report(signed_in, task):
    client = signed_in("wang")
    url = reverse("ledger:report", args=[task.pk])
    data = form(client.get(reverse("ledger:my_week")), url)
    for _ in range(2):
        client.post(url, data | {"text": "砂石已进场", "progress": "35.5"})
    row = ProgressReport.objects.get()
    assert (row.text, row.progress, row.channel) == ("砂石已进场", 3550, "page")


def test_report_with_evidence_is_kept_and_can_be_opened_by_those_who_see_the_task(signed_in, task):
    client, url = signed_in("wang"), reverse("ledger:report", args=[task.pk])
    file = SimpleUploadedFile("现场.txt", "路基验收合格。".encode(), "text/plain")
    answer = client.post(url, form(client.get(url)) | {"text": "路基验收", "evidence": file})
    assert answer.status_code == 302, answer.content.decode()
    kept = Attachment.objects.get()
    assert kept.subject_id == ProgressReport.objects.get().pk
    there = reverse("files:download", args=[kept.pk])
    assert there in signed_in("lin").get(reverse("ledger:task", args=[task.pk])).content.decode()
    opened = signed_in("lin").get(there)
    assert b"".join(opened.streaming_content) == "路基验收合格。".encode()
    assert signed_in("xu").get(there).status_code == 404


def test_refused_evidence_keeps_the_words_and_stores_nothing(signed_in, task):
    client, url = signed_in("wang"), reverse("ledger:report", args=[task.pk])
    bad = SimpleUploadedFile("照片.txt", b"\x7fELF\x00\x01\x02", "text/plain")
    answer = client.post(url, form(client.get(url)) | {"text": "写了很久的一句话", "evidence": bad})
    assert answer.status_code == 422
    assert "写了很久的一句话" in answer.content.decode()
    assert not ProgressReport.objects.exists()
    assert not Attachment.objects.exists()


def test_report_of_a_person_who_left_is_refused_in_words(signed_in, cast, task):
    client, url = signed_in("ma"), reverse("ledger:report", args=[task.pk])
    Term.objects.filter(person=cast.people["wang"]).update(to_on=date(2026, 6, 17))
    answer = client.post(url, form(client.get(url)) | {"text": "我来报"})
    assert answer.status_code == 422
    assert "我来报" in answer.content.decode()
    assert not ProgressReport.objects.exists()


def test_office_types_for_the_village(signed_in, cast, task):
    client, url = signed_in("he"), reverse("ledger:report", args=[task.pk])
    page = client.get(url)
    data = form(page) | {
        "text": "电话里说快了",
        "on_behalf": str(cast.people["wang"].pk),
        "channel": "phone",
    }
    assert client.post(url, data).status_code == 302
    row = ProgressReport.objects.get()
    assert (row.person_id, row.typed_by_id, row.channel) == (
        cast.people["wang"].pk,
        cast.people["he"].pk,
        "phone",
    )


def test_expired_session_leads_to_the_door_and_back_and_writes_nothing(task, today):
    url = reverse("ledger:report", args=[task.pk])
    answer = Client().post(url, {"text": "写了一半"}, HTTP_REFERER=f"http://testserver{url}")
    assert answer.status_code == 302
    assert "/account/login/" in answer.url
    assert url in answer.url.replace("%2F", "/")
    assert not ProgressReport.objects.exists()


def test_second_saver_sees_both_values_and_may_then_decide(signed_in, new):
    row = new()
    url = reverse("ledger:edit", args=[row.pk])
    hers, his = signed_in("lin"), signed_in("he")
    data = {
        "title": "林主任写的",
        "rhythm": "dated",
        "weight": "100",
        "roll_up": "weighted",
        "urgency": "ordinary",
        "due_on": "2026-10-31",
        "line_id": str(row.line_id),
    }
    first, second = form(hers.get(url)), form(his.get(url))
    assert hers.post(url, first | data).status_code == 302
    answer = his.post(url, second | data | {"title": "何专员写的"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "林主任写的" in text
    assert "何专员写的" in text
    assert Task.objects.get().title == "林主任写的"
    assert his.post(url, form(answer) | data | {"title": "何专员写的"}).status_code == 302
    assert Task.objects.get().title == "何专员写的"


def test_stale_one_click_move_answers_409(signed_in, new, act, roles):
    row = new()
    act("lin", actions.assign, task=row, roles=roles)
    url = reverse("ledger:move", args=[row.pk, "sign_for"])
    assert signed_in("wang").post(url, {"version": "1", "key": "k"}).status_code == 409
    row.refresh_from_db()
    assert row.state == "assigned"


def test_move_asks_for_what_the_law_asks(signed_in, cast, task, new, act, roles):
    row = new("另一件")
    act("lin", actions.assign, task=row, roles=roles)
    client = signed_in("wang")
    url = reverse("ledger:move", args=[row.pk, "return_to_assigner"])
    page = client.get(url)
    assert 'name="competent_unit"' in page.content.decode()
    assert client.post(url, form(page) | {"reason": ""}).status_code == 422
    answer = client.post(
        url, form(page) | {"reason": "不属本村", "competent_unit": str(cast.west.pk)}
    )
    assert answer.status_code == 302
    row.refresh_from_db()
    assert (row.state, row.returns) == ("registered", 1)


def test_move_nobody_knows_does_not_exist(signed_in, task):
    client = signed_in("lin")
    for verb in ("fly", "report", "ask_extension"):
        assert client.get(reverse("ledger:move", args=[task.pk, verb])).status_code == 404


def test_refused_move_says_why_in_words(signed_in, task):
    url = reverse("ledger:move", args=[task.pk, "suspend"])
    answer = signed_in("wang").get(url)
    assert answer.status_code == 422
    assert "Traceback" not in answer.content.decode()


def test_roles_page_hands_the_task_over(signed_in, cast, new):
    row = new()
    client, url = signed_in("lin"), reverse("ledger:roles", args=[row.pk])
    data = form(client.get(url)) | {
        "lead_unit": str(cast.east.pk),
        "owner": str(cast.posts["wang"].pk),
        "supporting": [str(cast.economy.pk)],
        "lead_leader": str(cast.posts["liu"].pk),
        "verb": "assign",
    }
    assert client.post(url, data).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.unit_id) == ("assigned", cast.east.pk)


def test_nodes_are_set_on_their_page(signed_in, task):
    client, url = signed_in("lin"), reverse("ledger:milestones", args=[task.pk])
    data = form(client.get(url)) | {
        "node-TOTAL_FORMS": "2",
        "node-INITIAL_FORMS": "0",
        "node-MIN_NUM_FORMS": "0",
        "node-MAX_NUM_FORMS": "40",
        "node-0-title": "路基",
        "node-0-due_on": "2026-08-01",
        "node-0-share": "30",
        "node-1-title": "",
        "node-1-due_on": "",
    }
    assert client.post(url, data).status_code == 302
    node = Milestone.objects.get()
    assert (node.title, node.share) == ("路基", 3000)
    wrong = data | form(client.get(url)) | {"node-1-due_on": "2026-09-01"}
    assert client.post(url, wrong).status_code == 422


def test_circle_is_told_where_the_person_was(signed_in, new):
    a, b = new("征地"), new("施工")
    client = signed_in("lin")
    for row, before in ((b, a), (a, b)):
        url = reverse("ledger:depend", args=[row.pk])
        here = reverse("ledger:task", args=[row.pk])
        answer = client.post(
            url,
            {"number": before.number, "key": str(row.pk)},
            HTTP_REFERER=f"http://testserver{here}",
        )
    assert Dependency.objects.count() == 1
    text = client.get(answer.url).content.decode()
    assert "征地" in text.split('id="status"')[1]


def test_number_nobody_has_is_told(signed_in, new):
    row = new()
    url = reverse("ledger:depend", args=[row.pk])
    client = signed_in("lin")
    answer = client.post(url, {"number": "2026-999", "key": "k"})
    assert "没有这个编号" in client.get(answer.url).content.decode()
    assert not Dependency.objects.exists()


def test_timetable_says_whether_it_can_be_met(signed_in, plan, line, act, new):
    a = new("征地", starts_on=date(2026, 6, 18), duration_days=60, due_on=date(2026, 7, 10))
    b = new("施工", duration_days=40, due_on=date(2026, 8, 1))
    act("lin", actions.add_dependency, task=b, predecessor=a)
    page = signed_in("lin").get(reverse("ledger:timetable"))
    text = page.content.decode()
    assert "来不及" in text
    assert "出路" in text
    found = re.search(
        r'<script id="timetable-data" type="application/json">(.*?)</script>', text, re.DOTALL
    )
    data = json.loads(found.group(1))
    assert [row[1] for row in data["rows"]] == [a.number, b.number]
    assert data["links"] == [[0, 1]]
    assert data["rows"][0][10] < 0
    make_up = (date(2026, 2, 14) - date.fromisoformat(data["first"])).days
    assert make_up in data["on"], "a make-up Saturday is worked"
    festival = (date(2026, 10, 1) - date.fromisoformat(data["first"])).days
    assert festival in data["off"]


def test_hostile_title_stays_inside_the_data_block(signed_in, new):
    new(
        "</script><script>alert(1)</script>&", starts_on=date(2026, 6, 18), due_on=date(2026, 7, 10)
    )
    text = signed_in("lin").get(reverse("ledger:timetable")).content.decode()
    assert "<script>alert" not in text
    found = re.search(r'<script id="timetable-data" type="application/json">(.*?)</script>', text)
    assert json.loads(found.group(1))["rows"][0][2] == "</script><script>alert(1)</script>&"


def test_timetable_is_a_table_too(signed_in, new):
    new("征地", starts_on=date(2026, 6, 18), duration_days=10, due_on=date(2026, 7, 10))
    page = signed_in("lin").get(reverse("ledger:timetable"), {"view": "table"})
    text = page.content.decode()
    assert "timetable-data" not in text
    assert "征地" in text.split("<table")[1]


def test_node_of_the_tree_waits_for_its_leaves(cast, signed_in, plan, line, act, roles):
    top = NewTask(title="产业路", due_on=date(2026, 7, 1))
    leaf = NewTask(title="铺路", parent_id=top.id, starts_on=date(2026, 6, 18), duration_days=90)
    act("lin", actions.register_tasks, items=[top, leaf], plan=plan)
    text = signed_in("lin").get(reverse("ledger:timetable")).content.decode()
    assert "来不及" in text


def test_timetable_costs_the_same_for_any_plan(signed_in, plan, line, task):
    client = signed_in("lin")
    client.get(reverse("ledger:timetable"))

    def cost():
        with CaptureQueriesContext(connection) as caught:
            assert client.get(reverse("ledger:timetable")).status_code == 200
        return len(caught)

    few = cost()
    many(plan, line, 300)
    assert cost() == few


def test_empty_ledger_says_the_next_step(signed_in):
    for name in PAGES:
        text = signed_in("lin").get(reverse(name)).content.decode()
        assert 'class="empty"' in text


def test_phone_page_has_a_form_for_each_thing_asked(signed_in, task, act):
    nodes = [NewMilestone(title="路基", due_on=date(2026, 6, 20))]
    act("lin", actions.set_milestones, task=task, nodes=nodes)
    text = signed_in("wang").get(reverse("ledger:my_week")).content.decode()
    assert text.count("data-outbox ") + text.count("data-outbox>") == 1
    assert "2026-06-20" in text
    assert nodes[0].due_on > TODAY


def test_task_without_a_date_is_shown_as_lacking_it(signed_in, new):
    new("修路", due_on=None)
    page = signed_in("lin").get(reverse("ledger:list"))
    cell = re.search(r'<td class="date"[^>]*>(.*?)</td>', page.content.decode())
    assert cell
    assert "待补" in cell.group(1)


def test_year_passed_is_the_same_on_every_page(signed_in, task):
    shares = {
        re.search(
            r"<figcaption><b>(.*?)</b>", signed_in("lin").get(reverse(name)).content.decode()
        ).group(1)
        for name in ("ledger:list", "home:wall")
    }
    assert len(shares) == 1


def test_discipline_secretary_is_not_offered_as_lead_but_kept_where_named(signed_in, cast, new):
    title = "纪委书记"
    watcher = post(cast.town, title, "leader")
    for roles, offered in ((Roles(), False), (Roles(lead_leader=watcher.pk), True)):
        row = new(roles=roles)
        page = signed_in("lin").get(reverse("ledger:roles", args=[row.pk]))
        form = page.context["form"]
        leaders = " ".join(word for _, word in form.fields["lead_leader"].choices)
        assert (title in leaders) is offered
        assert any(title in word for _, word in form.fields["owner"].choices)


def test_my_week_asks_for_the_figures_that_a_unit_owes(signed_in, cast, plan):
    lin = cast.actor("lin")
    create_indicator(
        actor=lin, today=date(2026, 1, 1), unit=cast.town,
        naming=Naming(name="村集体经济收入", kind="flow"), reporters=(cast.east,),
        defining=Defining(statement="出租收入", measure="万元", decimals=2, source="村账"),
    )  # fmt: skip
    client = signed_in("wang")
    for page in ("ledger:my_week", "home:year"):
        text = client.get(reverse(page)).content.decode()
        assert "该填报的数" in text
        assert "村集体经济收入" in text
    assert "该填报的数" not in signed_in("xu").get(reverse("ledger:my_week")).content.decode()
