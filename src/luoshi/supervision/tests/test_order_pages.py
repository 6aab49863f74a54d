"""The pages of orders as people use them."""

import re
import shutil
import subprocess
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from luoshi.journal.models import Entry
from luoshi.ledger import actions as ledger
from luoshi.ledger.actions import Said
from luoshi.ledger.models import Task
from luoshi.office.docx_in import read_docx
from luoshi.office.paper import paper_of_pieces
from luoshi.org.models import Term
from luoshi.supervision import actions
from luoshi.supervision.models import Order, OrderLimit, Serial

from .conftest import TODAY

LIST = "/supervision/order/"


def url(name, row):
    return reverse(f"supervision:{name}", args=[row.pk])


def guard(page):
    text = page.content.decode()
    text = text[text.index('class="form') :]
    return {
        name: found.group(1)
        for name in ("version", "key")
        if (found := re.search(f'name="{name}" value="([^"]*)"', text))
    }


@pytest.fixture
def typed(cast):
    return {
        "source": "instruction",
        "basis": "书记6月18日调研时要求",
        "requirement": "十天内疏通东村排水沟",
        "title": "疏通东村排水沟",
        "lead_unit": str(cast.east.pk),
        "owner": str(cast.posts["wang"].pk),
        "urgency": "most_urgent",
        "asked_by": str(cast.people["chen"].pk),
    }


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_office_registers_in_one_form_and_sees_whose_move_it_is(signed_in, typed, language):
    client = signed_in("lin")
    client.cookies["django_language"] = language
    page = client.get(LIST + "new/")
    assert page.status_code == 200
    page = client.post(LIST + "new/", typed | guard(page), follow=True)
    text = page.content.decode()
    assert "督办〔2026〕1号" in text
    assert "东村 王书记" in text
    assert Order.objects.get().task.urgency == "most_urgent"
    assert "疏通东村排水沟" in client.get(LIST).content.decode()
    assert "疏通东村排水沟" in client.get("/supervision/").content.decode()


def test_one_form_sent_twice_is_one_order(signed_in, typed):
    client = signed_in("lin")
    sent = typed | guard(client.get(LIST + "new/"))
    for _again in range(2):
        assert client.post(LIST + "new/", sent).status_code == 302
    assert (Order.objects.count(), Task.objects.count()) == (1, 1)


def test_a_refusal_keeps_what_was_typed(signed_in, typed, cast):
    client = signed_in("lin")
    page = client.post(LIST + "new/", typed | {"due_on": "2026-12-31"})
    text = page.content.decode()
    assert page.status_code == 422
    assert "超过这类来源的规定时限" in text
    assert "十天内疏通东村排水沟" in text
    Term.objects.filter(person=cast.people["wang"]).update(to_on=TODAY - timedelta(days=1))
    assert "无人任职" in client.post(LIST + "new/", typed).content.decode()
    assert not Order.objects.exists()


def test_a_marked_text_is_not_kept_and_not_sent_back(signed_in, typed):
    page = signed_in("lin").post(LIST + "new/", typed | {"requirement": "机密★1年\n疏通暗渠"})
    text = page.content.decode()
    assert page.status_code == 422
    assert "非涉密系统" in text
    assert "疏通暗渠" not in text
    entry = Entry.objects.get(verb="files.upload.refuse")
    assert "暗渠" not in str(entry.changes)


def test_a_deadline_forged_by_the_client_moves_nothing(signed_in, typed, task):
    where = f"{LIST}new/?task={task.pk}"
    client = signed_in("lin")
    assert "2026-10-31" in client.get(where).content.decode()
    page = client.post(where, typed | {"due_on": "2027-03-01"})
    assert page.status_code == 422
    assert "按延期程序" in page.content.decode()
    task.refresh_from_db()
    assert task.due_on == date(2026, 10, 31)
    assert client.post(where, typed).status_code == 302
    assert "督办〔2026〕1号" in client.get(f"/supervision/task/{task.pk}/").content.decode()


def test_another_town_s_order_does_not_exist(signed_in, order):
    for who in ("fang", "deng", "shi", "xu", "gao"):
        client = signed_in(who)
        for name in ("order", "order_docx", "feedback_docx", "conclude_order"):
            assert client.get(url(name, order)).status_code == 404, (who, name)
        assert client.post(url("archive_order", order)).status_code == 404


def test_the_unit_signs_for_it_on_the_order_s_page(signed_in, order):
    client = signed_in("wang")
    page = client.get(url("order", order))
    text = page.content.decode()
    assert "等您办理" in text
    assert "认定结果" not in text
    action = reverse("ledger:move", args=[order.task_id, "sign_for"])
    sent = {"next": url("order", order), "version": order.task.version}
    page = client.post(action, sent, follow=True)
    assert page.redirect_chain[-1][0] == url("order", order)
    assert "办理中" in page.content.decode()


