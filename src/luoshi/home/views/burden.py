"""填报负担账: the town's page, one person's page, the wall chart's line."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luoshi.burden.queries import drafting_unit
from luoshi.home.queries import burden as queries
from luoshi.home.queries.year import holder_of
from luoshi.ui.guard import OfficeRequest, actor_required


@actor_required
@require_GET
def burden(request: OfficeRequest) -> HttpResponse:
    """What we ask of people, and what it costs them."""
    found = queries.meter(request.actor, request.today)
    drafts = drafting_unit(request.actor, request.today) is not None
    return render(request, "home/burden.html", {"meter": found, "may_draft": drafts})


@actor_required
@require_GET
def line(request: OfficeRequest) -> HttpResponse:
    """The burden's line, fetched by the wall chart once it stands."""
    found = queries.meter(request.actor, request.today, light=True)
    return render(request, "home/_burden.html", {"meter": found})


@actor_required
@require_GET
def mine(request: OfficeRequest, post_id: UUID | None = None) -> HttpResponse:
    """One person's bill: oneself, or the holder of a post whom the actor answers for (R41)."""
    person = request.actor.person_id
    if post_id is not None:
        person = holder_of(request.actor, request.today, post_id)
        if person is None:
            raise Http404
    found = queries.mine(request.actor, request.today, person) if person else None
    own = person == request.actor.person_id
    return render(request, "home/my_burden.html", {"page": found, "mine": own})
