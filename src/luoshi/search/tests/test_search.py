"""Whatever stands in a text is found by any two neighbours of it, on either engine."""

import random
import string
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.domain.access import Actor
from luoshi.search.actions import Text, forget, index, index_many
from luoshi.search.pieces import asked, pieces_of, words
from luoshi.search.queries import matching

pytestmark = pytest.mark.django_db
HOME, UNIT = uuid4(), uuid4()
ME = Actor.system(HOME)
TEXTS = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), min_size=1, max_size=30
)


def text(title, more="", jurisdiction=HOME):
    return Text(
        jurisdiction=jurisdiction,
        unit_id=UNIT,
        kind="ledger.task",
        id=uuid4(),
        title=title,
        text=more,
    )


def found(words_asked, actor=ME):
    return {row.subject_id for row in matching(actor, words_asked)}


@given(TEXTS, st.data())
@settings(max_examples=300, deadline=None)
def test_any_part_of_a_text_asks_for_pieces_that_stand_in_it(whole, data):
    start = data.draw(st.integers(0, len(whole) - 1))
    part = whole[start : data.draw(st.integers(start + 1, len(whole)))]
    assert set(asked(part)) <= pieces_of(whole)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(TEXTS, st.data())
def test_any_two_neighbours_find_the_row(db, whole, data):
    one = text(whole)
    index(one)
    start = data.draw(st.integers(0, len(whole) - 1))
    part = whole[start : start + 2]
    if words(part):
        assert one.id in found(part)


def test_recall_is_complete_for_two_characters_of_an_office(db):
    rng = random.Random(3)
    hanzi = "冷链物流园区污水管网矛盾纠纷化解高新技术企业净增榆湾青"
    rows = [text("".join(rng.choices(hanzi, k=12))) for _ in range(300)]
    index_many(rows)
    for _ in range(200):
        row = rng.choice(rows)
        at = rng.randrange(11)
        pair = row.title[at : at + 2]
        assert found(pair) == {other.id for other in rows if pair in other.title}


def test_every_word_asked_must_stand_in_the_row(db):
    one, other = text("榆湾冷链物流园开工", "用地报批"), text("榆湾小学开学")
    index_many([one, other])
    assert found("榆湾 冷链") == {one.id}
    assert found("报批") == {one.id}
    assert found("榆湾") == {one.id, other.id}
    assert found("榆") == {one.id, other.id}
    assert found("冷 链") == {one.id}
    assert found("流物") == set()
    assert found("  ") == set()


def test_width_and_case_make_no_difference(db):
    one = text("ＡＢ级景区5Ａ创建")
    index(one)
    assert found("ab级") == found("5a") == {one.id}


@pytest.mark.parametrize(
    "bad", ['"', "' OR 1=1 --", "* NEAR(", "x51 AND", "&|!", "%", "\x00", string.punctuation]
)
def test_what_looks_like_a_query_is_only_text(db, bad):
    index(text("修路"))
    assert found(bad) == set()


def test_new_words_replace_the_old_and_forgotten_rows_are_gone(db):
    one = text("修路")
    index(one)
    index(Text(jurisdiction=HOME, unit_id=UNIT, kind="ledger.task", id=one.id, title="架桥"))
    assert (found("修路"), found("架桥")) == (set(), {one.id})
    forget("ledger.task", [one.id])
    assert found("架桥") == set()


def test_other_jurisdictions_are_not_searched(db):
    index(text("修路", jurisdiction=uuid4()))
    assert found("修路") == set()


def test_title_hits_come_first(db):
    more, title = text("乡村建设", "修路三公里"), text("修路三公里")
    index_many([title, more])
    assert [row.subject_id for row in matching(ME, "修路")] == [title.id, more.id]


def test_indexing_many_costs_a_few_statements(db):
    with CaptureQueriesContext(connection) as caught:
        index_many([text(f"事项{n}") for n in range(400)])
    assert len(caught) < 12
