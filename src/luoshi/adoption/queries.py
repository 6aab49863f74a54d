"""What the reader page shows, and which obligations of a text nobody took up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from luoshi.adoption import offering
from luoshi.adoption.coverage import Mark, Share, marks_of, shares_of
from luoshi.adoption.matching import Directory, directory
from luoshi.adoption.models import Act
from luoshi.adoption.offering import Offer
from luoshi.adoption.page import (
    OBLIGING,
    SURE,
    Filter,
    Group,
    Section,
    Stretch,
    groups_of,
    line_of,
    sections_of,
    stretches,
    sure,
)
from luoshi.documents import queries as documents
from luoshi.documents.models import Document, DraftItem
from luoshi.documents.ruling import aliases
from luoshi.domain.access import Actor, Allowed, may
from luoshi.domain.base import Finding
from luoshi.domain.cascade import Obligation, PlanFacts, Problem
from luoshi.domain.cascade import findings as coverage
from luoshi.goals import queries as goals
from luoshi.goals.models import Note, Plan, WorkLine
from luoshi.ledger.models import Task
from luoshi.ledger.queries import visible_tasks
from luoshi.org.models import Post, Unit, subtree
from luoshi.org.queries import holds

MOST_LINES = 500
"""How many drafts one page shows; the sections lead to the rest."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How far a text is decided."""

    waiting: int
    adopted: int
    aside: int
    open_obligations: int
    obligations: int


@dataclass(frozen=True, slots=True)
class Reader:
    """Everything on the reader page."""

    document: Document
    paragraphs: list[list[Stretch]]
    groups: list[Group]
    sections: list[Section]
    shown: int
    cut: int
    total: int
    counts: Counts
    plans: list[Plan]
    lines: list[WorkLine]
    untouched: bool
    acts: list[Act]
    filter: Filter
    shares: list[Share]
    total_share: Share
    marks: list[Mark]
    bulk: Bulk
    offer: Offer | None


@dataclass(frozen=True, slots=True)
class Bulk:
    """How many rows of the page each button for many would decide at once."""

    sure: int
    principles: int
    proposed: int
    doubt: int


def reader(actor: Actor, today: date, document: Document, asked: Filter) -> Reader:
    """The reader page of a text: a constant number of queries, whatever the length of the text."""
    sections = sections_of(document.outline, len(document.text))
    if asked.section is not None and not 0 <= asked.section < len(sections):
        asked = Filter(None, asked.kind, asked.state)
    drafts = list(documents.drafts(actor, today, document.pk).prefetch_related("opinions"))
    passing = [draft for draft in drafts if asked.passes(draft, sections)]
    shown = passing[:MOST_LINES]
    known = names(actor, today, document)
    lines = [line_of(draft, known) for draft in shown]
    open_plans = plans(actor, today, document)
    shares, total = shares_of(document.text, drafts, sections)
    last = list(acts(actor, today, document)[:8])
    return Reader(
        document=document,
        paragraphs=stretches(document.text, drafts, frozenset(draft.pk for draft in shown)),
        groups=groups_of(lines, sections),
        sections=sections,
        shown=len(shown),
        cut=len(passing) - len(shown),
        total=len(drafts),
        counts=_counts(drafts),
        plans=open_plans,
        lines=list(
            WorkLine.objects.filter(plan__in=open_plans)
            .select_related("plan")
            .order_by("-plan__year", "number")
        ),
        untouched=all(d.version == 1 and d.state == DraftItem.State.DRAFT for d in drafts),
        acts=last,
        filter=asked,
        shares=shares,
        total_share=total,
        marks=marks_of(shares, len(document.text)),
        bulk=_bulk(shown, today),
        offer=offering.after(last[0] if last else None, drafts, sections, document),
    )


def _bulk(shown: Sequence[DraftItem], today: date) -> Bulk:
    waiting = [draft for draft in shown if draft.state == DraftItem.State.DRAFT]
    return Bulk(
        sure=sum(sure(draft, today) for draft in waiting),
        principles=sum(draft.kind == DraftItem.Kind.PRINCIPLE for draft in waiting),
        proposed=sum(bool(draft.disposition) for draft in waiting),
        doubt=sum(draft.confidence < SURE for draft in waiting),
    )


