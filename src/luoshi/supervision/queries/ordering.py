"""What the actions of orders ask: whose town, which limit, which style, what stands of a task."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from luoshi.domain import orders as law
from luoshi.domain.access import Actor
from luoshi.domain.orders import ResultFacts
from luoshi.ledger.models import ProgressReport, Task
from luoshi.ledger.queries import calendar_of, law_facts
from luoshi.org.models import Post, Term, Unit
from luoshi.org.queries import holds, places_above
from luoshi.supervision.models import Order, OrderLimit, Serial, Verification
from luoshi.supervision.staging import stage_of

OFFICE = frozenset({"town_office", "leader"})
STYLES: Mapping[str, str] = {
    Serial.Kind.ORDER: "督办〔{年}〕{号}号",
    Serial.Kind.INSPECTION: "督查〔{年}〕{号}号",
    Serial.Kind.BULLETIN: "督办通报〔{年}〕{号}号",
    Serial.Kind.REPORT: "工作通报〔{年}〕{号}号",
}
"""How papers are numbered where a unit has set no style: its own words come from the page."""


def town_to_order(actor: Actor) -> Unit | None:
    """The town (or county) whose office or leader the actor is; None for all others."""
    for post in actor.posts:
        if post.role in OFFICE:
            return places_above(actor, post.unit_path).last()
    return None


def may_order(actor: Actor) -> bool:
    """Whether the actor may register an order: the office and the leaders of a town."""
    town = town_to_order(actor)
    return town is not None and town.kind == Unit.Kind.TOWN


def office_to_inspect(actor: Actor) -> Unit | None:
    """The county's own unit whose supervisor the actor is; None for all others."""
    for post in actor.posts:
        if post.role == "county_supervisor":
            return Unit.objects.filter(pk=post.unit_id, jurisdiction=actor.jurisdiction_id).first()
    return None


def leaders_of(actor: Actor, today: date, town: Unit) -> Sequence[tuple[str, str]]:
    """Leaders of the town and of the county above it who serve today: who may have asked."""
    terms = (
        Term.objects.filter(
            holds(today), holds(today, "post__"), jurisdiction=actor.jurisdiction_id,
            post__role=Post.Role.LEADER,
        )
        .filter(post__unit__in=places_above(actor, town.path).order_by().values("pk"))
        .select_related("person", "post__unit")
        .order_by("-post__unit__path", "post__position", "id")
    )  # fmt: skip
    return [
        (str(term.person_id), f"{term.post.unit.short_name} {term.post.title} {term.person.name}")
        for term in terms
    ]


def limits_of(actor: Actor, unit: Unit) -> Mapping[str, int]:
    """Working days by source: the town's own, else the law's; one query."""
    own = OrderLimit.objects.filter(jurisdiction=actor.jurisdiction_id, unit=unit)
    return {**law.LIMITS, **dict(own.values_list("source", "days"))}


def usual_due(actor: Actor, today: date, unit: Unit, source: str) -> date:
    """The last day of an order registered today, by its source and the town's calendar."""
    days = limits_of(actor, unit).get(source, law.LIMITS["other"])
    return law.due_by(today, days, calendar_of(unit).add)


@dataclass(frozen=True, slots=True)
class Rules:
    """What a town sets for its papers: the style of each kind this year, the limit by source."""

    styles: Sequence[tuple[str, Serial | None, str]]
    limits: Sequence[tuple[str, int, OrderLimit | None]]


TOWN_PAPERS = (Serial.Kind.ORDER, Serial.Kind.BULLETIN, Serial.Kind.REPORT)


def rules_of(actor: Actor, town: Unit, year: int) -> Rules:
    """The rules of a town's papers with the rows that hold them; a constant number of queries."""
    mine = {"jurisdiction": actor.jurisdiction_id, "unit": town}
    serials = {row.kind: row for row in Serial.objects.filter(**mine, year=year)}
    limits = {row.source: row for row in OrderLimit.objects.filter(**mine)}
    return Rules(
        [
            (kind.value, row, row.pattern if row else style_of(actor, town, year, kind))
            for kind in TOWN_PAPERS
            for row in (serials.get(kind),)
        ],
        [
            (source, row.days if row else law.LIMITS[source], row)
            for source in law.LIMITS
            for row in (limits.get(source),)
        ],
    )


def style_of(actor: Actor, unit: Unit, year: int, kind: str) -> str:
    """The style of a unit's papers of a year: set, else that of the year before, else the usual."""
    del actor
    rows = Serial.objects.filter(
        jurisdiction=unit.jurisdiction, unit=unit, kind=kind, year__lte=year
    ).order_by("-year")
    return rows.values_list("pattern", flat=True).first() or STYLES[kind]


def open_order(actor: Actor, task: Task) -> Order | None:
    """The order of a task that has neither result nor archive; there is never more than one."""
    return Order.objects.filter(
        jurisdiction=actor.jurisdiction_id, task=task, result="", archived_on__isnull=True
    ).first()


def conclusion_facts(
    actor: Actor, today: date, order: Order, *, note: str = "", next_on: date | None = None
) -> ResultFacts:
    """What the law must know before a result is set: at most eight queries."""
    task = order.task
    facts = law_facts(actor, today, task)
    town = town_to_order(actor)
    since = order.registered_at
    checks = Verification.objects.filter(task=task, outcome=Verification.Outcome.TRUE)
    reports = ProgressReport.objects.filter(task=task, reported_at__gte=since)
    own: UUID | None = town.pk if town else None
    return ResultFacts(
        stage=stage_of(order),
        checks=checks.count(),
        reports=reports.count(),
        note=note,
        next_on=next_on,
        today=today,
        is_office=own == order.unit_id and actor.on_behalf_of is None,
        is_doer=facts.is_doer or facts.is_owner,
    )
