"""Texts, their drafts and the job that reads them; the first argument is the actor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from luoshi.documents.checking import doubts_of
from luoshi.documents.models import (
    Dismissal,
    Document,
    DraftItem,
    LocalRule,
    SecondOpinion,
)
from luoshi.domain.access import Actor, Allowed, NotAllowed, may
from luoshi.domain.base import Refused
from luoshi.domain.factcheck import Clause, Doubt, Paper
from luoshi.domain.opinion import Opinion
from luoshi.files.registry import readable
from luoshi.jobs.models import Job
from luoshi.org import queries as org
from luoshi.org.calendars import calendar_of
from luoshi.org.models import Person, Unit, subtree

READ_JOB = "documents.read"
OPINION_JOB = "documents.opinion"
PATIENCE = timedelta(seconds=3)
"""How long a job may wait in the queue before the page asks whether a worker lives."""

BEAT_LIVES = timedelta(seconds=10)
"""How old the worker's beat (`worker.beat` in the data folder) may be."""


def documents(actor: Actor, today: date) -> QuerySet[Document]:
    """Texts of units the actor sees, newest first; without their words, which are long."""
    return (
        Document.objects.filter(
            jurisdiction=actor.jurisdiction_id, unit__in=org.visible_unit_ids(actor, today)
        )
        .select_related("unit")
        .order_by("-added_at", "-id")
    )


def document(actor: Actor, today: date, document_id: UUID) -> Document | None:
    """One text that the actor may read, or None."""
    return documents(actor, today).filter(pk=document_id).first()


def same_text(actor: Actor, unit: Unit, sha256: str) -> Document | None:
    """The text of the unit that has this digest, if it was entered before."""
    return Document.objects.filter(
        jurisdiction=actor.jurisdiction_id, unit=unit, sha256=sha256
    ).first()


def drafts(actor: Actor, today: date, document_id: UUID) -> QuerySet[DraftItem]:
    """The draft items of a text in the order of the text, each with its passage."""
    return (
        DraftItem.objects.filter(
            jurisdiction=actor.jurisdiction_id,
            document=document_id,
            document__in=documents(actor, today).order_by().values("pk"),
        )
        .select_related("passage")
        .order_by("passage__start", "position", "id")
    )


def draft_counts(
    actor: Actor, today: date, document_ids: list[UUID]
) -> Mapping[UUID, Mapping[str, int]]:
    """How many drafts of each text are in each state; one query."""
    found: dict[UUID, dict[str, int]] = {}
    rows = (
        DraftItem.objects.filter(
            jurisdiction=actor.jurisdiction_id,
            document__in=documents(actor, today)
            .order_by()
            .filter(pk__in=document_ids)
            .values("pk"),
        )
        .exclude(kind=DraftItem.Kind.BOILERPLATE)
        .values_list("document", "state")
        .annotate(n=Count("pk"))
    )
    for document_id, state, count in rows:
        found.setdefault(document_id, {})[state] = count
    return found


def local_rules(actor: Actor, unit: Unit) -> QuerySet[LocalRule]:
    """The local rules of a place, in the order in which they were taught."""
    return (
        LocalRule.objects.filter(jurisdiction=actor.jurisdiction_id, unit=unit)
        .select_related("target")
        .order_by("kind", "added_at", "id")
    )


def local_rule(actor: Actor, today: date, rule_id: UUID) -> LocalRule | None:
    """One rule of a place that the actor sees, or None."""
    return (
        LocalRule.objects.filter(
            pk=rule_id,
            jurisdiction=actor.jurisdiction_id,
            unit__in=org.visible_unit_ids(actor, today),
        )
        .select_related("unit", "target")
        .first()
    )


def units_to_name(actor: Actor, today: date, unit: Unit) -> list[Unit]:
    """The units of a place that a phrase may mean, in the order of the organisation."""
    rows = Unit.objects.filter(
        org.holds(today), jurisdiction=actor.jurisdiction_id, **subtree(unit.path)
    )
    return list(rows.exclude(pk=unit.pk).order_by("path"))


def places_to_add(actor: Actor, today: date) -> list[Unit]:
    """The town (or county) whose texts the actor may enter: the own one first, else none."""
    town = org.town_of(actor)
    if town is None or isinstance(may(actor, "draft", town.path), NotAllowed):
        return []
    del today
    return [town]


def may_draft(actor: Actor, document: Document) -> bool:
    """Whether the actor may work on the text."""
    return isinstance(may(actor, "draft", document.unit.path), Allowed)


def demand_draft(actor: Actor, unit: Unit) -> None:
    """Raise the access law's refusal unless the actor may work on the unit's texts."""
    answer = may(actor, "draft", unit.path)
    if isinstance(answer, NotAllowed):
        raise Refused(answer.why)


def reading_job(actor: Actor, document_id: UUID) -> Job | None:
    """The last job that reads the text; keys are `documents.read:<document>:<n>`."""
    return (
        Job.objects.filter(
            jurisdiction=actor.jurisdiction_id, key__startswith=f"{READ_JOB}:{document_id}:"
        )
        .order_by("-created_at", "-id")
        .first()
    )


def open_readings(actor: Actor, document_ids: Sequence[UUID]) -> Mapping[UUID, Job]:
    """The jobs that have not ended yet, by the text they read; one query."""
    wanted = {str(key): key for key in document_ids}
    rows = Job.objects.filter(
        jurisdiction=actor.jurisdiction_id,
        kind=READ_JOB,
        finished_at=None,
        payload__document_id__in=list(wanted),
    )
    return {wanted[job.payload["document_id"]]: job for job in rows}


