"""S5: a plan with capacity beside TaskJuggler, CPU seconds, reading the file included.

Usage: .venv/bin/python benchmarks/schedule/juggler.py [--sizes 100,1000]
TaskJuggler is Debian's `tj3`; where it is not installed only our own side is measured. The same
network goes to both: as a .tjp file, and as Project XML read by `luoshi.office.mspdi_in`. Every plan
of ours passes the law. `earlier`: how many working days our end is before TaskJuggler's.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from time import process_time

from luoshi.config.commands.project_files import problem_of
from luoshi.domain.schedule import Link, check_plan
from luoshi.engines import levelling
from luoshi.engines.base import Budget
from luoshi.office.mspdi import Days, Hand, Project, Row
from luoshi.office.mspdi_in import read
from luoshi.office.mspdi_out import write

START = date(2026, 1, 5)
GOAL = 100.0


def project(size: int) -> Project:
    """Projects of ten tasks in a row; one of twenty people does each task, wholly."""
    draw = random.Random(size)
    rows = tuple(Row(i, f"t{i}", days=draw.randint(1, 6)) for i in range(1, size + 1))
    links = tuple(Link(i - 1, i) for i in range(2, size + 1) if i % 10 != 1)
    hands = tuple(Hand(k, f"p{k}") for k in range(1, 21))
    held = tuple((row.uid, draw.randint(1, 20), 100) for row in rows)
    return Project("plan", START, days=Days(), rows=rows, links=links, hands=hands, held=held)


def as_tjp(plan: Project) -> str:
    """The same plan in TaskJuggler's language."""
    before = {link.successor: link.predecessor for link in plan.links}
    holder = {task: hand for task, hand, _ in plan.held}
    years = 2 + len(plan.rows) // 500
    lines = [f'project p "p" {START} +{years}y {{ timezone "UTC" }}']
    lines += [f'resource p{hand.uid} "p{hand.uid}"' for hand in plan.hands]
    for row in plan.rows:
        after = f" depends !t{before[row.uid]}" if row.uid in before else f" start {START}"
        lines.append(
            f'task t{row.uid} "t" {{ effort {row.days}d allocate p{holder[row.uid]}{after} }}'
        )
    lines.append('taskreport "out" { formats csv columns id, start, end }')
    return "\n".join(lines)


def juggled(plan: Project) -> tuple[float, date] | None:
    """CPU seconds of TaskJuggler and its last day; None where it is not installed."""
    if shutil.which("tj3") is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "p.tjp").write_text(as_tjp(plan))
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(["tj3", "--silent", "p.tjp"], cwd=folder, check=True, timeout=110)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        days = re.findall(r"\d{4}-\d\d-\d\d", Path(folder, "out.csv").read_text())
    spent = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return spent, date.fromisoformat(max(days))


def main() -> int:
    """Print a row a size; ends with 1 where the ratio is missed or our plan ends later."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", default="100,1000")
    options = parser.parse_args()
    print(
        f"S5  CPU s, load {os.getloadavg()[0]:.1f}; tasks, ours (of it the plan), TaskJuggler, ratio, earlier"
    )
    missed = False
    for size in map(int, options.sizes.split(",")):
        made = project(size)
        data = write(made)
        begun = process_time()
        problem = problem_of(read(data))
        parsed = process_time()
        solution = levelling.solve(problem, budget=Budget(0.0))
        ours = process_time() - begun
        found = check_plan(
            problem.network,
            problem.calendar,
            solution.plan,
            status_on=problem.status_on,
            capacity=problem.capacity,
        )
        assert not found, found[0]
        end = max(slot.finish for slot in solution.plan.slots.values())
        told = f"    {size:<6} {ours:.3f} ({ours - (parsed - begun):.3f})"
        peer = juggled(made)
        if peer is None:
            print(told + "  tj3 is not installed")
            continue
        spent, last = peer
        earlier = problem.calendar.between(end, last)
        missed = missed or spent / ours < GOAL or earlier < 0
        print(told + f"  {spent:.2f}  {spent / ours:.0f} x (goal {GOAL:.0f} x)  {earlier}")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
