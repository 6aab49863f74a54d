"""Who is who, and which units an actor may see. Every read of every room is scoped through here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from hmac import compare_digest
from operator import or_
from uuid import UUID

from django.db.models import Q, QuerySet

from luoshi.domain.access import Actor, NotAllowed, PostHeld, may
from luoshi.office.cells import unpack_grids
from luoshi.office.xlsx_out import TableSpec
from luoshi.org.models import (
    Account,
    CalendarFeed,
    DutyItem,
    Person,
    Post,
    RosterImport,
    Term,
    Unit,
    UnitLink,
    subtree,
)
from luoshi.org.reach import chain, held_post, towns_above
from luoshi.org.roster.heads import layout_of
from luoshi.org.roster.judging import Run, dry_run
from luoshi.org.roster.present import Present
from luoshi.org.roster.printing import workbook_of

STANDING_IN = (Term.Kind.HOLDER, Term.Kind.ACTING, Term.Kind.SECONDED, Term.Kind.DELEGATE)
"""Whose post it is where several terms hold: the holder before all others."""
NEXT_LEVEL = (Unit.Kind.COUNTY, Unit.Kind.COUNTY_OFFICE, Unit.Kind.TOWN)


def holds(day: date, prefix: str = "") -> Q:
    """Rows whose from/to dates hold on the day."""
    return Q(**{f"{prefix}from_on__lte": day}) & (
        Q(**{f"{prefix}to_on__isnull": True}) | Q(**{f"{prefix}to_on__gte": day})
    )


def actor_for(account: Account, today: date) -> Actor:
    """The actor behind an account; nobody's account has no posts."""
    if account.person_id is None:
        return Actor(account.pk, None, account.jurisdiction)
    held = _held_by(account.person_id, today)
    return Actor(
        account.pk,
        account.person_id,
        account.jurisdiction,
        held,
        separated=_separated(account.jurisdiction, held, today),
    )


def _separated(jurisdiction: UUID, held: tuple[PostHeld, ...], today: date) -> bool:
    """Whether a security administrator is in office; asked for a system administrator only."""
    if all(post.role != "system_admin" for post in held):
        return False
    return Term.objects.filter(
        holds(today),
        holds(today, "post__"),
        jurisdiction=jurisdiction,
        post__role=Post.Role.SECURITY_ADMIN,
    ).exists()


def feed_of(actor: Actor) -> CalendarFeed | None:
    """The calendar address that a person has in use, or None."""
    return CalendarFeed.objects.filter(
        jurisdiction=actor.jurisdiction_id, account=actor.account_id, ended_at__isnull=True
    ).first()


def feed_by_secret(feed_id: UUID, digest: str) -> CalendarFeed | None:
    """An address in use, by its secret, of an account that may sign in; None tells no more."""
    row = (
        CalendarFeed.objects.filter(pk=feed_id, ended_at__isnull=True, account__is_active=True)
        .select_related("account__person")
        .first()
    )
    return row if row is not None and compare_digest(row.digest, digest) else None


def as_person(actor: Actor, person: Person, today: date) -> Actor:
    """A person as the access law sees them on a day, with an account or without: for reading.

    The caller has asked whether `actor` may see what that person carries.
    """
    return Actor(None, person.pk, actor.jurisdiction_id, _held_by(person.pk, today))


def _held_by(person_id: UUID, today: date) -> tuple[PostHeld, ...]:
    """The posts whose terms hold on the day, each with its reach.

    A leader's and the town office's posts reach their whole town (or the county they sit in);
    every other post reaches the subtree of its unit. Two queries.
    """
    terms = Term.objects.filter(
        holds(today), holds(today, "post__"), person_id=person_id
    ).select_related("post__unit")
    posts = [term.post for term in terms.order_by("post__position", "id")]
    towns = towns_above(posts)
    return tuple(held_post(post, towns) for post in posts)


