"""Hours that decide: how a deadline of the hour is said (今天17:00前)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final

from luoshi.domain.base import Sentence, say
from luoshi.domain.workdays import SHANGHAI

CLOSE_OF_OFFICE: Final = time(18, 0)
"""The hour of a superior's day that names none."""


def say_due(at: datetime, today: date) -> Sentence:
    """An hour as the office says it: 今天17:00前, 明天9:00前, else the day and the hour."""
    local = at.astimezone(SHANGHAI)
    hour = f"{local:%H:%M}"
    if local.date() == today:
        return say("intake.due.today", hour=hour)
    if local.date() == today + timedelta(days=1):
        return say("intake.due.tomorrow", hour=hour)
    return say("intake.due.day", day=local.date(), hour=hour)
