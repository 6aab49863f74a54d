"""Targets shared out: exact, all at once, with the basis kept; and given back, and again."""

from datetime import date
from decimal import Decimal

import pytest

from luoshi.domain.base import Period, Refused
from luoshi.goals.models import Plan
from luoshi.indicators import actions, queries, sharing
from luoshi.indicators.actions import Aim, Defining, Dividing, Handing, Naming
from luoshi.indicators.models import Division, Indicator, Reading, Share, Target
from luoshi.indicators.sharing import Taker
from luoshi.journal.models import Entry
from luoshi.store.rows import Stale
from tests.cast import TODAY, make, unit

YEAR = Period.year(2026)


@pytest.fixture
def lin(cast):
    return cast.actor("lin")


def indicator_of(cast, name="村集体经济收入", *, kind="flow", reporters=None, **defining):
    said = {"statement": "合作社和出租收入", "measure": "万元", "decimals": 1, "source": "村账"}
    made = actions.create_indicator(
        actor=cast.actor("lin"), today=TODAY, unit=cast.town, naming=Naming(name=name, kind=kind),
        defining=Defining(**(said | defining)), reporters=reporters or (cast.east, cast.west),
    )  # fmt: skip
    return Indicator.objects.get(pk=made.id)


def target_of(cast, indicator, value="100", unit=None, **more):
    made = actions.set_target(
        actor=cast.actor("lin"), today=TODAY, indicator=indicator, unit=unit or cast.town,
        period=YEAR, aim=Aim(basis="own", value=Decimal(value), **more),
    )  # fmt: skip
    return Target.objects.get(pk=made.id)


def divide(actor, target, rule, takers, **more):
    return actions.divide_target(
        actor=actor, today=TODAY, target=target, version=target.version,
        dividing=Dividing(rule=rule, takers=takers, base=more.pop("base", None)), **more,
    )  # fmt: skip


def children(target):
    rows = target.children.exclude(state="withdrawn").order_by("unit__path")
    return {row.unit.short_name: row.value for row in rows}


def test_division_writes_every_child_at_once_with_its_basis(cast, lin):
    third = unit(cast.town, 5, "village", "河村")
    target = target_of(cast, indicator_of(cast))
    takers = [Taker(unit=one, weight=Decimal(30)) for one in (cast.east, cast.west, third)]
    divide(lin, target, "weight", takers)
    assert children(target) == {
        "东村": Decimal("33.4"),
        "西村": Decimal("33.3"),
        "河村": Decimal("33.3"),
    }
    child = target.children.get(unit=third)
    assert (child.state, child.parent_id, child.basis) == ("in_force", target.pk, "own")
    assert child.share.weight == 30
    kept = Entry.objects.get(verb="indicators.target.divide").changes["division"][1]
    assert kept["rule"] == "weight"
    assert [part["value"] for part in kept["parts"]] == ["33.4", "33.3", "33.3"]


def test_base_is_last_years_actual_and_missing_is_not_zero(cast, lin):
    indicator = indicator_of(cast)
    target = target_of(cast, indicator)
    takers = [Taker(unit=cast.east), Taker(unit=cast.west)]
    _reading(indicator, cast.east, "30")
    with pytest.raises(Refused) as refused:
        divide(lin, target, "base", takers, base=indicator)
    assert refused.value.why.params["who"] == ("西村",)
    _reading(indicator, cast.west, "10")
    divide(lin, target, "base", takers, base=indicator)
    assert children(target) == {"东村": Decimal(75), "西村": Decimal(25)}


def _reading(indicator, unit, value, end=date(2025, 12, 31)):
    Reading.objects.create(
        jurisdiction=unit.jurisdiction, indicator=indicator, definition=indicator.definitions.get(),
        unit=unit, starts_on=end.replace(day=1), ends_on=end, as_of=end, value=Decimal(value),
        source="村账",
    )  # fmt: skip


def test_changed_target_is_found_and_divided_again_by_the_same_rule(cast, lin):
    plan = make(Plan, cast, unit=cast.town, year=2026, title="计划", state="in_force")
    target = target_of(cast, indicator_of(cast), plan=plan)
    takers = [Taker(unit=cast.east, fixed=Decimal(40)), Taker(unit=cast.west)]
    divide(lin, target, "equal", takers)
    target.refresh_from_db()
    actions.edit_target(
        actor=lin, today=TODAY, target=target, version=target.version, value=Decimal(120),
        reason="县里加压",
    )  # fmt: skip
    (found,) = queries.findings(lin, TODAY, plan)
    assert (found.code, found.remedy.verb) == ("C06", "divide_again")
    assert found.why.params["gap"] == 20
    target.refresh_from_db()
    with pytest.raises(Refused, match="target_says_why"):
        actions.divide_again(actor=lin, today=TODAY, target=target, version=target.version)
    actions.divide_again(
        actor=lin, today=TODAY, target=target, version=target.version, reason="县里加压"
    )
    assert children(target) == {"东村": Decimal(40), "西村": Decimal(80)}
    assert not queries.findings(lin, TODAY, plan)


