"""The ledger's plan and task, reported done by 东村, for the tests of supervision."""

import pytest

from luoshi.ledger import actions as ledger
from luoshi.ledger.actions import Said
from luoshi.ledger.models import Task
from luoshi.ledger.tests.conftest import NOW, TODAY, act, line, new, plan, roles, task
from luoshi.supervision import actions
from luoshi.supervision.actions import NewOrder
from luoshi.supervision.models import Order
from luoshi.supervision.queries import drawn_for

__all__ = ["NOW", "TODAY", "act", "line", "new", "plan", "roles", "task"]


@pytest.fixture
def done(task, act):
    """The task, reported done by Wang with a word instead of a file."""
    act("wang", ledger.report_done, task=task, said=Said(text="路已通车，村民可走"))
    task.refresh_from_db()
    return task


@pytest.fixture
def drawn(cast):
    """`drawn(task)`: the name of who was drawn, and of the one of the office who was not."""

    def names(row):
        person = drawn_for(cast.actor("lin"), TODAY, [row])[row.pk]
        assert person in {cast.people["lin"], cast.people["he"]}
        return ("lin", "he") if person == cast.people["lin"] else ("he", "lin")

    return names


@pytest.fixture
def given(cast, roles):
    """What a leader's word becomes on the form: a new item for 东村."""
    return NewOrder(
        source="instruction",
        basis="书记6月18日调研时要求",
        requirement="十天内疏通东村排水沟，汛前完成",
        asked_by_id=cast.people["chen"].pk,
        title="疏通东村排水沟",
        acceptance="雨后无积水",
        roles=roles,
    )


@pytest.fixture
def order(act, given):
    made = act("lin", actions.register_order, new=given)
    return Order.objects.select_related("task").get(pk=made.id)


@pytest.fixture
def finished(order, act, cast):
    """The order's item, done by 王, verified by who was drawn, closed by the other of the office."""
    act("wang", ledger.sign_for, task=order.task)
    act("wang", ledger.report_done, task=order.task, said=Said(text="已疏通，雨后无积水"))
    task = Task.objects.get(pk=order.task_id)
    drawn = drawn_for(cast.actor("lin"), TODAY, [task])[task.pk]
    name = next(key for key in ("lin", "he") if cast.people[key] == drawn)
    act(name, actions.verify, task=task, note="雨后到现场看过")
    act("lin", ledger.close, task=task)
    return Order.objects.select_related("task").get(pk=order.pk)
