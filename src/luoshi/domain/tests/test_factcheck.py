"""The fact check: what it must find, what it must let pass, and what holds for any text."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.domain.factcheck import (
    BURDEN_CODES,
    CODES,
    RULES,
    Clause,
    Limits,
    Paper,
    check,
    check_burden,
)
from luoshi.domain.factcheck.plans import FIRST_YEARS
from luoshi.domain.tests.factcheck_cases import BURDEN, NO_BURDEN, RIGHT, WRONG
from luoshi.domain.workdays import CalendarTable, CalendarYear, WorkCalendar

CALENDAR = WorkCalendar(
    CalendarTable(
        {
            2026: CalendarYear(
                frozenset(date(2026, 10, day) for day in range(1, 8)),
                frozenset({date(2026, 10, 10)}),
            )
        }
    )
)


def paper_of(text: str, year: int | None = 2026) -> Paper:
    """As extraction would read it: each line a clause, those that ask are tasks."""
    clauses, at = [], 0
    for line in text.split("\n"):
        asks = any(word in line for word in ("要", "力争", "今年一般"))
        clauses.append(Clause(at, at + len(line), "task" if asks else "achievement"))
        at += len(line) + 1
    return Paper(text, year, tuple(clauses))


def found(text: str, year: int | None = 2026) -> list[str]:
    return [doubt.code for doubt in check(paper_of(text, year), CALENDAR)]


@pytest.mark.parametrize(("text", "codes"), WRONG, ids=[text[:24] for text, _ in WRONG])
def test_contradiction_is_found(text, codes):
    assert found(text) == codes.split()


@pytest.mark.parametrize("text", RIGHT, ids=[text[:24] for text in RIGHT])
def test_what_is_right_is_let_pass(text):
    assert found(text) == []


@pytest.mark.parametrize(("text", "codes"), BURDEN, ids=[text[:24] for text, _ in BURDEN])
def test_burden_is_found_with_source_and_milder_words(text, codes):
    doubts = check_burden(Paper(text))
    assert [doubt.code for doubt in doubts] == codes.split()
    assert all(doubt.remedy.code.endswith(".milder") for doubt in doubts)
    # No document was found that forbids a report by the next day: J09 names none.
    assert {doubt.code for doubt in doubts if doubt.source is None} <= {"J09"}


@pytest.mark.parametrize("text", NO_BURDEN, ids=[text[:24] for text in NO_BURDEN])
def test_what_burdens_nobody_is_let_pass(text):
    assert check_burden(Paper(text)) == ()


def test_every_code_has_an_example():
    assert {codes for _, codes in WRONG} == set(CODES)
    assert {code for _, codes in BURDEN for code in codes.split()} | {"J01"} == set(BURDEN_CODES)
    assert [rule.code for rule in RULES] == list(BURDEN_CODES[1:])


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("各村要在5月16日前将排查表报送镇应急办。", "factcheck.J09.day_off"),
        ("各村要在10月15日前报送名单。\n2026年10月14日\n", "factcheck.J09.next_day"),
        ("各村要在10月19日前报送名单。\n2026年10月14日\n", None),
        ("各村要在5月16日前完成排查。", None),
        ("各村要在5月16日前将汛情报送镇应急办。", None),
    ],
)
def test_report_by_a_day_off_or_the_next_day_is_a_burden(text, why):
    found = [doubt.why.code for doubt in check_burden(paper_of(text), CALENDAR)]
    assert found == ([why] if why else [])


def test_length_limit_is_data():
    text = "各村抓好落实。" * 40
    assert check_burden(Paper(text)) == ()
    (doubt,) = check_burden(Paper(text * 20), length=Limits(characters=1000))
    assert doubt.code == "J01"
    (doubt,) = check_burden(Paper("关于开展专项行动的通知\n" + text * 15))
    assert doubt.why.params["most"] == 4000


def test_finding_points_at_its_words():
    text = "同志们：\n2026年是实施“十四五”规划的关键一年。"
    (doubt,) = check(Paper(text, 2026))
    assert text[doubt.start : doubt.end] == "2026年是实施“十四五”"
    assert doubt.severity == "error"
    assert doubt.why.params["plan"] == "十四五"
    assert doubt.remedy.params["plan"] == "十五五"


def test_masked_name_is_told_once_with_every_place():
    text = "XX镇召开大会。XX镇党委部署工作。XX镇要落实。"
    (doubt,) = check(Paper(text))
    assert doubt.why.params["n"] == 3
    assert [text[a:b] for a, b in doubt.also] == ["XX镇", "XX镇"]


def test_without_calendar_no_day_off_is_told():
    assert check(paper_of("经发办要在5月16日前完成申报。")) == ()


def test_year_without_notice_says_that_only_weekends_are_known():
    (doubt,) = check(paper_of("经发办要在5月15日前完成申报。", 2027), CALENDAR)
    assert doubt.why.code == "factcheck.F07.without_notice"
    assert found("经发办要在10月1日前完成申报。", 2027) == []


def test_last_day_of_a_month_is_said_softly():
    (doubt,) = check(paper_of("经发办要在5月31日前完成申报。"), CALENDAR)
    assert (doubt.code, doubt.severity) == ("F07", "info")


PIECES = st.sampled_from(
    [
        *(text for text, _ in WRONG),
        *RIGHT,
        *(text for text, _ in BURDEN),
        "*",
        "\n",
        "|",
        "（",
        "”",
        "2",
        "％",
    ]
)


@settings(deadline=None, max_examples=150)
@given(
    st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=12).map("".join)),
    st.integers(1990, 2100),
)
def test_any_text_is_checked_and_every_span_lies_in_it(text, year):
    doubts = (*check(paper_of(text, year), CALENDAR), *check_burden(Paper(text)))
    for doubt in doubts:
        for start, end in ((doubt.start, doubt.end), *doubt.also):
            assert 0 <= start < end <= len(text)
        assert doubt.code in {*CODES, *BURDEN_CODES}
    assert check(paper_of(text, year), CALENDAR) == check(paper_of(text, year), CALENDAR)


@given(st.lists(st.integers(1, 500), min_size=2, max_size=6), st.integers(-40, 40))
def test_parts_that_add_up_are_never_doubted_and_others_always(parts, off):
    names = "甲乙丙丁戊己"
    listed = "、".join(f"{name}类项目{n}个" for name, n in zip(names, parts, strict=False))
    whole = sum(parts) + off
    if whole < 1:
        return
    assert found(f"{listed}，共{whole}个。") == (["F02"] if off else [])


@given(st.integers(1000, 30_000), st.integers(20, 300), st.sampled_from([0, 1, 2]))
def test_growth_rounded_from_its_figures_is_never_doubted(first, share, digits):
    """Figures in 万元 with two decimals, the percentage rounded from the exact ones."""
    one, other = Decimal(first) / 100, Decimal(first * share // 100) / 100
    step = Decimal(1).scaleb(-digits)
    growth = (abs(other - one) / one * 100).quantize(step, ROUND_HALF_UP)
    way = "增长" if other >= one else "下降"
    text = f"村集体收入由{one:.2f}万元{way}到{other:.2f}万元，{way}"
    assert found(f"{text}{growth}%。") == []
    assert found(f"{text}{growth + 5}%。") == ["F03"]


@given(st.sampled_from(sorted(FIRST_YEARS)), st.integers(2005, 2045))
def test_plan_holds_its_five_years_and_no_other(plan, year):
    text = f"{year}年是实施“{plan}”规划的关键之年。"
    held = FIRST_YEARS[plan] <= year <= FIRST_YEARS[plan] + 4
    assert found(text, None) == ([] if held else ["F01"])


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_limit_is_doubted_exactly_on_days_off(day):
    text = f"经发办要在{day.month}月{day.day}日前完成申报。"
    assert found(text) == ([] if CALENDAR.is_workday(day) else ["F07"])


@given(st.integers(1, 12), st.integers(0, 40), st.integers(2020, 2032))
def test_day_is_doubted_exactly_where_the_calendar_has_none(month, day, year):
    try:
        date(year, month, day)
        exists = True
    except ValueError:
        exists = False
    assert found(f"{year}年{month}月{day}日召开大会。", None) == ([] if exists else ["F05"])


def test_time_is_linear_in_the_length():
    text = "\n".join([*(text for text, _ in WRONG), *RIGHT, *(text for text, _ in BURDEN)]) + "\n"

    def cost(times: int) -> float:
        paper = paper_of(text * times)
        start = process_time()
        check(paper, CALENDAR)
        check_burden(paper)
        return process_time() - start

    cost(1)
    assert cost(40) < 14 * max(cost(5), 0.02)


@pytest.mark.parametrize(
    "text",
    [
        "1" * 20_000,
        "其中" * 10_000,
        "*" * 20_000,
        "“" * 20_000,
        "1项、" * 6_000,
        "2026年是" * 5_000,
        "a|" * 9_000,
        "共1个" * 6_000,
    ],
)
def test_monotonous_text_is_no_trap(text):
    start = process_time()
    check(paper_of(text), CALENDAR)
    check_burden(Paper(text))
    assert process_time() - start < 3
