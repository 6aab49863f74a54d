"""The fact check of a text: doubts beside it, let stand with a reason, raised again."""

from __future__ import annotations

import re
from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone

from luoshi.documents import actions, queries
from luoshi.documents.checking import pieces_of
from luoshi.documents.models import Dismissal, Document, DraftItem
from luoshi.domain.base import Refused
from luoshi.domain.factcheck import Paper, check
from luoshi.jobs import actions as jobs
from luoshi.journal.models import Entry
from luoshi.org.models import CalendarDay
from tests.cast import TODAY

SPEECH = """在全镇2026年工作会议上的讲话
一、形势。2026年是“十四五”规划的关键一年。
二、任务。经发办要在5月16日前完成入库申报。各村每日报送进展。全年地方财政收入*亿元。
"""
AT = SPEECH.index("2026年是")
F01 = {"said": "factcheck.F01", "start": AT, "end": AT + 11}


@pytest.fixture
def document(cast, today, settings, tmp_path):
    settings.LUOSHI_DATA = tmp_path
    from luoshi.documents.source import Source

    written = actions.add(
        actor=cast.actor("lin"), today=TODAY, now=timezone.now(), unit=cast.town,
        source=Source(SPEECH), origin="pasted",
    )  # fmt: skip
    jobs.run_waiting(timezone.now)
    return Document.objects.select_related("unit").get(pk=written.id)


def address(document, verb="factcheck"):
    return f"/documents/document/{document.pk}/{verb}/"


def dismiss(cast, document, reason="引用县委讲话原文", who="lin", **more):
    return actions.dismiss_doubt(
        actor=cast.actor(who), today=TODAY, now=timezone.now(), document=document, reason=reason,
        **(F01 | more),
    )  # fmt: skip


def test_each_finding_leads_to_its_words(document, signed_in):
    page = signed_in("lin").get(address(document)).content.decode()
    assert SPEECH[AT : AT + 11] in page
    for code in ("F01", "F07", "F09"):
        assert code in page
    numbers = re.findall(r'href="#f-(\d+)"', page)
    assert numbers == ["1", "2", "3"]
    assert all(f'id="f-{n}"' in page for n in numbers)
    assert "2021—2025年" in page
    assert "J10" not in page


def test_days_off_are_those_of_the_unit(cast, document, signed_in):
    CalendarDay.objects.create(
        jurisdiction=cast.town.jurisdiction, unit=cast.town, day=date(2026, 5, 16), works=True,
        why="集中办公",
    )  # fmt: skip
    assert "F07" not in signed_in("lin").get(address(document)).content.decode()


def test_own_paper_is_checked_for_burden(document, signed_in):
    page = signed_in("lin").get(address(document) + "?rules=jianfu").content.decode()
    assert "J10" in page
    assert "依据：《" in page
    assert "F01" not in page


def test_reader_asks_for_the_findings_and_they_lead_to_the_passage(document, signed_in):
    client = signed_in("lin")
    reader = client.get(f"/adoption/document/{document.pk}/").content.decode()
    assert f'hx-get="{address(document, "doubts")}"' in reader
    fragment = client.get(address(document, "doubts")).content.decode()
    task = DraftItem.objects.get(document=document, kind="task", title__contains="入库申报")
    assert f'href="#p-{task.pk}"' in fragment
    assert "<html" not in fragment


def test_doubt_is_let_stand_with_its_reason_and_raised_again(cast, document, signed_in):
    client = signed_in("lin")
    sent = F01 | {"reason": "引用县委讲话原文", "key": "k1"}
    assert client.post(address(document, "doubt/dismiss"), sent).status_code == 302
    page = client.get(address(document)).content.decode()
    assert "引用县委讲话原文" in page
    assert cast.people["lin"].name in page
    assert 'href="#f-3"' not in page
    entry = Entry.objects.get(verb="documents.doubt.dismiss")
    assert entry.reason == "引用县委讲话原文"
    assert entry.unit_id == document.unit_id
    client.post(address(document, "doubt/raise"), F01 | {"key": "k2"})
    assert not Dismissal.objects.exists()
    assert Entry.objects.get(verb="documents.doubt.raise_again").changes["reason"] == [
        "引用县委讲话原文",
        None,
    ]
    assert 'href="#f-3"' in client.get(address(document)).content.decode()


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"reason": "  "}, "documents.doubt_reason_missing"),
        ({"start": AT + 1}, "documents.doubt_gone"),
        ({"said": "factcheck.F02.over"}, "documents.doubt_gone"),
    ],
)
def test_dismissal_that_does_not_hold_is_refused(cast, document, more, why):
    with pytest.raises(Refused) as refused:
        dismiss(cast, document, **more)
    assert refused.value.why.code == why
    assert not Dismissal.objects.exists()


