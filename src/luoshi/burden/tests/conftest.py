"""Who acts in the tests of the burden meter."""

from datetime import UTC, datetime

import pytest

from tests.cast import TODAY

NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai, a Thursday before a festival

__all__ = ["NOW", "TODAY"]


@pytest.fixture
def act(cast):
    """`act("lin", action, …)`: the action by one of the cast, today."""

    def call(who, action, **facts):
        return action(actor=cast.actor(who), today=TODAY, **facts)

    return call