def paths_above(actor: Actor) -> set[str]:
    """The units that the actor's business posts stand in and below: a village and its town.

    Administrators' posts count for none: they stand in the county, and see no business rows.
    """
    return {step for post in actor.business_posts for step in chain(post.unit_path)}


def places_above(actor: Actor, path: str) -> QuerySet[Unit]:
    """The county and the town that a unit stands in (or is), from the county down."""
    return Unit.objects.filter(
        jurisdiction=actor.jurisdiction_id,
        path__in=chain(path),
        kind__in=(Unit.Kind.COUNTY, Unit.Kind.TOWN),
    ).order_by("path")


def places_of(actor: Actor, paths: Iterable[str]) -> Mapping[str, Unit]:
    """For each unit path the town or county that it stands in (or is); one query."""
    asked = set(paths)
    steps = {step for path in asked for step in chain(path)}
    rows = Unit.objects.filter(jurisdiction=actor.jurisdiction_id, path__in=steps)
    known = {row.path: row for row in rows}
    found = {}
    for path in asked:
        above = [known[step] for step in chain(path) if step in known]
        towns = [row for row in above if row.kind in {Unit.Kind.TOWN, Unit.Kind.COUNTY}]
        found[path] = towns[-1] if towns else above[0]
    return found


def visible_units(actor: Actor, today: date) -> QuerySet[Unit]:
    """Units whose rows the actor may see: the one oracle of scope that every room's reads use.

    staff: own unit · unit head: own subtree · town office, leader: the town's subtree · county
    supervisor: county, county offices and towns themselves (the next level only) · auditor: the
    whole jurisdiction · administrators: none. Linked units (专班, 包联, dual, 片区) are added, unit
    by unit.
    """
    units = Unit.objects.filter(jurisdiction=actor.jurisdiction_id)
    if actor.is_system:
        return units
    parts: list[Q] = []
    for post in actor.posts:
        if post.role == "staff":
            parts.append(Q(pk=post.unit_id))
        elif post.role == "county_supervisor":
            # A supervisor sits in a county office; what is seen is the county's next level.
            parts.append(Q(kind__in=NEXT_LEVEL))
        elif post.role in {"unit_head", "leader", "town_office"}:
            parts.append(Q(**subtree(post.scope_path)))
        elif post.role == "auditor":
            parts.append(~Q(kind=Unit.Kind.SYSTEM))
    if not parts:
        return units.none()
    linked = UnitLink.objects.filter(holds(today), from_unit__in=list(actor.unit_ids))
    parts.append(Q(pk__in=linked.values("to_unit")))
    return units.filter(reduce(or_, parts)).exclude(kind=Unit.Kind.SYSTEM)


def visible_unit_ids(actor: Actor, today: date) -> QuerySet[Unit, UUID]:
    """The same, as a sub-query of ids for `unit_id__in`."""
    return visible_units(actor, today).order_by().values_list("pk", flat=True)


@dataclass(frozen=True, slots=True)
class Signature:
    """How the frame of a page names who is signed in: person, post, unit, town or county."""

    person: str
    post: str
    unit: str
    place: str
    role: str
    stands_for: str = ""


def signature(actor: Actor) -> Signature:
    """The first post held names a person; one query, more for nobody."""
    if not actor.posts:
        return Signature("", "", "", "", "")
    first = actor.posts[0]
    post = Post.objects.select_related("unit").get(pk=first.post_id)
    places = places_above(actor, first.unit_path)
    people = Person.objects.filter(pk__in=actor.both) if actor.both else Person.objects.none()
    names = dict(people.values_list("pk", "name"))
    place = "".join(unit.short_name for unit in places)
    return Signature(
        names.get(actor.person_id, "") if actor.person_id else "",
        post.title,
        post.unit.short_name,
        place,
        post.role,
        names.get(actor.delegated_by, "") if actor.delegated_by else "",
    )


def town_of(actor: Actor) -> Unit | None:
    """The town the actor works in, or the county for county posts; None for administrators."""
    for post in actor.posts:
        found = places_above(actor, post.unit_path).last()
        if found is not None:
            return found
    return None


