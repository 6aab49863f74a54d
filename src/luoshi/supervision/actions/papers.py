"""来文登记 and 报出登记: a paper enters with its item; an answer passes its steps and leaves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from luoshi.domain.access import Actor, NotAllowed, may
from luoshi.domain.base import Refused, say
from luoshi.domain.closing import State, Verb, moves
from luoshi.domain.intake import Figure, Party, internal_deadline, missing_steps, say_step
from luoshi.domain.intake.papers import judge_deadlines, judge_steps
from luoshi.domain.workdays import SHANGHAI, OfficeHours
from luoshi.files import actions as files
from luoshi.files.actions import Screened
from luoshi.journal.actions import Written, created, nothing, on_behalf, record, write
from luoshi.ledger import actions as ledger
from luoshi.ledger.actions import NewTask, Said
from luoshi.ledger.models import ProgressReport, Task
from luoshi.ledger.queries import NOBODY, Roles, law_facts, roles_of
from luoshi.ledger.queries.choosing import people_to_type_for
from luoshi.org.calendars import calendar_of
from luoshi.org.models import Unit
from luoshi.store.rows import save
from luoshi.supervision.models import (
    STEP_FIELDS,
    AnswerForm,
    IncomingPaper,
    OutgoingReport,
    ToldFigure,
)
from luoshi.supervision.queries import clashes_of, leader_people, same_reference

MOST_FIGURES = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPaper:
    """A paper as it is registered. `internal_at` None: computed back; `again`: the number is known.

    Instants carry their zone. `leader_post_id` is the leader in charge, who reviews and signs.
    """

    sender: str
    title: str
    received_at: datetime
    answer_form: str
    party: Party
    reference: str = ""
    due_at: datetime | None = None
    internal_at: datetime | None = None
    urgency: str = Task.Urgency.ORDINARY
    leader_post_id: UUID | None = None
    again: bool = False
    reason: str = ""


@write("supervision.paper.register")
def register_paper(
    *, actor: Actor, today: date, now: datetime, town: Unit, paper: NewPaper
) -> Written:
    """来文登记: the paper, and in the same transaction its item, handed to who answers it.

    The superior's deadline is later than receipt, the internal one not after it; without one it is
    computed back on office hours. What asks for an answer has a deadline. A number that the town
    has registered before is asked about; registered again it points at the first.
    """
    if paper.answer_form != AnswerForm.NONE and paper.due_at is None:
        raise Refused(say("intake.paper.due_missing"))
    internal = paper.internal_at
    if why := judge_deadlines(paper.received_at, paper.due_at, internal):
        raise Refused(why)
    if paper.due_at is not None and internal is None:
        calendar = calendar_of(town)
        internal = internal_deadline(
            paper.due_at, paper.received_at, paper.urgency, calendar, OfficeHours()
        )
    reference = "".join(paper.reference.split())
    Unit.objects.select_for_update().get(
        pk=town.pk
    )  # two who register one number: one after the other
    first = same_reference(actor, town, reference)
    if first is not None and not paper.again:
        received = first.received_at.astimezone(SHANGHAI).date()
        raise Refused(
            say("intake.paper.twice", reference=reference, title=first.title, received=received)
        )
    task = _item(actor, today, now, town, paper, internal)
    kept = IncomingPaper.objects.create(
        jurisdiction=actor.jurisdiction_id,
        unit=town,
        task=task,
        sender=paper.sender.strip()[:80],
        reference=reference[:60],
        title=paper.title.strip()[:300],
        answer_form=AnswerForm(paper.answer_form),
        received_at=paper.received_at,
        again_of=first,
        registered_by_id=actor.person_id,
    )
    record(kept, created(kept), at=now)
    return Written("supervision.incomingpaper", kept.pk, 1, {"number": task.number})


def _item(
    actor: Actor, today: date, now: datetime, town: Unit, paper: NewPaper, internal: datetime | None
) -> Task:
    due = paper.due_at
    new = NewTask(
        title=paper.title,
        unit_id=town.pk,
        due_on=due.astimezone(SHANGHAI).date() if due else None,
        due_at=due,
        internal_due_at=internal,
        source_kind=Task.Source.PAPER,
        urgency=paper.urgency,
    )
    told: dict[str, Any] = {"actor": actor, "today": today, "now": now, "reason": paper.reason}
    made = ledger.register_task(**told, new=new)
    task = Task.objects.select_related("unit", "plan", "line").get(pk=made.id)
    holder = paper.party.holder
    roles = Roles(
        lead_leader=paper.leader_post_id,
        lead_unit=paper.party.unit_id,
        owner=holder.post_id if holder is not None else None,
    )
    ledger.assign(**told, task=task, roles=roles)
    return task


@write("supervision.report.draft")
def draft_report(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    paper: IncomingPaper,
    drafted_by_id: UUID,
    to_whom: str,
    figures: Sequence[Figure] = (),
) -> Written:
    """拟稿: a version of the answer with the figures told in it; the next one counts on.

    Whoever sees the item and may report may draft; the office may enter it for the drafter.
    """
    _demand(actor, "report", paper)
    if paper.answer_form == AnswerForm.NONE:
        raise Refused(say("intake.paper.no_answer"))
    if len(figures) > MOST_FIGURES:
        raise Refused(say("intake.paper.too_many_figures", n=MOST_FIGURES))
    row = IncomingPaper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    kept = OutgoingReport.objects.create(
        jurisdiction=row.jurisdiction,
        paper=row,
        unit_id=row.unit_id,
        edition=row.reports.count() + 1,
        to_whom=(to_whom.strip() or row.sender)[:80],
        drafted_by_id=drafted_by_id,
        started_on=today,
    )
    for position, one in enumerate(figures, start=1):
        ToldFigure.objects.create(
            jurisdiction=row.jurisdiction,
            report=kept,
            position=position,
            name=one.name[:80],
            value=one.value,  # type: ignore[misc]
            measure=one.unit[:20],
            period=one.period[:30],
        )
    told = {"figures": (None, [[f.name, f.value, f.unit, f.period] for f in figures])}
    record(kept, created(kept) | (told if figures else {}), at=now)
    return Written("supervision.outgoingreport", kept.pk, 1, {"edition": kept.edition})


@write("supervision.report.pass")
def pass_steps(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    report: OutgoingReport,
    people: Mapping[str, UUID],
    version: int | None = None,
) -> Written:
    """核稿、审核、签字、用印: who took which step; the office enters what was done on paper.

    The law keeps the steps apart: who drafted neither checks, reviews nor signs, who checked does
    not sign, leaders review and sign. Nothing changes once it has left.
    """
    _demand(actor, "assign", report.paper)
    row = _open(report)
    after = row.taken | {step: people[step] for step in STEP_FIELDS if step in people}
    leaders = frozenset(leader_people(actor, today, row.paper.unit))
    if why := judge_steps(after, leaders):
        raise Refused(why)
    changes = save(row, version, **{STEP_FIELDS[step]: after[step] for step in STEP_FIELDS})
    if not changes:
        return nothing("supervision.outgoingreport", row.pk)
    record(row, changes, at=now)
    return Written("supervision.outgoingreport", row.pk, row.version)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """How a version left: when, how, why late, why figures differ (by the figure's key)."""

    left_at: datetime
    channel: str = OutgoingReport.Channel.SYSTEM
    late_reason: str = ""
    reasons: Mapping[UUID, str] = field(default_factory=dict)


@write("supervision.report.leave")
def leave(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    report: OutgoingReport,
    leaving: Leaving,
    evidence: Screened | None = None,
    version: int | None = None,
) -> Written:
    """报出: the version left, when, how; the item hears of it.

    Refused while a step is missing, while a figure contradicts what was told before without a
    sentence why, when it left before the paper came or after now, and past the superior's hour
    without the reason. Where whoever carries the item can report it done, that is entered in their
    name; it is reported, never verified.
    """
    _demand(actor, "assign", report.paper)
    row = _open(report)
    paper = row.paper
    missing = missing_steps(paper.answer_form, row.taken)
    if missing:
        raise Refused(say("intake.paper.step_missing", step=say_step(missing[0])))
    late = leaving.late_reason.strip()[:300]
    if not paper.received_at <= leaving.left_at <= now:
        raise Refused(say("intake.paper.left_when", received=paper.received_at))
    due = paper.task.due_at
    if due is not None and leaving.left_at > due and not late:
        raise Refused(say("intake.paper.late_why", due=due))
    _explain(actor, row, leaving.reasons)
    fields = {
        "left_at": leaving.left_at,
        "left_by_id": actor.person_id,
        "channel": OutgoingReport.Channel(leaving.channel),
        "late_reason": late,
    }
    record(row, save(row, version, **fields), reason=late, at=now)
    if evidence is not None:
        files.store(
            actor=actor, today=today, now=now, unit_id=row.unit_id,
            subject_kind="supervision.outgoingreport", subject_id=row.pk, screened=evidence,
        )  # fmt: skip
    done = _tell_ledger(actor, today, now, row)
    return Written("supervision.outgoingreport", row.pk, row.version, {"done": done})


def _explain(actor: Actor, report: OutgoingReport, reasons: Mapping[UUID, str]) -> None:
    """Every figure that contradicts an earlier one brings its sentence, before it leaves."""
    for figure, clash in clashes_of(actor, report):
        why = reasons.get(figure.pk, "").strip() or figure.why
        if not why:
            raise Refused(clash.why)
        if figure.why != why:
            figure.why = why[:300]
            ToldFigure.objects.filter(pk=figure.pk).update(why=figure.why)
            record(figure, {"why": ("", figure.why)}, unit_id=report.unit_id)


def _tell_ledger(actor: Actor, today: date, now: datetime, report: OutgoingReport) -> bool:
    """Report the item done for who carries it, where the law lets that person; else leave it."""
    task = Task.objects.select_related("unit", "plan", "line").get(pk=report.paper.task_id)
    people = people_to_type_for(actor, today, task, roles_of([task.pk]).get(task.pk, NOBODY))
    keys = [UUID(key) for key, _name in people]
    person = report.drafted_by_id if report.drafted_by_id in keys else next(iter(keys), None)
    if person is None or "town_office" not in actor.roles:
        return False
    speaks = on_behalf(actor, person)
    told: dict[str, Any] = {"actor": speaks, "today": today, "now": now, "task": task}
    if task.state == Task.State.ASSIGNED:
        ledger.sign_for(**told)
        task.refresh_from_db()
    facts = law_facts(speaks, today, task, reason="x")
    if Verb.REPORT_DONE not in moves(State(task.state), facts):
        return False
    text = f"第{report.edition}稿已报{report.to_whom}"
    ledger.report_done(**told, said=Said(text=text, channel=ProgressReport.Channel.PAPER))
    return True


def _open(report: OutgoingReport) -> OutgoingReport:
    """The version under lock; what has left is not touched again."""
    rows = OutgoingReport.objects.select_for_update(of=("self",))
    row = rows.select_related("paper__task__unit", "paper__unit").get(pk=report.pk)
    if row.left_at is not None:
        raise Refused(say("intake.paper.left_already"))
    return row


def _demand(actor: Actor, right: Any, paper: IncomingPaper) -> None:  # noqa: ANN401 - a right's name
    answer = may(actor, right, paper.task.unit.path)
    if isinstance(answer, NotAllowed):
        raise Refused(answer.why)
