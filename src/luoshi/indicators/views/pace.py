from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luoshi.domain.base import Refused
from luoshi.domain.pacing import DEFAULT_RULE, PRESETS
from luoshi.goals.queries import plans
from luoshi.indicators import actions, queries
from luoshi.indicators.forms.pacing import QUARTERS, CourseForm, RuleForm
from luoshi.indicators.models import Course
from luoshi.indicators.views.common import who, year_of
from luoshi.indicators.views.here import town_here
from luoshi.org.models import Unit
from luoshi.ui.guard import actor_required, do, version_sent
from luoshi.ui.lights import LIGHTS
from luoshi.ui.sentences import tell


@actor_required
@require_GET
def pace(request: HttpRequest) -> HttpResponse:
    """Every target of a unit beside its pace: gap, light, forecast, three gaps, on one row."""
    actor, today = who(request)
    place, year = town_here(request), year_of(request)
    units = list(queries.units(actor, today).filter(path__startswith=place.path))
    unit = _unit_asked(request, units, place)
    seen = queries.pace_of(actor, today, year, place=place, narrowed=Q(unit=unit))
    word = request.GET.get("light", "")
    rows = [row for row in seen.rows if not word or row.light.word == word]
    shared = queries.shared(actor, [row.target for row in seen.rows])
    context = {
        "seen": seen,
        "rows": [
            (row, shared.get(row.target.pk), queries.sees_parts(actor, row.target)) for row in rows
        ],
        "counts": [
            (key, name, n)
            for key, (_css, name) in LIGHTS.items()
            if (n := sum(row.light.word == key for row in seen.rows))
        ],
        "units": units,
        "unit": unit,
        "word": word,
        "may": queries.has_right(actor, "plan", unit),
        "passed": _passed(seen.on, year),
    }
    return render(request, "indicators/pace.html", context)


@actor_required
@require_http_methods(["GET", "POST"])
def rules(request: HttpRequest) -> HttpResponse:
    """The published rules side by side on the place's own figures; one of them is chosen here."""
    actor, today = who(request)
    place, year = town_here(request), year_of(request)
    may = queries.has_right(actor, "plan", place)
    form = RuleForm(request.POST or None)
    chosen = queries.rule_of(actor, place, year)
    plan = plans(actor, today).filter(unit=place, year=year).first()
    if request.method == "POST" and form.is_valid():
        only = plan if form.cleaned_data["only_plan"] else None
        own = chosen if chosen and (chosen.unit_id, chosen.plan) == (place.pk, only) else None
        do(
            request,
            actions.choose_rule,
            unit=place,
            rule=form.cleaned_data["rule"],
            plan=only,
            version=version_sent(request) if own else None,
        )
        messages.success(request, _("亮灯规则已选定，各页按此亮灯。"))
        return redirect(request.get_full_path())
    seen = queries.pace_of(actor, today, year, place=place)
    compared = queries.compare(actor, seen.rows, seen.on)
    counts = {
        code: [
            (key, n) for key in LIGHTS if (n := sum(by[code].word == key for _r, by in compared))
        ]
        for code in PRESETS
    }
    context = {
        "rows": [(row, [by[code] for code in PRESETS]) for row, by in compared],
        "rules": [(code, rule, counts[code]) for code, rule in PRESETS.items()],
        "now": chosen.rule if chosen else DEFAULT_RULE.code,
        "chosen": chosen,
        "place": place,
        "plan": plan,
        "year": year,
        "may": may,
    }
    return render(request, "indicators/rules.html", context, status=422 if form.errors else 200)


@actor_required
@require_http_methods(["GET", "POST"])
def course(request: HttpRequest, indicator_id: UUID) -> HttpResponse:
    """How an indicator's year is spread, and what each choice would expect today."""
    actor, today = who(request)
    row = queries.indicator_for(actor, today, indicator_id)
    if row is None:
        raise Http404
    year = year_of(request)
    known = Course.objects.filter(indicator=row, year=year).first()
    may = queries.has_right(actor, "plan", row.unit)
    form = CourseForm(request.POST or None, initial=_course_as_text(known))
    if request.method == "POST" and form.is_valid():
        try:
            do(
                request,
                actions.set_course,
                indicator=row,
                year=year,
                profile=form.cleaned_data["profile"],
                weights=form.weights(),
                version=version_sent(request),
            )
        except Refused as refused:
            form.add_error("profile", tell(refused.why))
        else:
            messages.success(request, _("进度安排已保存。"))
            return redirect("indicators:pace")
    context = {
        "indicator": row, "year": year, "course": known, "form": form, "may": may,
        "tried": queries.plain_courses(actor, year, today),
    }  # fmt: skip
    return render(request, "indicators/course.html", context, status=422 if form.errors else 200)


