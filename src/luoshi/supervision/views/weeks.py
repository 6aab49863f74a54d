"""Pages of the week's list: the lists, one list, its lines, the meeting that closes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luoshi.domain.base import Refused
from luoshi.office.paper import pieces_in_child
from luoshi.supervision import actions, papers, queries
from luoshi.supervision.actions import Closing, Told
from luoshi.supervision.models import WeeklyLine, WeeklyList
from luoshi.supervision.views import week_forms as forms
from luoshi.ui.guard import OfficeRequest, actor_required, do, version_sent
from luoshi.ui.sentences import tell

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@actor_required
@require_GET
def weeks(request: OfficeRequest) -> HttpResponse:
    """The lists, the latest first, and the one that could be drafted now."""
    actor, today = request.actor, request.today
    context = {
        "weeks": queries.weeks(actor, today),
        "next": queries.next_draft(actor, today),
        "carried": queries.carried_twice(actor, today),
        "may_desk": queries.may_open(actor),
    }
    return render(request, "supervision/weeks.html", context)


@actor_required
@require_POST
def draft_week(request: OfficeRequest) -> HttpResponse:
    """Draft the list of the coming week (until Friday: of this one)."""
    town = queries.place_to_plan(request.actor)
    if town is None:
        raise PermissionDenied
    try:
        made = do(request, actions.draft_week, now=timezone.now(), unit=town)
    except Refused as refused:
        messages.error(request, tell(refused.why))
        return redirect("supervision:weeks")
    messages.success(request, _("清单已起草，共%(n)d项，请核对后印发。") % made.facts)
    return redirect("supervision:week", made.id)


@actor_required
@require_GET
def week(request: OfficeRequest, list_id: UUID) -> HttpResponse:
    """What is done this week; once closed, what came of it."""
    page = _page(request, list_id)
    context = {"page": page, "text": _plain(page)}
    return render(request, "supervision/week.html", context)


def _plain(page: queries.WeekPage) -> str:
    """The list as it is pasted into a message: always in Chinese, its readers are cadres."""
    with translation.override("zh-hans"):
        return render_to_string("supervision/week.txt", {"page": page}).strip()


@actor_required
@require_GET
def week_docx(request: OfficeRequest, list_id: UUID) -> HttpResponse:
    """The list on A4 as a docx file."""
    page = _page(request, list_id)
    with translation.override("zh-hans"):
        why = [tell(shown.why) for shown in page.lines]
        pieces = papers.week_pieces(page, why)
    title = papers.week_title(page)
    dated = page.row.issued_on or page.row.drafted_on
    data = pieces_in_child(title, pieces, page.row.unit.name, dated)
    return attached(data, title.replace("\n", "") + ".docx")


def attached(data: bytes, name: str) -> HttpResponse:
    """A docx file to be saved under a name."""
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(data, content_type=DOCX, headers={"Content-Disposition": disposition})


@actor_required
@require_http_methods(["GET", "POST"])
def add_line(request: OfficeRequest, list_id: UUID) -> HttpResponse:
    """A line more: an item of the ledger, or typed words, which become one."""
    page = _page(request, list_id)
    if not page.may_run:
        raise PermissionDenied
    units, tasks = queries.add_choices(request.actor, request.today, page.row)
    form = forms.AddLineForm(request.POST or None, units=units, tasks=tasks)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        chosen = data["task"] and queries.task_of(request.actor, request.today, UUID(data["task"]))
        facts: dict[str, Any] = {
            "weekly_list": page.row,
            "task": chosen or None,
            "text": data["text"] or (chosen.title if chosen else ""),
            "lead_unit": UUID(data["lead_unit"]) if data["lead_unit"] else None,
            "due_on": data["due_on"],
        }
        if answer := _sent(request, form, actions.add_line, facts, page.row.pk, _("已补充。")):
            return answer
    context = {"form": form, "page": page}
    return render(request, "supervision/add_line.html", context, status=422 if form.errors else 200)


@actor_required
@require_http_methods(["GET", "POST"])
def edit_line(request: OfficeRequest, line_id: UUID) -> HttpResponse:
    """The words of one line, or the line dropped from the draft."""
    line = _line(request, line_id)
    if request.method == "GET":
        queries.demand_mine(request.actor, line)
    form = forms.LineForm(request.POST or None, initial={"text": line.text})
    if request.method == "POST":
        drops = request.POST.get("go") == "drop"
        facts: dict[str, Any] = {"line": line, "version": version_sent(request)}
        if drops or form.is_valid():
            action = actions.drop_line if drops else actions.edit_line
            facts |= {} if drops else {"text": form.cleaned_data["text"]}
            said = _("已从清单中去掉。") if drops else _("已保存。")
            if answer := _sent(request, form, action, facts, line.list_id, said):
                return answer
    context = {"form": form, "line": line}
    return render(
        request, "supervision/edit_line.html", context, status=422 if form.errors else 200
    )


@actor_required
@require_POST
def issue_week(request: OfficeRequest, list_id: UUID) -> HttpResponse:
    """Issue the list: word is owed for each line from now on."""
    row = _page(request, list_id).row
    try:
        do(
            request,
            actions.issue_week,
            now=timezone.now(),
            weekly_list=row,
            version=version_sent(request),
        )
    except Refused as refused:
        messages.error(request, tell(refused.why))
    else:
        messages.success(request, _("清单已印发，每项到结清日前应报一句进展。"))
    return redirect("supervision:week", row.pk)


@actor_required
@require_http_methods(["GET", "POST"])
def close_week(request: OfficeRequest, list_id: UUID) -> HttpResponse:
    """The meeting: what each said, typed in one screen, and what becomes of every line."""
    page = _page(request, list_id)
    if not page.may_run:
        raise PermissionDenied
    why = ""
    if request.method == "POST":
        try:
            return _collected(request, page)
        except Refused as refused:
            why = tell(refused.why)
    people = queries.speakers(request.actor, request.today, page.lines)
    lines = [(shown, people[shown.line.pk], _typed(request, shown.line)) for shown in page.lines]
    context = {"page": page, "lines": lines, "why": why, "outcomes": WeeklyLine.Outcome.choices}
    return render(request, "supervision/close_week.html", context, status=422 if why else 200)


def _typed(request: HttpRequest, line: WeeklyLine) -> dict[str, str]:
    """What was typed for a line, shown again where the meeting's form is refused."""
    posted = request.POST
    return {
        name: posted.get(f"{name}-{line.pk}", "")
        for name in ("said", "outcome", "reason", "done", "person")
    }


