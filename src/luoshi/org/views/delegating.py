"""委托代理: what one gave away, what one was given, and under which name one acts."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from luoshi.domain.access import Actor
from luoshi.domain.base import Refused
from luoshi.org import actions, delegated
from luoshi.org.forms import DelegationForm
from luoshi.org.models import Account, Delegation
from luoshi.ui.guard import OfficeRequest, actor_required, do, version_sent

SESSION = "stands_in"
"""Where the session keeps under which delegation its person acts."""


@actor_required
@require_http_methods(["GET", "POST"])
def delegations(request: OfficeRequest) -> HttpResponse:
    """The page, and a new delegation of an own post."""
    actor, today = request.actor, request.today
    form = DelegationForm(
        request.POST or None,
        posts=delegated.delegable_posts(actor),
        people=delegated.people_below(actor, today),
        initial={"from_on": today},
    )
    refused = None
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        facts = {key: told[key] for key in ("from_on", "to_on", "reason")}
        try:
            do(
                request,
                actions.delegate,
                post_id=told["post"].pk,
                taker_id=told["taker"].pk,
                **facts,
            )
        except Refused as why:
            refused = why.why
        else:
            messages.success(request, _("已委托，到期自动终止。"))
            return redirect("org:delegations")
    given, taken = delegated.delegations(actor)
    context = {
        "form": form,
        "refused": refused,
        "may_give": delegated.delegable_posts(actor).exists(),
        "given": given,
        "taken": [(row, _stands(row, request)) for row in taken],
    }
    failed = refused is not None or form.errors
    return render(request, "org/delegations.html", context, status=422 if failed else 200)


def _stands(row: Delegation, request: OfficeRequest) -> bool:
    """Whether the person may act under it now."""
    return _actor(request, row.pk) is not None


def _actor(request: OfficeRequest, delegation_id: UUID) -> Actor | None:
    account = request.user
    assert isinstance(account, Account)
    return delegated.standing_in(account, request.today, delegation_id)


@actor_required
@require_POST
def take_back(request: OfficeRequest, delegation_id: UUID) -> HttpResponse:
    """End what one gave away, at once."""
    given, _taken = delegated.delegations(request.actor)
    if delegation_id not in {row.pk for row in given}:
        raise Http404
    do(
        request,
        actions.take_back,
        now=timezone.now(),
        delegation_id=delegation_id,
        version=version_sent(request) or 0,
    )
    messages.success(request, _("已收回委托。"))
    return redirect("org:delegations")


@actor_required
@require_POST
def stand_in(request: OfficeRequest, delegation_id: UUID) -> HttpResponse:
    """Act in the other's name from here on, until the person says otherwise or it ends."""
    actor = _actor(request, delegation_id)
    if actor is None:
        raise Http404
    do(request, actions.stand_in, actor=actor, delegation_id=delegation_id)
    request.session[SESSION] = str(delegation_id)
    return redirect("home:start")


@actor_required
@require_POST
def stand_down(request: OfficeRequest) -> HttpResponse:
    """Act as oneself again."""
    request.session.pop(SESSION, None)
    return redirect("org:delegations")
