from dataclasses import replace
from datetime import date
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.domain.brief import (
    MISSING,
    Fact,
    LineFacts,
    Manner,
    NextStep,
    Paragraph,
    ReviewFacts,
    Run,
    annual_review,
    attribute,
    check,
    date_text,
    figures,
    text_of,
)
from luoshi.domain.extraction import extract
from luoshi.ui.sentences.brief import PATTERNS

KNOWN = ("青榆镇", "柏溪村", "村建办", "周懋林")


def fact(key, kind, value, unit="", label=""):
    return Fact(key, kind, label or key, value, unit)


def count(key, value):
    return fact(key, "count", value, "项")


def line(key, *, total="12", done="9", overdue="0", **kwargs):
    return LineFacts(
        name=fact(f"{key}.name", "name", key),
        total=count(f"{key}.total", total),
        done=count(f"{key}.done", done),
        overdue=count(f"{key}.overdue", overdue),
        **kwargs,
    )


def step(key, text, due="12月31日", unit="村建办"):
    return NextStep(
        fact(f"{key}.task", "passage", text),
        fact(f"{key}.due", "date", due),
        fact(f"{key}.unit", "name", unit),
    )


def review(*lines, plan_year="2026", **kwargs):
    sound = {
        "town": fact("town", "name", "青榆镇"),
        "year": fact("year", "year", "2025"),
        "plan_year": fact("plan_year", "year", plan_year),
        "as_of": fact("as_of", "date", "2025年12月31日"),
        "total": count("total", "22"),
        "done": count("done", "18"),
        "verified": count("verified", "15"),
        "overdue": count("overdue", "1"),
        "superior": fact("superior", "name", "临青县委、县政府"),
        "lines": lines,
        "problems": (fact("p1", "passage", "超期化解的矛盾纠纷有14件，群众满意度还不高。"),),
    }
    return ReviewFacts(**(sound | kwargs))


PROJECTS = line(
    "项目引建专线",
    overdue="1",
    indicators=(
        fact("money", "figure", "5.3", "亿元", "到位资金"),
        fact("patents", "figure", None, "件", "万人发明专利拥有量"),
    ),
    achievements=(fact("a1", "passage", "榆河智能泵阀产业园一期6.4万平方米厂房封顶。"),),
    gaps=(fact("g1", "passage", "但亿元以上项目只有2个，龙头带动不足"),),
    next_steps=(step("s1", "加快集镇污水管网二期建设，新建管网5公里"),),
)
PEOPLE = line(
    "民生服务专线",
    achievements=(fact("a2", "passage", "10件民生实事完成9件"),),
    gaps=(fact("g2", "passage", "“一老一小”服务点覆盖面还不够广"),),
    next_steps=(step("s2", "9月底前建成镇养老服务中心"),),
)
FULL = review(PROJECTS, PEOPLE)


def codes(found):
    for finding in found:
        for pattern in PATTERNS[finding.why.code]:
            fields = {name for _, name, _, _ in Formatter().parse(pattern) if name}
            assert fields == set(finding.why.params)
    return [finding.code for finding in found]


def checked(*runs, facts=(), known=KNOWN):
    paragraph = Paragraph("body", tuple(Run(*r) if isinstance(r, tuple) else Run(r) for r in runs))
    return codes(check([paragraph], {f.id: f for f in facts}, known))


# the review


def test_review_is_written_as_the_office_writes():
    assert text_of(annual_review(FULL)).split("\n") == [
        "青榆镇2025年工作总结和2026年工作安排",
        "一年来，在临青县委、县政府的坚强领导下，全镇上下迎难而上、真抓实干。现将2025年工作情况报告如下：",
        "一、总体情况",
        (
            "截至2025年12月31日，全镇列入台账的重点任务共22项，已办结18项，其中经复核15项。"
            "但仍有1项任务到期未办结，推进力度还不够。"
        ),
        "二、各工作专线进展情况",
        "（一）项目引建专线总体平稳，但部分任务滞后。",
        (
            "共承担重点任务12项，已办结9项。到位资金完成5.3亿元；万人发明专利拥有量完成情况待补。"
            "榆河智能泵阀产业园一期6.4万平方米厂房封顶。"
            "但仍有1项任务到期未办结，推进力度还不够；亿元以上项目只有2个，龙头带动不足。"
        ),
        "（二）民生服务专线有序推进，但质效有待提升。",
        "共承担重点任务12项，已办结9项。10件民生实事完成9件。但“一老一小”服务点覆盖面还不够广。",
        "三、存在的问题",
        "对照年度目标任务，还存在以下问题：",
        "一是超期化解的矛盾纠纷有14件，群众满意度还不高。",
        "二是项目引建专线推进滞后，1项任务到期尚未办结。",
        "四、下步打算",
        "针对以上问题，重点抓好以下工作：",
        "（一）项目引建专线",
        "1.加快集镇污水管网二期建设，新建管网5公里，12月31日前完成（责任单位：村建办）。",
        "（二）民生服务专线",
        "1.9月底前建成镇养老服务中心（责任单位：村建办）。",
    ]


