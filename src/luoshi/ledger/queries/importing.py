"""Tables on their way into the ledger: each is its person's own."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from luoshi.domain.access import Actor
from luoshi.goals import queries as goals
from luoshi.goals.models import Plan
from luoshi.jobs.models import Job
from luoshi.ledger.models import TableImport


def plans_to_import(actor: Actor, today: date) -> list[Plan]:
    """Plans that the actor may write and that are not closed, the newest first."""
    rows = goals.plans(actor, today).exclude(state=Plan.State.CLOSED)
    return [plan for plan in rows if goals.may_plan(actor, plan.unit.path)]


def tables(actor: Actor, today: date) -> QuerySet[TableImport]:
    """The tables that the actor brought in and may still write for, the newest first."""
    rows = TableImport.objects.filter(
        jurisdiction=actor.jurisdiction_id,
        added_by_id=actor.person_id,
        plan__in=[
            plan.pk for plan in goals.plans(actor, today) if goals.may_plan(actor, plan.unit.path)
        ],
    )
    return rows.select_related("plan__unit", "unit").order_by("-added_at", "-id")


def table_for(actor: Actor, today: date, table_id: UUID) -> TableImport | None:
    """One table of the actor's own, or None."""
    if actor.person_id is None:
        return None
    return tables(actor, today).filter(pk=table_id).first()


def import_job(actor: Actor, table: TableImport) -> Job | None:
    """The job that writes a table, the last one asked for."""
    return _job(actor, table, "import")


def undo_job(actor: Actor, table: TableImport) -> Job | None:
    """The job that takes a table back, the last one asked for; None for a small table."""
    return _job(actor, table, "undo") if table.done.get("undo_asked") else None


def _job(actor: Actor, table: TableImport, what: str) -> Job | None:
    rows = Job.objects.filter(
        jurisdiction=actor.jurisdiction_id, key__startswith=f"ledger.table.{what}:{table.pk}:"
    )
    return rows.order_by("-id").first()


def printable(actor: Actor, today: date) -> QuerySet[TableImport]:
    """Written tables of plans that the actor reads: their headers can be printed again."""
    return (
        TableImport.objects.filter(
            jurisdiction=actor.jurisdiction_id,
            state=TableImport.State.DONE,
            plan__in=goals.plans(actor, today).order_by().values("pk"),
        )
        .only("name", "heads", "added_at")
        .order_by("-added_at", "-id")
    )
