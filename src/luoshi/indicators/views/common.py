"""What every page of the register does first: who asks, which indicator, which place and year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest

from luoshi.domain.access import Actor
from luoshi.domain.base import Refused
from luoshi.indicators import queries
from luoshi.indicators.models import Indicator
from luoshi.journal.actions import Written
from luoshi.org.models import Unit
from luoshi.org.queries import town_of
from luoshi.ui.guard import version_sent
from luoshi.ui.sentences import tell
from luoshi.ui.shown import zh


def who(request: HttpRequest) -> tuple[Actor, date]:
    """The actor and the day of the request; the guard has seen to it that there is one."""
    return request.actor, request.today  # type: ignore[attr-defined]


def found(request: HttpRequest, indicator_id: UUID) -> Indicator:
    """The indicator, if the actor may read it; otherwise it does not exist."""
    row = queries.indicator_for(*who(request), indicator_id)
    if row is None:
        raise Http404
    return row


def place_of(request: HttpRequest) -> Unit:
    """The unit whose figures are told: the one asked for, else the town or county one works in."""
    actor, today = who(request)
    unit = queries.unit_for(actor, today, request.GET.get("unit", ""), town_of(actor))
    if unit is None:
        raise Http404
    return unit


def year_of(request: HttpRequest) -> int:
    """The year asked for, else the present one."""
    text = request.GET.get("year", "")
    usable = text.isascii() and text.isdigit() and 2000 <= int(text[:6]) <= 2100
    return int(text) if usable else who(request)[1].year


def version_of(request: HttpRequest, version: int) -> int:
    """The version the form was rendered with; the row's own where the form names none."""
    sent = version_sent(request)
    return version if sent is None else sent


def tried(form: Any, doing: Callable[[], Written]) -> Written | None:  # noqa: ANN401 - any form
    """The action's answer, or None with its refusal shown at the form."""
    try:
        return doing()
    except Refused as refused:
        form.add_error(None, tell(refused.why))
        return None


def names_of(units: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - rows of units
    """Units as choices of a form."""
    return [(str(unit.pk), unit.short_name) for unit in units]


def boxes_of(units: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - rows of units
    """The same for boxes to tick: on an English page each name is marked as Chinese."""
    return [(str(unit.pk), zh(unit.short_name)) for unit in units]
