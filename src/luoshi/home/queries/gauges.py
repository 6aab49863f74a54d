"""The indicators' part of the wall chart: how many have which light, and the worst of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from luoshi.domain.access import Actor
from luoshi.goals import queries as goals
from luoshi.goals.models import Plan
from luoshi.home.queries.wall import works_under
from luoshi.indicators.queries import Row, pace_of

WORST = ("late", "silent", "slow")
MOST = 6


@dataclass(frozen=True, slots=True)
class Gauges:
    """The lights of a place's own indicators; `worst` are late, then silent, then slow."""

    plan: Plan
    words: Sequence[tuple[str, int]]
    total: int
    worst: Sequence[Row]


def gauges(actor: Actor, today: date) -> Gauges | None:
    """The lights of the indicators of the plan's town, as its page of pace gives them.

    None where there is no plan to read. A constant number of queries, and none of the wall's own:
    the chart is there before its gauges are.
    """
    plan = goals.current_plan(actor, today)
    if plan is None or not works_under(actor, plan):
        return None
    seen = pace_of(actor, today, plan.year, place=plan.unit, narrowed=Q(unit=plan.unit))
    counted = Counter[str](row.light.word for row in seen.rows)
    words = ("ok", "slow", "late", "silent", "not_started", "none", "done")
    worst = sorted(
        (row for row in seen.rows if row.light.word in WORST),
        key=lambda row: (WORST.index(row.light.word), row.gap_points or 0),
    )
    told = [(word, counted[word]) for word in words if counted[word]]
    return Gauges(plan, told, len(seen.rows), worst[:MOST])
