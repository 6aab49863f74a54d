"""Numbered jobs, needs and skills as a problem in integers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, islice

from luoshi.domain.base import Refused, say
from luoshi.engines.core import FAR, Arc, Core, Way

MOST_WAYS = 300
"""More sets of people than this for one job are not looked at: the first ones stand for all."""


def core_of_jobs(
    jobs: Sequence[Sequence[tuple[int, Sequence[int], Sequence[int]]]],
    successors: Sequence[Sequence[int]],
    amounts: Sequence[int],
    stores: Sequence[int] = (),
) -> tuple[Core, list[int]]:
    """A problem from the ways (days, needs, uses) of each job and its successors.

    Answers the problem and the job of each activity: activities are numbered so that successors
    come later. Refused in words for a circle, and for a job that no amount is large enough for.
    """
    order = _ordered(successors)
    number = {job: n for n, job in enumerate(order)}
    ways = []
    for job in order:
        fitting = tuple(
            Way(days, _counted(needs) if days else (), _counted(uses))
            for days, needs, uses in jobs[job]
            if all(need <= amount for need, amount in zip(needs, amounts, strict=True))
        )
        if not fitting:
            raise Refused(say("schedule.capacity.too_much", step=str(job + 1)))
        ways.append(fitting)
    arcs = [
        Arc(number[job], number[other], from_end=True, to_end=False, lag=0)
        for job in order
        for other in successors[job]
    ]
    size = len(order)
    names = [str(job + 1) for job in order]
    return Core(ways, arcs, amounts, [0] * size, [FAR] * size, stores, names=names), order


def people_ways(
    duration: int, wanted: Sequence[int], skills: Sequence[frozenset[int]]
) -> list[tuple[int, list[int], list[int]]]:
    """The sets of people who together can do a job that wants so many of each skill.

    Everybody does one skill at a time; none where the people are too few or do not master it.
    """
    seats = [skill for skill, count in enumerate(wanted) for _ in range(count)]
    able = [person for person, mastered in enumerate(skills) if mastered & set(seats)]
    return [
        (duration, [int(person in team) for person in range(len(skills))], [])
        for team in islice(_teams(seats, able, skills), MOST_WAYS)
    ]


def _teams(
    seats: Sequence[int], able: Sequence[int], skills: Sequence[frozenset[int]]
) -> Iterator[frozenset[int]]:
    for team in combinations(able, len(seats)):
        if _seated(seats, team, skills):
            yield frozenset(team)


def _seated(seats: Sequence[int], team: Sequence[int], skills: Sequence[frozenset[int]]) -> bool:
    """Whether each of a team can take one seat (augmenting paths)."""
    taken: dict[int, int] = {}

    def seat(person: int, tried: set[int]) -> bool:
        for n, skill in enumerate(seats):
            if skill in skills[person] and n not in tried:
                tried.add(n)
                if n not in taken or seat(taken[n], tried):
                    taken[n] = person
                    return True
        return False

    return all(seat(person, set()) for person in team)


def _counted(needs: Sequence[int]) -> tuple[tuple[int, int], ...]:
    return tuple((k, need) for k, need in enumerate(needs) if need)


def _ordered(successors: Sequence[Sequence[int]]) -> list[int]:
    waiting = [0] * len(successors)
    for some in successors:
        for other in some:
            waiting[other] += 1
    order = [job for job, left in enumerate(waiting) if not left]
    for job in order:  # grows while it is read
        for other in successors[job]:
            waiting[other] -= 1
            if not waiting[other]:
                order.append(other)
    if len(order) < len(waiting):
        left = tuple(str(job + 1) for job, count in enumerate(waiting) if count)
        raise Refused(say("schedule.circle", steps=left[:20]))
    return order
