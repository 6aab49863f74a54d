"""One blocker: what stands in the way, whose move it is, and the answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luoshi.domain import blocking
from luoshi.domain.base import Refused
from luoshi.journal.actions import Written
from luoshi.ledger import actions
from luoshi.ledger.forms.blocking import BlockerForm
from luoshi.ledger.models import Blocker
from luoshi.ledger.queries import blocker_for, task_for
from luoshi.ledger.queries.blocking import facts_for, page_of
from luoshi.ledger.queries.choosing import helper_choices, town_above
from luoshi.ledger.views.common import do, first, who
from luoshi.ui.guard import actor_required, version_sent
from luoshi.ui.sentences import tell

ACTS: Mapping[str, Callable[..., Written]] = {
    "answer": actions.answer_blocker,
    "promise": actions.promise_blocker,
    "send_back": actions.send_back_blocker,
    "clear": actions.clear_blocker,
    "press": actions.press_blocker,
    "point": actions.point_blocker,
}


@actor_required
@require_http_methods(["GET", "POST"])
def blocker(request: HttpRequest, blocker_id: UUID) -> HttpResponse:
    """The blocker and its answer; who may only read it is refused in the law's words."""
    actor, today = who(request)
    row = blocker_for(actor, today, blocker_id)
    if row is None:
        raise Http404
    facts = facts_for(actor, today, row.task, row)
    allowed = blocking.moves(row.state, facts)  # type: ignore[arg-type]
    form = BlockerForm(
        request.POST or None,
        allowed=allowed if request.method == "GET" else tuple(ACTS),
        people=lambda: helper_choices(actor, today, town_above(actor, row.task.unit)),
        initial={"says": allowed[0]} if allowed else {},
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _said(request, row, form)
        except Refused as refused:  # also where nothing is allowed: what was typed is shown again
            first(form, tell(refused.why))
    context = {
        "form": form,
        "allowed": allowed,
        "page": page_of(actor, today, row),
        "task": task_for(actor, today, row.task_id),
        "next": request.POST.get("next", ""),
    }
    return render(request, "ledger/blocker.html", context, status=422 if form.errors else 200)


def _said(request: HttpRequest, row: Blocker, form: BlockerForm) -> HttpResponse:
    act = ACTS[form.cleaned_data["says"]]
    do(request, act, blocker=row, version=version_sent(request), **form.facts())
    messages.success(request, _("已收到。"))
    there = request.POST.get("next", "")
    if there and url_has_allowed_host_and_scheme(there, {request.get_host()}):
        return redirect(there)
    return redirect("ledger:blocker", row.pk)
