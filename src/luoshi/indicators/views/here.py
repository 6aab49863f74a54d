from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpRequest

from luoshi.indicators import queries
from luoshi.indicators.queries import Row
from luoshi.indicators.views.common import who, year_of
from luoshi.org.models import Unit
from luoshi.org.queries import town_of


def town_here(request: HttpRequest) -> Unit:
    """The town (or county) that the person works in; none for administrators: 404."""
    actor, _today = who(request)
    place = town_of(actor) if actor.has("read") else None
    if place is None:
        raise Http404
    return place


def paced_of(request: HttpRequest, narrowed: Q) -> Mapping[UUID, Row]:
    """The rows of pace of the targets asked for, by indicator."""
    actor, today = who(request)
    seen = queries.pace_of(
        actor, today, year_of(request), place=town_here(request), narrowed=narrowed
    )
    return {row.target.indicator_id: row for row in seen.rows}
