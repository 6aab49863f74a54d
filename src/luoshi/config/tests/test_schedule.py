"""`luoshi schedule FILE`: files of the field, by hand after their published forms."""

import json
import subprocess
import sys

import pytest

from luoshi.config.commands import project_files, schedule
from luoshi.engines.base import Progress
from luoshi.office import mspdi_in
from luoshi.office.tests.test_mspdi import BY_HAND, UNSUPPORTED

SM = """\
jobs  (incl. supersource/sink ):  4
RESOURCES
  - renewable                 :  1   R
  - nonrenewable              :  {stores}   N
  - doubly constrained        :  0   D
PRECEDENCE RELATIONS:
jobnr.    #modes  #successors   successors
   1        1          2           2   3
   2        1          1           4
   3        1          1           4
   4        1          0
************************************************************************
REQUESTS/DURATIONS:
jobnr. mode duration  R 1
------------------------------------------------------------------------
{rows}
************************************************************************
RESOURCEAVAILABILITIES:
  R 1
{amounts}
"""
ONE_WAY = SM.format(stores=0, rows="1 1 0 0\n2 1 4 2\n3 1 3 2\n4 1 0 0", amounts="    3")
TWO_WAYS = SM.format(
    stores=1,
    rows="1 1 0 0 0\n2 1 4 2 5\n  2 6 1 1\n3 1 3 2 4\n  2 5 1 1\n4 1 0 0 0",
    amounts="    3  6",
)
RCP = "4 1\n3\n0 0 2 2 3\n4 2 1 4\n3 2 1 4\n0 0 0\n"
SKILLED = (
    "\\* Project Module *\\\n4 2 2 5\n9\n9\n0 2 2 3\n4 1 4\n3 1 4\n0 0\n"
    "\\* Workforce Module *\\\n1 1\n0 1\n\\* with levels *\\\n3 1\n0 2\n"
    "\\* Skill Requirements Module *\\\n0 0\n1 0\n0 1\n0 0\n"
)


def planned(tmp_path, name, text, *words):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    out = tmp_path / "out.json"
    code = schedule.main([str(path), "--time-limit", "0.5", "--json", str(out), *words])
    return code, json.loads(out.read_text()) if out.exists() else None


@pytest.mark.parametrize(("name", "text"), [("a.sm", ONE_WAY), ("a.RCP", RCP)])
def test_plan_of_a_file_is_written_and_proved(tmp_path, capsys, name, text):
    code, told = planned(tmp_path, name, text, "--explain")
    assert (code, told["makespan"], told["lower_bound"], told["proved"]) == (0, 7, 7, True)
    tasks = told["tasks"]
    spans = sorted((tasks[job]["start"], tasks[job]["finish"]) for job in "23")
    assert spans in ([(0, 3), (3, 7)], [(0, 4), (4, 7)])
    assert tasks["4"] == {"start": 7, "finish": 7, "mode": 1}
    shown = capsys.readouterr().out
    assert "已证明不能更短" in shown
    assert "资源1不够" in shown


def test_ways_keep_the_store(tmp_path):
    """Of 9 units wanted 6 are there: one job takes its thrifty way, and both fit beside each other."""
    code, told = planned(tmp_path, "a.mm", TWO_WAYS)
    modes = {job: told["tasks"][job]["mode"] for job in "23"}
    assert code == 0
    assert (5 if modes["2"] == 1 else 1) + (4 if modes["3"] == 1 else 1) <= 6
    assert told["makespan"] == 5
    assert told["proved"]


