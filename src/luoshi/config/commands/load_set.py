"""`luoshi load-set --towns N`: a county of N towns to measure with; on an empty database only.

Each town has 10,000 tasks, 100,000 reports, 170 users, 15 villages and 12 offices, and sixty
indicators with targets and twelve months of readings. Stored sums are exact; every task, indicator
and target has its journal entry. Prints how many rows a second were written.
"""

from __future__ import annotations

import argparse
import secrets
import sys
import time


def main(argv: list[str]) -> int:
    """Prepare an empty database and fill it, one transaction a town; 1 where it is not empty."""
    parser = argparse.ArgumentParser("luoshi load-set", description=__doc__)
    parser.add_argument("--towns", type=int, default=1)
    parser.add_argument("--password", help="for every account; without it nobody can sign in")
    options = parser.parse_args(argv)
    from luoshi.config.commands import setup

    setup.prepare()
    from luoshi.org.models import Account, Unit

    if Account.objects.exists() or Unit.objects.exists():
        print("this database is not empty; the measured set was not written", file=sys.stderr)
        return 1
    from django.contrib.auth.hashers import make_password

    password = make_password(options.password or secrets.token_urlsafe(24))
    from luoshi.config.load.write import load
    from luoshi.config.middleware import today
    from luoshi.journal import sealer

    started = time.monotonic()
    for number, rows in enumerate(load(today(), options.towns, password), start=1):
        spent = time.monotonic() - started
        rate = rows * number / spent
        print(f"town {number}: {rows:,} rows; {spent:.1f} s in all, {rate:,.0f} rows/s", flush=True)
    began = time.monotonic()
    sealed = sealer.seal_waiting()
    spent = time.monotonic() - began
    print(f"{sealed:,} journal entries sealed in {spent:.1f} s, {sealed / spent:,.0f} entries/s")
    return 0
