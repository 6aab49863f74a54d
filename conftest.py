"""Fixtures that every test may use: the cast, a day, and a client signed in as one of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tests.cast import TODAY, Cast, make_cast


@pytest.fixture
def cast(db: None) -> Cast:
    """The named cast, in the database."""
    return make_cast()


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> date:
    """The day all stories stand at, for requests too."""
    monkeypatch.setattr("luoshi.config.middleware.today", lambda: TODAY)
    return TODAY


@pytest.fixture
def signed_in(cast: Cast, today: date) -> Callable[[str], Client]:
    """`signed_in("lin")`: a client whose requests are Lin's, on the story's day."""

    def sign_in(name: str) -> Client:
        client = Client()
        client.force_login(cast.account(name), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
