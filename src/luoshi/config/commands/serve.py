"""`luoshi serve`: a parent with the web processes and one worker; they live and die together."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time

from luoshi.config.commands import web

PR_SET_PDEATHSIG = 1
PATIENCE = 10.0  # seconds for answers under way


def _die_with_parent() -> None:
    """Ask the kernel to end the child when the parent is gone, even by SIGKILL."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    """Ask each to finish what it answers; who stands after ten seconds goes with its group."""
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def main(argv: list[str]) -> int:
    """Start both, wait for either, end both."""
    options = web.address(argv, "luoshi serve")
    me = [sys.executable, "-m", "luoshi.config"]
    flags = ["--host", options.host, "--port", str(options.port), "--workers", str(options.workers)]
    children = [
        subprocess.Popen(  # noqa: S603 - our own interpreter; each leads a group of its own
            [*me, *verb],
            preexec_fn=_die_with_parent,  # noqa: PLW1509
            start_new_session=True,
        )
        for verb in (["web", *flags], ["worker"])
    ]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    print(f"Luoshi: http://localhost:{options.port}  (Ctrl+C ends it)", flush=True)
    try:
        while all(child.poll() is None for child in children):
            time.sleep(0.2)
    except KeyboardInterrupt:
        return 0
    finally:
        _end(children)
    return next((child.returncode for child in children if child.returncode), 0)
