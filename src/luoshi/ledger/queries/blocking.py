"""Blockers: whose move each is, who sees them, what the law must know of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from luoshi.domain import blocking
from luoshi.domain.access import Actor
from luoshi.domain.base import Sentence, say
from luoshi.journal.models import Entry
from luoshi.ledger.carrying import NOBODY, roles_of
from luoshi.ledger.judging import OVER
from luoshi.ledger.models import Assignment, Blocker, Task
from luoshi.ledger.queries.facts import HEADS
from luoshi.ledger.queries.scope import visible_tasks
from luoshi.org import queries as org
from luoshi.org.models import Person

OPEN = tuple(state for state in Blocker.State.values if state != Blocker.State.CLEARED)
NAMES = ("needs_unit", "needs_post__unit", "task__unit", "task__plan")


def open_rows(actor: Actor, task: Task) -> QuerySet[Blocker]:
    """What still stands in an item's way, the oldest first."""
    rows = Blocker.objects.filter(jurisdiction=actor.jurisdiction_id, task=task, state__in=OPEN)
    return rows.select_related("needs_unit", "needs_post__unit").order_by("raised_on", "id")


def visible_blockers(actor: Actor, today: date) -> QuerySet[Blocker]:
    """Blockers of items in view, and those asked of a unit in view.

    Whoever is asked sees the blocker and what the item is called; the item itself stays its own
    unit's, unless it is in view anyway.
    """
    rows = Blocker.objects.filter(jurisdiction=actor.jurisdiction_id)
    if actor.is_system:
        return rows
    units = org.visible_unit_ids(actor, today)
    asked = Q(needs_unit__in=units) | Q(needs_post__unit__in=units)
    carried = Q(needs_post__in=list(actor.post_ids)) | Q(needs_unit__in=list(actor.unit_ids))
    return rows.filter(
        asked | carried | Q(task__in=visible_tasks(actor, today).order_by().values("pk"))
    )


def blocker_for(actor: Actor, today: date, blocker_id: UUID) -> Blocker | None:
    """One blocker that the actor may see, with the names its page tells; None otherwise."""
    return visible_blockers(actor, today).filter(pk=blocker_id).select_related(*NAMES).first()


