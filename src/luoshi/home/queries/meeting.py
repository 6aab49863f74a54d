"""会议: the annual meeting with its texts, its plan and every task born from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from luoshi.documents import queries as documents
from luoshi.documents.models import Document
from luoshi.domain.access import Actor
from luoshi.goals import queries as goals
from luoshi.goals.models import Meeting, Plan
from luoshi.ledger.models import Task
from luoshi.ledger.queries import visible_tasks
from luoshi.org.models import CARRYING_KINDS, Unit
from luoshi.ui.lists import Page, page_of

HANDED_IN = (
    Task.State.REPORTED_DONE,
    Task.State.VERIFIED,
    Task.State.SUBMITTED,
    Task.State.COMPLETED,
    Task.State.CLEARED,
    Task.State.ARCHIVED,
)
"""States in which a unit has said that its action plan is there."""

NO_TEXT = "none"


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the meeting: how many tasks were born from it, and how many drafts still wait."""

    document: Document
    tasks: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Owed:
    """A unit's action plan: handed in or not, and how many days past its date."""

    task: Task
    handed_in: bool
    days_late: int


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """Everything on the meeting's page."""

    meeting: Meeting
    plans: Sequence[Plan]
    texts: Sequence[Text]
    total: int
    without_text: int
    page: Page[Task]
    text: str
    owed: Sequence[Owed]
    leading: int

    @property
    def handed_in(self) -> int:
        """How many units have handed in."""
        return sum(one.handed_in for one in self.owed)


def meeting(actor: Actor, today: date, meeting_id: UUID) -> Meeting | None:
    """One annual meeting that the actor may read, or None."""
    return goals.annual_meetings(actor, today).filter(pk=meeting_id).first()


def meeting_page(actor: Actor, today: date, row: Meeting, text: str, after: str) -> MeetingPage:
    """A meeting's texts, plans, tasks and action plans; a constant number of queries.

    Every task of its plans is listed, also those that come from no text (`text` = "none"), so that
    none is orphaned; `text` narrows to one document. Only what the actor sees.
    """
    plans = list(goals.plans(actor, today).filter(meeting=row))
    tasks = visible_tasks(actor, today).filter(plan__in=plans)
    tasks = tasks.exclude(state=Task.State.CANCELLED)
    counted = tasks.order_by().values("passage__document").annotate(n=Count("pk", distinct=True))
    born: dict[UUID | None, int] = {one["passage__document"]: one["n"] for one in counted}
    texts = _texts(actor, today, plans, born)
    return MeetingPage(
        meeting=row,
        plans=plans,
        texts=texts,
        total=sum(born.values()),
        without_text=born.get(None, 0),
        page=page_of(_of_text(tasks, texts, text), ("tree", "id"), after),
        text=text,
        owed=owed(actor, today, row),
        leading=len(leading_units(actor, today, plans)),
    )


def _texts(
    actor: Actor, today: date, plans: Sequence[Plan], born: Mapping[UUID | None, int]
) -> list[Text]:
    rows = list(
        documents.documents(actor, today)
        .filter(Q(plans__plan__in=plans) | Q(pk__in=[key for key in born if key]))
        .distinct()
        .defer("text", "outline")
    )
    counts = documents.draft_counts(actor, today, [row.pk for row in rows])
    return [Text(row, born.get(row.pk, 0), counts.get(row.pk, {}).get("draft", 0)) for row in rows]


def _of_text(tasks: QuerySet[Task], texts: Sequence[Text], text: str) -> QuerySet[Task]:
    """All tasks, those of one text of the meeting, or those that come from none."""
    chosen = next((one.document for one in texts if str(one.document.pk) == text), None)
    rows = tasks.select_related("unit", "passage__document")
    if text == NO_TEXT:
        return rows.filter(passage__isnull=True)
    return rows if chosen is None else rows.filter(passage__document=chosen)


def owed(actor: Actor, today: date, row: Meeting) -> list[Owed]:
    """Who has handed in an action plan and who has not: those first, in the units' order."""
    if row.call_task_id is None:
        return []
    rows = visible_tasks(actor, today).filter(parent=row.call_task_id).select_related("unit")
    found = [
        Owed(
            task,
            task.state in HANDED_IN,
            (today - task.due_on).days if task.due_on and task.due_on < today else 0,
        )
        for task in rows.exclude(state=Task.State.CANCELLED).order_by("unit__path", "id")
    ]
    return sorted(found, key=lambda one: one.handed_in)


def leading_units(actor: Actor, today: date, plans: Sequence[Plan]) -> list[Unit]:
    """The units that lead anything of the meeting's plans: each owes an action plan."""
    rows = visible_tasks(actor, today).filter(plan__in=plans)
    rows = rows.exclude(state=Task.State.CANCELLED).order_by()
    return list(
        Unit.objects.filter(
            pk__in=rows.values("unit"), jurisdiction=actor.jurisdiction_id, kind__in=CARRYING_KINDS
        ).order_by("path")
    )
