"""Rows of units: which unit a row is, under which it stands, when it begins and ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from luoshi.domain.base import say
from luoshi.org.models import Unit
from luoshi.org.naming import plain
from luoshi.org.roster.cells import Row
from luoshi.org.roster.draft import Draft
from luoshi.org.roster.present import Names, lasts


def judge_units(draft: Draft, rows: Sequence[Row]) -> None:
    """Know every row's unit, then its place among all units, those of the file among them."""
    stand = draft.tree.index()
    known = [(row, _unit(draft, stand, row)) for row in rows]
    names = draft.tree.index()
    for row, unit in known:
        if unit is not None:
            _place(draft, names, row, unit)
    beside = Counter(
        (one.parent_id, plain(one.name))
        for one in draft.after.units.values()
        if lasts(one, draft.today)
    )
    for row, unit in known:
        if unit is not None:
            _look_around(draft, row, unit, beside[unit.parent_id, plain(unit.name)] > 1)


def _unit(draft: Draft, stand: Names, row: Row) -> Unit | None:
    """The unit of a row: by its key, by name and place, or a new one; None where it is unclear."""
    name = row.words("name", 60)
    row.title = name
    if not name:
        row.faults.append(say("org.roster_blank", column=row.head("name")))
        return None
    keys = row.keys()
    found = [draft.after.units[key] for key, _version in keys if key in draft.after.units]
    if keys and not found:
        row.faults.append(say("org.roster_gone"))
        return None
    if found:
        row.stale = keys[0][1] != draft.before.units[keys[0][0]].version
    else:
        found = _by_name(draft, stand, row, name)
    if len(found) > 1:
        row.faults.append(say("org.roster_which_unit", name=name, n=len(found)))
        return None
    unit = found[0] if found else _new(draft, row, name)
    if unit.pk in draft.named:
        row.faults.append(say("org.roster_twice", name=name))
        return None
    draft.named.add(unit.pk)
    row.subject = unit.pk
    if found:
        _change(draft, row, unit, name)
    return unit


def _by_name(draft: Draft, names: Names, row: Row, name: str) -> list[Unit]:
    """Units of exactly this name; where the row names the unit above, only those below it."""
    units = [draft.after.units[key] for key in names.of(name)]
    exact = [one for one in units if one.pk in draft.before.units and plain(name) in
             {plain(one.name), plain(one.short_name)}]  # fmt: skip
    if above := row.text("parent"):
        parents = set(names.of(above))
        return [one for one in exact if one.parent_id in parents or one.parent_id is None]
    return exact


def _new(draft: Draft, row: Row, name: str) -> Unit:
    row.kind = "add"
    kind = row.choice("kind", "unit")
    if not kind and not row.faults:
        row.faults.append(say("org.roster_blank", column=row.head("kind")))
    unit = Unit(
        jurisdiction=draft.jurisdiction,
        kind=kind,
        name=name,
        short_name=row.words("short_name", 20) or name[:20],
        from_on=row.day("from_on") or draft.today,
        to_on=row.day("to_on"),
    )
    draft.after.units[unit.pk] = unit
    return unit


def _change(draft: Draft, row: Row, unit: Unit, name: str) -> None:
    if row.keys():
        draft.put(row, unit, "name", "name", name)
    if short := row.words("short_name", 20):
        draft.put(row, unit, "short_name", "short_name", short)
    draft.fixed(row, "kind", row.choice("kind", "unit"), unit.kind)
    draft.fixed(row, "from_on", row.day("from_on"), unit.from_on)
    last = row.day("to_on")
    if last is not None or row.ends_never("to_on"):
        draft.put(row, unit, "to_on", "to_on", last)


def _place(draft: Draft, names: Names, row: Row, unit: Unit) -> None:
    """Put a unit under the one that its row names."""
    above = row.text("parent")
    fresh = unit.pk not in draft.before.units
    if not above:
        if fresh:
            row.faults.append(say("org.roster_blank", column=row.head("parent")))
        return
    parent = one_unit(names, row, "parent")
    if parent is None:
        return
    if parent == unit.pk or (unit.parent_id is None and not fresh):
        label = draft.after.units[parent].short_name
        row.faults.append(say("org.unit_circle", unit=unit.short_name, under=label))
    elif fresh:
        unit.parent_id = parent
    else:
        draft.put(row, unit, "parent_id", "parent", parent)


def one_unit(names: Names, row: Row, column: str) -> UUID | None:
    """The one unit that a cell names; a fault where it names none, or several."""
    text = row.text(column)
    found = names.of(text)
    if len(found) == 1:
        return found[0]
    if found:
        row.faults.append(say("org.roster_which_unit", name=text[:60], n=len(found)))
    elif text:
        row.faults.append(say("org.roster_no_unit", name=text[:60]))
    else:
        row.faults.append(say("org.roster_blank", column=row.head(column)))
    return None


def _look_around(draft: Draft, row: Row, unit: Unit, namesake: bool) -> None:  # noqa: FBT001
    """What only the whole shows: a circle, a namesake beside it, days out of order."""
    if unit.parent_id is not None and draft.tree.circle(unit.pk):
        under = draft.after.units[unit.parent_id].short_name
        row.faults.append(say("org.unit_circle", unit=unit.short_name, under=under))
    if namesake and (row.kind == "add" or row.changes):
        row.faults.append(say("org.roster_same_name", name=unit.name))
    if unit.to_on is not None and unit.to_on < unit.from_on:
        row.faults.append(say("org.term_ends_before_start", start=unit.from_on, end=unit.to_on))
    if unit.kind == Unit.Kind.TASK_FORCE and unit.to_on is None:
        row.faults.append(say("org.force_needs_end"))
