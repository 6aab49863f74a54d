"""`luoshi rebuild`: nothing changes on sound data, by whatever path it came to be."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.config.commands.rebuild import rebuild
from luoshi.goals import actions as goals
from luoshi.goals.models import Plan
from luoshi.journal.models import Entry
from luoshi.ledger import actions as ledger
from luoshi.ledger.actions import NewTask
from luoshi.ledger.models import Task
from tests.cast import TODAY

NOW = datetime(2026, 6, 18, 2, tzinfo=UTC)


@pytest.fixture
def plan(cast, today):
    made = goals.create_plan(actor=cast.actor("lin"), today=TODAY, unit=cast.town, year=2026)
    return Plan.objects.get(pk=made.id)


def grow(cast, plan, shape):
    told = {"actor": cast.actor("lin"), "today": TODAY, "now": NOW}
    rows = []
    for number, (above, weight) in enumerate(shape):
        parent = rows[above % len(rows)].pk if rows and above else None
        new = NewTask(
            title=f"事{number}", parent_id=parent, weight=weight, due_on=date(2026, 12, 1),
            target_value=Decimal(weight), target_unit="个",
        )  # fmt: skip
        made = ledger.register_task(**told, new=new, plan=plan)
        rows.append(Task.objects.get(pk=made.id))
    return rows


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(shape=st.lists(st.tuples(st.integers(0, 9), st.integers(1, 300)), min_size=1, max_size=8))
def test_what_the_paths_kept_is_what_a_rebuild_counts(cast, plan, shape):
    told = {"actor": cast.actor("lin"), "today": TODAY, "now": NOW}
    rows = grow(cast, plan, shape)
    last = Task.objects.get(pk=rows[-1].pk)
    ledger.edit_task(**told, task=last, version=last.version, weight=shape[0][1] + 1)
    if last.parent_id is None and len(rows) > 1:
        ledger.withdraw_task(**told, task=Task.objects.get(pk=last.pk))
    before = Entry.objects.count()
    assert rebuild(None) == 0
    assert Entry.objects.count() == before


def test_a_spoilt_sum_is_mended_once_and_told(cast, plan, capsys):
    rows = grow(cast, plan, [(0, 100), (1, 50)])
    Task.objects.filter(pk=rows[0].pk).update(weight_sum=7)
    assert rebuild(2026) == 1
    assert "total: 1 mended" in capsys.readouterr().out
    assert rebuild(2026) == 0
    assert rebuild(2031) == 0
