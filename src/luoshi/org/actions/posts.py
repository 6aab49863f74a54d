"""Posts, people and terms: duties stay with the post, people come and go."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, cast
from uuid import UUID

from django.db.models import Q

from luoshi.domain.access import Actor, NotAllowed, Role, apart, may
from luoshi.domain.base import Refused, say
from luoshi.domain.tenure import Kind, Tenure, clash
from luoshi.journal.actions import Written, created, record, write
from luoshi.org.actions.asking import must_administer, must_appoint, post_of, unit_of
from luoshi.org.models import Person, Post, Term, Unit
from luoshi.org.queries import holds, places_of
from luoshi.org.registry import carried
from luoshi.store.rows import save

CHANGEABLE = frozenset(
    {"title", "position", "routine", "keeps_statistics", "keeps_personnel", "to_on"}
)


@write("org.post.added")
def add_post(
    *,
    actor: Actor,
    today: date,
    unit_id: UUID,
    title: str,
    role: str,
    position: int = 0,
    routine: str = "",
    from_on: date | None = None,
    key: str = "",
) -> Written:
    """Add a post to a unit; its role gives the rights of whoever holds it."""
    must_administer(actor)
    unit = unit_of(actor, unit_id)
    post = Post.objects.create(
        jurisdiction=actor.jurisdiction_id,
        unit=unit,
        title=title,
        role=role,
        position=position,
        routine=routine,
        from_on=from_on or today,
    )
    record(post, created(post), unit_id=unit.pk)
    return Written("org.post", post.pk, 1)


@write("org.post.routine_written")
def write_routine(
    *, actor: Actor, today: date, post_id: UUID, version: int, routine: str, key: str = ""
) -> Written:
    """Write down a post's 岗位常规职责: what it does all year outside the plan.

    The office that plans may, as it answers C09; an administrator may.
    """
    post = post_of(actor, post_id)
    answer = may(actor, "plan", post.unit.path)
    if isinstance(answer, NotAllowed) and not actor.has("administer"):
        raise Refused(answer.why)
    routine = " ".join(routine.split())
    if not routine:
        raise Refused(say("org.routine_empty"))
    changes = save(post, version, routine=routine)
    if not changes:
        return Written("org.post", post.pk, -1)
    record(post, changes, unit_id=post.unit_id)
    return Written("org.post", post.pk, post.version)


@write("org.person.added")
def add_person(*, actor: Actor, today: date, name: str, phone: str = "", key: str = "") -> Written:
    """Add a person; the journal says that a person was added, not who (personal data)."""
    must_appoint(actor)
    person = Person.objects.create(jurisdiction=actor.jurisdiction_id, name=name, phone=phone)
    record(person, {"added": (None, True)})
    return Written("org.person", person.pk, 1)


@write("org.post.changed")
def change_post(
    *,
    actor: Actor,
    today: date,
    post_id: UUID,
    version: int,
    key: str = "",
    **changes: Any,  # noqa: ANN401 - title, routine, marks, last day
) -> Written:
    """Change what a post is called, its routine and marks, or end it.

    A post that somebody holds or that owns open items is not ended; the refusal says what first.
    """
    must_administer(actor)
    if unknown := set(changes) - CHANGEABLE:
        message = f"not changeable here: {sorted(unknown)}"
        raise TypeError(message)
    post = post_of(actor, post_id)
    last = changes.get("to_on")
    if last is not None and post.to_on is None:
        after = last + timedelta(days=1)
        if post.terms.filter(holds(after)).exists():
            raise Refused(say("org.post_is_held", post=post.title))
        carrying = carried([], [post.pk])
        if carrying:
            raise Refused(carrying[0])
    changed = save(post, version, **changes)
    if not changed:
        return Written("org.post", post.pk, -1)
    record(post, changed, unit_id=post.unit_id)
    return Written("org.post", post.pk, post.version)


@write("org.term.begun")
def begin_term(
    *,
    actor: Actor,
    today: date,
    person_id: UUID,
    post_id: UUID,
    kind: str = "holder",
    from_on: date | None = None,
    to_on: date | None = None,
    key: str = "",
) -> Written:
    """Give a post to a person from a day on; duties of the post follow at once.

    A holder's term ends the holder's before it: one post has one holder at a time. The law of
    terms refuses a person who would be in two places at once.
    """
    must_appoint(actor)
    start = from_on or today
    if to_on is not None and to_on < start:
        raise Refused(say("org.term_ends_before_start", start=start, end=to_on))
    mine = {"jurisdiction": actor.jurisdiction_id}
    post = post_of(actor, post_id)
    if not Person.objects.filter(**mine, pk=person_id).exists():
        raise Refused(say("org.no_such_row"))
    if kind == Term.Kind.HOLDER:
        before = Term.objects.filter(**mine, post=post, kind=kind, to_on__isnull=True)
        for old in before.filter(from_on__lt=start).exclude(person=person_id):
            changes = save(old, None, to_on=start - timedelta(days=1))
            record(old, changes, unit_id=post.unit_id, verb="org.term.ended")
    demand_lawful(
        actor,
        post,
        Term(**mine, person_id=person_id, post=post, kind=kind, from_on=start, to_on=to_on),
    )
    term = Term.objects.create(
        **mine, person_id=person_id, post=post, kind=kind, from_on=start, to_on=to_on
    )
    record(term, created(term), unit_id=post.unit_id)
    return Written("org.term", term.pk, 1)


def demand_lawful(actor: Actor, post: Post, new: Term) -> None:
    """Ask the law of terms, with the other terms of the person and of the post."""
    others = (
        Term.objects.filter(jurisdiction=actor.jurisdiction_id)
        .filter(Q(person=new.person_id) | Q(post=post))
        .select_related("post__unit")
    )
    held = list(others)
    places = places_of(actor, [post.unit.path, *(term.post.unit.path for term in held)])
    tenure, beside = _tenure(new, places), [_tenure(term, places) for term in held]
    roles = frozenset(
        cast("Role", term.post.role)
        for term, other in zip(held, beside, strict=True)
        if other.person == tenure.person and tenure.overlaps(other)
    )
    refusal = apart(cast("Role", post.role), roles) or clash(tenure, beside)
    if refusal is not None:
        raise Refused(refusal)


def _tenure(term: Term, places: Mapping[str, Unit]) -> Tenure:
    place = places[term.post.unit.path]
    return Tenure(
        term.person_id,
        term.post_id,
        place.pk,
        place.short_name,
        _KINDS[term.kind],
        term.from_on,
        term.to_on,
    )


_KINDS: Mapping[str, Kind] = {
    Term.Kind.HOLDER: "holder",
    Term.Kind.ACTING: "acting",
    Term.Kind.SECONDED: "seconded",
    Term.Kind.DELEGATE: "delegate",
}


@write("org.term.ended")
def end_term(
    *,
    actor: Actor,
    today: date,
    term_id: UUID,
    version: int,
    to_on: date,
    key: str = "",
) -> Written:
    """End a term on a day (its last day); the post stays, vacant until somebody follows."""
    must_appoint(actor)
    term = Term.objects.filter(jurisdiction=actor.jurisdiction_id, pk=term_id).first()
    if term is None:
        raise Refused(say("org.no_such_row"))
    if to_on < term.from_on:
        raise Refused(say("org.term_ends_before_start", start=term.from_on, end=to_on))
    record(term, save(term, version, to_on=to_on), unit_id=term.post.unit_id)
    return Written("org.term", term.pk, term.version)
