"""What a plan in force lacks is mended in the open, and nothing more."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from luoshi.domain.base import Refused
from luoshi.goals.models import Plan
from luoshi.journal.models import Entry
from luoshi.ledger import actions
from luoshi.ledger.models import DueMove, Task
from luoshi.ledger.queries import Roles

from .test_edits import put_in_force, refusal


@pytest.fixture
def group(cast, plan, new):
    roles = Roles(lead_unit=cast.east.pk)
    return [new(title, weight=weight, roles=roles) for title, weight in (("甲", 30), ("乙", 20))]


def reread(rows):
    return [Task.objects.get(pk=row.pk) for row in rows]


def test_weights_are_made_whole_in_proportion_in_force_with_a_reason(cast, plan, group, act):
    put_in_force(cast, plan)
    group = reread(group)
    balance = {"tasks": group}
    assert refusal(lambda: act("lin", actions.balance_weights, **balance)) == "closing.needs.reason"
    act("lin", actions.balance_weights, **balance, reason="补正权重")
    assert [row.weight for row in reread(group)] == [60, 40]
    assert Entry.objects.filter(verb="ledger.task.edit", reason="补正权重").count() == 2
    again = {"tasks": reread(group), "reason": "再来"}
    assert refusal(lambda: act("lin", actions.balance_weights, **again)) == "ledger.weights_whole"


def test_weights_are_mended_only_by_who_assigns_there(group, act):
    said = {"tasks": group, "reason": "补正"}
    for who in ("ma", "zhou", "fang"):
        with pytest.raises(Refused):
            act(who, actions.balance_weights, **said)
    assert [row.weight for row in reread(group)] == [30, 20]


def test_a_weight_of_nothing_makes_all_alike(plan, new, act):
    rows = [new("甲", weight=1), new("乙", weight=997)]
    act("lin", actions.balance_weights, tasks=rows)
    assert [row.weight for row in reread(rows)] == [100, 100]


def test_whole_follows_its_latest_part_and_the_move_is_kept(cast, plan, new, act):
    whole = new("建成检测中心", due_on=date(2026, 6, 30))
    new("取得资质", parent_id=whole.pk, due_on=date(2026, 7, 15))
    put_in_force(cast, plan)
    whole.refresh_from_db()
    act("liu", actions.follow_parts, task=whole, reason="分项已获准延期")
    whole.refresh_from_db()
    assert (whole.due_on, whole.first_due_on, whole.due_moves) == (
        date(2026, 7, 15), date(2026, 6, 30), 1,
    )  # fmt: skip
    kept = DueMove.objects.get(task=whole)
    assert (kept.old_due_on, kept.new_due_on) == (date(2026, 6, 30), date(2026, 7, 15))
    again = {"task": whole, "reason": "再来"}
    assert refusal(lambda: act("liu", actions.follow_parts, **again)) == "ledger.no_later_part"


def test_superiors_deadline_follows_no_part(plan, new, act):
    whole = new("报县", due_on=date(2026, 6, 30), due_at=datetime(2026, 6, 30, 9, tzinfo=UTC))
    new("分项", parent_id=whole.pk, due_on=date(2026, 7, 15))
    whole.refresh_from_db()
    told = refusal(lambda: act("liu", actions.follow_parts, task=whole, reason="延"))
    assert told == "ledger.superior_deadline"


def test_shares_of_a_target_must_make_the_whole(plan, new, act):
    whole = new("管网改造", target_value=Decimal("12.5"), target_unit="公里")
    parts = [
        new(name, parent_id=whole.pk, target_value=value, target_unit="公里")
        for name, value in (("柏溪", Decimal("4.1")), ("沙墩", Decimal(5)))
    ]
    whole.refresh_from_db()
    first, second = (part.pk for part in parts)
    short = {"task": whole, "values": {first: Decimal(5), second: Decimal(5)}}
    assert refusal(lambda: act("lin", actions.share_target, **short)) == "ledger.shares_differ"
    assert [row.target_value for row in reread(parts)] == [Decimal("4.1"), Decimal(5)]
    act("lin", actions.share_target, task=whole, values={first: Decimal("7.5")})
    assert [row.target_value for row in reread(parts)] == [Decimal("7.5"), Decimal(5)]
    less = {"task": whole, "values": {first: Decimal(-1)}}
    assert refusal(lambda: act("lin", actions.share_target, **less)) == "ledger.share_missing"


def test_closed_plan_is_not_mended(cast, plan, group, act):
    Plan.objects.filter(pk=plan.pk).update(state=Plan.State.CLOSED)
    with pytest.raises(Refused):
        act("lin", actions.balance_weights, tasks=reread(group), reason="补正")
