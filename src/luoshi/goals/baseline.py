"""The baseline of a plan: what was meant, as canonical JSON, and what may still be changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

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
