"""What forms offer: units that may carry, posts that may own, lines, people to type for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from luoshi.domain.access import Actor
from luoshi.goals import queries as goals
from luoshi.goals.models import Goal, Plan, WorkLine
from luoshi.ledger.carrying import Roles
from luoshi.ledger.models import Task
from luoshi.org.models import Post, Term, Unit, subtree
from luoshi.org.queries import holds, places_above, visible_units

Choice = tuple[str, str]


def town_above(actor: Actor, unit: Unit) -> Unit:
    """The town (or county) a unit works in: what its plan, leaders and neighbours hang under."""
    return places_above(actor, unit.path).last() or unit


def unit_choices(actor: Actor, today: date, town: Unit) -> list[Choice]:
    """Units of a town that may lead or support, in the order of the organisation."""
    rows = Unit.objects.filter(
        holds(today), jurisdiction=actor.jurisdiction_id, **subtree(town.path)
    ).exclude(kind=Unit.Kind.SYSTEM)
    return [(str(key), name) for key, name in rows.order_by("path").values_list("pk", "short_name")]


def seen_units(actor: Actor, today: date) -> list[Choice]:
    """Units in the actor's view, for the filter of the list."""
    rows = visible_units(actor, today).order_by("path")
    return [(str(key), name) for key, name in rows.values_list("pk", "short_name")]


DISCIPLINE = "纪委书记"
"""Supervises others' work and is not offered as the lead of it."""


def post_choices(
    actor: Actor, today: date, town: Unit, *, leaders: bool, keep: UUID | None = None
) -> list[Choice]:
    """Posts of a town with who holds them: leaders' posts, or those that may own an item.

    The secretary of the discipline commission is not offered as lead leader, but kept (`keep`)
    where that is what stands.
    """
    roles = (
        (Post.Role.LEADER,)
        if leaders
        else (
            Post.Role.LEADER,
            Post.Role.TOWN_OFFICE,
            Post.Role.UNIT_HEAD,
            Post.Role.STAFF,
        )
    )
    units = Unit.objects.filter(jurisdiction=actor.jurisdiction_id, **subtree(town.path))
    posts = Post.objects.filter(holds(today), unit__in=units.values("pk"), role__in=roles)
    if leaders:
        posts = posts.exclude(~Q(pk=keep), title__contains=DISCIPLINE)
    posts = posts.select_related("unit").order_by("unit__path", "position", "id")
    terms = Term.objects.filter(holds(today), post__in=posts.values("pk")).select_related("person")
    held: dict[UUID, list[str]] = {}
    for term in terms:
        held.setdefault(term.post_id, []).append(term.person.name)
    return [
        (str(post.pk), " ".join([post.unit.short_name, post.title, *held.get(post.pk, [])]))
        for post in posts
    ]


def helper_choices(actor: Actor, today: date, town: Unit) -> list[tuple[str, list[Choice]]]:
    """Who can be asked to clear a blocker: the town's units, then its posts with who holds them."""
    posts = post_choices(actor, today, town, leaders=False)
    return [
        (_("单位"), unit_choices(actor, today, town)),
        (_("岗位"), [(f"post:{key}", label) for key, label in posts]),
    ]


def line_choices(actor: Actor, task: Task) -> list[Choice]:
    """The work lines of the task's plan."""
    rows = WorkLine.objects.filter(plan=task.plan_id, jurisdiction=actor.jurisdiction_id).order_by(
        "number"
    )
    return [
        (str(key), f"{number} {name}")
        for key, number, name in rows.values_list("pk", "number", "name")
    ]


def goals_of_plans(actor: Actor, plans: Sequence[Plan]) -> list[Choice]:
    """The goals of plans that a query has scoped, in their order."""
    mine = {"jurisdiction": actor.jurisdiction_id, "plan__in": plans}
    rows = Goal.objects.filter(**mine).order_by("plan", "position", "id")
    return [(str(key), title) for key, title in rows.values_list("pk", "title")]


def goal_name(actor: Actor, today: date, key: UUID | None) -> str:
    """A goal by name, where the actor may read its plan."""
    if key is None:
        return ""
    rows = Goal.objects.filter(pk=key, plan__in=goals.plans(actor, today).values("pk"))
    return rows.values_list("title", flat=True).first() or ""


def post_name(actor: Actor, today: date, key: UUID | None) -> str:
    """A post by unit and title, where the actor sees the unit."""
    if key is None:
        return ""
    rows = Post.objects.filter(pk=key, unit__in=visible_units(actor, today).values("pk"))
    post = rows.select_related("unit").first()
    return f"{post.unit.short_name} {post.title}" if post else ""


def people_to_type_for(actor: Actor, today: date, task: Task, roles: Roles) -> list[Choice]:
    """Those who carry the task today, for whom the office may type a report (代录)."""
    units = [unit for unit in (roles.lead_unit, *roles.supporting) if unit] or [task.unit_id]
    terms = (
        Term.objects.filter(holds(today), jurisdiction=actor.jurisdiction_id)
        .filter(post__unit__in=units)
        .select_related("person", "post__unit")
        .order_by("post__unit__path", "post__position")
    )
    owned = Term.objects.filter(holds(today), post=roles.owner).select_related(
        "person", "post__unit"
    )
    found: dict[str, str] = {}
    for term in (*owned, *terms):
        label = f"{term.post.unit.short_name} {term.person.name}"
        found.setdefault(str(term.person_id), label)
    return list(found.items())
