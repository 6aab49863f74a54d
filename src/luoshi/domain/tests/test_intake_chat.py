"""A pasted chat against labels written before the law was tuned."""

import re
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.domain.intake import Holder, OpenItem, Place, Roster, match_chat
from luoshi.domain.intake.matching import read_progress, says_done

CHATS = sorted((Path(__file__).parent / "chats").glob("*.txt"))


def key(n):
    return UUID(int=n)


PLACES = {
    "east": Place(key(1), "东村", "东村"), "west": Place(key(2), "西村", "西村"),
    "south": Place(key(3), "南河村", "南河村"), "stone": Place(key(4), "石桥社区", "石桥社区"),
    "econ": Place(key(5), "经济发展办公室", "经发办"), "farm": Place(key(6), "农业农村办公室", "农业办"),
    "office": Place(key(7), "党政综合办公室", "党政办"),
}  # fmt: skip
PEOPLE = {
    code: Holder(key(100 + n), name, PLACES[unit].id, key(200 + n), title)
    for n, (code, name, unit, title) in enumerate(
        [
            ("wang", "王海", "east", "党支部书记"), ("zhang_e", "张敏", "east", "文书"),
            ("zhang_w", "张敏", "west", "文书"), ("xu", "许强", "west", "党支部书记"),
            ("li", "李德明", "south", "党支部书记"), ("chen", "陈芳", "south", "文书"),
            ("liu", "刘洋", "stone", "书记"), ("qian", "钱进", "econ", "主任"),
            ("sun", "孙丽", "econ", "干事"), ("zhou", "周涛", "farm", "主任"),
            ("lin", "林主任", "office", "主任"),
        ]
    )
}  # fmt: skip
ITEMS = {
    code: OpenItem(
        key(300 + n), number, title, frozenset({PLACES[unit].id}),
        frozenset({PEOPLE[owner].person_id} if owner else ()),
    )
    for n, (code, number, title, unit, owner) in enumerate(
        [
            ("T1", "JB-01", "东村产业路硬化2.3公里", "east", "wang"),
            ("T2", "JB-02", "上半年农村人居环境整治自查", "east", ""),
            ("T3", "JB-03", "上半年农村人居环境整治自查", "west", ""),
            ("T5", "JB-05", "西村养老服务站开工建设", "west", "xu"),
            ("T6", "JB-06", "南河村高标准农田管护", "south", "li"),
            ("T7", "JB-07", "石桥社区老旧小区改造", "stone", "liu"),
            ("T8", "JB-08", "规上工业企业走访服务", "econ", "qian"),
            ("T9", "JB-15", "上半年固定资产投资入库5个项目", "econ", "sun"),
            ("T10", "JB-10", "秸秆禁烧巡查值班", "farm", "zhou"),
            ("T11", "JB-11", "防汛物资清点入库", "east", ""),
            ("T12", "JB-12", "防汛物资清点入库", "south", ""),
            ("T13", "JB-13", "上半年农村人居环境整治自查", "south", ""),
        ]
    )
}  # fmt: skip
ROSTER = Roster(tuple(PLACES.values()), tuple(PEOPLE.values()))
OPEN = tuple(ITEMS.values())
ITEM_CODES = {item.id: code for code, item in ITEMS.items()}
PERSON_CODES = {one.person_id: code for code, one in PEOPLE.items()}


