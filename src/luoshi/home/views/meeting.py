"""Meetings: what each owns, and who has handed in its action plan."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luoshi.goals import queries as goals_queries
from luoshi.goals.models import Meeting
from luoshi.home import actions
from luoshi.home.forms import CallForm
from luoshi.home.queries import meeting as queries
from luoshi.org.queries import town_of
from luoshi.ui.guard import OfficeRequest, actor_required, do


@actor_required
@require_GET
def meetings(request: OfficeRequest) -> HttpResponse:
    """The meetings one may read, each with its plan; the newest first."""
    actor, today = request.actor, request.today
    town = town_of(actor)
    may = bool(town and goals_queries.may_draft(actor, town.path))
    rows = goals_queries.annual_meetings(actor, today).prefetch_related("plans")
    return render(request, "home/meetings.html", {"rows": rows, "may": may})


@actor_required
@require_GET
def meeting(request: OfficeRequest, meeting_id: UUID) -> HttpResponse:
    """What the meeting owns: texts, plan, every task; and who owes an action plan."""
    row = _meeting(request, meeting_id)
    page = queries.meeting_page(
        request.actor,
        request.today,
        row,
        request.GET.get("text", ""),
        request.GET.get("after", ""),
    )
    may = goals_queries.may_plan(request.actor, row.unit.path)
    whole = {plan.pk for plan in page.plans if goals_queries.sees_whole(request.actor, plan)}
    context = {"page": page, "may": may, "whole": whole, "form": CallForm()}
    return render(request, "home/meeting.html", context)


@actor_required
@require_POST
def call(request: OfficeRequest, meeting_id: UUID) -> HttpResponse:
    """Call for the units' action plans by a day."""
    row = _meeting(request, meeting_id)
    goals_queries.demand_right(request.actor, "plan", row.unit.path)
    form = CallForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请填写落实方案的完成时限。"))
        return redirect("home:meeting", row.pk)
    written = do(
        request,
        actions.call_for_plans,
        now=timezone.now(),
        meeting=row,
        due_on=form.cleaned_data["due_on"],
    )
    told = _("已请 %(n)d 个单位制定落实方案。") % {"n": written.facts["n"]}
    messages.success(request, told)
    return redirect("home:meeting", row.pk)


def _meeting(request: OfficeRequest, meeting_id: UUID) -> Meeting:
    row = queries.meeting(request.actor, request.today, meeting_id)
    if row is None:
        raise Http404
    return row
