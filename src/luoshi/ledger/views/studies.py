"""高级: a plan levelled by its hands, the odds of its deadlines; asked, watched, taken or left."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luoshi.domain.base import Refused
from luoshi.goals import queries as goals
from luoshi.goals.models import Plan
from luoshi.jobs import actions as jobs
from luoshi.jobs.models import Job
from luoshi.ledger.actions import hands as actions
from luoshi.ledger.models import Task
from luoshi.ledger.moves import read_versions
from luoshi.ledger.outlook import outlook_of
from luoshi.ledger.queries import hands as queries
from luoshi.ledger.queries.facts import may_write
from luoshi.ledger.queries.levelled import levelled
from luoshi.ledger.queries.reckoning import ground_of
from luoshi.ledger.queries.scope import task_for
from luoshi.ledger.studies import (
    DRAWS,
    LEVEL_JOB,
    ODDS_JOB,
    SECONDS,
    SEED,
    gap_of,
    live_of,
    odds_installed,
    solver_installed,
)
from luoshi.ledger.views.common import do, plan_asked, who
from luoshi.ui.guard import actor_required
from luoshi.ui.sentences import tell

KINDS = {"level": LEVEL_JOB, "odds": ODDS_JOB}


@actor_required
@require_GET
def advanced(request: HttpRequest) -> HttpResponse:
    """What two studies tell, what they need, and what was reckoned last."""
    actor, today = who(request)
    plan, root, here = plan_asked(request, request.GET)
    ground = ground_of(actor, today, plan)
    known = queries.hands_of(actor, plan)
    mine = queries.studies_of(actor, plan)
    context = {
        "plan": plan,
        "root": root,
        "here": here,
        "hands": len(known.rows),
        "points": queries.has_points(actor, ground, root),
        "level": mine.get(LEVEL_JOB),
        "odds": mine.get(ODDS_JOB),
        "seconds": SECONDS,
        "solver": solver_installed(),
        "can_draw": odds_installed(),
        "may": may_write(actor, "plan", (root.unit if root else plan.unit)),
        "may_level": may_write(actor, "plan", plan.unit),
        "draws": DRAWS,
        "seed": SEED,
    }
    return render(request, "ledger/advanced.html", context)


@actor_required
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Ask the worker; the page of the study shows how far it is."""
    plan, root, here = plan_asked(request, request.POST)
    try:
        done = do(
            request,
            actions.ask_study,
            plan=plan,
            root=root,
            kind=KINDS.get(request.POST.get("kind", ""), ""),
            wishes=request.POST.dict(),
        )
    except Refused as refused:
        messages.error(request, tell(refused.why))
        return redirect(f"{reverse('ledger:advanced')}?{here}")
    return redirect("ledger:study", done.id)


def _own(request: HttpRequest, key: UUID) -> tuple[Job, Plan, Task | None]:
    """A person's own study with its plan and item, as far as both may still be read."""
    actor, today = who(request)
    job = queries.study_of(actor, key)
    plan = goals.plan_for(actor, today, UUID(job.payload["plan_id"])) if job else None
    if job is None or plan is None:
        raise Http404
    root_id = job.payload.get("root_id")
    root = task_for(actor, today, UUID(root_id)) if root_id else None
    if root_id and root is None:
        raise Http404
    return job, plan, root


@actor_required
@require_http_methods(["GET", "POST"])
def study(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """How far a study is, then what it says; a levelled plan sent back is taken in one act."""
    job, plan, root = _own(request, job_id)
    refusal, status = "", 200
    if request.method == "POST":
        try:
            return _taken(request, job, plan)
        except Refused as refused:
            refusal, status = tell(refused.why), 422
    context = _told(request, job, plan, root) | {"refusal": refusal}
    return render(request, "ledger/study.html", context, status=status)


def _taken(request: HttpRequest, job: Job, plan: Plan) -> HttpResponse:
    actor, today = who(request)
    if job.kind != LEVEL_JOB:
        raise Http404
    seen = levelled(actor, today, plan, job)
    done = do(
        request,
        actions.take_levelled,
        plan=plan,
        proposal=seen.proposal,
        moves=seen.moves,
        versions=read_versions(request.POST.dict()),
        earlier=job.payload["earlier"],
        reason=request.POST.get("reason", "").strip()[:300],
    )
    messages.success(
        request, _("已按人手调整%(n)s项的开始日期，结论已重新推算。") % {"n": done.facts["n"]}
    )
    return redirect(f"{reverse('ledger:timetable')}?plan={plan.pk}")


def _told(request: HttpRequest, job: Job, plan: Plan, root: Task | None) -> dict[str, Any]:
    actor, today = who(request)
    going = job.finished_at is None
    here = f"task={root.pk}" if root else f"plan={plan.pk}"
    context = {
        "job": job,
        "plan": plan,
        "root": root,
        "here": here,
        "going": going,
        "live": live_of(job),
        "gap": gap_of(live_of(job) if going else job.result),
        "levels": job.kind == LEVEL_JOB,
        "in_force": plan.state == Plan.State.IN_FORCE,
        "reason": request.POST.get("reason", ""),
    }
    if going or job.state != Job.State.DONE or "why" in job.result:
        return context
    if job.kind == LEVEL_JOB:
        seen = levelled(actor, today, plan, job)
        return context | {"seen": seen, "broken": tell(seen.refusal) if seen.refusal else ""}
    return context | {"outlook": outlook_of(ground_of(actor, today, plan), root, job.result)}


@actor_required
@require_GET
def progress(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """The fragment that the page asks for while the worker searches."""
    job, _plan, _root = _own(request, job_id)
    if job.finished_at is not None:
        return HttpResponse(headers={"HX-Redirect": reverse("ledger:study", args=[job.pk])})
    live = live_of(job)
    context = {"job": job, "live": live, "levels": job.kind == LEVEL_JOB, "going": True}
    context |= {"gap": gap_of(live)}
    return render(request, "ledger/_study_going.html", context)


@actor_required
@require_POST
def stop(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """Stop searching: the best plan so far is the answer."""
    job, _plan, _root = _own(request, job_id)
    actor, _today = who(request)
    if jobs.ask_cancel(job_id=job.pk, actor=actor):
        messages.info(request, _("正在停下，停下后给出目前最好的安排。"))
    return redirect("ledger:study", job.pk)
