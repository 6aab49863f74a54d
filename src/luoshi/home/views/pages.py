"""The first page of each role, the wall chart, the daily page."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luoshi.home.queries.daily import daily as daily_page
from luoshi.home.queries.gauges import gauges as gauges_of
from luoshi.home.queries.line import board
from luoshi.home.queries.load import scope_of
from luoshi.home.queries.start import first_pages
from luoshi.home.queries.wall import wall as wall_chart
from luoshi.home.queries.year import holder_of, my_year
from luoshi.ui.guard import OfficeRequest, actor_required


@actor_required
@require_GET
def start(request: OfficeRequest) -> HttpResponse:
    """Send each role to its own first page."""
    for name in first_pages(request.actor):
        try:
            return redirect(reverse(name))
        except NoReverseMatch:
            continue
    return redirect("home:nothing")


@actor_required
@require_GET
def nothing(request: OfficeRequest) -> HttpResponse:
    """Whoever holds no post today reads why there is nothing to see."""
    return render(request, "home/nothing.html")


@actor_required
@require_GET
def wall(request: OfficeRequest) -> HttpResponse:
    """Where the plan stands against time, and who must move."""
    chart = wall_chart(request.actor, request.today)
    words = [
        (word, chart.tally.all[word])
        for word in ("ok", "slow", "late", "silent", "not_started", "none", "done")
        if chart
    ]
    bar, at = [], 0
    total = chart.tally.total if chart else 0
    for word, count in words:
        width = 3_000 * count // total if total else 0
        bar.append((word, f"{at / 10:g}", f"{max(width - 15, 0) / 10:g}"))
        at += width
    return render(request, "home/wall.html", {"wall": chart, "words": words, "bar": bar})


@actor_required
@require_GET
def gauges(request: OfficeRequest) -> HttpResponse:
    """The indicators' lights, fetched by the wall chart once it stands."""
    found = gauges_of(request.actor, request.today)
    return render(request, "home/_gauges.html", {"gauges": found})


@actor_required
@require_GET
def daily(request: OfficeRequest) -> HttpResponse:
    """One A4 for the morning."""
    titles = {
        "report": _("今天要报出的"),
        "unanswered": _("我交办的未回"),
        "appear": _("该我出面的"),
        "soon": _("三日内到期或刚过时限"),
    }
    page = daily_page(request.actor, request.today)
    parts = [(titles[section.part], section) for section in page.sections]
    return render(request, "home/daily.html", {"page": page, "parts": parts})


@actor_required
@require_GET
def year(request: OfficeRequest, post_id: UUID | None = None) -> HttpResponse:
    """One person's year: oneself, or the holder of a post whom the actor answers for."""
    person = request.actor.person_id
    if post_id is not None:
        person = holder_of(request.actor, request.today, post_id)
        if person is None:
            raise Http404
    page = my_year(request.actor, request.today, person) if person else None
    context = {
        "page": page,
        "mine": person == request.actor.person_id,
        "evens": scope_of(request.actor) is not None,
    }
    return render(request, "home/year.html", context)


@actor_required
@require_GET
def line(request: OfficeRequest, line_id: UUID) -> HttpResponse:
    """One work line: leader, board, achievement and gap."""
    found = board(request.actor, request.today, line_id)
    if found is None:
        raise Http404
    return render(request, "home/line.html", {"board": found})
