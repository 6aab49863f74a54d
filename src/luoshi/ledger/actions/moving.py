"""One step of the closing law: ask it, write the state, journal it. Every verb passes here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from luoshi.domain import closing
from luoshi.domain.access import Actor
from luoshi.domain.closing import Allowed, State, Verb
from luoshi.journal.actions import Written, record
from luoshi.ledger.actions import paths
from luoshi.ledger.actions.climbing import put
from luoshi.ledger.models import Task
from luoshi.ledger.queries.facts import law_facts
from luoshi.ledger.tree import stored
from luoshi.store.rows import save


@dataclass(slots=True)
class Step:
    """A task locked, the law asked: what may be written now."""

    task: Task
    allowed: Allowed
    today: date

    def record(
        self,
        *,
        reason: str = "",
        version: int | None = None,
        at: datetime | None = None,
        also: dict[str, tuple[Any, Any]] | None = None,
        spoke: date | None = None,
        **fields: Any,  # noqa: ANN401 - any field's value
    ) -> Written:
        """Save the next state with the fields, carry the sums up, journal the task."""
        task = self.task
        before = task.state
        if self.allowed.next_state.value != before:
            fields |= {"state": self.allowed.next_state.value, "state_since": self.today}
        changes = save(task, version, **fields)
        carry(task, again=spoke is not None and by_nodes(task), spoke=spoke)
        notes = {f"note.{note.code}": (None, dict(note.params)) for note in self.allowed.notes}
        record(task, changes | (also or {}) | notes, reason=reason, at=at)
        return Written("ledger.task", task.pk, task.version, {"state": task.state})


def by_nodes(task: Task) -> bool:
    """Whether a node with parts is as far as its own dated nodes are."""
    return not task.is_leaf and task.roll_up == Task.RollUp.MILESTONES


def step(actor: Actor, today: date, task: Task, verb: Verb, **form: Any) -> Step:  # noqa: ANN401
    """Lock the task and ask the law; `Refused` with the law's sentence where it says no."""
    row = paths.locked(task)
    allowed = closing.demand(State(row.state), verb, law_facts(actor, today, row, **form))
    return Step(row, allowed, today)


def carry(task: Task, *, again: bool = False, spoke: date | None = None) -> None:
    """Bring the stored sums of a node just saved, and of all above it, up to what it says.

    A node with parts only changes by itself when its rule, target or dated nodes do: `again`.
    `spoke`: somebody reported on that day, which moves even what a leaf does not.
    """
    before, value = stored(task), task.done_value
    if task.is_leaf or again:
        now, told = paths.own_sums(task)
        put(task, now)
        task.done_value = told  # type: ignore[assignment]
    if again or spoke or stored(task) != before or task.done_value != value:
        paths.shift(task, before, spoke=spoke)


def doer_of(actor: Actor) -> UUID | None:
    """Whose deed it is: the person spoken for (代录, 委托), else the one who acts."""
    return actor.on_behalf_of or actor.answers_as
