"""The product as people meet it: `luoshi demo` in a process of its own, on a data folder of its own."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

LUOSHI = str(Path(sys.executable).parent / "luoshi")
PATIENCE = 400.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def surroundings(data: Path) -> dict[str, str]:
    """The environment of a command on a data folder of its own."""
    kept = {
        k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    }
    return {**kept, "LUOSHI_DATA": str(data)}


@contextmanager
def of_the_run(factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder that all processes of a run share, for one of them at a time."""
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield shared


def built(factory: pytest.TempPathFactory) -> Path:
    """A data folder with the demonstration in it: built once a run, copied for each who asks.

    `LUOSHI_BUILT` names a folder to keep it in, where the same one is looked at run after run.
    """
    with of_the_run(factory) as shared:
        kept = os.environ.get("LUOSHI_BUILT")
        first = Path(kept or shared / "demonstration")
        if not (first / "whole").exists():
            if not kept:
                shutil.rmtree(first, ignore_errors=True)
            subprocess.run(
                [LUOSHI, "demo", "--no-serve"], env=surroundings(first), check=True, capture_output=True
            )  # fmt: skip
            (first / "whole").touch()
        return shutil.copytree(first, factory.mktemp("demo") / "data")


@contextmanager
def demo(factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Serve a demonstration of one's own; its address and its data folder. Ends with the block."""
    data, port = built(factory), free_port()
    environment = {**surroundings(data), "LUOSHI_PORT": str(port)}
    with (data / "log").open("wb") as log:
        server = subprocess.Popen([LUOSHI, "demo"], env=environment, stdout=log, stderr=log)
        try:
            wait_for(f"http://127.0.0.1:{port}/account/login/", server, data / "log")
            yield f"http://127.0.0.1:{port}", data
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=20)


def wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if server.poll() is not None:
            raise RuntimeError(log.read_text("utf-8", errors="replace")[-3000:])
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except OSError:
            time.sleep(0.3)
        else:
            return
    raise TimeoutError(log.read_text("utf-8", errors="replace")[-3000:])
