"""The task page: what, why, who, by when, how far, says who."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from luoshi.domain import closing
from luoshi.domain.access import Actor
from luoshi.domain.closing import Field, State, Verb
from luoshi.domain.pacing import Light
from luoshi.files.models import Attachment
from luoshi.journal.models import Entry
from luoshi.ledger.judging import light_of, share_of
from luoshi.ledger.models import Blocker, Dependency, DueMove, Milestone, ProgressReport, Task
from luoshi.ledger.queries.blocking import Waiting, blockers_of, past_blockers
from luoshi.ledger.queries.early import NOTHING, Record, told_early
from luoshi.ledger.queries.facts import law_facts, may_write
from luoshi.ledger.queries.listing import Carriers, Row, carriers_of, rows_of
from luoshi.ledger.queries.scope import visible_tasks
from luoshi.ledger.sources import Source, source_of
from luoshi.ledger.tree import families_of, silent
from luoshi.org.models import Account, Person

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

REPORTS = 30
ENTRIES = 60


@dataclass(frozen=True, slots=True)
class Told:
    """One report with the names of who reported and who typed it, and its evidence."""

    report: ProgressReport
    person: str
    typed_by: str
    files: Sequence[Attachment]


@dataclass(frozen=True, slots=True)
class Moved:
    """One move of the deadline, with names."""

    move: DueMove
    asked_by: str
    agreed_by: str
    approved_by: str


WORDS = {
    "register": _("立项"),
    "assign": _("交办"),
    "name_roles": _("指定责任"),
    "sign_for": _("签收"),
    "return_to_assigner": _("退回"),
    "rule": _("裁定"),
    "start": _("开始办理"),
    "report": _("报进展"),
    "report_done": _("报办结"),
    "verify": _("复核"),
    "return_for_rework": _("退回整改"),
    "close": _("办结或销号"),
    "accept": _("上级认定"),
    "archive": _("归档"),
    "suspend": _("缓办"),
    "resume": _("恢复办理"),
    "cancel": _("撤销"),
    "reopen": _("重启"),
    "edit": _("修改"),
    "set_milestones": _("设置节点"),
    "move_due": _("时限变动"),
    "move_deadline": _("上级时限变动"),
}


@dataclass(frozen=True, slots=True)
class Event:
    """One journal entry of the task: when, what, by whom, for whom, why, and what changed."""

    entry: Entry
    person: str
    on_behalf: str

    @property
    def word(self) -> str:
        """The office's word for what was done."""
        verb = self.entry.verb.rpartition(".")[2]
        return str(WORDS.get(verb, verb))


@dataclass(frozen=True, slots=True)
class Parts:
    """How many parts an item rolls up from, and which of them have not spoken."""

    total: int
    silent: frozenset[UUID]

    @property
    def spoken(self) -> int:
        """How many have."""
        return self.total - len(self.silent)


@dataclass(frozen=True, slots=True)
class TaskPage:
    """Everything the page of a task shows; all reads done."""

    task: Task
    light: Light
    early: Record
    blockers: Sequence[Waiting]
    past_blockers: Sequence[Blocker]
    share: int | None
    carriers: Carriers
    parent: Task | None
    children: Sequence[Row]
    parts: Parts | None
    milestones: Sequence[Milestone]
    waits_for: Sequence[Dependency]
    awaited_by: Sequence[Dependency]
    reports: Sequence[Told]
    due_moves: Sequence[Moved]
    events: Sequence[Event]
    source: Source | None
    moves: Mapping[Verb, Sequence[Field]]
    may_edit: bool


def task_page(actor: Actor, today: date, task: Task) -> TaskPage:
    """The page of a task that `task_for` gave; a constant number of queries.

    `moves` holds what this person may do now, and what each move's form must bring.
    """
    milestones = list(task.milestones.order_by("position", "due_on"))
    reports = list(task.reports.order_by("-reported_at", "-id")[:REPORTS])
    due_moves = list(task.due_moved.order_by("-moved_on", "-id"))
    events = _entries(task)
    names = _names(reports, due_moves, events, task.jurisdiction)
    facts = law_facts(actor, today, task)
    state = State(task.state)
    below = visible_tasks(actor, today).filter(parent=task).order_by("tree")
    keys = [] if task.is_leaf else list(below.values_list("pk", flat=True))
    return TaskPage(
        task=task,
        light=light_of(task, today, [node.due_on for node in milestones]),
        early=told_early(actor, today, [task]).get(task.pk, NOTHING),
        blockers=blockers_of(actor, today, task) if task.blocker else (),
        past_blockers=past_blockers(actor, task),
        share=share_of(task),
        carriers=carriers_of(actor, today, [task.pk]).get(task.pk, Carriers()),
        parent=_parent(actor, today, task.parent_id) if task.parent_id else None,
        children=rows_of(actor, today, keys),
        parts=None if task.is_leaf else _parts(task),
        milestones=milestones,
        waits_for=_links(task.waits_for, "predecessor"),
        awaited_by=_links(task.awaited_by, "task"),
        reports=_told(reports, names),
        due_moves=_moved(due_moves, names),
        events=_events(events, names),
        source=source_of(task),
        moves={verb: closing.needs(state, verb, facts) for verb in closing.moves(state, facts)},
        may_edit=_may_edit(actor, task, is_assigner=facts.is_assigner),
    )