def _counts(drafts: Sequence[DraftItem]) -> Counts:
    state = DraftItem.State
    obliging = [d for d in drafts if d.kind in OBLIGING and d.state != state.MERGED]
    counted = [d for d in drafts if d.kind != DraftItem.Kind.BOILERPLATE]
    return Counts(
        waiting=sum(d.state == state.DRAFT for d in counted),
        adopted=sum(d.state == state.ADOPTED for d in counted),
        aside=sum(d.state == state.SET_ASIDE for d in counted),
        open_obligations=sum(d.state == state.DRAFT for d in obliging),
        obligations=len(obliging),
    )


def coverage_of(actor: Actor, today: date, document: Document) -> tuple[list[Share], Share]:
    """What became of every sentence of a text, by section and in all. One query."""
    drafts = list(documents.drafts(actor, today, document.pk))
    sections = sections_of(document.outline, len(document.text))
    return shares_of(document.text, drafts, sections)


def names(actor: Actor, today: date, document: Document) -> Directory:
    """The units of the text's town and its leaders' posts, as a text may name them.

    Three queries: units, posts, and the names that local rules give.
    """
    units = Unit.objects.filter(
        holds(today),
        jurisdiction=actor.jurisdiction_id,
        **subtree(document.unit.path),
    ).order_by("path")
    posts = Post.objects.filter(
        holds(today),
        unit__in=units.values("pk"),
        role=Post.Role.LEADER,
    ).order_by("position", "id")
    return directory(units, posts, aliases(documents.local_rules(actor, document.unit)))


def plans(actor: Actor, today: date, document: Document) -> list[Plan]:
    """Plans of the text's unit that still take items, the text's own year first."""
    rows = goals.plans(actor, today).filter(unit=document.unit).exclude(state=Plan.State.CLOSED)
    year = document.year or today.year
    return sorted(rows, key=lambda plan: (plan.year != year, -plan.year))


def year_to_open(actor: Actor, today: date, document: Document) -> int:
    """The year of the plan that a text would open: its own, else the current one."""
    del actor
    return document.year or today.year


def may_decide(actor: Actor, document: Document) -> bool:
    """Whether the actor may decide on the drafts of the text."""
    return isinstance(may(actor, "draft", document.unit.path), Allowed)


def draft(actor: Actor, today: date, draft_id: UUID) -> DraftItem | None:
    """One draft of a text that the actor may read, with its document and unit."""
    found = (
        DraftItem.objects.filter(pk=draft_id, jurisdiction=actor.jurisdiction_id)
        .filter(document__in=documents.documents(actor, today).order_by().values("pk"))
        .select_related("passage", "document__unit", "merged_into", "pair")
    )
    return found.first()


def draft_of_passage(actor: Actor, today: date, passage_id: UUID) -> DraftItem | None:
    """The draft that stands for a passage, through a merge if there was one."""
    found = (
        DraftItem.objects.filter(passage=passage_id, jurisdiction=actor.jurisdiction_id)
        .filter(document__in=documents.documents(actor, today).order_by().values("pk"))
        .select_related("merged_into")
        .order_by("id")
        .first()
    )
    return found.merged_into or found if found else None


def acts(actor: Actor, today: date, document: Document) -> QuerySet[Act]:
    """Decisions on the text that still stand, the last one first."""
    visible = documents.documents(actor, today).order_by().values("pk")
    return Act.objects.filter(
        document=document, document__in=visible, undone_at__isnull=True
    ).order_by("-at", "-id")


