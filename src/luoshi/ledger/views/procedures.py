"""A task is given a procedure: its steps looked at with their days, then made in one act."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luoshi.domain.base import Refused
from luoshi.ledger import actions, forms
from luoshi.ledger.queries import calendar_of
from luoshi.ledger.steps import templates
from luoshi.ledger.views.common import do, first, found, who
from luoshi.ui.guard import actor_required
from luoshi.ui.sentences import tell


@actor_required
@require_http_methods(["GET", "POST"])
def steps(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """The steps of a procedure with the days they would take; sent back, they become parts."""
    task = found(request, task_id)
    if task.plan is None:
        raise Http404
    _actor, today = who(request)
    known = templates()
    sent = request.POST if request.method == "POST" else request.GET
    asked = sent if "template" in sent else {"template": "1", "starts_on": today.isoformat()}
    form = forms.StepsForm(asked, choices=[(str(one.number), one.name) for one in known])
    rows = None
    if form.is_valid():
        chosen = known[form.cleaned_data["template"] - 1]
        start = form.cleaned_data["starts_on"]
        if request.method == "POST":
            try:
                do(request, actions.give_steps, task=task, template=chosen, starts_on=start)
                messages.success(request, _("已分解为程序步骤。"))
                return redirect(f"{reverse('ledger:timetable')}?task={task.pk}")
            except Refused as refused:
                first(form, tell(refused.why))
        slots = chosen.slots(calendar_of(task.plan.unit), start)
        rows = [(n, *pair) for n, pair in enumerate(zip(chosen.steps, slots, strict=True), 1)]
    context = {"form": form, "task": task, "rows": rows}
    status = 422 if form.errors and request.method == "POST" else 200
    return render(request, "ledger/steps.html", context, status=status)
