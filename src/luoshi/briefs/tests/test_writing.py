"""A review from rows: true figures, edits that cite them, and a final text that is read again."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.briefs import actions
from luoshi.briefs.facts import indicator_name
from luoshi.briefs.kept import facts_of, paragraphs_of
from luoshi.briefs.models import Brief, NoGap
from luoshi.briefs.tests.conftest import NOW
from luoshi.documents.models import Document
from luoshi.documents.source import read_text
from luoshi.domain.base import Refused
from luoshi.domain.brief import text_of
from luoshi.goals import actions as goals
from luoshi.goals.models import Note
from luoshi.journal.models import Entry
from luoshi.ledger.models import ProgressReport, Task
from luoshi.store.rows import Stale
from tests.cast import TODAY, make


def lines_of(brief):
    return text_of(paragraphs_of(brief)).split("\n")


def number_of(brief, words):
    return next(n for n, line in enumerate(lines_of(brief)) if words in line)


def again(act, plan, who="lin", key=""):
    made = act(who, actions.write_review, now=NOW, plan=plan, key=key)
    return Brief.objects.select_related("plan__unit", "unit").get(pk=made.id)


def test_review_tells_the_rows_as_the_office_writes(brief):
    assert lines_of(brief)[3:9] == [
        (
            "截至2026年6月18日，全镇列入台账的重点任务共5项，已办结2项，其中经复核2项。"
            "但仍有1项任务到期未办结，推进力度还不够。"
        ),
        "二、各工作专线进展情况",
        "（一）项目引建持续推进，但部分任务滞后。",
        (
            "共承担重点任务3项，已办结1项。到位资金完成3.2亿元。完成产业园一期厂房封顶。"
            "但仍有1项任务到期未办结，推进力度还不够；亿元以上项目偏少，龙头带动不足；"
            "“新签约亿元以上项目”推进滞后，超期18天。"
        ),
        "（二）民生服务有序推进，但不足待补。",
        "共承担重点任务2项，已办结1项。已建成镇养老服务中心。但存在的不足待补。",
    ]
    assert "2.到位资金6亿元以上，10月31日前完成（责任单位：东村）。" in lines_of(brief)


def test_counts_carry_the_rows_that_they_counted(brief, lines):
    facts = {data["id"]: data for data in brief.facts}
    late = facts[f"{lines[0].pk}.overdue"]
    assert late["value"] == "1"
    assert [Task.objects.get(pk=key).title for key in late["rows"]] == ["新签约亿元以上项目"]
    for data in brief.facts:
        if data["kind"] == "count":
            assert data["value"] == str(len(data["rows"]))


def test_writing_again_gives_the_same_figures_and_writes_nothing(brief, act, year):
    same = again(act, year, who="chen")
    assert same.pk == brief.pk
    assert Brief.objects.count() == 1


def test_the_same_key_twice_writes_one_draft(act, year):
    assert again(act, year, key="k1").pk == again(act, year, key="k1").pk
    assert Brief.objects.count() == 1
    assert Entry.objects.filter(verb="briefs.review.write").count() == 1


def test_changed_rows_give_a_new_draft_beside_the_old_one(
    brief, act, year, lines, new_task, closed
):
    new_task("新建文化广场", lines[1], **closed)
    later = again(act, year)
    assert later.pk != brief.pk
    assert "共6项，已办结3项" in lines_of(later)[3]
    assert "共5项，已办结2项" in lines_of(Brief.objects.get(pk=brief.pk))[3]


@pytest.mark.parametrize("count", [5, 60])
def test_writing_takes_a_constant_number_of_queries(act, year, lines, new_task, count):
    for number in range(count):
        new_task(f"任务甲{number}", lines[number % 2])
    with CaptureQueriesContext(connection) as caught:
        again(act, year)
    reads = [query for query in caught.captured_queries if query["sql"].startswith("SELECT")]
    assert len(reads) <= 20


def test_unknown_stays_missing_and_is_never_a_zero(act, year, lines, new_task):
    new_task("力争引进外资2000万元", lines[1], target_value=Decimal(2000), target_unit="万元")
    assert "引进外资完成情况待补" in text_of(paragraphs_of(again(act, year)))


def test_a_speech_of_last_year_is_not_this_years_achievement(cast, act, year, lines):
    text = "去年到位资金5.3亿元。"
    document = make(
        Document, cast, unit=cast.town, title="讲话", year=2026, origin="pasted", text=text,
        sha256="0" * 64, added_at=NOW,
    )  # fmt: skip
    passage = document.passages.create(jurisdiction=cast.county.jurisdiction, start=0, end=11)
    facts = {"plan": year, "line": lines[1], "passage": passage}
    act("lin", goals.add_note, **facts, kind="achievement", text="去年到位资金5.3亿元")
    act("lin", goals.add_note, **facts, kind="gap", text="去年留下的服务短板还没有补齐")
    told = text_of(paragraphs_of(again(act, year)))
    assert "5.3亿元" not in told
    assert "去年留下的服务短板还没有补齐" in told


def test_problem_of_an_earlier_year_is_told_with_its_age(cast, act, year):
    before = act("lin", goals.create_plan, unit=cast.town, year=2025)
    make(
        Note, cast, plan_id=before.id, unit=cast.town, kind="problem",
        text="集镇停车难", noted_on=date(2025, 1, 13),
    )  # fmt: skip
    told = again(act, year)
    assert "一是集镇停车难（2025年提出，至今521天）。" in lines_of(told)
    make(
        Note, cast, plan_id=before.id, unit=cast.town, kind="problem", text="已经修好的路",
        noted_on=date(2025, 1, 13), solved_on=date(2025, 9, 1),
    )  # fmt: skip
    assert "已经修好的路" not in text_of(paragraphs_of(again(act, year)))


@pytest.mark.parametrize(
    ("title", "value", "unit", "name"),
    [
        ("到位资金6亿元以上", 6, "亿元", "到位资金"),
        ("规上工业总产值增长8%以上", 8, "%", "规上工业总产值增长"),
        ("力争引进外资2000万元", 2000, "万元", "引进外资"),
        ("招商恳谈", 40, "人", ""),
        ("签约未落地4个项目明确去留", 4, "个", ""),
        ("推动3个项目", 3, "个", ""),
    ],
)
def test_indicator_is_named_by_the_words_before_its_figure(title, value, unit, name):
    assert indicator_name(Task(title=title, target_value=Decimal(value), target_unit=unit)) == name


def test_a_closed_task_that_missed_its_target_is_a_gap(cast, act, year, lines, new_task, closed):
    aim = {"target_value": Decimal(12), "target_unit": "个", "target_op": ">="}
    task = new_task("全年签约项目12个并入库", lines[1], **aim, **closed)
    said = {"unit_id": cast.east.pk, "reported_on": TODAY, "reported_at": NOW, "text": "年终数"}
    make(ProgressReport, cast, task=task, value=Decimal(11), **said)
    told = text_of(paragraphs_of(again(act, year)))
    assert "但全年签约项目12个并入库，实际完成11个，未达目标。" in told


# a person's edit


def edit(act, brief, number, text, who="lin", version=None):
    return act(
        who,
        actions.edit_paragraph,
        brief=brief,
        version=brief.version if version is None else version,
        number=number,
        text=text,
    )


def test_new_words_around_the_same_figures_are_kept(brief, act):
    number = number_of(brief, "到位资金完成3.2亿元")
    edit(act, brief, number, "到位资金完成3.2亿元，承担任务3项，势头不错。")
    brief.refresh_from_db()
    cited = {run.text for run in paragraphs_of(brief)[number].runs if run.fact_id}
    assert cited == {"3.2亿元", "3项"}
    assert Entry.objects.filter(verb="briefs.paragraph.edit").count() == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("到位资金完成3.8亿元。", "brief.figure_without_fact"),
        ("到位资金翻番。", "brief.figure_without_fact"),
        ("到位资金完成3.2亿元，西村贡献最大。", "brief.name_without_fact"),
        ("   ", "briefs.paragraph_empty"),
    ],
)
def test_an_edit_that_no_fact_states_is_refused_in_words(brief, act, text, code):
    number = number_of(brief, "到位资金完成3.2亿元")
    with pytest.raises(Refused) as refused:
        edit(act, brief, number, text)
    assert refused.value.why.code == code
    brief.refresh_from_db()
    assert brief.version == 1


def test_a_figure_of_another_line_cannot_be_borrowed(brief, act):
    number = number_of(brief, "已建成镇养老服务中心")
    with pytest.raises(Refused):
        edit(act, brief, number, "到位资金完成3.2亿元。")


def test_two_people_editing_at_once_meet_the_later_one_with_both_values(brief, act):
    number = number_of(brief, "基层执法力量不足")
    edit(act, brief, number, "基层执法力量仍然不足。")
    stale = Brief.objects.select_related("plan__unit", "unit").get(pk=brief.pk)
    with pytest.raises(Stale):
        edit(act, stale, number, "执法力量还有缺口。", who="chen", version=1)


def test_an_edit_is_kept_by_a_new_draft_unless_its_figures_changed(
    brief, act, year, lines, new_task, closed
):
    steady, moved = number_of(brief, "基层执法力量不足"), number_of(brief, "已建成镇养老服务中心")
    edit(act, brief, steady, "基层执法力量仍然不足。")
    brief.refresh_from_db()
    edit(act, brief, moved, "已建成镇养老服务中心，群众叫好。但存在的不足待补。")
    new_task("新建文化广场", lines[1], **closed)
    made = act("lin", actions.write_review, now=NOW, plan=year)
    told = text_of(paragraphs_of(Brief.objects.get(pk=made.id)))
    assert made.facts["left"] == 1
    assert "基层执法力量仍然不足" in told
    assert "群众叫好" not in told


# 不足 beside 成绩


def test_only_the_leader_in_charge_states_that_there_is_no_gap(brief, act, year, lines):
    words = "本期无突出不足，年度任务按序推进。"
    with pytest.raises(Refused) as refused:
        act("lin", actions.say_no_gap, line=lines[1], text=words)
    assert refused.value.why.code == "briefs.only_leader"
    with pytest.raises(Refused) as refused:
        act("chen", actions.say_no_gap, line=lines[1], text="一切都好。")
    assert refused.value.why.code == "briefs.no_gap_words"
    act("chen", actions.say_no_gap, line=lines[1], text=words)
    assert "本期无突出不足，年度任务按序推进。" in text_of(paragraphs_of(again(act, year)))
    assert NoGap.objects.get().version == 1


def finish(act, brief, who="lin"):
    return act(who, actions.finish, now=NOW, brief=brief, version=brief.version)


def test_a_line_with_only_praise_cannot_be_finished(brief, act):
    with pytest.raises(Refused) as refused:
        finish(act, brief)
    assert refused.value.why.code == "briefs.gap_missing"
    assert refused.value.why.params["lines"] == "民生服务"
    assert not Document.objects.exists()


@pytest.fixture
def whole(brief, act, year, lines):
    """The draft once every line has its gap."""
    act("chen", actions.say_no_gap, line=lines[1], text="本期无突出不足。")
    return again(act, year)


def test_a_finished_text_is_a_document_that_is_being_read(whole, act):
    finish(act, whole)
    whole.refresh_from_db()
    document = Document.objects.get()
    assert whole.state == "final"
    assert whole.document_id == document.pk
    assert document.origin == "written"
    assert document.text == text_of(paragraphs_of(whole))
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert {"briefs.brief.finish", "documents.document.add"} <= verbs


def test_a_finished_text_is_changed_no_more(whole, act):
    finish(act, whole)
    whole = Brief.objects.select_related("plan__unit", "unit").get(pk=whole.pk)
    for deed in (lambda: finish(act, whole), lambda: edit(act, whole, 1, "改。")):
        with pytest.raises(Refused) as refused:
            deed()
        assert refused.value.why.code == "briefs.final_stays"


@pytest.mark.parametrize("who", ["qian", "wang", "sun", "zhao", "zhou", "gao", "fang"])
def test_writing_is_for_the_town_office_and_its_leaders(act, year, who):
    with pytest.raises(Refused):
        act(who, actions.write_review, now=NOW, plan=year)
    assert not Brief.objects.exists()


# the loop


def test_what_was_planned_reads_back_in_kind(whole):
    text = text_of(paragraphs_of(whole))
    items = read_text(text, year=2026).items
    facts = facts_of(whole)
    parts = {data["id"]: data["part"] for data in whole.facts}

    def read_as(kind):
        return [text[item.start : item.end] for item in items if item.kind == kind]

    wanted = {"achievement": "achievement", "gap": "problem", "problem": "problem"}
    for key, part in parts.items():
        if part in wanted:
            words = facts[key].shown
            assert any(words in said for said in read_as(wanted[part])), words
    planned = [facts[k].shown for k in parts if k.endswith(".next")]
    assert len(read_as("task")) == len(planned)
    tasks = [item for item in items if item.kind == "task"]
    for words, item in zip(planned, tasks, strict=True):
        assert words in text[item.start : item.end]
    limits = [item.deadline.norm for item in tasks if item.deadline]
    assert limits == ["2026-10-31", "2026-09-30"]
    assert [item.responsible for item in tasks] == [("东村",), ("东村",), ("经发办",)]


def test_as_of_is_the_day_of_the_figures(brief):
    assert brief.as_of == TODAY
    assert {data["as_of"] for data in brief.facts} == {TODAY.isoformat()}
