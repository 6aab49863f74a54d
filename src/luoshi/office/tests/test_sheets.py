import csv
import io
import time
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.office.answers import RejectedError
from luoshi.office.sheets_in import rows
from luoshi.office.tests.build import cells, code_of, xls, xlsx
from luoshi.office.workbook import read
from luoshi.office.xlsx_out import CELL_LIMIT, Column, TableSpec, csv_table, workbook

COLUMNS = (
    Column("序号", 6, "number"),
    Column("重点工作", 40),
    Column("完成时限", 12, "date"),
    Column("系统编号", 36, "id"),
)
ROWS = (
    (1, "新建高标准农田", date(2026, 6, 30), "0197"),
    (2, "=1+1", None, "0198"),
    (Decimal("3.5"), "招商引资", "待补", "0199"),
)
PREFIXES = ("=", "+", "-", "@", "\t=", "\r=", "\n=", "＝", "＋", "－", "＠", " =", "|", "%")


def opened(data: bytes) -> openpyxl.worksheet.worksheet.Worksheet:
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]


def test_workbook_head_is_frozen_filtered_and_printed_on_every_page():
    sheet = opened(workbook([TableSpec("任务分解表", COLUMNS, ROWS, note="截至2026年6月18日")]))
    assert sheet["A1"].value == "任务分解表"
    assert sheet["A2"].value == "截至2026年6月18日"
    assert [cell.value for cell in sheet[3]] == ["序号", "重点工作", "完成时限", "系统编号"]
    assert sheet.freeze_panes == "A4"
    assert sheet.auto_filter.ref == "A3:D6"
    assert sheet.print_title_rows == "$1:$3"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_workbook_ids_are_there_and_hidden():
    sheet = opened(workbook([TableSpec("表", COLUMNS, ROWS)]))
    assert sheet.column_dimensions["D"].hidden
    assert not sheet.column_dimensions["B"].hidden
    assert [sheet.cell(n, 4).value for n in (3, 4, 5)] == ["0197", "0198", "0199"]


def test_workbook_dates_are_dates_numbers_numbers_and_missing_stays_text():
    sheet = opened(workbook([TableSpec("表", COLUMNS, ROWS)]))
    assert sheet["C3"].value.date() == date(2026, 6, 30)
    assert sheet["C3"].number_format == "yyyy-mm-dd"
    assert sheet["C4"].value is None
    assert (sheet["C5"].value, sheet["C5"].data_type) == ("待补", "s")
    assert (sheet["A5"].value, sheet["A5"].data_type) == (3.5, "n")


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("kind", ["text", "date", "number", "id"])
def test_workbook_no_text_is_a_formula(prefix, kind):
    text = f"{prefix}cmd|'/c calc'!A1"
    spec = TableSpec(text, (Column(text, 9, kind),), ((text,),), note=text)
    data = workbook([spec])
    for row in opened(data).iter_rows():
        for cell in row:
            assert cell.data_type == "s"
            assert cell.quotePrefix
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        sheet = package.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"<f " not in sheet


@pytest.mark.parametrize("prefix", PREFIXES)
def test_csv_no_text_is_a_formula(prefix):
    spec = TableSpec("表", (Column(f"{prefix}H"),), ((f"{prefix}1+1",),))
    table = list(csv.reader(io.StringIO(csv_table(spec).decode("utf-8-sig"), newline="")))
    assert [row[0][0] for row in table] == ["'", "'"]


def test_workbook_control_characters_and_long_text_are_safe_and_the_cut_is_said():
    spec = TableSpec("表", (Column("甲"),), (("a\x00b\x0bc\ud800d",), ("长" * 40_000,)))
    sheet = opened(workbook([spec]))
    assert sheet["A3"].value == "abcd"
    assert len(sheet["A4"].value) == CELL_LIMIT
    assert sheet["A4"].value.endswith("其余从略）")


def test_workbook_sheet_names_are_allowed_and_differ():
    long = "任务分解表" * 8
    specs = [
        TableSpec(name, (Column("甲"),), ()) for name in ("a/b:c", "a/b:c", "", "'", long, long)
    ]
    names = openpyxl.load_workbook(io.BytesIO(workbook(specs))).sheetnames
    assert len({name.casefold() for name in names}) == 6
    assert all(0 < len(name) <= 31 for name in names)


