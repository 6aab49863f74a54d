"""Tables out of files and pasted text, honest and hostile."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from luoshi.domain.extraction.columns import role_of
from luoshi.domain.tables import columns_of, find_head
from luoshi.office.answers import RejectedError
from luoshi.office.tables_in import pasted_tables, tables
from luoshi.office.tests.build import docx, p, xlsx
from luoshi.office.tests.hostile import corpus, made

HOSTILE = {
    name: case
    for name, case in corpus().items()
    if case[0].endswith((".xlsx", ".xls", ".csv")) and case[2].startswith("office.")
    and case[2] not in {"office.marking", "office.type_mismatch", "office.type_unknown"}
}  # fmt: skip


@pytest.mark.parametrize("name", ["far cells", "too many columns", "xlsx bomb", "repeated cell xlsx",
                                  "xlsx entity", "csv wide"])  # fmt: skip
def test_hostile_table_is_refused_in_words(name):
    file, data, code = HOSTILE[name]
    with pytest.raises(RejectedError) as caught:
        tables(file, made(data))
    assert caught.value.rejected.why.code == code


def test_workbook_gives_dates_exact_figures_levels_and_indents():
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [("事项", "值", "时限"), ("甲", 95.31, date(2026, 6, 30)), ("　乙", 3, None)]:
        sheet.append(row)
    sheet.row_dimensions[3].outlineLevel = 1
    book.create_sheet("空表")
    out = io.BytesIO()
    book.save(out)
    [grid] = tables("a.xlsx", out.getvalue())
    assert grid.rows[1] == ("甲", Decimal("95.31"), date(2026, 6, 30))
    assert grid.rows[2] == ("　乙", 3, None)
    assert dict(grid.levels) == {3: 1}


def test_formula_without_a_value_is_named_by_its_row():
    sheet = (
        "<worksheet><sheetData>"
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>A1+1</f><v>2</v></c></row>'
        '<row r="4"><c r="A4"><f>SUM(A1:A3)</f></c><c r="B4"><v>7</v></c></row>'
        "</sheetData></worksheet>"
    )
    [grid] = tables("a.xlsx", xlsx(sheet))
    assert grid.unreckoned == {4}
    assert grid.rows[0] == (1, 2)


def test_word_tables_keep_breaks_and_repeat_what_is_merged_down():
    def cell(text, props=""):
        inner = "".join(p(line) for line in text.split("\n"))
        return f"<w:tc><w:tcPr>{props}</w:tcPr>{inner}</w:tc>"

    rows = [
        cell("类别") + cell("任务内容") + cell("责任单位"),
        cell("产业", '<w:vMerge w:val="restart"/>') + cell("修路\n架桥") + cell("东村"),
        cell("", "<w:vMerge/>") + cell("招商") + cell("经发办"),
        cell("乡村建设", '<w:gridSpan w:val="3"/>'),
    ]
    table = f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"
    [grid] = tables("a.docx", docx(p("任务表") + table))
    assert grid.rows == (
        ("类别", "任务内容", "责任单位"),
        ("产业", "修路\n架桥", "东村"),
        ("产业", "招商", "经发办"),
        ("乡村建设", None, None),
    )


@pytest.mark.parametrize(
    "text",
    [
        '序号\t任务\t单位\n1\t"修路\n架桥"\t东村',
        "| 序号 | 任务 | 单位 |\n|---|:--|---|\n| 1 | 修路<br>架桥 | 东村 |",
        "序号｜任务｜单位\n1｜修路<br/>架桥｜东村",
    ],
)
def test_pasted_table_is_split_at_tabs_or_bars(text):
    [grid] = pasted_tables(text)
    assert grid.rows == (("序号", "任务", "单位"), ("1", "修路\n架桥", "东村"))


@pytest.mark.parametrize(
    ("text", "code"),
    [("只有一句话", "office.no_columns"), ("\t\t\n", "office.no_table"),
     ("|".join("甲" * 300), "office.sheet_too_big")],
)  # fmt: skip
def test_paste_that_is_no_table_is_refused_in_words(text, code):
    with pytest.raises(RejectedError) as caught:
        pasted_tables(text)
    assert caught.value.rejected.why.code == code


def test_header_of_several_rows_is_found_below_a_title():
    [grid] = pasted_tables(
        "某镇任务分解表\t\t\t\n\t\t单位：万元\t\n序号\t任务内容\t责任分工\t\n\t\t牵头单位\t配合单位\n1\t修路\t东村\t西村"
    )
    head = find_head(grid, role_of)
    assert head is not None
    assert (head.first, head.count) == (2, 2)
    assert [column.label for column in columns_of(grid, head)] == [
        "序号", "任务内容", "责任分工／牵头单位", "责任分工／配合单位",
    ]  # fmt: skip
