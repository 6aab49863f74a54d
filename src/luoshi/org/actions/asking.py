"""Who may change the organisation, and rows found or refused in words."""

from __future__ import annotations

from uuid import UUID

from luoshi.domain.access import Actor, NotAllowed, Right, may
from luoshi.domain.base import Refused, say
from luoshi.org.models import Post, Unit


def must_administer(actor: Actor, path: str = "") -> None:
    """Refuse whoever does not keep the organisation: its units, posts, calendar, settings."""
    _must(actor, "administer", path)


def must_appoint(actor: Actor) -> None:
    """Refuse whoever may not decide who signs in and who holds which post."""
    if actor.has("administer") and not actor.has("appoint"):
        raise Refused(say("org.appointing_is_apart"))
    _must(actor, "appoint", "")


def _must(actor: Actor, right: Right, path: str) -> None:
    answer = may(actor, right, path)
    if not actor.has(right) and isinstance(answer, NotAllowed):
        raise Refused(answer.why)


def unit_of(actor: Actor, unit_id: UUID) -> Unit:
    """A unit of the jurisdiction, or a refusal in words."""
    unit = Unit.objects.filter(jurisdiction=actor.jurisdiction_id, pk=unit_id).first()
    if unit is None:
        raise Refused(say("org.no_such_row"))
    return unit


def post_of(actor: Actor, post_id: UUID) -> Post:
    """A post of the jurisdiction with its unit, or a refusal in words."""
    post = Post.objects.select_related("unit").filter(
        jurisdiction=actor.jurisdiction_id, pk=post_id
    )
    found = post.first()
    if found is None:
        raise Refused(say("org.no_such_row"))
    return found
