"""The list of indicators, and a new one."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from luoshi.indicators import actions, queries
from luoshi.indicators.forms import DefinitionForm, IndicatorForm
from luoshi.indicators.models import Indicator
from luoshi.indicators.views.common import boxes_of, names_of, place_of, tried, who, year_of
from luoshi.indicators.views.here import paced_of
from luoshi.org.models import Unit
from luoshi.ui.guard import actor_required, do


@actor_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """How far is each indicator of a place, beside last year, its targets and a peer?"""
    actor, today = who(request)
    unit, year = place_of(request), year_of(request)
    lines = queries.board(actor, today, unit, year)
    paced = paced_of(request, Q(unit=unit))
    wholes = [
        row
        for row in queries.registers(actor, today, unit)
        if row.kind == Indicator.Kind.COMPOSITION
    ]
    context = {
        "lines": [(line, paced.get(line.indicator.pk)) for line in lines],
        "owed": queries.owed(actor, today),
        "unit": unit,
        "units": names_of(queries.units(actor, today)),
        "year": year,
        "years": range(today.year, today.year - 4, -1),
        "wholes": wholes,
        "may": queries.has_right(actor, "plan", unit),
    }
    return render(request, "indicators/list.html", context)


def parts_of(request: HttpRequest, unit: Unit) -> list[tuple[str, str]]:
    """Indicators that may be a part of a ratio: of the same registers, stated themselves."""
    rows = queries.registers(*who(request), unit)
    return [
        (str(row.pk), row.name)
        for row in rows
        if row.kind in {Indicator.Kind.FLOW, Indicator.Kind.LEVEL}
    ]


def said(request: HttpRequest, form: DefinitionForm) -> actions.Defining:
    """What a form defines; keys of parts become rows that the actor may read."""
    data: dict[str, Any] = {
        name: value
        for name, value in form.cleaned_data.items()
        if name in actions.Defining.__dataclass_fields__
    }
    rows = {str(row.pk): row for row in queries.indicators(*who(request))}
    for name in ("numerator", "denominator", "weight_by"):
        data[name] = rows.get(data[name])
    return actions.Defining(**data)


@actor_required
@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """A new indicator of the place's register."""
    actor, today = who(request)
    unit = place_of(request)
    queries.demand_right(actor, "plan", unit)
    below = [
        one
        for one in queries.units(actor, today)
        if one.path.startswith(unit.path) and (one.to_on is None or one.to_on >= today)
    ]
    rows = {str(row.pk): row for row in queries.registers(actor, today, unit)}
    wholes = [
        (key, row.name)
        for key, row in rows.items()
        if row.kind == Indicator.Kind.COMPOSITION and row.unit_id == unit.pk
    ]
    form = IndicatorForm(
        request.POST or None, parts=parts_of(request, unit), wholes=wholes, units=boxes_of(below)
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        chosen = [one for one in below if str(one.pk) in data["reporters"]]
        naming = actions.Naming(
            name=data["name"],
            kind=data["kind"],
            category=data["category"],
            number=data["number"],
            part_of=rows.get(data["part_of"]),
        )
        made = tried(
            form,
            lambda: do(
                request,
                actions.create_indicator,
                unit=unit,
                naming=naming,
                defining=said(request, form),
                reporters=chosen,
            ),
        )
        if made is not None:
            return redirect("indicators:indicator", made.id)
    context = {"form": form, "unit": unit}
    return render(request, "indicators/new.html", context, status=422 if form.errors else 200)
