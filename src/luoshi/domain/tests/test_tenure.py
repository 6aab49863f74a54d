from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from luoshi.domain.tenure import Tenure, clash

HERE, THERE = UUID(int=1), UUID(int=2)
ME, OTHER = UUID(int=11), UUID(int=12)
DESK, CHAIR = UUID(int=21), UUID(int=22)


def tenure(person=ME, post=DESK, place=HERE, kind="holder", start=1, end=None):
    last = date(2026, end, 28) if end else None
    return Tenure(person, post, place, "青榆镇", kind, date(2026, start, 1), last)


def code(new, *held):
    found = clash(new, held)
    return found.code if found else None


def test_many_posts_of_one_town_are_fine():
    assert code(tenure(), tenure(post=CHAIR)) is None


def test_nobody_serves_in_two_places_at_once():
    assert code(tenure(), tenure(post=CHAIR, place=THERE)) == "tenure.two_places"
    assert code(tenure(kind="acting"), tenure(post=CHAIR, place=THERE)) == "tenure.two_places"
    assert code(tenure(start=4), tenure(post=CHAIR, place=THERE, end=3)) is None


def test_a_secondment_or_a_stand_in_goes_beside_the_own_post_but_not_two():
    assert code(tenure(kind="seconded"), tenure(post=CHAIR, place=THERE)) is None
    assert code(tenure(kind="delegate"), tenure(post=CHAIR, place=THERE)) is None
    away = tenure(post=CHAIR, place=THERE, kind="seconded")
    assert code(tenure(kind="seconded"), away) == "tenure.two_places"


def test_one_post_has_one_holder_and_no_term_is_entered_twice():
    assert code(tenure(), tenure(person=OTHER)) == "tenure.held"
    assert code(tenure(kind="acting"), tenure(person=OTHER)) is None
    assert code(tenure(), tenure(end=6)) == "tenure.twice"
    assert code(tenure(start=7), tenure(end=6)) is None


terms = st.builds(
    tenure,
    person=st.sampled_from([ME, OTHER]),
    post=st.sampled_from([DESK, CHAIR]),
    place=st.sampled_from([HERE, THERE]),
    kind=st.sampled_from(["holder", "acting", "seconded", "delegate"]),
    start=st.integers(1, 6),
    end=st.none() | st.integers(6, 12),
)


@given(terms, terms)
def test_a_clash_is_mutual(one, other):
    assert (clash(one, [other]) is None) == (clash(other, [one]) is None)