def test_people_take_the_jobs_they_master(tmp_path):
    """Only the first masters skill 1; the second does the other job beside it."""
    code, told = planned(tmp_path, "a.msrcp", SKILLED)
    assert (code, told["makespan"], told["proved"]) == (0, 4, True)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.sm", ONE_WAY.replace("2 1 4 2", "2 1 x 2"), "看不懂“a.sm”"),
        ("a.sm", ONE_WAY.replace("   3        1          1           4", "   3 1 1 9"), "互相矛盾"),
        ("a.sm", ONE_WAY.replace("2 1 4 2", "2 1 -4 2"), "互相矛盾"),
        ("a.sm", ONE_WAY.replace("   4        1          0", "   4 1 1 2"), "循环"),
        ("a.sm", ONE_WAY.replace("2 1 4 2", "2 1 4 9"), "多于现有的全部"),
        ("a.sm", ONE_WAY.replace("constrained        :  0", "constrained        :  1"), "双重约束"),
        ("a.rcp", "4 1\n3\n0 0 2", "看不懂“a.rcp”"),
        ("a.rcp", "9999999 9999999", "看不懂“a.rcp”"),
        ("a.sm", "", "看不懂“a.sm”"),
        ("a.pdf", "%PDF", "看不懂“a.pdf”"),
    ],
)
def test_unusable_file_is_refused_in_words(tmp_path, capsys, name, text, told):
    code, written = planned(tmp_path, name, text)
    assert (code, written) == (2, None)
    assert told in capsys.readouterr().err


SPACE = 'xmlns="http://schemas.microsoft.com/project"'
NO_DAY = "".join(
    f"<WeekDay><DayType>{n}</DayType><DayWorking>0</DayWorking></WeekDay>" for n in range(1, 8)
)
NO_WORK = f"<CalendarUID>1</CalendarUID><Calendars><Calendar><UID>1</UID><WeekDays>{NO_DAY}</WeekDays></Calendar></Calendars>"
NO_HANDS = """<Resources><Resource><UID>1</UID><Name>挖机</Name><Type>1</Type><MaxUnits>0</MaxUnits></Resource></Resources>
<Assignments><Assignment><TaskUID>1</TaskUID><ResourceUID>1</ResourceUID><Units>1</Units></Assignment></Assignments>"""


def rows(*after, more="", lag=0, days="PT8H0M0S", start="2026-06-18"):
    """A project of tasks in a day each; `after`: the task that each waits for."""
    link = "<PredecessorLink><PredecessorUID>{}</PredecessorUID><Type>1</Type><LinkLag>{}</LinkLag></PredecessorLink>"
    tasks = "".join(
        f"<Task><UID>{n}</UID><Name>环节{n}</Name><OutlineLevel>1</OutlineLevel><Duration>{days}</Duration>"
        f"{link.format(other, lag) if other else ''}</Task>"
        for n, other in enumerate(after, 1)
    )
    return f"<Project {SPACE}><StartDate>{start}T08:00:00</StartDate><Tasks>{tasks}</Tasks>{more}</Project>"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (rows(2, 1), "形成循环：环节1、环节2"),
        (rows(1), "形成循环：环节1"),
        (rows(9), "连到文件外或未导入任务的关系1处（如“环节1”）"),
        (rows(0, days="-PT8H0M0S"), "环节1"),
        (rows(0, 1, lag=4_800_000_000), "“环节2”排到了工作日历范围之外"),
        (rows(0, more=NO_HANDS), "多于现有的全部"),
        (rows(0, more=NO_WORK), "没有任何工作日"),
        (rows(0, start="3026-06-18"), "超出工作日历范围"),
        (rows(0).replace("<UID>1</UID>", "<UID>1</UID></Task><Task><UID>1</UID>"), "重复出现"),
        ("<!DOCTYPE p [<!ENTITY a 'b'>]>" + rows(0), "实体声明"),
        (rows(*[0] * 101_000), "没有导入。请分成几份"),
    ],
    ids=[
        "circle", "waits for itself", "missing predecessor", "negative", "lag beyond the calendar",
        "no capacity", "no working day", "no such year", "twice", "entities", "100,000 tasks",
    ],
)  # fmt: skip
def test_bad_project_is_refused_in_words_and_nothing_is_written(tmp_path, capsys, text, told):
    code, written = planned(tmp_path, "a.xml", text)
    assert (code, written) == (2, None)
    said = capsys.readouterr().err
    assert told in said
    assert "Traceback" not in said


