from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from luoshi.documents import actions as documents
from luoshi.documents import queries as texts
from luoshi.documents.models import Document
from luoshi.documents.source import BUNDLED, text_of
from luoshi.domain.access import Actor
from luoshi.domain.base import Refused
from luoshi.files import actions as files
from luoshi.goals import actions, queries
from luoshi.goals.bundle import MOST_FILES, Sorted, Turned, role_of
from luoshi.goals.forms import MeetingForm, PapersForm
from luoshi.goals.models import Meeting
from luoshi.jobs import actions as jobs
from luoshi.jobs.models import Job
from luoshi.org.models import Unit
from luoshi.ui.guard import actor_required, right_required, upload_too_large
from luoshi.ui.sentences import tell


@actor_required
@require_http_methods(["GET", "POST"])
def new_meeting(request: HttpRequest) -> HttpResponse:
    """Enter a meeting, with the plan it owns and all its papers where they are at hand."""
    if answer := upload_too_large(request):
        return answer
    actor, today = _who(request)
    place = next(iter(texts.places_to_add(actor, today)), None)
    if place is None:
        raise Http404
    sent = request.method == "POST"
    free = queries.plans(actor, today).filter(meeting__isnull=True, unit=place)
    form = MeetingForm(request.POST if sent else None, initial={"held_on": today}, plans=free)
    papers = PapersForm(request.POST if sent else None, request.FILES if sent else None)
    papers.fields["papers"].required = False
    if sent and form.is_valid() and papers.is_valid():
        sorted_ = _sorted(request, place, papers.cleaned_data["papers"])
        if sorted_.passed or not sorted_.turned:
            meeting = _enter(request, place, form)
            _keep(request, meeting, sorted_, papers.cleaned_data)
            return redirect("goals:meeting" if sorted_.passed else "home:meeting", meeting.pk)
        for turned in sorted_.turned:
            papers.add_error("papers", _told(turned))
    context = {"form": form, "papers": papers, "place": place}
    status = 422 if form.errors or papers.errors else 200
    return render(request, "goals/new_meeting.html", context, status=status)


def _enter(request: HttpRequest, place: Unit, form: MeetingForm) -> Meeting:
    """Write the meeting, and let it own the plan that was chosen."""
    actor, today = _who(request)
    said = dict(form.cleaned_data)
    chosen = said.pop("plan")
    key = request.POST.get("key", "")
    made = actions.create_meeting(actor=actor, today=today, unit=place, key=key, **said)
    plan = queries.plans(actor, today).filter(pk=chosen).first() if chosen else None
    if plan is not None and plan.meeting_id is None:
        actions.edit_plan(
            actor=actor, today=today, plan=plan, version=plan.version, meeting_id=made.id
        )
    return Meeting.objects.select_related("unit").get(pk=made.id)


@actor_required
@require_http_methods(["GET", "POST"])
def meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """A meeting's texts, how far each is read, and more of them."""
    if answer := upload_too_large(request):
        return answer
    row = _meeting(request, meeting_id)
    may = queries.may_draft(request.actor, row.unit.path)  # type: ignore[attr-defined]
    sent = request.method == "POST"
    if sent and not may:
        raise Http404
    papers = PapersForm(request.POST if sent else None, request.FILES if sent else None)
    if sent and papers.is_valid():
        sorted_ = _sorted(request, row.unit, papers.cleaned_data["papers"])
        _keep(request, row, sorted_, papers.cleaned_data)
        return redirect("goals:meeting", row.pk)
    context = {"meeting": row, "papers": papers, "may": may, **_progress(request, row)}
    return render(request, "goals/meeting.html", context, status=422 if papers.errors else 200)


