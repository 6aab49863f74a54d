"""Writers take turns on SQLite: a file lock waits fairly where SQLite's own busy loop starves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from django.conf import settings
from django.db import connection
from filelock import FileLock

WAIT_SECONDS = 20


@lru_cache(maxsize=4)
def _lock(path: str) -> FileLock:
    return FileLock(path, timeout=WAIT_SECONDS, thread_local=True)


@contextmanager
def writers_turn() -> Iterator[None]:
    """Hold the turn to write; on PostgreSQL there is nothing to wait for."""
    if connection.vendor != "sqlite":
        yield
        return
    with _lock(str(settings.LUOSHI_DATA / "writers.lock")):
        yield
