"""The stage: the story's keys and the rows they became, and who acts on a day."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from luoshi.config.demo.shapes import DemoPlan, DemoTask, DemoTerm
from luoshi.documents.models import Document
from luoshi.domain.access import Actor
from luoshi.goals.models import Plan, WorkLine
from luoshi.ledger.models import Task
from luoshi.org import queries as org
from luoshi.org.models import Account, Unit


@dataclass(slots=True)
class Stage:
    """Rows by the story's keys; filled in the order in which the story is written."""

    story: DemoPlan
    jurisdiction: UUID
    units: dict[str, UUID] = field(default_factory=dict)
    posts: dict[str, UUID] = field(default_factory=dict)
    people: dict[str, UUID] = field(default_factory=dict)
    documents: dict[int, Document] = field(default_factory=dict)
    plans: dict[int, Plan] = field(default_factory=dict)
    lines: dict[str, WorkLine] = field(default_factory=dict)
    goals: dict[tuple[int, str | None], UUID] = field(default_factory=dict)
    tasks: dict[str, Task] = field(default_factory=dict)
    nodes: dict[str, UUID] = field(default_factory=dict)
    _accounts: dict[str, Account] = field(default_factory=dict)
    _actors: dict[tuple[str, frozenset[str]], Actor] = field(default_factory=dict)
    _terms: dict[str, list[DemoTerm]] = field(default_factory=dict)
    _told: dict[str, DemoTask] = field(default_factory=dict)
    _parts: dict[str, list[DemoTask]] = field(default_factory=dict)

    @property
    def system(self) -> Actor:
        """The system of the demonstration's county."""
        return Actor.system(self.jurisdiction)

    def unit(self, key: str) -> Unit:
        """A unit's row."""
        return Unit.objects.get(pk=self.units[key])

    def told(self, key: str) -> DemoTask:
        """What the story says of a task."""
        if not self._told:
            self._told = {task.key: task for task in self.story.tasks}
        return self._told[key]

    def parts(self, key: str) -> list[DemoTask]:
        """The tasks right below a task."""
        if not self._parts:
            for task in self.story.tasks:
                if task.parent:
                    self._parts.setdefault(task.parent, []).append(task)
        return self._parts.get(key, [])

    def actor(self, person: str, day: date, on_behalf_of: str | None = None) -> Actor:
        """A person as the access law sees them on a day; read once for each set of terms."""
        if not self._terms:
            for term in self.story.terms:
                self._terms.setdefault(term.person, []).append(term)
        held = frozenset(
            term.post
            for term in self._terms.get(person, ())
            if term.from_on <= day and (term.to_on is None or day <= term.to_on)
        )
        known = self._actors.get((person, held))
        if known is None:
            known = org.actor_for(self._account(person), day)
            self._actors[person, held] = known
        return replace(known, on_behalf_of=self.people[on_behalf_of]) if on_behalf_of else known

    def name_of(self, person_id: UUID) -> str:
        """The story's key of a person's row."""
        return next(name for name, key in self.people.items() if key == person_id)

    def signs_in(self, person: str) -> bool:
        """Whether a person has an account; for the others the office types."""
        self._known()
        return person in self._accounts

    def _account(self, person: str) -> Account:
        self._known()
        return self._accounts[person]

    def _known(self) -> None:
        if not self._accounts:
            names = {key: name for name, key in self.people.items()}
            for account in Account.objects.filter(jurisdiction=self.jurisdiction):
                if account.person_id is not None:
                    self._accounts[names[account.person_id]] = account

    def holder(self, post: str, day: date) -> str | None:
        """Who holds a post on a day, the holder before those who stand in."""
        order = ("holder", "acting", "seconded", "delegate")
        held = [
            term
            for term in self.story.terms
            if term.post == post
            and term.from_on <= day
            and (term.to_on is None or day <= term.to_on)
        ]
        return min(held, key=lambda term: order.index(term.kind)).person if held else None
