"""Local rules: taught, listed, changed, forgotten; measures and aim told apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.documents import actions
from luoshi.documents.apart import apart
from luoshi.documents.models import Document, LocalRule
from luoshi.documents.rows import rows_of
from luoshi.documents.source import read_text
from luoshi.domain.base import Refused
from luoshi.journal.models import Entry
from luoshi.store.rows import Stale

TEXT = """在全镇2026年工作会议上的讲话
一、重点任务
（一）统一思想认识
各单位要提高政治站位，抓好学习贯彻。
（二）抓项目建设
6月底前由项目专班牵头完成标准厂房一期建设。
"""


@pytest.fixture
def keep(cast, today):
    from django.utils import timezone

    def kept(who="lin", **facts):
        actions.keep_rule(
            actor=cast.actor(who), today=today, now=timezone.now(), unit=cast.town, **facts
        )
        return LocalRule.objects.order_by("-added_at", "-id").first()

    return kept


def drafts(cast, *rules):
    document = Document(jurisdiction=cast.town.jurisdiction, unit=cast.town, text=TEXT)
    found = rows_of(document, read_text(TEXT), rules).drafts
    return lambda words: next(d for d in found if words in TEXT[d.passage.start : d.passage.end])


class TestApplied:
    """As data, after the law has read; each rule that acted is named."""

    def test_heading_rules_what_stands_under_it_and_no_more(self, cast):
        rule = LocalRule(kind="heading", phrase="统一思想 认识", outcome="boilerplate")
        read = drafts(cast, rule)
        assert read("政治站位").kind == "boilerplate"
        assert read("政治站位").reasons[0]["code"] == "documents.rule_heading"
        assert read("标准厂房").kind == "task"

    def test_sentence_goes_before_its_heading(self, cast):
        read = drafts(
            cast,
            LocalRule(kind="heading", phrase="统一思想认识", outcome="boilerplate"),
            LocalRule(kind="sentence", phrase="政治站位", outcome="study"),
        )
        assert read("政治站位").disposition == "study"
        assert read("政治站位").kind != "boilerplate"

    def test_without_rules_nothing_is_different(self, cast):
        plain, ruled = (
            drafts(cast),
            drafts(cast, LocalRule(kind="sentence", phrase="不在", outcome="goal")),
        )
        assert plain("标准厂房").kind == ruled("标准厂房").kind
        assert plain("标准厂房").reasons == ruled("标准厂房").reasons

    def test_unit_is_named_once(self, cast):
        rule = LocalRule(kind="unit", phrase="项目专班", target=cast.economy)
        named = [party["name"] for party in drafts(cast, rule)("标准厂房").responsible]
        assert named.count("项目专班") == 1


class TestKept:
    """Allowed, refused, journalled."""

    def test_kept_changed_and_forgotten_with_entries(self, cast, today, keep):
        rule = keep(kind="sentence", phrase=" 提高 站位 ", outcome="study")
        assert rule.phrase == "提高 站位"
        keep(kind="sentence", phrase="提高站位", outcome="principle", rule=rule, version=1)
        rule = LocalRule.objects.get()
        assert (rule.outcome, rule.version) == ("principle", 2)
        actions.remove_rule(actor=cast.actor("lin"), today=today, rule=rule)
        assert not LocalRule.objects.exists()
        assert Entry.objects.filter(verb="documents.rule.keep").count() == 2
        assert Entry.objects.filter(verb="documents.rule.remove").count() == 1

    @pytest.mark.parametrize(
        "facts",
        [
            {"kind": "unit", "phrase": "专班"},
            {"kind": "sentence", "phrase": "站位"},
            {"kind": "sentence", "phrase": "站位", "outcome": "nonsense"},
            {"kind": "heading", "phrase": "站", "outcome": "study"},
        ],
    )
    def test_half_a_rule_is_refused(self, keep, facts):
        with pytest.raises(Refused):
            keep(**facts)
        assert not LocalRule.objects.exists()

    def test_second_rule_for_the_same_words_is_refused(self, keep):
        keep(kind="sentence", phrase="站位", outcome="study")
        with pytest.raises(Refused):
            keep(kind="sentence", phrase="站位", outcome="goal")

    def test_others_may_not_teach(self, keep):
        with pytest.raises(Refused):
            keep(who="wang", kind="sentence", phrase="站位", outcome="study")

    def test_stale_change_is_told(self, keep):
        rule = keep(kind="sentence", phrase="站位", outcome="study")
        keep(kind="sentence", phrase="站位", outcome="goal", rule=rule, version=1)
        with pytest.raises(Stale):
            keep(kind="sentence", phrase="站位", outcome="task", rule=rule, version=1)


def test_page_lists_changes_and_removes(signed_in, keep, django_assert_max_num_queries):
    rule = keep(kind="sentence", phrase="提高站位", outcome="study")
    client = signed_in("lin")
    with django_assert_max_num_queries(14):
        page = client.get("/documents/rule/").content.decode()
    assert "提高站位" in page
    assert 'value="提高站位"' in client.get(f"/documents/rule/{rule.pk}/").content.decode()
    answer = client.post(f"/documents/rule/{rule.pk}/", {"kind": "unit", "phrase": "站位"})
    assert answer.status_code == 422
    client.post(f"/documents/rule/{rule.pk}/remove/")
    assert "还没有本地规则" in client.get("/documents/rule/").content.decode()
    assert signed_in("fang").get("/documents/rule/").status_code in {200, 404}
    assert signed_in("wang").get("/documents/rule/").status_code == 403


@pytest.mark.parametrize(
    ("words", "measures", "aim"),
    [
        ("深入推进招商行动，开展驻点招商，力争全年签约8个", "深入推进招商行动，开展驻点招商", "力争全年签约8个"),
        ("加强调度，确保6月底前完工，实现通车", "加强调度", "确保6月底前完工，实现通车"),
        ("9月底前，由经发办牵头，东村配合，推进招商，力争签约8个", "推进招商", "力争签约8个"),
        ("9月底前，由经发办牵头，力争签约8个", "", "力争签约8个"),
        ("完成厂房建设", "", ""),
        ("力争全年签约8个", "", ""),
    ],
)  # fmt: skip
def test_measures_and_aim_are_told_apart(words, measures, aim):
    assert apart(words) == (measures, aim)


@given(st.text(alphabet="力争确保实现抓项目，；、 完成", max_size=60))
def test_both_halves_stand_in_the_words(words):
    measures, aim = apart(words)
    assert measures in words
    assert aim in words
    assert len(measures) + len(aim) <= len(words)
