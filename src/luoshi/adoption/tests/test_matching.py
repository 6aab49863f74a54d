"""Names in a text, and whom they seem to mean."""

import pytest

from luoshi.adoption.matching import Ticks, directory, group_of, plain, proposals
from luoshi.org.models import Post, Unit


@pytest.fixture
def known(cast):
    return directory(
        Unit.objects.filter(path__startswith=cast.town.path), Post.objects.filter(role="leader")
    )


def named(*pairs):
    return [{"name": name, "role": role} for name, role in pairs]


@pytest.mark.parametrize(
    "name", ["经发办", "镇经发办", "经济发展办公室", "经济发展办", "镇经济发展办公室"]
)
def test_unit_is_found_by_every_form_of_its_name(cast, known, name):
    [proposal] = proposals(named((name, "lead")), known)
    assert proposal.value == f"lead_unit:{cast.economy.pk}"


def test_first_named_leads_and_the_rest_support(cast, known):
    found = proposals(named(("经发办", "named"), ("东村", "named"), ("西村", "named")), known)
    assert [p.role for p in found] == ["lead_unit", "supporting_unit", "supporting_unit"]


def test_named_beside_a_lead_supports(cast, known):
    found = proposals(named(("经发办", "lead"), ("党政办", "named")), known)
    assert [p.role for p in found] == ["lead_unit", "supporting_unit"]


def test_leader_is_found_by_the_title_of_the_post(cast, known):
    [proposal] = proposals(named(("副镇长", "leader")), known)
    assert proposal.value == f"lead_leader:{cast.posts['liu'].pk}"


def test_name_that_two_units_share_is_nobody(cast):
    for unit in (cast.east, cast.west):
        unit.short_name = "新村"
    found = directory([cast.east, cast.west], [])
    assert proposals(named(("新村", "lead")), found)[0].value == ""


def test_unknown_name_is_shown_without_a_target(known):
    [proposal] = proposals(named(("县水利局", "lead")), known)
    assert (proposal.value, proposal.name) == ("", "县水利局")


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("各村（社区）", "villages"),
        ("各村(社区)", "villages"),
        ("各行政村", "villages"),
        ("各部门", "departments"),
        ("各部门单位", "departments"),
        ("各单位", "departments"),
        ("各办公室", "offices"),
        ("各站所", "stations"),
        ("全镇上下", "everyone"),
        ("各级各部门", "everyone"),
        ("东村", None),
    ],
)
def test_generic_actor_is_a_group(name, group):
    assert group_of(name) == group


def test_group_counts_its_units_and_ticks_them_all(cast, known):
    [proposal] = proposals(named(("各村(社区)", "named")), known)
    assert (proposal.role, proposal.count) == ("supporting_unit", 2)
    ticks = Ticks()
    ticks.add(proposal.value, known)
    assert set(ticks.supporting) == {cast.east.pk, cast.west.pk}


@pytest.mark.parametrize("value", ["", "nonsense", "lead_unit:", "lead_unit:x", "owner:villages"])
def test_tick_that_names_nobody_is_ignored(known, value):
    ticks = Ticks()
    ticks.add(value, known)
    assert ticks == Ticks()


def test_plain_name_drops_brackets_and_the_towns_prefix():
    assert plain("镇 党政办（督查室）") == "党政办(督查室)"


@pytest.mark.parametrize("name", ["经展办", "镇经济办"])
def test_short_form_is_a_guess_that_waits_for_a_hand(cast, known, name):
    [proposal] = proposals(named((name, "lead")), known)
    assert proposal.value == f"lead_unit:{cast.economy.pk}"
    assert proposal.guess
    assert not proposal.ticked


def test_short_form_that_fits_two_units_is_nobody(cast):
    for unit, name in ((cast.economy, "经济发展办公室"), (cast.office, "经济协调发展办公室")):
        unit.name = unit.short_name = name
    found = directory([cast.economy, cast.office], [])
    assert proposals(named(("经展办", "lead")), found)[0].value == ""


def test_exact_name_comes_ticked_and_all_of_the_town_does_not(known):
    exact, villages, everyone, nobody = proposals(
        named(("经发办", "lead"), ("各村", "named"), ("全镇上下", "named"), ("水利局", "named")),
        known,
    )
    assert exact.ticked
    assert villages.ticked
    assert villages.units == ("东村", "西村")
    assert not everyone.ticked
    assert not nobody.ticked


def test_name_of_a_local_rule_wins(cast):
    units = Unit.objects.filter(path__startswith=cast.town.path)
    found = directory(units, [], {"项目专班": cast.economy.pk, "外地": cast.other_town.pk})
    assert proposals(named(("项目专班", "lead")), found)[0].value.endswith(str(cast.economy.pk))
    assert proposals(named(("外地", "lead")), found)[0].value == ""
