"""What became of every sentence: dispositions, the map, and the buttons for many at once."""

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from luoshi.adoption.coverage import STRIP, marks_of, shares_of
from luoshi.adoption.models import Act
from luoshi.adoption.page import OBLIGING, sections_of, sure
from luoshi.documents.models import DraftItem, Passage
from luoshi.goals.models import Plan
from luoshi.indicators.models import Target
from luoshi.journal.models import Entry
from luoshi.ledger.models import Task

KINDS, STATES = DraftItem.Kind.values, ["draft", "adopted", "set_aside"]


@st.composite
def texts(draw):
    length = draw(st.integers(10, 400))
    starts = draw(st.lists(st.integers(0, length - 5), min_size=1, max_size=20))
    drafts = [
        DraftItem(
            kind=draw(st.sampled_from(KINDS)),
            state=draw(st.sampled_from(STATES)),
            disposition="study",
            position=number,
            version=draw(st.integers(1, 2)),
            passage=Passage(start=start, end=draw(st.integers(start + 1, length))),
        )
        for number, start in enumerate(starts)
    ]
    marks = draw(st.lists(st.integers(0, length - 1), unique=True, max_size=4))
    outline = [
        {"mark": "一", "title": "", "level": 1, "start": at, "end": at} for at in sorted(marks)
    ]
    return "字" * length, drafts, sections_of(outline, length)


@given(texts())
def test_every_sentence_is_counted_once_and_marks_lie_on_the_strip(given_text):
    text, drafts, sections = given_text
    shares, total = shares_of(text, drafts, sections)
    listed = [heard.draft.pk for share in shares for heard in share.heard]
    assert sorted(listed) == sorted(d.pk for d in drafts if d.kind != "boilerplate")
    assert sum(share.asked for share in shares) == total.asked
    assert total.asked == sum(d.kind in OBLIGING for d in drafts)
    assert total.adopted + total.study + total.drafted + total.untouched == total.asked
    marks = marks_of(shares, len(text))
    assert len(marks) == total.asked
    assert all(0 <= mark.at < STRIP and mark.length > 0 for mark in marks)


class TestDispositions:
    """Each sentence can be disposed of: ledger, passed on, mechanism, declined with a reason."""

    @pytest.mark.parametrize("how", ["study", "mechanism"])
    def test_one_click_needs_no_words_and_leaves_no_gap(self, at, send, how):
        draft = at("新签约")
        send(do=how, pick=[draft])
        draft.refresh_from_db()
        assert (draft.state, draft.disposition) == ("set_aside", how)
        assert draft.why_not
        assert Entry.objects.filter(verb="adoption.drafts.set_aside").exists()

    def test_own_words_are_kept(self, at, send):
        send(do="mechanism", pick=[at("新签约")], why_not_other="每周调度一次")
        assert at("新签约").why_not == "每周调度一次"

    def test_row_button_passes_one_on(self, at, send):
        send(one_study=at("新签约"))
        assert (at("新签约").state, at("新签约").disposition) == ("set_aside", "study")

    def test_section_passes_on_its_principles_only(self, at, document, send):
        sections = sections_of(document.outline, len(document.text))
        number = next(s.index for s in sections if s.mark == "二")
        send(study_of=str(number))
        assert at("以人民为中心").disposition == "study"
        assert at("标准厂房").state == "draft"

    def test_database_keeps_no_row_set_aside_without_saying_how(self, at):
        draft = at("新签约")
        with pytest.raises(IntegrityError), transaction.atomic():
            DraftItem.objects.filter(pk=draft.pk).update(state="set_aside")

    def test_undo_takes_the_disposition_back(self, at, send, signed_in):
        send(do="mechanism", pick=[at("新签约")])
        signed_in("lin").post(f"/adoption/act/{Act.objects.get().pk}/undo/")
        assert (at("新签约").state, at("新签约").disposition) == ("draft", "")


