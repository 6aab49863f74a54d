"""The product served as an office serves it: `luoshi serve` on a database of its own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.office import LUOSHI, Office
from tests.proofs.desk import Desk, NoAnswer

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def staged(office: Office, rows: int) -> dict[str, Any]:
    """An empty office with keys, tables, people and rows to count on."""
    answer = office.run("setup")
    assert answer.returncode == 0, answer.stderr
    told = subprocess.run(
        [sys.executable, "-m", "tests.proofs.stage", str(rows)], env=paths(office), cwd=ROOT,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr[-3000:]
    return dict(json.loads(told.stdout))


def paths(office: Office) -> dict[str, str]:
    """The office's environment, where the tests' own modules are found too."""
    return office.env | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")])}


@contextmanager
def served(office: Office) -> Iterator[str]:
    """The address of the office's server while the block runs."""
    port = free_port()
    log = office.data.parent / "serve.log"
    with log.open("wb") as out:
        server = subprocess.Popen(
            [str(LUOSHI), "serve", "--port", str(port)], env=paths(office), stdout=out, stderr=out
        )
        base = f"http://127.0.0.1:{port}"
        try:
            _wait(base, server, log)
            yield base
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=40)


def _wait(base: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + 300
    while time.monotonic() < end:
        assert server.poll() is None, log.read_text()[-3000:]
        try:
            desk = Desk(base, 5)
            status, _, _ = desk.ask("GET", "/account/login/")
            desk.hang_up()
            if status == 200:
                return
        except NoAnswer:
            time.sleep(0.2)
    raise TimeoutError(log.read_text()[-3000:])
