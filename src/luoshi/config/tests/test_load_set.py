"""The measured set: exact counts, exact sums, and never into a database that holds something."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from luoshi.config.commands import load_set
from luoshi.config.commands.rebuild import rebuild
from luoshi.config.load import figures as loaded
from luoshi.config.load import town as shapes
from luoshi.config.load.town import LEAVES, REPORTS, TASKS, USERS, VILLAGES, reports, town
from luoshi.config.load.write import load
from luoshi.goals.models import Plan
from luoshi.indicators.models import Reading, StoredTotal, Target
from luoshi.journal.models import Entry
from luoshi.ledger.models import ProgressReport, Task
from luoshi.ledger.queries import Sums, recount, stored
from luoshi.org.models import Account, Unit

YEAR = date(2026, 6, 18)


def root() -> Unit:
    unit = Unit(path="0001/", kind="county", name="县", short_name="县", from_on=YEAR)
    unit.jurisdiction = unit.id
    return unit


@pytest.fixture
def small(monkeypatch):
    """The same set with a twentieth of its tasks and a hundredth of its reports."""
    monkeypatch.setattr(shapes, "ROOTS", 20)
    monkeypatch.setattr(shapes, "LEAVES", 400)
    monkeypatch.setattr(shapes, "REPORTS", 1000)
    monkeypatch.setattr(loaded, "INDICATORS", 4)


def test_town_has_the_sizes_of_the_proof():
    made = town(root(), 1, 2026, "!")
    kinds = Counter(unit.kind for unit in made.units)
    assert (TASKS, REPORTS, USERS) == (10_000, 100_000, 170)
    assert (len(made.tasks), len(made.accounts)) == (TASKS, USERS)
    assert (kinds["village"], kinds["town_office"]) == (15, 12)
    assert sum(task.is_leaf for task in made.tasks) == LEAVES
    assert sum(1 for _ in reports(made)) == REPORTS


def test_loaded_towns_keep_exact_sums_and_a_journal(db, small):
    assert len(list(load(YEAR, 2, "!"))) == 2
    assert ProgressReport.objects.count() == 2000
    registered = Entry.objects.filter(verb="ledger.task.register")
    assert registered.count() == Task.objects.count() == 2 * 20 * 25
    for plan in Plan.objects.all():
        counted = recount(plan.pk, plan.jurisdiction)
        assert Sums(plan.weight_sum, plan.done_sum, plan.missing_sum) == counted.plan
        assert all(stored(task) == counted.tasks[task.pk] for task in plan.tasks.all())


def test_loaded_figures_are_what_a_rebuild_counts(db, small):
    list(load(YEAR, 2, "!"))
    assert Reading.objects.count() == 2 * 4 * VILLAGES * loaded.MONTHS
    months = [date(2025, n, 1) for n in range(6, 13)] + [date(2026, n, 1) for n in range(1, 6)]
    assert list(Reading.objects.dates("ends_on", "month")) == months
    assert StoredTotal.objects.count() == 2 * 4 * loaded.MONTHS
    assert rebuild(None) == 0
    for whole in Target.objects.filter(parent=None, indicator__definitions__aggregation="sum"):
        assert sum(part.value for part in whole.children.all()) == whole.value


def test_loaded_tasks_end_at_what_was_last_reported(db, small):
    list(load(YEAR, 1, "!"))
    for task in Task.objects.filter(is_leaf=True):
        last = task.reports.order_by("-reported_at", "-id").first()
        assert last is not None
        assert last.progress == task.progress


def test_full_database_is_left_alone(cast, monkeypatch, capsys):
    monkeypatch.setattr("luoshi.config.commands.setup.prepare", lambda: None)
    before = (Account.objects.count(), Unit.objects.count())
    assert load_set.main(["--towns", "1"]) == 1
    assert "not empty" in capsys.readouterr().err
    assert (Account.objects.count(), Unit.objects.count()) == before
