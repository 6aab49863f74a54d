"""序时进度 and lights: published examples, and what must hold for every item."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.domain.base import Period, Refused
from luoshi.domain.pacing import (
    CANGNAN_2022,
    FOR_EVER,
    LINEAR,
    PRESETS,
    SANYA_2022,
    SEVERITY,
    YINCHUAN_2025,
    Facts,
    MilestoneWeight,
    Profile,
    completion,
    expected,
    lasting,
    light,
    needed_per_month,
    pace,
    silent_since,
)
from luoshi.domain.pacing.lights import whole_months
from luoshi.office.china_calendar import china_calendar

CALENDAR = china_calendar()
YEAR = Period.year(2026)
QUARTERS = Profile("quarters", tuple(map(Decimal, (15, 25, 25, 35))))
JUNE = date(2026, 6, 18)


def word(rule, expected_percent, actual, **fields):
    """The word for a pace at the end of a month of the year."""
    facts = Facts(YEAR, actual=Decimal(actual), reported_on=expected_percent, **fields)
    return light(facts, expected_percent, rule).word


# Expected.


@pytest.mark.parametrize(
    ("on", "actual", "gap"),
    [(date(2026, 3, 31), "30.90", "5.90"), (date(2026, 10, 31), "97.2", "13.87")],
)
def test_gap_of_the_published_examples(on, actual, gap):
    assert pace(LINEAR, YEAR, on, Decimal(actual)).gap_points == Decimal(gap)


@pytest.mark.parametrize(
    ("profile", "on", "share"),
    [
        (LINEAR, date(2025, 12, 31), "0.00"),
        (LINEAR, date(2026, 1, 30), "0.00"),
        (LINEAR, date(2026, 1, 31), "8.33"),
        (LINEAR, JUNE, "41.67"),
        (LINEAR, date(2026, 12, 31), "100.00"),
        (LINEAR, date(2027, 3, 1), "100.00"),
        (Profile("days"), date(2026, 1, 1), "0.27"),
        (Profile("days"), JUNE, "46.30"),
        (QUARTERS, date(2026, 3, 31), "15.00"),
        (QUARTERS, date(2026, 4, 30), "23.33"),
        (QUARTERS, date(2026, 9, 30), "65.00"),
        (QUARTERS, date(2026, 12, 31), "100.00"),
    ],
)
def test_expected_share_on_a_day(profile, on, share):
    assert expected(profile, YEAR, on) == Decimal(share)


def test_expected_by_working_days_counts_make_up_days():
    january = Period.month(2026, 1)
    worked = CALENDAR.count(january.start, january.end)
    share = expected(Profile("working_days"), january, date(2026, 1, 4), CALENDAR)
    # 1 to 3 January off, Sunday 4 January made up: one working day gone
    assert share == (Decimal(100) / worked).quantize(Decimal("0.01"))


def test_expected_by_milestones_is_the_weight_gone():
    nodes = (MilestoneWeight(date(2026, 3, 31), 1), MilestoneWeight(date(2026, 9, 30), 3))
    profile = Profile("milestones", milestones=nodes)
    on = [date(2026, 3, 30), date(2026, 3, 31), date(2026, 9, 30)]
    assert [expected(profile, YEAR, day) for day in on] == [0, 25, 100]


def test_expected_of_a_broken_period_counts_its_last_month():
    period = Period(date(2026, 3, 10), date(2026, 6, 20))
    ends = [date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 31), date(2026, 6, 20)]
    assert [expected(LINEAR, period, day) for day in ends] == [25, 50, 75, 100]


@pytest.mark.parametrize("weights", [(50, 50), (15, 25, 25, 36), (-5, 35, 35, 35)])
def test_quarter_weights_that_do_not_add_up_are_refused(weights):
    with pytest.raises(Refused, match="bad_quarters"):
        Profile("quarters", tuple(map(Decimal, weights)))


def test_profiles_that_say_nothing_are_refused():
    with pytest.raises(Refused, match="bad_milestones"):
        Profile("milestones")
    with pytest.raises(Refused, match="quarters_need_year"):
        expected(QUARTERS, Period.half(2026, 1), JUNE)
    with pytest.raises(ValueError, match="calendar"):
        expected(Profile("working_days"), YEAR, JUNE)


def test_completion_keeps_the_missing_missing():
    assert completion(None, Decimal(5)) is None
    assert completion(Decimal(3), Decimal(9)) == Decimal("33.33")
    assert completion(Decimal(12), Decimal(10)) == Decimal("120.00")
    with pytest.raises(Refused, match="no_target"):
        completion(Decimal(1), Decimal(0))


profiles = st.sampled_from(
    [
        LINEAR,
        Profile("days"),
        Profile("working_days"),
        QUARTERS,
        Profile(
            "milestones",
            milestones=(
                MilestoneWeight(date(2026, 4, 1), 2),
                MilestoneWeight(date(2026, 10, 9), 5),
            ),
        ),
    ]
)
days = st.dates(date(2025, 11, 1), date(2027, 6, 30))


@given(profiles, days, days)
def test_expected_grows_with_time(profile, a, b):
    a, b = min(a, b), max(a, b)
    one, two = (expected(profile, YEAR, day, CALENDAR) for day in (a, b))
    assert 0 <= one <= two <= 100


@given(st.sampled_from([LINEAR, Profile("days"), Profile("working_days")]), days, days)
def test_expected_of_any_period_ends_at_100(profile, a, b):
    period = Period(min(a, b), max(a, b))
    assert expected(profile, period, period.end, CALENDAR) == 100
    assert expected(profile, period, period.start - timedelta(days=1), CALENDAR) == 0


# Lights.


@pytest.mark.parametrize(
    ("actual", "light_word"),
    [
        ("55", "ok"),
        ("50", "ok"),
        ("40.01", "ok"),
        ("40", "slow"),
        ("20", "slow"),
        ("19.99", "late"),
    ],
)
def test_yinchuan_turns_at_10_and_over_30_points(actual, light_word):
    assert word(YINCHUAN_2025, date(2026, 6, 30), actual) == light_word


@pytest.mark.parametrize(
    ("actual", "light_word"),
    [("50", "ok"), ("49.99", "slow"), ("25", "slow"), ("24.99", "late"), ("0", "late")],
)
def test_sanya_turns_below_pace_and_under_half_of_it(actual, light_word):
    assert word(SANYA_2022, date(2026, 6, 30), actual) == light_word


def test_sanya_asks_for_a_talk_at_the_second_slow_light():
    facts = Facts(YEAR, actual=Decimal(40), reported_on=date(2026, 6, 30))
    assert not light(facts, date(2026, 6, 30), SANYA_2022).talk
    assert light(replace(facts, slow_before=1), date(2026, 6, 30), SANYA_2022).talk


@pytest.mark.parametrize(
    ("actual", "rank", "light_word"),
    [("50", 1, "ok"), ("49", 4, "slow"), ("49", 3, "late"), ("49", None, "slow")],
)
def test_cangnan_is_late_behind_and_among_the_bottom_three(actual, rank, light_word):
    assert word(CANGNAN_2022, date(2026, 6, 30), actual, rank_from_bottom=rank) == light_word


def test_slow_lights_in_a_row_make_late_where_the_rule_says_so():
    rule = replace(YINCHUAN_2025, slow_makes_late=2)
    assert word(rule, date(2026, 6, 30), "35") == "slow"
    assert word(rule, date(2026, 6, 30), "35", slow_before=1) == "late"


def test_light_carries_its_arithmetic():
    facts = Facts(YEAR, actual=Decimal(30), reported_on=date(2026, 6, 30))
    shown = light(facts, date(2026, 6, 30))
    assert shown.arithmetic.code == "pacing.slow_points"
    assert shown.arithmetic.params["expected"] == Decimal("50.00")
    assert shown.arithmetic.params["gap"] == Decimal("20.00")
    assert shown.pace is not None
    assert shown.pace.gap_points == Decimal("-20.00")


def test_silence_at_a_node_overrides_green_until_a_report_comes():
    node = date(2026, 3, 31)
    facts = Facts(YEAR, actual=Decimal(60), reported_on=date(2026, 2, 1), nodes=(node,))
    assert light(facts, node).word == "ok"
    silent = light(facts, date(2026, 4, 1))
    assert (silent.word, silent.silent_since) == ("silent", node)
    assert light(facts, date(2026, 9, 1)).word == "silent"
    assert light(replace(facts, reported_on=date(2026, 9, 1)), date(2026, 9, 1)).word != "silent"


def test_silence_does_not_hide_red():
    facts = Facts(
        YEAR, actual=Decimal(0), reported_on=date(2026, 1, 31), nodes=(date(2026, 8, 31),)
    )
    shown = light(facts, date(2026, 9, 1))
    assert (shown.word, shown.silent_since) == ("late", date(2026, 8, 31))
    assert "pacing.silent_since" in {sentence.code for sentence in shown.also}


def test_report_a_few_days_early_counts_for_its_node_but_not_for_two():
    nodes = (date(2026, 6, 5), date(2026, 6, 12))
    facts = Facts(YEAR, actual=Decimal(50), reported_on=date(2026, 6, 4), nodes=nodes)
    assert silent_since(facts, date(2026, 6, 8)) is None
    assert silent_since(facts, date(2026, 6, 13)) == date(2026, 6, 12)


def test_between_nodes_nobody_is_called_slow_for_an_old_figure():
    facts = Facts(
        YEAR, actual=Decimal(26), reported_on=date(2026, 3, 31), nodes=(date(2026, 3, 31),)
    )
    assert light(facts, date(2026, 4, 15)).word == "ok"
    between = light(facts, date(2026, 9, 15))
    assert (between.word, between.arithmetic.code) == ("none", "pacing.between_nodes")
    assert between.arithmetic.params["node"] == YEAR.end


def test_before_any_node_and_report_the_light_is_neutral():
    assert light(Facts(YEAR), date(2026, 8, 1)).word == "none"


def test_report_without_a_figure_stays_missing():
    shown = light(Facts(YEAR, reported_on=JUNE), JUNE)
    assert (shown.word, shown.arithmetic.code) == ("none", "pacing.no_figure")


@pytest.mark.parametrize(
    ("on", "light_word"),
    [
        (date(2026, 3, 1), "none"),
        (date(2026, 3, 2), "not_started"),
        (date(2026, 4, 1), "slow"),
        (date(2026, 6, 1), "late"),
    ],
)
def test_start_that_has_passed_with_nothing_begun(on, light_word):
    facts = Facts(YEAR, start_by=date(2026, 3, 1))
    assert light(facts, on).word == light_word
    assert light(replace(facts, started_on=date(2026, 2, 27)), on).word == "none"


def test_due_date_passed_is_late_until_reported_done():
    facts = Facts(
        Period(YEAR.start, date(2026, 6, 10)), actual=Decimal(95), reported_on=date(2026, 6, 10)
    )
    assert light(facts, date(2026, 6, 10)).word == "ok"
    late = light(facts, JUNE)
    assert (late.word, late.arithmetic.params["days"]) == ("late", 8)
    assert light(replace(facts, reported_done_on=JUNE), JUNE).word == "ok"
    assert light(replace(facts, closed_on=JUNE), JUNE).word == "done"


def test_a_report_from_the_future_is_not_known_yet():
    facts = Facts(
        YEAR, actual=Decimal(90), reported_on=date(2026, 7, 1), nodes=(date(2026, 3, 31),)
    )
    assert light(facts, JUNE).word == "silent"


nodes = st.lists(st.dates(YEAR.start, YEAR.end), max_size=5).map(tuple)
percents = st.none() | st.decimals(0, 120, places=2)


@st.composite
def items(draw):
    reported = draw(st.none() | days)
    return Facts(
        period=Period(YEAR.start, draw(st.dates(date(2026, 2, 1), YEAR.end))),
        profile=draw(profiles.filter(lambda p: p.kind != "quarters")),
        actual=draw(percents) if reported else None,
        reported_on=reported,
        as_of=draw(st.none() | days) if reported else None,
        nodes=draw(nodes),
        start_by=draw(st.none() | days),
        started_on=draw(st.none() | days),
        rank_from_bottom=draw(st.none() | st.integers(1, 6)),
        slow_before=draw(st.integers(0, 2)),
    )


@given(items(), days, days, st.sampled_from(sorted(PRESETS)))
def test_without_a_report_the_light_never_improves(facts, a, b, preset):
    a, b = min(a, b), max(a, b)
    if facts.reported_on is not None and facts.reported_on > a:
        a = min(facts.reported_on, b)
    if facts.reported_on is not None and facts.reported_on > a:
        return
    rule = PRESETS[preset]
    earlier, later = (light(facts, day, rule, CALENDAR) for day in (a, b))
    assert SEVERITY[later.word] >= SEVERITY[earlier.word]
    assert not (earlier.silent_since and not later.silent_since)


@given(items(), days, st.sampled_from(sorted(PRESETS)))
def test_same_input_gives_the_same_light(facts, day, preset):
    rule = PRESETS[preset]
    assert light(facts, day, rule, CALENDAR) == light(replace(facts), day, rule, CALENDAR)


@given(items(), days, st.decimals(0, 120, places=2), st.decimals(0, 120, places=2))
def test_doing_more_never_gives_a_worse_light(facts, day, one, two):
    less, more = (replace(facts, actual=value) for value in sorted((one, two)))
    words = [light(item, day, calendar=CALENDAR).word for item in (less, more)]
    assert SEVERITY[words[1]] <= SEVERITY[words[0]]


@given(items(), days)
def test_silent_is_never_shown_green(facts, day):
    shown = light(facts, day, calendar=CALENDAR)
    if shown.silent_since is not None:
        assert shown.word in {"silent", "late"}


# How long a light lasts.


@given(items(), days, st.sampled_from(sorted(PRESETS)))
def test_a_word_holds_until_the_day_it_is_said_to_hold_and_no_longer(facts, day, preset):
    rule = PRESETS[preset]
    word, until = lasting(facts, day, rule, CALENDAR)
    end = date(2027, 6, 30)
    for n in range((min(until, end) - day).days + 1):
        assert light(facts, day + timedelta(days=n), rule, CALENDAR).word == word
    if until != FOR_EVER:
        assert light(facts, until + timedelta(days=1), rule, CALENDAR).word != word


def test_an_example_of_how_long_a_light_lasts():
    facts = Facts(YEAR, actual=Decimal(50), reported_on=JUNE, nodes=(date(2026, 9, 30),))
    assert lasting(facts, JUNE) == ("ok", date(2026, 8, 30))  # on the 31st 66.67% are expected
    assert lasting(facts, date(2026, 8, 31)) == ("none", date(2026, 9, 30))
    closed = replace(facts, closed_on=JUNE)
    assert lasting(closed, JUNE) == ("done", FOR_EVER)


# Months and needs.


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2026, 1, 31), date(2026, 2, 28), 1),
        (date(2026, 1, 31), date(2026, 3, 1), 1),
        (date(2026, 3, 1), date(2026, 3, 31), 0),
        (date(2026, 3, 15), date(2026, 6, 15), 3),
        (date(2026, 3, 15), date(2026, 6, 14), 2),
        (date(2026, 3, 15), date(2026, 1, 1), 0),
    ],
)
def test_whole_months(start, end, months):
    assert whole_months(start, end) == months


@given(days, days, days)
def test_whole_months_grow_with_time(start, a, b):
    assert whole_months(start, min(a, b)) <= whole_months(start, max(a, b))


def test_needed_per_month_is_enough_and_named():
    need = needed_per_month(Decimal(100), Decimal("41.5"), YEAR, JUNE)
    assert (need.months_left, need.per_month) == (7, Decimal("8.36"))
    assert needed_per_month(Decimal(100), None, YEAR, JUNE).per_month is None
    assert needed_per_month(Decimal(100), Decimal(120), YEAR, JUNE).remaining == 0
    gone = needed_per_month(Decimal(100), Decimal(90), YEAR, YEAR.end)
    assert (gone.per_month, gone.sentence.code) == (None, "pacing.need_too_late")


@given(st.decimals("0.01", 10**6, places=2), st.decimals(0, 10**6, places=2), days)
def test_needed_per_month_reaches_the_target(target, done, on):
    need = needed_per_month(target, done, YEAR, on)
    if need.per_month is not None:
        assert done + need.per_month * need.months_left >= target
