"""The baseline of a plan: what was meant, as canonical JSON, and what may still be changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from luoshi.domain.base import Finding, Refused, say
from luoshi.domain.cascade import Share
from luoshi.goals.models import Plan, WorkLine
from luoshi.journal.actions import plain


def demand_not_closed(plan: Plan) -> None:
    """A closed year is history: it is read, never rewritten."""
    if plan.state == Plan.State.CLOSED:
        raise Refused(say("goals.plan_closed", year=plan.year))


def share_of(row: Plan | WorkLine) -> int | None:
    """How far a plan or a line is in basis points, by its stored sums; None where nobody spoke."""
    return Share(row.done_sum, row.weight_sum - row.missing_sum).basis_points


TASK_FIELDS = (
    "id", "parent_id", "line_id", "goal_id", "number", "title", "measures", "acceptance",
    "rhythm", "starts_on", "due_on", "target_value", "target_unit", "target_op", "weight",
    "roll_up",
)  # fmt: skip


def content_of(plan: Plan) -> Mapping[str, Any]:
    """The plan as it stands, ready for canonical JSON: goals, lines, notes, tasks, roles.

    Sums and progress are left out: a baseline says what was meant, not how far it went.
    """
    tasks = plan.tasks.order_by("tree", "id")
    roles = tasks.values_list("pk", "assignments__role", "assignments__unit", "assignments__post")
    return {
        "plan": {"id": plan.pk, "unit": plan.unit_id, "year": plan.year, "title": plan.title},
        "goals": list(plan.goals.order_by("position", "id").values("id", "title", "line_id")),
        "lines": list(
            plan.lines.order_by("number").values("id", "number", "name", "leader_post_id")
        ),
        "notes": list(plan.notes.order_by("id").values("id", "kind", "text", "line_id")),
        "tasks": list(tasks.values(*TASK_FIELDS)),
        "roles": [
            row
            for row in roles.filter(assignments__to_on=None).order_by(
                "tree", "assignments__role", "assignments__id"
            )
            if row[1]
        ],
        "milestones": list(
            tasks.filter(milestones__isnull=False)
            .order_by("tree", "milestones__position", "milestones__id")
            .values_list("pk", "milestones__title", "milestones__due_on", "milestones__standard")
        ),
    }


def canonical(content: Mapping[str, Any]) -> tuple[Any, str]:
    """Plain JSON values and the SHA-256 of their canonical text (sorted keys, no spaces, UTF-8)."""
    values = plain(content)
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return values, hashlib.sha256(text.encode()).hexdigest()


def codes_of(findings: Sequence[Finding]) -> tuple[str, ...]:
    """The codes of findings, each once, for a sentence."""
    return tuple(sorted({finding.code for finding in findings}))


def kept(finding: Finding) -> dict[str, Any]:
    """A finding as the snapshot keeps it: code, place, and the sentence as data."""
    where = finding.where
    return {
        "code": finding.code,
        "severity": finding.severity,
        "where": {"kind": where.kind, "id": plain(where.id), "label": where.label},
        "why": {"code": finding.why.code, "params": plain(finding.why.params)},
    }


@dataclass(frozen=True, slots=True)
class Difference:
    """One row that is not as it was approved: added, gone, or other in some fields.

    `fields` holds (field, then, now); a missing value is None, never 0.
    """

    kind: str
    what: str
    key: str
    number: str
    title: str
    fields: tuple[tuple[str, Any, Any], ...] = ()


def compare(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[Difference]:
    """What differs between a baseline and the plan as it stands, both as canonical values.

    Rows are the same where their ids are. Roles and milestones count as fields of their task. The
    same content gives nothing; turned round, what was added is gone and the other way.
    """
    found: list[Difference] = []
    for part in ("goals", "lines", "tasks"):
        before = {row["id"]: row for row in _whole(then, part)}
        after = {row["id"]: row for row in _whole(now, part)}
        for key in [*before, *(key for key in after if key not in before)]:
            old, new = before.get(key), after.get(key)
            row = new or old or {}
            fields = tuple(
                (name, old.get(name), new.get(name))
                for name in row
                if old is not None and new is not None and old.get(name) != new.get(name)
            )
            kind = "added" if old is None else "gone" if new is None else "changed"
            if kind != "changed" or fields:
                title = row.get("title") or row.get("name") or ""
                found.append(Difference(kind, part, key, str(row.get("number", "")), title, fields))
    return found


def _whole(content: Mapping[str, Any], part: str) -> list[dict[str, Any]]:
    """Rows of a part; a task with its roles and milestones as fields of its own."""
    rows = [dict(row) for row in content.get(part, ())]
    if part == "tasks":
        for name in ("roles", "milestones"):
            mine: dict[Any, list[Any]] = {}
            for key, *facts in content.get(name, ()):
                mine.setdefault(key, []).append(facts)
            for row in rows:
                row[name] = sorted(mine.get(row["id"], []), key=str)
    return rows


def named(differences: Sequence[Difference]) -> set[UUID]:
    """Every id that stands in the values of differences: lines, units and posts to be named."""
    found: set[UUID] = set()
    for difference in differences:
        for field, *values in difference.fields:
            if field in {"line_id", "leader_post_id"}:
                found |= {UUID(value) for value in values if value}
            elif field == "roles":
                found |= {UUID(key) for value in values for row in value for key in row[1:] if key}
    return found


def worded(field: str, value: Any, names: Mapping[UUID, str]) -> str:  # noqa: ANN401
    """A value of a baseline in words: ids by name, roles and nodes as a list, missing as ""."""
    if value in (None, "", []):
        return ""
    if field in {"line_id", "leader_post_id"}:
        return names.get(UUID(value), "")
    if field == "roles":
        words = (names.get(UUID(unit or post), "") for _role, unit, post in value if unit or post)
        return "、".join(dict.fromkeys(word for word in words if word))
    if field == "milestones":
        return "；".join(f"{due} {title}" for title, due, _standard in value)
    return str(value)
