"""Build the town, ask both sides in turns, print the ratios; 1 below a goal of 5-proof A."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[2]
# page: (what it is, how many times the floor at most, or None where the floor has no such page)
PAGES: dict[str, tuple[str, float | None]] = {
    "list": ("ledger, 50 rows, filtered, sorted", 2.0),
    "list-en": ("the same in English", 2.0),
    "task": ("one task with its history", 2.5),
    "wall": ("wall chart: roll-up of the town", 1.0),
    "write": ("report on a leaf, 2 ancestors, entry", 2.0),
    "light": ("ledger by light (late)", None),
    "week": ("my week", None),
    "timetable": ("timetable, one bar a task (--tasks)", None),
}


class Side:
    """One server process, asked over its pipes."""

    def __init__(self, name: str, town: Path, env: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.pages.client", name, str(town)],
            cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def ask(self, **wish: object) -> dict[str, float]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(wish) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            sys.exit("the server process ended; its words stand above")
        return dict(json.loads(line))

    def close(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()


@contextmanager
def database(folder: Path) -> Iterator[dict[str, str]]:
    """The environment of a database of the run's own."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("LUOSHI_")}
    env |= {"LUOSHI_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "luoshi.config.settings"}
    (folder / "static").mkdir()
    url = env.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        env.pop("DATABASE_URL", None)
        yield env
        return
    import psycopg

    name = f"luoshi_bench_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            yield env | {"DATABASE_URL": urlsplit(url)._replace(path=f"/{name}").geturl()}
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def measured(
    sides: dict[str, Side], page: str, rounds: int, per: int
) -> dict[str, dict[str, float]]:
    """The median round of each side; the sides take turns, so that a busy machine hits both."""
    found: dict[str, list[dict[str, float]]] = {name: [] for name in sides}
    for _ in range(rounds):
        for name, side in sides.items():
            found[name].append(side.ask(page=page, n=per))
    return {
        name: {key: median(row[key] for row in rows) for key in rows[0]}
        for name, rows in found.items()
    }


def main() -> int:
    parser = argparse.ArgumentParser("python -m benchmarks.pages")
    parser.add_argument("--tasks", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--per", type=int, default=12, help="requests a round")
    parser.add_argument("--pages", default=",".join(PAGES))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="luoshi-bench-") as place, database(Path(place)) as env:
        town = Path(place) / "town.json"
        begun = perf_counter()
        subprocess.run(
            [sys.executable, "-m", "benchmarks.pages.town", str(options.tasks), str(town)],
            cwd=ROOT,
            env=env,
            check=True,
        )
        engine = "PostgreSQL" if "DATABASE_URL" in env else "SQLite"
        print(
            f"{engine}, {options.tasks:,} tasks, 30 units, 300 people, {5 * options.tasks:,} entries (built in {perf_counter() - begun:.0f} s); CPU ms a request"
        )
        sides = {name: Side(name, town, env) for name in ("luoshi", "floor")}
        try:
            return report(sides, [p for p in options.pages.split(",") if p in PAGES], options)
        finally:
            for side in sides.values():
                side.close()


def report(sides: dict[str, Side], pages: list[str], options: argparse.Namespace) -> int:
    print(
        f"{'page':40} {'ours':>7} {'+db':>6} {'floor':>7} {'+db':>6} {'ratio':>6} {'goal':>5} {'kB':>5} {'gz':>5} {'queries 10 / all':>17}"
    )
    missed = 0
    for page in pages:
        what, goal = PAGES[page]
        both = sides if goal else {"luoshi": sides["luoshi"]}
        # A roll-up over ten thousand rows takes the floor long enough to be exact in fewer turns.
        costs = measured(
            both,
            page,
            options.rounds,
            options.per if page not in ("light", "wall", "timetable") else max(2, options.per // 4),
        )
        ours, floor = costs["luoshi"], costs.get("floor")
        queries = (
            [
                int(sides["luoshi"].ask(page=page, count=True, town=size)["queries"])
                for size in ("hamlet", "town")
            ]
            if page != "write"
            else []
        )
        ratio = (ours["ms"] + ours["pg"]) / (floor["ms"] + floor["pg"]) if floor else 0.0
        said = (
            f"{floor['ms']:7.1f} {floor['pg']:6.1f} {ratio:6.2f} {goal:5.1f}"
            if floor
            else f"{'-':>7} {'-':>6} {'-':>6} {'-':>5}"
        )
        wrong = bool(goal and ratio > goal) or len(set(queries)) > 1
        missed += wrong
        counts = f"{queries[0]:>8} / {queries[1]:<6}" if queries else f"{'-':>17}"
        print(
            f"{what:40} {ours['ms']:7.1f} {ours['pg']:6.1f} {said} {ours['bytes'] / 1000:5.0f} {ours['packed'] / 1000:5.0f} {counts}{' MISSED' if wrong else ''}"
        )
    if "write" in pages:
        print(
            f"sealer: {sides['luoshi'].ask(page='seal')['ms']:.2f} ms an entry, in the worker's process, in batches"
        )
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
