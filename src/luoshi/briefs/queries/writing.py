"""Reads of the material that was written; the first argument is the actor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from luoshi.briefs.contracts import key_of
from luoshi.briefs.kept import from_data
from luoshi.briefs.models import Brief, Contract, NoGap
from luoshi.domain.access import Actor, NotAllowed, may
from luoshi.domain.base import Refused
from luoshi.domain.brief import Fact
from luoshi.files.models import Attachment
from luoshi.files.registry import readable
from luoshi.goals import queries as goals
from luoshi.goals.models import Note, Plan, WorkLine
from luoshi.jobs.models import Job
from luoshi.ledger.models import Task
from luoshi.org import queries as org
from luoshi.org.models import Person

SIZE = 50


def may_read(actor: Actor) -> bool:
    """Whether any post lets the actor read material: whoever may write it, and the auditor."""
    return actor.has("brief") or "auditor" in actor.roles


def may_write(actor: Actor, unit_path: str) -> bool:
    """Whether the actor may write for the unit; the access law's answer as yes or no."""
    return not isinstance(may(actor, "brief", unit_path), NotAllowed)


def demand_brief(actor: Actor, unit_path: str) -> None:
    """Raise the access law's refusal unless the actor may write for the unit."""
    answer = may(actor, "brief", unit_path)
    if isinstance(answer, NotAllowed):
        raise Refused(answer.why)


def briefs(actor: Actor, today: date) -> QuerySet[Brief]:
    """Material of units in the actor's view, newest first; for those who write it and auditors.

    `rests` tells a draft after which a newer one was written.
    """
    rows = Brief.objects.filter(jurisdiction=actor.jurisdiction_id)
    if not may_read(actor):
        return rows.none()
    newer = Brief.objects.filter(
        plan=OuterRef("plan"), kind=OuterRef("kind"), written_at__gt=OuterRef("written_at")
    )
    return (
        rows.filter(unit__in=org.visible_unit_ids(actor, today))
        .select_related("plan__unit", "unit")
        .annotate(rests=Exists(newer))
        .order_by("-written_at", "-id")
    )


def brief_for(actor: Actor, today: date, brief_id: UUID) -> Brief | None:
    """One text that the actor may read, or None."""
    return briefs(actor, today).filter(pk=brief_id).first()


def draft_of(actor: Actor, plan: Plan) -> Brief | None:
    """The newest first draft of a plan's review, that a new one is compared with."""
    return (
        Brief.objects.filter(
            jurisdiction=actor.jurisdiction_id,
            plan=plan,
            kind=Brief.Kind.REVIEW,
            state=Brief.State.FIRST_DRAFT,
        )
        .order_by("-written_at", "-id")
        .first()
    )


def newer_than(actor: Actor, brief: Brief) -> Brief | None:
    """The newest text on the same plan, where it is not this one: an older draft rests."""
    newest = (
        Brief.objects.filter(
            jurisdiction=actor.jurisdiction_id, plan=brief.plan_id, kind=brief.kind
        )
        .order_by("-written_at", "-id")
        .only("id", "title", "written_at")
        .first()
    )
    return None if newest is None or newest.pk == brief.pk else newest


def plans_to_write(actor: Actor, today: date) -> list[Plan]:
    """The plans whose review the actor may write, the latest year first."""
    rows = goals.plans(actor, today).exclude(state=Plan.State.DRAFT)
    return [plan for plan in rows if may_write(actor, plan.unit.path)]


@dataclass(frozen=True, slots=True)
class FactShown:
    """A fact in the table beside the text: what it says, of which line, and its rows."""

    fact: Fact
    line: str
    part: str
    rows: Sequence[str]


@dataclass(frozen=True, slots=True)
class PairShown:
    """A line with its achievements beside its gaps; `leader` may say that there is no gap."""

    line_id: str
    name: str
    line: WorkLine | None
    achievements: Sequence[FactShown]
    gaps: Sequence[FactShown]
    no_gap: FactShown | None
    is_leader: bool

    @property
    def missing(self) -> bool:
        """Whether neither a gap nor the leader's sentence stands beside the achievements (R05)."""
        return not self.gaps and self.no_gap is None


def shown_facts(actor: Actor, brief: Brief) -> Mapping[str, FactShown]:
    """The facts of a text that the actor was already shown, by id, in their order."""
    del actor
    return {
        data["id"]: FactShown(from_data(data), data["line"], data["part"], data["rows"])
        for data in brief.facts
    }


