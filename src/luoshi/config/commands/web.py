"""`luoshi web`: the web processes. In production behind a proxy, beside `luoshi worker`."""

from __future__ import annotations

import argparse
import os
import sys

LOOPBACK = ("127.0.0.1", "::1", "localhost")


def address(argv: list[str], name: str) -> argparse.Namespace:
    """Host, port and workers, from the command line or the environment."""
    parser = argparse.ArgumentParser(name, description=__doc__)
    parser.add_argument("--host", default=os.environ.get("LUOSHI_HOST", "127.0.0.1"))
    parser.add_argument("--port", type=int, default=int(os.environ.get("LUOSHI_PORT") or 8000))
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args(argv)
    if os.environ.get("LUOSHI_DEMO") == "1" and options.host not in LOOPBACK:
        parser.exit(2, f"the demonstration answers on this machine only, not on {options.host}\n")
    return options


def command(options: argparse.Namespace) -> list[str]:
    """The granian call; each worker one process with a few threads (SQLite likes few)."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi"),
        *("--host", options.host, "--port", str(options.port)),
        *("--workers", str(options.workers), "--blocking-threads", "4"),
        *("--backpressure", "64", "--no-ws", "--log-level", "warning"),
        "luoshi.config.wsgi:application",
    ]


def main(argv: list[str]) -> int:
    """Become the server."""
    options = address(argv, "luoshi web")
    from luoshi.config.commands.setup import prepare_read_only

    prepare_read_only()
    os.execv(sys.executable, command(options))  # noqa: S606 - our own interpreter
