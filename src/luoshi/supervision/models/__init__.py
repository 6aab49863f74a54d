"""The room's tables: checks and extensions, spot checks, the week, meetings, recurring work."""

from luoshi.supervision.models.checks import Extension, Verification
from luoshi.supervision.models.intake import Intake
from luoshi.supervision.models.meetings import Decision, Minutes
from luoshi.supervision.models.papers import (
    STEP_FIELDS,
    AnswerForm,
    IncomingPaper,
    OutgoingReport,
    ToldFigure,
)
from luoshi.supervision.models.recurring import RecurringItem, RecurringWork
from luoshi.supervision.models.relaying import Confirmation
from luoshi.supervision.models.sampling import SampleDraw, SampleItem
from luoshi.supervision.models.weeks import WeeklyLine, WeeklyList

__all__ = [
    "STEP_FIELDS",
    "AnswerForm",
    "Confirmation",
    "Decision",
    "Extension",
    "IncomingPaper",
    "Intake",
    "Minutes",
    "OutgoingReport",
    "RecurringItem",
    "RecurringWork",
    "SampleDraw",
    "SampleItem",
    "ToldFigure",
    "Verification",
    "WeeklyLine",
    "WeeklyList",
]
