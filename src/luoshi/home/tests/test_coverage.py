"""Findings like compiler output, remedies that work, and a plan that goes into force."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.domain.base import Refused
from luoshi.goals import actions as goals
from luoshi.goals.models import Plan
from luoshi.home import actions
from luoshi.home.queries.coverage import findings
from luoshi.ledger import actions as ledger
from luoshi.ledger.models import Assignment, Dependency, Task
from luoshi.ledger.queries import Roles
from luoshi.org.models import Term
from tests.cast import TODAY, post

from .conftest import NOW, crowd

FORM = re.compile(r'<form method="post" action="/home/coverage/remedy/".*?</form>', re.DOTALL)
INPUT = re.compile(r"<input[^>]*>")
NAMED = re.compile(r'(name|value)="([^"]*)"')


def codes(cast, plan, who="lin"):
    return sorted(one.code for one in findings(cast.actor(who), TODAY, plan))


def form_of(client, verb, subject):
    """The fields of the remedy's form, as the page rendered them."""
    page = client.get("/home/coverage/").content.decode()
    for form in FORM.findall(page):
        inputs = [dict(NAMED.findall(tag)) for tag in INPUT.findall(form)]
        fields = {found["name"]: found.get("value", "") for found in inputs}
        if fields["verb"] == verb and fields["subject"] == str(subject):
            return fields
    pytest.fail(f"no form for {verb}")


def send(client, fields, **values):
    return client.post("/home/coverage/remedy/", fields | values, follow=True)


def bare(cast, plan, line, **fields):
    """A leaf that says nothing but its title."""
    told = {"actor": cast.actor("lin"), "today": TODAY, "now": NOW}
    made = ledger.register_task(
        **told, plan=plan, new=ledger.NewTask(title="修路", line_id=line.pk, **fields)
    )
    return Task.objects.get(pk=made.id)


@pytest.mark.parametrize(
    ("verb", "values", "gone"),
    [
        ("name_lead_unit", {"value": "东村"}, "cascade.C01.lead_unit"),
        ("name_owner", {"value": "东村 东村党支部书记 王书记"}, "cascade.C01.owner"),
        ("set_due_on", {"day": "2026-09-30"}, "cascade.C02.no_date"),
        ("set_acceptance_rule", {"value": "通车六公里并通过验收"}, "cascade.C04.none"),
        ("set_measures", {"value": "分两段施工"}, "cascade.C04.measures"),
    ],
)
def test_remedy_mends_its_finding(cast, plan, line, signed_in, verb, values, gone):
    task = bare(cast, plan, line)
    client = signed_in("lin")
    told = {one.why.code for one in findings(cast.actor("lin"), TODAY, plan)}
    assert gone in told
    answer = send(client, form_of(client, verb, task.pk), **values)
    assert "已处理" in answer.content.decode()
    assert gone not in {one.why.code for one in findings(cast.actor("lin"), TODAY, plan)}


def test_lead_leader_is_named_by_one_click_from_the_parent(cast, plan, signed_in):
    told = {"actor": cast.actor("lin"), "today": TODAY, "now": NOW}
    roles = Roles(lead_leader=cast.posts["liu"].pk, lead_unit=cast.east.pk)
    top = ledger.register_task(**told, plan=plan, new=ledger.NewTask(title="总", roles=roles))
    kid = ledger.register_task(**told, plan=plan, new=ledger.NewTask(title="分", parent_id=top.id))
    client = signed_in("lin")
    fields = form_of(client, "name_lead_leader", kid.id)
    send(client, fields, take=str(cast.posts["liu"].pk))
    assert Assignment.objects.filter(
        task=kid.id, post=cast.posts["liu"], role="lead_leader"
    ).exists()


def test_milestone_is_added_in_the_bare_quarter(cast, plan, line, signed_in):
    task = bare(cast, plan, line, starts_on=date(2026, 7, 1), due_on=date(2026, 12, 20))
    client = signed_in("lin")
    fields = form_of(client, "add_milestone", task.pk)
    assert fields["day"] == "2026-09-30"
    send(client, fields, value="路基完成")
    assert [(n.title, n.due_on) for n in task.milestones.all()] == [("路基完成", date(2026, 9, 30))]
    assert "C03" not in codes(cast, plan)


def test_weights_that_do_not_make_a_hundred_become_equal(cast, plan, line, signed_in):
    bare(cast, plan, line, weight=30)
    bare(cast, plan, line, weight=20)
    assert "C05" in codes(cast, plan)
    client = signed_in("lin")
    send(client, form_of(client, "even_weights", line.pk))
    assert "C05" not in codes(cast, plan)


def test_child_due_after_its_parent_takes_the_parents_date(cast, plan, line, signed_in):
    top = bare(cast, plan, line, due_on=date(2026, 9, 1))
    kid = bare(cast, plan, line, due_on=date(2026, 10, 1), parent_id=top.pk)
    client = signed_in("lin")
    fields = form_of(client, "set_due_on", kid.pk)
    assert fields["day"] == "2026-09-01"
    send(client, fields)
    assert "C07" not in codes(cast, plan)


