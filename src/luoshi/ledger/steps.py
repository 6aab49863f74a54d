"""Step templates with the times that the law sets (程序时限库), kept as data in `steps.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from luoshi.domain.schedule import DayUnit, Link, Minimum, Network, Slot, Step, forward
from luoshi.domain.workdays import WorkCalendar

_UNITS: Mapping[str, DayUnit] = {"working": "working", "calendar": "calendar"}


@dataclass(frozen=True, slots=True)
class TemplateStep:
    """One step: its days in its unit, the places (from 0) it waits for, its least time by law."""

    title: str
    days: int
    unit: DayUnit
    after: tuple[int, ...]
    minimum: Minimum | None


@dataclass(frozen=True, slots=True)
class Template:
    """A procedure: steps in order; `number` is its place in the file, as a form names it."""

    number: int
    name: str
    steps: tuple[TemplateStep, ...]

    def slots(self, calendar: WorkCalendar, start: date) -> list[Slot]:
        """The earliest days of every step when the first begins on `start`."""
        rows = enumerate(self.steps)
        steps = tuple(Step(n, s.title, s.days, s.unit, minimum=s.minimum) for n, s in rows)
        links = tuple(Link(b, n) for n, s in enumerate(self.steps) for b in s.after)
        plan = forward(Network(steps, links), calendar, start)
        return [plan.slots[n] for n in range(len(self.steps))]


@cache
def templates() -> tuple[Template, ...]:
    """All templates of the file; an estimate below its own least time is a fault of the file."""
    path = Path(__file__).with_name("steps.toml")
    data = tomllib.loads(path.read_text("utf-8"))["template"]
    return tuple(
        Template(number, row["name"], tuple(_step(one, row["name"]) for one in row["step"]))
        for number, row in enumerate(data, start=1)
    )


def _step(row: Mapping[str, object], where: str) -> TemplateStep:
    unit = _UNITS[str(row.get("unit", "working"))]
    days, least = int(str(row["days"])), row.get("least")
    minimum = Minimum(int(str(least)), unit, str(row["basis"])) if least else None
    if minimum is not None and days < minimum.days:
        message = f"{where}: {row['title']} is shorter than {minimum.basis} allows"
        raise ValueError(message)
    after = row.get("after", [])
    assert isinstance(after, list)
    return TemplateStep(str(row["title"]), days, unit, tuple(n - 1 for n in after), minimum)
