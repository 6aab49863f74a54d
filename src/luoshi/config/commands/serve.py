"""`luoshi serve`: a parent with the web processes and one worker; they live and die together."""

from __future__ import annotations

import ctypes
import signal
import subprocess
import sys
import time

from luoshi.config.commands import web

PR_SET_PDEATHSIG = 1


def _die_with_parent() -> None:
    """Ask the kernel to end the child when the parent is gone, even by SIGKILL."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def main(argv: list[str]) -> int:
    """Start both, wait for either, end both."""
    options = web.address(argv, "luoshi serve")
    me = [sys.executable, "-m", "luoshi.config"]
    flags = ["--host", options.host, "--port", str(options.port), "--workers", str(options.workers)]
    children = [
        subprocess.Popen([*me, "web", *flags], preexec_fn=_die_with_parent),  # noqa: S603, PLW1509
        subprocess.Popen([*me, "worker"], preexec_fn=_die_with_parent),  # noqa: S603, PLW1509
    ]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    print(f"Luoshi: http://localhost:{options.port}  (Ctrl+C ends it)", flush=True)
    try:
        while all(child.poll() is None for child in children):
            time.sleep(0.2)
    except KeyboardInterrupt:
        return 0
    finally:
        for child in children:
            child.terminate()
        for child in children:
            child.wait(timeout=20)
    return next((child.returncode for child in children if child.returncode), 0)