class TestManyAtOnce:
    """The buttons for many decide only what stood on the page and needs no second look."""

    def rows(self, *drafts):
        return {f"v-{draft.pk}": draft.version for draft in drafts}

    def test_sure_ones_are_adopted_and_the_rest_is_left(self, at, document, send, plan, today):
        doubtful = at("河道清理")
        DraftItem.objects.filter(pk=doubtful.pk).update(confidence=55)
        expected = {d.pk for d in DraftItem.objects.select_related("passage") if sure(d, today)}
        send(do="adopt_sure", plan=plan)
        adopted = set(DraftItem.objects.filter(state="adopted").values_list("pk", flat=True))
        assert adopted == expected
        assert at("标准厂房").pk in adopted
        assert doubtful.pk not in adopted
        assert at("招引到位资金").state == "draft"  # masked: 待补

    def test_row_that_the_filter_hid_is_not_decided_unseen(self, at, send, plan):
        seen, hidden = at("标准厂房"), at("新签约")
        send(do="adopt_sure", plan=plan, **self.rows(seen))
        assert at("标准厂房").state == "adopted"
        assert DraftItem.objects.get(pk=hidden.pk).state == "draft"

    def test_speech_takes_two_buttons(self, document, send, plan):
        """All that is sure, then all that is only to be passed on: what is left is in doubt."""
        send(do="adopt_sure", plan=plan)
        send(do="study_principles")
        left = DraftItem.objects.filter(state="draft").exclude(kind="boilerplate")
        assert all(d.masked or d.confidence < 80 or d.due_on for d in left)
        assert Task.objects.count() + Target.objects.count() >= 4
        assert Plan.objects.count() == 1


class TestPages:
    """The map in words, and as a page for paper."""

    def test_list_says_what_became_of_each(self, at, document, send, plan, signed_in):
        send(one=at("标准厂房"), plan=plan)
        send(do="set_aside", pick=[at("新签约")], why_not="已有安排")
        page = signed_in("lin").get(f"/adoption/document/{document.pk}/coverage/").content.decode()
        assert "不采纳" in page
        assert "已有安排" in page
        assert f"/ledger/task/{Task.objects.get().pk}/" in page
        assert "C11" in page

    def test_takes_a_constant_number_of_queries(
        self, document, signed_in, django_assert_num_queries, django_assert_max_num_queries
    ):
        client, address = signed_in("lin"), f"/adoption/document/{document.pk}/coverage/"
        with django_assert_max_num_queries(14) as first:
            client.get(address)
        draft = DraftItem.objects.filter(document=document).first()
        for number in range(30):
            DraftItem.objects.create(
                jurisdiction=draft.jurisdiction, document=document, passage=draft.passage,
                position=1000 + number, kind="task", title=f"增加的事项{number}",
            )  # fmt: skip
        with django_assert_num_queries(len(first)):
            client.get(address)

    def test_text_without_anything_says_so(self, document, signed_in):
        DraftItem.objects.filter(document=document).delete()
        page = signed_in("lin").get(f"/adoption/document/{document.pk}/coverage/").content.decode()
        assert "没有读出条目" in page

    def test_strip_and_counts_stand_beside_the_text(self, document, signed_in):
        page = signed_in("lin").get(f"/adoption/document/{document.pk}/").content.decode()
        asked = DraftItem.objects.filter(kind__in=OBLIGING, document=document).count()
        assert page.count('class="f-untouched" x=') == asked
        assert "各章节的要求落到了哪里" in page

    def test_what_is_in_doubt_can_be_seen_alone(self, at, document, signed_in):
        DraftItem.objects.filter(pk=at("河道清理").pk).update(confidence=55)
        page = signed_in("lin").get(f"/adoption/document/{document.pk}/?state=doubt")
        table = page.content.decode().split('id="drafts"')[1]
        assert "河道清理" in table
        assert "标准厂房" not in table
