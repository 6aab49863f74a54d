import random
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.domain.likeness import ORDER, Asked, alike, differences, leading

REPORT = Asked(
    "a",
    "report",
    "加快推进标准厂房一期建设，6月底前完成主体工程",
    frozenset({("2", "万平方米")}),
    frozenset({"经发办"}),
)
TABLE = Asked(
    "b",
    "table",
    "标准厂房一期建设：完成主体工程",
    frozenset({("2", "万平方米")}),
    frozenset({"经发办"}),
)

ITEMS = st.lists(
    st.builds(
        lambda n, source, text, unit: (n, source, text, unit),
        st.integers(0, 99),
        st.sampled_from("甲乙丙"),
        st.text(st.sampled_from("厂房建设完成道路治理一二"), min_size=2, max_size=14),
        st.sampled_from(["", "经发办", "村建办"]),
    ),
    max_size=14,
    unique_by=lambda row: row[0],
).map(
    lambda rows: [
        Asked(f"{n:02d}", source, text, units=frozenset({unit} if unit else ()))
        for n, source, text, unit in rows
    ]
)


def test_same_task_in_report_and_table_is_one_and_says_why():
    [found] = alike([REPORT, TABLE])
    assert (found.first, found.second) == ("a", "b")
    assert found.share >= 36
    assert "标准厂房一期建设" in found.words
    assert "完成主体工程" in found.words
    assert found.figures == (("2", "万平方米"),)
    assert found.units == ("经发办",)


def test_likeness_of_one_text_with_itself_is_never_proposed():
    assert alike([REPORT, Asked("c", "report", REPORT.text)]) == ()


def test_common_phrases_alone_make_no_likeness():
    one = Asked("a", "report", "加快推进农村人居环境整治工作")
    other = Asked("b", "table", "加快推进标准厂房一期建设工作")
    assert alike([one, other]) == ()


@given(ITEMS, st.randoms(use_true_random=False))
def test_answer_does_not_depend_on_the_order(items, source):
    shuffled = list(items)
    source.shuffle(shuffled)
    assert alike(items) == alike(shuffled)


@given(ITEMS)
def test_each_item_has_at_most_one_partner_in_each_other_text(items):
    by_key = {item.key: item for item in items}
    seen = []
    for found in alike(items):
        one, other = by_key[found.first], by_key[found.second]
        assert one.source != other.source
        assert 36 <= found.share <= 100
        assert all(word in one.text for word in found.words)
        seen += [(one.key, other.source), (other.key, one.source)]
    assert len(seen) == len(set(seen))


@given(ITEMS)
def test_likeness_is_symmetric(items):
    for one, other in pairwise(items):
        here = Asked("a", "甲", one.text, one.figures, one.units)
        there = Asked("b", "乙", other.text, other.figures, other.units)
        turned = [
            Asked("a", "乙", other.text, other.figures, other.units),
            Asked("b", "甲", one.text, one.figures, one.units),
        ]
        assert [(f.share, f.figures, f.units) for f in alike([here, there])] == [
            (f.share, f.figures, f.units) for f in alike(turned)
        ]


@given(st.text(st.sampled_from("厂房建设完成道路治理一二三四"), min_size=6, max_size=20))
def test_item_with_the_same_words_is_always_found(text):
    found = alike([Asked("a", "甲", text), Asked("b", "乙", text)])
    assert len(found) == (1 if len(set(pairwise(text))) > 1 else 0)
    assert all(one.share == 100 for one in found)


def test_two_thousand_by_two_thousand_items_take_seconds():
    source = random.Random(20260618)
    signs = [chr(0x4E00 + n) for n in range(900)]

    def words() -> str:
        return "推进" + "".join(source.choice(signs) for _ in range(24)) + "工作"

    texts = [words() for _ in range(2_000)]
    items = [Asked(f"r{n}", "report", text) for n, text in enumerate(texts)]
    items += [Asked(f"t{n}", "table", f"{text[:-2]}任务") for n, text in enumerate(texts)]
    before = time.process_time()
    found = alike(items)
    spent = time.process_time() - before
    assert {(one.first[1:], one.second[1:]) for one in found} == {
        (str(n), str(n)) for n in range(2_000)
    }
    assert spent < 5


@pytest.mark.parametrize("field", sorted(ORDER))
def test_text_that_says_nothing_never_overrules(field):
    assert leading(field, ("table", "speech"), (False, True)) == 1
    assert leading(field, ("speech", "table"), (True, False)) == 0


def test_table_holds_over_report_over_speech_for_dates_and_units():
    for field in ("due_on", "units"):
        assert leading(field, ("speech", "report", "table"), (True, True, True)) == 2
        assert leading(field, ("speech", "report"), (True, True)) == 1


def test_difference_names_what_holds_and_what_gives_way():
    [found] = differences(
        ("report", "table"),
        {
            "due_on": ("2026-06-30", "2026-09-30"),
            "units": ("经发办", "经发办"),
            "figures": ("", "2万"),
        },
    )
    assert (found.kept, found.kept_of) == ("2026-09-30", "table")
    assert (found.other, found.other_of) == ("2026-06-30", "report")
