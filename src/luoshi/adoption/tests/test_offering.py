"""What a correction offers to teach, and what adoption carries of measures and standards."""

import re
from html import unescape

import pytest
from django.utils import timezone

from luoshi.adoption.models import Act
from luoshi.adoption.page import sections_of
from luoshi.documents.models import Document, DraftItem, LocalRule
from luoshi.jobs import actions as jobs
from luoshi.ledger.models import Task

NEXT = """在全镇2026年年中会议上的讲话
一、下半年任务
（一）抓党建。要牢固树立以人民为中心的发展思想，改进作风。
（二）抓项目。由项目专班牵头，深入推进招商行动，力争全年签约项目8个。
"""


@pytest.fixture
def read_next(signed_in):
    """`read_next()`: a second text of the town is read; its drafts by their words."""

    def read():
        signed_in("lin").post("/documents/document/new/", {"text": NEXT, "disclosure": "closed"})
        jobs.run_waiting(timezone.now)
        document = Document.objects.get(text=NEXT.strip("\n") + "\n")
        return lambda words: next(
            draft
            for draft in DraftItem.objects.filter(document=document).select_related("passage")
            if words in document.text[draft.passage.start : draft.passage.end]
        )

    return read


def offered(page):
    found = re.search(r'<p class="offer">.*?href="([^"]+)"', page.content.decode(), re.DOTALL)
    return unescape(found[1]) if found else ""


def test_passing_on_offers_a_rule_that_the_next_reading_follows(at, send, signed_in, read_next):
    address = offered(send(do="study", pick=[at("以人民为中心")]))
    form = signed_in("lin").get(address).content.decode()
    assert "牢固树立以人民为中心" in form
    assert not LocalRule.objects.exists()  # offered, not kept
    answer = signed_in("lin").post(
        address, {"kind": "sentence", "phrase": "以人民为中心", "outcome": "study", "back": "/x"}
    )
    assert answer["Location"] == "/x"
    draft = read_next()("以人民为中心")
    assert (draft.state, draft.disposition) == ("draft", "study")
    assert draft.reasons[0]["code"] == "documents.rule_sentence"
    page = signed_in("lin").get(f"/adoption/document/{draft.document_id}/").content.decode()
    assert "按本地规则处理 1" in page
    signed_in("lin").post(f"/adoption/document/{draft.document_id}/decide/", {"do": "as_proposed"})
    draft.refresh_from_db()
    assert (draft.state, draft.disposition) == ("set_aside", "study")


def test_changed_kind_offers_a_rule_in_the_row_and_on_the_page(at, send, signed_in):
    draft = at("新签约")
    row = signed_in("lin").post(
        f"/adoption/draft/{draft.pk}/change/",
        {f"v-{draft.pk}": draft.version, f"kind-{draft.pk}": "goal"},
    )
    assert "outcome=goal" in offered(row)
    page = signed_in("lin").get(f"/adoption/document/{draft.document_id}/")
    assert "outcome=goal" in offered(page)


def test_whole_section_decided_alike_offers_its_heading(at, document, send):
    sections = sections_of(document.outline, len(document.text))
    section = next(s for s in sections if s.title == "抓项目")
    rows = DraftItem.objects.filter(document=document).select_related("passage")
    inside = [row for row in rows if section.holds(row)]
    assert len(inside) > 1
    page = send(do="change_kind", pick=inside, to_kind="achievement")
    assert "kind=heading" in offered(page)


def test_adopting_or_declining_teaches_nothing(at, send, plan):
    assert not offered(send(one=at("标准厂房"), plan=plan))
    assert not offered(send(do="set_aside", pick=[at("新签约")], why_not="已有安排"))
    assert Act.objects.count() == 2


def test_unknown_name_leads_to_the_form_and_is_known_afterwards(cast, signed_in, read_next):
    client = signed_in("lin")
    client.post(
        "/documents/rule/new/",
        {"kind": "unit", "phrase": "项目专班", "target": str(cast.economy.pk)},
    )
    draft = read_next()("签约项目8个")
    assert "项目专班" in [party["name"] for party in draft.responsible]
    assert "documents.rule_unit" in [why["code"] for why in draft.reasons]
    page = client.get(f"/adoption/document/{draft.document_id}/").content.decode()
    assert f"lead_unit:{cast.economy.pk}" in page


def test_measures_and_standard_of_the_text_go_into_the_task(read_next, signed_in, plan):
    draft = read_next()("签约项目8个")
    assert draft.acceptance == "力争全年签约项目8个"
    assert draft.measures == "深入推进招商行动"
    signed_in("lin").post(
        f"/adoption/document/{draft.document_id}/decide/",
        {"one": str(draft.pk), "plan": str(plan.pk), f"v-{draft.pk}": "1",
         f"measures-{draft.pk}": "每月外出招商两次"},
    )  # fmt: skip
    task = Task.objects.get()
    assert (task.measures, task.acceptance) == ("每月外出招商两次", "力争全年签约项目8个")


def test_generic_actor_is_shown_with_its_units_and_expands_when_adopted(
    cast, at, send, plan, signed_in
):
    draft = at("生活污水")
    page = signed_in("lin").get(f"/adoption/document/{draft.document_id}/").content.decode()
    assert re.search(rf'value="{draft.pk}\|supporting_unit:villages" checked', page)
    send(one=draft, plan=plan, role=f"{draft.pk}|supporting_unit:villages")
    carried = Task.objects.get().assignments.filter(role="supporting_unit")
    assert {row.unit_id for row in carried} == {cast.east.pk, cast.west.pk}