def test_workbook_faults_of_the_caller_are_told():
    with pytest.raises(ValueError, match="at least one table"):
        workbook([])
    with pytest.raises(ValueError, match="no columns"):
        workbook([TableSpec("表", (), ())])
    with pytest.raises(ValueError, match="2 values for 1 columns"):
        workbook([TableSpec("表", (Column("甲"),), ((1, 2),))])


@pytest.mark.prove
def test_workbook_twenty_thousand_rows_within_four_seconds_of_cpu():
    columns = [Column(f"列{n}") for n in range(10)]
    spec = TableSpec("大表", columns, [["某某办公室"] * 10] * 20_000)
    before = time.process_time()
    data = workbook([spec])
    assert time.process_time() - before < 4
    assert len(rows(data)[0].rows) == 20_002


def test_rows_read_back_what_was_written():
    sheet = rows(workbook([TableSpec("任务分解表", COLUMNS, ROWS)]))[0]
    assert (sheet.name, sheet.first_row, sheet.hidden) == ("任务分解表", 1, False)
    assert sheet.rows[2] == (1, "新建高标准农田", date(2026, 6, 30), "0197")
    assert sheet.rows[3] == (2, "=1+1", None, "0198")
    assert sheet.rows[4] == (3.5, "招商引资", "待补", "0199")


def test_rows_know_where_they_stand_and_carry_merged_cells_down():
    book = openpyxl.Workbook()
    page = book.active
    page["B3"], page["B4"], page["C4"], page["C5"] = "类别", "工业", "项目", "招商"
    page.merge_cells("B4:B5")
    hidden = book.create_sheet("暗")
    hidden["A1"], hidden.sheet_state = 1, "hidden"
    book.create_sheet("空")
    out = io.BytesIO()
    book.save(out)
    first, second = rows(out.getvalue())
    assert first.rows == (("类别", None), ("工业", "项目"), ("工业", "招商"))
    assert first.first_row == 3
    assert (second.name, second.hidden) == ("暗", True)


def test_rows_old_workbook_and_csv():
    assert rows(xls((1, 0, 1.0), (2, 1, 2.5)))[0].rows == ((1, None), (None, 2.5))
    found = rows("序号;事项\r\n1;修路\r\n2".encode("gbk"))[0]
    assert found.rows == (("序号", "事项"), ("1", "修路"), ("2", None))


def test_rows_limit_is_told_with_the_sheet():
    with pytest.raises(RejectedError) as refused:
        rows(xlsx(cells("A1", "A2", "A3")), limit=2)
    assert refused.value.rejected.why.params == {"sheet": "表一", "limit": 2}
    with pytest.raises(RejectedError) as refused:
        rows(b"a\nb\nc", limit=2)
    assert refused.value.rejected.why.code == "office.sheet_too_long"


BASE = workbook([TableSpec("表", COLUMNS, ROWS)])


@given(st.integers(0, len(BASE) - 1), st.integers(0, 255))
@settings(max_examples=200, deadline=None)
def test_child_one_byte_changed_is_rows_or_a_fault(at, value):
    data = bytearray(BASE)
    data[at] = value
    answer = read(bytes(data), 1000)
    assert ("sheets" in answer) != ("fault" in answer)


@given(st.binary(max_size=600))
@settings(max_examples=200, deadline=None)
def test_child_any_bytes_are_rows_or_a_fault(data):
    for head in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        answer = read(head + data, 1000)
        assert ("sheets" in answer) != ("fault" in answer)


CHUNKS = st.sampled_from(
    ["<worksheet>", "<sheetData>", '<row r="1">', '<c r="A1" t="s"><v>9</v></c>', '<c r="B2" t="d"><v>x</v></c>',
     '<c r="!!"><v>1</v></c>', "</row>", "</sheetData>", "</worksheet>", '<dimension ref="A0:B1"/>', "<v>1e999</v>",
     '<mergeCells><mergeCell ref="A1:C9"/></mergeCells>', '<c r="A3" t="b"><v>7</v></c>', '<c t="e"><v>#N/A</v></c>']
)  # fmt: skip


@given(st.lists(CHUNKS, max_size=12))
@settings(max_examples=300, deadline=None)
def test_child_any_sheet_is_rows_or_a_fault(chunks):
    answer = read(xlsx("".join(chunks)), 1000)
    assert ("sheets" in answer) != ("fault" in answer)


@given(st.binary(max_size=200))
@settings(max_examples=15, deadline=None)
def test_rows_any_bytes_are_rows_or_a_sentence(data):
    for head in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        code = code_of(rows, head + data)
        assert code is None or code.startswith("office.")
