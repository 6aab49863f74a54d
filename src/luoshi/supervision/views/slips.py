"""交办单 on paper, and its receipt."""

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
from luoshi.ledger.queries import NOBODY, roles_of, task_for
from luoshi.ledger.queries.choosing import people_to_type_for
from luoshi.supervision import actions, forms, queries
from luoshi.supervision.printing import slips_in_child
from luoshi.ui.guard import OfficeRequest, actor_required, do, version_sent
from luoshi.ui.sentences import tell

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@actor_required
@require_GET
def slips(request: OfficeRequest) -> HttpResponse:
    """What nobody has signed for: tick and print, or enter the receipt that came back."""
    _enter(request)
    found = queries.slips(request.actor, request.today)
    context = {"slips": found, "receives": "town_office" in request.actor.roles}
    return render(request, "supervision/slips.html", context)


@actor_required
@require_GET
def print_slips(request: OfficeRequest) -> HttpResponse:
    """The ticked items as a docx, one slip a page; nothing ticked is all of them."""
    _enter(request)
    only = [key for text in request.GET.getlist("task") if (key := _key(text))]
    found = queries.slips(request.actor, request.today, only or None)
    if not found:
        raise Http404
    pages = queries.slip_pages(request.actor, found)
    data = slips_in_child("交办单", pages, request.today)
    answer = HttpResponse(data, content_type=DOCX)
    answer["Content-Disposition"] = f'attachment; filename="slips-{request.today}.docx"'
    return answer


@actor_required
@require_http_methods(["GET", "POST"])
def receipt(request: OfficeRequest, task_id: UUID) -> HttpResponse:
    """The receipt as it came back: who signed, and what was written on it."""
    actor, today = request.actor, request.today
    task = task_for(actor, today, task_id)
    if task is None:
        raise Http404
    if "town_office" not in actor.roles:
        raise PermissionDenied
    people = people_to_type_for(actor, today, task, roles_of([task.pk]).get(task.pk, NOBODY))
    form = forms.ReceiptForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        try:
            do(
                request,
                actions.receive_slip,
                now=timezone.now(),
                task=task,
                person_id=UUID(form.cleaned_data["person"]),
                note=form.cleaned_data["note"],
                version=version_sent(request),
            )
            messages.success(request, _("回执已登记。"))
            return redirect("supervision:slips")
        except Refused as refused:
            form.add_error("person", tell(refused.why))
    context = {"form": form, "task": task}
    return render(request, "supervision/receipt.html", context, status=422 if form.errors else 200)


def _enter(request: OfficeRequest) -> None:
    if not queries.may_print_slips(request.actor):
        raise PermissionDenied


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