def holders(actor: Actor, post_ids: list[UUID], day: date) -> Mapping[UUID, Person]:
    """Who holds each post on the day: the acting person before nobody, the holder before all."""
    return {key: term.person for key, term in _terms_on(actor, post_ids, day).items()}


def _terms_on(actor: Actor, post_ids: list[UUID], day: date) -> Mapping[UUID, Term]:
    """The term by which each post's work is done on the day; one query."""
    terms = Term.objects.filter(
        holds(day), jurisdiction=actor.jurisdiction_id, post__in=post_ids
    ).select_related("person")
    ranked = sorted(terms, key=lambda term: -STANDING_IN.index(Term.Kind(term.kind)))
    return {term.post_id: term for term in ranked}


def keeps_organisation(actor: Actor) -> bool:
    """Whether the organisation page is the actor's work: units and posts, or who holds them."""
    return actor.has("administer") or actor.has("appoint")


def shown_units(actor: Actor, today: date) -> QuerySet[Unit]:
    """Units of the organisation page: an administrator keeps them all, others see their scope."""
    if keeps_organisation(actor):
        return Unit.objects.filter(jurisdiction=actor.jurisdiction_id).order_by("path")
    return visible_units(actor, today).order_by("path")


@dataclass(frozen=True, slots=True)
class PostShown:
    """A post with who does its work on the day and how; nobody: vacant."""

    post: Post
    person: Person | None
    kind: str = ""

    @property
    def how(self) -> str:
        """代理, 借调挂职 or 代办 where it is not the holder."""
        return str(Term.Kind(self.kind).label) if self.kind not in {"", Term.Kind.HOLDER} else ""


def posts_of(actor: Actor, units: list[UUID], day: date) -> Mapping[UUID, list[PostShown]]:
    """Posts by unit, in the office's order, each with its holder; two queries."""
    posts = list(
        Post.objects.filter(
            holds(day), jurisdiction=actor.jurisdiction_id, unit__in=units
        ).order_by("unit", "position", "id")
    )
    terms = _terms_on(actor, [post.pk for post in posts], day)
    shown: dict[UUID, list[PostShown]] = {}
    for post in posts:
        term = terms.get(post.pk)
        told = PostShown(post, term.person, term.kind) if term else PostShown(post, None)
        shown.setdefault(post.unit_id, []).append(told)
    return shown


def terms_of(actor: Actor, unit_id: UUID) -> QuerySet[Term]:
    """Every term of a unit's posts, newest first: who held what, when."""
    return (
        Term.objects.filter(jurisdiction=actor.jurisdiction_id, post__unit=unit_id)
        .select_related("post", "person")
        .order_by("-from_on", "-id")
    )


def posts_below(actor: Actor, today: date, unit: Unit) -> list[tuple[Unit, list[PostShown]]]:
    """The posts of a unit and of all below it that hold on the day, by unit; three queries."""
    units = list(
        shown_units(actor, today)
        .filter(holds(today), **subtree(unit.path))
        .exclude(kind=Unit.Kind.SYSTEM)
    )
    posts = posts_of(actor, [row.pk for row in units], today)
    return [(row, posts[row.pk]) for row in units if row.pk in posts]


def people_named(actor: Actor, today: date) -> Mapping[str, Person]:
    """Everybody by a name that tells namesakes apart: with the first post held, or a number.

    For an administrator's choice; two queries.
    """
    people = list(people_of(actor))
    terms = Term.objects.filter(holds(today), person__in=[one.pk for one in people])
    first: dict[UUID, str] = {}
    for term in terms.select_related("post__unit").order_by("post__position", "id"):
        first.setdefault(term.person_id, f"{term.post.unit.short_name}{term.post.title}")
    named: dict[str, Person] = {}
    for one in people:
        name = f"{one.name} {first.get(one.pk, '')}".strip()
        number = 2
        while name in named:
            name, number = f"{name.rstrip('0123456789').strip()} {number}", number + 1
        named[name] = one
    return named


