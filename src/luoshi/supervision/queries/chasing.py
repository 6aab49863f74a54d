"""催办 by unit or by person: whose list each item stands in, and what is not said in a group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from luoshi.domain.access import Actor
from luoshi.office.marking import marking
from luoshi.supervision.queries.desk import Chase, chased

By = Literal["unit", "person"]
MOST = 300


@dataclass(frozen=True, slots=True)
class Group:
    """One list to copy: whose it is, its items, the longest waiting first."""

    name: str
    items: Sequence[Chase]


@dataclass(frozen=True, slots=True)
class Groups:
    """All lists; `held_back` items bear a secrecy or internal mark and are told by phone."""

    groups: Sequence[Group]
    held_back: int
    total: int


def chase_groups(actor: Actor, today: date, by: By) -> Groups:
    """What is late, in one list for each unit or person whose move it is; constant queries.

    An item that waits for another unit's help stands in that unit's list. An item whose title
    bears a mark is in no list: a chat group is no place for it. At most three hundred items.
    """
    items = chased(actor, today, MOST)
    told = tellable(actor, items)
    found: dict[str, list[Chase]] = {}
    for item in told:
        found.setdefault(_whose(item, by), []).append(item)
    groups = [Group(name, rows) for name, rows in found.items()]
    groups.sort(key=lambda group: (-len(group.items), group.name))
    return Groups(groups, len(items) - len(told), len(items))


def tellable(actor: Actor, items: Sequence[Chase]) -> list[Chase]:
    """The items that may be named in a group: those whose title bears no mark."""
    del actor
    return [item for item in items if marking(item.task.title) is None]


def _whose(item: Chase, by: By) -> str:
    carriers = item.row.carriers
    unit = item.blocked_by or carriers.lead_unit or item.task.unit
    if by == "unit" or item.blocked_by is not None or carriers.person is None:
        return unit.short_name
    return f"{unit.short_name} {carriers.person.name}"
