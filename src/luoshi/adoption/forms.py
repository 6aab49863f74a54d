"""The table of drafts as one form: which rows, what was typed in them, and what to do."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.forms import ChoiceField, Form, UUIDField
from django.http import QueryDict
from django.utils.dateparse import parse_date

from luoshi.adoption.actions import Measure
from luoshi.adoption.matching import Directory, Ticks
from luoshi.adoption.page import DOUBT, Filter
from luoshi.documents.models import DraftItem
from luoshi.domain.base import Refused, say


@dataclass(frozen=True, slots=True)
class Row:
    """What the form says of one draft: the version it was shown with, and what was typed."""

    draft_id: UUID
    version: int
    fields: dict[str, Any]


def filter_of(query: Mapping[str, str]) -> Filter:
    """The filter that an address asks for; what is not known is left out."""
    section = query.get("section", "")
    kind, state = query.get("kind", ""), query.get("state", "")
    return Filter(
        int(section) if section.isdecimal() and len(section) < 6 else None,
        kind if kind in DraftItem.Kind.values or kind == "all" else "",
        state if state in {*DraftItem.State.values, DOUBT} else "",
    )


def picked(post: QueryDict) -> list[UUID]:
    """The ticked drafts."""
    return [key for key in (_uuid(value) for value in post.getlist("pick")) if key is not None]


def rows(post: QueryDict) -> list[Row]:
    """Every row of the table that can be typed into."""
    found = []
    for name, version in post.items():
        if not name.startswith("v-") or not str(version).isdecimal():
            continue
        key = _uuid(name[2:])
        if key is not None:
            found.append(Row(key, int(str(version)), _fields(post, key)))
    return found


def _fields(post: QueryDict, key: UUID) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    title, kind, due = (post.get(f"{name}-{key}") for name in ("title", "kind", "due"))
    if title is not None:
        fields["title"] = " ".join(title.split())[:400]
    if kind in DraftItem.Kind.values:
        fields["kind"] = kind
    for name in ("measures", "acceptance"):
        if (words := post.get(f"{name}-{key}")) is not None:
            fields[name] = " ".join(words.split())[:400]
    if due is not None:
        fields["due_on"] = day_of(due)
    return fields


def edits(
    post: QueryDict, drafts: Mapping[UUID, DraftItem]
) -> list[tuple[UUID, int, dict[str, Any]]]:
    """The rows in which something was typed that differs from what stands."""
    found = []
    for row in rows(post):
        draft = drafts.get(row.draft_id)
        if draft is None or draft.state != DraftItem.State.DRAFT:
            continue
        changed = {
            name: value for name, value in row.fields.items() if getattr(draft, name) != value
        }
        if changed:
            found.append((row.draft_id, row.version, changed))
    return found


def ticks(post: QueryDict, known: Directory) -> dict[UUID, Ticks]:
    """What was ticked of the proposals, by draft: `role` = draft|role:target."""
    found: dict[UUID, Ticks] = {}
    for value in post.getlist("role"):
        draft, _, proposal = value.partition("|")
        key = _uuid(draft)
        if key is not None:
            found.setdefault(key, Ticks()).add(proposal, known)
    return found


def measures(post: QueryDict, lines: int, units: Container[str]) -> list[Measure]:
    """The lines in which anything was typed; each needs its words, a lead unit and a due date."""
    found = []
    for number in range(lines):
        title, unit, due = (
            post.get(f"{name}-{number}", "").strip() for name in ("title", "unit", "due")
        )
        if not (title or unit or due):
            continue
        key, day = _uuid(unit) if unit in units else None, day_of(due)
        if not title or key is None or day is None:
            raise Refused(say("adoption.measure_half"))
        found.append(Measure(title[:400], key, day))
    return found


def day_of(text: str) -> date | None:
    """A day as typed (2026-06-30), None for an empty field; anything else is refused in words."""
    if not text.strip():
        return None
    try:
        day = parse_date(text.strip())
    except ValueError:
        day = None
    if day is None:
        raise Refused(say("adoption.no_day", text=text[:20]))
    return day


def number(text: str) -> int | None:
    """A whole number as typed, or None."""
    return int(text) if text.isdecimal() and len(text) < 10 else None


def carried(post: QueryDict, without: Sequence[str]) -> list[tuple[str, str]]:
    """Every field of the form but some, to be sent once more from the page that asks back."""
    return [(name, value) for name in post for value in post.getlist(name) if name not in without]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


class SameForm(Form):
    """Two drafts, and what a person says of them: one item, or two."""

    first = UUIDField()
    second = UUIDField()
    say = ChoiceField(choices=[("same", ""), ("apart", ""), ("again", "")], required=False)