def test_review_passes_its_own_check():
    assert check(annual_review(FULL), FULL.facts(), KNOWN) == ()


def test_review_of_a_running_year_plans_its_rest():
    running = review(PROJECTS, plan_year="2025")
    assert annual_review(running)[0].text == "青榆镇2025年工作总结"


def test_review_of_nothing_known_says_so_everywhere():
    empty = replace(
        review(line("乡村振兴专线", total=None, done=None, overdue=None), problems=()),
        total=count("total", None),
        overdue=count("overdue", None),
    )
    text = text_of(annual_review(empty))
    assert "全镇列入台账的重点任务共待补，" in text
    assert "（一）乡村振兴专线工作情况，但不足待补。" in text
    assert "存在的问题待补。" in text
    assert "下步打算待补。" in text
    assert "0" not in text.replace("2025年12月31日", "").replace("2025", "").replace("2026", "")
    assert check(annual_review(empty), empty.facts(), KNOWN) == ()


def test_line_without_gap_needs_the_leaders_sentence():
    stated = fact("no_gap", "passage", "本期无突出不足")
    praised = review(replace(PEOPLE, gaps=(), no_gap=stated))
    headings = [p.text for p in annual_review(praised) if p.style == "heading_2"]
    assert headings[0] == "（一）民生服务专线有序推进。"
    assert "。本期无突出不足。" in text_of(annual_review(praised))
    silent = review(replace(PEOPLE, gaps=()))
    assert "但存在的不足待补。" in text_of(annual_review(silent))


def test_manner_follows_the_counts_and_is_data():
    headings = [
        next(
            p.text for p in annual_review(review(line("专线", overdue=late))) if p.mark == "（一）"
        )
        for late in ("0", "1", "2")
    ]
    assert [h[5:9] for h in headings] == ["有序推进", "总体平稳", "持续推进"]
    own = (Manner(100, "稳中有进"),)
    assert "专线稳中有进" in text_of(annual_review(review(line("专线")), own))


def test_review_reads_back_as_what_it_was_written_from():
    """The loop closes: the extraction law finds achievements, problems and tasks again."""
    text = text_of(annual_review(FULL))
    reading = extract(text)
    read = {}
    for item in reading.items:
        read.setdefault(item.kind, []).append(text[item.start : item.end])
    assert reading.year == 2026
    for line_facts in FULL.lines:
        assert {f.bare for f in line_facts.achievements} <= set(read["achievement"])
        gaps = [f.bare for f in line_facts.gaps]
        assert all(any(gap in said for said in read["problem"]) for gap in gaps)
    assert "超期化解的矛盾纠纷有14件，群众满意度还不高" in read["problem"]
    tasks = [item for item in reading.items if item.kind == "task"]
    assert [item.deadline.norm for item in tasks] == ["2026-12-31", "2026-09-30"]
    assert all("村建办" in item.responsible for item in tasks)


words = st.text("青榆镇村办项目12一二三个亿元*X，。；但", max_size=12)
bodies = st.text("青榆镇村办项目*X", max_size=6)
passages = st.lists(words, max_size=3).map(tuple)


@given(
    st.lists(
        st.tuples(bodies, st.sampled_from(["0", "1", "7", "*"]), passages, passages, passages),
        max_size=12,
    ),
    bodies,
    passages,
)
def test_review_of_any_facts_passes_its_own_check(rows, town, problems):
    """Whatever the rooms hand over, the law's own words never add a figure or a name."""
    lines = [
        replace(
            line(
                f"专线{n}",
                overdue=overdue,
                achievements=tuple(fact(f"a{n}.{k}", "passage", t) for k, t in enumerate(good)),
                gaps=tuple(fact(f"g{n}.{k}", "passage", t) for k, t in enumerate(bad)),
                next_steps=tuple(step(f"s{n}.{k}", t) for k, t in enumerate(steps)),
            ),
            name=fact(f"n{n}", "name", name),
        )
        for n, (name, overdue, good, bad, steps) in enumerate(rows)
    ]
    noted = tuple(fact(f"p{n}", "passage", text) for n, text in enumerate(problems))
    whole = review(*lines, town=fact("town", "name", town), problems=noted)
    paragraphs = annual_review(whole)
    assert check(paragraphs, whole.facts(), KNOWN) == ()
    assert "*" not in text_of(paragraphs)


# the check

