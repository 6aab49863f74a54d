"""How units stand with their orders, and the rules that a town sets for its papers."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luoshi.domain.base import Period, Refused
from luoshi.org.models import Unit
from luoshi.supervision import actions, order_forms, queries
from luoshi.supervision.models import Order, Result, Serial
from luoshi.ui.guard import OfficeRequest, actor_required, do, version_sent
from luoshi.ui.sentences import tell


@actor_required
@require_GET
def standing(request: OfficeRequest) -> HttpResponse:
    """Each unit's orders of a year or a quarter; a unit sees itself, the 班子 all of its town."""
    actor, today = request.actor, request.today
    offered = _periods(today.year)
    asked = request.GET.get("period", "")
    chosen = dict(offered).get(asked) or offered[0][1]
    context = {
        "rows": queries.standings(actor, today, chosen),
        "periods": [(key, period) for key, period in offered if period.start <= today],
        "chosen": next(key for key, period in offered if period == chosen),
        "period": chosen,
        "results": Result.choices,
    }
    return render(request, "supervision/standing.html", context)


def _periods(year: int) -> Sequence[tuple[str, Period]]:
    """This year and its quarters, then the year before, by the key of the address."""
    quarters = [(f"{year}Q{n}", Period.quarter(year, n)) for n in range(1, 5)]
    return [(str(year), Period.year(year)), *quarters, (str(year - 1), Period.year(year - 1))]


@actor_required
@require_http_methods(["GET", "POST"])
def rules(request: OfficeRequest) -> HttpResponse:
    """Styles of numbers and limits by source, each saved by itself."""
    actor, today = request.actor, request.today
    town = queries.town_to_order(actor)
    if town is None or town.kind != Unit.Kind.TOWN:
        raise PermissionDenied
    fault = ""
    if request.method == "POST":
        fault = _saved(request, town)
        if not fault:
            messages.success(request, _("已保存，以后登记的督办单按此办理。"))
            return redirect("supervision:order_rules")
    known = queries.rules_of(actor, town, today.year)
    context = {
        "town": town,
        "year": today.year,
        "styles": [(kind, Serial.Kind(kind).label, row, text) for kind, row, text in known.styles],
        "limits": [
            (source, Order.Source(source).label, days, row) for source, days, row in known.limits
        ],
        "fault": fault,
        "sent": request.POST,
    }
    return render(request, "supervision/order_rules.html", context, status=422 if fault else 200)


def _saved(request: OfficeRequest, town: Unit) -> str:
    """Save the one rule that was sent; the words of the refusal, or "" where it stands."""
    style, limit = order_forms.StyleForm(request.POST), order_forms.LimitForm(request.POST)
    try:
        if style.is_valid():
            do(
                request,
                actions.set_style,
                unit=town,
                year=request.today.year,
                version=version_sent(request),
                **style.cleaned_data,
            )
        elif limit.is_valid():
            do(
                request,
                actions.set_limit,
                unit=town,
                version=version_sent(request),
                **limit.cleaned_data,
            )
        else:
            return _("没有保存：请填文号样式，或1至250的工作日数。")
    except Refused as refused:
        return tell(refused.why)
    return ""
