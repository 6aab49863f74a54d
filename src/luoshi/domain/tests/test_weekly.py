"""周清单: each item once, what must stand stands, and carrying over is counted."""

from datetime import date, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from luoshi.domain import weekly
from luoshi.domain.weekly import Item, Week
from luoshi.domain.workdays import CalendarTable, CalendarYear, WorkCalendar

PLAIN = WorkCalendar(CalendarTable())
WEEK = Week(2026, 25)  # 15 to 21 June
MONDAY = date(2026, 6, 15)
days = st.dates(date(2026, 5, 1), date(2026, 8, 1))
maybe = st.none() | days
items = st.lists(
    st.builds(
        Item,
        key=st.uuids(),
        due_on=maybe,
        nodes=st.lists(days, max_size=3).map(tuple),
        word=st.sampled_from(["none", "ok", "late", "silent", "slow"]),
        decided_on=maybe,
        arrived_on=maybe,
        carried=st.integers(0, 4),
    ),
    max_size=60,
    unique_by=lambda item: item.key,
)


def item(**fields):
    return Item(key=UUID(int=1), **fields)


def why(**fields):
    line = weekly.reason(item(**fields), WEEK)
    return line and line.why


def test_week_is_the_calendars():
    assert Week.of(date(2026, 6, 18)) == WEEK
    assert (WEEK.monday, WEEK.sunday) == (MONDAY, date(2026, 6, 21))
    assert Week(2026, 53).next() == Week(2027, 1)


@given(days)
def test_every_day_lies_in_its_week(day):
    week = Week.of(day)
    assert week.holds(day)
    assert not week.next().holds(day)


def test_the_list_closes_on_the_last_day_worked():
    off = WorkCalendar(CalendarTable({2026: CalendarYear(frozenset({date(2026, 6, 19)}))}))
    assert weekly.closes_on(WEEK, PLAIN) == date(2026, 6, 19)
    assert weekly.closes_on(WEEK, off) == date(2026, 6, 18)
    makeup = CalendarYear(working_days=frozenset({date(2026, 6, 21)}))
    assert weekly.closes_on(WEEK, WorkCalendar(CalendarTable({2026: makeup}))) == WEEK.sunday


def test_a_week_without_a_working_day_still_has_an_end():
    off = CalendarYear(frozenset(MONDAY + timedelta(days=n) for n in range(5)))
    calendar = WorkCalendar(CalendarTable({2026: off}))
    assert WEEK.working(calendar) is None
    assert weekly.closes_on(WEEK, calendar) == date(2026, 6, 19)


def test_from_the_last_working_day_on_the_next_week_is_drafted():
    assert weekly.to_draft(date(2026, 6, 18), PLAIN) == WEEK
    assert weekly.to_draft(date(2026, 6, 19), PLAIN) == WEEK.next()
    assert weekly.to_draft(date(2026, 6, 21), PLAIN) == WEEK.next()


def test_the_strongest_reason_is_told():
    due = {"due_on": date(2026, 6, 17)}
    decided = {"decided_on": date(2026, 6, 10)}
    assert why(**due, **decided, carried=1, word="late") == "carried"
    assert why(**due, **decided, word="late") == "decided"
    assert why(**due, word="late") == "due"
    assert why(nodes=(date(2026, 6, 16),)) == "due"
    assert why(word="silent", arrived_on=MONDAY) == "red"
    assert why(arrived_on=MONDAY) == "arrived"
    assert why(due_on=date(2026, 6, 22), word="slow") is None
    assert why(decided_on=date(2026, 6, 7)) is None, "an earlier list had it"


@given(items, st.integers(0, 30))
def test_each_item_stands_once_and_what_must_stand_is_never_left_out(found, most):
    told = weekly.draft(found, WEEK, most)
    keys = [line.key for line in told.lines]
    assert len(keys) == len(set(keys))
    reasons = {one.key: line for one in found if (line := weekly.reason(one, WEEK))}
    must = {key for key, line in reasons.items() if line.why in weekly.ALWAYS}
    assert must <= set(keys) <= set(reasons)
    assert len(keys) <= max(most, len(must))
    assert told.left_out == len(reasons) - len(keys)


@given(items, st.randoms())
def test_the_order_of_the_facts_does_not_matter(found, dice):
    mixed = list(found)
    dice.shuffle(mixed)
    assert weekly.draft(mixed, WEEK) == weekly.draft(found, WEEK)


def test_carried_over_twice_goes_to_the_leader():
    once = weekly.carried_after(0, "carried")
    twice = weekly.carried_after(once, "carried")
    assert [weekly.goes_to_leader(n) for n in (0, once, twice)] == [False, False, True]
    assert weekly.carried_after(twice, "done") == 0


def test_every_line_needs_an_outcome_and_a_cancelled_one_its_reason():
    def code(*said, cancelled=False):
        why = weekly.refusal(*said, cancelled=cancelled)
        return why and why.code

    assert code("done", "") is None
    assert code("", "") == "weekly.no_outcome"
    assert code("cancelled", " ") == "weekly.cancelled_why"
    assert code("cancelled", "县里统一办") is None
    assert code("done", "", cancelled=True) == "weekly.item_cancelled"
    assert code("cancelled", "", cancelled=True) is None


def test_every_reason_has_its_words():
    for reason in (*weekly.STRENGTH, "typed"):
        for on in (None, MONDAY):
            assert weekly.told(reason, on, 1).code.startswith("weekly.")
