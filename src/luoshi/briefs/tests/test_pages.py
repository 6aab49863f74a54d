"""The pages of material: what they show, to whom, and what they refuse."""

import io
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document as Docx

from luoshi.briefs import actions
from luoshi.briefs.kept import paragraphs_of
from luoshi.briefs.models import Brief
from luoshi.briefs.tests.conftest import NOW
from luoshi.documents.models import Document
from luoshi.domain.brief import text_of

GUARD = {"key": "k-1"}


def body(response):
    return response.content.decode()


def here(brief, verb=""):
    return f"/briefs/brief/{brief.pk}/{verb}"


def test_list_offers_the_years_to_write_and_shows_what_was_written(signed_in, brief):
    page = body(signed_in("lin").get("/briefs/"))
    assert f"/briefs/plan/{brief.plan_id}/write/" in page
    assert here(brief) in page


def test_writing_from_the_list_leads_to_the_text(signed_in, year):
    client = signed_in("lin")
    first = client.post(f"/briefs/plan/{year.pk}/write/", GUARD)
    again = client.post(f"/briefs/plan/{year.pk}/write/", GUARD)
    assert first["Location"] == again["Location"] == here(Brief.objects.get())


def test_every_figure_of_the_text_is_a_link_to_its_rows(signed_in, brief, lines):
    client = signed_in("lin")
    page = body(client.get(here(brief)))
    for data in brief.facts:
        if data["kind"] == "count" and data["value"] != "0":
            assert here(brief, f"fact/{data['id']}/") in page
    rows = body(client.get(here(brief, f"fact/{lines[0].pk}.total/")))
    assert all(title in rows for title in ("到位资金6亿元以上", "产业园一期厂房封顶"))
    assert client.get(here(brief, "fact/nothing/")).status_code == 404


def test_missing_stands_out_and_a_line_with_only_praise_is_named(signed_in, brief, lines):
    page = body(signed_in("lin").get(here(brief)))
    assert '<span class="todo">待补</span>' in page
    assert "不能定稿" in page
    assert here(brief, f"line/{lines[1].pk}/") in page


@pytest.mark.parametrize("more", [0, 40])
def test_page_takes_a_constant_number_of_queries(signed_in, act, year, lines, new_task, more):
    for number in range(more):
        new_task(f"任务甲{number}", lines[0])
    made = act("lin", actions.write_review, now=NOW, plan=year)
    client = signed_in("lin")
    with CaptureQueriesContext(connection) as caught:
        client.get(f"/briefs/brief/{made.id}/")
    assert len(caught) <= 16


def paragraph_with(brief, words):
    texts = text_of(paragraphs_of(brief)).split("\n")
    return next(n for n, line in enumerate(texts) if words in line)


def test_a_wrong_figure_is_refused_in_words_and_the_typing_stays(signed_in, brief):
    number = paragraph_with(brief, "到位资金完成")
    typed = {"text": "到位资金完成9.9亿元。", "version": brief.version, **GUARD}
    answer = signed_in("lin").post(here(brief, f"paragraph/{number}/"), typed)
    assert answer.status_code == 422
    assert "没有数据来源" in body(answer)
    assert "到位资金完成9.9亿元。" in body(answer)


def test_a_paragraph_edited_by_two_answers_with_both_values(signed_in, brief):
    number = paragraph_with(brief, "基层执法力量不足")
    path = here(brief, f"paragraph/{number}/")
    first = {"text": "基层执法力量仍然不足。", "version": 1, "key": "a"}
    assert signed_in("lin").post(path, first).status_code == 302
    late = {"text": "执法力量还有缺口。", "version": 1, "key": "b"}
    assert signed_in("chen").post(path, late).status_code == 409
    brief.refresh_from_db()
    assert "基层执法力量仍然不足" in text_of(paragraphs_of(brief))


