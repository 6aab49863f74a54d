"""One indicator: what it is, what it should reach, what it reached, and every change of these."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luoshi.goals.models import Plan
from luoshi.goals.queries import plans
from luoshi.indicators import actions, forms, queries
from luoshi.indicators.models import Benchmark, Indicator, IndicatorDefinition, Target
from luoshi.indicators.queries.page import told
from luoshi.indicators.views.common import (
    boxes_of,
    found,
    names_of,
    place_of,
    tried,
    version_of,
    who,
    year_of,
)
from luoshi.indicators.views.here import paced_of
from luoshi.indicators.views.listing import parts_of, said
from luoshi.journal.actions import Written
from luoshi.ui.guard import actor_required, do


@actor_required
@require_GET
def page(request: HttpRequest, indicator_id: UUID) -> HttpResponse:
    """What does it count, how far is it, and who said so?"""
    actor, today = who(request)
    row = found(request, indicator_id)
    place = place_of(request) if request.GET.get("unit") else row.unit
    paced = paced_of(request, Q(unit=place, indicator=row)).get(row.pk)
    context = {
        "row": row,
        "told": told(actor, today, row, place, year_of(request)),
        "paced": paced,
        "parts": paced is not None and queries.sees_parts(actor, paced.target),
        "place": place,
        "year": year_of(request),
        "years": range(today.year, today.year - 4, -1),
        "units": names_of(
            unit for unit in queries.units(actor, today) if unit.path.startswith(row.unit.path)
        ),
        "may": queries.has_right(actor, "plan", row.unit),
        "may_verify": queries.has_right(actor, "supervise", place),
        "reason": forms.ReasonForm(),
    }
    return render(request, "indicators/indicator.html", context)


def _form_page(
    request: HttpRequest,
    row: Indicator,
    form: Form,
    title: str,
    version: int,
) -> HttpResponse:
    context = {"row": row, "form": form, "title": title, "version": version}
    status = 422 if form.errors else 200
    return render(request, "indicators/form.html", context, status=status)


@actor_required
@require_http_methods(["GET", "POST"])
def define(request: HttpRequest, indicator_id: UUID) -> HttpResponse:
    """A new definition from a day on."""
    row = found(request, indicator_id)
    queries.demand_right(who(request)[0], "plan", row.unit)
    last = row.definitions.order_by("-from_on").first()
    form = forms.NewDefinitionForm(
        request.POST or None, parts=parts_of(request, row.unit), initial=_as_initial(last)
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = tried(
            form,
            lambda: do(
                request,
                actions.add_definition,
                indicator=row,
                from_on=data["from_on"],
                reason=data["reason"],
                defining=said(request, form),
            ),
        )
        if made is not None:
            return redirect("indicators:indicator", row.pk)
    return _form_page(request, row, form, _("调整口径"), row.version)


def _as_initial(row: IndicatorDefinition | None) -> dict[str, Any]:
    if row is None:
        return {}
    values = {name: getattr(row, name) for name in forms.DefinitionForm.base_fields}
    for name in ("numerator", "denominator", "weight_by"):
        values[name] = str(getattr(row, f"{name}_id") or "")
    return values


@actor_required
@require_http_methods(["GET", "POST"])
def mend(request: HttpRequest, indicator_id: UUID) -> HttpResponse:
    """Mend the words of the present definition."""
    row = found(request, indicator_id)
    queries.demand_right(who(request)[0], "plan", row.unit)
    last = row.definitions.order_by("-from_on").first()
    if last is None:
        raise Http404
    form = forms.DefinitionForm(
        request.POST or None, parts=parts_of(request, row.unit), initial=_as_initial(last)
    )
    if request.method == "POST" and form.is_valid():
        made = tried(
            form,
            lambda: do(
                request,
                actions.edit_definition,
                definition=last,
                version=version_of(request, last.version),
                defining=said(request, form),
            ),
        )
        if made is not None:
            return redirect("indicators:indicator", row.pk)
    return _form_page(request, row, form, _("修改口径"), last.version)


@actor_required
@require_http_methods(["GET", "POST"])
def reporting(request: HttpRequest, indicator_id: UUID) -> HttpResponse:
    """Which units report it."""
    actor, today = who(request)
    row = found(request, indicator_id)
    queries.demand_right(actor, "plan", row.unit)
    below = [one for one in queries.units(actor, today) if one.path.startswith(row.unit.path)]
    present = [str(one.unit_id) for one in row.reporters.filter(to_on__isnull=True)]
    form = forms.ReportersForm(
        request.POST or None,
        units=boxes_of(below),
        initial={"units": present, "from_on": today},
    )
    if request.method == "POST" and form.is_valid():
        chosen = [one for one in below if str(one.pk) in form.cleaned_data["units"]]
        made = tried(
            form,
            lambda: do(
                request,
                actions.set_reporters,
                indicator=row,
                version=version_of(request, row.version),
                units=chosen,
                from_on=form.cleaned_data["from_on"],
            ),
        )
        if made is not None:
            return redirect("indicators:indicator", row.pk)
    return _form_page(request, row, form, _("填报单位"), row.version)


@actor_required
@require_POST
def end(request: HttpRequest, indicator_id: UUID) -> HttpResponse:
    """Stop an indicator."""
    row = found(request, indicator_id)
    do(request, actions.end_indicator, indicator=row, version=version_of(request, row.version))
    return redirect("indicators:indicator", row.pk)


@actor_required
@require_http_methods(["GET", "POST"])
def new_target(request: HttpRequest, indicator_id: UUID) -> HttpResponse:
    """A target of a unit on one basis."""
    actor, today = who(request)
    row = found(request, indicator_id)
    places = {
        str(unit.pk): unit
        for unit in queries.units(actor, today)
        if unit.path.startswith(row.unit.path) and queries.has_right(actor, "plan", unit)
    }
    if not places:
        queries.demand_right(actor, "plan", row.unit)
    years = {
        str(plan.pk): plan
        for plan in plans(actor, today).exclude(state=Plan.State.CLOSED)
        if row.unit.path.startswith(plan.unit.path) or plan.unit.path.startswith(row.unit.path)
    }
    form = forms.TargetForm(
        request.POST or None,
        units=[(key, unit.short_name) for key, unit in places.items()],
        plans=[(key, plan.title) for key, plan in years.items()],
        initial={"year": today.year},
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        aim = actions.Aim(
            basis=data["basis"],
            value=data["value"],
            comparison=data["comparison"],
            plan=years.get(data["plan"]),
            source=data["source"],
        )
        made = tried(
            form,
            lambda: do(
                request,
                actions.set_target,
                indicator=row,
                unit=places[data["unit"]],
                period=form.period(),
                aim=aim,
            ),
        )
        if made is not None:
            return redirect("indicators:indicator", row.pk)
    return _form_page(request, row, form, _("登记目标值"), row.version)


@actor_required
@require_http_methods(["GET", "POST"])
def target(request: HttpRequest, target_id: UUID) -> HttpResponse:
    """Another figure for a target; in force it says why."""
    actor, today = who(request)
    row = queries.target_for(actor, today, target_id)
    if row is None:
        raise Http404
    queries.demand_right(actor, "plan", row.unit)
    form = forms.ChangedTargetForm(
        request.POST or None, initial={"value": row.value, "comparison": row.comparison}
    )
    if request.method == "POST" and form.is_valid():
        made = tried(
            form,
            lambda: do(
                request,
                actions.edit_target,
                target=row,
                version=version_of(request, row.version),
                **form.cleaned_data,
            ),
        )
        if made is not None:
            return redirect("indicators:indicator", row.indicator_id)
    return _form_page(request, row.indicator, form, _("调整目标值"), row.version)


@actor_required
@require_GET
def adopted(request: HttpRequest, target_id: UUID) -> HttpResponse:
    """From a target to the page of its indicator."""
    row = queries.target_for(*who(request), target_id)
    if row is None:
        raise Http404
    return redirect("indicators:indicator", row.indicator_id)


@actor_required
@require_POST
def withdraw_target(request: HttpRequest, target_id: UUID) -> HttpResponse:
    """Take a target back, saying why."""
    row = queries.target_for(*who(request), target_id)
    return _taken_back(request, row, actions.withdraw_target, "target")


@actor_required
@require_http_methods(["GET", "POST"])
def new_benchmark(request: HttpRequest, indicator_id: UUID) -> HttpResponse:
    """What a peer area reached."""
    actor, today = who(request)
    row = found(request, indicator_id)
    queries.demand_right(actor, "plan", row.unit)
    form = forms.BenchmarkForm(request.POST or None, initial={"year": today.year})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        peer = actions.Peer(
            name=data["peer"],
            period=form.period(),
            value=data["value"],
            source=data["source"],
            as_of=data["as_of"],
        )
        made = tried(
            form,
            lambda: do(request, actions.add_benchmark, indicator=row, unit=row.unit, peer=peer),
        )
        if made is not None:
            return redirect("indicators:indicator", row.pk)
    return _form_page(request, row, form, _("登记对标值"), row.version)


@actor_required
@require_POST
def remove_benchmark(request: HttpRequest, benchmark_id: UUID) -> HttpResponse:
    """Take a peer's figure out, saying why."""
    row = queries.benchmarks(*who(request)).filter(pk=benchmark_id).first()
    return _taken_back(request, row, actions.remove_benchmark, "benchmark")


def _taken_back(
    request: HttpRequest,
    row: Target | Benchmark | None,
    action: Callable[..., Written],
    name: str,
) -> HttpResponse:
    """Take one row of an indicator back with the reason that was typed; back to its page."""
    if row is None:
        raise Http404
    do(
        request,
        action,
        version=version_of(request, row.version),
        reason=request.POST.get("reason", ""),
        **{name: row},
    )
    return redirect("indicators:indicator", row.indicator_id)


@actor_required
@require_POST
def verify(request: HttpRequest, reading_id: UUID) -> HttpResponse:
    """Stand for a figure that somebody else stated."""
    row = queries.reading_for(*who(request), reading_id)
    if row is None:
        raise Http404
    do(request, actions.verify_reading, reading=row)
    messages.success(request, _("已核实。"))
    return redirect("indicators:indicator", row.indicator_id)


@actor_required
@require_POST
def withdraw(request: HttpRequest, reading_id: UUID) -> HttpResponse:
    """Take a figure back: it is kept, and nothing is known again."""
    row = queries.reading_for(*who(request), reading_id)
    if row is None:
        raise Http404
    do(request, actions.withdraw_reading, reading=row, reason=request.POST.get("reason", ""))
    return redirect("indicators:indicator", row.indicator_id)