def test_second_reason_is_refused_and_the_first_stands(cast, document):
    dismiss(cast, document)
    assert dismiss(cast, document).version == -1
    with pytest.raises(Refused) as refused:
        dismiss(cast, document, reason="另一个理由", who="chen")
    assert refused.value.why.params["reason"] == "引用县委讲话原文"
    assert Dismissal.objects.get().reason == "引用县委讲话原文"


def test_who_may_not_work_on_texts_is_refused(cast, document, signed_in):
    with pytest.raises(Refused):
        dismiss(cast, document, who="wang")
    sent = F01 | {"reason": "不改"}
    assert signed_in("wang").post(address(document, "doubt/dismiss"), sent).status_code == 403
    assert not Dismissal.objects.exists()


def test_twice_the_same_form_writes_once(document, signed_in):
    client = signed_in("lin")
    for _ in range(2):
        client.post(address(document, "doubt/dismiss"), F01 | {"reason": "不改", "key": "same"})
    assert Dismissal.objects.count() == 1
    assert Entry.objects.filter(verb="documents.doubt.dismiss").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_reasons_at_once_leave_one(cast, document):
    start, said = Barrier(2), []

    def work(who, reason):
        start.wait()
        try:
            dismiss(cast, document, who=who, reason=reason)
        except Refused as refused:
            said.append(refused.why.code)
        connection.close()

    people = [Thread(target=work, args=pair) for pair in (("lin", "甲"), ("chen", "乙"))]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert Dismissal.objects.count() == 1
    assert said == ["documents.doubt_dismissed"]


def test_page_takes_a_constant_number_of_queries(
    cast, document, signed_in, django_assert_num_queries, django_assert_max_num_queries
):
    client = signed_in("lin")
    with django_assert_max_num_queries(17) as first:
        client.get(address(document))
    dismiss(cast, document)
    passage = DraftItem.objects.filter(document=document).first().passage
    for number in range(20):
        DraftItem.objects.create(
            jurisdiction=document.jurisdiction, document=document, passage=passage,
            position=1000 + number, kind="task", title=f"事项{number}",
        )  # fmt: skip
    with django_assert_num_queries(len(first) + 1):  # the names of those who said why
        client.get(address(document))


def test_every_character_is_shown_once_and_the_gravest_doubt_marks_it():
    text = "XX镇\n\n2026年是“十四五”关键之年，XX镇要做好。\n"
    doubts = check(Paper(text, 2026))
    paragraphs = pieces_of(text, doubts)
    told = "\n".join("".join(piece.text for piece in paragraph) for paragraph in paragraphs)
    assert told == "\n".join(line for line in text.split("\n") if line)
    opened = [n for paragraph in paragraphs for piece in paragraph for n in piece.first]
    assert opened == list(range(1, len(doubts) + 1))
    assert any(piece.severity == "error" for piece in paragraphs[1])
    assert any(piece.quoted for piece in paragraphs[1])


def test_clean_text_says_what_was_and_was_not_checked(cast, document, signed_in):
    Document.objects.filter(pk=document.pk).update(text="各村抓好春耕备耕。")
    page = signed_in("lin").get(address(document)).content.decode()
    assert "没有发现疑点" in page
    assert "仍请人工核对" in page


def test_raised_is_scoped_by_the_text(cast, document):
    assert queries.document(cast.actor("wang"), TODAY, document.pk) is None
    assert queries.raised(cast.actor("lin"), TODAY, document, burden=False)