def test_far_lag_is_planned_and_a_deadline_before_the_start_is_named(tmp_path, capsys):
    code, written = planned(tmp_path, "a.xml", rows(0, 1, lag=48_000_000), "--time-limit", "0")
    assert (code, written["tasks"]["2"]["start"]) == (0, "2064-10-17")
    late = rows(0).replace("</Task>", "<Deadline>2020-01-01T17:00:00</Deadline></Task>")
    code, written = planned(tmp_path, "a.xml", late, "--time-limit", "0")
    assert (code, written["tasks"]["1"]["start"]) == (0, "2026-06-18")
    assert written["lateness"] > 1_000
    said = capsys.readouterr().err
    assert "环节1" in said
    assert "时限2020-01-01早于最早开始日2026-06-18" in said


def test_command_needs_no_server_and_no_database(tmp_path):
    path = tmp_path / "a.rcp"
    path.write_text(RCP, encoding="utf-8")
    script = (
        "import sys; from luoshi.config.commands import schedule\n"
        f"assert schedule.main([{str(path)!r}, '--time-limit', '0']) == 0\n"
        "assert not [m for m in sys.modules if m.startswith('luoshi.') and m.endswith('.models')]"
    )
    subprocess.run(
        [sys.executable, "-c", script], check=True, env={"PYTHONUTF8": "1"}, cwd=tmp_path
    )


def test_project_file_is_planned_judged_by_odds_and_written_back(tmp_path, capsys):
    source = tmp_path / "村道.xml"
    source.write_text(BY_HAND, encoding="utf-8")
    out, back = tmp_path / "out.json", tmp_path / "back.xml"
    words = ["--time-limit", "0", "--json", str(out), "--mspdi", str(back), "--risk", "--explain"]
    assert schedule.main([str(source), *words]) == 0
    told = json.loads(out.read_text())
    assert told["lateness"] == 0
    assert (
        told["tasks"]["2"]["start"] == "2026-06-25"
    )  # not before the 22nd, then three days of leave
    planned_rows = {row.uid: row for row in mspdi_in.read(back.read_bytes()).rows}
    assert planned_rows[5].finish.isoformat() == told["tasks"]["5"]["finish"]
    heading = planned_rows[1]  # spans 招标 and 公示
    assert heading.start.isoformat() == told["tasks"]["2"]["start"]
    assert heading.finish.isoformat() == told["tasks"]["3"]["finish"]
    assert told["chain"] == ["2", "3", "4", "5"]
    assert 0 <= told["risk"]["deadlines"]["5"]["kept"] <= 1
    assert told["risk"]["drivers"] == {"2": pytest.approx(1, abs=0.01)}
    shown = capsys.readouterr().out
    assert "八成把握" in shown
    assert "施工 & 养护：要等“开工”" in shown
    assert "招标、公示、开工、施工 & 养护" in shown


def test_unsupported_parts_are_named_and_left_out_only_if_accepted(tmp_path, capsys):
    source, out = tmp_path / "a.xml", tmp_path / "out.json"
    source.write_text(UNSUPPORTED, encoding="utf-8")
    words = [str(source), "--time-limit", "0", "--json", str(out)]
    assert schedule.main(words) == 2
    said = capsys.readouterr().err
    assert "材料、成本类资源1项（如“水泥”）" in said
    assert "没有导入" in said
    assert not out.exists()
    assert schedule.main([*words, "--accept"]) == 0
    assert out.exists()


def test_search_says_where_it_stands_to_who_looks(monkeypatch, capsys):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    assert project_files.live(Progress(0, 0, 1.0, 50, 45))
    assert "目前50天，超期合计0天，离最好至多10%" in capsys.readouterr().err
    assert project_files.live(Progress(8, 6, 1.0, 50, 50))
    assert "离最好至多25%" in capsys.readouterr().err