def test_circle_is_cut(cast, plan, line, signed_in):
    first, second = bare(cast, plan, line), bare(cast, plan, line)
    for before, after in ((first, second), (second, first)):
        Dependency.objects.create(jurisdiction=plan.jurisdiction, task=after, predecessor=before)
    assert "C15" in codes(cast, plan)
    client = signed_in("lin")
    fields = next(
        form_of(client, "drop_dependency", one.where.id)
        for one in findings(cast.actor("lin"), TODAY, plan)
        if one.code == "C15"
    )
    send(client, fields)
    assert "C15" not in codes(cast, plan)


def test_empty_or_stale_remedy_is_refused_in_words(cast, plan, line, signed_in):
    task = bare(cast, plan, line)
    client = signed_in("lin")
    fields = form_of(client, "set_measures", task.pk)
    assert "请先填写" in send(client, fields, value=" ").content.decode()
    ledger.edit_task(
        actor=cast.actor("lin"), today=TODAY, now=NOW, task=task, version=task.version, title="改"
    )
    fields = fields | {"key": "another"}
    assert send(client, fields, value="分两段").status_code == 409


def test_only_those_who_assign_may_mend(cast, plan, line, signed_in):
    bare(cast, plan, line)
    assert signed_in("wang").post("/home/coverage/remedy/", {}).status_code == 403
    assert "coverage/remedy" not in signed_in("zhou").get("/home/coverage/").content.decode()


def test_unit_head_reads_findings_of_the_own_items_only(cast, plan, line, new):
    new("东村的事", roles=Roles(lead_unit=cast.east.pk))
    new("西村的事", roles=Roles(lead_unit=cast.west.pk))
    seen = {one.where.label for one in findings(cast.actor("wang"), TODAY, plan)}
    assert "东村的事" in seen
    assert "西村的事" not in seen


def whole(cast, plan, line):
    """A plan with warnings only: every item has everything but a unit has nothing to do."""
    roles = Roles(
        lead_leader=cast.posts["liu"].pk, lead_unit=cast.east.pk, owner=cast.posts["wang"].pk
    )
    return bare(
        cast, plan, line, roles=roles, due_on=date(2026, 9, 1), starts_on=date(2026, 8, 1),
        acceptance="通车", measures="分段",
    )  # fmt: skip


def test_leader_of_another_town_reads_of_this_one_only_what_is_his_there(cast, plan, line):
    """A leader's post elsewhere gave the whole of every plan that he could read at all."""
    bare(cast, plan, line)
    village = post(cast.west, "西村驻村工作队员", "staff", 5)
    Term.objects.create(
        jurisdiction=cast.county.jurisdiction, person=cast.people["deng"], post=village,
        from_on=TODAY, kind="seconded",
    )  # fmt: skip
    deng = cast.actor("deng")
    assert deng.has("supervise")
    assert [one for one in findings(deng, TODAY, plan) if one.where.kind == "task"] == []
    assert findings(cast.actor("chen"), TODAY, plan) != []


def test_plan_with_errors_is_not_put_in_force(cast, plan, line):
    bare(cast, plan, line)
    told = {"actor": cast.actor("lin"), "today": TODAY, "now": NOW}
    goals.approve_plan(**told, plan=plan)
    with pytest.raises(Refused) as refused:
        actions.put_in_force(**told, plan=plan, signed=True)
    assert refused.value.why.code == "goals.errors_open"
    plan.refresh_from_db()
    assert plan.state == Plan.State.APPROVED


def test_warnings_are_signed_for_on_the_page(cast, plan, line, signed_in):
    whole(cast, plan, line)
    goals.approve_plan(actor=cast.actor("lin"), today=TODAY, now=NOW, plan=plan)
    client = signed_in("lin")
    page = client.get("/home/coverage/").content.decode()
    assert "签字确认" in page
    plan.refresh_from_db()
    fields = {"plan": str(plan.pk), "version": str(plan.version), "key": "k"}
    assert "提醒" in client.post("/home/coverage/force/", fields, follow=True).content.decode()
    plan.refresh_from_db()
    assert plan.state == Plan.State.APPROVED
    client.post("/home/coverage/force/", fields | {"signed": "1", "key": "k2"})
    plan.refresh_from_db()
    assert plan.state == Plan.State.IN_FORCE
    shot = plan.snapshots.order_by("-taken_at").first()
    assert {kept["code"] for kept in shot.signed_findings} == {"C08"}


def test_filter_narrows_by_code(cast, plan, line, signed_in):
    bare(cast, plan, line)
    page = signed_in("lin").get("/home/coverage/?code=C08").content.decode()
    assert '"code w">C08' in page
    assert '"code">C01' not in page


def test_coverage_costs_the_same_for_more_items(cast, plan, line, signed_in):
    def cost():
        client = signed_in("chen")
        with CaptureQueriesContext(connection) as caught:
            assert client.get("/home/coverage/").status_code == 200
        return len(caught)

    crowd(cast, plan, line, 40)
    few = cost()
    crowd(cast, plan, line, 1_960, seed=2)
    assert cost() == few
