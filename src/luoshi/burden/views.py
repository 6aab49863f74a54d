"""Pages of the burden room: asks outside the system, opinions and their answers."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luoshi.burden import actions, forms, queries
from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, say
from luoshi.org.queries import town_of
from luoshi.ui.guard import OfficeRequest, actor_required, do, version_sent
from luoshi.ui.lists import page_of
from luoshi.ui.sentences import tell


@actor_required
@require_http_methods(["GET", "POST"])
def outside(request: OfficeRequest) -> HttpResponse:
    """登记系统外要数: the form, and what one logged so far."""
    if not request.actor.has("read"):
        raise PermissionDenied
    form = forms.OutsideForm(request.POST or None, today=request.today)
    if request.method == "POST" and form.is_valid():
        try:
            do(request, actions.log_outside, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, tell(refused.why))
        else:
            messages.success(request, _("已登记，单独计入本人和本单位的填报负担。"))
            return redirect("burden:outside")
    rows = page_of(
        queries.my_outside(request.actor),
        ("-asked_on", "-id"),
        request.GET.get("after", ""),
    )
    status = 422 if form.errors else 200
    return render(request, "burden/outside.html", {"form": form, "page": rows}, status=status)


@actor_required
@require_http_methods(["GET", "POST"])
def opinions(request: OfficeRequest) -> HttpResponse:
    """意见建议: the form, what came to the office (or one's own), and answers by number."""
    actor = request.actor
    town = town_of(actor)
    form = forms.OpinionForm(request.POST or None, initial={"named": "no"})
    if request.method == "POST" and form.is_valid():
        if town is None:
            raise Refused(say("burden.no_place"))
        named = form.cleaned_data["named"] == "yes"
        made = do(
            request,
            actions.give_opinion,
            # Without a name the system acts: entry and receipt know no account.
            actor=actor if named else Actor.system(actor.jurisdiction_id),
            unit=town,
            kind=form.cleaned_data["kind"],
            text=form.cleaned_data["text"],
            person_id=actor.person_id if named else None,
        )
        told = _("已收到，编号 %(n)s。请记下编号，答复按编号公布在本页。") % {
            "n": made.facts["number"]
        }
        messages.success(request, told)
        return redirect("burden:opinions")
    context = {
        "form": form,
        "town": town,
        "rows": queries.opinions(actor, request.today)[:100],
        "answered": queries.answered(actor, request.today)[:100],
        "answers": queries.answers_opinions(actor),
    }
    status = 422 if form.errors else 200
    return render(request, "burden/opinions.html", context, status=status)


@actor_required
@require_http_methods(["GET", "POST"])
def answer(request: OfficeRequest, opinion_id: UUID) -> HttpResponse:
    """One opinion; the office answers it here."""
    row = queries.opinions(request.actor, request.today).filter(pk=opinion_id).first()
    if row is None:
        raise Http404
    may = queries.answers_opinions(request.actor) and row.answered_on is None
    form = forms.AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        try:
            do(request, actions.answer, opinion=row, text=text, version=version_sent(request))
        except Refused as refused:
            form.add_error(None, tell(refused.why))
        else:
            messages.success(request, _("已答复，提出人可按编号查看。"))
            return redirect("burden:opinions")
    status = 422 if form.errors else 200
    context = {"row": row, "form": form, "may": may}
    return render(request, "burden/answer.html", context, status=status)
