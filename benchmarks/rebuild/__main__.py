"""The rebuild of a county of so many towns, in CPU seconds and microseconds a row."""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import sys
from datetime import UTC, date, datetime

from benchmarks.common import on_its_own, timed

TODAY = date(2026, 6, 18)
RATIO = 1.3
"""At most so many times the cost of a row in one town."""


def rows_read() -> int:
    """What a rebuild reads: tasks, their reports, readings and what they come to."""
    from luoshi.indicators.models import Reading, StoredTotal
    from luoshi.ledger.models import ProgressReport, Task

    return sum(model.objects.count() for model in (Task, ProgressReport, Reading, StoredTotal))


def sums() -> int:
    from luoshi.domain.access import Actor
    from luoshi.goals.models import Plan
    from luoshi.ledger.actions import rebuild_sums

    now = datetime(2026, 6, 18, 2, tzinfo=UTC)
    answers = [
        rebuild_sums(actor=Actor.system(plan.jurisdiction), today=TODAY, now=now, plan=plan)
        for plan in Plan.objects.select_related("unit").order_by("unit__path")
    ]
    return sum(int(answer.facts.get("changed", 0)) for answer in answers)


def measure(sizes: list[int]) -> int:
    from luoshi.config.commands.rebuild import rebuild_lights, rebuild_totals
    from luoshi.config.load.write import load

    now = datetime(2026, 6, 18, 2, tzinfo=UTC)
    towns = load(TODAY, max(sizes), "!")
    there, first, missed = 0, 0.0, False
    print(f"{'towns':>5} {'rows read':>11} {'sums s':>8} {'lights s':>9} {'totals s':>9} "
          f"{'µs a row':>9} {'ratio':>6}   load (built in)")  # fmt: skip
    for size in sizes:
        built, _ = timed(lambda size=size, there=there: [next(towns) for _ in range(size - there)])
        there = size
        with contextlib.redirect_stdout(io.StringIO()):
            rebuild_lights(TODAY, now)  # judged once, so that there is something to hold against
        spent, changed = zip(
            timed(sums), timed(lambda: rebuild_lights(TODAY, now)),
            timed(lambda: rebuild_totals(TODAY, now)), strict=True,
        )  # fmt: skip
        assert not any(changed), f"the rebuild found something to mend: {changed}"
        rows = rows_read()
        each = sum(spent) / rows * 1e6
        first = first or each
        missed |= each > RATIO * first
        print(f"{size:5} {rows:11,} {spent[0]:8.2f} {spent[1]:9.2f} {spent[2]:9.2f} {each:9.1f} "
              f"{each / first:6.2f}   {os.getloadavg()[0]:.1f} ({built:.0f} CPU s)"
              f"{' MISSED' if each > RATIO * first else ''}", flush=True)  # fmt: skip
    return int(missed)


def main() -> int:
    parser = argparse.ArgumentParser("python -m benchmarks.rebuild")
    parser.add_argument("--towns", default="1,5")
    sizes = sorted({int(part) for part in parser.parse_args().towns.split(",")})
    return on_its_own(lambda: measure(sizes))


if __name__ == "__main__":
    sys.exit(main())
