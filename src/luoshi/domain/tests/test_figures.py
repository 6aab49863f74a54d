"""Indicators against their pace: one example a kind, the forecast, the needs, the three gaps."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from luoshi.domain.base import Period, Refused
from luoshi.domain.pacing import (
    PRESETS,
    Known,
    Measure,
    Owed,
    Peer,
    Profile,
    Report,
    compared,
    curve_of,
    expected,
    figure_light,
    forecast,
    needed,
    stand,
    three_gaps,
)
from luoshi.ui.sentences import tell

YEAR = Period.year(2026)
MARCH, JUNE = date(2026, 3, 31), date(2026, 6, 30)
QUARTERS = tuple(Owed(Period.quarter(2026, n).end, Period.quarter(2026, n).end.replace(day=30))
                 for n in (1, 2, 3, 4))  # fmt: skip


def measure(kind="flow", target=200, start=None, **more):
    start = None if start is None else Decimal(start)
    return Measure(kind=kind, target=Decimal(target), start=start, period=YEAR, **more)


def test_last_years_own_curve_is_a_profile_with_missing_months_left_out():
    profile = curve_of({1: Decimal(4), 2: None, 3: Decimal(30), 6: Decimal(28), 12: Decimal(80)})
    on = [date(2026, 1, 31), date(2026, 2, 28), MARCH, JUNE, YEAR.end]
    assert [expected(profile, YEAR, day) for day in on] == [
        5,
        5,
        Decimal("37.5"),
        Decimal("37.5"),
        100,
    ]
    with pytest.raises(Refused, match="bad_curve"):
        curve_of({6: Decimal(10)})
    with pytest.raises(Refused, match="quarters_need_year"):
        expected(profile, Period.half(2026, 1), JUNE)


@pytest.mark.parametrize(
    ("kind", "target", "start", "lower", "value", "expected_value", "gap", "points"),
    [
        ("flow", 200, None, False, 90, "100.00", "-10.00", "-5.00"),
        ("flow", 12, None, True, 5, "6.00", "1.00", "8.33"),  # a ceiling: 6 may have come
        ("level", 40, 30, False, 34, "35.00", "-1.00", "-10.00"),  # 4 of the way's 10
        ("level", 40, None, False, 38, "40.00", "-2.00", "-5.00"),  # no start known: to be held
        ("level", 20, 30, True, 24, "25.00", "1.00", "10.00"),
        ("ratio", 96, 92, False, "94.5", "94.00", "0.50", "0.50"),
        ("ratio", 96, None, False, 95, "96.00", "-1.00", "-1.00"),
        ("ratio", 3, 5, True, "4.2", "4.00", "-0.20", "-0.20"),
        ("index", 105, None, False, 103, "105.00", "-2.00", "-1.90"),
        ("index", 50, 60, True, 54, "55.00", "1.00", "2.00"),
    ],
)
def test_each_kind_has_its_arithmetic(
    kind, target, start, lower, value, expected_value, gap, points
):
    seen = stand(measure(kind, target, start, lower=lower), Decimal(value), JUNE)
    assert (seen.expected, seen.gap) == (Decimal(expected_value), Decimal(gap))
    assert seen.gap_points == Decimal(points)


def test_missing_figure_and_senseless_target_stay_without_a_gap():
    missing = stand(measure(), None, JUNE)
    assert (missing.gap, missing.gap_points, missing.met) == (None, None, None)
    assert tell(missing.sentence) == "应达100.00，完成数待补。"
    assert stand(measure(target=0), Decimal(3), JUNE).gap is None


def light_of(one, value, as_of, on, **more):
    report = Report(as_of=as_of, owed=QUARTERS, **more)
    seen = None if as_of is None else stand(one, Decimal(value), as_of)
    return figure_light(one, seen, report, on)


def test_light_speaks_in_the_indicators_unit():
    shown = light_of(measure(unit="万元"), 60, JUNE, date(2026, 7, 5))
    assert shown.word == "slow"
    assert tell(shown.arithmetic) == (
        "应达100.00万元，实际60万元，差40.00万元，慢20.00个百分点，已到偏慢线（10个百分点）。"
    )


def test_silence_overrides_green_once_the_day_it_was_owed_has_passed():
    owed = (Owed(MARCH, date(2026, 4, 10)), Owed(JUNE, date(2026, 7, 10)))
    one, good = measure(), Decimal(60)
    report = Report(as_of=MARCH, owed=owed)
    seen = stand(one, good, MARCH)
    assert figure_light(one, seen, report, date(2026, 7, 10)).word != "silent"
    silent = figure_light(one, seen, report, date(2026, 7, 11))
    assert silent.word == "silent"
    assert tell(silent.arithmetic) == (
        "截至2026-06-30的数应于2026-07-10报送，至今未报，已1天；现有数截至2026-03-31。"
    )
    assert figure_light(one, None, Report(owed=owed), date(2026, 4, 11)).word == "silent"


def test_broken_ceiling_is_late_at_once_and_zero_accidents_stay_zero():
    ceiling = measure(target=3, lower=True, places=0)
    assert light_of(ceiling, 4, MARCH, MARCH).word == "late"
    none = measure(target=0, lower=True, places=0)
    assert light_of(none, 0, MARCH, MARCH).word == "ok"
    assert light_of(none, 1, MARCH, MARCH).word == "late"


@pytest.mark.parametrize(("value", "word"), [(200, "ok"), (199, "late")])
def test_when_the_years_last_figure_is_in_the_target_is_met_or_not(value, word):
    assert light_of(measure(), value, YEAR.end, date(2027, 1, 20)).word == word


def test_three_published_rules_side_by_side():
    one = measure()
    seen, report = stand(one, Decimal(90), JUNE), Report(as_of=JUNE, rank_from_bottom=2)
    words = {code: shown.word for code, shown in compared(one, seen, report, JUNE).items()}
    assert words == {"yinchuan-2025": "ok", "sanya-2022": "slow", "cangnan-2022": "late"}
    assert list(words) == list(PRESETS)


def test_forecast_with_its_interval_by_hand():
    # steps 10, 20, 15 on shares of 1/12 each: 45 done of a quarter expected
    months = [Period.month(2026, n).end for n in (1, 2, 3)]
    known = [Known(day, Decimal(v)) for day, v in zip(months, (10, 30, 45), strict=True)]
    told = forecast(measure(unit="户"), known)
    # s² = 12 x ((10-15)² + (20-15)² + 0) / 2 = 300; rest .75 + .75²/.25 = 3; t(2) = 1.886
    assert (told.value, told.low, told.high) == (180, Decimal("123.42"), Decimal("236.58"))
    assert tell(told.sentence).startswith("照此进度，期末预计180.00户，八成把握在123.42至236.58户")
    assert forecast(measure(), known[:2]).low is None
    assert forecast(measure(), []).value is None
    held = forecast(measure("ratio", 95), [Known(months[0], Decimal(93))])
    assert held.value == 93


@pytest.mark.parametrize(
    ("one", "value", "each", "code"),
    [
        (measure(target=200), "101", "14.15", "pacing.need"),
        (measure(target=12, lower=True, places=0), "5", "1", "pacing.spare"),
        (measure(target=12, lower=True, places=0), "13", None, "pacing.spare_none"),
        (measure("index", 50, 60, lower=True), "56", "0.86", "pacing.need_lower"),
        (measure("index", 50, 60, lower=True), "49", "0", "pacing.need_nothing"),
    ],
)
def test_needed_for_each_month_left(one, value, each, code):
    need = needed(one, Decimal(value), date(2026, 6, 18))
    assert (need.per_month, need.sentence.code) == (each and Decimal(each), code)
    assert needed(one, None, JUNE).per_month is None


def test_three_gaps_on_one_row():
    one = measure(unit="万元", places=0)
    own, mandate, peer = three_gaps(
        one, Decimal(102), JUNE, mandate=Decimal(220), peer=Peer("邻镇", Decimal(120))
    )
    assert [gap.gap for gap in (own, mandate, peer)] == [2, -8, -18]
    assert [gap.gap_points for gap in (own, mandate, peer)] == [
        Decimal("1.00"), Decimal("-3.64"), Decimal("-15.00"),
    ]  # fmt: skip
    assert tell(peer.sentence) == "邻镇120万元，差18万元。"
    bare = three_gaps(one, None, JUNE, peer=Peer("邻镇", Decimal(120)))
    assert [gap.gap for gap in bare] == [None, None, None]
    ratio = three_gaps(
        replace(one, kind="ratio"), Decimal(95), JUNE, peer=Peer("邻镇", Decimal(97))
    )
    assert ratio[2].gap_points == -2


def test_pace_by_days_judges_a_figure_on_the_day_it_speaks_of():
    one = measure(profile=Profile("days"))
    shown = light_of(one, 98, JUNE, date(2026, 7, 20))
    assert shown.pace is not None
    assert shown.pace.expected == Decimal("49.59")