def note_of(actor: Actor, brief: Brief, fact: Fact) -> Note | None:
    """The note that a fact repeats, with the passage it was read from."""
    if fact.url_kind != "goals.note" or fact.url_id is None:
        return None
    units = Q(plan=brief.plan) | Q(plan__unit=brief.plan.unit, plan__year__lt=brief.plan.year)
    notes = Note.objects.filter(units, jurisdiction=actor.jurisdiction_id, pk=fact.url_id)
    return notes.select_related("passage__document", "line", "plan").first()


def pairs(actor: Actor, today: date, brief: Brief) -> list[PairShown]:
    """Achievement and gap of each line side by side; one query for the lines."""
    facts = list(shown_facts(actor, brief).values())
    lines = {str(line.pk): line for line in goals.lines(actor, today, brief.plan)}
    found = []
    for name in (fact for fact in facts if fact.part == "name"):
        own = [fact for fact in facts if fact.line == name.line]
        overdue = [f for f in own if f.fact.id.endswith(".overdue") and f.fact.value != "0"]
        line = lines.get(name.line)
        found.append(
            PairShown(
                line_id=name.line,
                name=name.fact.shown,
                line=line,
                achievements=[fact for fact in own if fact.part == "achievement"],
                gaps=[*overdue, *(fact for fact in own if fact.part == "gap")],
                no_gap=next((fact for fact in own if fact.part == "no_gap"), None),
                is_leader=line is not None and line.leader_post_id in actor.post_ids,
            )
        )
    return found


def rows_of(
    actor: Actor, brief: Brief, ids: Sequence[str], start: int
) -> tuple[list[Task], int | None]:
    """The tasks that a count counted, fifty at a time in their order, and where the next begin.

    Who may read the text may see what it counted: titles, states and dates, no more.
    """
    keys = [UUID(key) for key in ids[start : start + SIZE]]
    found = (
        Task.objects.filter(jurisdiction=actor.jurisdiction_id, plan=brief.plan)
        .select_related("unit")
        .in_bulk(keys)
    )
    following = start + SIZE if start + SIZE < len(ids) else None
    return [found[key] for key in keys if key in found], following


def no_gap_of(actor: Actor, line: WorkLine) -> NoGap | None:
    """The leader's sentence about a line, if one was said."""
    return NoGap.objects.filter(jurisdiction=actor.jurisdiction_id, line=line).first()


def line_for(actor: Actor, today: date, line_id: UUID) -> WorkLine | None:
    """A work line of a plan that the actor may read."""
    return (
        WorkLine.objects.filter(pk=line_id, plan__in=goals.plans(actor, today).values("pk"))
        .select_related("plan__unit", "leader_post")
        .first()
    )


def written_by(actor: Actor, rows: Sequence[Brief]) -> Mapping[Any, str]:
    """The names of those who wrote the texts; one query."""
    people = Person.objects.filter(
        jurisdiction=actor.jurisdiction_id, pk__in={row.written_by_id for row in rows}
    )
    return dict(people.values_list("pk", "name"))


def contracts(actor: Actor, today: date, plan: Plan) -> list[tuple[Contract, Attachment | None]]:
    """The contracts of a plan that the actor may read, each with its newest paper; two queries."""
    rows = list(
        Contract.objects.filter(plan=plan, jurisdiction=actor.jurisdiction_id)
        .filter(unit__in=org.visible_unit_ids(actor, today))
        .select_related("unit")
        .order_by("unit__path")
    )
    papers = Attachment.objects.filter(
        jurisdiction=actor.jurisdiction_id,
        subject_kind="briefs.contract",
        subject_id__in=[row.pk for row in rows],
    ).order_by("added_at", "id")
    newest = {paper.subject_id: paper for paper in papers}
    return [(row, newest.get(row.pk)) for row in rows]


def contract_job(actor: Actor, plan: Plan) -> Job | None:
    """The last job that made the contracts of a plan."""
    rows = Job.objects.filter(
        jurisdiction=actor.jurisdiction_id, key__startswith=key_of(plan.pk, "")
    )
    return rows.order_by("-created_at", "-id").first()


@readable("briefs.contract")
def _may_read_contract(actor: Actor, today: date, contract_id: UUID) -> bool:
    rows = Contract.objects.filter(pk=contract_id, jurisdiction=actor.jurisdiction_id)
    seen = rows.filter(unit__in=org.visible_unit_ids(actor, today))
    return may_read(actor) and seen.exists()
