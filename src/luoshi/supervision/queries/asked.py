"""What supervision asks of people in a period: checks, spot checks, extensions and decisions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from luoshi.burden.queries import Asked
from luoshi.domain.access import Actor
from luoshi.domain.base import Period
from luoshi.ledger.models import ProgressReport, Task
from luoshi.org.models import Unit, subtree
from luoshi.supervision.models import Extension, OutgoingReport, SampleItem, Verification


def asked(actor: Actor, place: Unit, period: Period) -> Sequence[Asked]:
    """Each check, spot check, request and decision of the period, of the person who made it.

    Who will be drawn for what is not reported done yet is not known, so a month that runs counts
    what happened so far. Five queries. The caller shows of other people their sums at most.
    """
    tasks = Task.objects.filter(
        jurisdiction=actor.jurisdiction_id,
        **{f"unit__{name}": value for name, value in subtree(place.path).items()},
    )
    inside = tasks.order_by().values("pk")
    span = (period.start, period.end)
    checks = Verification.objects.filter(task__in=inside, verified_on__range=span)
    looks = SampleItem.objects.filter(task__in=inside, checked_on__range=span)
    found = [
        _of("supervision.verify", 3, *row)
        for row in checks.values_list("verified_on", "unit_id", "verified_by_id")
    ]
    found += [
        _of("supervision.sample", 3, *row)
        for row in looks.values_list("checked_on", "unit_id", "checked_by_id")
    ]
    found += _papers_and_words(actor, place, inside, span)
    for row in Extension.objects.filter(task__in=inside, asked_on__lte=period.end):
        found += [one for one in _extension(row) if period.holds(one.month)]
    return found


def _papers_and_words(
    actor: Actor, place: Unit, inside: QuerySet[Task, Any], span: tuple[date, date]
) -> Iterator[Asked]:
    """Answers drafted to superiors' papers, figure by figure, and confirmations of 代录."""
    drafts = OutgoingReport.objects.filter(
        jurisdiction=actor.jurisdiction_id,
        started_on__range=span,
        **{f"unit__{name}": value for name, value in subtree(place.path).items()},
    ).annotate(n=Count("figures"))
    for on, unit, person, figures in drafts.values_list("started_on", "unit", "drafted_by_id", "n"):
        yield _of("supervision.paper", 2 + 3 * figures, on, unit, person)
    typed = ProgressReport.objects.filter(
        task__in=inside, reported_on__range=span, typed_by_id__isnull=False
    )
    for row in typed.values_list("reported_on", "unit_id", "person_id"):
        yield _of("supervision.confirm", 1, *row)


def _of(form: str, fields: int, on: date | None, unit: UUID, person: UUID | None) -> Asked:
    assert on is not None
    return Asked(form, on.replace(day=1), unit, fields, person_id=person)


def _extension(row: Extension) -> Iterator[Asked]:
    yield _of("supervision.extension", 2, row.asked_on, row.unit_id, row.asked_by_id)
    if row.decided_on is not None:
        for person in dict.fromkeys((row.agreed_by_id, row.approved_by_id)):
            if person is not None:
                yield _of("supervision.decide", 1, row.decided_on, row.unit_id, person)