def test_a_note_or_the_leaders_sentence_fills_the_gap(signed_in, brief, lines):
    path = here(brief, f"line/{lines[1].pk}/")
    refused = signed_in("lin").post(path, {"no_gap": "1", "text": "本期无突出不足。", **GUARD})
    assert refused.status_code == 422
    made = signed_in("lin").post(path, {"kind": "gap", "text": "养老床位不够", **GUARD})
    assert made.status_code == 302
    assert "养老床位不够" in body(signed_in("lin").get(made["Location"]))
    said = signed_in("chen").post(path, {"no_gap": "1", "text": "本期无突出不足。", "key": "c"})
    assert said.status_code == 302


def test_an_older_draft_rests_and_leads_to_the_newest(signed_in, brief, lines):
    client = signed_in("lin")
    client.post(here(brief, f"line/{lines[1].pk}/"), {"kind": "gap", "text": "床位利用率不高"})
    newest = Brief.objects.order_by("-written_at", "-id").first()
    assert newest.pk != brief.pk
    page = client.get(here(brief))
    assert here(newest) in body(page)
    assert "定稿成文" not in body(page)
    assert "看最新一稿" not in body(client.get(here(newest)))
    assert body(client.get("/briefs/")).count("上一稿") == 1
    client.post(here(brief, "finish/"), {"version": brief.version})
    brief.refresh_from_db()
    assert brief.state == Brief.State.FIRST_DRAFT


def test_finishing_stores_the_text_and_leads_to_the_reader(signed_in, brief, lines):
    path = here(brief, f"line/{lines[1].pk}/")
    there = signed_in("chen").post(path, {"no_gap": "1", "text": "本期无突出不足。", **GUARD})
    latest = Brief.objects.order_by("-written_at", "-id").first()
    assert there["Location"] == here(latest)
    client = signed_in("lin")
    client.post(here(latest, "finish/"), {"version": latest.version, "key": "f"})
    document = Document.objects.get()
    assert f"/documents/document/{document.pk}/" in body(client.get(here(latest)))
    assert "定稿" in body(client.get("/briefs/"))


def test_paper_opens_again_with_the_text_of_the_page(signed_in, brief):
    answer = signed_in("lin").get(here(brief, "docx/"))
    assert answer["Content-Disposition"].startswith("attachment")
    paper = Docx(io.BytesIO(answer.content))
    written = [paragraph.text for paragraph in paper.paragraphs if paragraph.text]
    assert written[:-2] == text_of(paragraphs_of(brief)).split("\n")
    assert written[-2:] == ["青榆镇", "2026年6月18日"]
    marked = [run.text for p in paper.paragraphs for run in p.runs if run.font.highlight_color]
    assert marked
    assert set(marked) == {"待补"}


@pytest.mark.parametrize("who", ["qian", "wang", "sun", "zhao", "gao"])
def test_others_of_the_town_are_told_that_it_is_not_theirs(signed_in, brief, who):
    client = signed_in(who)
    for path in ("/briefs/", here(brief), here(brief, "docx/"), here(brief, "paragraph/1/")):
        assert client.get(path).status_code == 403


@pytest.mark.parametrize("who", ["deng", "fang"])
def test_another_town_finds_nothing(signed_in, brief, lines, who):
    client = signed_in(who)
    assert here(brief) not in body(client.get("/briefs/"))
    for verb in ("", "docx/", "paragraph/1/", "fact/plan.total/", f"line/{lines[0].pk}/"):
        assert client.get(here(brief, verb)).status_code == 404
    assert client.post(here(brief, "finish/"), GUARD).status_code == 404
    assert client.post(f"/briefs/plan/{brief.plan_id}/write/", GUARD).status_code == 404


def test_an_auditor_reads_and_writes_nothing(signed_in, brief):
    client = signed_in("zhou")
    page = client.get(here(brief))
    assert page.status_code == 200
    assert "paragraph/" not in body(page)
    assert client.post(here(brief, "finish/"), GUARD).status_code == 403


def test_a_stranger_goes_to_sign_in_and_an_unknown_text_is_not_found(client, signed_in, brief):
    assert client.get(here(brief)).status_code == 302
    assert signed_in("lin").get(f"/briefs/brief/{uuid4()}/").status_code == 404
    assert signed_in("lin").get(here(brief, "paragraph/99/")).status_code == 404
