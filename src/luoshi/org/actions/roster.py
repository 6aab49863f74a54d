"""The organisation from a table: kept until decided, written whole or not at all, taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import ProtectedError

from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, say
from luoshi.journal.actions import Written, created, plain, record, write
from luoshi.office.cells import unpack_grids
from luoshi.org.actions.asking import must_administer, must_appoint
from luoshi.org.models import Person, Post, RosterImport, Term, Unit, UnitLink, child_path, subtree
from luoshi.org.registry import carried
from luoshi.org.roster.draft import One
from luoshi.org.roster.heads import layout_of
from luoshi.org.roster.judging import Run, dry_run
from luoshi.store.rows import save

FORGET_AFTER = timedelta(days=7)
"""A table that nobody decided on is forgotten after so long; its names are gone."""
CHUNK = 500
MODELS: Mapping[str, type[One]] = {
    "unit": Unit, "person": Person, "post": Post, "term": Term, "unitlink": UnitLink,
}  # fmt: skip
"""In the order of writing; taken back the other way round."""
_ADDED = {
    "unit": "org.unit.added", "person": "org.person.added", "post": "org.post.added",
    "term": "org.term.begun", "unitlink": "org.link.made",
}  # fmt: skip
_CHANGED = {
    "unit": "org.unit.changed", "person": "org.person.changed", "post": "org.post.changed",
    "term": "org.term.ended", "unitlink": "org.link.ended",
}  # fmt: skip


@write("org.upload.refuse")
def note_marking(*, actor: Actor, today: date, marking: str) -> Written:
    """Journal that a marked file was refused: the kind of marking, the person, the time (R71)."""
    root = Unit.objects.get(pk=actor.jurisdiction_id)
    record(root, {"marking": (None, marking)}, unit_id=root.pk)
    return Written("org.unit", root.pk, root.version)


@write("org.roster.read")
def read_roster(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    name: str,
    content: bytes,
    setup: Sequence[Mapping[str, Any]],
    key: str = "",
) -> Written:
    """Keep the cells of a table that passed the gate until its person decides.

    What the same person left undecided for a week is forgotten on the way.
    """
    must_administer(actor)
    must_appoint(actor)  # a table brings people and their posts
    old = RosterImport.objects.filter(
        jurisdiction=actor.jurisdiction_id,
        added_by_id=actor.person_id,
        state=RosterImport.State.OPEN,
        added_at__lt=now - FORGET_AFTER,
    )
    for row in old.defer("content"):
        record(row, _leave(row), verb="org.roster.drop", at=now)
    table = RosterImport(
        jurisdiction=actor.jurisdiction_id,
        name=name[:200],
        content=content,
        setup=[dict(one) for one in setup],
        added_by_id=actor.person_id,
        added_at=now,
    )
    table.save(force_insert=True)
    record(table, {"name": (None, table.name)}, at=now)
    return Written("org.rosterimport", table.pk, table.version)


@write("org.roster.map")
def map_roster(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    table: RosterImport,
    version: int | None,
    setup: Sequence[Mapping[str, Any]],
    key: str = "",
) -> Written:
    """Take a person's word for what sheets and columns are."""
    _demand_open(actor, table)
    changes = save(table, version, setup=[dict(one) for one in setup])
    record(table, {"setup": (None, len(setup))} if changes else {}, at=now)
    return Written("org.rosterimport", table.pk, table.version)


@write("org.roster.drop")
def drop_roster(
    *, actor: Actor, today: date, now: datetime, table: RosterImport, key: str = ""
) -> Written:
    """Leave a table: nothing was written, and its cells are forgotten."""
    _demand_open(actor, table)
    record(table, _leave(table), at=now)
    return Written("org.rosterimport", table.pk, table.version)


def _leave(table: RosterImport) -> Mapping[str, Any]:
    changes = save(table, None, state=RosterImport.State.DROPPED.value, content=b"")
    return {"state": changes["state"]}


def _demand_open(actor: Actor, table: RosterImport) -> None:
    must_administer(actor)
    must_appoint(actor)  # a table brings people and their posts
    if table.state != RosterImport.State.OPEN or table.added_by_id != actor.person_id:
        raise Refused(say("org.roster_closed"))


