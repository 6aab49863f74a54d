"""延N次: a deadline that was moved says so wherever it stands, counted in one place."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.template import Context, Template

import luoshi.ledger.actions
from luoshi.ledger import actions
from luoshi.ledger.models import DueMove, Task
from luoshi.ledger.queries import Filters, list_tasks
from luoshi.ledger.queries.exporting import table_of

from .conftest import TODAY


@pytest.fixture
def moved(task, act):
    """The task, whose superior moved its deadline twice."""
    Task.objects.filter(pk=task.pk).update(source_kind="county_assigned")
    for month in (11, 12):
        facts = {"new_due_on": date(2026, month, 20), "superior_reply": "县里同意"}
        act("lin", actions.move_deadline, task=Task.objects.get(pk=task.pk), **facts)
    return Task.objects.get(pk=task.pk)


def test_each_move_is_kept_and_counted_and_the_first_day_stands(moved):
    assert (moved.due_moves, moved.first_due_on) == (2, date(2026, 10, 31))
    assert DueMove.objects.filter(task=moved).count() == 2


def test_the_list_tells_it_beside_the_day_without_another_query(
    moved, cast, signed_in, django_assert_num_queries
):
    row = list_tasks(cast.actor("lin"), TODAY, Filters()).rows[0]
    with django_assert_num_queries(0):
        assert row.task.due_moves == 2
        assert row.task.first_due_on == date(2026, 10, 31)
    page = signed_in("lin").get("/ledger/").content.decode()
    assert '2026-12-20</time> <span class="moved" title="原定 2026-10-31">延2次</span>' in page


def test_the_workbook_tells_it(moved, cast):
    spec = table_of(cast.actor("lin"), TODAY, Filters())
    assert any("延2次" in str(cell) for row in spec.rows for cell in row)


def test_the_tag_says_nothing_of_a_deadline_that_stands(task, moved):
    tag = Template("{% put_off task %}")
    assert "延2次" in tag.render(Context({"task": moved}))
    assert tag.render(Context({"task": Task(due_moves=0)})) == ""
    assert tag.render(Context({"task": None})) == ""


def test_moves_are_counted_in_one_place():
    room = Path(luoshi.ledger.actions.__file__).parent
    writes = re.compile(r'due_moves(?:"\s*:|=)\s*\w*\.?due_moves \+ 1|DueMove\.objects\.create')
    found = {path.name for path in room.glob("*.py") if writes.search(path.read_text("utf-8"))}
    assert found == {"dates.py"}
