"""Fixtures that every test may use: the cast, a day, and a client signed in as one of them."""

from __future__ import annotations

import gc
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from tests.cast import TODAY, Cast, make_cast

ROOT = Path(__file__).parent


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--tables`, for the second database."""
    parser.addoption("--tables", action="store_true", help="only what asks the database something")


def pytest_collection() -> None:
    """What is collected lives to the end of the run: nobody looks for garbage in it."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Nine thousand tests are a heap of a gigabyte; combing it cost more than the tests did."""
    gc.collect()
    gc.freeze()
    gc.enable()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """For a second database: laws and files know no table, and who may see what is asked once."""
    if config.getoption("--tables"):
        items[:] = [item for item in items if _asks_tables(item)]


def _asks_tables(item: pytest.Item) -> bool:
    if item.path.name == "test_access.py":
        return False
    marked = item.get_closest_marker("tables") or item.get_closest_marker("django_db")
    return bool(marked or {"db", "transactional_db"} & set(getattr(item, "fixturenames", ())))


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


def _skips(reporter: pytest.TerminalReporter) -> dict[str, bool]:
    """Each reason for a skip, and whether `tests/allowed_skips.txt` allows it."""
    lines = (ROOT / "tests" / "allowed_skips.txt").read_text("utf-8").splitlines()
    allowed = [line for line in lines if line and not line.startswith("#")]
    reasons = {str(report.longrepr[2]) for report in reporter.stats.get("skipped", [])}
    return {reason: any(part in reason for part in allowed) for reason in sorted(reasons)}


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print each reason for a skip, and mark those that nobody allowed."""
    for reason, known in _skips(terminalreporter).items():
        terminalreporter.write_line(f"{'skipped' if known else 'SKIPPED WITHOUT LEAVE'}: {reason}")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A skip that nobody allowed is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and not all(_skips(reporter).values()):
        session.exitstatus = 1
