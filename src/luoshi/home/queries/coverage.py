"""责任空档提醒: what is missing in a plan, from every room that finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from luoshi.adoption import queries as adoption
from luoshi.domain.access import Actor
from luoshi.domain.base import Finding
from luoshi.goals import queries as goals
from luoshi.goals.models import Plan
from luoshi.home.queries.matrix import WHOLE_VIEW
from luoshi.indicators.queries import findings as indicator_findings
from luoshi.ledger.models import Task
from luoshi.ledger.queries import findings as ledger_findings
from luoshi.ledger.queries import visible_tasks
from luoshi.org.queries import visible_unit_ids


def gathered(actor: Actor, today: date, plan: Plan) -> list[Finding]:
    """Everything missing in the plan, from every room that finds: C01 to C16.

    C11 once only, as `adoption` tells it (it leads to the draft). Not narrowed to what the actor
    sees: the plan goes into force as a whole.
    """
    own = [found for found in ledger_findings(actor, today, plan) if found.code != "C11"]
    shared = indicator_findings(actor, today, plan)
    every = [*own, *shared, *adoption.findings(actor, today, plan)]
    return sorted(every, key=lambda found: found.code)


def findings(actor: Actor, today: date, plan: Plan) -> list[Finding]:
    """What is missing in the part of the plan that the actor sees.

    The town's leaders, its office and auditors see all of it; others what concerns their items
    and units. A leader of one town who also works in another sees of that one what is his there.
    """
    found = gathered(actor, today, plan)
    if actor.roles & WHOLE_VIEW and goals.sees_whole(actor, plan):
        return found
    seen = set(visible_tasks(actor, today).filter(plan=plan).values_list("pk", flat=True))
    seen |= set(visible_unit_ids(actor, today))
    return [one for one in found if one.where.kind in {"task", "unit"} and one.where.id in seen]


def counts(actor: Actor, found: Sequence[Finding]) -> list[tuple[str, str, int]]:  # noqa: ARG001
    """Each code with its severity and count, in order of the code."""
    found_codes = Counter((one.code, one.severity) for one in found)
    return [(code, severity, n) for (code, severity), n in sorted(found_codes.items())]


def tasks_of(actor: Actor, today: date, found: Sequence[Finding]) -> Mapping[UUID, Task]:
    """The tasks that findings of a page speak of, for their versions; one query."""
    keys = [one.where.id for one in found if one.where.kind == "task" and one.where.id]
    keys += [
        UUID(str(one.remedy.params["task"]))
        for one in found
        if one.code == "C10" and one.remedy and "task" in one.remedy.params
    ]
    return visible_tasks(actor, today).in_bulk(keys)
