"""The extraction law: exact offsets on any text, kinds by place, fields by form."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.domain.extraction import Festivals, extract, to_labelling
from luoshi.domain.text import canon, numeral

SPEECH = """在云溪镇2026年重点工作部署会上的讲话
同志们:
今天召开这次会议,主要任务是部署今年工作。
一、肯定成绩
一是产业提质,但链条不长。过去一年,新建高标准农田3200亩。
二、狠抓落实
1.抓早动快。各村(社区)、各部门正月十五前要报送任务清单;由经发办牵头,年底前签约项目不少于6个。
2.守住底线。严禁弄虚作假。
"""
TABLE = """云溪镇2026年重点任务分解表
序号\t工作任务\t牵头领导\t责任单位\t完成时限\t二季度进展
1\t改造管网*公里\t党委委员、副镇长\t村建办、水利站\t9月底前\t已铺设7.5公里；泵站尚未开工
"""
PIECES = st.sampled_from(
    [
        "一、", "（二）", "3.", "一是", "二是", "第一，", "首先", "①", "——", "\n", "。", "；", "：", "，", "、", "\t", "|",
        "要", "但", "由经发办牵头", "各村（社区）", "年底前", "正月十五前", "2026年", "6月31日前", "每季度", "增长8%以上",
        "*亿元", "XX镇", "从3%提高到5%", "3—5个", "两个以上", "12,300户", "政F", "县W", "“", "”", "(", ")", "序号", "责任单位：",
        "完成情况:", "不够", "已完成", "让我们", "同志们：", "指标", "率达到", "得5分", "\u200b", "\u202e", "\x0b", "９", "²",
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(PIECES, max_size=60).map("".join),
    st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=40).map("".join),
)


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_reading_of_any_text_keeps_every_character_and_every_offset(text):
    reading = extract(text)
    assert "".join(text[p.start : p.end] for p in reading.passages) == text
    covered = [k for s in reading.sections for k in range(s.start, s.end)]
    assert covered == list(range(len(text)))
    position = 0
    for item in reading.items:
        assert position <= item.start < item.end <= len(text)
        position = item.end
        assert Decimal(0) <= item.confidence <= Decimal(1)
        if item.deadline:
            assert text[item.deadline.start : item.deadline.end] == item.deadline.text
        assert item.pair is None or 0 <= item.pair < len(reading.items)
        for name in item.responsible:
            assert name in text


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_quantity_value_is_written_in_the_text_and_a_mask_has_none(text):
    for item in extract(text).items:
        for quantity in item.quantities:
            words = canon(text)[quantity.start : quantity.end]
            if any(sign in words for sign in "*Xx_#"):
                assert quantity.value is None
            elif quantity.value is not None:
                assert any(c.isdigit() or c in "一二两三四五六七八九十" for c in words)


@given(st.text())
def test_canon_has_the_length_of_the_text(text):
    assert len(canon(text)) == len(text)


@given(st.integers(min_value=1, max_value=99))
def test_numeral_reads_what_it_writes(number):
    tens, ones = divmod(number, 10)
    digits = "零一二三四五六七八九"
    word = (
        (digits[tens] if tens > 1 else "") + ("十" if tens else "") + (digits[ones] if ones else "")
    )
    assert numeral(word) == number == numeral(str(number))


def _items(text, **options):
    return [(i.kind, text[i.start : i.end], i) for i in extract(text, **options).items]


def test_speech_is_read_by_parts_and_pairs_achievement_with_gap():
    told = Festivals({2026: {"春节": date(2026, 2, 17)}})
    items = _items(SPEECH, festivals=told)
    kinds = [(kind, words[:6]) for kind, words, _ in items]
    assert kinds == [
        ("boilerplate", "同志们"),
        ("boilerplate", "今天召开这次"),
        ("achievement", "产业提质"),
        ("problem", "但链条不长"),
        ("achievement", "过去一年,新"),
        ("task", "各村(社区)"),
        ("task", "由经发办牵头"),
        ("principle", "严禁弄虚作假"),
    ]
    gap = items[3][2]
    assert items[gap.pair][0] == "achievement"
    first, second = items[5][2], items[6][2]
    assert first.path == ("二", "1")
    assert first.responsible == ("各村(社区)", "各部门")
    assert first.deadline.norm == "2026-03-03"
    assert second.responsible == ("经发办",)
    assert second.deadline.norm == "2026-12-31"
    assert [(q.op, q.value, q.unit) for q in second.quantities] == [(">=", Decimal(6), "个")]


def test_lunar_deadline_without_a_table_of_festivals_stays_open():
    task = next(i for _, words, i in _items(SPEECH) if words.startswith("各村"))
    assert task.deadline.text == "正月十五前"
    assert task.deadline.norm is None


def test_table_row_becomes_task_achievement_and_problem():
    (_, _, task), (_, _, done), (_, _, fault) = _items(TABLE)
    assert [task.kind, done.kind, fault.kind] == ["task", "achievement", "problem"]
    assert task.path == ("1",)
    assert task.leaders == ("党委委员、副镇长",)
    assert task.lead == ("村建办", "水利站")
    assert task.deadline.norm == "2026-09-30"
    assert task.masked
    assert [q.value for q in task.quantities] == [None]
    assert [(q.value, q.period) for q in done.quantities] == [(Decimal("7.5"), "2026-Q2")]


@pytest.mark.parametrize(
    ("phrase", "norm"),
    [
        ("6月底前", "2026-06-30"),
        ("10月25日前", "2026-10-25"),
        ("2月30日前", None),
        ("3月中旬", "2026-03-20"),
        ("一季度", "2026-Q1"),
        ("上半年", "2026-H1"),
        ("2027年6月底前", "2027-06-30"),
        ("国庆前", "2026-10-01"),
        ("清明节前", "2026-04-05"),
        ("年内", "2026-12-31"),
        ("每月25日前", "recurring"),
        ("5个工作日内", "relative"),
        ("汛期前", None),
    ],
)
def test_deadline_is_normalised_against_the_plan_year(phrase, norm):
    text = f"一、重点工作安排\n1.水利站要于{phrase}完成渠道清淤,并建立台账。\n"
    (item,) = extract(text, year=2026).items
    assert phrase.rstrip("前") in item.deadline.text
    assert item.deadline.norm == norm


@pytest.mark.parametrize(
    ("words", "op", "value", "unit"),
    [
        ("新建泵站不少于5座", ">=", Decimal(5), "座"),
        ("新建泵站3—5座", "range", (Decimal(3), Decimal(5)), "座"),
        ("引进资金约2.5亿元", "~", Decimal("2.5"), "亿元"),
        ("培训300余人", ">", Decimal(300), "人"),
        ("把补助标准从1200元提高到2400元", "=", Decimal(2400), "元"),
        ("争取资金*亿元", "=", None, "亿元"),
    ],
)
def test_quantity_forms(words, op, value, unit):
    text = f"二、工作任务\n1.财政所要{words},做好保障。\n"
    (item,) = extract(text, year=2026).items
    (quantity,) = item.quantities
    assert (quantity.op, quantity.value, quantity.unit) == (op, value, unit)


def test_targets_of_one_sentence_are_indicators_of_their_own():
    text = "一、今年安排\n今年主要预期目标是:地区生产总值增长6%左右,规上工业增加值增长7%以上。\n"
    items = extract(text, year=2026).items
    assert [i.kind for i in items] == ["indicator", "indicator"]
    assert [i.quantities[0].name for i in items] == ["地区生产总值增速", "规上工业增加值增速"]


def test_ledger_of_one_cell_a_line_tells_problem_next_step_and_stage_reached():
    text = "项目台账(2026年5月)\n项目名称\n总投资\n当前阶段\n存在问题\n下一步措施\n责任单位\n"
    text += "肉牛养殖场\n3000万元\n在建\n环评未批复\n6月底前取得批复\n畜牧站\n"
    text += "菌菇大棚\n800万元\n已投产\n无\n无\n农业农村办\n"
    told = [(kind, words) for kind, words, _ in _items(text)]
    assert told == [
        ("problem", "环评未批复"),
        ("task", "6月底前取得批复"),
        ("achievement", "已投产"),
    ]


def test_marks_run_on_without_line_breaks_are_still_marks():
    text = "2026年责任书\n一、责任目标(一)信访办结率达到100%;(二)全年不发生安全事故。二、工作责任1.每月检查一次;2.6月底前完成整改。"
    paths = [item.path for item in extract(text).items]
    assert paths == [("一", "(一)"), ("一", "(二)"), ("二", "1"), ("二", "2")]


def test_leading_comment_is_part_of_no_item_and_shifts_nothing():
    line = "# source: example.org/2026.md\n"
    plain, marked = extract(SPEECH), extract(line + SPEECH)
    assert [(i.kind, i.start + len(line)) for i in plain.items] == [
        (i.kind, i.start) for i in marked.items
    ]


def test_text_cut_off_is_marked_incomplete():
    text = "一、下一步安排\n一是加快推进农村道路建设工程,各村要做好征地、迁改等工作,组织干部深入基层、深入"
    assert [i.incomplete for i in extract(text, year=2026).items] == [True]


def test_labelling_form_holds_numbers_and_nulls():
    label = to_labelling(extract(TABLE), "t.txt")
    assert label["file"] == "t.txt"
    assert label["items"][0]["quantities"][0]["value"] is None
    assert label["items"][1]["quantities"][0]["value"] == 7.5


@pytest.mark.parametrize(
    "piece", ["1.", "9", "各办、", "(一)", "由", "增长5%,", "“", "目标是:", "a\t", "1\n"]
)
def test_work_grows_with_the_length_and_not_faster(piece):
    def calls(count):
        import sys

        seen = 0

        def tally(frame, event, arg):
            nonlocal seen
            seen += event in {"call", "c_call"}

        text = piece * count
        sys.setprofile(tally)
        try:
            extract(text)
        finally:
            sys.setprofile(None)
        return seen

    assert calls(800) < 2.6 * calls(400) + 2000
