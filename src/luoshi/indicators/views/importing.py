"""Figures out of a file or the clipboard: map the columns, see what was understood, save all."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luoshi.domain.base import Refused, say
from luoshi.domain.measuring.periods import MONTHS
from luoshi.files import actions as files
from luoshi.indicators import blocks, queries, tallying
from luoshi.indicators.blocks import Mapped, Names, plain
from luoshi.indicators.forms import ImportForm, SavingForm
from luoshi.indicators.views.common import place_of, who, year_of
from luoshi.indicators.views.grid import understood
from luoshi.office import sheets_in
from luoshi.office.answers import Kind
from luoshi.ui.guard import actor_required, upload_too_large
from luoshi.ui.sentences import tell

SHEETS: frozenset[Kind] = frozenset({"sheet"})
ROWS = 2_000
"""Rows of one import: more is refused in words, nothing is cut off silently."""


@actor_required
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """A table of figures: the file first, then what each column is and what was understood."""
    if answer := upload_too_large(request):
        return answer
    actor, today = who(request)
    unit = place_of(request)
    rows = [row for row in queries.registers(actor, today, unit) if row.kind != "composition"]
    form = ImportForm(
        request.POST or None,
        request.FILES or None,
        indicators=[(str(row.pk), row.name) for row in rows],
        initial={"year": year_of(request)},
    )
    context = {"form": form, "unit": unit, "may": queries.has_right(actor, "plan", unit)}
    if request.method == "POST" and form.is_valid():
        try:
            table = _table(request, form)
            stated = any(role == "value" or "/" in role for role in table.columns)
            cells = _cells(request, table, form) if stated else []
            return _mapping(request, table, form, cells)
        except Refused as refused:
            form.add_error(None, tell(refused.why))
    return render(request, "indicators/import.html", context, status=422 if form.errors else 200)


def _table(request: HttpRequest, form: ImportForm) -> Mapped:
    """The table of the form: mapped a second time by the person, or guessed from its heading.

    A file or text with a secrecy marking is refused, and no byte of it kept (R71).
    """
    year = form.cleaned_data["year"]
    if kept := request.POST.get("table", ""):
        try:
            table = [[str(cell) for cell in row] for row in json.loads(kept)]
        except (ValueError, TypeError) as error:
            raise Refused(say("indicators.block_unreadable")) from error
        guessed = blocks.guess(table, year)
        chosen = [
            request.POST.get(f"column-{number}", role)
            for number, role in enumerate(guessed.columns)
        ]
        return Mapped(guessed.header, guessed.rows, [_usable(role, year) for role in chosen])
    upload = form.cleaned_data["file"]
    actor, today = who(request)
    gate: dict[str, Any] = {"actor": actor, "today": today, "unit_id": place_of(request).pk}
    if upload is not None:
        data = upload.read()
        files.screen(**gate, name=upload.name or "", data=data, takes=SHEETS)
        sheets = sheets_in.rows(data)
        table = [[_text(cell) for cell in row] for row in sheets[0].rows] if sheets else []
    else:
        if form.cleaned_data["pasted"].strip():
            files.screen_text(**gate, text=form.cleaned_data["pasted"])
        table = blocks.pasted(form.cleaned_data["pasted"])
    table = [row for row in table if any(cell.strip() for cell in row)]
    if not table or len(table) > ROWS:
        raise Refused(say("indicators.import_rows", most=ROWS))
    heads = [n for n, row in enumerate(table[:6]) if any(blocks.guess([row], year).columns)]
    return blocks.guess(table[heads[0] if heads else 0 :], year)


def _usable(role: str, year: int) -> str:
    if role in (*blocks.ROLES, ""):
        return role
    try:
        blocks.from_iso(role)
    except ValueError:
        period = blocks.period_of(role, year)
        return blocks.iso(period) if period else ""
    return role


def _text(cell: object) -> str:
    """A cell as a person reads it; a whole number of a workbook without its idle point."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return f"{cell.year}年{cell.month}月"
    if isinstance(cell, float):  # a workbook knows no other number; its shortest form is the cell
        return f"{Decimal(repr(cell)).normalize():f}"
    return str(cell)


def _cells(request: HttpRequest, table: Mapped, form: ImportForm) -> Sequence[queries.Typed]:
    actor, today = who(request)
    unit = place_of(request)
    rows = queries.registers(actor, today, unit)
    known = tallying.definitions(row.pk for row in rows)
    year = form.cleaned_data["year"]
    steps = {}
    for row in rows:
        definition = tallying.on(known.get(row.pk, ()), date(year, 12, 31))
        steps[str(row.pk)] = MONTHS[definition.rhythm] if definition else 1
    units = {}
    for one in queries.units(actor, today):
        units[plain(one.short_name)] = units[plain(one.name)] = str(one.pk)
    units[""] = str(unit.pk)
    names = Names(
        {plain(name): str(row.pk) for row in rows for name in (row.name, row.number)},
        units,
        form.cleaned_data["indicator"],
        steps,
    )
    cells = blocks.cells_of(table, names, year)
    if "unit" not in table.columns:
        cells = [
            queries.Typed(one.indicator, str(unit.pk), one.period, one.text, place=one.place)
            for one in cells
        ]
    return _seen(request, cells, published=form.cleaned_data["published"])


def _seen(
    request: HttpRequest, cells: Sequence[queries.Typed], *, published: bool
) -> Sequence[queries.Typed]:
    """The cells with the marks of what stands there now: an import has seen the present figures."""
    found = queries.understand(*who(request), cells, published=published)
    return [
        queries.Typed(
            one.typed.indicator, one.typed.unit, one.typed.period, one.typed.text, one.mark,
            one.typed.place,
        )
        for one in found
    ]  # fmt: skip


def _mapping(
    request: HttpRequest, table: Mapped, form: ImportForm, cells: Sequence[queries.Typed]
) -> HttpResponse:
    year = form.cleaned_data["year"]
    periods = [
        (blocks.iso(period), text)
        for text in (*(f"{year}年{n}月" for n in range(1, 13)), f"{year}年")
        if (period := blocks.period_of(text, year))
    ]
    roles = [
        ("", _("不导入")), ("indicator", _("指标")), ("unit", _("单位")),
        ("period", _("期间")), ("value", _("数值")), *periods,
    ]  # fmt: skip
    more: dict[str, Any] = {
        "mapped": list(zip(table.header, table.columns, strict=True)),
        "roles": roles,
        "table": json.dumps([list(table.header), *map(list, table.rows)], ensure_ascii=False),
        "asked": form,
        "rows": len(table.rows),
        "import_url": request.get_full_path(),
    }
    day = who(request)[1]
    return understood(
        request,
        cells,
        back=reverse("indicators:grid") + f"?year={year}",
        published=form.cleaned_data["published"],
        form=SavingForm(initial={"as_of": day}),
        more=more,
    )