@write("org.roster.import")
def write_roster(
    *, actor: Actor, today: date, now: datetime, table: RosterImport, digest: str, key: str = ""
) -> Written:
    """Write the rows that a person confirmed: all or none, one journal entry a subject.

    The rows are judged again inside the transaction: where the organisation moved since the report
    nothing is written, and where one row is refused nothing is.
    """
    row = RosterImport.objects.select_for_update().get(pk=table.pk)
    _demand_open(actor, row)
    grids = unpack_grids(row.content)
    run = dry_run(actor, today, grids, [layout_of(one) for one in row.setup])
    if run.counts.get("refused"):
        raise Refused(say("org.roster_refused", n=run.counts["refused"]))
    if run.digest != digest:
        raise Refused(say("org.roster_moved"))
    if not run.counts.get("add") and not run.counts.get("change"):
        raise Refused(say("org.roster_nothing"))
    done = _write(run, now)
    save(row, None, state=RosterImport.State.DONE.value, done_at=now, content=b"", done=plain(done))
    counts = {name: run.counts.get(name, 0) for name in ("add", "change")}
    record(row, {name: (None, n) for name, n in counts.items()}, at=now)
    return Written("org.rosterimport", row.pk, row.version, counts)


def _write(run: Run, now: datetime) -> dict[str, Any]:
    """Changes first, so that an ended term makes room; then new rows in bulk, then the paths."""
    homes = {post.pk: post.unit_id for post in run.draft.after.posts.values()}
    changed = []
    for row, fields in run.draft.changed():
        kind = _kind(row)
        told = save(row, None, **fields)
        shown = {"phone": (None, "changed")} if kind == "person" else told
        record(row, shown, unit_id=_unit_id(row, homes), verb=_CHANGED[kind], at=now)
        before = {} if kind == "person" else {name: pair[0] for name, pair in told.items()}
        changed.append([kind, row.pk, row.version, before])
    fresh: dict[str, list[One]] = {name: [] for name in MODELS}
    for row in run.draft.fresh():
        fresh[_kind(row)].append(row)
    _add_units([row for row in fresh["unit"] if isinstance(row, Unit)])
    for kind, rows in fresh.items():
        if kind != "unit":
            MODELS[kind]._base_manager.bulk_create(rows, batch_size=500)  # type: ignore[arg-type]
        for row in rows:
            told = {"added": (None, True)} if kind == "person" else created(row)
            record(row, told, unit_id=_unit_id(row, homes), verb=_ADDED[kind], at=now)
    place_units(run.draft.jurisdiction)
    added = {kind: [row.pk for row in rows] for kind, rows in fresh.items()}
    return {"added": added, "changed": changed}


def _add_units(fresh: Sequence[Unit]) -> None:
    """New units in the order of the tree, each at the next free place below its parent."""
    waiting = {unit.pk for unit in fresh}
    rest = list(fresh)
    while rest:
        ready = [unit for unit in rest if unit.parent_id not in waiting]
        for unit in ready:
            assert unit.parent_id is not None, "the law lets no unit in without one above"
            parent = Unit.objects.get(pk=unit.parent_id)
            number = _free(parent)
            unit.path, unit.position = child_path(parent, number), number
            unit.save(force_insert=True)
            waiting.discard(unit.pk)
        rest = [unit for unit in rest if unit.pk in waiting]


def _free(parent: Unit) -> int:
    rows = Unit.objects.filter(jurisdiction=parent.jurisdiction, **subtree(parent.path))
    return _last(rows.values_list("path", flat=True), parent.path) + 1


def _last(paths: Iterable[str], above: str) -> int:
    """The highest number that is taken right below a path."""
    return max(
        (
            int(path[len(above) :].split("/")[0], 16)
            for path in paths
            if path.startswith(above) and path != above
        ),
        default=0,
    )


def place_units(jurisdiction: UUID) -> None:
    """Give a path to whoever stands under another parent than the path says, and to all below.

    A moved unit takes the next free place, so that no two paths ever meet while they are written.
    """
    units = list(Unit.objects.filter(jurisdiction=jurisdiction).order_by("path"))
    below: dict[UUID | None, list[Unit]] = {}
    for unit in units:
        below.setdefault(unit.parent_id, []).append(unit)
    moved: list[Unit] = []
    taken = [unit.path for unit in units]

    def walk(parent: Unit, was: str) -> None:
        last = _last(taken, was)
        for unit in below.get(parent.pk, ()):
            old = unit.path
            stays = old.startswith(was) and old.count("/") == was.count("/") + 1
            if stays:
                unit.path = parent.path + old.removeprefix(was)
            else:
                last += 1
                unit.path = child_path(parent, last)
            if unit.path != old:
                moved.append(unit)
            walk(unit, old)

    for root in below.get(None, ()):
        walk(root, root.path)
    Unit.objects.bulk_update(moved, ["path"], batch_size=500)


