"""The law on tables: numbers and parents, values that must not be guessed, headers in two tongues."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.domain.extraction.columns import role_of
from luoshi.domain.tables import (
    Grid,
    blank,
    columns_of,
    dangerous,
    find_head,
    lines_of,
    masked,
    number_of,
    op_of,
    propose,
    text_of,
)


def lines(rows, **more):
    width = max(map(len, rows))
    grid = Grid("", tuple((*row, *[None] * (width - len(row))) for row in rows), **more)
    head = find_head(grid, role_of)
    columns = columns_of(grid, head)
    guesses = propose(columns, role_of)
    fields = {column.at: guess.field for column, guess in zip(columns, guesses, strict=True)}
    return lines_of(grid, head, fields), fields


def tree(rows, **more):
    """Each line's title under its parent's."""
    found, _ = lines(rows, **more)
    return [
        (line.title, found[line.parent].title if line.parent is not None else "")
        for line in found
        if line.kind != "left"
    ]


HEAD = ("序号", "任务内容", "责任单位", "完成时限")


@pytest.mark.parametrize(
    ("marks", "parents"),
    [
        (["1", "1.1", "1.1.1", "1.2", "2", "2.1"], ["", "甲0", "甲1", "甲0", "", "甲4"]),
        (["一", "（一）", "1.", "2.", "（二）", "二"], ["", "甲0", "甲1", "甲1", "甲0", ""]),
        (["1", "2", "3"], ["", "", ""]),
        (["DB-2026-001", "DB-2026-002"], ["", ""]),
        (["1", "（1）", "①", "（2）", "2"], ["", "甲0", "甲1", "甲0", ""]),
    ],
)
def test_items_hang_under_the_number_above(marks, parents):
    rows = [HEAD, *((mark, f"甲{n}", "东村", "6月底") for n, mark in enumerate(marks))]
    assert [parent for _, parent in tree(rows)] == parents


def test_group_rows_totals_notes_and_repeated_headers():
    rows = [
        ("任务分解表",),
        HEAD,
        ("一、工业经济",),
        (1, "招商", "经发办", "6月底"),
        HEAD,
        ("小计", "1项"),
        ("二、民生",),
        (2, "修路", "东村", "全年"),
        ("注：时限为年内",),
    ]
    found, _ = lines(rows)
    assert tree(rows) == [
        ("一、工业经济", ""), ("招商", "一、工业经济"), ("二、民生", ""), ("修路", "二、民生"),
    ]  # fmt: skip
    assert [line.why.code for line in found if line.why] == [
        "tables.left.head", "tables.left.total", "tables.left.note",
    ]  # fmt: skip


def test_groups_come_from_columns_levels_and_indents():
    by_column = [
        ("类别", "任务内容", "责任单位"),
        ("产业", "招商", "甲"),
        (None, "盘活", "乙"),
        ("民生", "修路", "丙"),
    ]
    assert tree(by_column) == [
        ("产业", ""), ("招商", "产业"), ("盘活", "产业"), ("民生", ""), ("修路", "民生"),
    ]  # fmt: skip
    flat = [("任务内容", "责任单位"), ("甲", "东村"), ("乙", "东村"), ("丙", "东村")]
    assert tree(flat, levels={3: 1, 4: 2}) == [("甲", ""), ("乙", "甲"), ("丙", "乙")]
    indented = [("任务内容", "责任单位"), ("甲", "东村"), ("　乙", "东村"), ("丙", "东村")]
    assert tree(indented) == [("甲", ""), ("乙", "甲"), ("丙", "")]


def test_english_headers_are_known_too():
    heads = (
        "No.",
        "Task",
        "Lead unit",
        "Supporting units",
        "Owner",
        "Deadline",
        "Progress",
        "Remarks",
    )
    _, fields = lines([heads, ("1", "x", "y", "z", "w", "v", "u", "t")])
    assert list(fields.values()) == [
        "number", "title", "lead", "support", "owner", "due", "progress", "kept",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", '-HYPERLINK("x")', "＝A1", "=\n1"]
)
def test_what_a_spreadsheet_would_run_is_dangerous(text):
    assert dangerous(text)


@pytest.mark.parametrize(
    "text", ["-3", "+8%", "-2.5万元", "—", "≥3", "修路(一期)", "=", "", "- 无"]
)
def test_figures_and_dashes_are_not(text):
    assert not dangerous(text)


@pytest.mark.parametrize("text", ["待补", "*亿元", "3*", "XX", "××", "□□", "收入*亿元", "12*万元"])
def test_masked_values_are_masked(text):
    assert masked(text)
    assert number_of(text) is None


@pytest.mark.parametrize("text", ["东村", "2026-06-30", "6月底", "A区道路"])
def test_plain_words_are_not_masked(text):
    assert not masked(text)


def test_figures_are_exact_and_words_are_none():
    assert number_of("1,200.50") == Decimal("1200.50")
    assert number_of("１２") == 12
    assert [number_of(one) for one in ("约三十", "", None, "1e9", "12个")] == [None] * 5
    assert text_of(Decimal("95.310")) == "95.31"
    assert (op_of("≥"), op_of("不超过"), op_of("定性")) == (">=", "<=", None)
    assert blank(" — ")


CELL = st.sampled_from(
    [
        None,
        "一、",
        "1",
        "1.1",
        "2.3.1",
        "（一）",
        "①",
        "合计",
        "注：",
        "修路",
        "　乙",
        "\n",
        7,
        Decimal("1.2"),
        *HEAD,
    ]
)


@given(
    st.lists(st.lists(CELL, min_size=4, max_size=4), max_size=8),
    st.dictionaries(st.integers(1, 9), st.integers(1, 7)),
)
def test_any_rows_become_lines_whose_parents_stand_before_them(rows, levels):
    found, _ = lines([HEAD, *rows], levels=levels)
    assert all(line.parent is None or line.parent < n for n, line in enumerate(found))
    assert {line.kind for line in found} <= {"item", "group", "left"}
