"""S9: 5,000 items over 300 people, beside the bound that no sharing can beat.

Three towns: everybody serves all of it; each village serves itself; villages share people with the
offices that are twinned with them. Usage: .venv/bin/python benchmarks/allocation/even.py
"""

from __future__ import annotations

import argparse
import random
import sys

from luoshi.domain.allocation import Item, Problem, faults, loads, moves
from luoshi.engines.allocation import solve
from luoshi.engines.base import Budget

RATIO, SECONDS = 1.005, 0.3
"""The goals: heaviest load over the bound, and CPU seconds."""
VILLAGES, OFFICES = 15, 12


def town(kind: str, items: int, people: int, seed: int = 9) -> Problem:
    """Items of 1 to 60 item-days with owners drawn unevenly, as offices have them."""
    draw = random.Random(seed)
    place = [n % (VILLAGES + OFFICES) for n in range(people)]
    able: dict[int, tuple[int, ...]] = {}
    for where in range(VILLAGES + OFFICES):
        inside = [n for n in range(people) if place[n] == where]
        if kind == "twinned" and where < VILLAGES:
            inside += [n for n in range(people) if place[n] == VILLAGES + where % OFFICES]
        able[where] = tuple(sorted(inside))
    made = []
    for _ in range(items):
        who = () if kind == "whole" else able[draw.randrange(VILLAGES + OFFICES)]
        if kind == "twinned" and draw.random() < 0.2:
            who = ()
        choices = who or range(people)
        owner = choices[int(len(choices) * draw.random() ** 2)]
        made.append(Item(draw.randint(1, 60), who, owner))
    return Problem(made, people)


def main() -> int:
    """Print a line for each town; 1 where a goal was missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--items", type=int, default=5_000)
    parser.add_argument("--people", type=int, default=300)
    asked = parser.parse_args()
    missed = 0
    print(
        f"S9  {asked.items} items, {asked.people} people; goals: {RATIO} × the bound, {SECONDS} s CPU"
    )
    for kind in ("whole", "own", "twinned"):
        problem = town(kind, asked.items, asked.people)
        today = max(loads(problem, [item.owner or 0 for item in problem.items]))
        found = solve(problem, budget=Budget(cpu_s=SECONDS))
        assert not faults(problem, found.plan)
        ratio = found.heaviest / found.bound
        held = ratio <= RATIO and found.cpu_s <= SECONDS
        missed += not held
        print(
            f"    {kind:8} today {today:5}  bound {found.bound:5}  heaviest {found.heaviest:5}  "
            f"{ratio:.4f} × bound  {found.cpu_s:.3f} s  {moves(problem, found.plan)} items move"
            f"{'' if held else '  MISSED'}"
        )
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