def _collected(request: OfficeRequest, page: queries.WeekPage) -> HttpResponse:
    """Keep what was said, or close the list; a refusal goes back to the form with all of it."""
    facts: dict[str, Any] = {"now": timezone.now(), "weekly_list": page.row}
    typed = [(shown.line, _typed(request, shown.line)) for shown in page.lines]
    if request.POST.get("go") == "collect":
        told = [(line.pk, _told(said)) for line, said in typed]
        written = do(request, actions.collect, told=told, **facts)
        messages.success(request, _("已代录%(n)d条进展。") % written.facts)
        return redirect("supervision:close_week", page.row.pk)
    closings = [
        Closing(line.pk, said["outcome"], _told(said), said["reason"]) for line, said in typed
    ]
    do(request, actions.close_week, closings=closings, version=version_sent(request), **facts)
    messages.success(request, _("清单已结清。完成的已记为报告，复核另行进行。"))
    return redirect("supervision:week", page.row.pk)


def _told(said: dict[str, str]) -> Told:
    try:
        person = UUID(said["person"]) if said["person"] else None
    except ValueError:
        person = None
    return Told(said["said"], done=bool(said["done"]), person=person)


def _sent(
    request: OfficeRequest,
    form: django_forms.Form,
    action: Callable[..., Any],
    facts: dict[str, Any],
    list_id: UUID,
    said: str,
) -> HttpResponse | None:
    try:
        do(request, action, now=timezone.now(), **facts)
    except Refused as refused:
        form.add_error(None, tell(refused.why))
        return None
    messages.success(request, said)
    return redirect("supervision:week", list_id)


def _page(request: OfficeRequest, list_id: UUID) -> queries.WeekPage:
    row: WeeklyList | None = queries.week_for(request.actor, request.today, list_id)
    if row is None:
        raise Http404
    return queries.week_page(request.actor, request.today, row)


def _line(request: OfficeRequest, line_id: UUID) -> WeeklyLine:
    line = queries.line_for(request.actor, request.today, line_id)
    if line is None:
        raise Http404
    return line
