"""S2 to S4: mean gap to the best known length, beside CP-SAT alone with the same CPU, in one run.

Usage: .venv/bin/python benchmarks/schedule/levelling.py [--set j120] [--cpu 1] [--count 12] [--samples]
The instances and their best-known values lie in `../shared/scheduling-data` beside the repository;
without them nothing is measured. `--samples` takes the instances named in `samples.csv`, else as
many others are drawn. Both engines are stopped by the CPU time of the process, two workers each.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import io
import os
import random
import sys
import tarfile
import threading
import time
from pathlib import Path
from statistics import fmean

from luoshi.engines import plain, portfolio
from luoshi.engines.base import Budget
from luoshi.engines.core import Core, answer_of
from luoshi.engines.instances import core_of_jobs
from luoshi.office import psplib_in

DATA = Path(__file__).resolve().parents[3] / "shared" / "scheduling-data"
LIMITS = {("j120", 1.0): 1.9, ("j120", 10.0): 1.3, ("j60", 10.0): 0.15, ("rg300", 10.0): 1.3}
"""Mean gaps in hundredths that S2 to S4 ask for; and at most so much of CP-SAT's."""
OF_PEER = 0.38


def instances(
    name: str, count: int, *, samples: bool, seed: int
) -> list[tuple[str, Core, int, int]]:
    """Name, problem, best known lower and upper bound."""
    with (DATA / "bks.csv").open() as file:
        known = {r["instance"]: r for r in csv.DictReader(file) if r["set"] == name}
    with (DATA / "samples.csv").open() as file:
        named = {r["instance"] for r in csv.DictReader(file) if r["set"] == name}
    chosen = sorted(named) if samples else sorted(known.keys() - named)
    chosen = random.Random(seed).sample(chosen, min(count, len(chosen)))
    found = []
    with tarfile.open(DATA / f"{name}.tar.xz") as tar:
        members = {Path(m.name).stem: m for m in tar.getmembers() if m.isfile()}
        for one in chosen:
            member = members[one]
            stream = tar.extractfile(member)
            assert isinstance(stream, io.BufferedReader)
            read = psplib_in.read(member.name, stream.read())
            ways = [[(w.duration, w.needs, w.uses) for w in some] for some in read.jobs]
            core, _ = core_of_jobs(ways, read.successors, read.amounts, read.stores)
            found.append((one, core, int(known[one]["best_lb"]), int(known[one]["best_ub"])))
    return found


def peer(core: Core, cpu_s: float, workers: int) -> tuple[int, bool]:
    """CP-SAT alone: the textbook model, no hint; its length and whether it proved it."""
    from ortools.sat.python import cp_model

    model, horizon = cp_model.CpModel(), core.reach
    starts = [model.new_int_var(0, horizon, "") for _ in range(core.size)]
    lengths = [ways[0].length for ways in core.ways]
    spans = [
        model.new_fixed_size_interval_var(s, n, "") for s, n in zip(starts, lengths, strict=True)
    ]
    for arc in core.arcs:
        model.add(starts[arc.head] >= starts[arc.tail] + lengths[arc.tail])
    for k, amount in enumerate(core.amounts):
        pairs = [
            (i, need) for i, (way,) in enumerate(core.ways) for key, need in way.needs if key == k
        ]
        model.add_cumulative([spans[i] for i, _ in pairs], [need for _, need in pairs], amount)
    end = model.new_int_var(0, horizon, "")
    for start, length in zip(starts, lengths, strict=True):
        model.add(end >= start + length)
    model.minimize(end)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    over, limit = threading.Event(), time.process_time() + cpu_s * workers

    def watch() -> None:
        while not over.wait(0.02):
            if time.process_time() > limit:
                solver.stop_search()

    thread = threading.Thread(target=watch)
    thread.start()
    status = solver.solve(model)
    over.set()
    thread.join()
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return plain.first(core).length, False
    return int(solver.objective_value), status == cp_model.OPTIMAL


def main() -> int:
    """Print the table; ends with 1 where a limit or the ratio to the peer is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--set", default="j120")
    parser.add_argument("--cpu", type=float, default=1.0)
    parser.add_argument("--count", type=int, default=12)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--samples", action="store_true")
    parser.add_argument("--alone", action="store_true", help="without the peer")
    options = parser.parse_args()
    if not DATA.exists():
        print("S2  not measured: ../shared/scheduling-data is not there")
        return 0
    beside = not options.alone and importlib.util.find_spec("ortools") is not None
    portfolio.ready()
    chosen = instances(options.set, options.count, samples=options.samples, seed=options.seed)
    budget = Budget(options.cpu, options.workers, 1)
    gaps, rules, peers, proofs, spent = [], [], [], [0, 0], 0.0
    for _, core, _, best in chosen:
        rule = plain.first(core)
        found = portfolio.search(core, budget=budget)
        assert answer_of(core, found.answer.starts, found.answer.ways) == found.answer
        gaps.append(100 * (found.answer.length / best - 1))
        rules.append(100 * (rule.length / best - 1))
        proofs[0] += found.proved
        spent += found.cpu_s
        if beside:
            length, proved = peer(core, options.cpu, options.workers)
            peers.append(100 * (length / best - 1))
            proofs[1] += proved
    which = "samples" if options.samples else "others"
    print(
        f"S2-4 {options.set}, {len(chosen)} {which}, {options.cpu:g} s CPU x {options.workers} "
        f"({os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}); {spent / len(chosen):.2f} s spent"
    )
    print(f"     rule {fmean(rules):.2f}%  ours {fmean(gaps):.2f}% ({proofs[0]} proved)", end="")
    limit = LIMITS.get((options.set, options.cpu))
    missed = limit is not None and fmean(gaps) > limit
    if peers:
        ratio = fmean(gaps) / fmean(peers) if fmean(peers) else 0.0
        missed = missed or (options.set == "j120" and ratio > OF_PEER)
        print(f"  CP-SAT alone {fmean(peers):.2f}% ({proofs[1]} proved)  ratio {ratio:.2f}", end="")
    print(f"  limit {limit}%" if limit else "")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
