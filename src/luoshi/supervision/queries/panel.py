"""The panel on a task's page: what was checked, what was asked, and what this person may do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from luoshi.domain import closing
from luoshi.domain.access import Actor
from luoshi.domain.closing import Field, State, Verb
from luoshi.files.models import Attachment
from luoshi.ledger.models import ProgressReport, Task
from luoshi.org.models import Person
from luoshi.supervision.models import Extension, SampleItem, Verification
from luoshi.supervision.queries.asking import OPEN, facts_for
from luoshi.supervision.queries.drawing import drawn_for
from luoshi.supervision.queries.relaying import TypedFor, typed_of

CHECKING = (Verb.VERIFY, Verb.RETURN_FOR_REWORK, Verb.CLOSE, Verb.ACCEPT, Verb.REOPEN)
EXTENDING = (
    Verb.ASK_EXTENSION,
    Verb.AGREE_EXTENSION,
    Verb.APPROVE_EXTENSION,
    Verb.REFUSE_EXTENSION,
)
CLAIMS = 10


@dataclass(frozen=True, slots=True)
class Checked:
    """One check, with the name of who made it."""

    row: Verification
    person: str


@dataclass(frozen=True, slots=True)
class Sampled:
    """What a spot check found of the task, with the name of who looked."""

    row: SampleItem
    person: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One request for more time, with the names of who asked, agreed and decided."""

    row: Extension
    asked_by: str
    agreed_by: str
    approved_by: str


@dataclass(frozen=True, slots=True)
class Panel:
    """All that the panel shows; `pending` is the open request, `extensions` those decided.

    `moves` says what each form must bring.
    """

    task: Task
    checks: Sequence[Checked]
    samples: Sequence[Sampled]
    typed: Sequence[TypedFor]
    extensions: Sequence[Asked]
    pending: Asked | None
    drawn: Person | None
    moves: Mapping[Verb, Sequence[Field]]

    @property
    def awaits_check(self) -> bool:
        """Whether the task has been reported done and nobody has looked yet."""
        return self.task.state == Task.State.REPORTED_DONE


def panel(actor: Actor, today: date, task: Task) -> Panel:
    """The panel of a task that the actor may see; a constant number of queries."""
    checks = list(task.verifications.order_by("-verified_on", "-id"))
    extensions = list(task.extensions.order_by("-asked_on", "-id"))
    samples = list(task.samplings.exclude(outcome="").order_by("-checked_on", "-id"))
    names = _names(actor, checks, extensions, samples)
    asked = next((row for row in extensions if row.state in OPEN), None)
    facts = facts_for(actor, today, task, asked)
    state = State(task.state)
    allowed = closing.moves(state, facts)
    told = [_asked(row, names) for row in extensions]
    waits = state is State.REPORTED_DONE
    return Panel(
        task=task,
        checks=[Checked(row, names.get(row.verified_by_id, "")) for row in checks],
        samples=[Sampled(row, names.get(row.checked_by_id, "")) for row in samples],
        typed=typed_of(actor, task),
        extensions=[row for row in told if asked is None or row.row.pk != asked.pk],
        pending=next((row for row in told if asked and row.row.pk == asked.pk), None),
        drawn=drawn_for(actor, today, [task])[task.pk] if waits else None,
        moves={
            verb: closing.needs(state, verb, facts)
            for verb in (*CHECKING, *EXTENDING)
            if verb in allowed
        },
    )


def _asked(row: Extension, names: Mapping[UUID | None, str]) -> Asked:
    return Asked(
        row,
        names.get(row.asked_by_id, ""),
        names.get(row.agreed_by_id, ""),
        names.get(row.approved_by_id, ""),
    )


def _names(
    actor: Actor,
    checks: Iterable[Verification],
    extensions: Iterable[Extension],
    samples: Iterable[SampleItem],
) -> Mapping[UUID | None, str]:
    people: set[UUID | None] = {row.verified_by_id for row in checks}
    people |= {row.checked_by_id for row in samples}
    people |= {
        key for row in extensions for key in (row.asked_by_id, row.agreed_by_id, row.approved_by_id)
    }
    rows = Person.objects.filter(jurisdiction=actor.jurisdiction_id, pk__in=people - {None})
    return dict(rows.values_list("pk", "name"))


@dataclass(frozen=True, slots=True)
class Claim:
    """What was reported, by whom, and the evidence that came with it."""

    report: ProgressReport
    person: str
    typed_by: str
    files: Sequence[Attachment]


def claims(actor: Actor, task: Task) -> Sequence[Claim]:
    """What the verifier looks at: the report "done", and every report with evidence; 3 queries."""
    reports = list(task.reports.order_by("-reported_at", "-id")[:100])
    files: dict[UUID, list[Attachment]] = {}
    rows = Attachment.objects.filter(
        jurisdiction=actor.jurisdiction_id,
        subject_kind="ledger.progressreport",
        subject_id__in=[report.pk for report in reports],
        state=Attachment.State.OK,
    )
    for row in rows.order_by("added_at", "id"):
        files.setdefault(row.subject_id, []).append(row)
    kept = [r for r in reports if r.says_done or r.proof or r.proof_ref or r.pk in files][:CLAIMS]
    people = {key for report in kept for key in (report.person_id, report.typed_by_id)}
    names: Mapping[UUID | None, str] = dict(
        Person.objects.filter(
            jurisdiction=actor.jurisdiction_id, pk__in=people - {None}
        ).values_list("pk", "name")
    )
    return [
        Claim(
            report,
            names.get(report.person_id, ""),
            names.get(report.typed_by_id, ""),
            files.get(report.pk, ()),
        )
        for report in kept
    ]
