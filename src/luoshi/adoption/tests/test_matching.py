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
        ("各部门", "offices"),
        ("各部门单位", "offices"),
        ("各办公室", "offices"),
        ("全镇上下", None),
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
