"""委托代理: given by who holds the post, taken back by him, over by itself."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from luoshi.domain.access import ADMINISTRATORS, Actor
from luoshi.domain.base import Refused, say
from luoshi.domain.delegating import Wish, why_not
from luoshi.journal.actions import Written, created, record, write
from luoshi.org.actions.asking import post_of
from luoshi.org.models import Delegation, Post, Term
from luoshi.org.queries import holds
from luoshi.store.rows import save


@write("org.delegation.given")
def delegate(
    *,
    actor: Actor,
    today: date,
    post_id: UUID,
    taker_id: UUID,
    from_on: date,
    to_on: date,
    reason: str,
) -> Written:
    """Let somebody do one's own post's work for a time; the law of delegation says whether.

    The post is locked first, so that two at once leave one.
    """
    post = post_of(actor, post_id)
    Post.objects.select_for_update().get(pk=post.pk)
    wish = _wish(actor, today, post, taker_id, from_on, to_on, reason)
    rows = Delegation.objects.filter(post=post, ended_at=None, giver=actor.person_id)
    refusal = why_not(wish, today, list(rows.values_list("from_on", "to_on")))
    if refusal is not None:
        raise Refused(refusal)
    row = Delegation.objects.create(
        jurisdiction=actor.jurisdiction_id,
        post=post,
        giver_id=wish.giver,
        taker_id=taker_id,
        from_on=from_on,
        to_on=to_on,
        reason=reason.strip()[:200],
    )
    record(row, created(row), unit_id=post.unit_id, reason=row.reason)
    return Written("org.delegation", row.pk, 1)


def _wish(
    actor: Actor,
    today: date,
    post: Post,
    taker_id: UUID,
    from_on: date,
    to_on: date,
    reason: str,
) -> Wish:
    """What the law must know: the giver's own term, and where the taker works today."""
    if actor.person_id is None:
        raise Refused(say("delegating.not_own"))
    held = next((one for one in actor.posts if one.post_id == post.pk), None)
    terms = Term.objects.filter(holds(today), person=actor.person_id, post=post)
    terms = terms.exclude(kind=Term.Kind.DELEGATE)  # 代办 is itself another's work
    ends = list(terms.values_list("to_on", flat=True))
    last = None if None in ends else max(ends, default=None)  # type: ignore[type-var]
    where = Term.objects.filter(
        holds(today), Q(person=taker_id), holds(today, "post__"), jurisdiction=actor.jurisdiction_id
    ).exclude(post__role__in=list(ADMINISTRATORS))
    return Wish(
        giver=actor.person_id,
        taker=taker_id,
        role=post.role,
        own=held is not None and bool(ends) and actor.delegated_by is None,
        held_until=min((day for day in (last, post.to_on) if day), default=None),
        scope=held.scope_path if held else "/",
        taker_paths=list(where.values_list("post__unit__path", flat=True)),
        from_on=from_on,
        to_on=to_on,
        reason=reason,
    )


@write("org.delegation.taken_back")
def take_back(
    *, actor: Actor, today: date, now: datetime, delegation_id: UUID, version: int
) -> Written:
    """End what one gave away, at once; who stood in acts as himself from the next click on."""
    row = Delegation.objects.filter(
        jurisdiction=actor.jurisdiction_id, pk=delegation_id, giver=actor.person_id
    ).first()
    if row is None or actor.delegated_by is not None:
        raise Refused(say("org.no_such_row"))
    if row.ended_at is not None:
        return Written("org.delegation", row.pk, -1)
    changes = save(row, version, ended_at=now)
    record(row, changes, unit_id=row.post.unit_id, at=now)
    return Written("org.delegation", row.pk, row.version)


@write("org.delegation.stood_in")
def stand_in(*, actor: Actor, today: date, delegation_id: UUID) -> Written:
    """Journal that the person now acts in another's name; `actor` is already who stands in."""
    row = Delegation.objects.get(pk=delegation_id, jurisdiction=actor.jurisdiction_id)
    record(row, {"acts": (False, True)}, unit_id=row.post.unit_id)
    return Written("org.delegation", row.pk, row.version)
