"""Several people at once: no report is lost, no sum is wrong, nobody waits for ever."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import close_old_connections, connections

from luoshi.domain.access import Actor
from luoshi.ledger import actions
from luoshi.ledger.actions import NewTask, Said
from luoshi.ledger.models import ProgressReport, Task
from luoshi.ledger.queries import recount, stored

from .conftest import NOW, TODAY


def together(calls):
    """Run the calls at once, each on its own connection; answer their exceptions."""

    def run(call):
        close_old_connections()
        try:
            call()
        except Exception as error:  # noqa: BLE001 - told to the test
            return error
        finally:
            connections.close_all()
        return None

    with ThreadPoolExecutor(len(calls)) as pool:
        return [error for error in pool.map(run, calls) if error is not None]


@pytest.mark.django_db(transaction=True)
def test_reports_on_siblings_at_once_lose_nothing(cast, plan, line, act, roles):
    top = NewTask(title="上", roles=roles, line_id=line.pk)
    kids = [NewTask(title=f"下{n}", parent_id=top.id, roles=roles) for n in range(4)]
    act("lin", actions.register_tasks, items=[top, *kids], plan=plan)
    tasks = list(Task.objects.filter(depth=1))
    for task in tasks:
        act("lin", actions.assign, task=task)
        act("wang", actions.sign_for, task=task)
    wang = cast.actor("wang")

    def report(task, n):
        said = Said(text=f"第{n}次", progress=n * 100)
        return lambda: actions.report(actor=wang, today=TODAY, now=NOW, task=task, said=said)

    def register(n):
        new = NewTask(title=f"新{n}", parent_id=top.id)
        lin = cast.actor("lin")
        return lambda: actions.register_task(actor=lin, today=TODAY, now=NOW, new=new)

    calls = [report(task, n) for n in range(1, 4) for task in tasks]
    calls += [register(n) for n in range(3)]
    assert together(calls) == []
    assert ProgressReport.objects.count() == 12
    assert Task.objects.filter(depth=1).count() == 7
    counted = recount(plan.pk, plan.jurisdiction)
    for task in Task.objects.all():
        assert stored(task) == counted.tasks[task.pk]
    plan.refresh_from_db()
    assert plan.weight_sum == counted.plan.weight
    answer = actions.rebuild_sums(
        actor=Actor.system(plan.jurisdiction), today=TODAY, now=NOW, plan=plan
    )
    assert answer.version == -1


@pytest.mark.django_db(transaction=True)
def test_one_key_sent_five_times_at_once_is_one_row(cast, plan, act):
    lin = cast.actor("lin")
    new = NewTask(title="只要一件")
    calls = [
        lambda: actions.register_task(
            actor=lin, today=TODAY, now=NOW, new=new, plan=plan, key="double-click"
        )
    ] * 5
    together(calls)
    assert Task.objects.count() == 1
