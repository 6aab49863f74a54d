"""走访: whose visits a person may note and read, and what became of what they were about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from luoshi.domain import visiting
from luoshi.domain.access import Actor
from luoshi.domain.base import Sentence, say
from luoshi.domain.visiting import Tied
from luoshi.ledger.models import Task
from luoshi.org.models import Person, Post, Term, Unit, subtree
from luoshi.org.queries import STANDING_IN, holds, places_above, visible_unit_ids
from luoshi.supervision.models import Visit, VisitTie, Watch

READS_ALL = frozenset({"town_office", "auditor"})
"""Who reads the visits of a whole town: who types them, and who audits. A leader reads the own."""


@dataclass(frozen=True, slots=True)
class LeaderPost:
    """A leader's post, its town, and who holds it today."""

    post: Post
    town: Unit
    person: Person | None

    @property
    def label(self) -> str:
        """Title and name, as a form offers them."""
        return f"{self.post.title} {self.person.name}" if self.person else self.post.title


def leader_posts(actor: Actor, today: date) -> Sequence[LeaderPost]:
    """Posts for which the actor may note visits and watch items; four queries at most.

    A leader for the own posts; the town's office for every leader of its town (代录).
    """
    own = [post.post_id for post in actor.posts if post.role == "leader"]
    offices = [post.unit_path for post in actor.posts if post.role == "town_office"]
    asked = Q(pk__in=own)
    for path in offices:
        town = places_above(actor, path).last()
        if town is not None:
            units = Unit.objects.filter(jurisdiction=town.jurisdiction, **subtree(town.path))
            asked |= Q(role=Post.Role.LEADER, unit__in=units.values("pk"))
    if not own and not offices:
        return ()
    posts = Post.objects.filter(asked, holds(today), jurisdiction=actor.jurisdiction_id)
    rows = list(posts.select_related("unit").order_by("unit__path", "position", "id"))
    people = _on(actor, [row.pk for row in rows], today)
    return [LeaderPost(row, row.unit, people.get(row.pk)) for row in rows]


def leader_post(actor: Actor, today: date, post_id: UUID | None) -> LeaderPost | None:
    """One of those posts; with no key named the actor's own first one; None otherwise."""
    found = leader_posts(actor, today)
    if post_id is not None:
        return next((one for one in found if one.post.pk == post_id), None)
    return next((one for one in found if one.post.pk in actor.post_ids), None)


def person_on(actor: Actor, post: Post, day: date) -> Person | None:
    """Who held a post on a day, the holder before those who stood in; None where nobody did."""
    return _on(actor, [post.pk], day).get(post.pk)


def _on(actor: Actor, posts: Sequence[UUID], day: date) -> Mapping[UUID, Person]:
    terms = Term.objects.filter(
        holds(day), holds(day, "post__"), jurisdiction=actor.jurisdiction_id, post__in=posts
    ).select_related("person")
    ranked = sorted(terms, key=lambda term: -STANDING_IN.index(Term.Kind(term.kind)))
    return {term.post_id: term.person for term in ranked}


def visits(actor: Actor, today: date) -> QuerySet[Visit]:
    """Visits that the actor may read: a leader's own posts', or the whole town's; newest first."""
    mine = Q(post__in=[post.post_id for post in actor.posts if post.role == "leader"])
    if actor.roles & READS_ALL:
        mine |= Q(unit__in=visible_unit_ids(actor, today))
    rows = Visit.objects.filter(mine, jurisdiction=actor.jurisdiction_id)
    return rows.select_related("post", "unit").order_by("-visited_on", "-noted_at", "-id")


def visit_for(actor: Actor, today: date, visit_id: UUID) -> Visit | None:
    """One visit that the actor may read, or None."""
    return visits(actor, today).filter(pk=visit_id).first()


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit as it is told: by whom, typed by whom, about what; what it loosened."""

    visit: Visit
    person: str
    typed_by: str
    ties: Sequence[VisitTie]
    loosened: bool


def told(actor: Actor, rows: Iterable[Visit]) -> Sequence[VisitRow]:
    """Visits with their names and ties; three queries whatever their number."""
    found = list(rows)
    ties: dict[UUID, list[VisitTie]] = {}
    about = VisitTie.objects.filter(
        jurisdiction=actor.jurisdiction_id, visit__in=[row.pk for row in found]
    )
    for tie in about.select_related("task__unit", "blocker").order_by("id"):
        ties.setdefault(tie.visit_id, []).append(tie)
    people = {key for row in found for key in (row.person_id, row.typed_by_id)} - {None}
    known = Person.objects.filter(jurisdiction=actor.jurisdiction_id, pk__in=people)
    names: Mapping[UUID | None, str] = dict(known.values_list("pk", "name"))
    return [
        VisitRow(
            row,
            names.get(row.person_id, ""),
            names.get(row.typed_by_id, ""),
            ties.get(row.pk, ()),
            _loosened(row.visited_on, ties.get(row.pk, ())),
        )
        for row in found
    ]


def _loosened(visited_on: date, ties: Iterable[VisitTie]) -> bool:
    return visiting.loosened(
        visited_on,
        [Tied(t.blocker.raised_on, t.blocker.cleared_on) for t in ties if t.blocker is not None],
    )


def figure(actor: Actor, posts: Sequence[UUID], year: int) -> Sentence | None:
    """今年走访几次、其中几次解开堵点: of one leader's posts, told to that leader; two queries.

    None where nothing was noted. It is never put beside another person's.
    """
    rows = Visit.objects.filter(
        jurisdiction=actor.jurisdiction_id, post__in=posts, visited_on__year=year
    )
    about = VisitTie.objects.filter(blocker__isnull=False).select_related("blocker")
    found = list(rows.prefetch_related(Prefetch("ties", about, to_attr="blocked")))
    if not found:
        return None
    hit = sum(_loosened(row.visited_on, row.blocked) for row in found)
    return say("visiting.told", year=year, n=len(found), m=hit)


@dataclass(frozen=True, slots=True)
class OnTask:
    """What the panel of an item tells: the visits that were about it, and who watches it."""

    visits: Sequence[VisitRow]
    watches: Sequence[tuple[Watch, str]]
    mine: Watch | None
    may_note: bool


def on_task(actor: Actor, today: date, task: Task) -> OnTask:
    """The visits and watches of an item that the actor may see; a constant number of queries."""
    rows = Visit.objects.filter(jurisdiction=actor.jurisdiction_id, ties__task=task)
    found = told(actor, rows.select_related("post").order_by("-visited_on", "-id").distinct()[:20])
    held = list(
        Watch.objects.filter(jurisdiction=actor.jurisdiction_id, task=task, ended_on__isnull=True)
        .select_related("post")
        .order_by("post__position", "id")
    )
    people = _on(actor, [row.post_id for row in held], today)
    return OnTask(
        found,
        [(row, people[row.post_id].name if row.post_id in people else "") for row in held],
        next((row for row in held if row.post_id in actor.post_ids), None),
        any(post.role in {"leader", "town_office"} for post in actor.posts),
    )


def watches_of(actor: Actor, posts: Sequence[UUID]) -> Sequence[Watch]:
    """What posts watch now, the nearest step first; one query."""
    rows = Watch.objects.filter(
        jurisdiction=actor.jurisdiction_id, post__in=posts, ended_on__isnull=True
    )
    return list(rows.select_related("task__unit", "task__plan").order_by("step_on", "id"))
