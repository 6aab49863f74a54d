"""The pages of pace: a row says everything, missing stays missing, queries stay constant."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from luoshi.domain.base import Period, Refused
from luoshi.indicators import actions, queries
from luoshi.indicators.actions import Peer
from luoshi.indicators.models import Course, Reading
from luoshi.indicators.sharing import Taker
from luoshi.indicators.tests.test_sharing import divide, indicator_of, target_of
from tests.cast import TODAY, unit

MAY = date(2026, 5, 31)


@pytest.fixture
def lin(cast):
    return cast.actor("lin")


def said(indicator, unit, value, end=MAY):
    Reading.objects.create(
        jurisdiction=unit.jurisdiction, indicator=indicator, definition=indicator.definitions.first(),
        unit=unit, starts_on=end.replace(day=1), ends_on=end, as_of=end, value=Decimal(value), source="账",
    )  # fmt: skip


def row_of(actor, cast, **more):
    (row,) = queries.pace_of(actor, TODAY, 2026, place=cast.town, **more).rows
    return row


def test_row_has_gap_light_forecast_and_three_gaps(cast, lin):
    indicator = indicator_of(cast, reporters=(cast.town,))
    target_of(cast, indicator, "120")
    actions.set_target(
        actor=lin, today=TODAY, indicator=indicator, unit=cast.town, period=Period.year(2026),
        aim=actions.Aim(basis="mandate", value=Decimal(144), source="县目标任务书"),
    )  # fmt: skip
    actions.add_benchmark(
        actor=lin, today=TODAY, indicator=indicator, unit=cast.town,
        peer=Peer(name="白果镇", period=Period.month(2026, 5), value=Decimal(60), source="月报", as_of=MAY),
    )  # fmt: skip
    for month, value in enumerate(("5", "14", "21", "28", "34"), start=1):
        said(indicator, cast.town, value, Period.month(2026, month).end)
    row = row_of(lin, cast)
    assert (row.value, row.standing.expected, row.standing.gap) == (34, 50, -16)
    assert (row.light.word, row.standing.gap_points) == ("slow", Decimal("-13.34"))
    assert [gap.gap for gap in row.gaps] == [-16, -26, -26]
    assert row.forecast.value == Decimal("81.6")
    assert row.forecast.low < Decimal("81.6") < row.forecast.high
    assert row.needed.per_month == Decimal("12.3")  # 86 in seven months
    assert row.series == (50, 140, 210, 280, 340)


def test_town_without_own_figure_stands_at_what_its_villages_said_and_names_the_missing(cast, lin):
    indicator = indicator_of(cast)
    target_of(cast, indicator, "100")
    cell = actions.Entering(
        indicator=indicator, unit=cast.east, period=Period.month(2026, 5), value=Decimal(50)
    )
    actions.save_readings(actor=cast.actor("wang"), today=TODAY, cells=[cell])
    row = row_of(lin, cast)
    assert (row.value, row.missing) == (50, 1)
    assert row.light.word == "ok"


def test_no_figure_is_silent_after_its_day_and_never_zero(cast, lin):
    target_of(cast, indicator_of(cast, reporters=(cast.town,)), "100")
    row = row_of(lin, cast)
    assert (row.value, row.standing, row.light.word) == (None, None, "silent")
    assert row.forecast.value is None


def test_last_years_curve_and_quarter_weights_are_courses_and_a_bad_one_is_told(cast, lin):
    indicator = indicator_of(cast, reporters=(cast.town,))
    target_of(cast, indicator, "100")
    said(indicator, cast.town, "40")
    actions.set_course(
        actor=lin, today=TODAY, indicator=indicator, year=2026, profile="quarters",
        weights=[["1", "15"], ["2", "25"], ["3", "25"], ["4", "35"]],
    )  # fmt: skip
    assert row_of(lin, cast).standing.expected == Decimal("31.7")
    course = Course.objects.get()
    actions.set_course(
        actor=lin, today=TODAY, indicator=indicator, year=2026, profile="curve", version=course.version
    )  # fmt: skip
    assert row_of(lin, cast).broken_course.code == "pacing.bad_curve"
    said(indicator, cast.town, "20", date(2025, 5, 31))
    said(indicator, cast.town, "80", date(2025, 12, 31))
    assert row_of(lin, cast).standing.expected == 25
    with pytest.raises(Refused, match="bad_quarters"):
        actions.set_course(
            actor=lin, today=TODAY, indicator=indicator, year=2026, profile="quarters",
            weights=[["1", "15"]] * 4, version=2,
        )  # fmt: skip


def test_rule_of_the_plan_counts_before_the_places_own_and_the_countys(cast, lin):
    assert queries.rule_of(lin, cast.town, 2026) is None
    actions.choose_rule(actor=lin, today=TODAY, unit=cast.town, rule="cangnan-2022")
    assert queries.pace_of(lin, TODAY, 2026, place=cast.town).rule.code == "cangnan-2022"
    assert queries.rule_of(lin, cast.east, 2026).rule == "cangnan-2022"
    with pytest.raises(Refused, match="no_such_rule"):
        actions.choose_rule(actor=lin, today=TODAY, unit=cast.town, rule="x")


def test_quarter_is_met_short_or_missing(cast, lin):
    first = indicator_of(cast, "税收", reporters=(cast.town,))
    second = indicator_of(cast, "投资", reporters=(cast.town,))
    third = indicator_of(cast, "用工", reporters=(cast.town,))
    for one in (first, second, third):
        target_of(cast, one, "100")
    said(first, cast.town, "26", date(2026, 3, 31))
    said(second, cast.town, "26", date(2026, 3, 31))
    said(third, cast.town, "26", date(2026, 2, 28))
    actions.set_target(
        actor=lin, today=TODAY, indicator=second, unit=cast.town, period=Period.quarter(2026, 1),
        aim=actions.Aim(basis="own", value=Decimal(30)),
    )  # fmt: skip
    page = queries.quarter_of(lin, TODAY, 2026, 1, place=cast.town, unit=cast.town)
    assert [(x.verdict, x.due, x.gap) for x in page.lines] == [
        ("met", 25, 1), ("short", 30, -4), ("missing", 25, None),
    ]  # fmt: skip
    assert (page.judged, page.counts["met"]) == (2, 1)


def test_disparity_between_villages_now_and_since(cast, lin):
    third = unit(cast.town, 5, "village", "河村")
    indicator = indicator_of(cast, reporters=(cast.east, cast.west, third))
    for place, then, now in ((cast.east, "8", "12"), (cast.west, "20", "22"), (third, None, "9")):
        said(indicator, place, now)
        if then:
            said(indicator, place, then, date(2025, 5, 31))
    page = queries.disparity_of(lin, TODAY, indicator, place=cast.town, line=Decimal(10))
    assert [line.member.label for line in page.seen.lines] == ["西村", "东村", "河村"]
    assert (page.trend.way, page.trend.left_out) == ("narrowing", ("河村",))
    assert [m.label for m in page.lifted.lifted] == ["东村"]
    seen = queries.disparity_of(cast.actor("wang"), TODAY, indicator, place=cast.town)
    assert [line.member.label for line in seen.seen.lines] == ["东村"]  # a village sees itself


PAGES = ["pace", "rules", "quarter", "disparity", "hand_out"]


@pytest.mark.parametrize("page", PAGES)
def test_pages_open_in_a_constant_number_of_queries(
    cast, lin, signed_in, page, django_assert_max_num_queries
):
    client = signed_in("lin")
    villages = [cast.east, cast.west]
    _fill(cast, lin, villages, 1)
    url = reverse(f"indicators:{page}")
    with django_assert_max_num_queries(45) as few:
        assert client.get(url).status_code == 200
    _fill(cast, lin, villages, 7)
    with django_assert_max_num_queries(len(few)):
        assert client.get(url).status_code == 200


def _fill(cast, lin, villages, count):
    start = queries.indicators(lin, TODAY).count()
    for n in range(start, start + count):
        one = indicator_of(cast, f"指标{n}", reporters=villages)
        target = target_of(cast, one, "100")
        for place in villages:
            said(one, place, "20")
        divide(lin, target, "equal", [Taker(unit=place) for place in villages])


def test_division_is_previewed_refused_and_saved_on_its_page(cast, lin, signed_in):
    client, target = signed_in("lin"), target_of(cast, indicator_of(cast))
    url = reverse("indicators:divide", args=[target.pk])
    keys = [str(cast.east.pk), str(cast.west.pk)]
    form = {"rule": "weight", "to": "units", "version": 1, "key": "k", "on": keys}
    form |= {f"weight-{keys[0]}": "30", f"weight-{keys[1]}": "60"}
    shown = client.post(
        reverse("indicators:divide_preview", args=[target.pk]), form
    ).content.decode()
    assert "33.3" in shown
    assert "66.7" in shown
    assert not target.children.exists()
    wrong = client.post(url, form | {f"weight-{keys[1]}": "-5"})
    assert wrong.status_code == 422
    assert "权重不得为负" in wrong.content.decode()
    assert 'value="30"' in wrong.content.decode()
    assert client.post(url, form).status_code == 302
    assert [row.value for row in target.children.order_by("unit__path")] == [
        Decimal("33.3"),
        Decimal("66.7"),
    ]


def test_set_is_previewed_then_given_on_its_page(cast, lin, signed_in):
    client, target = signed_in("lin"), target_of(cast, indicator_of(cast))
    url = reverse("indicators:hand_out")
    form = {"to": "villages", "rule": "equal", "targets": [str(target.pk)], "key": "h"}
    shown = client.post(url, form | {"go": "preview"})
    assert "尚未保存" in shown.content.decode()
    assert client.post(url, form | {"go": "save"}).status_code == 302
    assert target.children.count() == 2


def test_rule_and_course_are_chosen_on_their_pages(cast, lin, signed_in):
    client, indicator = signed_in("lin"), indicator_of(cast, reporters=(cast.town,))
    assert client.post(reverse("indicators:rules"), {"rule": "sanya-2022"}).status_code == 302
    assert queries.rule_of(lin, cast.town, 2026).rule == "sanya-2022"
    url = reverse("indicators:course", args=[indicator.pk])
    bad = client.post(url, {"profile": "quarters", "q1": "50", "q2": "60"})
    assert bad.status_code == 422
    nodes = {"profile": "milestones", "nodes": "2026-04-30 30\n2026-11-30 70"}
    assert client.post(url, nodes).status_code == 302
    assert Course.objects.get().weights == [["2026-04-30", "30"], ["2026-11-30", "70"]]
    assert client.get(url).status_code == 200
