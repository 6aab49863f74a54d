"""Units and what binds them: founded, added, changed, moved, linked; their own working days."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.db.models import Max
from uuid6 import uuid7

from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, say
from luoshi.journal.actions import Written, created, record, write
from luoshi.org.actions.asking import must_administer, unit_of
from luoshi.org.models import CalendarDay, Term, Unit, UnitLink, child_path, subtree
from luoshi.org.queries import holds
from luoshi.org.registry import carried
from luoshi.store.rows import save


def new_id() -> UUID:
    """A fresh time-ordered key, for a jurisdiction that does not exist yet."""
    return uuid7()


@write("org.unit.founded")
def found_jurisdiction(*, actor: Actor, today: date, name: str, key: str = "") -> Written:
    """Make the root unit of a jurisdiction: a county, or a town that stands alone.

    The actor is the system of the new jurisdiction; the root's id is the jurisdiction's.
    """
    must_administer(actor)
    root = Unit(
        id=actor.jurisdiction_id,
        jurisdiction=actor.jurisdiction_id,
        path=child_path(None, 1),
        kind=Unit.Kind.COUNTY,
        name=name,
        short_name=name[:20],
        from_on=today,
    )
    root.save(force_insert=True)
    record(root, created(root), unit_id=root.pk)
    return Written("org.unit", root.pk, 1)


@write("org.unit.added")
def add_unit(
    *,
    actor: Actor,
    today: date,
    parent_id: UUID,
    kind: str,
    name: str,
    short_name: str = "",
    from_on: date | None = None,
    to_on: date | None = None,
    key: str = "",
) -> Written:
    """Add a unit below another, at the next free segment of its path.

    A 专班 ends: without a last day it is refused.
    """
    must_administer(actor)
    if kind == Unit.Kind.TASK_FORCE and to_on is None:
        raise Refused(say("org.force_needs_end"))
    _demand_order(from_on or today, to_on)
    parent = unit_of(actor, parent_id)
    number = _next_number(parent)
    unit = Unit.objects.create(
        jurisdiction=actor.jurisdiction_id,
        parent=parent,
        path=child_path(parent, number),
        kind=kind,
        name=name,
        short_name=short_name or name[:20],
        position=number,
        from_on=from_on or today,
        to_on=to_on,
    )
    record(unit, created(unit), unit_id=unit.pk)
    return Written("org.unit", unit.pk, 1)


def _next_number(parent: Unit) -> int:
    last = parent.children.aggregate(last=Max("path"))["last"]
    return int(last.rstrip("/").rsplit("/", 1)[-1], 16) + 1 if last else 1


def _demand_order(start: date, end: date | None) -> None:
    if end is not None and end < start:
        raise Refused(say("org.term_ends_before_start", start=start, end=end))


@write("org.unit.changed")
def change_unit(
    *,
    actor: Actor,
    today: date,
    unit_id: UUID,
    version: int,
    name: str,
    short_name: str,
    to_on: date | None = None,
    key: str = "",
) -> Written:
    """Rename a unit or end it; raises Stale when somebody else saved first.

    A unit that still carries duties, has units below it or posts that are held is not ended: the
    refusal says what has to be handed over first. An end that stood already may be moved.
    """
    must_administer(actor)
    unit = unit_of(actor, unit_id)
    _demand_order(unit.from_on, to_on)
    if to_on is not None and unit.to_on is None:
        demand_handed_over(unit, to_on)
    changes = save(unit, version, name=name, short_name=short_name, to_on=to_on)
    if not changes:
        return Written("org.unit", unit.pk, -1)
    record(unit, changes, unit_id=unit.pk)
    return Written("org.unit", unit.pk, unit.version)


def demand_handed_over(unit: Unit, last_day: date) -> None:
    """Refuse the end of a unit that still carries something after its last day."""
    after = last_day + timedelta(days=1)
    below = [row.short_name for row in unit.children.filter(holds(after)).order_by("path")[:5]]
    if below:
        raise Refused(say("org.unit_has_units", units=tuple(below)))
    posts = list(unit.posts.filter(holds(after)))
    held = Term.objects.filter(holds(after), post__in=posts).count()
    if held:
        raise Refused(say("org.unit_has_people", n=held))
    carrying = carried([unit.pk], [post.pk for post in posts])
    if carrying:
        raise Refused(carrying[0])


@write("org.unit.moved")
def move_unit(
    *, actor: Actor, today: date, unit_id: UUID, parent_id: UUID, version: int, key: str = ""
) -> Written:
    """Put a unit with all below it under another; posts, people and duties go with it.

    A unit never stands below itself: such a circle is refused. Rights follow the new place at once.
    """
    must_administer(actor)
    unit, parent = unit_of(actor, unit_id), unit_of(actor, parent_id)
    if parent.path.startswith(unit.path) or unit.parent_id is None:
        raise Refused(say("org.unit_circle", unit=unit.short_name, under=parent.short_name))
    if unit.parent_id == parent.pk:
        return Written("org.unit", unit.pk, -1)
    old, new = unit.path, child_path(parent, _next_number(parent))
    rows = list(
        Unit.objects.filter(jurisdiction=unit.jurisdiction, **subtree(old)).exclude(pk=unit.pk)
    )
    changes = save(unit, version, parent_id=parent.pk, path=new)
    for row in rows:
        row.path = new + row.path.removeprefix(old)
    Unit.objects.bulk_update(rows, ["path"], batch_size=500)
    record(unit, changes, unit_id=unit.pk)
    return Written("org.unit", unit.pk, unit.version, {"below": len(rows)})


@write("org.link.ended")
def end_link(
    *, actor: Actor, today: date, link_id: UUID, version: int, to_on: date, key: str = ""
) -> Written:
    """End a bond of two units on a day; what was seen through it is no longer seen."""
    must_administer(actor)
    link = UnitLink.objects.filter(jurisdiction=actor.jurisdiction_id, pk=link_id).first()
    if link is None:
        raise Refused(say("org.no_such_row"))
    _demand_order(link.from_on, to_on)
    record(link, save(link, version, to_on=to_on), unit_id=link.to_unit_id)
    return Written("org.unitlink", link.pk, link.version)


@write("org.link.made")
def link_units(
    *,
    actor: Actor,
    today: date,
    from_unit_id: UUID,
    to_unit_id: UUID,
    kind: str,
    from_on: date | None = None,
    to_on: date | None = None,
    key: str = "",
) -> Written:
    """Bind two units beside the tree (专班, 包联, dual, 片区), with an end if it has one."""
    must_administer(actor)
    start, end = unit_of(actor, from_unit_id), unit_of(actor, to_unit_id)
    _demand_order(from_on or today, to_on)
    same = UnitLink.objects.filter(holds(from_on or today), from_unit=start, to_unit=end, kind=kind)
    if start.pk == end.pk or same.exists():
        raise Refused(say("org.link_again", unit=start.short_name, other=end.short_name))
    link = UnitLink.objects.create(
        jurisdiction=actor.jurisdiction_id,
        from_unit=start,
        to_unit=end,
        kind=kind,
        from_on=from_on or today,
        to_on=to_on,
    )
    record(link, created(link), unit_id=end.pk)
    return Written("org.unitlink", link.pk, 1)


@write("org.calendar.day_set")
def set_calendar_day(
    *,
    actor: Actor,
    today: date,
    unit_id: UUID,
    day: date,
    works: bool,
    why: str,
    key: str = "",
) -> Written:
    """Say that a unit works, or does not, on a day, whatever the national calendar says."""
    must_administer(actor)
    unit = unit_of(actor, unit_id)
    row, _new = CalendarDay.objects.update_or_create(
        jurisdiction=actor.jurisdiction_id,
        unit=unit,
        day=day,
        defaults={"works": works, "why": why},
    )
    record(row, {"day": (None, day), "works": (None, works)}, unit_id=unit.pk, reason=why)
    return Written("org.calendarday", row.pk, 1)
