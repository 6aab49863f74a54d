"""What an even sharing of work must know: items, people, and who may do what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Item:
    """Work that one person takes whole: `load` in item-days, `able` the people who may take it.

    `able` names people by number; empty: everybody. `owner` is who has it today. `fixed` items stay
    where they are.
    """

    load: int
    able: tuple[int, ...] = ()
    owner: int | None = None
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """Items to be shared among `people` (numbered from 0); `base` is load each carries anyhow.

    Refuses loads below 1, unknown people, and an owner or a fixed item that cannot be.
    """

    items: Sequence[Item]
    people: int
    base: Sequence[int] = field(default_factory=tuple)

    def __post_init__(self) -> None:
        """Validate, so that engines and checks need not."""
        _demand(self.people > 0, "nobody to share among")
        _demand(len(self.base) in {0, self.people}, "a base load for each person, or none")
        _demand(all(load >= 0 for load in self.base), "a base load is never negative")
        everybody = range(self.people)
        for number, item in enumerate(self.items):
            _demand(item.load > 0, f"item {number}: a load of {item.load}")
            _demand(all(p in everybody for p in item.able), f"item {number}: unknown people")
            owned = item.owner in everybody if item.owner is not None else not item.fixed
            _demand(owned, f"item {number}: an unknown owner")

    def may(self, item: Item, person: int) -> bool:
        """Whether the person may take the item."""
        return not item.able or person in item.able

    def start(self, person: int) -> int:
        """What the person carries before any item."""
        return self.base[person] if self.base else 0


def _demand(holds: bool, message: str) -> None:  # noqa: FBT001 - an assertion that stays
    if not holds:
        raise ValueError(message)


Plan = Sequence[int]
"""Who takes each item, by number."""
