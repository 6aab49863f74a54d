"""The ledger's plan and task, reported done by 东村, for the tests of supervision."""

import pytest

from luoshi.ledger import actions as ledger
from luoshi.ledger.actions import Said
from luoshi.ledger.tests.conftest import NOW, TODAY, act, line, new, plan, roles, task
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
