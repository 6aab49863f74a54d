from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luoshi.documents import actions, queries
from luoshi.documents.forms import AddForm, YearForm
from luoshi.documents.models import Document
from luoshi.documents.source import SPEECHES, text_of
from luoshi.domain.access import Actor
from luoshi.domain.base import Refused
from luoshi.files import actions as files
from luoshi.jobs import actions as jobs
from luoshi.jobs.models import Job
from luoshi.org.models import Unit
from luoshi.ui.guard import actor_required, do, right_required, upload_too_large
from luoshi.ui.lists import page_of
from luoshi.ui.sentences import tell

QUICK = 10  # seconds in which the page looks every half second; after that every two


@dataclass(frozen=True, slots=True)
class Line:
    """A text in the list, with how far its drafts are decided."""

    document: Document
    waiting: int
    decided: int


@actor_required
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    actor, today = request.actor, request.today  # type: ignore[attr-defined]
    rows = queries.documents(actor, today).defer("text", "outline")
    page = page_of(rows, ("-added_at", "-id"), request.GET.get("after", ""))
    counts = queries.draft_counts(actor, today, [row.pk for row in page.rows])
    lines = []
    for row in page.rows:
        by_state = counts.get(row.pk, {})
        waiting = by_state.get("draft", 0)
        lines.append(Line(row, waiting, sum(by_state.values()) - waiting))
    context = {"page": page, "lines": lines, "may_add": bool(queries.places_to_add(actor, today))}
    return render(request, "documents/list.html", context)


@right_required("draft")
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    if answer := upload_too_large(request):
        return answer
    actor, today = request.actor, request.today  # type: ignore[attr-defined]
    places = queries.places_to_add(actor, today)
    if not places:
        raise Http404
    form = AddForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _added(request, places[0], form.cleaned_data)
        except Refused as refused:
            # What was typed stays on the page; nothing of it was stored.
            form.add_error("file" if form.cleaned_data["file"] else "text", tell(refused.why))
    status = 422 if form.errors else 200
    return render(request, "documents/add.html", {"form": form, "place": places[0]}, status=status)


def _added(request: HttpRequest, unit: Unit, data: dict[str, Any]) -> HttpResponse:
    """Screen, then keep; the same text again leads to the one that is there."""
    screened, title = _screened(request.actor, request, unit, data)  # type: ignore[attr-defined]
    written = do(
        request,
        actions.add,
        now=timezone.now(),
        unit=unit,
        source=text_of(screened.source),
        origin="uploaded" if data["file"] else "pasted",
        title=title,
        year=data["year"],
        disclosure=data["disclosure"],
        screened=screened if data["file"] else None,
    )
    if written.facts.get("known"):
        told = _("这份材料已在系统中：《%(title)s》，未重复保存。")
        messages.info(request, told % {"title": written.facts["title"]})
    return redirect("documents:reading", written.id)


def _screened(
    actor: Actor, request: HttpRequest, unit: Unit, data: dict[str, Any]
) -> tuple[files.Screened, str]:
    today = request.today  # type: ignore[attr-defined]
    upload: UploadedFile | None = data["file"]
    if upload is None:
        text = data["text"]
        return (
            files.screen_text(actor=actor, today=today, unit_id=unit.pk, text=text),
            data["title"],
        )
    name = upload.name or ""
    screened = files.screen(
        actor=actor,
        today=today,
        unit_id=unit.pk,
        name=name,
        data=upload.read(),
        takes=SPEECHES,
        text=True,
    )
    stem = screened.name.rpartition(".")[0] or screened.name
    return screened, data["title"] or stem


@actor_required
@require_GET
def reading(request: HttpRequest, document_id: UUID) -> HttpResponse:
    document = _document(request, document_id)
    if document.state == Document.State.READ:
        return redirect("adoption:reader", document.pk)
    return render(request, "documents/reading.html", _progress_context(request, document))


@actor_required
@require_GET
def progress(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """The fragment that the page asks for while the text is being read."""
    document = _document(request, document_id)
    if document.state == Document.State.READ:
        there = reverse("adoption:reader", args=[document.pk])
        return HttpResponse(headers={"HX-Redirect": there})
    return render(request, "documents/_progress.html", _progress_context(request, document))


def _progress_context(request: HttpRequest, document: Document) -> dict[str, Any]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    job, now = queries.reading_job(actor, document.pk), timezone.now()
    going = job is not None and job.finished_at is None
    quick = job is not None and (now - job.created_at).total_seconds() < QUICK
    return {
        "document": document,
        "job": job,
        "going": going,
        "may_cancel": going and job is not None and job.state != Job.State.WRITING,
        "nobody": job is not None and queries.nobody_works(actor, job, now),
        "wait": "500ms" if quick else "2s",
        "mine": job is not None and job.account_id == actor.account_id,
        "may_draft": actor.has("draft"),
    }


@right_required("draft")
@require_POST
def read_again(request: HttpRequest, document_id: UUID) -> HttpResponse:
    document = _document(request, document_id)
    form = YearForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["year"])))
        return redirect("documents:reading", document.pk)
    do(
        request,
        actions.read_again,
        now=timezone.now(),
        document=document,
        year=form.cleaned_data["year"],
    )
    return redirect("documents:reading", document.pk)


@right_required("draft")
@require_POST
def cancel(request: HttpRequest, document_id: UUID) -> HttpResponse:
    document = _document(request, document_id)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    job = queries.reading_job(actor, document.pk)
    if job is None or not jobs.ask_cancel(job_id=job.pk, actor=actor):
        messages.info(request, _("读取已经结束或正在写入，不能取消。"))
    return redirect("documents:reading", document.pk)


def _document(request: HttpRequest, document_id: UUID) -> Document:
    found = queries.document(request.actor, request.today, document_id)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return found