def test_who_is_no_longer_named_gives_the_share_back(cast, lin):
    target = target_of(cast, indicator_of(cast))
    divide(lin, target, "equal", [Taker(unit=cast.east), Taker(unit=cast.west)])
    target.refresh_from_db()
    divide(lin, target, "equal", [Taker(unit=cast.east)], reason="西村并入片区")
    assert children(target) == {"东村": Decimal(100)}
    assert Share.objects.count() == 1


def test_second_writer_is_stale_and_nothing_is_written(cast, lin):
    target = target_of(cast, indicator_of(cast))
    divide(lin, target, "equal", [Taker(unit=cast.east)])
    with pytest.raises(Stale):
        divide(lin, target, "equal", [Taker(unit=cast.west)])
    assert children(target) == {"东村": Decimal(100)}


@pytest.mark.parametrize(
    ("takers", "code"),
    [
        (lambda c: [Taker(unit=c.other_village)], "indicators.taker_elsewhere"),
        (lambda c: [Taker(unit=c.town)], "indicators.taker_elsewhere"),
        (lambda c: [Taker(unit=c.east), Taker(unit=c.east)], "cascade.share.twice"),
        (lambda c: [Taker(unit=c.east, post=c.posts["wang"])], "indicators.post_elsewhere"),
        (lambda c: [Taker(unit=c.east, fixed=Decimal(101)), Taker(unit=c.west)], "cascade.share.fixed_exceeds"),
        (lambda c: [], "cascade.share.nobody"),
    ],
)  # fmt: skip
def test_division_that_cannot_be_is_refused_in_words(cast, lin, takers, code):
    target = target_of(cast, indicator_of(cast))
    with pytest.raises(Refused) as refused:
        divide(lin, target, "equal", takers(cast))
    assert refused.value.why.code == code
    assert not Division.objects.exists()


def test_village_divides_its_own_share_among_its_posts_and_no_other(cast, lin):
    target = target_of(cast, indicator_of(cast))
    divide(lin, target, "equal", [Taker(unit=cast.east), Taker(unit=cast.west)])
    mine = target.children.get(unit=cast.east)
    wang = cast.actor("wang")
    takers = [
        Taker(unit=cast.east, post=cast.posts[one], weight=Decimal(w))
        for one, w in (("wang", 60), ("ma", 40))
    ]
    divide(wang, mine, "weight", takers)
    assert [share.value for share in queries.my_shares(cast.actor("ma"), TODAY, 2026)] == [20]
    with pytest.raises(Refused, match=r"access\."):
        divide(wang, target.children.get(unit=cast.west), "equal", [])


def test_set_is_handed_out_whole_or_not_at_all(cast, lin, django_assert_max_num_queries):
    villages = [
        cast.east,
        cast.west,
        *(unit(cast.town, n, "village", f"{n}村") for n in range(5, 18)),
    ]
    names = [f"指标{n}" for n in range(8)]
    targets = [target_of(cast, indicator_of(cast, name), "150") for name in names]
    takers = [Taker(unit=one) for one in villages]
    handed = [
        Handing(target=t, version=t.version, dividing=Dividing(rule="equal", takers=takers))
        for t in targets
    ]
    bad = Handing(target=targets[0], version=1, dividing=Dividing(rule="weight", takers=takers))
    with pytest.raises(Refused) as refused:
        actions.hand_out(actor=lin, today=TODAY, place=cast.town, set_of=[*handed[1:], bad])
    assert refused.value.why.params["indicator"] == "指标0"
    assert not Target.objects.filter(parent__isnull=False).exists()
    with django_assert_max_num_queries(8 * 13 + 20):
        answer = actions.hand_out(actor=lin, today=TODAY, place=cast.town, set_of=handed)
    assert answer.facts == {"targets": 8, "shares": 120}
    assert Target.objects.filter(parent__in=targets, value=10).count() == 120


def test_bases_and_proposal_of_a_target_that_no_rule_fits(cast, lin):
    target = target_of(cast, indicator_of(cast), "100")
    takers = [Taker(unit=cast.east, weight=Decimal(0)), Taker(unit=cast.west, weight=Decimal(-1))]
    proposal = sharing.propose(target, "weight", takers, sharing.definition_of(target))
    assert not proposal.sound
    assert [f.severity for f in proposal.findings] == ["warning", "error"]
