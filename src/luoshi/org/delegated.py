"""What was given away (委托代理): who stands in for whom, and with which powers."""

from __future__ import annotations

from datetime import date
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q, QuerySet

from luoshi.domain.access import ADMINISTRATORS, Actor
from luoshi.domain.delegating import DELEGABLE
from luoshi.org.models import Account, Delegation, Person, Post, Term, subtree
from luoshi.org.queries import as_person, holds

SHOWN = 30
"""How many delegations, given or taken, a page shows."""


def standing_in(account: Account, today: date, delegation_id: UUID) -> Actor | None:
    """The person as who stands in for another: that post's powers alone; None once it has ended.

    It ends with its last day, when it is taken back, and when who gave it no longer holds the post.
    """
    row = (
        open_delegations(account.jurisdiction, today)
        .filter(pk=delegation_id, taker=account.person_id)
        .first()
    )
    if row is None:
        return None
    giver = as_person(Actor.system(row.jurisdiction), row.giver, today)
    posts = tuple(one for one in giver.posts if one.post_id == row.post_id)
    if not posts:
        return None
    return Actor(
        account.pk, account.person_id, account.jurisdiction, posts, delegated_by=row.giver_id
    )


def open_delegations(jurisdiction: UUID, today: date) -> QuerySet[Delegation]:
    """Delegations of the day that nobody took back; if the giver still serves is asked apart."""
    rows = Delegation.objects.filter(holds(today), jurisdiction=jurisdiction, ended_at=None)
    return rows.select_related("post__unit", "giver", "taker")


def delegations(actor: Actor) -> tuple[list[Delegation], list[Delegation]]:
    """What the person gave away and what others gave to the person, newest first; two queries."""
    rows = Delegation.objects.filter(jurisdiction=actor.jurisdiction_id)
    rows = rows.select_related("post__unit", "giver", "taker").order_by("-from_on", "-id")
    given = rows.filter(giver=actor.person_id)[:SHOWN]
    return list(given), list(rows.filter(taker=actor.person_id)[:SHOWN])


def delegable_posts(actor: Actor) -> QuerySet[Post]:
    """The person's own posts whose work may be given away; none while standing in for another."""
    own = [post.post_id for post in actor.posts if post.role in DELEGABLE]
    rows = Post.objects.filter(pk__in=own if actor.delegated_by is None else [])
    return rows.select_related("unit").order_by("position", "id")


def people_below(actor: Actor, today: date) -> QuerySet[Person]:
    """Who holds a post of business within the scope of a post that the person may delegate."""
    scopes = [post.scope_path for post in actor.posts if post.role in DELEGABLE]
    within = [Q(**{f"post__unit__{k}": v for k, v in subtree(path).items()}) for path in scopes]
    if not within:
        return Person.objects.none()
    terms = Term.objects.filter(
        holds(today),
        holds(today, "post__"),
        reduce(or_, within),
        jurisdiction=actor.jurisdiction_id,
    ).exclude(post__role__in=list(ADMINISTRATORS))
    people = Person.objects.filter(pk__in=terms.values("person")).exclude(pk__in=actor.both)
    return people.order_by("id")
