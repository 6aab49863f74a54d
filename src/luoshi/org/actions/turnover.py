"""换届: many posts change hands on one day; duties stay with posts, history in the terms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, say
from luoshi.journal.actions import Written, created, nothing, record, write
from luoshi.org.actions.asking import must_appoint
from luoshi.org.actions.posts import demand_lawful
from luoshi.org.models import Person, Post, Term
from luoshi.store.rows import save


@dataclass(frozen=True, slots=True)
class Change:
    """Who holds a post from the day on; None: nobody yet (空缺)."""

    post_id: UUID
    person_id: UUID | None


@write("org.terms.turned_over")
def turn_over(
    *, actor: Actor, today: date, changes: Sequence[Change], from_on: date, key: str = ""
) -> Written:
    """Give many posts to new holders from one day on: all or none.

    The holders' terms of the posts end the day before, all of them first, so that two people may
    change places; then the new terms begin, each asked of the law of terms. Who stays keeps the
    term. Stand-ins and secondments are not touched. A post is named once.
    """
    del today
    must_appoint(actor)
    if not changes:
        raise Refused(say("org.nobody_turned_over"))
    posts = _posts(actor, changes)
    staying, ended = _end_before(actor, changes, from_on)
    begun = 0
    for change in changes:
        if change.person_id is None or change.post_id in staying:
            continue
        post = posts[change.post_id]
        term = Term(
            jurisdiction=actor.jurisdiction_id,
            person_id=change.person_id,
            post=post,
            kind=Term.Kind.HOLDER,
            from_on=from_on,
        )
        demand_lawful(actor, post, term)
        term.save(force_insert=True)
        record(term, created(term), unit_id=post.unit_id, verb="org.term.begun")
        begun += 1
    if not begun and not ended:
        return nothing("org.terms", changes[0].post_id)
    told = {"begun": begun, "vacant": sum(change.person_id is None for change in changes)}
    return Written("org.terms", changes[0].post_id, 1, told)


def _posts(actor: Actor, changes: Sequence[Change]) -> Mapping[UUID, Post]:
    """The posts by key; refused where one is unknown or named twice, or a person is unknown."""
    mine = {"jurisdiction": actor.jurisdiction_id}
    keys = [change.post_id for change in changes]
    posts = Post.objects.filter(**mine, pk__in=keys).select_related("unit").in_bulk()
    people = {change.person_id for change in changes} - {None}
    known = Person.objects.filter(**mine, pk__in=people).count()
    if len(posts) != len(keys) or known != len(people):
        raise Refused(say("org.no_such_row"))
    return posts


def _end_before(actor: Actor, changes: Sequence[Change], from_on: date) -> tuple[set[UUID], int]:
    """End the holders' terms that reach into the day: whose posts keep theirs, how many ended."""
    wanted = {change.post_id: change.person_id for change in changes}
    held = Term.objects.filter(
        Q(to_on__isnull=True) | Q(to_on__gte=from_on),
        jurisdiction=actor.jurisdiction_id,
        post__in=wanted,
        kind=Term.Kind.HOLDER,
        from_on__lt=from_on,
    ).select_related("post")
    staying: set[UUID] = set()
    count = 0
    for term in held.order_by("post", "id").select_for_update(of=("self",)):
        if term.person_id == wanted[term.post_id]:
            staying.add(term.post_id)
            continue
        ended = save(term, None, to_on=from_on - timedelta(days=1))
        record(term, ended, unit_id=term.post.unit_id, verb="org.term.ended")
        count += 1
    return staying, count