def label(line):
    """A match in the words of the labels: kind, item, person, how far."""
    if line.kind == "none":
        return "none"
    far = "-" if line.progress is None else str(line.progress // 100)
    far = "done" if line.done else far
    far = "masked" if line.masked else far
    if any(doubt.code == "intake.chat.over" for doubt in line.doubts):
        far = "over"
    item = ITEM_CODES[line.item.id] if line.item else "-"
    person = PERSON_CODES[line.holder.person_id] if line.holder else "-"
    return f"{line.kind} {item} {person} {far}"


def labelled(path):
    rows = [row.rsplit("\t## ", 1) for row in path.read_text("utf-8").splitlines()]
    found = match_chat("\n".join(text for text, _label in rows), ROSTER, OPEN)
    assert len(found) == len(rows)
    return [(text, wanted, label(line)) for (text, wanted), line in zip(rows, found, strict=True)]


def test_the_labelled_lines_are_read_right():
    """129 lines of seven chats; what is called sure is right, and hardly anything sure is missed."""
    rows = [row for path in CHATS for row in labelled(path)]
    sure = [(wanted, got) for _text, wanted, got in rows if got.startswith("sure")]
    wanted = [got for _text, want, got in rows if want.startswith("sure") and got == want]
    asked = sum(want.startswith("sure") for _text, want, _got in rows)
    assert len(rows) >= 120
    assert all(want == got for want, got in sure)
    assert len(wanted) == asked
    wrong = [row for row in rows if row[1] != row[2]]
    assert len(wrong) <= 1, wrong


@pytest.mark.parametrize("path", CHATS, ids=lambda path: path.stem)
def test_a_chat_reads_the_same_whatever_its_line_ends(path):
    text = "\n".join(row.rsplit("\t## ", 1)[0] for row in path.read_text("utf-8").splitlines())
    plain = [label(line) for line in match_chat(text, ROSTER, OPEN)]
    assert plain == [label(line) for line in match_chat(text.replace("\n", "\r\n"), ROSTER, OPEN)]


@given(st.text(max_size=200))
def test_no_text_breaks_it_and_no_line_is_lost(text):
    found = match_chat(text, ROSTER, OPEN)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert [line.number for line in found] == list(range(1, len(lines) + 1))
    for line in found:
        assert line.kind != "sure" or (line.item and line.holder and not line.doubts)
        assert line.progress is None or 0 <= line.progress <= 10_000


@given(st.integers(0, 100), st.sampled_from(["王海", "东村 王海", "3. 东村王海"]))
def test_any_percentage_of_a_named_person_s_item_is_read(percent, who):
    (line,) = match_chat(f"{who}：产业路硬化完成{percent}%", ROSTER, OPEN)
    assert label(line) == f"sure T1 wang {'done' if percent == 100 else percent}"


@given(st.integers(101, 9999))
def test_more_than_all_is_asked_about_and_never_written(percent):
    (line,) = match_chat(f"王海：产业路硬化完成{percent}%", ROSTER, OPEN)
    assert (line.kind, line.progress, line.done) == ("ask", None, False)


@pytest.mark.parametrize("mask", ["*%", "**%", "XX%", "X%", "＊％", "x个"])
def test_a_masked_figure_is_missing_and_never_nought(mask):
    (line,) = match_chat(f"王海：产业路硬化完成{mask}", ROSTER, OPEN)
    assert (line.masked, line.progress, line.done) == (True, None, False)


@pytest.mark.parametrize(
    ("said", "figure"),
    [
        ("完成80%", 8000), ("约八成", 8000), ("百分之六十五", 6500), ("6成", 6000), ("33.5%", 3350),
        ("完成了一半", 5000), ("建成3处", None), ("1.8公里", None), ("完成 0.7", None),
    ],
)  # fmt: skip
def test_how_far_is_read_from_figures_and_words(said, figure):
    assert read_progress(said)[0] == figure


@pytest.mark.parametrize(
    ("said", "done"),
    [
        ("已完成", True), ("全部完成", True), ("办结", True), ("未完成", False), ("还没完成", False),
        ("预计月底完成", False), ("完成3公里，还差1公里", False), ("完成不了", False), ("月底前完成", False),
    ],
)  # fmt: skip
def test_done_is_only_what_is_said_to_be_done(said, done):
    assert says_done(said, None) is done


def test_a_person_who_left_is_nobody():
    roster = Roster(ROSTER.places, tuple(h for h in ROSTER.holders if h.name != "王海"))
    (line,) = match_chat("王海：产业路硬化完成80%", roster, OPEN)
    assert (line.kind, line.holder) == ("ask", None)


def test_a_thousand_lines_are_read_line_by_line():
    text = "\n".join(f"{n}. 东村 王海 产业路完成{n % 100}%" for n in range(1, 1001))
    found = match_chat(text, ROSTER, OPEN)
    assert len(found) == 1000
    assert re.fullmatch(r"sure T1 wang 7", label(found[6]))
