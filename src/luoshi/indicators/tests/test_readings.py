"""Readings: who may state what, nothing rewritten, totals above them exact and provable."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from luoshi.domain.base import Period, Refused
from luoshi.indicators import actions
from luoshi.indicators.actions import CellsChanged, Defining, Entering, Naming
from luoshi.indicators.models import Indicator, Reading, StoredTotal
from luoshi.journal.models import Entry
from tests.cast import TODAY

MAY = Period.month(2026, 5)
NOW = datetime(2026, 6, 18, 9, 0, tzinfo=UTC)


@pytest.fixture
def lin(cast):
    return cast.actor("lin")


@pytest.fixture
def income(cast, lin):
    return make(cast, lin, "村集体经济收入", reporters=(cast.east, cast.west))


def make(cast, actor, name, *, kind="flow", category="business", reporters=(), **defining):
    said = {"statement": "合作社和出租收入", "measure": "万元", "decimals": 2, "source": "村账"}
    made = actions.create_indicator(
        actor=actor,
        today=TODAY,
        unit=cast.town,
        naming=Naming(name=name, kind=kind, category=category),
        defining=Defining(**(said | defining)),
        reporters=reporters,
    )
    return Indicator.objects.get(pk=made.id)


def state(actor, indicator, unit, value, period=MAY, *, seen=None, **more):
    cell = Entering(
        indicator=indicator,
        unit=unit,
        period=period,
        value=None if value is None else Decimal(value),
        seen=seen,
    )
    return actions.save_readings(actor=actor, today=TODAY, cells=[cell], **more)


def current(indicator, unit, period=MAY):
    return Reading.objects.get(indicator=indicator, unit=unit, ends_on=period.end, current=True)


def total(indicator, unit, period=MAY):
    return StoredTotal.objects.get(indicator=indicator, unit=unit, ends_on=period.end)


def test_village_states_its_figure_and_the_town_adds_up(cast, income):
    state(cast.actor("wang"), income, cast.east, "12.50")
    state(cast.actor("xu"), income, cast.west, "7.25")
    row = total(income, cast.town)
    assert (row.value_sum, row.reported) == (197_500, 2)
    assert Entry.objects.filter(verb="indicators.reading.state").count() == 2


def test_revision_keeps_the_old_reading_and_says_why(cast, income):
    wang = cast.actor("wang")
    state(wang, income, cast.east, "12.50")
    first = current(income, cast.east)
    with pytest.raises(Refused) as refused:
        state(wang, income, cast.east, "13", seen=first.pk)
    assert refused.value.why.params["why"].code == "measuring.revision_says_why"
    state(wang, income, cast.east, "13", seen=first.pk, reason="漏记一笔租金")
    now = current(income, cast.east)
    assert (now.value, now.supersedes_id, now.reason) == (Decimal(13), first.pk, "漏记一笔租金")
    assert Reading.objects.get(pk=first.pk).value == Decimal("12.5")
    assert total(income, cast.town).value_sum == 130_000


def test_second_writer_sees_both_values_and_nothing_is_lost(cast, income):
    state(cast.actor("wang"), income, cast.east, "12.50")
    with pytest.raises(CellsChanged) as met:
        state(cast.actor("ma"), income, cast.east, "99", seen=None, reason="x")
    ((tried, now),) = met.value.pairs
    assert (tried.value, now.value) == (Decimal(99), Decimal("12.5"))
    assert current(income, cast.east).value == Decimal("12.5")


def test_same_figure_twice_writes_nothing(cast, income):
    state(cast.actor("wang"), income, cast.east, "12.50")
    assert state(cast.actor("wang"), income, cast.east, "12.5").version == -1
    assert Reading.objects.count() == 1


@pytest.mark.parametrize(
    ("who", "where", "period", "value", "code"),
    [
        ("wang", "east", Period.month(2026, 6), "1", "measuring.future"),
        ("wang", "east", Period.quarter(2026, 1), "1", "measuring.other_rhythm"),
        ("wang", "east", MAY, "-1", "measuring.negative"),
        ("wang", "east", MAY, "1.234", "measuring.too_fine"),
        ("lin", "economy", MAY, "1", "measuring.no_reporter"),
    ],
)
def test_bad_cell_is_refused_in_words(cast, income, who, where, period, value, code):
    with pytest.raises(Refused) as refused:
        state(cast.actor(who), income, getattr(cast, where), value, period)
    assert refused.value.why.params["why"].code == code
    assert not Reading.objects.exists()


def test_neighbour_and_reader_may_not_state(cast, income):
    for who in ("xu", "zhou"):
        with pytest.raises(Refused) as refused:
            state(cast.actor(who), income, cast.east, "1")
        assert refused.value.why.code.startswith("access.")


def test_statistics_are_published_never_typed(cast, lin):
    output = make(cast, lin, "规上工业增加值", category="statistics")
    with pytest.raises(Refused) as refused:
        state(lin, output, cast.town, "1")
    assert refused.value.why.params["why"].code == "measuring.statistics"
    state(lin, output, cast.town, "1", published=True, source="县统计月报2026年5月")
    assert current(output, cast.town).origin == "published"


def test_weighted_mean_follows_its_weights(cast, lin):
    people = make(
        cast, lin, "常住人口", kind="level", measure="人", decimals=0,
        reporters=(cast.east, cast.west), rhythm="year", aggregation="sum",
    )  # fmt: skip
    per_head = make(
        cast, lin, "人均可支配收入", kind="level", measure="元", decimals=0,
        reporters=(cast.east, cast.west), aggregation="weighted", weight_by=people,
    )  # fmt: skip
    last_year = Period.year(2025)
    state(lin, people, cast.east, "1000", last_year)
    state(lin, per_head, cast.east, "20000")
    state(lin, per_head, cast.west, "10000")
    assert total(per_head, cast.town).reported == 1  # the other's weight is not known
    state(lin, people, cast.west, "3000", last_year)
    row = total(per_head, cast.town)
    assert row.value_sum / row.weight_sum == 12500 * 10_000
    assert row.reported == 2


def test_definition_that_has_readings_is_not_changed_under_them(cast, lin, income):
    state(cast.actor("wang"), income, cast.east, "12.50")
    definition = income.definitions.get()
    said = {"statement": "只计经营性收入", "measure": "万元", "decimals": 1, "source": "村账"}
    with pytest.raises(Refused) as refused:
        actions.edit_definition(
            actor=lin, today=TODAY, definition=definition, version=1, defining=Defining(**said)
        )
    assert refused.value.why.code == "indicators.definition_in_use"
    with pytest.raises(Refused) as refused:
        actions.add_definition(
            actor=lin, today=TODAY, indicator=income, from_on=date(2026, 5, 1), reason="省里统一",
            defining=Defining(**said),
        )  # fmt: skip
    assert refused.value.why.code == "indicators.readings_from_then"
    actions.add_definition(
        actor=lin, today=TODAY, indicator=income, from_on=date(2026, 6, 1), reason="省里统一",
        defining=Defining(**said),
    )  # fmt: skip
    assert current(income, cast.east).definition_id == definition.pk


def test_rebuild_changes_nothing_on_sound_data_and_mends_what_is_wrong(cast, lin, income):
    state(cast.actor("wang"), income, cast.east, "12.50")
    state(cast.actor("xu"), income, cast.west, "7.25")
    again = {"actor": lin, "today": TODAY, "now": NOW, "unit": cast.town}
    assert actions.rebuild_totals(**again).version == -1
    StoredTotal.objects.update(value_sum=1, reported=9)
    assert actions.rebuild_totals(**again).facts == {"changed": 1}
    assert total(income, cast.town).value_sum == 197_500


def test_withdrawn_reading_is_missing_again_and_may_be_stated_anew(cast, income):
    wang = cast.actor("wang")
    state(wang, income, cast.east, "12.50")
    first = current(income, cast.east)
    actions.withdraw_reading(actor=wang, today=TODAY, reading=first, reason="记错村")
    now = current(income, cast.east)
    assert (now.value, now.supersedes_id) == (None, first.pk)
    assert total(income, cast.town).reported == 0
    state(wang, income, cast.east, "3", seen=now.pk, reason="重新核定")
    assert total(income, cast.town).value_sum == 30_000
