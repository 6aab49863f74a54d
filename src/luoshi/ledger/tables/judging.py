"""Small judgements on one row: its key, its roles before and after, what of it is not taken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from luoshi.domain.base import Sentence, say
from luoshi.domain.tables import Line, text_of
from luoshi.ledger.carrying import Roles
from luoshi.ledger.models import Task
from luoshi.ledger.tables.fields import Read


def first_text(line: Line) -> str:
    """What a row that is left out says first."""
    return next((text for cell in line.cells if (text := text_of(cell))), "")[:60]


def not_taken(what: str, label: str, number: str, new: str) -> Sentence:
    """Why the change of a cell is none: what the ledger keeps itself is told, never passed over."""
    match what:
        case "progress" | "share":
            return say("tables.not_taken_progress", column=label)
        case "group":
            return say("tables.not_taken_group", column=label)
        case "unit":
            return say("tables.not_taken_unit", column=label)
        case _:
            return say("tables.not_taken_number", column=label, old=number, new=new[:20])


def says_progress(task: Task, words: str, text: str) -> bool:
    """Whether a cell of progress is as some export of ours wrote it: state, share, last words."""
    return (words != "" and words in text) or text.startswith(f"{Task.State(task.state).label}，")


def key_of(text: str) -> tuple[UUID | None, int]:
    """The key and the version of a row that was printed."""
    key, _, version = text.partition(":")
    try:
        return UUID(key.strip()), int(version) if version.isdigit() and len(version) < 9 else 0
    except ValueError:
        return None, 0


def roles_new(found: Read) -> Roles:
    """Who carries a new item, as its row names them."""
    lead = found.roles.get("lead_unit")
    others = (*found.roles.get("with_lead", ()), *found.roles.get("supporting", ()))
    return Roles(
        lead_leader=found.roles.get("lead_leader"),
        lead_unit=lead,
        supporting=tuple(dict.fromkeys(unit for unit in others if unit != lead)),
        owner=found.roles.get("owner"),
    )


def roles_changed(before: Roles, found: Read, *, alone: bool) -> Roles:
    """The roles after the cells that changed; what no changed cell speaks of stays."""
    said: Mapping[str, Any] = found.roles
    lead = said.get("lead_unit", before.lead_unit) if "lead_unit" in said else before.lead_unit
    others = before.supporting
    if "supporting" in said:
        others = said["supporting"]
    elif "with_lead" in said and alone:
        others = said["with_lead"]
    others = (*others, *(said.get("with_lead", ()) if not alone else ()))
    return Roles(
        lead_leader=said.get("lead_leader", before.lead_leader),
        lead_unit=lead,
        supporting=tuple(dict.fromkeys(unit for unit in others if unit != lead)),
        owner=said.get("owner", before.owner),
    )
