"""报表要求: the list, the draft, one request with its cost, issuing or withholding, the reply."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luoshi.burden import actions as burden_actions
from luoshi.burden import queries as burden
from luoshi.burden.models import DataRequest
from luoshi.domain.base import Refused, say
from luoshi.home import actions, forms
from luoshi.home.queries import requests as queries
from luoshi.office.xlsx_child import workbook_in_child
from luoshi.org.queries import town_of
from luoshi.ui.guard import OfficeRequest, actor_required, do, version_sent
from luoshi.ui.sentences import tell

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@actor_required
@require_GET
def requests(request: OfficeRequest) -> HttpResponse:
    """What was asked for, what was withheld, and what waits for one's own unit."""
    actor, today = request.actor, request.today
    if not actor.has("read"):
        raise PermissionDenied
    context = {
        "rows": burden.requests(actor, today)[:100],
        "waiting": burden.to_reply(actor, today),
        "may_draft": burden.drafting_unit(actor, today) is not None,
    }
    return render(request, "home/requests.html", context)


@actor_required
@require_http_methods(["GET", "POST"])
def new(request: OfficeRequest) -> HttpResponse:
    """Draft a request: it costs nobody anything before it is issued."""
    actor, today = request.actor, request.today
    town = town_of(actor)
    if town is None or burden.drafting_unit(actor, today) is None:
        raise PermissionDenied
    units = burden.units_offered(actor, today, town)
    choices = [(str(unit.pk), unit.short_name) for unit in units]
    form = forms.RequestForm(request.POST or None, units=choices)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        chosen = set(data["units"])
        try:
            made = do(
                request,
                burden_actions.draft_request,
                now=timezone.now(),
                title=data["title"],
                purpose=data["purpose"],
                fields=form.names(),
                units=[unit for unit in units if str(unit.pk) in chosen],
                due_on=data["due_on"],
                rhythm=data["rhythm"],
            )
        except Refused as refused:
            form.add_error(None, tell(refused.why))
        else:
            return redirect("home:request", made.id)
    status = 422 if form.errors else 200
    return render(request, "home/new_request.html", {"form": form, "town": town}, status=status)


@actor_required
@require_GET
def show(request: OfficeRequest, request_id: UUID) -> HttpResponse:
    """One request: fields, what the ledger knows, what it costs, who answered."""
    row = _found(request, request_id)
    return _page(request, row, forms.WithholdForm())


def _page(request: OfficeRequest, row: DataRequest, form: forms.WithholdForm) -> HttpResponse:
    page = queries.request_page(request.actor, request.today, row)
    draft = row.state == DataRequest.State.DRAFT
    context = {
        "page": page,
        "row": row,
        "form": form,
        "decides": draft and burden.may_issue(request.actor),
        "sees": burden.may_issue(request.actor) or row.drafter_id in request.actor.unit_ids,
    }
    return render(request, "home/request.html", context, status=422 if form.errors else 200)


@require_POST
@actor_required
def issue(request: OfficeRequest, request_id: UUID) -> HttpResponse:
    """Send it out with the fields that were kept."""
    row = _found(request, request_id)
    made = do(
        request,
        actions.issue_request,
        now=timezone.now(),
        wanted=row,
        keep=request.POST.getlist("keep"),
        version=version_sent(request),
    )
    messages.success(request, _("已下达，%(n)s个单位各有一件。") % {"n": made.facts["n"]})
    return redirect("home:request", row.pk)


@require_POST
@actor_required
def withhold(request: OfficeRequest, request_id: UUID) -> HttpResponse:
    """Do not send it out, and say why."""
    row = _found(request, request_id)
    form = forms.WithholdForm(request.POST)
    if form.is_valid():
        price = queries.request_page(request.actor, request.today, row).price
        try:
            do(
                request,
                burden_actions.withhold,
                wanted=row,
                estimate=price.whole,
                version=version_sent(request),
                **form.cleaned_data,
            )
        except Refused as refused:
            form.add_error(None, tell(refused.why))
        else:
            messages.success(request, _("不予下发，理由已告知起草单位。"))
            return redirect("home:request", row.pk)
    return _page(request, row, form)


@actor_required
@require_http_methods(["GET", "POST"])
def reply(request: OfficeRequest, request_id: UUID) -> HttpResponse:
    """The unit's own small form: one line a field, for one round."""
    row = _found(request, request_id)
    mine = burden.asked_of_me(request.actor, row)
    if mine is None or row.state != DataRequest.State.ISSUED:
        raise Refused(say("burden.not_asked"))
    on = _round(request, row) or burden.open_round(request.actor, row, mine.unit)
    on = on or date.fromisoformat(row.rounds[-1])
    replies = burden.replies_to(request.actor, row).filter(unit=mine.unit, round_on=on)
    before = replies.first()
    told = before.answers if before else ()
    form = forms.ReplyForm(request.POST or None, names=row.fields, told=told)
    if request.method == "POST" and form.is_valid():
        try:
            do(
                request,
                actions.reply_request,
                now=timezone.now(),
                wanted=row,
                unit=mine.unit,
                round_on=on,
                answers=form.answers(),
            )
        except Refused as refused:
            form.add_error(None, tell(refused.why))
        else:
            messages.success(request, _("已填报，台账里的这一件同时报送，不用再填。"))
            return redirect("home:requests")
    context = {"row": row, "form": form, "unit": mine.unit, "on": on, "before": before}
    return render(request, "home/reply.html", context, status=422 if form.errors else 200)


def _round(request: OfficeRequest, row: DataRequest) -> date | None:
    asked = request.POST.get("round") or request.GET.get("round", "")
    return date.fromisoformat(asked) if asked in row.rounds else None


@actor_required
@require_GET
def export(request: OfficeRequest, request_id: UUID) -> HttpResponse:
    """The summary as a workbook, with what the system fills in by itself."""
    row = _found(request, request_id)
    page = queries.request_page(request.actor, request.today, row)
    data = workbook_in_child(queries.table_of(request.actor, request.today, page))
    name = f"{row.title}-{request.today.isoformat()}.xlsx"
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(data, content_type=XLSX, headers={"Content-Disposition": disposition})


def _found(request: OfficeRequest, request_id: UUID) -> DataRequest:
    row = burden.request_for(request.actor, request.today, request_id)
    if row is None:
        raise Http404
    return row