def _parts(task: Task) -> Parts:
    """All parts, also those that the actor does not see: a figure tells what it is made of."""
    members = families_of([task.pk])[task.pk]
    total = sum(bool(one.sums.weight) for one in members.values())
    return Parts(total, frozenset(silent(task.roll_up, members, task.target_unit)))


def _links(rows: RelatedManager[Dependency], other: str) -> list[Dependency]:
    """Dependencies with the number and title of the task at their other end; one query."""
    shown = ("task", "predecessor", "lag_days", f"{other}__number", f"{other}__title")
    return list(rows.select_related(other).only(*shown).order_by("id"))


def _parent(actor: Actor, today: date, task_id: UUID) -> Task | None:
    """The item above, where the actor may see it: what the page names of it."""
    rows = visible_tasks(actor, today).filter(pk=task_id).only("number", "title")
    return next(iter(rows[:1]), None)


def _may_edit(actor: Actor, task: Task, *, is_assigner: bool) -> bool:
    if State(task.state) in closing.ENDED:
        return False
    right = "plan" if task.state == Task.State.DRAFT else "assign"
    return may_write(actor, right, task.unit) or is_assigner


def _entries(task: Task) -> list[Entry]:
    rows = Entry.objects.filter(
        jurisdiction=task.jurisdiction, subject_kind="ledger.task", subject_id=task.pk
    )
    return list(rows.order_by("-at", "-id")[:ENTRIES])


Names = Mapping[UUID | None, str]


def _names(
    reports: Iterable[ProgressReport],
    moves: Iterable[DueMove],
    entries: Iterable[Entry],
    jurisdiction: UUID,
) -> Names:
    """Names of everybody the page speaks of; two queries."""
    people = {key for row in reports for key in (row.person_id, row.typed_by_id)}
    people |= {
        key for row in moves for key in (row.asked_by_id, row.agreed_by_id, row.approved_by_id)
    }
    people |= {key for row in entries for key in (row.person_id, row.on_behalf_of)}
    accounts = {row.account_id for row in entries if row.person_id is None}
    found: dict[UUID | None, str] = dict(
        Person.objects.filter(jurisdiction=jurisdiction, pk__in=people - {None}).values_list(
            "pk", "name"
        )
    )
    rows = Account.objects.filter(jurisdiction=jurisdiction, pk__in=accounts - {None})
    found |= dict(rows.values_list("pk", "login"))
    return found


def _told(reports: Sequence[ProgressReport], names: Names) -> list[Told]:
    """Reports with evidence; whoever sees the task sees its evidence, so one query is enough."""
    files: dict[UUID, list[Attachment]] = {}
    for row in Attachment.objects.filter(
        subject_kind="ledger.progressreport",
        subject_id__in=[report.pk for report in reports],
        state=Attachment.State.OK,
    ).order_by("added_at", "id"):
        files.setdefault(row.subject_id, []).append(row)
    return [
        Told(
            report,
            names.get(report.person_id, ""),
            names.get(report.typed_by_id, ""),
            files.get(report.pk, ()),
        )
        for report in reports
    ]


def _moved(moves: Sequence[DueMove], names: Names) -> list[Moved]:
    return [
        Moved(
            move,
            names.get(move.asked_by_id, ""),
            names.get(move.agreed_by_id, ""),
            names.get(move.approved_by_id, ""),
        )
        for move in moves
    ]


def _events(entries: Sequence[Entry], names: Names) -> list[Event]:
    return [
        Event(
            entry,
            names.get(entry.person_id or entry.account_id, ""),
            names.get(entry.on_behalf_of, ""),
        )
        for entry in entries
    ]
