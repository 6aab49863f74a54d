"""Bulletins: who sees which, who is named, who has replied, and what a page shows of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from luoshi.briefs.models import Bulletin, BulletinReply
from luoshi.domain.access import Actor
from luoshi.domain.base import Sentence
from luoshi.domain.brief import IssueFacts, issue_fault
from luoshi.journal.models import Entry
from luoshi.ledger.models import Task
from luoshi.org.models import Person, Unit, subtree
from luoshi.org.queries import visible_unit_ids
from luoshi.supervision.queries import town_to_order

PROBLEMS = ("overdue", "returned", "false")
SIZE = 50


def town_to_tell(actor: Actor) -> Unit | None:
    """The town whose office or leader the actor is; None for all others."""
    town = town_to_order(actor)
    return town if town is not None and town.kind == Unit.Kind.TOWN else None


def bulletins(actor: Actor, today: date) -> QuerySet[Bulletin]:
    """Bulletins in view: the town's own office and leaders see all, the auditor too.

    A unit sees those that are issued and those in which it is asked to reply, the county
    those that its towns issued.
    """
    rows = Bulletin.objects.filter(jurisdiction=actor.jurisdiction_id)
    issued = Q(state=Bulletin.State.ISSUED)
    whole = Q(unit__in=visible_unit_ids(actor, today))
    if not actor.roles & _WHOLE:
        whole &= issued
    asked = BulletinReply.objects.filter(
        jurisdiction=actor.jurisdiction_id, unit__in=list(actor.unit_ids)
    )
    paths = [post.unit_path.split("/") for post in actor.posts if post.role in _BELOW]
    above = {"/".join(path[:2]) + "/" for path in paths if len(path) > 2}
    seen = whole | Q(pk__in=asked.values("bulletin")) | issued & Q(unit__path__in=above)
    return rows.filter(seen).select_related("unit")


_WHOLE = frozenset({"leader", "town_office", "auditor"})
_BELOW = frozenset({"unit_head", "staff"})


def bulletin_for(actor: Actor, today: date, bulletin_id: UUID) -> Bulletin | None:
    """One bulletin that the actor may see, or None."""
    return bulletins(actor, today).filter(pk=bulletin_id).first()


def named_units(actor: Actor, row: Bulletin) -> Sequence[UUID]:
    """The units a problem of which the text tells: they have the right to reply."""
    del actor
    found = {
        UUID(data["line"])
        for data in row.facts
        if data["part"] in PROBLEMS and data["line"] and data["value"] != "0"
    }
    return sorted(found, key=str)


def reply_of(actor: Actor, row: Bulletin) -> BulletinReply | None:
    """The reply that the actor's own unit is asked for, where the actor heads it; locked."""
    heads = [post.unit_id for post in actor.posts if post.role in {"unit_head", "town_office"}]
    return BulletinReply.objects.select_for_update().filter(bulletin=row, unit__in=heads).first()


def changed_since_shown(actor: Actor, row: Bulletin) -> bool:
    """Whether a paragraph was re-worded since the bulletin was shown; one query."""
    del actor
    entries = Entry.objects.filter(
        jurisdiction=row.jurisdiction, subject_kind="briefs.bulletin", subject_id=row.pk
    ).order_by("-at", "-id")
    verbs = list(entries.values_list("verb", flat=True)[:200])
    edits = verbs.index("briefs.bulletin.edit") if "briefs.bulletin.edit" in verbs else len(verbs)
    shown = verbs.index("briefs.bulletin.show") if "briefs.bulletin.show" in verbs else 0
    return edits < shown


def issue_facts(actor: Actor, today: date, row: Bulletin) -> IssueFacts:
    """What the law must know before a bulletin is issued; one query."""
    replies = list(row.replies.select_related("unit").order_by("unit__path"))
    town = town_to_tell(actor)
    return IssueFacts(
        today=today,
        reply_until=row.reply_until,
        is_leader="leader" in actor.roles and town is not None and town.pk == row.unit_id,
        is_drafter=actor.person_id == row.written_by_id,
        waiting=[one.unit.short_name for one in replies if not one.text],
        unsettled=[one.unit.short_name for one in replies if one.text and not one.outcome],
    )