@actor_required
@require_GET
def quarter(request: HttpRequest) -> HttpResponse:
    """开门红 (31 March), 双过半 (30 June) and their sisters: met or not, and by how much; A4."""
    actor, today = who(request)
    place, year = town_here(request), year_of(request)
    units = list(queries.units(actor, today).filter(path__startswith=place.path))
    unit = _unit_asked(request, units, place)
    asked = request.GET.get("q", "")
    number = int(asked) if asked in QUARTERS else _last_quarter(year, today)
    page = queries.quarter_of(actor, today, year, number, place=place, unit=unit)
    context = {
        "page": page, "year": year, "number": number, "units": units, "unit": unit,
        "over": page.on < today, "quarters": (1, 2, 3, 4),
    }  # fmt: skip
    return render(request, "indicators/quarter.html", context)


@actor_required
@require_GET
def disparity(request: HttpRequest) -> HttpResponse:
    """How unequal the villages are in an indicator, who is last, and which way it goes."""
    actor, today = who(request)
    place = town_here(request)
    choices = queries.comparable(actor, today, place)
    asked = request.GET.get("indicator", "")
    row = next((one for one in choices if str(one.pk) == asked), choices[0] if choices else None)
    line, wrong = _decimal(request.GET.get("line", ""))
    page = None
    if row is not None:
        page = queries.disparity_of(
            actor, today, row, place=place, end=_day(request.GET.get("end", "")), line=line
        )
    context = {
        "page": page, "choices": choices, "chosen": row, "line": line, "wrong": wrong,
        "place": place, **(_drawn(page) if page else {}),
    }  # fmt: skip
    return render(request, "indicators/disparity.html", context, status=422 if wrong else 200)


def _drawn(page: queries.Disparity) -> dict[str, Any]:
    """What the chart needs in whole numbers: shares of the highest, Gini in ten thousandths."""
    highest = max(
        (line.member.value for line in page.seen.lines if line.member.value), default=None
    )
    bars = [
        (line, int(10_000 * line.member.value / highest) if highest and line.member.value else 0)
        for line in page.seen.lines
    ]
    mean = page.seen.mean
    at = int(10_000 * mean / Fraction(highest)) if highest and mean is not None else None
    gini = [
        int(one.seen.gini * 10_000) if one.seen.gini is not None else None for one in page.history
    ]
    return {"bars": bars, "mean_at": at, "gini": gini, "last": {x.member.id for x in page.last}}


def _unit_asked(request: HttpRequest, units: list[Unit], place: Unit) -> Unit:
    asked = request.GET.get("unit", "")
    return next((one for one in units if str(one.pk) == asked), place)


def _passed(on: date, year: int) -> int:
    """The share of the year gone by whole months, in basis points."""
    if on.year != year:
        return 10_000 if on.year > year else 0
    return 10_000 * (on.month - 1) // 12


def _last_quarter(year: int, today: date) -> int:
    if today.year != year:
        return 4
    return max(1, (today.month - 1) // 3)


def _decimal(text: str) -> tuple[Decimal | None, str]:
    """A line to be lifted over; what is wrong with it in words."""
    if not text.strip():
        return None, ""
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        return None, _("“%(text)s”不是数，请填数字，如 10。") % {"text": text[:20]}
    return (value, "") if value.is_finite() else (None, _("请填数字，如 10。"))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _course_as_text(known: Course | None) -> dict[str, Any]:
    if known is None:
        return {"profile": Course.Profile.MONTHS}
    said: dict[str, Any] = {"profile": known.profile}
    if known.profile == Course.Profile.QUARTERS:
        said |= {f"q{n}": weight for n, weight in known.weights}
    if known.profile == Course.Profile.MILESTONES:
        said["nodes"] = "\n".join(" ".join(pair) for pair in known.weights)
    return said
