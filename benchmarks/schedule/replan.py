"""S6: a plan of 5,000 tasks after one change, in CPU milliseconds at the 95th percentile.

Usage: .venv/bin/python benchmarks/schedule/replan.py [--size 5000] [--rounds 40]
One step's duration or earliest day changes; the just-in-time plan is made anew (framing, both passes
and every date), and, apart, the levelled plan of the rule with three people a unit of thirty.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
from dataclasses import replace
from datetime import date
from time import process_time

from luoshi.domain.schedule import Capacity, Link, Network, Resource, Step
from luoshi.engines import levelling, passes
from luoshi.engines.base import Budget, Problem
from luoshi.office.china_calendar import china_calendar

STATUS = date(2026, 1, 4)
LIMIT_MS = 100.0


def network(size: int) -> Network:
    """Projects of twenty steps in a row with crossings, as a town's plan has; each has a deadline."""
    draw = random.Random(3)
    steps = tuple(
        Step(
            i,
            f"step {i}",
            draw.randint(1, 8),
            deadline=date(2026, 12, 20) if i % 20 == 19 else None,
        )
        for i in range(size)
    )
    links = [Link(i - 1, i) for i in range(1, size) if i % 20]
    links += [Link(draw.randrange(i - 20 - i % 20, i - i % 20), i) for i in range(40, size, 7)]
    return Network(steps, tuple(links))


def p95(times: list[float]) -> float:
    """The 95th percentile, in milliseconds."""
    return 1000 * sorted(times)[min(len(times) - 1, int(0.95 * len(times)))]


def main() -> int:
    """Print both percentiles; ends with 1 where the replan misses the limit."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=40)
    options = parser.parse_args()
    net, calendar, draw = network(options.size), china_calendar(), random.Random(5)
    units = Capacity(
        tuple(Resource(u, f"unit {u}", 3) for u in range(30)),
        {step.id: {step.id // 20 % 30: 1} for step in net.steps},
    )
    budget = Budget(0.0)
    times: list[list[float]] = [[], []]
    for n in range(options.rounds):
        i = draw.randrange(options.size)
        steps = list(net.steps)
        steps[i] = replace(steps[i], duration_days=steps[i].duration_days + draw.randint(1, 9))
        changed = Network(tuple(steps), net.links)
        for which, capacity in enumerate((None, units)):
            if which and n >= options.rounds // 8:
                continue
            solve = levelling.solve if which else passes.solve
            begun = process_time()
            solve(Problem(changed, calendar, STATUS, capacity=capacity), budget=budget)
            times[which].append(process_time() - begun)
    load = os.getloadavg()[0]
    free = p95(times[0])
    print(f"S6  replan of {options.size} tasks, {len(net.links)} links; load {load:.1f}")
    print(
        f"    dates p95 {free:.0f} ms CPU (limit {LIMIT_MS:.0f}); levelled by rule {p95(times[1]):.0f} ms"
    )
    return int(free > LIMIT_MS)


if __name__ == "__main__":
    sys.exit(main())