def obligations(actor: Actor, today: date, plan: Plan) -> tuple[Obligation, ...]:
    """Every obligation of the texts that the plan was made from, taken up or not, for C11.

    A merged draft is taken up with the one it went into; one set aside counts as dismissed with
    the reason a person gave.
    """
    texts = documents.documents(actor, today).order_by()
    rows = (
        DraftItem.objects.filter(
            jurisdiction=actor.jurisdiction_id,
            document__in=plan.sources.values("document"),
            kind__in=OBLIGING,
        )
        .filter(document__in=texts.values("pk"))
        .exclude(state=DraftItem.State.MERGED)
        .order_by("document", "passage__start", "id")
        .values_list("pk", "title", "state", "why_not")
    )
    return tuple(
        Obligation(key, title, state == DraftItem.State.ADOPTED, why)
        for key, title, state, why in rows
    )


def findings(actor: Actor, today: date, plan: Plan) -> tuple[Finding, ...]:
    """C11 and C14: obligations and problems that nobody took up and nobody gave a reason for.

    `where.id` is the draft; `adoption:draft` is its page. The ledger's findings hold C11 too, by
    passage (`adoption:passage` leads from one to the text): a page that joins both shows one.
    """
    facts = PlanFacts(
        id=plan.pk,
        label=plan.title,
        year=plan.year,
        today=today,
        tasks=(),
        obligations=obligations(actor, today, plan),
        problems=problems(actor, today, plan),
    )
    return tuple(finding for finding in coverage(facts) if finding.code in {"C11", "C14"})


def problem(actor: Actor, today: date, note_id: UUID) -> Note | None:
    """One problem or gap of a plan that the actor reads, with its passage; or None."""
    return (
        Note.objects.filter(pk=note_id, plan__in=goals.plans(actor, today).order_by().values("pk"))
        .exclude(kind=Note.Kind.ACHIEVEMENT)
        .select_related("plan__unit", "line", "passage__document")
        .first()
    )


def measures_of(actor: Actor, today: date, note: Note) -> list[Task]:
    """The tasks that work on a problem, of those the actor sees."""
    rows = visible_tasks(actor, today).filter(problem=note)
    return list(rows.exclude(state=Task.State.CANCELLED).select_related("unit").order_by("tree"))


def problems(actor: Actor, today: date, plan: Plan) -> tuple[Problem, ...]:
    """Every open problem of a plan with how many tasks work on it, for C14; one query."""
    open_tasks = Count("tasks", filter=~Q(tasks__state=Task.State.CANCELLED))
    rows = (
        Note.objects.filter(plan=plan, plan__in=goals.plans(actor, today).order_by().values("pk"))
        .exclude(kind=Note.Kind.ACHIEVEMENT)
        .filter(solved_on__isnull=True)
        .annotate(n=open_tasks)
        .order_by("noted_on", "id")
    )
    return tuple(
        Problem(key, text, n, why)
        for key, text, n, why in rows.values_list("pk", "text", "n", "why_no_task")
    )


def sources_of(
    actor: Actor, today: date, kind: str, row_ids: Sequence[UUID]
) -> Mapping[UUID, list[DraftItem]]:
    """The drafts, and through them every passage, that rows were adopted from, by row.

    `kind` is "ledger.task", "goals.goal" or "goals.note". Merged drafts come after the one that
    was adopted. Two queries.
    """
    visible = documents.documents(actor, today).order_by().values("pk")
    adopted = DraftItem.objects.filter(
        jurisdiction=actor.jurisdiction_id,
        adopted_kind=kind,
        adopted_id__in=list(row_ids),
        document__in=visible,
    ).select_related("passage", "document")
    found: dict[UUID, list[DraftItem]] = {}
    row_of: dict[UUID, UUID] = {}
    for item in adopted.order_by("passage__start", "id"):
        assert item.adopted_id is not None
        found.setdefault(item.adopted_id, []).append(item)
        row_of[item.pk] = item.adopted_id
    merged = DraftItem.objects.filter(
        jurisdiction=actor.jurisdiction_id, merged_into__in=list(row_of)
    ).select_related("passage", "document")
    for item in merged.order_by("passage__start", "id"):
        assert item.merged_into_id is not None
        found[row_of[item.merged_into_id]].append(item)
    return found
