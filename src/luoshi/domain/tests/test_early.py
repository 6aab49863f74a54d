"""预警在先: an honest early warning never costs, hidden delay does, and time only makes it dearer."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from luoshi.domain.base import Period
from luoshi.domain.pacing import (
    SEVERITY,
    Facts,
    Forewarning,
    Spell,
    early,
    light,
    plain_warning,
    spells,
)
from luoshi.domain.pacing.early import SPEAKS

YEAR = date(2026, 1, 1)
DAY = timedelta(days=1)
days = st.integers(0, 364).map(lambda n: YEAR + n * DAY)
warnings = st.lists(
    st.builds(
        lambda on, n: Forewarning(on, on + n * DAY if n else None), days, st.integers(0, 120)
    ),
    max_size=6,
)


@st.composite
def turned(draw):
    start = draw(days)
    end = draw(st.none() | st.integers(0, 200).map(lambda n: start + n * DAY))
    return Spell(start, end, told=draw(st.booleans()))


@given(turned(), warnings, st.integers(0, 200), st.integers(0, 91))
def test_a_warning_before_the_light_turns_never_costs(spell, others, later, ahead):
    on = spell.from_on + later * DAY
    warned = plain_warning(spell.from_on - ahead * DAY)
    verdict = early(spell, [*others, warned], on)
    assert verdict.word in {"warned", "told"}
    assert verdict.days == 0


@given(turned(), warnings, st.integers(0, 200), days)
def test_one_more_warning_never_costs_more(spell, known, later, on):
    day = spell.from_on + later * DAY
    assert early(spell, [*known, plain_warning(on)], day).days <= early(spell, known, day).days


@given(turned(), warnings, st.integers(0, 200), st.integers(0, 30))
def test_speaking_later_never_costs_less(spell, known, late, more):
    """The same warning, some days later."""
    day = spell.from_on + 300 * DAY
    first = Forewarning(spell.from_on + late * DAY)
    second = Forewarning(first.on + more * DAY)
    assert early(spell, [*known, first], day).days <= early(spell, [*known, second], day).days


@given(days, st.integers(0, 200))
def test_hidden_delay_costs_every_day_and_grows(start, later):
    today = early(Spell(start), [], start + later * DAY)
    assert (today.word, today.days) == ("hidden", later + 1)
    assert early(Spell(start), [], start + (later + 1) * DAY).days == later + 2


@given(days, st.integers(0, 100))
def test_a_delay_that_is_over_stops_costing(start, lasted):
    spell = Spell(start, start + lasted * DAY)
    assert early(spell, [], start + 300 * DAY).days == lasted + 1


@given(days, st.integers(0, 200))
def test_what_the_own_report_turned_was_told(start, later):
    assert early(Spell(start, told=True), [], start + later * DAY).days == 0


def test_a_plain_warning_speaks_for_a_quarter_and_a_blocker_while_it_stands():
    turn = date(2026, 6, 30)
    stale = plain_warning(turn - SPEAKS - DAY)
    assert early(Spell(turn), [stale], turn).word == "hidden"
    assert early(Spell(turn), [Forewarning(stale.on)], turn).word == "warned"
    cleared = Forewarning(stale.on, turn - DAY)
    assert early(Spell(turn), [cleared], turn).word == "hidden"


def test_a_warning_that_stands_is_told_before_any_light_turned():
    verdict = early(None, [plain_warning(date(2026, 6, 1))], date(2026, 6, 18))
    assert (verdict.word, verdict.days, verdict.warned_on) == ("standing", 0, date(2026, 6, 1))
    assert early(None, [], date(2026, 6, 18)).word == "none"


facts = st.builds(
    lambda start, length, nodes, percent, reported, begun: Facts(
        period=Period(start, start + length * DAY),
        nodes=tuple(sorted(start + n * DAY for n in nodes if n < length)),
        actual=None if percent is None else Decimal(percent),
        reported_on=reported,
        start_by=start if begun else None,
    ),
    days,
    st.integers(1, 200),
    st.sets(st.integers(1, 199), max_size=3),
    st.none() | st.integers(0, 100),
    st.none() | days,
    st.booleans(),
)


@given(facts, st.integers(0, 400))
def test_a_spell_begins_on_the_first_day_that_the_light_is_not_in_order(known, later):
    since = known.reported_on or known.period.start
    on = since + later * DAY
    bad = [
        since + n * DAY for n in range(later + 1) if SEVERITY[light(known, since + n * DAY).word]
    ]
    found = spells([(since, known)], on)
    assert [spell.from_on for spell in found] == bad[:1]
    assert all(spell.to_on is None for spell in found)


@given(st.lists(st.tuples(days, facts), min_size=1, max_size=4, unique_by=lambda p: p[0]))
def test_spells_are_the_bad_days_of_the_pieces_and_nothing_else(pieces):
    pieces.sort(key=lambda piece: piece[0])
    on = pieces[-1][0] + 60 * DAY
    known = []
    for number, (since, piece) in enumerate(pieces):
        last = pieces[number + 1][0] - DAY if number + 1 < len(pieces) else on
        seen = replace_seen(piece, since)
        known.append((since, seen))
        assert last >= since
    found = spells(known, on)
    inside = {
        spell.from_on + n * DAY
        for spell in found
        for n in range(((spell.to_on or on) - spell.from_on).days + 1)
    }
    bad = set()
    for number, (since, piece) in enumerate(known):
        last = known[number + 1][0] - DAY if number + 1 < len(known) else on
        days_of = (since + n * DAY for n in range((last - since).days + 1))
        bad |= {day for day in days_of if SEVERITY[light(piece, day).word]}
    assert inside == bad


def replace_seen(piece, since):
    """What is reported later is not known in this piece."""
    from dataclasses import replace

    return piece if piece.reported_on is None else replace(piece, reported_on=since)