MONEY = fact("money", "figure", "5.3", "亿元", "到位资金")
YEAR = fact("year", "year", "2025")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("全年签约项目12个", ["12"]),
        ("增长８．２％", ["８．２"]),
        ("新建三个村的卫生室", ["三"]),
        ("增长百分之五", ["百分之五"]),
        ("占比两成以上", ["两"]),
        ("收入翻番", ["翻番"]),
        ("历时三年", ["三"]),
        ("总额1,234.5万元", ["1,234.5"]),
        ("十二大项目", ["十二"]),
        ("一是统一思想，进一步抓好“十四五”规划，第一批先行", []),
        ("一年来，走进千家万户，一件一件抓落实", []),
    ],
)
def test_figures_are_numbers_that_count(text, found):
    assert [text[a:b] for a, b in sorted(set(figures(text)))] == found


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        (["到位资金", ("5.3亿元", "money"), "。"], []),
        (["到位资金", ("5.3", "money"), "亿元。"], []),
        ([("到位资金", "money"), "完成", ("5.3亿元", "money")], []),
        (["到位资金5.3亿元。"], ["B01"]),
        (["新建", "三个", "村"], ["B01"]),
        (["1", ("5.3亿元", "money")], ["B01"]),
        (["到位资金", ("5.8亿元", "money")], ["B04"]),
        (["到位资金", ("5.3", "money"), "万元"], ["B05"]),
        ([("5.3亿元", "gone")], ["B03"]),
        (["周懋林调研柏溪村"], ["B02", "B02"]),
        (["王建国同志作报告"], ["B02"]),
        (["由月湾村负责"], ["B02"]),
        (["各村、有关单位、全镇上下要抓好落实，镇党委书记负总责"], []),
        ([("2025", "year"), "户"], ["B05"]),
        ([("2025年", "year"), "，"], []),
    ],
)
def test_check_refuses_what_no_fact_stands_behind(runs, expected):
    assert checked(*runs, facts=[MONEY, YEAR]) == expected


def test_check_refuses_a_unit_added_to_a_bare_number():
    index = fact("index", "figure", "105", "", "景气指数")
    assert checked("指数为", ("105", "index"), "。", facts=[index]) == []
    assert checked("指数为", ("105", "index"), "%", facts=[index]) == ["B05"]


def test_check_finds_one_indicator_with_two_values():
    other = replace(MONEY, id="other", value="5.8")
    runs = (("5.3亿元", "money"), "，", ("5.8亿元", "other"))
    assert checked(*runs, facts=[MONEY, other]) == ["B06"]
    earlier = replace(other, as_of=date(2024, 12, 31))
    assert checked(*runs, facts=[MONEY, earlier]) == []


def test_check_takes_a_name_that_is_a_fact():
    village = fact("v", "name", "柏溪村")
    assert checked(("柏溪村", "v"), "已完工", facts=[village]) == []


def test_fact_masked_or_missing_is_never_a_value():
    assert fact("m", "figure", "*", "亿元").shown == MISSING
    assert fact("m", "figure", None, "亿元").shown == MISSING
    assert fact("m", "passage", "收入XX亿元。").shown == "收入待补亿元"


# a re-worded text


def test_attribute_ties_a_reworded_text_back():
    done = count("done", "9")
    text = "2025年到位资金达5.3亿元，办结9项。"
    runs = attribute(text, [YEAR, MONEY, done])
    assert [r.fact_id for r in runs if r.fact_id] == ["year", "money", "done"]
    assert codes(check([Paragraph("body", runs)], {f.id: f for f in (YEAR, MONEY, done)})) == []


@pytest.mark.parametrize(
    "text", ["到位资金达15.3亿元", "到位资金达5.3万元", "办结19项", "办结十项"]
)
def test_attribute_never_lends_a_fact_to_another_figure(text):
    facts = [MONEY, count("done", "9")]
    paragraph = Paragraph("body", attribute(text, facts))
    assert "B01" in codes(check([paragraph], {f.id: f for f in facts}))


@given(st.text("到位资金5.3亿元9项12一个，。", max_size=40))
def test_attribute_keeps_every_character_and_passes_only_facts(text):
    facts = [MONEY, count("done", "9")]
    runs = attribute(text, facts)
    assert "".join(run.text for run in runs) == text
    rest = "".join(run.text if run.fact_id is None else "|" for run in runs)
    found = check([Paragraph("body", runs)], {f.id: f for f in facts})
    assert bool(found) >= any(c.isdigit() for c in rest)


def test_date_text_drops_the_year_of_the_text():
    assert date_text(date(2026, 9, 30), 2026) == "9月30日"
    assert date_text(date(2027, 3, 1), 2026) == "2027年3月1日"
