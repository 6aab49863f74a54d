"""A dry run: every row of the file against the organisation as it stands, and what would follow."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from luoshi.domain.access import Actor
from luoshi.domain.base import Sentence, say
from luoshi.domain.tables import Grid, blank, text_of
from luoshi.org.models import Person, Post, Unit
from luoshi.org.registry import carried
from luoshi.org.roster.cells import Row
from luoshi.org.roster.draft import Draft
from luoshi.org.roster.heads import Layout
from luoshi.org.roster.links import judge_links
from luoshi.org.roster.people import People
from luoshi.org.roster.posts import Posts
from luoshi.org.roster.present import Present, lasts
from luoshi.org.roster.units import judge_units

MOST = 5_000
"""Rows of one file: more is refused in words."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a file says of each row, and the organisation as it would be."""

    rows: Sequence[Row]
    draft: Draft

    @property
    def counts(self) -> Mapping[str, int]:
        """Rows by what happens to them."""
        return Counter(row.kind for row in self.rows)

    @property
    def digest(self) -> str:
        """What a person confirms: the same rows with the same outcome."""
        told = [
            [row.sheet, row.number, row.kind, row.title, row.changes, [f.code for f in row.faults]]
            for row in self.rows
        ]
        text = json.dumps(told, ensure_ascii=False)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def dry_run(actor: Actor, today: date, grids: Sequence[Grid], layouts: Sequence[Layout]) -> Run:
    """Judge all rows: units first, then posts with their people, bonds, and at last what ends.

    Nothing is written. Five queries, and some for every unit or post that would end.
    """
    draft = Draft.of(Present.of(actor), actor.jurisdiction_id, today)
    rows = [
        row
        for number, (grid, layout) in enumerate(zip(grids, layouts, strict=True))
        for row in _rows(number, grid, layout)
    ]
    forms: dict[str, list[Row]] = {}
    for row in rows:
        forms.setdefault(row.form, []).append(row)
    judge_units(draft, forms.get("units", []))
    names = draft.tree.index()
    Posts(draft, names, People(draft)).judge(forms.get("posts", []))
    judge_links(draft, names, forms.get("links", []))
    _judge_ends(draft, rows)
    for row in rows:
        if row.stale and row.changes:
            row.faults.append(say("org.roster_stale"))
        if row.faults:
            row.kind = "refused"
        elif row.kind == "same" and row.changes:
            row.kind = "change"
    return Run(rows, draft)


def _rows(sheet: int, grid: Grid, layout: Layout) -> list[Row]:
    """The filled rows below a sheet's header."""
    if not layout.kind:
        return []
    head = [text_of(cell) for cell in grid.rows[layout.first]]
    at = {field: place for place, field in enumerate(layout.fields) if field}
    heads = {field: head[place] for field, place in at.items()}
    found = []
    for place, cells in enumerate(grid.rows[layout.first + 1 :], layout.first + 1):
        said = {field: cells[column] for field, column in at.items() if column < len(cells)}
        if any(not blank(text_of(value)) for value in said.values()):
            found.append(Row(sheet, layout.kind, grid.number(place), said, heads))
    return found


def _judge_ends(draft: Draft, rows: Sequence[Row]) -> None:
    """A unit or post that would end is asked what stands on it; the answer stays with its row."""
    asked = {row.subject: row for row in reversed(rows)}
    for before, fields in draft.changed():
        last, row = fields.get("to_on"), asked.get(before.pk)
        if last is None or row is None or isinstance(before, Person) or before.to_on is not None:
            continue
        why = None
        if isinstance(before, Unit):
            why = _unit_ends(draft, before, last)
        elif isinstance(before, Post):
            why = _post_ends(draft, before, last)
        if why is not None:
            row.faults.append(why)


def _unit_ends(draft: Draft, unit: Unit, last: date) -> Sentence | None:
    after = last + timedelta(days=1)
    below = [
        one.short_name for one in draft.after.units.values()
        if one.parent_id == unit.pk and lasts(one, after)
    ]  # fmt: skip
    if below:
        return say("org.unit_has_units", units=tuple(below[:5]))
    posts = {
        one.pk for one in draft.after.posts.values() if one.unit_id == unit.pk and lasts(one, after)
    }
    held = sum(term.post_id in posts and lasts(term, after) for term in draft.after.terms.values())
    if held:
        return say("org.unit_has_people", n=held)
    return next(iter(carried([unit.pk], list(posts))), None)


def _post_ends(draft: Draft, post: Post, last: date) -> Sentence | None:
    after = last + timedelta(days=1)
    if any(t.post_id == post.pk and lasts(t, after) for t in draft.after.terms.values()):
        return say("org.post_is_held", post=post.title)
    return next(iter(carried([], [post.pk])), None)
