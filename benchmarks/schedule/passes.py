"""S1: forward and backward pass with the working calendar, in CPU milliseconds.

Usage: .venv/bin/python -m benchmarks.schedule.passes [--sizes 10000,100000] [--rounds 5]
Counted on our side: both passes over a prepared network and the day of every start and finish of
both, compiled by Numba (`compiled`), by NumPy level by level (`by level`), and in plain lists (`plain`, what
a web process runs). The peers, networkx and rustworkx, are measured in the same run where they can be
imported: both passes over the topological order of a prepared graph, without any calendar, the
fastest walk their interfaces allow. Not counted in a ratio, but printed: what each makes of the
network first (`prepare`: ours from steps and links of the law to arrays; theirs from pairs of numbers to a graph),
and `law`, the plain law from steps to analysed dates (slack and chain included).
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import random
import sys
from datetime import date
from time import process_time

from luoshi.domain.schedule import Link, Network, Step, analyse
from luoshi.domain.schedule.arithmetic import Ruler
from luoshi.domain.schedule.frame import frame
from luoshi.engines import sweep
from luoshi.engines.passes import earliest, flatten, latest
from luoshi.office.china_calendar import china_calendar

STATUS = date(2026, 1, 4)
GOAL, GOAL_COMPILED = 20.0, 4.0
"""How many times less CPU than networkx and rustworkx S1 asks for."""


def network(size: int, seed: int = 1) -> Network:
    """Two predecessors a step from the 400 to 3,000 steps before: a wide plan, as offices have."""
    draw = random.Random(seed)
    steps = tuple(Step(i, f"step {i}", draw.randint(0, 5)) for i in range(size))
    pairs = {(max(0, i - draw.randint(400, 3000)), i) for i in range(1, size) for _ in range(2)}
    return Network(steps, tuple(Link(a, b) for a, b in sorted(pairs)))


def best_ms(rounds: int, run) -> float:
    """The least CPU of some rounds: the machine is shared."""
    times = []
    for _ in range(rounds):
        begun = process_time()
        run()
        times.append(process_time() - begun)
    return 1000 * min(times)


def ours(net: Network, rounds: int, *, law: bool) -> dict[str, float]:
    """CPU milliseconds of each part of our own work."""
    calendar = china_calendar()
    ruler = Ruler(calendar)
    end = calendar.rank(date(2099, 12, 31))
    flat = flatten(frame(net), ruler, STATUS)
    assert flat is not None
    _, _, days = calendar.tables()
    found = {"prepare": best_ms(1, lambda: flatten(frame(net), ruler, STATUS))}

    def plain() -> list[list[tuple[date, date]]]:
        return [
            [
                (days[start], days[start + n - 1])
                for start, n in zip(starts, flat.length, strict=True)
            ]
            for starts in (earliest(flat), latest(flat, end))
        ]

    found["plain"] = best_ms(min(3, rounds), plain)
    if importlib.util.find_spec("numpy") is not None:
        found["prepare"] += best_ms(1, lambda: sweep.Arrays.of(flat))
        found |= swept(sweep.Arrays.of(flat), plain(), days, end, rounds)
    if law:
        found["law"] = best_ms(1, lambda: analyse(net, calendar, status_on=STATUS))
    return found


def swept(arrays, oracle, days, end: int, rounds: int) -> dict[str, float]:
    """The passes over arrays, their answers held against those of the plain ones."""
    table = sweep.working_days(days)

    def run(*, plain: bool):
        both = sweep.earliest(arrays, plain=plain), sweep.latest(arrays, end, plain=plain)
        return [sweep.dated(arrays, starts, table) for starts in both]

    found = {}
    for name, plain in (("compiled", False), ("by level", True)):
        if plain or sweep.compiled():
            for dated, expected in zip(run(plain=plain), oracle, strict=True):
                assert list(zip(*(some.tolist() for some in dated), strict=True)) == expected
            found[name] = best_ms(rounds, lambda plain=plain: run(plain=plain))
    return found


def walked(order, before, after, days) -> None:
    """Both passes over a topological order, as either peer's graph lets one write them."""
    start: dict[int, int] = {}
    for node in order:
        start[node] = max((start[p] + days[p] for p in before(node)), default=0)
    end = max(start[node] + days[node] for node in order)
    late: dict[int, int] = {}
    for node in reversed(order):
        late[node] = min((late[s] for s in after(node)), default=end) - days[node]


def networkx_ms(net: Network, rounds: int) -> tuple[float, float]:
    """Both passes, and the building of the graph."""
    import networkx as nx

    days = [step.duration_days for step in net.steps]
    pairs = [(link.predecessor, link.successor) for link in net.links]
    graph = nx.DiGraph()

    def build() -> None:
        graph.add_nodes_from(range(len(days)))
        graph.add_edges_from(pairs)

    def run() -> None:
        walked(list(nx.topological_sort(graph)), graph.predecessors, graph.successors, days)

    built = best_ms(1, build)
    return best_ms(min(2, rounds), run), built


def rustworkx_ms(net: Network, rounds: int) -> tuple[float, float]:
    """Both passes, and the building of the graph."""
    import rustworkx as rx

    days = [step.duration_days for step in net.steps]
    pairs = [(link.predecessor, link.successor) for link in net.links]
    graph = rx.PyDiGraph()

    def build() -> None:
        graph.add_nodes_from(range(len(days)))
        graph.add_edges_from_no_data(pairs)

    def run() -> None:
        order = list(rx.topological_sort(graph))
        walked(order, graph.predecessor_indices, graph.successor_indices, days)

    built = best_ms(1, build)
    return best_ms(min(3, rounds), run), built


PEERS = (("networkx", networkx_ms, GOAL), ("rustworkx", rustworkx_ms, GOAL_COMPILED))


def main() -> int:
    """Print the table; ends with 1 when the goal against an installed peer is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", default="10000,100000")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--no-law", action="store_true", help="without the law's own analysis")
    options = parser.parse_args()
    load = os.getloadavg()[0]
    print(f"S1  CPU ms, best of {options.rounds}; {os.cpu_count()} cores, load {load:.1f}")
    missed = False
    for size in map(int, options.sizes.split(",")):
        net = network(size)
        row = ours(net, options.rounds, law=not options.no_law)
        told = "  ".join(f"{name} {ms:.2f}" for name, ms in row.items())
        print(f"    {size} steps, {len(net.links)} links, passes and dates: {told}")
        best = row.get("compiled", row.get("by level", row["plain"]))
        for name, measure, goal in PEERS:
            if importlib.util.find_spec(name) is None:
                print(f"      {name}: not installed")
                continue
            other, built = measure(net, options.rounds)
            whole = (other + built) / (best + row["prepare"])
            missed = missed or other / best < goal
            print(
                f"      {name} {other:.1f}: {other / best:.1f} x (goal {goal:.0f} x); plain lists "
                f"{other / row['plain']:.1f} x; prepared first {built:.1f}, with that {whole:.1f} x"
            )
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
