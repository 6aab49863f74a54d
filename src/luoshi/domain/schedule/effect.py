"""What a change does to everything else: the steps whose days or room are no longer the same."""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.domain.schedule.analysis import Analysis
from luoshi.domain.schedule.model import Slot, StepId


@dataclass(frozen=True, slots=True)
class Effect:
    """One step before and after: its earliest days, and its slack in working days."""

    step: StepId
    old: Slot
    new: Slot
    old_slack: int
    new_slack: int

    @property
    def moves(self) -> bool:
        """Whether the earliest days themselves are others."""
        return self.old != self.new


def effects(before: Analysis, after: Analysis) -> tuple[Effect, ...]:
    """Every step of both whose earliest days or total slack differ, in the order of the network.

    Without a change there is none; read the other way round, old and new change places.
    """
    found = []
    for key, was in before.steps.items():
        now = after.steps.get(key)
        if now is None:
            continue
        if was.earliest != now.earliest or was.total_slack != now.total_slack:
            one = Effect(key, was.earliest, now.earliest, was.total_slack, now.total_slack)
            found.append(one)
    return tuple(found)
