"""走访 and 盯办: driven by need alone, told as loosened only by who raised the blocker."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from luoshi.domain import visiting
from luoshi.domain.visiting import RANK, SHORT, Tied, Trouble

TODAY = date(2026, 6, 18)
DAYS = st.integers(0, 400).map(lambda n: TODAY - timedelta(days=n))
TROUBLES = st.lists(
    st.builds(
        Trouble,
        kind=st.sampled_from(sorted(RANK)),
        place=st.sampled_from(["东村", "西村", "经发办"]),
        days=st.integers(0, 200),
        visited_on=st.none() | DAYS,
    ),
    max_size=12,
)


@given(TROUBLES)
def test_a_place_is_named_only_where_something_needs_the_leader(troubles):
    named = visiting.places(troubles, TODAY, 6)
    assert set(named) == {one.place for one in troubles if visiting.needs_visit(one, TODAY)}
    assert len(named) == len(set(named))


@given(TROUBLES)
def test_what_waits_for_the_leader_comes_first(troubles):
    named = visiting.places(troubles, TODAY, 6)
    live = [one for one in troubles if visiting.needs_visit(one, TODAY)]
    worst = [min(RANK[one.kind] for one in live if one.place == place) for place in named]
    assert worst == sorted(worst)


def test_more_trouble_comes_before_less_and_the_list_is_cut():
    troubles = [
        Trouble("late", "东村", 3),
        Trouble("late", "西村", 90),
        Trouble("silent", "东村", 1),
        Trouble("asked", "经发办", 1),
    ]
    assert visiting.places(troubles, TODAY, 6) == ["经发办", "东村", "西村"]
    assert visiting.places(troubles, TODAY, 1) == ["经发办"]


def test_nobody_is_sent_twice_within_a_week():
    week = timedelta(days=7)
    again = Trouble("late", "东村", 9, visited_on=TODAY - week + timedelta(days=1))
    assert not visiting.needs_visit(again, TODAY)
    assert visiting.needs_visit(again, TODAY + timedelta(days=1))


@given(visited=DAYS, raised=DAYS, cleared=st.none() | DAYS)
def test_a_visit_loosened_only_what_stood_that_day_and_went_soon_after(visited, raised, cleared):
    hit = visiting.loosened(visited, [Tied(raised, cleared)])
    in_time = cleared is not None and visited <= cleared <= visited + timedelta(days=30)
    assert hit == (raised <= visited and in_time)
    assert not visiting.loosened(visited, [])


def test_a_note_says_when_where_and_what():
    told = {"visited_on": TODAY, "today": TODAY, "place": "东村泵站", "seen": "水泵已装"}
    assert visiting.note_fault(**told) is None
    for change, code in (
        ({"visited_on": TODAY + timedelta(days=1)}, "visiting.future"),
        ({"visited_on": TODAY - timedelta(days=367)}, "visiting.too_old"),
        ({"place": " "}, "visiting.no_place"),
        ({"seen": ""}, "visiting.nothing_seen"),
    ):
        fault = visiting.note_fault(**told | change)
        assert fault is not None
        assert fault.code == code


def test_a_watch_list_stays_short():
    assert visiting.watch_fault("找水利所", TODAY, TODAY, SHORT - 1) is None
    for step, day, others, code in (
        (" ", TODAY, 0, "watching.no_step"),
        ("找", TODAY - timedelta(days=1), 0, "watching.passed"),
        ("找", TODAY, SHORT, "watching.too_many"),
    ):
        fault = visiting.watch_fault(step, day, TODAY, others)
        assert fault is not None
        assert fault.code == code
