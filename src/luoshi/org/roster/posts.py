"""Rows of posts and terms: which post a row is, who holds it, from when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from luoshi.domain.base import say
from luoshi.domain.tenure import clash
from luoshi.org.models import Person, Post, Term
from luoshi.org.roster.cells import Row
from luoshi.org.roster.draft import Draft
from luoshi.org.roster.people import People, tenure_of
from luoshi.org.roster.present import Names, lasts
from luoshi.org.roster.units import one_unit

VACANT = "空缺"
BESIDE = frozenset({Term.Kind.ACTING, Term.Kind.SECONDED, Term.Kind.DELEGATE})
"""Terms that stand on a post beside its holder's."""


@dataclass(slots=True)
class Asked:
    """A row with the unit, post and term it speaks of, as far as they are known."""

    row: Row
    unit_id: UUID
    title: str
    person: str
    kind: str
    post: Post | None = None
    term: Term | None = None


@dataclass(slots=True)
class Posts:
    """The rows of posts, judged together: namesakes of posts are told apart by who holds them."""

    draft: Draft
    names: Names
    people: People
    held: dict[UUID, list[Term]] = field(default_factory=dict)
    titles: dict[tuple[UUID, str], list[Post]] = field(default_factory=dict)
    claimed: set[UUID] = field(default_factory=set)
    of_post: dict[UUID, list[Term]] = field(default_factory=dict)
    of_person: dict[UUID, list[Term]] = field(default_factory=dict)

    def judge(self, rows: Sequence[Row]) -> None:
        """Know the posts by key and by holder first, then by what is left, then the terms."""
        self._index()
        asked = [one for row in rows if (one := self._read(row)) is not None]
        many = Counter((one.unit_id, _bare(one.title)) for one in asked if one.kind not in BESIDE)
        for one in asked:
            self._by_holder(one)
        for one in asked:
            if one.post is None and not one.row.faults:
                self._by_title(one, many[one.unit_id, _bare(one.title)])
        for one in asked:
            if one.post is not None:
                self._post(one)
        for one in asked:
            if one.post is not None and not one.row.faults:
                self._term(one)

    def _index(self) -> None:
        after, today = self.draft.after, self.draft.today
        for term in after.terms.values():
            self._know(term)
            if lasts(term, today):
                self.held.setdefault(term.post_id, []).append(term)
        for post in after.posts.values():
            if lasts(post, today):
                self.titles.setdefault((post.unit_id, _bare(post.title)), []).append(post)

    def _know(self, term: Term) -> None:
        self.of_post.setdefault(term.post_id, []).append(term)
        self.of_person.setdefault(term.person_id, []).append(term)

    def _read(self, row: Row) -> Asked | None:
        title, person = row.words("title", 60), _bare(row.words("person", 40))
        row.title = " ".join(part for part in (row.text("unit"), title, person) if part)
        if not title:
            row.faults.append(say("org.roster_blank", column=row.head("title")))
        unit_id = one_unit(self.names, row, "unit")
        kind = row.choice("kind", "term")
        if unit_id is None or not title:
            return None
        one = Asked(row, unit_id, title, person, kind)
        after = self.draft.after
        keys = row.keys()
        one.post = next((after.posts[key] for key, _v in keys if key in after.posts), None)
        one.term = next((after.terms[key] for key, _v in keys if key in after.terms), None)
        if keys and one.post is None:
            row.faults.append(say("org.roster_gone"))
        before = self.draft.before
        row.stale = any(
            version != getattr(before, name)[key].version
            for key, version in keys
            for name in ("posts", "terms")
            if key in getattr(before, name)
        )
        if one.post is not None:
            self.claimed.add(one.post.pk)
            if one.post.unit_id != unit_id:
                row.faults.append(say("org.roster_fixed", column=row.head("unit")))
        return one

    def _by_holder(self, one: Asked) -> None:
        """The post of this name that this person holds now."""
        if one.post is not None or not one.person:
            return
        for post in self.titles.get((one.unit_id, _bare(one.title)), ()):
            for term in self.held.get(post.pk, ()):
                same = _bare(self.draft.after.people[term.person_id].name) == one.person
                if same and (not one.kind or term.kind == one.kind):
                    one.post, one.term = post, term
                    if one.kind not in BESIDE:
                        self.claimed.add(post.pk)
                    return

    def _by_title(self, one: Asked, wanted: int) -> None:
        """A post of this name that nobody's row has taken: vacant, or the only one; else a new one.

        Who acts or stands in does so beside the holder. Several rows of one name are several posts.
        """
        there = self.titles.get((one.unit_id, _bare(one.title)), [])
        if one.kind in BESIDE and there:
            one.post = there[0]
            return
        free = [post for post in there if post.pk not in self.claimed]
        vacant = [post for post in free if not self.held.get(post.pk)]
        if vacant:
            one.post = vacant[0]
        elif len(there) == 1 and free and wanted == 1:
            one.post = free[0]
        else:
            one.post = self._new(one)
        self.claimed.add(one.post.pk)

    def _new(self, one: Asked) -> Post:
        row, today = one.row, self.draft.today
        row.kind = "add"
        role = row.choice("role", "role")
        if not role and not row.faults:
            role = Post.Role.STAFF.value
            row.notes.append(say("org.roster_role_guessed"))
        start = row.day("from_on")
        post = Post(
            jurisdiction=self.draft.jurisdiction, unit_id=one.unit_id, title=one.title, role=role,
            from_on=min(today, start) if start else today,
        )  # fmt: skip
        self.draft.after.posts[post.pk] = post
        self.titles.setdefault((one.unit_id, _bare(one.title)), []).append(post)
        return post

    def _post(self, one: Asked) -> None:
        """What the row says of the post itself; the role of a post that stands is not changed."""
        row, post = one.row, one.post
        assert post is not None
        row.subject = post.pk
        if row.kind != "add":
            self.draft.put(row, post, "title", "title", one.title)
            self.draft.fixed(row, "role", row.choice("role", "role"), post.role)
        if routine := row.words("routine", 300):
            self._set(one, "routine", "routine", routine)
        for name in ("keeps_statistics", "keeps_personnel"):
            mark = row.mark(name)
            if mark is not None:
                self._set(one, name, name, mark)
        last = row.day("post_to")
        if last is not None or row.ends_never("post_to"):
            self._set(one, "to_on", "post_to", last)
        if post.to_on is not None and post.to_on < post.from_on:
            row.faults.append(say("org.term_ends_before_start", start=post.from_on, end=post.to_on))

    def _set(self, one: Asked, name: str, column: str, value: object) -> None:
        if one.row.kind == "add":
            setattr(one.post, name, value)
        elif one.post is not None:
            self.draft.put(one.row, one.post, name, column, value)

    def _term(self, one: Asked) -> None:
        """Who holds the post: as now, somebody new, or nobody any more (空缺)."""
        row, post = one.row, one.post
        assert post is not None
        start, last = row.day("from_on"), row.day("to_on")
        holder = self._holder(one)
        if one.person in {"", VACANT}:
            if one.person and holder is not None:
                self._end(one, holder, start)
            return
        stays = one.term or holder
        if stays is not None and self._same_person(one, stays):
            self._keep(one, stays)
            return
        begin = start or self.draft.today
        if last is not None and last < begin:
            row.faults.append(say("org.term_ends_before_start", start=begin, end=last))
            return
        person = self.people.of(row, one.person)
        if person is None:
            return
        if holder is not None and one.kind not in BESIDE:
            if begin <= holder.from_on:
                row.faults.append(say("org.roster_successor", since=holder.from_on))
                return
            self._end(one, holder, begin)
        self._begin(one, person, Term(
            jurisdiction=self.draft.jurisdiction, person_id=person.pk, post_id=post.pk,
            kind=one.kind or Term.Kind.HOLDER, from_on=begin, to_on=last,
        ))  # fmt: skip

    def _holder(self, one: Asked) -> Term | None:
        assert one.post is not None
        held = [term for term in self.held.get(one.post.pk, ()) if term.kind not in BESIDE]
        return held[0] if held else None

    def _same_person(self, one: Asked, term: Term) -> bool:
        return _bare(self.draft.after.people[term.person_id].name) == one.person

    def _keep(self, one: Asked, term: Term) -> None:
        row = one.row
        if term.pk in self.draft.named:
            row.faults.append(say("org.roster_twice", name=row.title))
            return
        self.draft.named.add(term.pk)
        self.draft.fixed(row, "kind", one.kind, term.kind)
        self.draft.fixed(row, "from_on", row.day("from_on"), term.from_on)
        last = row.day("to_on")
        if last is not None or row.ends_never("to_on"):
            self.draft.put(row, term, "to_on", "to_on", last)
        if term.to_on is not None and term.to_on < term.from_on:
            row.faults.append(say("org.term_ends_before_start", start=term.from_on, end=term.to_on))
        self.people.tell_phone(row, self.draft.after.people[term.person_id])

    def _end(self, one: Asked, term: Term, start: date | None) -> None:
        """The holder's term ends the day before the change."""
        assert one.post is not None
        last = (start or self.draft.today) - timedelta(days=1)
        name = self.draft.after.people[term.person_id].name
        if last < term.from_on:
            one.row.faults.append(say("org.roster_successor", since=term.from_on))
            return
        if one.person == VACANT:
            one.row.changes.append((one.row.head("person"), name, VACANT))
        term.to_on = last
        self.held[one.post.pk].remove(term)

    def _begin(self, one: Asked, person: Person, term: Term) -> None:
        row, after = one.row, self.draft.after
        if row.kind != "add":
            before = self.draft.before.terms
            gone = [
                other
                for other in self.of_post.get(term.post_id, ())
                if other.pk in before and other.to_on != before[other.pk].to_on
            ]
            old = after.people[gone[0].person_id].name if gone and one.kind not in BESIDE else ""
            row.changes.append((row.head("person"), old, person.name))
        others = [
            tenure_of(self.draft, other)
            for other in {
                other.pk: other
                for other in (
                    *self.of_post.get(term.post_id, ()),
                    *self.of_person.get(term.person_id, ()),
                )
            }.values()
        ]
        refusal = clash(tenure_of(self.draft, term), others)
        if refusal is not None:
            row.faults.append(refusal)
        after.terms[term.pk] = term
        self._know(term)
        self.held.setdefault(term.post_id, []).append(term)
        self.draft.named.add(term.pk)
        self.people.tell_phone(row, person)


def _bare(text: str) -> str:
    return "".join(text.split())
