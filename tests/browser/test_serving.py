"""`luoshi serve`: a parent, the web processes and the worker live and die together (7-decisions 26)."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.browser.serving import LUOSHI, free_port, surroundings, wait_for

pytestmark = pytest.mark.browser  # needs a server, not a browser
GONE_WITHIN = 30.0


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder as `luoshi setup` leaves it."""
    folder = tmp_path_factory.mktemp("served") / "data"
    subprocess.run([LUOSHI, "setup"], env=surroundings(folder), check=True, capture_output=True)
    return folder


@pytest.fixture
def serving(data: Path, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The product, served."""
    port = free_port()
    environment = {**surroundings(data), "LUOSHI_PORT": str(port)}
    with (tmp_path / "log").open("wb") as log:
        parent = subprocess.Popen([LUOSHI, "serve"], env=environment, stdout=log, stderr=log)
        wait_for(f"http://127.0.0.1:{port}/account/login/", parent, tmp_path / "log")
        yield parent
        for pid in alive(data):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        parent.wait(timeout=20)


def alive(data: Path) -> dict[int, str]:
    """Processes that serve from the data folder, with their command lines."""
    mark, found = f"LUOSHI_DATA={data}".encode(), {}
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (place / "environ").read_bytes().split(b"\0"):
                words = (place / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                if words:  # a zombie has no command line: it is gone but for its parent's question
                    found[int(place.name)] = words
        except OSError:
            continue
    return found


def worker_of(data: Path) -> int:
    return next(pid for pid, words in alive(data).items() if "luoshi.config worker" in words)


@pytest.mark.parametrize("end", ["parent told", "parent killed", "all told", "worker killed"])
def test_processes_of_serve_end_together(
    serving: subprocess.Popen[bytes], data: Path, end: str
) -> None:
    assert len(alive(data)) >= 4, alive(data)
    if end == "parent told":
        serving.terminate()
    elif end == "parent killed":
        serving.kill()
    elif end == "worker killed":
        os.kill(worker_of(data), signal.SIGKILL)
    else:  # as a service manager does with its whole group
        for pid in alive(data):
            with suppress(ProcessLookupError):  # one went because another was told
                os.kill(pid, signal.SIGTERM)
    stop = time.monotonic() + GONE_WITHIN
    while alive(data) and time.monotonic() < stop:
        serving.poll()
        time.sleep(0.2)
    assert alive(data) == {}
