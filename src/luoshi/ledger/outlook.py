"""The odds as a page reads them: what the worker drew, with the rows a person may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from luoshi.ledger.ground import Ground
from luoshi.ledger.models import Task

MOST_TOLD = 60


@dataclass(frozen=True, slots=True)
class Chance:
    """One deadline: kept in how many draws of a hundred, done by which days."""

    task: Task
    due_on: date
    kept: int
    half: date
    most: date
    sure: date

    @property
    def word(self) -> str:
        """The odds in one word, as an office says it."""
        if self.kept >= 95:
            return "sure"
        if self.kept >= 80:
            return "likely"
        return "even" if self.kept >= 50 else "unlikely"


@dataclass(frozen=True, slots=True)
class Driver:
    """One step whose length moves the end; `share`: their correlation in hundredths."""

    task: Task
    share: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """The end of all work, each deadline (what is in doubt first), and what moves the end."""

    end: Sequence[date]
    chances: Sequence[Chance]
    left_out: int
    sure: int
    drivers: Sequence[Driver]
    result: Mapping[str, Any]


def outlook_of(ground: Ground, root: Task | None, result: Mapping[str, Any]) -> Outlook:
    """Rows for what the draws said; a task that may no longer be seen is left out."""
    rows = {str(task.pk): task for task in ground.under(root)}
    chances = [
        Chance(
            rows[one["task"]],
            date.fromisoformat(one["due"]),
            int(Decimal(str(one["kept"])) * 100),
            *_days(one["dates"]),
        )
        for one in result["deadlines"]
        if one["task"] in rows
    ]
    shaky = sorted(
        (one for one in chances if one.kept < 100), key=lambda one: (not one.kept, one.kept)
    )
    drivers = [
        Driver(rows[key], round(100 * share)) for key, share in result["drivers"] if key in rows
    ]
    return Outlook(
        end=_days(result["end"]),
        chances=shaky[:MOST_TOLD],
        left_out=max(0, len(shaky) - MOST_TOLD),
        sure=len(chances) - len(shaky),
        drivers=[one for one in drivers if one.share >= 5],
        result=result,
    )


def _days(dates: Mapping[str, str]) -> tuple[date, date, date]:
    half, most, sure = (date.fromisoformat(dates[share]) for share in ("50", "80", "95"))
    return half, most, sure
