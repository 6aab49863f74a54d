"""Pages of inspections (督查): the county's list and form, one with its answer and conclusion."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luoshi.domain.base import Refused
from luoshi.org.models import Unit
from luoshi.supervision import actions, order_forms, order_papers, queries
from luoshi.supervision.models import Inspection
from luoshi.supervision.views.orders import attached
from luoshi.ui.guard import OfficeRequest, actor_required, do, version_sent
from luoshi.ui.lists import page_of
from luoshi.ui.sentences import tell


@actor_required
@require_GET
def listing(request: OfficeRequest) -> HttpResponse:
    """Inspections of towns in view."""
    actor, today = request.actor, request.today
    if not queries.may_open(actor):
        raise PermissionDenied
    rows = queries.inspections(actor, today)
    page = page_of(rows, ("-opened_on", "-id"), request.GET.get("after", ""))
    context = {"page": page, "today": today}
    context["may"] = queries.office_to_inspect(actor) is not None
    return render(request, "supervision/inspections.html", context)


@actor_required
@require_http_methods(["GET", "POST"])
def new(request: OfficeRequest) -> HttpResponse:
    """Opened by the county's supervisors only; a refusal keeps what was typed."""
    actor, today = request.actor, request.today
    if queries.office_to_inspect(actor) is None:
        raise PermissionDenied
    towns = queries.towns_to_inspect(actor, today)
    form = order_forms.InspectionForm(request.POST or None, towns=towns)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        towns_ = Unit.objects.filter(jurisdiction=actor.jurisdiction_id)
        data["town"] = towns_.get(pk=data["town"])
        try:
            made = do(request, actions.open_inspection, now=timezone.now(), **data)
            messages.success(request, _("已发起 %(serial)s。") % {"serial": made.facts["serial"]})
            return redirect("supervision:inspection", made.id)
        except Refused as refused:
            form.add_error("requirement", tell(refused.why))
    context = {"form": form}
    status = 422 if form.errors else 200
    return render(request, "supervision/inspection_new.html", context, status=status)


@actor_required
@require_http_methods(["GET", "POST"])
def show(request: OfficeRequest, inspection_id: UUID) -> HttpResponse:
    """One inspection: what is asked, the town's answer, the orders made of it, the conclusion.

    The town answers and the county concludes in the form that this page shows to each.
    """
    row = _found(request, inspection_id)
    page = queries.inspection_page(request.actor, request.today, row)
    concludes = "result" in request.POST
    posted = request.POST if request.method == "POST" else None
    answer = order_forms.AnswerForm(None if concludes else posted, initial={"answer": row.answer})
    finding = order_forms.FindingForm(posted if concludes else None)
    form = finding if concludes else answer
    if posted is not None and form.is_valid():
        action = actions.conclude_inspection if concludes else actions.answer_inspection
        try:
            sent = version_sent(request)
            told = {"inspection": row, "version": sent} | form.cleaned_data
            do(request, action, now=timezone.now(), **told)
            messages.success(request, _("已保存。"))
            return redirect("supervision:inspection", row.pk)
        except Refused as refused:
            form.add_error("finding" if concludes else "answer", tell(refused.why))
    context = {"page": page, "row": row, "answer": answer, "finding": finding}
    status = 422 if form.errors else 200
    return render(request, "supervision/inspection.html", context, status=status)


@actor_required
@require_GET
def docx(request: OfficeRequest, inspection_id: UUID) -> HttpResponse:
    """The notice to the town as a docx file."""
    row = _found(request, inspection_id)
    title = order_papers.inspection_title(row)
    pieces = order_papers.inspection_pieces(row)
    return attached(f"{row.serial} {title}.docx", title, pieces, row.unit.name, row.opened_on)


def _found(request: OfficeRequest, inspection_id: UUID) -> Inspection:
    row = queries.inspection_for(request.actor, request.today, inspection_id)
    if row is None:
        raise Http404
    return row
