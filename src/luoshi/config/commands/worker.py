"""`luoshi worker`: does jobs, seals the journal, judges lights. One process is enough."""

from __future__ import annotations

import fcntl
import logging
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from threading import Event

log = logging.getLogger(__name__)
LOOK_EVERY = 0.4  # seconds between looks at the queue: what a person waits before a job begins
SEAL_EVERY = 4.0
WAKE_EVERY = 15.0
AGAIN = 600.0  # seconds until what the day asks for is tried again


def main(argv: list[str]) -> int:  # noqa: ARG001 - takes no arguments yet
    """Loop until told to stop; a fault of the database is logged and waited out."""
    from luoshi.config.commands.setup import prepare_read_only

    prepare_read_only()
    from django.conf import settings

    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with _alone(Path(settings.LUOSHI_DATA) / "worker.lock", stop):
        loop(stop)
    return 0


@contextmanager
def _alone(path: Path, stop: Event) -> Iterator[None]:
    """One worker a data folder; a second stands by. The kernel lets go of a killed one's lock."""
    with path.open("w") as lock:
        while not stop.is_set():
            with suppress(BlockingIOError):
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            stop.wait(LOOK_EVERY)
        yield


def loop(stop: Event) -> None:
    """Jobs at once, seals and lights every few seconds; a beat file says that a worker lives.

    The digest goes out at its hour, and what waits to leave is sent.
    After midnight, and after whatever was written, the lights that ran out are judged again.
    """
    from django.conf import settings
    from django.db import Error, connection
    from django.utils import timezone

    from luoshi.config.middleware import today
    from luoshi.home.tasks import wake
    from luoshi.jobs import actions as jobs
    from luoshi.journal import anchoring, sealer
    from luoshi.ledger import actions as ledger

    beat, sealed_at = Path(settings.LUOSHI_DATA) / "worker.beat", 0.0
    woken_at = 0.0
    anchored, swept = _Daily(anchoring.daily), _Daily(_sweep)
    holder, holds_old = f"{socket.gethostname()}:{settings.LUOSHI_DATA}"[-120:], True
    while not stop.is_set():
        try:
            beat.touch()
            if holds_old:  # from before this worker began, or lost the database
                jobs.free_held(holder)
                holds_old = False
            jobs.run_waiting(timezone.now, holder=holder)
            if time.monotonic() - sealed_at > SEAL_EVERY:
                sealer.seal_waiting()
                ledger.judge_waiting(today())
                anchored.look(today(), time.monotonic())
                swept.look(today(), time.monotonic())
                sealed_at = time.monotonic()
            if time.monotonic() - woken_at > WAKE_EVERY:
                wake(today(), timezone.now())
                woken_at = time.monotonic()
        except (Error, OSError, sealer.Disturbed):
            log.exception("the worker waits for the database or the disk")
            connection.close()
            holds_old = True
            stop.wait(2)
        stop.wait(LOOK_EVERY)


def _sweep(day: date) -> bool:
    """Recurring work and the week's draft; never done for the day, so asked every ten minutes."""
    from django.utils import timezone

    from luoshi.supervision import actions as supervision

    supervision.sweep(day, timezone.now())
    return False


class _Daily:
    """A thing to do once a day; where it did not succeed, again after ten minutes."""

    def __init__(self, act: Callable[[date], bool]) -> None:
        self.act, self.done_on, self.not_before = act, date.min, 0.0

    def look(self, today: date, clock: float) -> None:
        """Do it when it is due."""
        if self.done_on == today or clock < self.not_before:
            return
        self.not_before = clock + AGAIN
        if self.act(today):
            self.done_on, self.not_before = today, 0.0
