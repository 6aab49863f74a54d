"""What the offices that build have of people, and how long projects' steps may take."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from luoshi.config.demo import yearbook
from luoshi.config.demo.stage import Stage
from luoshi.domain.workdays import SHANGHAI
from luoshi.ledger.actions.hands import set_estimates, set_hands
from luoshi.ledger.models import Task
from luoshi.ledger.models.hands import Hand
from luoshi.ledger.studies import GivenHand, GivenPoints

FIRST = 2026
PEOPLE = {"村建办": 6, "项目中心": 5, "经发办": 12, "社会事务办": 8}
"""Fewer than there is work for in some summer weeks: the load has something to show."""
ONE = 100


def steps(
    stage: Stage, year: int, approved_on: date
) -> Iterator[tuple[datetime, Callable[[], object]]]:
    """Three days after the plan is approved; the closed year has none."""
    if year >= FIRST:
        at = datetime.combine(approved_on + timedelta(days=3), time(10, 40), SHANGHAI)
        yield at, lambda: _say(stage, at)


def _say(stage: Stage, at: datetime) -> None:
    day, now = at.date(), at.astimezone(UTC)
    clerk, plan = yearbook.clerk(stage, day), stage.plans[at.year]
    hands = [
        GivenHand(Hand.Kind.UNIT, stage.unit(name).pk, "", people * ONE, ONE, 0)
        for name, people in PEOPLE.items()
    ]
    set_hands(actor=clerk, today=day, now=now, plan=plan, hands=hands)
    points = _points(stage, at.year)
    set_estimates(actor=clerk, today=day, now=now, plan=plan, points=points, needs=())


def _points(stage: Stage, year: int) -> list[GivenPoints]:
    """A fifth sooner or half as long again: what these offices say of projects' steps."""
    projects = Task.objects.filter(plan=stage.plans[year], is_project=True).order_by("tree")
    found = []
    for tree in projects.values_list("tree", flat=True):
        parts = Task.objects.filter(
            plan=stage.plans[year], tree__startswith=tree, is_leaf=True, duration_days__gt=1
        )
        for key, days in parts.order_by("tree").values_list("pk", "duration_days"):
            assert days is not None
            found.append(GivenPoints(key, max(1, days * 4 // 5), days * 3 // 2, 0))
    return found