@write("org.roster.undo")
def undo_roster(
    *, actor: Actor, today: date, now: datetime, table: RosterImport, key: str = ""
) -> Written:
    """Take a written table back: new rows deleted, changed ones as they were; all or none.

    Refused once anything was done with a row: an account opened, a duty given, another change.
    """
    must_administer(actor)
    must_appoint(actor)  # a table brings people and their posts
    row = RosterImport.objects.select_for_update().get(pk=table.pk)
    if row.state != RosterImport.State.DONE or row.added_by_id != actor.person_id:
        raise Refused(say("org.roster_closed"))
    added = {kind: [UUID(one) for one in keys] for kind, keys in row.done["added"].items()}
    if carried(added["unit"], added["post"]):
        raise Refused(say("org.roster_used"))
    homes = dict(Post.objects.filter(jurisdiction=row.jurisdiction).values_list("pk", "unit_id"))
    try:
        for kind in reversed(list(MODELS)):
            _take_away(kind, added[kind], homes, now)
    except ProtectedError as error:
        raise Refused(say("org.roster_used")) from error
    for kind, key_of, version, before in row.done["changed"]:
        _give_back((kind, UUID(key_of), version), before, homes, now)
    place_units(row.jurisdiction)
    changes = save(row, None, state=RosterImport.State.UNDONE.value, done={})
    record(row, {"state": changes["state"]}, at=now)
    return Written("org.rosterimport", row.pk, row.version)


def _take_away(kind: str, keys: Sequence[UUID], homes: Mapping[UUID, UUID], now: datetime) -> None:
    """Delete the rows of one kind, units from the leaves up; one that was changed stops the whole.

    A path that only others' moves changed does not count as a change: the version tells.
    """
    rows: list[One] = []
    for start in range(0, len(keys), CHUNK):
        rows += MODELS[kind]._base_manager.filter(pk__in=keys[start : start + CHUNK])
    if len(rows) != len(keys) or any(one.version != 1 for one in rows):
        raise Refused(say("org.roster_used"))
    for one in rows:
        told = {} if kind == "person" else {name: (b, a) for name, (a, b) in created(one).items()}
        record(one, told, unit_id=_unit_id(one, homes), verb="org.roster.withdraw", at=now)
    depths: dict[int, list[UUID]] = {}
    for one in rows:
        depths.setdefault(len(getattr(one, "path", "")), []).append(one.pk)
    for depth in sorted(depths, reverse=True):
        level = depths[depth]  # a unit protects the unit above it
        for start in range(0, len(level), CHUNK):
            MODELS[kind]._base_manager.filter(pk__in=level[start : start + CHUNK]).delete()


def _give_back(
    of: tuple[str, UUID, int],
    before: Mapping[str, Any],
    homes: Mapping[UUID, UUID],
    now: datetime,
) -> None:
    """A changed row says again what it said before the table; a phone filled in is taken out."""
    kind, key, version = of
    row = MODELS[kind]._base_manager.filter(pk=key).first()
    if row is None or row.version != version:
        raise Refused(say("org.roster_used"))
    fields = {"phone": ""} if kind == "person" else {
        name: _typed(name, value) for name, value in before.items()
    }  # fmt: skip
    told = save(row, None, **fields)
    shown = {"phone": (None, "changed")} if kind == "person" else told
    record(row, shown, unit_id=_unit_id(row, homes), verb=_CHANGED[kind], at=now)


def _typed(name: str, value: Any) -> Any:  # noqa: ANN401 - JSON in, a field's value out
    if value is None:
        return None
    if name.endswith("_on"):
        return date.fromisoformat(value)
    return UUID(value) if name.endswith("_id") else value


def _kind(row: One) -> str:
    return row._meta.model_name or ""


def _unit_id(row: One, homes: Mapping[UUID, UUID]) -> UUID | None:
    match row:
        case Unit():
            return row.pk
        case Post():
            return row.unit_id
        case Term():
            return homes.get(row.post_id)
        case UnitLink():
            return row.to_unit_id
        case _:
            return None
