"""The search page: what matches, and only what the actor may read, by the rooms' own scopes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.db.models import QuerySet

from luoshi.documents import queries as documents
from luoshi.domain.access import Actor
from luoshi.goals import queries as goals
from luoshi.goals.models import Goal, Note
from luoshi.ledger.queries import visible_tasks
from luoshi.search.models import Indexed
from luoshi.search.queries import matching

SHOWN = 30
Kind = Literal["ledger.task", "goals.goal", "goals.note", "documents.document"]


@dataclass(frozen=True, slots=True)
class Found:
    """Rows of one kind: the first thirty, and how many there are."""

    kind: Kind
    rows: Sequence[Indexed]
    total: int


def search(actor: Actor, today: date, text: str) -> list[Found]:
    """What the actor may read of what matches, by kind; eight queries at most."""
    plans = goals.plans(actor, today).order_by().values("pk")
    scopes: dict[Kind, QuerySet[Any, Any]] = {
        "ledger.task": visible_tasks(actor, today).order_by().values("pk"),
        "goals.goal": Goal.objects.filter(plan__in=plans).values("pk"),
        "goals.note": Note.objects.filter(plan__in=plans).values("pk"),
        "documents.document": documents.documents(actor, today).order_by().values("pk"),
    }
    hits = matching(actor, text)
    found = []
    for kind, scope in scopes.items():
        rows = hits.filter(subject_kind=kind, subject_id__in=scope)
        first = list(rows.defer("pieces")[: SHOWN + 1])
        total = rows.count() if len(first) > SHOWN else len(first)
        if first:
            found.append(Found(kind, first[:SHOWN], total))
    return found
