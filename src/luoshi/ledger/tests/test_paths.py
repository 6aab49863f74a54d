"""Any tree, any rule at each node: what the paths keep is what counting again gives; no database.

The same story with its actions, locks and tables is told by `test_sums.py`, some dozens of times.
Here the rows live in memory, so that ten thousand trees are a matter of a CPU minute.
"""

import random
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from luoshi.ledger.actions.climbing import Climb, put
from luoshi.ledger.models import Task
from luoshi.ledger.tree import (
    NOTHING,
    Nodes,
    count,
    leaf_sums,
    member,
    segment,
    settle,
    stored,
)
from tests.cast import TODAY

RULES = Task.RollUp.values
VERBS = ("report", "report", "report", "weigh", "rule", "target", "node", "cancel")
PLAN = UUID(int=1)


class Wood:
    """A tree of rows in memory, changed by one verb at a time and carried up as the actions do."""

    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.rows, self.said, self.nodes = [], {}, {}
        for number in range(self.rng.randint(2, 14)):
            self.plant(number)
        for row in reversed(self.rows):
            self.settle(row)
        for _ in range(self.rng.randint(1, 12)):
            getattr(self, self.rng.choice(VERBS))()

    def plant(self, number):
        """A row below one that stands, or a new root."""
        above = self.rng.choice([None, *self.rows, *self.rows[-2:]])
        if above is not None and above.depth > 6:
            above = None
        if above is not None:
            above.is_leaf = False
        row = Task(
            id=UUID(int=100 + number), plan_id=PLAN, parent_id=above and above.pk, is_leaf=True,
            tree=segment(above.tree if above else "", number + 1), weight=self.rng.randint(0, 300),
            depth=above.depth + 1 if above else 0, roll_up=self.rng.choice(RULES),
            state="registered", target_value=self.figure(), target_unit=self.rng.choice(["户", ""]),
            last_report_on=None,
        )  # fmt: skip
        self.rows.append(row)
        total = self.rng.randint(0, 4)
        self.nodes[row.pk] = Nodes(total, self.rng.randint(0, total))

    def figure(self):
        return self.rng.choice([None, Decimal(self.rng.randrange(1, 10**6)).scaleb(-2)])

    def children(self, row):
        return {one.pk: member(one) for one in self.rows if one.parent_id == row.pk}

    def settle(self, row):
        """What a row's own sums should be, in memory."""
        if row.is_leaf:
            put(row, leaf_sums(row.state, row.weight, row.progress))
            return
        told = settle(
            row.roll_up, self.children(row).values(), unit=row.target_unit, nodes=self.nodes[row.pk]
        )
        put(row, told[0])
        row.done_value = told[1]

    def carry(self, row, spoke=None):
        """The row has changed: settle it, and let every row above it follow along the path alone."""
        before = stored(row)
        self.settle(row)
        above = [one for one in self.rows if row.tree.startswith(one.tree) and one is not row]
        above.sort(key=lambda one: -one.depth)
        ruled = [one for one in above if one.roll_up != "weighted"]
        families = {one.pk: self.children(one) for one in ruled}
        Climb(above, [row], {row.pk: before}, spoke=spoke).reckon(families, self.nodes)

    def report(self):
        row = self.rng.choice([one for one in self.rows if one.is_leaf])
        row.progress = self.rng.choice([0, 10_000, 12_000, self.rng.randrange(10_000)])
        value = self.figure()
        if value is not None:
            row.done_value = self.said[row.pk] = value
        day = TODAY + timedelta(days=self.rng.randint(0, 3))
        row.last_report_on = max(row.last_report_on or day, day)
        self.carry(row, day)

    def weigh(self):
        row = self.rng.choice(self.rows)
        row.weight = self.rng.randint(0, 300)
        self.carry(row)

    def rule(self):
        row = self.rng.choice(self.rows)
        row.roll_up = self.rng.choice(RULES)
        self.carry(row)

    def target(self):
        row = self.rng.choice(self.rows)
        row.target_value = self.figure()
        self.carry(row)

    def node(self):
        row = self.rng.choice(self.rows)
        told = self.nodes[row.pk]
        self.nodes[row.pk] = Nodes(told.total, self.rng.randint(0, told.total))
        self.carry(row)

    def cancel(self):
        row = self.rng.choice([one for one in self.rows if one.is_leaf])
        row.state = "cancelled"
        self.carry(row)


def holds(seed):
    """The path's sums equal a full count, whatever the order of the parts; none exceeds the whole."""
    wood = Wood(seed)
    by_tree = sorted(wood.rows, key=lambda row: row.tree, reverse=True)
    counted = count(by_tree, wood.said, wood.nodes)
    for row in wood.rows:
        assert stored(row) == counted.tasks[row.pk], (seed, row.tree, row.roll_up)
        assert row.done_value == counted.values[row.pk], (seed, row.tree, row.roll_up)
        assert row.done_sum <= 10_000 * (row.weight_sum - row.missing_sum), seed
        assert 0 <= row.missing_sum <= row.weight_sum, seed
    roots = [stored(row) for row in wood.rows if row.parent_id is None]
    assert counted.plan == sum(roots, NOTHING), seed
    wood.rng.shuffle(by_tree)
    by_tree.sort(key=lambda row: -row.depth)  # brothers in any order, parts before their whole
    mixed = count(by_tree, wood.said, wood.nodes)
    assert (mixed.tasks, mixed.values) == (counted.tasks, counted.values), seed


def test_paths_keep_what_counting_again_gives():
    for seed in range(150):
        holds(seed)


@pytest.mark.prove
def test_paths_keep_what_counting_again_gives_in_ten_thousand_trees():
    for seed in range(10_000):
        holds(seed)
