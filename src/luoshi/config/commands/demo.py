"""`luoshi demo [--reset] [--no-serve]`: the demonstration county, signed in and served.

The first call prepares keys, tables and data (well under a minute); later calls keep what was
changed. The demonstration answers on this machine only and stands at its own day.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import time


def main(argv: list[str]) -> int:
    """Prepare what is missing, then serve."""
    parser = argparse.ArgumentParser("luoshi demo", description=__doc__)
    parser.add_argument("--reset", action="store_true", help="throw the demonstration away first")
    parser.add_argument("--no-serve", action="store_true", help="prepare only")
    options, rest = parser.parse_known_args(argv)
    os.environ["LUOSHI_DEMO"] = "1"
    if options.reset:
        _reset()
    from luoshi.config.commands import setup

    setup.prepare()
    from luoshi.config.demo_guard import refuse_mixed_database

    refuse_mixed_database()
    _load_once()
    if not options.no_serve:
        sys.stdout.flush()
        # A fresh process: the one that prepared holds every room in memory and only has to wait.
        os.execv(sys.executable, [sys.executable, "-m", "luoshi.config", "serve", *rest])  # noqa: S606
    return 0


def _reset() -> None:
    """Throw away the demonstration's own folder; on PostgreSQL, its own tables."""
    from luoshi.config.commands.setup import data_folder

    if not os.environ.get("DATABASE_URL"):
        shutil.rmtree(data_folder(), ignore_errors=True)
        return
    from luoshi.config.commands import setup

    setup.prepare()
    from luoshi.org.models import Account, DemoMarker

    if not DemoMarker.objects.exists() and Account.objects.exists():
        sys.exit("this database holds a real office; nothing was touched")
    from django.core.management import call_command

    call_command("flush", interactive=False, verbosity=0)


def _load_once() -> None:
    """Build the county where it is not there yet; a build that was cut short starts over."""
    from luoshi.config.demo import build
    from luoshi.org.models import DemoMarker

    if DemoMarker.objects.exists():
        if build.is_whole():
            return
        print("the demonstration was left half built; starting over", flush=True)
        _reset()
        _prepare_again()
    started = time.monotonic()
    print("building the demonstration county …", flush=True)
    counts = build.build()
    told = ", ".join(f"{count:,} {name}" for name, count in counts.items())
    print(f"  {told} in {time.monotonic() - started:.0f} s", flush=True)


def _prepare_again() -> None:
    """Keys and tables after a reset within one process."""
    from django.db import connections

    from luoshi.config.commands import setup

    connections.close_all()
    setup.prepare()
