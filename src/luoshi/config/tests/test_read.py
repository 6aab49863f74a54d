"""`luoshi read`: a text in, a list, JSON or a table out; no server, no database."""

import json
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from luoshi.config.commands import read
from luoshi.documents.tests import files

TEXT = """# modelled-on: a speech
2026年工作要点
一、主要目标。全年一般公共预算收入增长8%以上，招引到位资金*亿元。
二、重点任务。6月底前，由经发办牵头，东村配合，完成标准厂房一期建设。
三、存在问题。部分村养护不到位。
"""


@pytest.fixture
def speech(tmp_path):
    path = tmp_path / "讲话.txt"
    path.write_text(TEXT, "utf-8")
    return path


def test_summary_counts_kinds_and_shows_items(speech, capsys):
    assert read.main([str(speech)]) == 0
    said = capsys.readouterr().out
    assert "任务" in said
    assert "标准厂房" in said
    assert "2026" in said


def test_json_is_in_the_form_of_the_corpus(speech, tmp_path):
    out = tmp_path / "out.json"
    assert read.main([str(speech), "--json", str(out)]) == 0
    data = json.loads(out.read_text("utf-8"))
    assert data["items"]
    for item in data["items"]:
        assert TEXT[item["start"] : item["start"] + 10] == item["head"]
        assert {"kind", "end", "numbering_path", "deadline", "responsible", "quantities"} <= set(
            item
        )
    factory = next(
        item for item in data["items"] if "标准厂房" in TEXT[item["start"] : item["end"]]
    )
    assert factory["deadline"]["norm"] == "2026-06-30"


def test_json_to_stdout_is_nothing_but_json(speech, capsysbinary):
    assert read.main([str(speech), "--json", "-"]) == 0
    assert json.loads(capsysbinary.readouterr().out)["items"]


def test_xlsx_has_published_headers_and_keeps_masks(speech, tmp_path):
    out = tmp_path / "任务分解表.xlsx"
    assert read.main([str(speech), "--xlsx", str(out)]) == 0
    sheet = openpyxl.load_workbook(out).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(row for row in rows if row[0] == "序号")
    for header in ("类别", "任务内容", "牵头领导", "牵头单位", "配合单位", "完成时限"):
        assert header in head
    factory = next(row for row in rows if row[2] and "标准厂房" in row[2])
    assert factory[head.index("完成时限")] == "2026-06-30"
    assert factory[head.index("牵头领导")] == "待补"
    masked = next(row for row in rows if row[2] and "*亿元" in row[2])
    assert "待补" in masked[head.index("攻坚目标任务")]


def test_year_given_wins_over_the_text(speech, tmp_path):
    out = tmp_path / "out.json"
    assert read.main([str(speech), "--year", "2031", "--json", str(out)]) == 0
    norms = [i["deadline"]["norm"] for i in json.loads(out.read_text())["items"] if i["deadline"]]
    assert "2031-06-30" in norms


def test_docx_is_read(tmp_path, capsys):
    path = tmp_path / "讲话.docx"
    path.write_bytes(files.docx_of())
    assert read.main([str(path)]) == 0
    assert "标准厂房" in capsys.readouterr().out


BAD = {
    "empty": (b"", "空.txt", "0 字节"),
    "binary": (bytes(range(256)) * 40, "二进制.txt", "不是文本"),
    "macros": (files.with_macros, "带宏.docx", "宏"),
    "entities": (files.with_entities, "实体.docx", "实体声明"),
    "bomb": (files.bomb, "炸弹.docx", "异常"),
    "password": (files.with_password, "加密.docx", "密码"),
    "marked": ("机密★1年\n一、完成征地。".encode(), "标密.txt", "机密"),
    "too large": (b"a" * (50 * 1024 * 1024 + 1), "大.txt", "50 MB"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_file_is_told_in_a_sentence_with_exit_code_two(tmp_path, capsys, case):
    data, name, words = BAD[case]
    path = tmp_path / name
    path.write_bytes(data() if callable(data) else data)
    out = tmp_path / "out.json"
    assert read.main([str(path), "--json", str(out)]) == 2
    said = capsys.readouterr()
    assert words in said.err
    assert said.out == ""
    assert not out.exists()


def test_missing_file_and_folder_are_told(tmp_path, capsys):
    assert read.main([str(tmp_path / "没有.txt")]) == 2
    assert read.main([str(tmp_path)]) == 2
    assert capsys.readouterr().err.count("找不到文件") == 2


def test_output_that_cannot_be_written_is_told_and_leaves_no_half(speech, tmp_path, capsys):
    assert read.main([str(speech), "--json", str(tmp_path / "没有此夹" / "o.json")]) == 2
    assert "无法写出" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["讲话.txt"]


def test_command_needs_no_django_and_no_database(speech):
    code = (
        "import sys; from luoshi.config.commands import read; "
        f"code = read.main([{str(speech)!r}]); "
        "loaded = [m for m in sys.modules if m.startswith('luoshi.') and m.endswith('.models') "
        "and not m.startswith('luoshi.domain')] + [m for m in sys.modules "
        "if m.startswith('django.db')]; print(loaded, file=sys.stderr); "
        "sys.exit(code or bool(loaded))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env={}
    )
    assert done.returncode == 0, done.stderr


SAMPLES = Path(__file__).resolve().parents[4].parent / "shared" / "samples"


@pytest.mark.parametrize("name", ["seed000", "seed002"])
def test_seed_is_read_into_json_and_table(tmp_path, name):
    if not SAMPLES.exists():
        pytest.skip("…/shared/samples is not here")
    out, table = tmp_path / "o.json", tmp_path / "o.xlsx"
    source = SAMPLES / "seeds" / f"{name}.txt"
    assert read.main([str(source), "--json", str(out), "--xlsx", str(table)]) == 0
    assert len(json.loads(out.read_text("utf-8"))["items"]) > 20
    assert openpyxl.load_workbook(table).active.max_row > 10