def test_the_result_is_set_and_the_order_archived(signed_in, finished):
    client = signed_in("lin")
    page = client.get(url("conclude_order", finished))
    assert "部分整改" in page.content.decode()  # told why it is not offered
    sent = guard(page) | {"result": "rectified", "note": "排水通畅"}
    page = client.post(url("conclude_order", finished), sent, follow=True)
    assert "已整改" in page.content.decode()
    late = client.post(url("conclude_order", finished), sent | {"key": "other"})
    assert "不再更改" in late.content.decode()
    page = client.post(url("archive_order", finished), {"key": "x"}, follow=True)
    assert "已归档" in page.content.decode()
    assert client.get(LIST).content.decode().count("疏通东村排水沟") == 0
    assert "疏通东村排水沟" in client.get(LIST + "?stage=archived").content.decode()


def test_a_forged_result_is_refused_in_words(signed_in, order):
    page = signed_in("lin").post(url("conclude_order", order), {"result": "rectified"})
    assert page.status_code == 422
    assert "尚未复核办结" in page.content.decode()


def test_the_paper_bears_number_receipt_and_what_was_done(
    signed_in,
    finished,
    monkeypatch,
):
    where = "luoshi.supervision.views.orders.pieces_in_child"
    monkeypatch.setattr(where, paper_of_pieces)
    client = signed_in("wang")
    paper = read_docx(client.get(url("order_docx", finished)).content).text
    for word in ("青榆镇督办单", "督办〔2026〕1号", "疏通东村排水沟", "回　执", "2026年6月26日"):
        assert word in paper
    sheet = read_docx(client.get(url("feedback_docx", finished)).content).text
    assert "已疏通，雨后无积水" in sheet
    assert "□ 已整改" in sheet


def test_office_date_and_seal_stand_above_the_line_of_the_receipt(signed_in, order, monkeypatch):
    monkeypatch.setattr("luoshi.supervision.views.orders.pieces_in_child", paper_of_pieces)
    paper = read_docx(signed_in("wang").get(url("order_docx", order)).content).text
    above, below = paper.split("沿 此 线 撕 下")
    assert above.rstrip(" －\n").endswith("青榆镇\n2026年6月18日")
    assert "签收人" in below
    assert "2026年6月18日" not in below


@pytest.mark.browser
@pytest.mark.parametrize("name", ["order_docx", "feedback_docx"])
def test_an_ordinary_order_and_its_sheet_fill_one_page(
    signed_in, order, monkeypatch, tmp_path, name
):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    monkeypatch.setattr("luoshi.supervision.views.orders.pieces_in_child", paper_of_pieces)
    (tmp_path / "a.docx").write_bytes(signed_in("wang").get(url(name, order)).content)
    call = [office, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile"]
    call += ["--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "a.docx")]
    subprocess.run(call, check=True, capture_output=True, timeout=120)
    [page] = PdfReader(tmp_path / "a.pdf").pages
    words = "".join(page.extract_text().split())
    assert "疏通东村排水沟" in words
    assert "—1—" in words


def test_the_town_sets_its_own_rules(signed_in):
    client = signed_in("lin")
    rules = LIST + "rules/"
    assert client.get(rules).status_code == 200
    assert client.post(rules, {"source": "meeting", "days": "3"}).status_code == 302
    assert OrderLimit.objects.get().days == 3
    page = client.post(rules, {"kind": "order", "pattern": "督办"})
    assert page.status_code == 422
    assert "各写一次" in page.content.decode()
    assert client.post(rules, {"source": "meeting", "days": "x"}).status_code == 422
    client.post(rules, {"kind": "order", "pattern": "青督〔{年}〕{号}号"})
    assert Serial.objects.get().pattern == "青督〔{年}〕{号}号"
    assert signed_in("wang").get(rules).status_code == 403


def test_units_are_shown_themselves_and_the_leaders_all(signed_in, finished):
    where = LIST + "standing/"
    assert "东村" in signed_in("chen").get(where).content.decode()
    assert "东村" in signed_in("wang").get(where).content.decode()
    page = signed_in("xu").get(where + "?period=2026Q1")
    assert "没有督办单" in page.content.decode()


def test_the_list_and_the_desk_ask_as_often_for_one_as_for_many(
    signed_in,
    given,
    act,
    cast,
):
    from dataclasses import replace

    def asked(client, where):
        client.get(where)
        with CaptureQueriesContext(
            connection,
        ) as asked_:
            assert client.get(where).status_code == 200
        return len(asked_)

    client = signed_in("lin")
    act("lin", actions.register_order, new=given)
    few = [asked(client, where) for where in (LIST, LIST + "standing/", "/supervision/")]
    for n in range(6):
        act("lin", actions.register_order, new=replace(given, title=f"事项{n}"))
    row = Order.objects.order_by("number").first()
    act("wang", ledger.sign_for, task=row.task)
    act("wang", ledger.report, task=row.task, said=Said(text="已进场"))
    many = [asked(client, where) for where in (LIST, LIST + "standing/", "/supervision/")]
    assert many == few
