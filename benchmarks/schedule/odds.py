"""S8: ten thousand draws over a thousand tasks, in CPU seconds, beside plain loops.

Usage: .venv/bin/python -m benchmarks.schedule.odds [--draws 10000] [--size 1000]
The loop does the same draws and the same forward pass task by task in plain Python; it is run on a
part of the draws and counted up.
"""

from __future__ import annotations

import os
import random
import sys
from time import process_time

from benchmarks.schedule.networks import STATUS, asked, crossed
from luoshi.domain.schedule import Network
from luoshi.engines import risk
from luoshi.engines.base import Problem
from luoshi.office.china_calendar import china_calendar

LIMIT_S = 0.2
LOOPED = 100


def loops(net: Network, draws: int) -> float:
    """CPU seconds of plain loops for so many draws."""
    draw, size = random.Random(2), len(net.steps)
    into: list[list[int]] = [[] for _ in range(size)]
    for link in net.links:
        into[int(str(link.successor))].append(int(str(link.predecessor)))
    days = [step.duration_days for step in net.steps]
    begun = process_time()
    ends = []
    for _ in range(draws):
        finish = [0] * size
        for i in range(size):
            length = max(1, round(draw.triangular(days[i] - 1, 2 * days[i], days[i])))
            finish[i] = max((finish[p] for p in into[i]), default=0) + length
        ends.append(max(finish))
    ends.sort()
    return process_time() - begun


def main() -> int:
    """Print both; ends with 1 where the limit is missed."""
    options = asked(1000, draws=10_000)
    if not risk.available():
        print("S8  not measured: NumPy is not installed")
        return 0
    net = crossed(options.size)
    points = {
        s.id: risk.ThreePoint(max(1, s.duration_days - 1), s.duration_days, 2 * s.duration_days)
        for s in net.steps
    }
    problem = Problem(net, china_calendar(), STATUS)
    risk.simulate(problem, risk.Luck(points, draws=10))  # loads NumPy
    spent = min(
        risk.simulate(problem, risk.Luck(points, draws=options.draws)).cpu_s for _ in range(3)
    )
    peer = loops(net, LOOPED) * options.draws / LOOPED
    load = os.getloadavg()[0]
    print(
        f"S8  {options.draws} draws x {options.size} tasks: {spent:.2f} CPU s (limit {LIMIT_S}); load {load:.1f}"
    )
    print(f"    plain loops {peer:.1f} CPU s: {peer / spent:.0f} x")
    return int(spent > LIMIT_S)


if __name__ == "__main__":
    sys.exit(main())
