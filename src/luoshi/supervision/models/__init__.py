"""The room's tables: checks and extensions, spot checks."""

from luoshi.supervision.models.checks import Extension, Verification
from luoshi.supervision.models.intake import Intake
from luoshi.supervision.models.papers import (
    STEP_FIELDS,
    AnswerForm,
    IncomingPaper,
    OutgoingReport,
    ToldFigure,
)
from luoshi.supervision.models.relaying import Confirmation
from luoshi.supervision.models.sampling import SampleDraw, SampleItem

__all__ = [
    "STEP_FIELDS",
    "AnswerForm",
    "Confirmation",
    "Extension",
    "IncomingPaper",
    "Intake",
    "OutgoingReport",
    "SampleDraw",
    "SampleItem",
    "ToldFigure",
    "Verification",
]
