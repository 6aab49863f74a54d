"""Everybody at once, for the system's sweeps: who holds which posts, who heads which unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from luoshi.domain.access import Actor
from luoshi.org.models import Post, Term
from luoshi.org.queries import STANDING_IN, holds
from luoshi.org.reach import held_post, towns_above

HEADING = (Post.Role.UNIT_HEAD, Post.Role.TOWN_OFFICE, Post.Role.COUNTY_SUPERVISOR)
"""Roles of whoever heads a unit, in this order."""


def actors_on(actor: Actor, today: date) -> Mapping[UUID, Actor]:
    """Everybody of the jurisdiction who holds a post on the day, as the access law sees them.

    For the system's sweeps; two queries for any number of people.
    """
    assert actor.is_system, "only a sweep asks for everybody"
    terms = (
        Term.objects.filter(
            holds(today), holds(today, "post__"), jurisdiction=actor.jurisdiction_id
        )
        .select_related("post__unit")
        .order_by("post__position", "id")
    )
    held: dict[UUID, list[Post]] = {}
    for term in terms:
        held.setdefault(term.person_id, []).append(term.post)
    towns = towns_above([post for posts in held.values() for post in posts])
    return {
        key: Actor(
            None, key, actor.jurisdiction_id, tuple(held_post(post, towns) for post in posts)
        )
        for key, posts in held.items()
    }


def heads_of(actor: Actor, today: date, units: Iterable[UUID] | None = None) -> Mapping[UUID, UUID]:
    """Who heads each unit on the day, as a person's key: the unit head, else the office's first.

    A town office has no unit head among its roles: there the first of its posts is meant. Of the
    units named, else of all; one query.
    """
    rows = Term.objects.filter(
        holds(today),
        holds(today, "post__"),
        jurisdiction=actor.jurisdiction_id,
        post__role__in=HEADING,
    )
    if units is not None:
        rows = rows.filter(post__unit__in=list(units))
    found: dict[UUID, tuple[tuple[int, int, int, str], UUID]] = {}
    columns = ("post__unit_id", "post__role", "post__position", "kind", "pk", "person_id")
    for unit, role, position, kind, key, person in rows.values_list(*columns):
        rank = (HEADING.index(role), position, STANDING_IN.index(Term.Kind(kind)), str(key))
        if unit not in found or rank < found[unit][0]:
            found[unit] = (rank, person)
    return {unit: person for unit, (_rank, person) in found.items()}
