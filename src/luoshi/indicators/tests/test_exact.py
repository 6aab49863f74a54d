"""Figures stay exact on either database, and totals are what their readings say, by any path."""

import random
from datetime import UTC, date, datetime
from decimal import Decimal

from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.domain.base import Period
from luoshi.domain.cascade import Stated, tally
from luoshi.indicators import actions
from luoshi.indicators.models import Indicator, IndicatorDefinition, Reading, StoredTotal
from tests.cast import TODAY, unit

from .test_readings import current, make, state

NOW = datetime(2026, 6, 18, 9, 0, tzinfo=UTC)
MONTHS = [Period.month(2026, n) for n in range(1, 6)]


def test_twenty_thousand_figures_are_what_decimals_say(cast):
    rng = random.Random(20260618)
    figures = [Decimal(rng.randrange(-(10**11), 10**11)).scaleb(-2) for _ in range(20_000)]
    lin = cast.actor("lin")
    row = make(cast, lin, "金额", may_be_negative=True, reporters=(cast.east, cast.west))
    definition = IndicatorDefinition.objects.get(indicator=row)
    # one row a figure: superseded readings, so that one cell may hold them all
    Reading.objects.bulk_create(
        (
            Reading(
                jurisdiction=row.jurisdiction, indicator=row, definition=definition,
                unit=cast.east, starts_on=date(2026, 5, 1), ends_on=date(2026, 5, 31),
                as_of=TODAY, value=figure, source="s", current=False,
            )
            for figure in figures
        ),
        batch_size=2_000,
    )  # fmt: skip
    rows = Reading.objects.filter(indicator=row)
    assert sorted(rows.values_list("value", flat=True)) == sorted(figures)
    summed = rows.aggregate(total=Sum("value"))["total"]
    assert Decimal(summed) in {sum(figures), sum(figures).scaleb(4)}
    rolled = tally("sum", [Stated(int(f.scaleb(4))) for f in figures])
    assert Decimal(rolled.value_sum).scaleb(-4) == sum(figures)
    for figure in (figures[0], figures[-1], max(figures)):
        assert rows.filter(value=figure).exists()
        assert rows.filter(value__gte=figure).count() == sum(f >= figure for f in figures)


VALUE = st.none() | st.integers(0, 10**6)
STEPS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 1), VALUE), min_size=1, max_size=8)


@given(STEPS, st.sampled_from(["sum", "mean", "min", "max", "latest", "weighted"]))
@settings(
    max_examples=12, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
def test_path_updates_are_what_the_rebuild_counts(cast, steps, rule):
    lin = cast.actor("lin")
    number = Indicator.objects.count()
    if number == 0:
        unit(cast.town, 8, "village", "北村")
        unit(cast.town, 9, "village", "中村")
    villages = list(cast.town.children.filter(kind="village").order_by("path"))
    weight = make(cast, lin, f"权{number}", kind="level", decimals=0, reporters=villages)
    row = make(
        cast, lin, f"指标{number}", aggregation=rule, decimals=0, reporters=villages,
        weight_by=weight if rule == "weighted" else None,
    )  # fmt: skip
    for step, (at, which, value) in enumerate(steps):
        target = (row, weight)[which]
        seen = Reading.objects.filter(
            indicator=target, unit=villages[at], ends_on=MONTHS[4].end, current=True
        ).first()
        state(
            lin, target, villages[at], value, seen=seen.pk if seen else None,
            reason="修订", as_of=date(2026, 6, 1 + step),
        )  # fmt: skip
    told = StoredTotal.objects.order_by("pk").values_list(
        "pk", "value_sum", "weight_sum", "reported"
    )
    before = list(told)
    again = actions.rebuild_totals(actor=lin, today=TODAY, now=NOW, unit=cast.town)
    assert again.version == -1, again.facts
    assert list(told) == before


def test_one_reading_takes_a_constant_number_of_queries(cast, django_assert_max_num_queries):
    lin = cast.actor("lin")
    row = make(cast, lin, "收入", reporters=(cast.east, cast.west))
    state(lin, row, cast.west, "1")
    with django_assert_max_num_queries(32):
        state(lin, row, cast.east, "2")
    for number in range(10, 25):
        unit(cast.town, number, "village", f"村{number}")
    assert current(row, cast.east).value == 2
    with django_assert_max_num_queries(32):
        for period in MONTHS[:1]:
            state(lin, row, cast.east, "3", period)
