"""The room's tables: checks and extensions, spot checks."""

from luoshi.supervision.models.checks import Extension, Verification
from luoshi.supervision.models.intake import Intake
from luoshi.supervision.models.sampling import SampleDraw, SampleItem

__all__ = ["Extension", "Intake", "SampleDraw", "SampleItem", "Verification"]
