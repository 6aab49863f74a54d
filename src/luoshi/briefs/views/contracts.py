"""目标责任书: made for all units in one job, downloaded one by one or together."""

from __future__ import annotations

import io
import zipfile
from uuid import UUID

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luoshi.briefs import actions, queries
from luoshi.briefs.contracts import KINDS
from luoshi.briefs.views.writing import reader_required
from luoshi.files.actions import path_of
from luoshi.goals import queries as goals
from luoshi.goals.models import Plan
from luoshi.jobs import actions as jobs
from luoshi.ui.guard import OfficeRequest, do, right_required

ASKABLE = tuple(name for name in KINDS if name != "offices")


def _plan(request: OfficeRequest, plan_id: UUID, *, writing: bool = False) -> Plan:
    plan = goals.plan_for(request.actor, request.today, plan_id)
    if plan is None or (writing and not queries.may_write(request.actor, plan.unit.path)):
        raise Http404
    return plan


@reader_required
@require_GET
def contracts(request: OfficeRequest, plan_id: UUID) -> HttpResponse:
    """The contracts of a plan, the job that makes them, and how far it is."""
    plan = _plan(request, plan_id)
    rows = queries.contracts(request.actor, request.today, plan)
    job = queries.contract_job(request.actor, plan)
    going = job is not None and job.finished_at is None
    context = {
        "plan": plan,
        "rows": rows,
        "job": job,
        "going": going,
        "may": queries.may_write(request.actor, plan.unit.path),
        "outside": sum(len(row.outside) for row, _file in rows),
    }
    return render(request, "briefs/contracts.html", context)


@require_POST
@right_required("brief")
def make(request: OfficeRequest, plan_id: UUID) -> HttpResponse:
    """Ask for the contracts of all units; villages and stations only where ticked."""
    plan = _plan(request, plan_id, writing=True)
    do(
        request,
        actions.ask_contracts,
        now=timezone.now(),
        plan=plan,
        kinds=[kind for kind in ASKABLE if request.POST.get(kind) == "1"],
    )
    messages.success(request, _("已开始生成，可离开本页，完成后回来下载。"))
    return redirect("briefs:contracts", plan.pk)


@require_POST
@right_required("brief")
def cancel(request: OfficeRequest, plan_id: UUID) -> HttpResponse:
    """Stop between two units; what was made stays."""
    plan = _plan(request, plan_id, writing=True)
    job = queries.contract_job(request.actor, plan)
    if job is None or not jobs.ask_cancel(job_id=job.pk, actor=request.actor):
        messages.info(request, _("已经完成，无需取消。"))
    else:
        messages.success(request, _("已取消，已生成的责任书保留。"))
    return redirect("briefs:contracts", plan.pk)


@reader_required
@require_GET
def together(request: OfficeRequest, plan_id: UUID) -> HttpResponse:
    """Every contract of the plan in one zip file."""
    plan = _plan(request, plan_id)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for row, file in queries.contracts(request.actor, request.today, plan):
            if file is not None and default_storage.exists(path_of(file.sha256)):
                with default_storage.open(path_of(file.sha256)) as data:
                    box.writestr(f"{row.title}.docx", data.read())
    name = f"{plan.title}目标责任书.zip"
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    headers = {"Content-Disposition": disposition}
    return HttpResponse(out.getvalue(), content_type="application/zip", headers=headers)
