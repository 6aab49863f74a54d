"""`luoshi factcheck`: findings told like a compiler, JSON, exit codes; no server, no database."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from luoshi.config.commands import factcheck

WRONG = "2026年工作要点\n一、总体要求。2026年是实施“十四五”规划的关键一年。\n各村每日报送进展。\n"
SAMPLES = Path(__file__).resolve().parents[4].parent / "shared" / "samples"


@pytest.fixture
def draft(tmp_path):
    path = tmp_path / "要点.txt"
    path.write_text(WRONG, "utf-8")
    return path


def test_finding_is_told_with_place_reason_and_remedy(draft, capsys):
    assert factcheck.main([str(draft)]) == 1
    said = capsys.readouterr().out
    assert "要点.txt:2:8: 错误 F01" in said
    assert "【2026年是实施“十四五”】" in said
    assert "2021—2025年" in said
    assert "→ 2026年属于“十五五”时期" in said
    assert "错误1处" in said


def test_jianfu_checks_the_burden_instead(draft, capsys):
    assert factcheck.main([str(draft), "--jianfu"]) == 1
    said = capsys.readouterr().out
    assert "J10" in said
    assert "依据：《" in said
    assert "F01" not in said


def test_json_points_at_the_words(draft, tmp_path, capsysbinary):
    out = tmp_path / "o.json"
    assert factcheck.main([str(draft), "--json", str(out)]) == 1
    data = json.loads(out.read_text("utf-8"))
    (row,) = data["findings"]
    assert WRONG[row["start"] : row["end"]] == row["text"]
    assert (row["code"], row["severity"], data["year"]) == ("F01", "error", 2026)
    capsysbinary.readouterr()
    assert factcheck.main([str(draft), "--json", "-"]) == 1
    assert json.loads(capsysbinary.readouterr().out)["findings"] == [row]


def test_clean_text_says_what_was_checked(tmp_path, capsys):
    path = tmp_path / "好.txt"
    path.write_text("各村抓好春耕备耕。", "utf-8")
    assert factcheck.main([str(path)]) == 0
    assert "没有发现疑点" in capsys.readouterr().out


def test_file_that_cannot_be_checked_is_told(tmp_path, capsys):
    marked = tmp_path / "标密.txt"
    marked.write_text("机密★1年\n一、完成征地。", "utf-8")
    assert factcheck.main([str(marked)]) == 2
    assert factcheck.main([str(tmp_path / "没有.txt")]) == 2
    said = capsys.readouterr()
    assert "机密" in said.err
    assert "找不到文件" in said.err
    assert said.out == ""


def test_command_needs_no_django_and_no_database(draft):
    code = (
        "import sys; from luoshi.config.commands import factcheck; "
        f"factcheck.main([{str(draft)!r}]); "
        "loaded = [m for m in sys.modules if m.startswith('luoshi.') and m.endswith('.models') "
        "and not m.startswith('luoshi.domain')] + [m for m in sys.modules "
        "if m.startswith('django.db')]; print(loaded, file=sys.stderr); sys.exit(bool(loaded))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env={}
    )
    assert done.returncode == 0, done.stderr


# What a person found to be so when reading each finding; masked values (F09) are left out.
JUDGED = {
    ("seed000.txt", "F01"),
    ("097.txt", "F08"),  # 出资8000, where the unit was lost in scanning
    ("203.txt", "F07"),
    ("207.txt", "F07"),
    ("220.txt", "F07"),
    ("221.txt", "F07"),
}


def test_samples_raise_no_alarm_that_was_not_judged(capsys):
    if not SAMPLES.exists():
        pytest.skip("…/shared/samples is not here")
    paths = sorted(SAMPLES.glob("*/*.txt"))
    assert len(paths) > 50
    alarms = set()
    for path in paths:
        factcheck.main([str(path), "--json", "-"])
        found = json.loads(capsys.readouterr().out)["findings"]
        alarms |= {(path.name, row["code"]) for row in found if row["code"] != "F09"}
    assert alarms <= JUDGED
    assert ("seed000.txt", "F01") in alarms


def test_error_of_the_seed_is_found(tmp_path):
    if not SAMPLES.exists():
        pytest.skip("…/shared/samples is not here")
    out = tmp_path / "o.json"
    seed = SAMPLES / "seeds" / "seed000.txt"
    assert factcheck.main([str(seed), "--json", str(out)]) == 1
    found = json.loads(out.read_text("utf-8"))["findings"]
    errors = [row for row in found if row["severity"] == "error"]
    assert [(row["code"], row["text"]) for row in errors] == [("F01", "2026年是实施“十四五”")]
