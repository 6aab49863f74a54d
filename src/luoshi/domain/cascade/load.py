"""C10: a person who carries far more than those in comparable posts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from luoshi.domain.base import Finding, Remedy, Value, Where, say
from luoshi.domain.cascade.facts import LoadFacts
from luoshi.domain.cascade.tree import Tree

TIMES = 2
"""Overloaded: more than so many times the median of comparable posts."""
FEWEST = 3
"""With fewer people in a group there is nothing to compare."""


def overloaded(tree: Tree) -> Iterator[Finding]:
    """C10: a person's load exceeds twice the median of comparable posts (those with any load).

    The remedy hands one item to a post that has room. Told by post, and never as a ranking.
    """
    limits = load_limits(tree.plan.loads)
    for held in tree.plan.loads:
        limit = limits.get(held.group)
        if limit is None or held.load <= limit:
            continue
        where = Where("post", held.post_id, held.label)
        params: dict[str, Value] = {}
        why = say("cascade.C10.overloaded", load=held.load, limit=limit)
        if held.relief is not None:
            easing = held.relief
            params = {"task": str(easing.task_id), "propose": str(easing.to_post)}
            params |= {"title": easing.task_label, "to": easing.to_label}
        yield Finding("C10", "warning", where, why, Remedy("hand_item", params))


def load_limits(loads: Sequence[LoadFacts]) -> dict[str, int]:
    """The load above which somebody of the group is overloaded; groups too small have none.

    The median of an even number is the mean of the middle two, rounded down to whole item-days.
    """
    groups: dict[str, list[int]] = {}
    for held in loads:
        if held.load:
            groups.setdefault(held.group, []).append(held.load)
    return {
        group: TIMES * (sorted(known)[(len(known) - 1) // 2] + sorted(known)[len(known) // 2]) // 2
        for group, known in groups.items()
        if len(known) >= FEWEST
    }
