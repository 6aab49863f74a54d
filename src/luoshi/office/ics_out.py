"""A calendar of whole days as an iCalendar file (RFC 5545), for phones and mail programs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event


@dataclass(frozen=True, slots=True)
class Day:
    """One whole day: what stands in the calendar, and the name that makes it the same next time."""

    uid: str
    on: date
    title: str
    about: str = ""


def calendar(name: str, days: Iterable[Day], *, now: datetime) -> bytes:
    """A calendar file: each day an event without a clock, none of which blocks anybody's time.

    A program that asks again finds the same `uid`s: a day that moved moves there, too.
    """
    book = Calendar()
    book.add("prodid", "-//Luoshi//calendar//ZH")
    book.add("version", "2.0")
    book.add("x-wr-calname", name)
    book.add("refresh-interval;value=duration", "PT4H")
    for day in days:
        event = Event()
        event.add("uid", day.uid)
        event.add("dtstamp", now)
        event.add("dtstart", day.on)
        event.add("dtend", day.on + timedelta(days=1))
        event.add("summary", day.title)
        event.add("transp", "TRANSPARENT")
        if day.about:
            event.add("description", day.about)
        book.add_component(event)
    return bytes(book.to_ical())
