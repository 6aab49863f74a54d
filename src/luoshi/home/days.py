"""Days that the morning's page asks about."""

from __future__ import annotations

from datetime import date, timedelta

from luoshi.goals.models import Plan
from luoshi.org.calendars import calendar_of


def since_last_working_day(today: date, plan: Plan) -> tuple[date, date]:
    """From the last working day before today to yesterday: what fell due and was not done."""
    calendar = calendar_of(plan.unit)
    return calendar.on_or_before(today - timedelta(days=1)), today - timedelta(days=1)
