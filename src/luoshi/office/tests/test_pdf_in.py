import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.office.answers import Opened, Rejected
from luoshi.office.judging import judge
from luoshi.office.pdf_in import read_pages, source_of
from luoshi.office.screen import opened
from luoshi.office.tests.build import code_of, pdf
from luoshi.office.tests.test_fuzz import CASES, mutated

TAKES = frozenset({"pdf"})
LONG = "标准厂房一期建设要抓早抓紧抓到位并在六月底前由经发办牵头"  # 28 characters: a full line


def text_of(data: bytes) -> str:
    return source_of(read_pages(data)).text


def notes_of(data: bytes) -> dict[str, dict]:
    return {note.code: dict(note.params) for note in source_of(read_pages(data)).notes}


def page(*lines: tuple[float, str]) -> list[tuple[float, float, float, str]]:
    """Lines from the top: indent in characters, words."""
    return [(80 + 16 * x, 700 - 29.0 * n, 16.0, words) for n, (x, words) in enumerate(lines)]


def test_read_pdf_folded_lines_are_joined_and_others_are_not():
    data = pdf(
        page(
            (8, "工作要点"), (2, "一、" + LONG[:24]), (0, LONG), (0, "完成。"), (2, "二、抓环境。")
        )
    )
    assert text_of(data) == f"工作要点\n一、{LONG[:24]}{LONG}完成。\n二、抓环境。"
    assert notes_of(data) == {"office.pdf_lines_joined": {"count": 2}}


def test_read_pdf_line_with_a_number_of_its_own_begins_a_paragraph():
    data = pdf(page((0, LONG), (0, "二、" + LONG[:20]), (0, LONG), (0, "（三）另起")))
    assert text_of(data).split("\n") == [LONG, "二、" + LONG[:20], LONG, "（三）另起"]


def test_read_pdf_goes_on_over_the_page_and_leaves_heads_and_numbers_out():
    head, foot = (80.0, 800.0, 12.0, "某镇简报"), (290.0, 40.0, 14.0, "— {} —")
    pages = [
        [head, *page((2, LONG[:26]), (0, LONG)), (*foot[:3], foot[3].format(n))] for n in (1, 2, 3)
    ]
    pages[1][1:3] = page((0, LONG), (0, "止。"))
    data = pdf(*pages)
    assert text_of(data).split("\n") == [LONG[:26] + LONG + LONG + "止。", LONG[:26] + LONG]
    margins = notes_of(data)["office.pdf_margins_ignored"]
    assert margins == {"count": 6, "which": "“某镇简报”、“— 1 —”、“— 2 —”等"}


def test_read_pdf_figure_in_the_text_is_no_page_number():
    data = pdf([(80.0, 400.0, 16.0, "2026"), (80.0, 300.0, 16.0, "年")])
    assert text_of(data) == "2026\n年"


def test_read_pdf_columns_of_a_table_are_parted():
    cells = [
        (80.0, 600.0, 12.0, "修路"),
        (300.0, 600.0, 12.0, "村建办"),
        (420.0, 600.0, 12.0, "6月底"),
    ]
    assert text_of(pdf(cells)) == "修路\t村建办\t6月底"


def test_read_pdf_radicals_of_a_font_are_read_as_characters_and_said():
    data = pdf("⼯作⽬标⻓")
    assert text_of(data) == "工作目标长"
    assert notes_of(data) == {"office.pdf_radicals": {"count": 3}}


def test_read_pdf_pages_without_words_are_counted_and_none_is_guessed():
    assert notes_of(pdf("甲", [], [])) == {"office.pdf_pages_without_text": {"count": 2}}
    assert code_of(text_of, pdf([], [])) == "office.pdf_no_text"


@given(
    st.lists(
        st.lists(
            st.tuples(
                st.integers(0, 500), st.integers(0, 840), st.sampled_from([10.0, 16.0, 22.0]),
                st.text(st.sampled_from("甲乙丙一、1%。"), min_size=1, max_size=30),
            ),
            max_size=8,
        ),
        min_size=1,
        max_size=4,
    )
)  # fmt: skip
@settings(max_examples=25, deadline=None)
def test_read_pdf_changes_no_character(pages):
    data = pdf(*pages)
    found = read_pages(data)
    set_ = sorted("".join(words for page in pages for *_, words in page))
    if not set_:
        return
    kept = "".join(line.text for line in found.lines) + "".join(found.margins)
    assert sorted("".join(kept.split())) == set_
    if any(line.text for line in found.lines):
        running = "".join(line.text for line in found.lines)
        assert "".join(source_of(found).text.split()) == "".join(running.split())


@pytest.mark.parametrize("takes", [{"pdf"}, {"pdf", "image"}])
def test_screen_marked_pdf_is_refused_whether_it_is_read_or_only_kept(takes):
    for data in (
        pdf("机密★1年\n某镇文件"),
        pdf([(400.0, 810.0, 12.0, "机密★1年"), (80.0, 500.0, 16.0, "正文")]),
    ):
        for text in (True, False):
            answer = opened("a.pdf", data, takes=takes, text=text)
            assert isinstance(answer, Rejected)
            assert answer.marking == "机密"


def test_screen_pdf_gives_its_text():
    answer = opened("a.pdf", pdf("一、抓项目。"), takes=TAKES)
    assert isinstance(answer, Opened)
    assert answer.source is not None
    assert answer.source.text == "一、抓项目。"


@pytest.mark.prove
def test_fuzz_pdf_never_raises_and_never_hangs():
    source = random.Random(20260618)
    data = pdf(page((8, "工作要点"), (2, "一、" + LONG), (0, LONG)), "二、抓环境。")
    for _ in range(CASES // 50):
        case = mutated(data, source)
        before = time.process_time()
        code_of(lambda case=case: judge("a.pdf", case, TAKES, text=True))
        assert time.process_time() - before < 2
