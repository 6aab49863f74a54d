from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luoshi.documents import actions, queries
from luoshi.documents.checking import pieces_of
from luoshi.documents.forms import DoubtForm
from luoshi.documents.models import Document
from luoshi.documents.opinion import configured, endpoint
from luoshi.domain.access import Actor
from luoshi.domain.base import Refused
from luoshi.jobs import actions as jobs
from luoshi.ui.guard import actor_required, do, right_required


@actor_required
@require_GET
def factcheck(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """The doubts about a text beside it; `?rules=jianfu`: what it burdens people with."""
    document = _document(request, document_id)
    burden = request.GET.get("rules") == "jianfu"
    context = _doubts(request, document, burden=burden)
    context["paragraphs"] = pieces_of(document.text, [one.doubt for one in context["open"]])
    return render(request, "documents/factcheck.html", context)


@actor_required
@require_GET
def doubts(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """The fragment that the reader asks for: the open doubts, each leading to its words."""
    document = _document(request, document_id)
    return render(request, "documents/_doubts.html", _doubts(request, document, burden=False))


def _doubts(request: HttpRequest, document: Document, *, burden: bool) -> dict[str, Any]:
    actor, today = request.actor, request.today  # type: ignore[attr-defined]
    rows = queries.raised(actor, today, document, burden=burden)
    still = [row for row in rows if row.dismissal is None]
    counts = {
        level: sum(row.doubt.severity == level for row in still)
        for level in ("error", "warning", "info")
    }
    return {
        "document": document,
        "burden": burden,
        "open": still,
        "counts": counts,
        "let_stand": [row for row in rows if row.dismissal is not None],
        "may_draft": queries.may_draft(actor, document),
        "configured": configured(),
    }


@right_required("draft")
@require_POST
def dismiss(request: HttpRequest, document_id: UUID) -> HttpResponse:
    document = _document(request, document_id)
    form = DoubtForm(request.POST)
    if not form.is_valid():
        raise Http404
    do(request, actions.dismiss_doubt, now=timezone.now(), document=document, **form.cleaned_data)
    messages.success(request, _("已说明不改的理由，疑点移到页尾。"))
    return redirect(_factcheck(request, document))


@right_required("draft")
@require_POST
def raise_again(request: HttpRequest, document_id: UUID) -> HttpResponse:
    document = _document(request, document_id)
    form = DoubtForm(request.POST)
    row = None
    if form.is_valid():
        asked = form.cleaned_data
        actor: Actor = request.actor  # type: ignore[attr-defined]
        row = queries.dismissal(actor, document, asked["said"], asked["start"], asked["end"])
    if row is None:
        raise Http404
    do(request, actions.raise_doubt, dismissal=row)
    messages.success(request, _("疑点已恢复。"))
    return redirect(_factcheck(request, document))


@actor_required
@require_GET
def opinion(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Where a second opinion differs from the drafts; asks itself again while a job goes on."""
    document = _document(request, document_id)
    actor, today = request.actor, request.today  # type: ignore[attr-defined]
    job = queries.opinion_job(actor, document.pk)
    going = job is not None and job.finished_at is None
    context: dict[str, Any] = {
        "document": document,
        "rows": [
            (row, " ".join(document.text[row.start : row.end].split()))
            for row in queries.opinions(actor, today, document)
        ],
        "job": job,
        "going": going,
        "mine": job is not None and job.account_id == actor.account_id,
        "nobody": job is not None and queries.nobody_works(actor, job, timezone.now()),
        "may_draft": queries.may_draft(actor, document),
        **_asking(),
    }
    whole = not request.headers.get("HX-Request")
    return render(request, f"documents/{'' if whole else '_'}opinion.html", context)


def _asking() -> dict[str, Any]:
    """Whether a model is configured and where it answers, or why the setting does not do."""
    if not configured():
        return {"configured": False}
    try:
        return {"configured": True, "where": endpoint()}
    except Refused as refused:
        return {"configured": True, "wrong": refused.why}


@right_required("draft")
@require_POST
def ask_opinion(request: HttpRequest, document_id: UUID) -> HttpResponse:
    document = _document(request, document_id)
    do(
        request,
        actions.ask_opinion,
        now=timezone.now(),
        document=document,
        agreed=request.POST.get("agreed") == "1",
    )
    return redirect("documents:opinion", document.pk)


@right_required("draft")
@require_POST
def cancel_opinion(request: HttpRequest, document_id: UUID) -> HttpResponse:
    document = _document(request, document_id)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    job = queries.opinion_job(actor, document.pk)
    if job is None or not jobs.ask_cancel(job_id=job.pk, actor=actor):
        messages.info(request, _("征询已经结束或正在写入，不能取消。"))
    return redirect("documents:opinion", document.pk)


def _factcheck(request: HttpRequest, document: Document) -> str:
    rules = "?rules=jianfu" if request.POST.get("rules") == "jianfu" else ""
    return reverse("documents:factcheck", args=[document.pk]) + rules


def _document(request: HttpRequest, document_id: UUID) -> Document:
    found = queries.document(request.actor, request.today, document_id)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return found
