"""Whose word holds where the texts of one meeting differ: the order is data, and it is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Role = Literal["table", "decision", "report", "speech", "other"]
Field = Literal["title", "due_on", "units", "figures"]

ORDER: Mapping[Field, tuple[Role, ...]] = {
    "title": ("table", "decision", "report", "speech", "other"),
    "due_on": ("table", "decision", "report", "speech", "other"),
    "units": ("table", "decision", "report", "speech", "other"),
    "figures": ("decision", "report", "table", "speech", "other"),
}
"""The task table divides the work, so its dates and units hold before those of the report, and
the report's before the speech's; figures are the resolution's and the report's, which are voted."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that two texts state differently: what holds, of which text, and what gives way."""

    field: Field
    kept: str
    kept_of: Role
    other: str
    other_of: Role


def leading(field: Field, roles: Sequence[Role], stated: Sequence[bool]) -> int:
    """Whose value holds: of those that state one, the first in the order; equal ones, the first.

    A text that says nothing never overrules one that does; where none does, the first in order.
    """
    order = ORDER[field]
    numbers = range(len(roles))
    return min(numbers, key=lambda n: (not stated[n], order.index(roles[n]), n))


def differences(
    roles: tuple[Role, Role], values: Mapping[Field, tuple[str, str]]
) -> tuple[Difference, ...]:
    """Every field that both texts state, and state differently, with the one that holds."""
    found = []
    for field, pair in values.items():
        if not all(pair) or pair[0] == pair[1]:
            continue
        kept = leading(field, roles, (True, True))
        found.append(Difference(field, pair[kept], roles[kept], pair[1 - kept], roles[1 - kept]))
    return tuple(found)
