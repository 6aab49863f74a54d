"""The declared rule of a node: what its parts say, who is missing, what it costs."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.domain.access import Actor
from luoshi.domain.base import Refused
from luoshi.goals.models import Plan, WorkLine
from luoshi.journal.models import Entry
from luoshi.ledger import actions
from luoshi.ledger.actions import NewMilestone, NewTask, Said
from luoshi.ledger.models import Task
from luoshi.ledger.queries import findings, recount, stored

from .conftest import NOW, TODAY

NODES = (
    NewMilestone(title="开工", due_on=date(2026, 7, 1)),
    NewMilestone(title="完工", due_on=date(2026, 9, 1)),
)


@pytest.fixture
def whole(cast, new, act, roles):
    """`whole("min")`: an item with three parts of 30, 50 and 20 points, all under way."""

    def made(rule, **fields):
        top = new("总", roles=roles, roll_up=rule, **fields)
        parts = [
            new(f"分{n}", parent_id=top.pk, roles=roles, weight=weight, target_value=Decimal(10),
                target_unit="户")
            for n, weight in enumerate((30, 50, 20))
        ]  # fmt: skip
        Task.objects.filter(pk__in=[top.pk, *(part.pk for part in parts)]).update(state="under_way")
        return top, parts

    return made


def tell(act, part, day=0, **said):
    act(
        "wang", actions.report, task=part, day=TODAY + timedelta(days=day),
        said=Said(text="进展", **said),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "share"),
    [
        ("weighted", 5500),  # (30 x 80% + 50 x 40%) / 80
        ("sum", 6000),  # (8 + 4) of 20 households
        ("mean", 6000),
        ("min", 4000),
        ("latest", 8000),  # the first part spoke last
        ("milestones", 5000),  # one of two nodes
    ],
)
def test_node_is_as_far_as_its_rule_says_and_silence_is_missing(act, whole, rule, share, signed_in):
    top, parts = whole(rule, target_unit="户", milestones=NODES)
    tell(act, parts[1], value=Decimal(4))
    tell(act, parts[0], day=1, value=Decimal(8))
    tell(act, top, milestone_id=top.milestones.first().pk)
    top.refresh_from_db()
    assert stored(top).share == share
    assert stored(top).weight == 100
    assert stored(top).missing == (0 if rule == "milestones" else 20)
    plan, line = Plan.objects.get(), WorkLine.objects.get()
    assert (plan.done_sum, line.done_sum) == (top.done_sum, top.done_sum)
    page = signed_in("lin").get(f"/ledger/task/{top.pk}/").content.decode()
    assert str(Task.RollUp(rule).label) in page
    assert ("下级3项，已报2项" in page) == (rule != "milestones")


def test_rule_nests_and_the_whole_never_exceeds_a_hundred(act, whole, new, roles, plan):
    top, parts = whole("sum", target_unit="户")
    inner = [
        new(f"小{n}", parent_id=parts[0].pk, roles=roles, target_value=Decimal(5),
            target_unit="户") for n in range(2)
    ]  # fmt: skip
    Task.objects.filter(pk=parts[0].pk).update(roll_up="sum")
    Task.objects.filter(pk__in=[row.pk for row in inner]).update(state="under_way")
    for part in (*inner, parts[1], parts[2]):
        tell(act, part, value=Decimal(12))
    top.refresh_from_db()
    assert (stored(top).share, top.done_value) == (10_000, Decimal(48))
    assert stored(top) == recount(plan.pk, plan.jurisdiction).tasks[top.pk]


@pytest.mark.parametrize("rule", Task.RollUp.values)
def test_report_costs_the_same_by_every_rule_and_for_any_number_of_parts(act, whole, plan, rule):
    top, parts = whole(rule, target_unit="户", milestones=NODES)

    def cost(progress):
        with CaptureQueriesContext(connection) as caught:
            tell(act, parts[0], progress=progress)
        return len(caught)

    cost(1)
    few = cost(2)
    system = Actor.system(plan.jurisdiction)
    more = [NewTask(title=f"又{n}", parent_id=top.pk) for n in range(120)]
    actions.register_tasks(actor=system, today=TODAY, now=NOW, items=more, plan=plan)
    assert cost(3) == few
    assert few <= 27


def test_rule_is_declared_on_the_page_journalled_and_fixed_once_in_force(
    cast, act, whole, plan, signed_in
):
    top, parts = whole("weighted")
    tell(act, parts[0], progress=5000)
    tell(act, parts[1], progress=1000)
    Plan.objects.update(state="in_force")
    client = signed_in("lin")
    page = client.get(f"/ledger/task/{top.pk}/edit/").content.decode()
    assert "没报的下级不当作0" in page
    top.refresh_from_db()
    form = {"title": top.title, "roll_up": "min", "urgency": "ordinary", "reason": "缺一不可"}
    answer = client.post(
        f"/ledger/task/{top.pk}/edit/", form | {"version": str(top.version), "key": "k"}
    )
    assert answer.status_code == 302
    top.refresh_from_db()
    assert (top.roll_up, stored(top).share) == ("min", 1000)
    entry = Entry.objects.filter(verb="ledger.task.edit", subject_id=top.pk).latest("at")
    assert (entry.changes["roll_up"], entry.reason) == (["weighted", "min"], "缺一不可")
    with pytest.raises(Refused) as refused:
        act("lin", actions.edit_task, task=top, version=top.version, roll_up="mean", reason="再改")
    assert refused.value.why.code == "ledger.in_force"


def test_weight_out_of_range_is_refused_in_words_and_none_has_no_say(act, whole, new):
    top, parts = whole("mean")
    for weight in (-1, 100_001):
        with pytest.raises(Refused) as refused:
            new("重", parent_id=top.pk, weight=weight)
        assert refused.value.why.code == "ledger.weight_range"
        with pytest.raises(Refused):
            act("lin", actions.edit_task, task=parts[0], version=parts[0].version, weight=weight)
    light = new("不计", parent_id=top.pk, weight=0)
    Task.objects.filter(pk=light.pk).update(state="under_way", unit=parts[0].unit)
    tell(act, parts[0], progress=5000)
    top.refresh_from_db()
    assert (stored(top).share, stored(top).weight) == (5000, 100)


def test_weights_are_asked_for_only_where_the_rule_reads_them(cast, whole, plan):
    top, _parts = whole("weighted")
    Task.objects.filter(parent=top).update(weight=30)
    told = {one.code for one in findings(cast.actor("lin"), TODAY, plan)}
    assert "C05" in told
    Task.objects.filter(pk=top.pk).update(roll_up="min")
    assert "C05" not in {one.code for one in findings(cast.actor("lin"), TODAY, plan)}