def links_of(actor: Actor, today: date, unit_id: UUID) -> QuerySet[UnitLink]:
    """What binds a unit beside the tree today, either way, oldest first."""
    return (
        UnitLink.objects.filter(holds(today), jurisdiction=actor.jurisdiction_id)
        .filter(Q(from_unit=unit_id) | Q(to_unit=unit_id))
        .select_related("from_unit", "to_unit")
        .order_by("from_on", "id")
    )


def links_from(actor: Actor, today: date, units: Iterable[UUID]) -> Mapping[UUID, list[UnitLink]]:
    """What each unit is bound to today beside the tree, both ends in view; one query."""
    keys = list(units)
    found: dict[UUID, list[UnitLink]] = {}
    rows = UnitLink.objects.filter(
        holds(today), jurisdiction=actor.jurisdiction_id, from_unit__in=keys, to_unit__in=keys
    )
    for link in rows.select_related("to_unit").order_by("kind", "to_unit__path"):
        found.setdefault(link.from_unit_id, []).append(link)
    return found


def may_set_duties(actor: Actor, unit: Unit) -> bool:
    """Whether the actor may put the duty lists of a town in force."""
    return actor.has("administer") or not isinstance(may(actor, "plan", unit.path), NotAllowed)


def duties_of(actor: Actor, unit: Unit) -> list[tuple[str, list[DutyItem]]]:
    """A town's three lists in their order; one query."""
    found = DutyItem.objects.filter(jurisdiction=actor.jurisdiction_id, unit=unit)
    rows = list(found.order_by("position"))
    return [
        (str(name), [row for row in rows if row.list == key]) for key, name in DutyItem.List.choices
    ]


def post_for(actor: Actor, today: date, post_id: UUID) -> Post | None:
    """A post of a unit on the actor's organisation page, or None."""
    units = shown_units(actor, today).order_by().values("pk")
    return Post.objects.filter(pk=post_id, unit__in=units).select_related("unit").first()


def person_for(actor: Actor, today: date, person_id: UUID) -> Person | None:
    """A person who holds a post today in a unit of the actor's organisation page, or None."""
    units = shown_units(actor, today).order_by().values("pk")
    terms = Term.objects.filter(holds(today), person=person_id, post__unit__in=units)
    return Person.objects.filter(pk__in=terms.values("person")).first()


def people_of(actor: Actor) -> QuerySet[Person]:
    """People of the jurisdiction, for an administrator's choice; nobody for others."""
    people = Person.objects.filter(jurisdiction=actor.jurisdiction_id).order_by("id")
    return people if actor.has("appoint") else people.none()


def accounts_of(actor: Actor) -> QuerySet[Account]:
    """Accounts of the jurisdiction with their people, for an administrator; none for others."""
    rows = Account.objects.filter(jurisdiction=actor.jurisdiction_id).select_related("person")
    return rows.order_by("login") if actor.has("appoint") else rows.none()


def rosters(actor: Actor) -> QuerySet[RosterImport]:
    """Tables of the organisation that the actor brought in, newest first; an administrator's."""
    rows = RosterImport.objects.filter(
        jurisdiction=actor.jurisdiction_id, added_by_id=actor.person_id
    ).order_by("-added_at", "-id")
    return rows if actor.has("administer") else rows.none()


def roster_for(actor: Actor, table_id: UUID) -> RosterImport | None:
    """One such table, or None."""
    return rosters(actor).filter(pk=table_id).first()


def roster_run(actor: Actor, today: date, table: RosterImport) -> Run:
    """The dry run of an open table against the organisation of now."""
    grids = unpack_grids(table.content)
    return dry_run(actor, today, grids, [layout_of(one) for one in table.setup])


def roster_sheets(actor: Actor, today: date, *, empty: bool) -> list[TableSpec]:
    """The organisation as it stands, or its empty columns, as sheets of a workbook."""
    present = Present({}, {}, {}, {}, {}) if empty else Present.of(actor)
    return workbook_of(present, today, empty=empty)
