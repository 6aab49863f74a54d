"""填报负担账: what is asked, of whom, what it costs, and who sees which figure."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luoshi.burden import actions as burden
from luoshi.domain.access import Actor
from luoshi.home.queries import burden as queries
from luoshi.ledger import actions as ledger
from luoshi.ledger.actions import NewMilestone
from luoshi.ledger.queries import Roles
from luoshi.ledger.tests.conftest import TODAY, act, line, new, plan, roles, task
from luoshi.org.models import Post
from tests.cast import person, post

__all__ = ["act", "line", "new", "plan", "roles", "task"]


@pytest.fixture
def measured(cast):
    """A report takes 10 s a field, a signature 5 s."""
    system = Actor.system(cast.county.jurisdiction)
    for form, fields, seconds in (("ledger.report", 2, 20), ("ledger.sign_for", 1, 5)):
        burden.note_timing(
            actor=system, today=TODAY, form=form, fields=fields, seconds=seconds, times=6
        )


@pytest.fixture
def handed(new, act, roles):
    """A task of 东村 with two nodes in June and one in May, handed out in June."""

    def made(title="修路", **facts):
        nodes = (
            NewMilestone(title="放线", due_on=date(2026, 6, 20)),
            NewMilestone(title="铺底", due_on=date(2026, 6, 25)),
            NewMilestone(title="收尾", due_on=date(2026, 7, 25)),
        )
        facts = {"roles": roles, "milestones": nodes, "due_on": date(2026, 8, 31)} | facts
        row = new(title, **facts)
        act("lin", ledger.assign, task=row)
        row.refresh_from_db()
        return row

    return made


def meter(cast, who):
    return queries.meter(cast.actor(who), TODAY)


def bill(cast, who):
    return queries.mine(cast.actor(who), TODAY, cast.people[who].pk)


def test_a_month_asks_its_nodes_and_one_signature(cast, handed, measured):
    handed()
    mine = bill(cast, "wang")
    # two reports of 2 fields at 10 s, one signature of 5 s
    assert mine.cost.now.seconds == Decimal(45)
    assert mine.cost.now.times == 3
    assert mine.cost.before.times == 0
    assert {row.spec.key for row in mine.forms} == {"ledger.report", "ledger.sign_for"}


def test_what_is_owned_is_asked_of_the_owner_and_not_of_the_head(cast, handed, measured):
    handed(roles=Roles(lead_unit=cast.east.pk, owner=cast.posts["ma"].pk))
    assert bill(cast, "ma").cost.now.times == 2  # the reports
    assert bill(cast, "wang").cost.now.times == 1  # the signature stays with the head


def test_a_value_beside_a_percent_is_a_repeated_question(cast, handed, measured):
    handed(target_value=Decimal(6), target_unit="公里")
    cost = bill(cast, "wang").cost.now
    assert cost.seconds == Decimal(65)
    assert cost.repeated == Decimal(20)


def test_what_is_not_measured_is_missing_and_not_zero(cast, handed, signed_in):
    handed()
    found = meter(cast, "lin")
    assert found.cost.now.minutes is None
    assert found.each is None
    assert {row.spec.key for row in found.unmeasured} == {"ledger.report", "ledger.sign_for"}
    assert "待测" in signed_in("lin").get(reverse("home:burden")).content.decode()


def test_the_average_is_over_those_who_were_asked(cast, handed, measured):
    handed()
    handed("修桥", roles=Roles(lead_unit=cast.west.pk, owner=cast.posts["xu"].pk))
    found = meter(cast, "lin")
    assert found.asked == 2
    assert found.cost.now.seconds == Decimal(90)
    assert found.each == Decimal("0.8")  # 45 s each, half up


def test_units_are_shown_to_the_office_and_each_for_itself(cast, handed, measured):
    handed()
    whole = meter(cast, "lin")
    assert {row.unit for row in whole.units} >= {cast.east, cast.west, cast.economy}
    own = meter(cast, "wang")
    assert [row.unit for row in own.units] == [cast.east]
    assert own.each == whole.each  # the town's average is everybody's
    assert meter(cast, "fang").cost.now.times == 0  # another town


def test_no_page_names_another_person(cast, handed, measured, signed_in):
    handed()
    for who in ("lin", "chen", "xu"):
        page = signed_in(who).get(reverse("home:burden")).content.decode()
        assert "王书记" not in page


def test_another_persons_bill_is_seen_by_who_answers_for_it(cast, handed, measured, signed_in):
    handed(
        roles=Roles(
            lead_unit=cast.east.pk, owner=cast.posts["ma"].pk, lead_leader=cast.posts["liu"].pk
        )
    )
    address = reverse("home:burden_of", args=[cast.posts["ma"].pk])
    for who in ("ma", "wang", "liu"):  # oneself, the head of the unit, the leader of the item
        assert signed_in(who).get(address).status_code == 200
    for who in ("lin", "xu", "chen", "zhou"):
        assert signed_in(who).get(address).status_code == 404
    Post.objects.filter(pk=cast.posts["chen"].pk).update(keeps_personnel=True)
    assert signed_in("chen").get(address).status_code == 200


def test_what_was_logged_outside_counts_apart(cast, handed, measured):
    handed()
    before = meter(cast, "wang").cost.now
    burden.log_outside(
        actor=cast.actor("wang"), today=TODAY, channel="group", what="报数", minutes=25,
        asked_on=TODAY,
    )  # fmt: skip
    after = meter(cast, "wang")
    assert after.cost.now == before
    assert (after.outside, after.units[0].outside) == (25, 25)
    assert bill(cast, "wang").outside == 25
    assert bill(cast, "ma").outside == 0


def test_a_closed_item_asks_nothing_after_its_end(cast, handed, measured):
    row = handed()
    type(row).objects.filter(pk=row.pk).update(
        state="completed", done_on=date(2026, 6, 21), closed_on=date(2026, 6, 22)
    )
    assert bill(cast, "wang").cost.now.times == 2  # signature, and the node of the 20th


def test_pages_cost_the_same_for_more_items(cast, handed, measured, signed_in):
    def cost(name):
        client = signed_in("lin")
        with CaptureQueriesContext(connection) as caught:
            assert client.get(reverse(name)).status_code == 200
        return len(caught)

    handed()
    names = ("home:burden", "home:burden_line", "home:my_burden")
    few = [cost(name) for name in names]
    for number in range(8):
        person(
            f"某{number}", post(cast.east, f"干事{number}", "staff", number + 5), login=f"p{number}"
        )
        handed(f"路{number}")
    assert [cost(name) for name in names] == few


def test_the_wall_chart_has_its_line(cast, handed, measured, signed_in):
    handed()
    page = signed_in("lin").get(reverse("home:burden_line")).content.decode()
    assert "人均被要" in page
    assert (
        reverse("home:burden_line") in signed_in("lin").get(reverse("home:wall")).content.decode()
    )


def test_who_holds_no_post_reads_why(signed_in, cast):
    assert signed_in("gao").get(reverse("home:burden")).status_code == 200
