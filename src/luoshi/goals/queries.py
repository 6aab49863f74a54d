"""Reads of meetings, plans, goals, work lines and notes; the first argument is the actor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from luoshi.documents import queries as documents
from luoshi.domain.access import Actor, Allowed, NotAllowed, Right, may
from luoshi.domain.base import Refused
from luoshi.goals.baseline import Difference
from luoshi.goals.models import (
    Goal,
    Meeting,
    MeetingKind,
    MeetingText,
    Note,
    Plan,
    PlanSnapshot,
    WorkLine,
)
from luoshi.journal.models import Entry
from luoshi.org import queries as org
from luoshi.org.models import Person, Post, Unit, subtree


def plans(actor: Actor, today: date) -> QuerySet[Plan]:
    """Plans of units the actor sees, and of the towns and counties the actor works below.

    A village reads its town's plan; what it sees of the items in it is the ledger's question.
    """
    rows = Plan.objects.filter(jurisdiction=actor.jurisdiction_id).select_related("unit", "meeting")
    if actor.is_system:
        return rows
    return rows.filter(read_by(actor, today)).order_by("-year", "unit__path")


def read_by(actor: Actor, today: date) -> Q:
    """What stands at units that the actor sees, or works below."""
    above = org.paths_above(actor)
    if not above:
        return Q(pk__in=())
    return Q(unit__in=org.visible_unit_ids(actor, today)) | Q(unit__path__in=above)


def meetings(actor: Actor, today: date) -> QuerySet[Meeting]:
    """Meetings of units the actor sees, and of the towns and counties the actor works below."""
    return (
        Meeting.objects.filter(read_by(actor, today), jurisdiction=actor.jurisdiction_id)
        .select_related("unit", "kind")
        .order_by("-held_on", "-id")
    )


def annual_meetings(actor: Actor, today: date) -> QuerySet[Meeting]:
    """Meetings that own a year's texts and plan; those of a kind are kept by supervision."""
    return meetings(actor, today).filter(kind__isnull=True)


def kinds(actor: Actor, today: date) -> QuerySet[MeetingKind]:
    """The kinds of meetings of units the actor sees or works below, in the town's order."""
    rows = MeetingKind.objects.filter(read_by(actor, today), jurisdiction=actor.jurisdiction_id)
    return rows.select_related("unit").order_by("unit__path", "position", "id")


def plan_for(actor: Actor, today: date, plan_id: UUID) -> Plan | None:
    """One plan that the actor may read, or None."""
    return plans(actor, today).filter(pk=plan_id).first()


def current_plan(actor: Actor, today: date) -> Plan | None:
    """The plan an actor's pages open with: the own town's, of this year or the last one made."""
    rows = list(plans(actor, today).filter(year__lte=today.year)[:50])
    held = [post.unit_path for post in actor.posts]
    own = [plan for plan in rows if any(path.startswith(plan.unit.path) for path in held)]
    return max(own or rows, key=lambda plan: (plan.year, len(plan.unit.path)), default=None)


def meeting_for(actor: Actor, today: date, meeting_id: UUID) -> Meeting | None:
    """One meeting that the actor may see, or None."""
    return meetings(actor, today).filter(pk=meeting_id).first()


def texts(actor: Actor, today: date, meeting: Meeting) -> QuerySet[MeetingText]:
    """The texts of a meeting in the order in which they came, without their words."""
    return (
        MeetingText.objects.filter(
            meeting=meeting, document__in=documents.documents(actor, today).order_by().values("pk")
        )
        .select_related("document")
        .defer("document__text", "document__outline")
        .order_by("id")
    )


def lines(actor: Actor, today: date, plan: Plan) -> QuerySet[WorkLine]:
    """The work lines of a plan in their order, each with its leader's post."""
    return (
        WorkLine.objects.filter(plan=plan, plan__in=plans(actor, today).values("pk"))
        .select_related("leader_post__unit")
        .order_by("number")
    )


def goals(actor: Actor, today: date, plan: Plan) -> QuerySet[Goal]:
    """The goals of a plan in their order."""
    return (
        Goal.objects.filter(plan=plan, plan__in=plans(actor, today).values("pk"))
        .select_related("line", "passage")
        .order_by("position", "id")
    )


def notes(actor: Actor, today: date, plan: Plan) -> QuerySet[Note]:
    """Achievements, gaps and problems of a plan, oldest first."""
    return (
        Note.objects.filter(plan=plan, plan__in=plans(actor, today).values("pk"))
        .select_related("line", "passage", "pair")
        .order_by("noted_on", "id")
    )


