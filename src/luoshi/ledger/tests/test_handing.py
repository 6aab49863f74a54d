"""移交: a unit or a post hands everything open to another; nothing ends while it carries."""

from datetime import timedelta

import pytest

from luoshi.domain.base import Refused
from luoshi.ledger import actions
from luoshi.ledger.models import Assignment, Task
from luoshi.ledger.queries import Roles
from luoshi.org import actions as org
from luoshi.org.models import Term, Unit

from .conftest import TODAY
from .test_moves import refusal


@pytest.fixture
def carried(cast, new):
    lead = Roles(lead_unit=cast.east.pk, supporting=(cast.west.pk,), owner=cast.posts["wang"].pk)
    helps = Roles(lead_unit=cast.west.pk, supporting=(cast.east.pk,))
    return new("东村的事", roles=lead), new("西村的事", roles=helps)


def roles(task):
    rows = Assignment.objects.filter(task=task, to_on=None)
    return {(row.role, row.unit_id or row.post_id) for row in rows}


def test_unit_hands_over_all_roles_and_history_stays(cast, carried, act):
    act("lin", actions.hand_over, giver=cast.east, taker=cast.west, reason="合并村")
    first, second = carried
    assert roles(first) == {("lead_unit", cast.west.pk), ("owner", cast.posts["wang"].pk)}
    assert roles(second) == {("lead_unit", cast.west.pk)}
    assert Task.objects.get(pk=first.pk).unit == cast.west
    closed = Assignment.objects.filter(unit=cast.east)
    assert {row.to_on for row in closed} == {TODAY}
    again = {"giver": cast.east, "taker": cast.west, "reason": "再来"}
    assert refusal(lambda: act("lin", actions.hand_over, **again)) == "ledger.nothing_to_hand"


def test_post_hands_over_to_another_post(cast, carried, act):
    act("lin", actions.hand_over, giver=cast.posts["wang"], taker=cast.posts["ma"], reason="调离")
    assert ("owner", cast.posts["ma"].pk) in roles(carried[0])


@pytest.mark.parametrize("who", ["wang", "ma", "zhou", "fang", "gao"])
def test_only_who_assigns_hands_over(cast, carried, act, who):
    with pytest.raises(Refused):
        act(who, actions.hand_over, giver=cast.east, taker=cast.west, reason="移交")


def test_unit_that_carries_is_not_ended_before_it_hands_over(cast, carried, act):
    Term.objects.filter(post__unit=cast.east).update(to_on=TODAY)
    close = {
        "actor": cast.actor("gao"), "today": TODAY, "unit_id": cast.east.pk, "version": 1,
        "name": "东村", "short_name": "东村", "to_on": TODAY + timedelta(days=1),
    }  # fmt: skip
    assert refusal(lambda: org.change_unit(**close)) == "ledger.still_carried"
    act("lin", actions.hand_over, giver=cast.east, taker=cast.west, reason="合并村")
    act("lin", actions.hand_over, giver=cast.posts["wang"], taker=cast.posts["xu"], reason="合并村")
    org.change_unit(**close)
    assert Unit.objects.get(pk=cast.east.pk).to_on is not None


def test_same_unit_or_no_reason_is_refused(cast, carried, act):
    same = {"giver": cast.east, "taker": cast.east, "reason": "移交"}
    assert refusal(lambda: act("lin", actions.hand_over, **same)) == "ledger.hand_to_other"
    other = {"giver": cast.east, "taker": cast.posts["ma"], "reason": "移交"}
    assert refusal(lambda: act("lin", actions.hand_over, **other)) == "ledger.hand_to_other"
    silent = {"giver": cast.east, "taker": cast.west, "reason": " "}
    assert refusal(lambda: act("lin", actions.hand_over, **silent)) == "closing.needs.reason"


def test_what_a_leader_asked_for_is_his_though_the_office_hands_it_out(cast, new, act, roles):
    from luoshi.journal.models import Entry

    row = new()
    act("lin", actions.assign, task=row, roles=roles, asked_by_id=cast.people["chen"].pk)
    row.refresh_from_db()
    assert row.assigned_by_id == cast.people["chen"].pk
    entry = Entry.objects.get(verb="ledger.task.assign", subject_id=row.pk)
    assert entry.person_id == cast.people["lin"].pk
