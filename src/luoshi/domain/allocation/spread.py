"""The most even sharing of work that could be cut anywhere: an exact bound, and a guide.

Work confined to groups of people is water in pipes: it fits under a level T if the groups' loads
can flow to their people, each taking T less what the person carries anyhow. Where it does not fit,
the cut names the groups that are too much for their people, and their mean is the next level.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from luoshi.domain.allocation.facts import Problem

Group = tuple[int, ...]
"""The people who may take some items; empty: everybody."""


@dataclass(frozen=True, slots=True)
class Spread:
    """The least level, and how much of each group's load each person takes at it."""

    level: int
    shares: Mapping[Group, Mapping[int, int]]


def spread(problem: Problem) -> Spread:
    """The least whole level that the work fits under, found by cuts; exact for divisible work."""
    loads: dict[Group, int] = {}
    for item in problem.items:
        loads[item.able] = loads.get(item.able, 0) + item.load
    base = [problem.start(person) for person in range(problem.people)]
    everybody = range(problem.people)
    level = max([0, *base, -(-(sum(loads.values()) + sum(base)) // problem.people)])
    groups = list(loads)
    while True:
        flow = _Flow([loads[group] for group in groups], [group or everybody for group in groups],
                     [level - carried for carried in base])  # fmt: skip
        stuck = flow.run()
        if not stuck:
            return Spread(level, {group: flow.sent[n] for n, group in enumerate(groups)})
        people = {person for n in stuck for person in (groups[n] or everybody)}
        asked = sum(loads[groups[n]] for n in stuck) + sum(base[person] for person in people)
        level = max(level + 1, -(-asked // len(people)))


class _Flow:
    """Maximal flow from groups to people by shortest augmenting paths (breadth first)."""

    def __init__(self, loads: list[int], able: Sequence[Sequence[int]], room: list[int]) -> None:
        self.left, self.able, self.room = loads, able, room
        self.sent: list[dict[int, int]] = [{} for _ in loads]
        self.users: list[set[int]] = [set() for _ in room]

    def run(self) -> set[int]:
        """Send all; the groups that cannot be emptied, with all they are entangled with."""
        for group in range(len(self.left)):
            self._pour(group)
        for group in range(len(self.left)):
            while self.left[group]:
                reached = self._augment(group)
                if reached:
                    return reached
        return set()

    def _pour(self, group: int) -> None:
        """Spread a group over its people at first, each an even part of what is left."""
        able = sorted(self.able[group], key=lambda person: -self.room[person])
        for number, person in enumerate(able):
            share = min(self.room[person], -(-self.left[group] // (len(able) - number)))
            if share > 0:
                self._send(group, person, share)
                self.room[person] -= share
                self.left[group] -= share

    def _send(self, group: int, person: int, amount: int) -> None:
        held = self.sent[group].get(person, 0) + amount
        if held:
            self.sent[group][person] = held
            self.users[person].add(group)
        else:
            del self.sent[group][person]
            self.users[person].discard(group)

    def _augment(self, start: int) -> set[int]:
        """One shortest path to a person with room; none: the groups that were reached."""
        came: dict[int, tuple[int, int]] = {start: (-1, -1)}
        queue = deque([start])
        seen: set[int] = set()
        while queue:
            group = queue.popleft()
            for person in self.able[group]:
                if person in seen:
                    continue
                seen.add(person)
                if self.room[person]:
                    self._shift(came, group, person, start)
                    return set()
                for other in self.users[person]:
                    if other not in came:
                        came[other] = group, person
                        queue.append(other)
        return set(came)

    def _shift(self, came: dict[int, tuple[int, int]], group: int, person: int, start: int) -> None:
        steps = []
        amount = min(self.left[start], self.room[person])
        here, to = group, person
        while True:
            steps.append((here, to))
            before, via = came[here]
            if before < 0:
                break
            amount = min(amount, self.sent[here][via])
            here, to = before, via
        self.room[person] -= amount
        self.left[start] -= amount
        for number, (one, taker) in enumerate(steps):
            self._send(one, taker, amount)
            if number + 1 < len(steps):
                self._send(one, steps[number + 1][1], -amount)
