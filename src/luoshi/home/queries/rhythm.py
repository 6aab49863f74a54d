"""By which hours and working days a person's town or county asks."""

from __future__ import annotations

from luoshi.domain.access import ADMINISTRATORS, Actor
from luoshi.home.queries.owing import Known
from luoshi.notices.queries import rhythm_of
from luoshi.org.calendars import calendar_of
from luoshi.org.queries import town_of


def known_of(actor: Actor) -> Known | None:
    """The rhythm and calendar of the actor's place; None for whoever holds no post of business."""
    if not actor.posts or actor.roles <= ADMINISTRATORS:
        return None
    place = town_of(actor)
    return (rhythm_of(actor, place), calendar_of(place)) if place else None
