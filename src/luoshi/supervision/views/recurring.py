"""Pages of recurring work: the rules, one rule with its coming dates, a time skipped, its end."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luoshi.domain.base import Refused
from luoshi.ledger.queries.choosing import post_choices, unit_choices
from luoshi.supervision import actions, queries
from luoshi.supervision.actions import NewWork
from luoshi.supervision.models import RecurringWork
from luoshi.supervision.views import week_forms as forms
from luoshi.ui.guard import OfficeRequest, actor_required, do, version_sent
from luoshi.ui.sentences import tell


@actor_required
@require_GET
def works(request: OfficeRequest) -> HttpResponse:
    """The rules, what each does next, and where a post stands empty."""
    actor, today = request.actor, request.today
    context = {
        "works": queries.works(actor, today),
        "place": queries.place_to_plan(actor),
        "may_desk": queries.may_open(actor),
    }
    return render(request, "supervision/works.html", context)


@actor_required
@require_http_methods(["GET", "POST"])
def new_work(request: OfficeRequest) -> HttpResponse:
    """A rule more."""
    town = queries.place_to_plan(request.actor)
    if town is None:
        raise PermissionDenied
    actor, today = request.actor, request.today
    form = forms.RecurringForm(
        request.POST or None,
        initial={"from_on": today, "rhythm": "monthly", "shift": "before", "lead_days": 5},
        units=unit_choices(actor, today, town),
        posts=post_choices(actor, today, town, leaders=False),
    )
    if request.method == "POST" and form.is_valid():
        new = NewWork(**form.said())
        try:
            made = do(request, actions.add_recurring, now=timezone.now(), unit=town, new=new)
        except Refused as refused:
            form.add_error(None, tell(refused.why))
        else:
            messages.success(request, _("已登记。请核对以后十二个月的日期。"))
            return redirect("supervision:work", made.id)
    return render(
        request, "supervision/new_work.html", {"form": form}, status=422 if form.errors else 200
    )


@actor_required
@require_GET
def work(request: OfficeRequest, work_id: UUID) -> HttpResponse:
    """The coming twelve months of one rule, and what was made of it."""
    return _shown(request, _work(request, work_id))


@actor_required
@require_POST
def skip(request: OfficeRequest, work_id: UUID) -> HttpResponse:
    """Skip one time, with the reason."""
    row = _work(request, work_id)
    form = forms.SkipForm(request.POST)
    if not form.is_valid():
        return _shown(request, row, skip=form)
    try:
        do(request, actions.skip_occurrence, now=timezone.now(), work=row, **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, tell(refused.why))
        return _shown(request, row, skip=form)
    messages.success(request, _("这一次已跳过。"))
    return redirect("supervision:work", row.pk)


@actor_required
@require_POST
def end_work(request: OfficeRequest, work_id: UUID) -> HttpResponse:
    """End a rule on a day, with the reason."""
    row = _work(request, work_id)
    form = forms.EndForm(request.POST)
    if not form.is_valid():
        return _shown(request, row, end=form)
    facts = {"work": row, "version": version_sent(request), **form.cleaned_data}
    try:
        do(request, actions.end_recurring, now=timezone.now(), **facts)
    except Refused as refused:
        form.add_error(None, tell(refused.why))
        return _shown(request, row, end=form)
    messages.success(request, _("已定截止日期，之后不再生成。"))
    return redirect("supervision:work", row.pk)


def _shown(
    request: OfficeRequest,
    row: RecurringWork,
    skip: forms.SkipForm | None = None,
    end: forms.EndForm | None = None,
) -> HttpResponse:
    page = queries.work_page(request.actor, request.today, row)
    context = {
        "page": page,
        "skip": skip or forms.SkipForm(),
        "end": end or forms.EndForm(initial={"to_on": row.to_on or request.today}),
    }
    return render(request, "supervision/work.html", context, status=422 if skip or end else 200)


def _work(request: OfficeRequest, work_id: UUID) -> RecurringWork:
    row = queries.work_for(request.actor, request.today, work_id)
    if row is None:
        raise Http404
    return row
