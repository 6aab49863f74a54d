"""How many items have which light, by line and by unit, without loading the ledger.

What a state or a passed due date decides is counted by the database. What the pacing law must
judge is read as narrow tuples; equal facts are judged once, and once for all requests.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When

from luoshi.domain.pacing import Word
from luoshi.goals.models import Plan
from luoshi.ledger.judging import CLOSED, NOT_HANDED, SAID_DONE, STOPPED, light_of
from luoshi.ledger.models import Milestone, Task

JUDGED = "judge"
FACTS = (
    "plan__year", "state", "is_leaf", "progress", "weight_sum", "done_sum", "missing_sum",
    "starts_on", "due_on", "last_report_on", "started_on", "done_on", "closed_on", "assigned_at",
    "state_since",
)  # fmt: skip
KEPT = 50_000
"""How many different facts a process remembers the word of."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of words: of everything, by work line and by lead unit."""

    all: Counter[str] = field(default_factory=Counter)
    lines: Mapping[UUID | None, Counter[str]] = field(default_factory=dict)
    units: Mapping[UUID, Counter[str]] = field(default_factory=dict)
    silent: Sequence[UUID] = ()
    behind: Sequence[UUID] = ()

    @property
    def total(self) -> int:
        """Every item counted."""
        return self.all.total()


def tally(rows: QuerySet[Task], today: date) -> Tally:
    """Count the lights of the rows on a day; three queries for any size.

    `silent` and `behind` name the items judged 到期未报 and 滞后 whose due date has not passed.
    """
    found: Counter[tuple[UUID | None, UUID, str]] = Counter()
    plain = rows.order_by()
    for line, unit, word, count in (
        plain.annotate(word=_bucket(today))
        .exclude(word=JUDGED)
        .values_list("line_id", "unit_id", "word")
        .annotate(n=Count("pk"))
    ):
        found[line, unit, word] += count
    silent, behind = [], []
    open_rows = plain.annotate(word=_bucket(today)).filter(word=JUDGED)
    nodes = _nodes(open_rows)
    for key, line, unit, *facts in open_rows.values_list("pk", "line_id", "unit_id", *FACTS):
        word = word_of(tuple(facts), nodes.get(key, ()), today)
        found[line, unit, word] += 1
        if word == "silent":
            silent.append(key)
        elif word == "late":
            behind.append(key)
    return _summed(found, silent, behind)


def _bucket(today: date) -> Case:
    """What needs no judgement: the word that a state or a passed date decides."""
    return Case(
        When(Q(state__in=CLOSED) & Q(closed_on__lte=today), then=Value("done")),
        When(Q(state__in=NOT_HANDED | STOPPED), then=Value("none")),
        When(Q(state__in=SAID_DONE) & Q(done_on__lte=today), then=Value("ok")),
        When(Q(due_on__lt=today) & ~Q(state__in=CLOSED | SAID_DONE), then=Value("late")),
        default=Value(JUDGED),
        output_field=CharField(),
    )


def _nodes(rows: QuerySet[Task]) -> Mapping[UUID, tuple[date, ...]]:
    found: dict[UUID, tuple[date, ...]] = {}
    days = Milestone.objects.filter(task__in=rows.values("pk")).order_by("due_on")
    for task, day in days.values_list("task_id", "due_on"):
        found[task] = (*found.get(task, ()), day)
    return found


@lru_cache(maxsize=KEPT)
def word_of(facts: tuple[Any, ...], nodes: tuple[date, ...], today: date) -> Word:
    """The word of the ledger's own judgement for these facts."""
    year, *values = facts
    named: dict[str, date | datetime | Any] = dict(zip(FACTS[1:], values, strict=True))
    plan = Plan(year=year) if year is not None else None
    return light_of(Task(plan=plan, **named), today, nodes).word


def _summed(
    found: Counter[tuple[UUID | None, UUID, str]], silent: list[UUID], behind: list[UUID]
) -> Tally:
    whole: Counter[str] = Counter()
    lines: dict[UUID | None, Counter[str]] = {}
    units: dict[UUID, Counter[str]] = {}
    for (line, unit, word), count in found.items():
        whole[word] += count
        lines.setdefault(line, Counter())[word] += count
        units.setdefault(unit, Counter())[word] += count
    return Tally(whole, lines, units, silent, behind)