def opinion_job(actor: Actor, document_id: UUID) -> Job | None:
    """The last job that asked for a second opinion on the text, whichever portion it asked."""
    return _opinion_jobs(actor, document_id).order_by("-created_at", "-id").first()


def opinion_rounds(actor: Actor, document_id: UUID) -> int:
    """How many times a second opinion on the text was asked for."""
    return _opinion_jobs(actor, document_id).filter(key__endswith=":0").count()


def _opinion_jobs(actor: Actor, document_id: UUID) -> QuerySet[Job]:
    return Job.objects.filter(
        jurisdiction=actor.jurisdiction_id, key__startswith=f"{OPINION_JOB}:{document_id}:"
    )


def opinion_rows(
    actor: Actor, document: Document, opinions: Sequence[Opinion], model: str, now: datetime
) -> list[SecondOpinion]:
    """Rows of opinions, not yet saved, each tied to the draft whose passage it speaks of.

    An opinion about a draft that has gone since is left out.
    """
    drafts: dict[tuple[int, int], UUID] = {
        (start, end): key
        for start, end, key in DraftItem.objects.filter(
            jurisdiction=actor.jurisdiction_id, document=document
        )
        .order_by("-position")
        .values_list("passage__start", "passage__end", "pk")
    }
    return [
        SecondOpinion(
            jurisdiction=document.jurisdiction,
            document=document,
            draft_id=drafts.get((one.asked.start, one.asked.end)),
            start=one.start,
            end=one.end,
            kind=one.kind,
            model=model[:100],
            said_at=now,
        )
        for one in opinions
        if one.asked.kind is None or (one.asked.start, one.asked.end) in drafts
    ]


def opinions(actor: Actor, today: date, document: Document) -> list[SecondOpinion]:
    """Where the second opinion still differs from the drafts as they stand, in the text's order."""
    rows = (
        SecondOpinion.objects.filter(
            jurisdiction=actor.jurisdiction_id,
            document=document.pk,
            document__in=documents(actor, today).order_by().values("pk"),
        )
        .select_related("draft")
        .order_by("start", "id")
    )
    return [row for row in rows if row.draft is None or row.draft.kind != row.kind]


def nobody_works(actor: Actor, job: Job, now: datetime) -> bool:
    """Whether a job has waited beyond patience while no worker lives; the page then says so.

    A worker lives when its beat is fresh, or when a job is being done under a lease.
    """
    if job.state != Job.State.QUEUED or now - job.created_at < PATIENCE:
        return False
    beat = Path(settings.LUOSHI_DATA) / "worker.beat"
    if beat.exists() and now.timestamp() - beat.stat().st_mtime < BEAT_LIVES.total_seconds():
        return False
    busy = Q(state__in=(Job.State.RUNNING, Job.State.WRITING), lease_until__gt=now)
    return not Job.objects.filter(busy, jurisdiction=actor.jurisdiction_id).exists()


@readable("documents.document")
def may_read_document(actor: Actor, today: date, document_id: UUID) -> bool:
    """Whether the actor may read the text, and so the file that it came from."""
    return documents(actor, today).filter(pk=document_id).exists()


@dataclass(frozen=True, slots=True)
class Raised:
    """A doubt as the page shows it: what was said about it, and by whom; and the draft it is in."""

    doubt: Doubt
    words: str
    dismissal: Dismissal | None = None
    by: str = ""
    draft_id: UUID | None = None


def raised(actor: Actor, today: date, document: Document, *, burden: bool) -> list[Raised]:
    """The doubts about a text in its order, those let stand with who said why; four queries.

    Working days are those of the unit the text belongs to.
    """
    places = list(
        drafts(actor, today, document.pk).values_list(
            "passage__start", "passage__end", "kind", "passage__part", "pk"
        )
    )
    facts = Paper(document.text, document.year, tuple(Clause(*place[:4]) for place in places))
    kept = {
        (row.said, row.start, row.end): row
        for row in Dismissal.objects.filter(
            jurisdiction=actor.jurisdiction_id, document=document
        ).order_by("start", "id")
    }
    people = {row.dismissed_by_id for row in kept.values() if row.dismissed_by_id}
    names = dict(
        Person.objects.filter(jurisdiction=actor.jurisdiction_id, pk__in=people).values_list(
            "pk", "name"
        )
    )
    found = []
    for doubt in doubts_of(facts, calendar_of(document.unit), burden=burden):
        row = kept.get((doubt.why.code, doubt.start, doubt.end))
        by = names.get(row.dismissed_by_id, "") if row and row.dismissed_by_id else ""
        inside = (place[4] for place in places if place[0] <= doubt.start < place[1])
        words = " ".join(document.text[doubt.start : doubt.end].split())
        found.append(Raised(doubt, words, row, by, next(inside, None)))
    return found


def doubt_stands(
    actor: Actor, today: date, document: Document, said: str, start: int, end: int
) -> bool:
    """Whether the text raises that doubt, among the contradictions or the burdens."""
    wanted = (said, start, end)
    return any(
        (one.doubt.why.code, one.doubt.start, one.doubt.end) == wanted
        for burden in (False, True)
        for one in raised(actor, today, document, burden=burden)
    )


def dismissal(
    actor: Actor, document: Document, said: str, start: int, end: int
) -> Dismissal | None:
    """What was said about a doubt of a text that the actor may read, or None."""
    return Dismissal.objects.filter(
        jurisdiction=actor.jurisdiction_id, document=document, said=said, start=start, end=end
    ).first()
