"""The table of blockers: every pair of state and verb, whose move it is, and that it always ends."""

from datetime import date, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.domain import blocking
from luoshi.domain.base import Refused, Sentence
from luoshi.domain.blocking import NEXT, SIDES, Facts, State, Verb

TODAY = date(2026, 6, 18)
states = st.sampled_from(get_args(State))
verbs = st.sampled_from(get_args(Verb))
facts = st.builds(
    Facts,
    today=st.just(TODAY),
    is_needed=st.booleans(),
    is_raiser=st.booleans(),
    is_office=st.booleans(),
    named=st.booleans(),
    returns=st.integers(0, 1),
    text=st.sampled_from(["", " ", "已办"]),
    by_on=st.none() | st.integers(-3, 30).map(lambda n: TODAY + timedelta(days=n)),
)


@given(states, verbs, facts)
def test_nothing_outside_the_table_is_allowed(state, verb, known):
    answer = blocking.decide(state, verb, known)
    if isinstance(answer, Sentence):
        with pytest.raises(Refused):
            blocking.demand(state, verb, known)
    else:
        assert answer == NEXT[state, verb]


@given(states, verbs, facts)
def test_whoever_is_neither_needed_nor_raised_it_nor_the_office_moves_nothing(state, verb, known):
    answer = blocking.decide(state, verb, known)
    own = known.is_needed if SIDES[verb] == "needed" else known.is_raiser
    assert own or known.is_office or isinstance(answer, Sentence)


@given(states, facts)
def test_buttons_are_what_a_whole_form_may_do(state, known):
    whole = Facts(
        **{name: getattr(known, name) for name in ("is_needed", "is_raiser", "is_office", "named")},
        today=TODAY, returns=known.returns, text="已办", by_on=TODAY,
    )  # fmt: skip
    able = {v for v in get_args(Verb) if not isinstance(blocking.decide(state, v, whole), Sentence)}
    assert set(blocking.moves(state, known)) == able


@given(states, st.booleans())
def test_somebody_can_always_move_until_it_is_cleared(state, named):
    side = blocking.mover(state, named=named)
    assert (side is None) == (state == "cleared")
    if side is not None:
        who = Facts(today=TODAY, is_needed=side == "needed", is_raiser=side == "raiser",
                    named=named, returns=1)  # fmt: skip
        assert blocking.moves(state, who)


def test_it_is_sent_back_once_only():
    known = Facts(today=TODAY, is_needed=True, text="不属我处", returns=1)
    assert isinstance(blocking.decide("open", "send_back", known), Sentence)


def test_a_promise_names_a_day_that_has_not_passed():
    known = Facts(today=TODAY, is_needed=True)
    assert blocking.decide("open", "promise", known).code == "blocking.needs_day"
