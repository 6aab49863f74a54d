"""The job that makes the contracts of all units: one unit after the other, progress in between."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from luoshi.briefs import actions
from luoshi.briefs.contracts import CONTRACTS_JOB, draft_of, pieces_of, units_of
from luoshi.domain.access import Actor
from luoshi.files import actions as files
from luoshi.goals.models import Plan
from luoshi.jobs.actions import Progress, handler
from luoshi.jobs.models import Job
from luoshi.office.paper import pieces_in_child


@handler(CONTRACTS_JOB)
def make_contracts(job: Job, progress: Progress) -> Mapping[str, Any]:
    """A contract with its paper for every unit asked for; keyed by plan and unit: safe to repeat.

    Cancelled between two units: those made so far stay.
    """
    actor = Actor.system(job.jurisdiction)
    today = date.fromisoformat(job.payload["today"])
    plan = Plan.objects.select_related("unit").get(
        pk=job.payload["plan_id"], jurisdiction=job.jurisdiction
    )
    units = units_of(actor, today, plan, job.payload.get("kinds", ()))
    outside = bare = 0
    for number, unit in enumerate(units):
        progress(number, len(units))
        draft = draft_of(plan, unit)
        if not draft.items:
            bare += 1  # a paper without a duty is not worth a signature
            continue
        data = pieces_in_child(draft.title, pieces_of(plan, unit, draft.items), "", today)
        screened = files.screen(
            actor=actor, today=today, unit_id=unit.pk, name=f"{draft.title}.docx", data=data
        )
        actions.keep_contract(
            actor=actor, today=today, now=timezone.now(), plan=plan, draft=draft, screened=screened
        )
        outside += len(draft.outside)
    progress(len(units), len(units))
    return {"plan_id": str(plan.pk), "units": len(units), "outside": outside, "bare": bare}