def told_tasks(actor: Actor, row: Bulletin) -> tuple[frozenset[UUID], frozenset[UUID]]:
    """The items counted as done in time, and all that the text counts."""
    del actor
    rows: dict[str, set[UUID]] = {}
    for data in row.facts:
        rows.setdefault(data["part"], set()).update(UUID(key) for key in data["rows"])
    good = rows.get("on_time", set())
    bad = set().union(*(rows.get(part, set()) for part in PROBLEMS))
    return frozenset(good - bad), frozenset(good | bad)


def rows_told(
    actor: Actor, today: date, row: Bulletin, ids: Sequence[str], start: int
) -> tuple[list[Task], int | None]:
    """The items behind a figure, fifty at a time; a unit is shown its own alone."""
    del today
    keys = [UUID(key) for key in ids]
    found = Task.objects.filter(
        jurisdiction=actor.jurisdiction_id, pk__in=keys, unit__path__gte=row.unit.path
    ).select_related("unit")
    if town_to_tell(actor) is None and "auditor" not in actor.roles:
        mine = Q()
        for post in actor.posts:
            bounds = subtree(post.unit_path)
            mine |= Q(**{f"unit__{name}": value for name, value in bounds.items()})
        found = found.filter(mine) if actor.posts else found.none()
    rows = list(found.order_by("due_on", "id")[start : start + SIZE + 1])
    return rows[:SIZE], start + SIZE if len(rows) > SIZE else None


@dataclass(frozen=True, slots=True)
class BulletinPage:
    """What a page shows beside the text: replies, who may do what, and why it is not issued yet."""

    replies: Sequence[BulletinReply]
    mine: BulletinReply | None
    names: Mapping[UUID | None, str]
    may_edit: bool
    may_show: bool
    may_reply: bool
    may_issue: bool
    fault: Sentence | None


def bulletin_page(actor: Actor, today: date, row: Bulletin) -> BulletinPage:
    """The page of a bulletin that `bulletin_for` gave; a constant number of queries.

    The office, the leaders and the auditor see every reply, a unit its own.
    """
    every = list(row.replies.select_related("unit").order_by("unit__path", "id"))
    town = town_to_tell(actor)
    own = town is not None and town.pk == row.unit_id
    heads = {post.unit_id for post in actor.posts if post.role in {"unit_head", "town_office"}}
    mine = next((one for one in every if one.unit_id in heads), None)
    sees = own or "auditor" in actor.roles or row.state == Bulletin.State.ISSUED
    people: set[Any] = {row.written_by_id, row.approved_by_id}
    people |= {key for one in every for key in (one.replied_by_id, one.settled_by_id)}
    names = Person.objects.filter(jurisdiction=actor.jurisdiction_id, pk__in=people - {None})
    open_ = row.state != Bulletin.State.ISSUED
    shown = row.state == Bulletin.State.SHOWN
    in_time = row.reply_until is not None and today <= row.reply_until
    fault = issue_fault(issue_facts(actor, today, row)) if own and open_ else None
    return BulletinPage(
        replies=every if sees else [one for one in every if one is mine],
        mine=mine,
        names=dict(names.values_list("pk", "name")),
        may_edit=own and open_,
        may_show=own and row.state == Bulletin.State.DRAFT,
        may_reply=mine is not None and shown and in_time and not mine.outcome,
        may_issue=own and shown and fault is None,
        fault=fault,
    )


def asked_of(actor: Actor, today: date) -> Sequence[Bulletin]:
    """Bulletins in which the actor's unit is asked to reply and has not yet; one query."""
    heads = [post.unit_id for post in actor.posts if post.role == "unit_head"]
    waiting = BulletinReply.objects.filter(unit__in=heads, text="").values("bulletin")
    rows = Bulletin.objects.filter(
        jurisdiction=actor.jurisdiction_id,
        pk__in=waiting,
        state=Bulletin.State.SHOWN,
        reply_until__gte=today,
    )
    return list(rows.order_by("reply_until", "id"))