@right_required("draft")
@require_POST
def reading(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Cancel what is not read yet, or go on with it."""
    row = _meeting(request, meeting_id)
    actor, today = _who(request)
    held = [text.document for text in queries.texts(actor, today, row)]
    waiting = [one for one in held if one.state != Document.State.READ]
    running = texts.open_readings(actor, [one.pk for one in waiting])
    if request.POST.get("go") == "cancel":
        stopped = sum(jobs.ask_cancel(job_id=job.pk, actor=actor) for job in running.values())
        messages.info(request, _("已取消 %(n)d 份材料的读取，原文都已保存。") % {"n": stopped})
        return redirect("goals:meeting", row.pk)
    for one in waiting:
        if one.pk not in running:
            documents.read_again(actor=actor, today=today, now=timezone.now(), document=one)
    return redirect("goals:meeting", row.pk)


def _sorted(request: HttpRequest, place: Unit, uploads: Sequence[UploadedFile]) -> Sorted:
    """Judge each file by itself: one that is refused does not stop the others."""
    actor, today = _who(request)
    found = Sorted()
    for number, upload in enumerate(uploads[:MOST_FILES], 1):
        name = upload.name or ""
        try:
            screened = files.screen(
                actor=actor,
                today=today,
                unit_id=place.pk,
                name=name,
                data=upload.read(),
                takes=BUNDLED,
                text=True,
            )
            text_of(screened.source)
            found.passed.append((number, screened))
        except Refused as refused:
            marked = refused.why.code == "office.marking"
            found.turned.append(Turned(number, "" if marked else name[:80], refused.why))
    return found


def _keep(request: HttpRequest, row: Meeting, sorted_: Sorted, data: dict[str, Any]) -> None:
    """Keep what passed, each text in a write of its own, and say what did not."""
    actor, today = _who(request)
    key = request.POST.get("key", "")
    for number, screened in sorted_.passed:
        written = documents.add(
            actor=actor,
            today=today,
            now=timezone.now(),
            unit=row.unit,
            source=text_of(screened.source),
            origin="uploaded",
            title=screened.name.rpartition(".")[0] or screened.name,
            year=data["year"],
            disclosure=data["disclosure"],
            screened=screened,
            key=f"{key}:{number}" if key else "",
        )
        actions.add_text(
            actor=actor,
            today=today,
            meeting=row,
            document=Document.objects.get(pk=written.id),
            role=role_of(screened.name, screened.accepted.kind),
        )
    for turned in sorted_.turned:
        messages.error(request, _told(turned))
    if sorted_.passed:
        messages.success(request, _("已收下 %(n)d 份材料。") % {"n": len(sorted_.passed)})


def _told(turned: Turned) -> str:
    """What became of a file that was not taken; a marked one is known by its number only."""
    name = f"《{turned.name}》" if turned.name else ""
    return _("第 %(n)d 份%(name)s：%(why)s") % {
        "n": turned.number,
        "name": name,
        "why": tell(turned.why),
    }


def _progress(request: HttpRequest, row: Meeting) -> dict[str, Any]:
    """How far each text is: read, being read, stopped; and what of it is decided."""
    actor, today = _who(request)
    held = list(queries.texts(actor, today, row))
    counts = texts.draft_counts(actor, today, [text.document_id for text in held])
    running = texts.open_readings(actor, [text.document_id for text in held])
    lines = []
    for text in held:
        by_state = counts.get(text.document_id, {})
        waiting = by_state.get("draft", 0)
        job = running.get(text.document_id)
        lines.append((text, job, waiting, sum(by_state.values()) - waiting))
    read = sum(text.document.state == Document.State.READ for text in held)
    mine = any(job.account_id == actor.account_id for job in running.values())
    writing = all(job.state == Job.State.WRITING for job in running.values())
    return {
        "lines": lines,
        "total": len(held),
        "read": read,
        "going": bool(running),
        "may_cancel": mine and not writing,
        "stopped": len(held) - read - len(running),
    }


def _who(request: HttpRequest) -> tuple[Actor, date]:
    return request.actor, request.today  # type: ignore[attr-defined]


def _meeting(request: HttpRequest, meeting_id: UUID) -> Meeting:
    row = queries.meeting_for(*_who(request), meeting_id)
    if row is None:
        raise Http404
    return row
