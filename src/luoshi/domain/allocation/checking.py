"""What any proposal must keep, and how even a proposal can be at best."""

from __future__ import annotations

from luoshi.domain.allocation.facts import Plan, Problem
from luoshi.domain.allocation.spread import spread
from luoshi.domain.base import Sentence, say


def faults(problem: Problem, plan: Plan) -> tuple[Sentence, ...]:
    """Why a proposal may not be shown; empty where it keeps every rule.

    Each item has one person who may take it; fixed items stay; and where there are enough items,
    everybody who may take any has at least one.
    """
    if len(plan) != len(problem.items):
        return (say("allocation.incomplete", items=len(problem.items), given=len(plan)),)
    told: list[Sentence] = []
    for number, (item, person) in enumerate(zip(problem.items, plan, strict=True)):
        if not 0 <= person < problem.people or not problem.may(item, person):
            told.append(say("allocation.unable", item=number + 1))
        elif item.fixed and person != item.owner:
            told.append(say("allocation.fixed", item=number + 1))
    empty = set(idle(problem, plan))
    if empty and can_be_given(problem, plan, empty):
        told.append(say("allocation.empty_hands", n=len(empty)))
    return tuple(told)


def idle(problem: Problem, plan: Plan) -> tuple[int, ...]:
    """Who has nothing at all: no item and no base load."""
    held = set(plan)
    return tuple(
        person
        for person in range(problem.people)
        if person not in held and not problem.start(person)
    )


def can_be_given(problem: Problem, plan: Plan, empty: set[int]) -> bool:
    """Whether some empty-handed person could take an item from somebody who has another."""
    counts = [0] * problem.people
    for person in plan:
        counts[person] += 1
    return any(
        not item.fixed
        and (counts[holder] > 1 or problem.start(holder) > 0)
        and any(problem.may(item, person) for person in empty)
        for item, holder in zip(problem.items, plan, strict=True)
    )


def loads(problem: Problem, plan: Plan) -> list[int]:
    """Each person's load in item-days, base included."""
    total = [problem.start(person) for person in range(problem.people)]
    for item, person in zip(problem.items, plan, strict=True):
        total[person] += item.load
    return total


def moves(problem: Problem, plan: Plan) -> int:
    """How many items change hands; an item that nobody had is given, not moved."""
    return sum(
        1
        for item, person in zip(problem.items, plan, strict=True)
        if item.owner is not None and item.owner != person
    )


def bound(problem: Problem) -> int:
    """A largest load that no sharing can go below, in item-days.

    The larger of: the heaviest item with the least base of who may take it; and the level that the
    work would reach if it could be cut anywhere (`spread`), which is exact for confined work too.
    """
    single = max(
        (
            item.load + min(problem.start(p) for p in (item.able or range(problem.people)))
            for item in problem.items
        ),
        default=0,
    )
    return max(single, spread(problem).level)
