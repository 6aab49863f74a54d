"""The grid: type or paste figures, see what was understood, save the changed cells at once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luoshi.domain.base import Refused, say
from luoshi.indicators import actions, blocks, queries
from luoshi.indicators.forms import SavingForm
from luoshi.indicators.models import Indicator
from luoshi.indicators.queries import MOST, Typed, Understood
from luoshi.indicators.views.common import found, names_of, place_of, who, year_of
from luoshi.ui.guard import actor_required, do
from luoshi.ui.sentences import tell


@actor_required
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """One indicator of all units, one unit's indicators, or the whole register, by month."""
    actor, today = who(request)
    chosen, year = _chosen(request), year_of(request)
    unit = chosen.unit if chosen and not request.GET.get("unit") else place_of(request)
    rows = queries.registers(actor, today, unit)
    narrow = None if chosen or not request.GET.get("unit") else unit
    if request.GET.get("all"):
        narrow = None
    grid = queries.grid(actor, today, [chosen] if chosen else rows, unit, year, only=narrow)
    data = grid.data()
    context = {
        "grid": grid,
        "data": json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"),
        "table": _as_table(data) if request.GET.get("view") == "table" else None,
        "months": [_("{n}月").format(n=n) for n in range(1, 13)],
        "unit": unit,
        "year": year,
        "years": range(today.year, today.year - 4, -1),
        "indicators": [(str(row.pk), row.name) for row in rows if row.kind != "composition"],
        "chosen": chosen,
        "units": names_of(queries.units(actor, today)),
        "all": bool(request.GET.get("all")),
        "typing": any(row.open for row in grid.rows),
        "query": _query(request),
    }
    return render(request, "indicators/grid.html", context)


def _chosen(request: HttpRequest) -> Indicator | None:
    asked = request.GET.get("indicator", "")
    if not asked:
        return None
    try:
        return found(request, UUID(asked))
    except ValueError as error:
        raise Http404 from error


def _query(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("view", None)
    return query.urlencode()


def _as_table(data: dict[str, Any]) -> list[tuple[str, str, str, list[str | None]]]:
    """The grid as plain rows, for whoever reads without scripts or on paper."""
    units, indicators = data["units"], data["indicators"]
    return [
        (indicators[row[0]][1], units[row[1]][1], indicators[row[0]][2], row[5])
        for row in data["rows"]
    ]


def sent(request: HttpRequest) -> list[Typed]:
    """The cells of the form, or a refusal in words."""
    cells = blocks.from_json(request.POST.get("cells", ""))
    if cells is None:
        raise Refused(say("indicators.block_unreadable"))
    if len(cells) > MOST:
        raise Refused(say("indicators.block_too_large", most=MOST))
    return cells


@actor_required
@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """What was understood of the typed cells; nothing is saved yet."""
    return understood(request, sent(request), back=request.POST.get("back", ""))


def understood(
    request: HttpRequest,
    cells: Sequence[Typed],
    *,
    back: str,
    published: bool = False,
    form: SavingForm | None = None,
    status: int = 200,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    """The page between typing and saving: every changed cell, its faults, both values where two
    people met."""
    actor, today = who(request)
    read = queries.understand(actor, today, cells, published=published)
    changed = [one for one in read if not one.same]
    faults = [one for one in changed if one.fault]
    good = [one for one in changed if not one.fault]
    kept = [
        Typed(one.typed.indicator, one.typed.unit, one.typed.period, one.typed.text, one.mark)
        for one in good
    ]
    context: dict[str, Any] = {
        "faults": faults,
        "good": good,
        "same": len(read) - len(changed),
        "met": [one for one in good if one.met],
        "revises": any(one.revises for one in good),
        "cells": blocks.to_json(kept),
        "form": form or SavingForm(initial={"as_of": today}),
        "published": published,
        "back": back,
        "partly": bool(faults and good),
    }
    return render(request, "indicators/understood.html", context | (more or {}), status=status)


@actor_required
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Save the cells that were understood, all or none; who was second sees both values."""
    actor, today = who(request)
    cells, published = sent(request), request.POST.get("published") == "1"
    back = request.POST.get("back", "")
    form = SavingForm(request.POST)
    read = queries.understand(actor, today, cells, published=published)
    if any(one.fault or one.met for one in read) or not form.is_valid():
        status = 409 if any(one.met for one in read) else 422
        return understood(request, cells, back=back, published=published, form=form, status=status)
    try:
        made = do(
            request,
            actions.save_readings,
            cells=[_entering(one) for one in read if not one.same],
            published=published,
            **form.cleaned_data,
        )
    except actions.CellsChanged:
        return understood(request, cells, back=back, published=published, form=form, status=409)
    except Refused as refused:
        form.add_error(None, tell(refused.why))
        return understood(request, cells, back=back, published=published, form=form, status=422)
    count = made.facts.get("saved", 0)
    messages.success(request, _("已保存%(n)d格。") % {"n": count})
    there = url_has_allowed_host_and_scheme(back, {request.get_host()})
    return redirect(back if back and there else "indicators:grid")


def _entering(one: Understood) -> actions.Entering:
    assert one.indicator is not None
    assert one.unit is not None
    seen: UUID | None = one.now.pk if one.now else None
    return actions.Entering(
        indicator=one.indicator,
        unit=one.unit,
        period=one.typed.period,
        value=one.value,
        seen=seen,
    )
