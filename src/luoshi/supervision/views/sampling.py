"""Pages of spot checks (回头看抽查): the draws, drawing, one draw, looking at an item, ending."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luoshi.domain import sampling
from luoshi.domain.base import Period, Refused, say
from luoshi.org.models import Unit
from luoshi.supervision import actions, forms, queries
from luoshi.supervision.models import SampleDraw, Verification
from luoshi.ui.guard import OfficeRequest, actor_required, do, version_sent
from luoshi.ui.sentences import tell


@actor_required
@require_GET
def samples(request: OfficeRequest) -> HttpResponse:
    """What was drawn, and what came of it."""
    _enter(request)
    actor, today = request.actor, request.today
    context = {"draws": queries.draws(actor, today), "place": queries.place_to_draw(actor)}
    return render(request, "supervision/samples.html", context)


@actor_required
@require_http_methods(["GET", "POST"])
def new(request: OfficeRequest) -> HttpResponse:
    """How many would be drawn and why, unit by unit; then the draw, once for a period."""
    place = queries.place_to_draw(request.actor)
    if place is None:
        raise PermissionDenied
    offered = {_code(p): p for p in queries.periods(request.actor, request.today)}
    names = [(code, tell(sampling.period_name(period))) for code, period in offered.items()]
    asked = request.POST if request.method == "POST" else request.GET
    chosen = offered.get(asked.get("period", "")) or next(iter(offered.values()))
    levels = queries.usual(request.actor, place, chosen)
    usual = {"period": _code(chosen), "confidence": str(levels[0]), "rate": str(levels[1])}
    form = forms.SampleForm(usual | {n: v for n in usual if (v := asked.get(n))}, names=names)
    if form.is_valid():
        chosen, levels = offered[form.cleaned_data["period"]], form.levels()
        if request.method == "POST" and (answer := _drawn(request, form, chosen, levels)):
            return answer
    return _offer(request, form, place, chosen, levels)


def _code(period: Period) -> str:
    return f"{period.start:%Y%m%d}-{period.end:%Y%m%d}"


def _offer(
    request: OfficeRequest,
    form: forms.SampleForm,
    place: Unit,
    period: Period,
    levels: tuple[int, int],
) -> HttpResponse:
    offer = queries.proposal(request.actor, request.today, place, period, levels)
    context = {"form": form, "offer": offer, "is_county": place.kind == Unit.Kind.COUNTY}
    status = 422 if form.errors else 200
    return render(request, "supervision/draw.html", context, status=status)


def _drawn(
    request: OfficeRequest, form: forms.SampleForm, period: Period, levels: tuple[int, int]
) -> HttpResponse | None:
    try:
        made = do(
            request,
            actions.draw,
            now=timezone.now(),
            period=period,
            confidence=levels[0],
            rate=levels[1],
        )
    except Refused as refused:
        form.add_error(None, tell(refused.why))
        return None
    messages.success(request, _("已抽取，名单如下。"))
    return redirect("supervision:sample", made.id)


@actor_required
@require_GET
def sample(request: OfficeRequest, draw_id: UUID) -> HttpResponse:
    """Which items were drawn, who looks at them, what was found."""
    _enter(request)
    row = _draw(request, draw_id)
    context = {"shown": queries.shown(request.actor, request.today, row), "draw": row}
    return render(request, "supervision/sample.html", context)


@actor_required
@require_http_methods(["GET", "POST"])
def end(request: OfficeRequest, draw_id: UUID) -> HttpResponse:
    """Why the draw ends before every item was looked at."""
    _enter(request)
    row = _draw(request, draw_id)
    place = queries.place_to_draw(request.actor)
    if request.method == "GET":
        if place is None or place.pk != row.unit_id:
            raise Refused(say("sampling.not_yours"))
        if row.state != SampleDraw.State.OPEN:
            raise Refused(say("sampling.not_open"))
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            do(
                request,
                actions.end,
                now=timezone.now(),
                draw=row,
                reason=form.cleaned_data["reason"],
                version=version_sent(request),
            )
        except Refused as refused:
            form.add_error(None, tell(refused.why))
        else:
            messages.success(request, _("抽查已提前结束。"))
            return redirect("supervision:sample", row.pk)
    context = {"form": form, "draw": row, "name": sampling.period_name(_period(row))}
    return render(
        request, "supervision/end_sample.html", context, status=422 if form.errors else 200
    )


@actor_required
@require_http_methods(["GET", "POST"])
def check(request: OfficeRequest, item_id: UUID) -> HttpResponse:
    """What was reported with its evidence, and the form: is it true?"""
    _enter(request)
    item = queries.item_for(request.actor, request.today, item_id)
    if item is None:
        raise Http404
    form = forms.CheckForm(
        request.POST or None, initial={"method": Verification.Method.PAPERS.value}
    )
    if request.method == "POST" and form.is_valid():
        sent: dict[str, Any] = form.cleaned_data | {"key": request.POST.get("key", "")}
        told: dict[str, Any] = {
            "actor": request.actor,
            "today": request.today,
            "now": timezone.now(),
        }
        try:
            actions.check(**told, item=item, version=version_sent(request), **sent)
        except Refused as refused:
            form.add_error(None, tell(refused.why))
        else:
            messages.success(request, _("已记下查看结论。"))
            return redirect("supervision:sample", item.draw_id)
    if request.method == "GET":
        why = sampling.refusal(queries.checker_facts(request.actor, request.today, item))
        if why is not None:
            raise Refused(why)
    context = {"form": form, "item": item, "task": item.task}
    context["claims"] = queries.claims(request.actor, item.task)
    return render(
        request, "supervision/check_sample.html", context, status=422 if form.errors else 200
    )


def _enter(request: OfficeRequest) -> None:
    if not queries.may_open(request.actor):
        raise PermissionDenied


def _draw(request: OfficeRequest, draw_id: UUID) -> SampleDraw:
    row = queries.draw_for(request.actor, request.today, draw_id)
    if row is None:
        raise Http404
    return row


def _period(row: SampleDraw) -> Period:
    return Period(row.from_on, row.to_on)
