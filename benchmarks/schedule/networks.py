"""The plans that replans and odds are measured on, the day they start from, and how they are asked for."""

from __future__ import annotations

import argparse
import random
from datetime import date

from luoshi.domain.schedule import Link, Network, Step

STATUS = date(2026, 1, 4)


def asked(size: int, **counts: int) -> argparse.Namespace:
    """`--size` and further whole numbers from the command line."""
    parser = argparse.ArgumentParser()
    for name, count in {"size": size, **counts}.items():
        parser.add_argument(f"--{name}", type=int, default=count)
    return parser.parse_args()


def steps(
    draw: random.Random, size: int, days: tuple[int, int], due: date, every: int
) -> tuple[Step, ...]:
    """So many steps of some days; the last of every so many has a deadline."""
    return tuple(
        Step(i, f"step {i}", draw.randint(*days), deadline=due if i % every == every - 1 else None)
        for i in range(size)
    )


def crossed(size: int) -> Network:
    """Two predecessors a step, not far before it; every hundredth has a deadline."""
    draw = random.Random(1)
    held = steps(draw, size, (2, 9), date(2030, 6, 30), 100)
    pairs = {(draw.randrange(max(0, i - 60), i), i) for i in range(1, size) for _ in range(2)}
    return Network(held, tuple(Link(a, b) for a, b in sorted(pairs)))


def projects(size: int) -> Network:
    """Projects of twenty steps in a row with crossings, as a town's plan has; each has a deadline."""
    draw = random.Random(3)
    held = steps(draw, size, (1, 8), date(2026, 12, 20), 20)
    links = [Link(i - 1, i) for i in range(1, size) if i % 20]
    links += [Link(draw.randrange(i - 20 - i % 20, i - i % 20), i) for i in range(40, size, 7)]
    return Network(held, tuple(links))
