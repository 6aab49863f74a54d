"""The county's page: the next level side by side."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luoshi.home.queries.county import county as county_view
from luoshi.ui.guard import OfficeRequest, actor_required


@actor_required
@require_GET
def county(request: OfficeRequest) -> HttpResponse:
    """Towns side by side, for those who work in the county."""
    found = county_view(request.actor, request.today)
    if found is None:
        raise Http404
    return render(request, "home/county.html", {"county": found})