def facts_for(
    actor: Actor,
    today: date,
    task: Task,
    row: Blocker,
    *,
    text: str = "",
    by_on: date | None = None,
) -> blocking.Facts:
    """What the law must know: whether the actor is needed, raised it, or types for them."""
    heads = {post.unit_id for post in actor.posts if post.role in HEADS}
    roles = roles_of([task.pk]).get(task.pk, NOBODY)
    path = task.unit.path
    return blocking.Facts(
        today=today,
        is_needed=row.needs_unit_id in heads or row.needs_post_id in actor.post_ids,
        is_raiser=(row.raised_by_id is not None and row.raised_by_id == actor.person_id)
        or roles.owner in actor.post_ids
        or roles.lead_unit in heads
        or (roles.lead_unit is None and task.unit_id in heads),
        is_office=any(
            post.role == "town_office" and path.startswith(post.scope_path) for post in actor.posts
        ),
        named=row.needs_unit_id is not None or row.needs_post_id is not None,
        returns=row.returns,
        text=text,
        by_on=by_on,
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """A blocker that waits: whose move it is, since when, and what is asked of that one.

    `days` since the move became theirs, `age` since it was raised. `late_days`: past the promise.
    """

    row: Blocker
    side: blocking.Side
    days: int
    age: int
    late_days: int
    mine: bool
    why: Sentence

    @property
    def whose(self) -> str:
        """The unit (and post) whose move it is, by name."""
        row = self.row
        if self.side == "raiser":
            return row.task.unit.short_name
        if row.needs_post is not None:
            return f"{row.needs_post.unit.short_name}{row.needs_post.title}"
        return row.needs_unit.short_name if row.needs_unit else row.task.unit.short_name


def _live(rows: QuerySet[Blocker]) -> QuerySet[Blocker]:
    """Open blockers of items that are still being worked on, the oldest first."""
    rows = rows.filter(state__in=OPEN).exclude(task__state__in=OVER)
    return rows.select_related(*NAMES).order_by("raised_on", "id")


def waiting_blockers(actor: Actor, today: date, most: int = 300) -> Sequence[Waiting]:
    """All open blockers in view, the oldest first; three queries whatever their number."""
    return _told(actor, today, list(_live(visible_blockers(actor, today))[:most]))


def blockers_of(actor: Actor, today: date, task: Task) -> Sequence[Waiting]:
    """The open blockers of one item that the actor sees."""
    rows = Blocker.objects.filter(jurisdiction=actor.jurisdiction_id, task=task, state__in=OPEN)
    return _told(actor, today, list(rows.select_related(*NAMES).order_by("raised_on", "id")))


def past_blockers(actor: Actor, task: Task, most: int = 20) -> Sequence[Blocker]:
    """What stood in an item's way and is cleared, the latest first."""
    rows = Blocker.objects.filter(
        jurisdiction=actor.jurisdiction_id, task=task, cleared_on__isnull=False
    )
    return list(
        rows.select_related("needs_unit", "needs_post__unit").order_by("-cleared_on", "-id")[:most]
    )


def asked_of(actor: Actor, today: date) -> Sequence[Waiting]:
    """What waits for this person: to help, or to say whether it is solved; three queries."""
    heads = [post.unit_id for post in actor.posts if post.role in HEADS]
    posts = list(actor.post_ids)
    mine = Q(jurisdiction=actor.jurisdiction_id, to_on__isnull=True)
    carried = Assignment.objects.filter(
        mine & (Q(post__in=posts, role="owner") | Q(unit__in=heads, role="lead_unit"))
    )
    rows = Blocker.objects.filter(jurisdiction=actor.jurisdiction_id).filter(
        Q(needs_unit__in=heads) | Q(needs_post__in=posts) | Q(task__in=carried.values("task"))
    )
    return [one for one in _told(actor, today, list(_live(rows))) if one.mine]


WORDS = {
    "promise": _("承诺期限"),
    "answer": _("答复已办"),
    "send_back": _("退回"),
    "point": _("改请他人"),
    "press": _("还没解决"),
    "clear": _("确认已解决"),
    "report": _("提出"),
    "report_done": _("报办结"),
}


def _word(entry: Entry) -> str:
    """The office's word for what was done; a report raises it, or says that it is solved."""
    if entry.verb == "ledger.task.report" and "cleared_on" in entry.changes:
        return str(WORDS["clear"])
    verb = entry.verb.rpartition(".")[2]
    return str(WORDS.get(verb, verb))


@dataclass(frozen=True, slots=True)
class BlockerPage:
    """One blocker with the names of who raised, answered and cleared it, and what became of it."""

    waits: Waiting | None
    row: Blocker
    raised_by: str
    answered_by: str
    cleared_by: str
    events: Sequence[tuple[Entry, str, str]]


def page_of(actor: Actor, today: date, row: Blocker) -> BlockerPage:
    """The page of a blocker that `blocker_for` gave; four queries."""
    events = list(
        Entry.objects.filter(
            jurisdiction=row.jurisdiction, subject_kind="ledger.blocker", subject_id=row.pk
        ).order_by("-at", "-id")[:60]
    )
    people = {row.raised_by_id, row.answered_by_id, row.cleared_by_id}
    people |= {entry.person_id for entry in events}
    known = Person.objects.filter(jurisdiction=actor.jurisdiction_id, pk__in=people - {None})
    names: dict[UUID | None, str] = dict(known.values_list("pk", "name"))
    return BlockerPage(
        next(iter(_told(actor, today, [row])), None),
        row,
        names.get(row.raised_by_id, ""),
        names.get(row.answered_by_id, ""),
        names.get(row.cleared_by_id, ""),
        [(entry, names.get(entry.person_id, ""), _word(entry)) for entry in events],
    )


def _told(actor: Actor, today: date, rows: Sequence[Blocker]) -> list[Waiting]:
    heads = {post.unit_id for post in actor.posts if post.role in HEADS}
    roles = roles_of({row.task_id for row in rows})
    found = []
    for row in rows:
        named = row.needs_unit_id is not None or row.needs_post_id is not None
        side = blocking.mover(row.state, named=named)  # type: ignore[arg-type]
        if side is None:
            continue
        carries = roles.get(row.task_id, NOBODY)
        mine = (
            row.needs_unit_id in heads or row.needs_post_id in actor.post_ids
            if side == "needed"
            else carries.owner in actor.post_ids or carries.lead_unit in heads
        )
        late = (today - row.promised_for).days if row.promised_for else 0
        found.append(
            Waiting(
                row,
                side,
                (today - row.state_since).days,
                (today - row.raised_on).days,
                max(0, late) if row.state == Blocker.State.PROMISED else 0,
                mine,
                _why(row, named=named),
            )
        )
    return found


def _why(row: Blocker, *, named: bool = True) -> Sentence:
    """What is asked of the one whose move it is."""
    needs = row.needs or row.text
    if row.state == Blocker.State.ANSWERED:
        return say("blocking.owed.answered", since=row.state_since, text=row.answer)
    if row.state == Blocker.State.RETURNED:
        return say("blocking.owed.returned", since=row.state_since, text=row.answer)
    if not named:
        return say("blocking.owed.unnamed", text=row.text)
    if row.state == Blocker.State.PROMISED and row.promised_for is not None:
        return say("blocking.owed.promised", by=row.promised_for, needs=needs)
    return say("blocking.owed.open", since=row.state_since, needs=needs)
