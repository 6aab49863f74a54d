"""All coverage findings of a plan, in one stable order."""

from __future__ import annotations

from luoshi.domain.base import Finding
from luoshi.domain.cascade.dates import after_parent, dates, nodes
from luoshi.domain.cascade.duties import outside
from luoshi.domain.cascade.facts import PlanFacts
from luoshi.domain.cascade.load import overloaded
from luoshi.domain.cascade.loops import loops
from luoshi.domain.cascade.roles import empty_posts, empty_units, roles, statistics, vacant
from luoshi.domain.cascade.substance import acceptance, unanswered, untaken
from luoshi.domain.cascade.sums import targets, weights
from luoshi.domain.cascade.tree import grow

_CHECKS = (
    roles,  # C01
    dates,  # C02
    nodes,  # C03
    acceptance,  # C04
    weights,  # C05
    targets,  # C06
    after_parent,  # C07
    empty_units,  # C08
    empty_posts,  # C09
    overloaded,  # C10
    untaken,  # C11
    outside,  # C12
    vacant,  # C13
    unanswered,  # C14
    loops,  # C15
    statistics,  # C16
)


def findings(plan: PlanFacts) -> tuple[Finding, ...]:
    """What is missing in a plan, told like compiler errors: code, place, reason, remedy.

    Ordered by code, then by the order of the plan's own rows; the same facts give the same list.
    Linear in tasks, units, obligations and dependencies. Temporary items and incoming papers are
    never in it.
    """
    tree = grow(plan)
    return tuple(finding for check in _CHECKS for finding in check(tree))
