import pytest

from luoshi.org import queries
from luoshi.org.models import UnitLink
from tests.cast import SINCE, TODAY, make


def names(cast, who):
    return {unit.short_name for unit in queries.visible_units(cast.actor(who), TODAY)}


def test_staff_see_their_own_unit_only(cast):
    assert names(cast, "ma") == {"东村"}


def test_town_office_and_leader_see_the_whole_town_and_nothing_beside_it(cast):
    town = {"青榆镇", "党政办", "经发办", "东村", "西村"}
    assert names(cast, "lin") == town
    assert names(cast, "chen") == town


def test_county_supervisor_sees_the_next_level_only(cast):
    assert names(cast, "zhao") == {"临禾县", "县督查室", "青榆镇", "白果镇"}


def test_administrator_sees_no_business_unit(cast):
    assert names(cast, "gao") == set()


def test_linked_unit_is_seen_while_the_link_holds(cast):
    link = make(
        UnitLink, cast, from_unit=cast.economy, to_unit=cast.east, kind="twinned", from_on=SINCE
    )
    assert names(cast, "sun") == {"经发办", "东村"}
    UnitLink.objects.filter(pk=link.pk).update(to_on=SINCE)
    assert names(cast, "sun") == {"经发办"}


def test_account_is_not_opened_for_a_person_of_another_jurisdiction(cast):
    from luoshi.domain.base import Refused
    from luoshi.org import actions
    from tests.cast import TODAY, person, post, unit

    elsewhere = unit(None, 9, "county", "异地县")
    stranger = person("异人", post(elsewhere, "干事", "staff"), login="stranger")
    with pytest.raises(Refused) as refused:
        actions.open_account(
            actor=cast.actor("gao"), today=TODAY, person_id=stranger.pk, login="second"
        )
    assert refused.value.why.code == "org.no_such_row"
