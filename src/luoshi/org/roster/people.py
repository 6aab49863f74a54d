"""Who a name means: one person by name, namesakes by their telephone; new people as they come."""

from __future__ import annotations

from dataclasses import dataclass, field

from luoshi.domain.base import say
from luoshi.domain.personal import same
from luoshi.domain.tenure import Tenure
from luoshi.org.models import Person, Term
from luoshi.org.roster.cells import Row
from luoshi.org.roster.draft import Draft


@dataclass(slots=True)
class People:
    """People of the jurisdiction and of the file, by name."""

    draft: Draft
    by_name: dict[str, list[Person]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Index by name without blanks."""
        for person in self.draft.after.people.values():
            self.by_name.setdefault("".join(person.name.split()), []).append(person)

    def of(self, row: Row, name: str) -> Person | None:
        """The person of a name; with another telephone it is a namesake, who is new.

        Several namesakes and no telephone that tells which: a fault.
        """
        phone = row.text("phone")
        known = self.by_name.get(name, [])
        if phone:
            alike = [one for one in known if same(phone, one.phone)]
            known = alike or [one for one in known if not one.phone]
        if len(known) > 1:
            row.faults.append(say("org.roster_namesakes", name=name, n=len(known)))
            return None
        if known:
            return known[0]
        person = Person(jurisdiction=self.draft.jurisdiction, name=name, phone=phone[:20])
        self.draft.after.people[person.pk] = person
        self.by_name.setdefault(name, []).append(person)
        return person

    def tell_phone(self, row: Row, person: Person) -> None:
        """A telephone is filled in where none stands; another one is told and left alone."""
        phone = row.text("phone")
        if not phone or same(phone, person.phone):
            return
        if len(phone) > 20:
            row.faults.append(say("org.roster_too_long", column=row.head("phone"), n=20))
        elif person.phone:
            row.notes.append(say("org.roster_phone_stays", name=person.name))
        else:
            self.draft.put(row, person, "phone", "phone", phone)


def tenure_of(draft: Draft, term: Term) -> Tenure:
    """A term as the law of terms sees it, its unit where the file would put it."""
    place = draft.tree.place(draft.after.posts[term.post_id].unit_id)
    return Tenure(
        term.person_id, term.post_id, place.pk, place.short_name,
        term.kind,  # type: ignore[arg-type] # the law's kinds are the model's
        term.from_on, term.to_on,
    )  # fmt: skip