def sees_whole(actor: Actor, plan: Plan) -> bool:
    """Whether every row of a plan is the actor's to read, as a comparison of plans needs.

    A supervisor of the county sees the next level only, a village its own part of its town's plan.
    """
    return actor.is_system or any(
        post.role != "county_supervisor"
        and isinstance(may(replace(actor, posts=(post,)), "read", plan.unit.path), Allowed)
        for post in actor.posts
    )


def snapshots(actor: Actor, today: date, plan: Plan) -> QuerySet[PlanSnapshot]:
    """The baselines of a plan, the latest first."""
    return PlanSnapshot.objects.filter(
        plan=plan, plan__in=plans(actor, today).values("pk")
    ).order_by("-taken_at", "-id")


def names_of(actor: Actor, today: date, plan: Plan, keys: set[UUID]) -> Mapping[UUID, str]:
    """The names of lines, units and posts, also of those that have ended; three queries."""
    del today
    mine = {"jurisdiction": actor.jurisdiction_id, "pk__in": keys}
    units = dict(Unit.objects.filter(**mine).values_list("pk", "short_name"))
    posts = dict(Post.objects.filter(**mine).values_list("pk", "title"))
    lines = dict(WorkLine.objects.filter(plan=plan, pk__in=keys).values_list("pk", "name"))
    return units | posts | lines


def may_plan(actor: Actor, unit_path: str) -> bool:
    """Whether the actor may write plans of the unit; the access law's answer as yes or no."""
    return not isinstance(may(actor, "plan", unit_path), NotAllowed)


def may_draft(actor: Actor, unit_path: str) -> bool:
    """Whether the actor may bring texts into a meeting of the unit."""
    return not isinstance(may(actor, "draft", unit_path), NotAllowed)


def leader_choices(actor: Actor, today: date, plan: Plan) -> list[tuple[str, str]]:
    """Posts of the plan's town that may lead a line, for a form: key, unit and title."""
    posts = (
        Post.objects.filter(
            org.holds(today),
            jurisdiction=actor.jurisdiction_id,
            role=Post.Role.LEADER,
            unit__in=Unit.objects.filter(
                jurisdiction=plan.jurisdiction, **subtree(plan.unit.path)
            ).values("pk"),
        )
        .select_related("unit")
        .order_by("unit__path", "position", "id")
    )
    return [(str(post.pk), f"{post.unit.short_name} {post.title}") for post in posts]


def demand_right(actor: Actor, right: Right, unit_path: str) -> None:
    """Raise the access law's refusal unless the actor has the right over the unit."""
    answer = may(actor, right, unit_path)
    if isinstance(answer, NotAllowed):
        raise Refused(answer.why)


@dataclass(frozen=True, slots=True)
class Changed:
    """Who changed a row of a plan when, and the reason that was given ("" where none was asked)."""

    at: datetime
    person: str
    reason: str


ROLES = ("lead_leader", "lead_unit", "supporting", "owner")
"""How the journal of a task names what a baseline keeps as its roles."""
SHOWN = 3
"""Changes told of one row; the item's own page has them all."""


def changed_by(
    actor: Actor, since: datetime, differences: Sequence[Difference]
) -> Mapping[str, Sequence[Changed]]:
    """谁、何时、为何 of each difference since a baseline, the latest first; two queries.

    Read from the journal: the entries that touched what differs, or that made or ended the row.
    """
    rows = list(
        Entry.objects.filter(
            jurisdiction=actor.jurisdiction_id,
            subject_kind__in=("ledger.task", "goals.goal", "goals.workline"),
            subject_id__in=[one.key for one in differences],
            at__gte=since,
        ).order_by("-at", "-id")
    )
    people = {row.person_id for row in rows} - {None}
    known = Person.objects.filter(jurisdiction=actor.jurisdiction_id, pk__in=people)
    names: Mapping[UUID | None, str] = dict(known.values_list("pk", "name"))
    told: dict[str, list[Changed]] = {}
    asked = {one.key: one for one in differences}
    for row in rows:
        found = told.setdefault(str(row.subject_id), [])
        if len(found) < SHOWN and _touches(row, asked[str(row.subject_id)]):
            found.append(Changed(row.at, names.get(row.person_id, ""), row.reason))
    return told


def _touches(entry: Entry, difference: Difference) -> bool:
    """Whether an entry is about what differs: the row's own making or end, or one of its fields."""
    if difference.kind == "added":
        return "title" in entry.changes or "name" in entry.changes
    if difference.kind == "gone":
        return True
    fields = {name for name, _then, _now in difference.fields}
    if "roles" in fields:
        fields |= set(ROLES)
    plain = {name.removesuffix("_id") for name in fields}
    return any(name in fields or name.removesuffix("_id") in plain for name in entry.changes)
