"""The network as lists of integers, in an order in which every predecessor comes first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from luoshi.domain.base import Refused, say
from luoshi.domain.schedule.model import Link, Network, Step, StepId

Arc = tuple[int, Link]
"""The position of the step at the other end, and the link."""
NAMED_CIRCLES = 20


@dataclass(frozen=True, slots=True)
class Frame:
    """Steps by position; `order` is topological; arcs into and out of every step."""

    steps: Sequence[Step]
    order: Sequence[int]
    into: Sequence[Sequence[Arc]]
    out: Sequence[Sequence[Arc]]


def frame(network: Network) -> Frame:
    """Frame a network; refused (with names) for unknown or repeated steps and for circles."""
    position = positions(network.steps)
    if len(position) < len(network.steps):
        raise Refused(say("schedule.repeated_step"))
    into: list[list[Arc]] = [[] for _ in network.steps]
    out: list[list[Arc]] = [[] for _ in network.steps]
    for link in network.links:
        a, b = position.get(link.predecessor), position.get(link.successor)
        if a is None or b is None:
            raise Refused(say("schedule.unknown_step"))
        out[a].append((b, link))
        into[b].append((a, link))
    order, left = _sorted(into, out)
    if left:
        names = tuple(network.steps[i].name for i in _circle(left, into))
        raise Refused(say("schedule.circle", steps=names))
    return Frame(network.steps, order, into, out)


def positions(steps: Sequence[Step]) -> dict[StepId, int]:
    """The position of every step by id; of a repeated id the last."""
    return {step.id: i for i, step in enumerate(steps)}


def circles(network: Network) -> list[tuple[Step, ...]]:
    """Separate circles of steps, in the order of their links; at most twenty are named.

    A step that waits for itself is a circle of one. Links to unknown steps are passed over.
    """
    position = positions(network.steps)
    into: list[list[Arc]] = [[] for _ in network.steps]
    out: list[list[Arc]] = [[] for _ in network.steps]
    for link in network.links:
        a, b = position.get(link.predecessor), position.get(link.successor)
        if a is not None and b is not None:
            out[a].append((b, link))
            into[b].append((a, link))
    _, left = _sorted(into, out)
    found: list[tuple[Step, ...]] = []
    while left and len(found) < NAMED_CIRCLES:
        circle = _circle(left, into)
        found.append(tuple(network.steps[i] for i in circle))
        left = _without(left, circle, into, out)
    return found


def _sorted(
    into: Sequence[Sequence[Arc]], out: Sequence[Sequence[Arc]]
) -> tuple[list[int], set[int]]:
    """Kahn's order, and the steps that have no place in it."""
    waiting = [len(arcs) for arcs in into]
    order = [i for i, count in enumerate(waiting) if not count]
    for i in order:  # grows while it is read
        for j, _ in out[i]:
            waiting[j] -= 1
            if not waiting[j]:
                order.append(j)
    return order, {i for i, count in enumerate(waiting) if count} if len(order) < len(
        waiting
    ) else set()


def _circle(left: set[int], into: Sequence[Sequence[Arc]]) -> list[int]:
    """Walk against the links from any step left over: each has a predecessor there too."""
    seen: dict[int, int] = {}
    walk: list[int] = []
    here = min(left)
    while here not in seen:
        seen[here] = len(walk)
        walk.append(here)
        here = min(a for a, _ in into[here] if a in left)
    circle = walk[seen[here] :][::-1]
    first = circle.index(min(circle))
    return circle[first:] + circle[:first]


def _without(
    left: set[int],
    circle: Sequence[int],
    into: Sequence[Sequence[Arc]],
    out: Sequence[Sequence[Arc]],
) -> set[int]:
    """What is still circular once the steps of one circle are taken away."""
    rest = left - set(circle)
    waiting = {i: sum(a in rest for a, _ in into[i]) for i in rest}
    free = [i for i, count in waiting.items() if not count]
    while free:
        i = free.pop()
        rest.discard(i)
        for j, _ in out[i]:
            if j in rest:
                waiting[j] -= 1
                if not waiting[j]:
                    free.append(j)
    return rest
