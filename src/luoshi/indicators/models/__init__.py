"""Tables of the room: the register with its figures, and how targets are shared and paced."""

from luoshi.indicators.models.register import (
    SCALE,
    Benchmark,
    Indicator,
    IndicatorDefinition,
    Reading,
    Reporter,
    StoredTotal,
    Target,
)
from luoshi.indicators.models.sharing import Course, Division, PaceRule, Share

__all__ = [
    "SCALE",
    "Benchmark",
    "Course",
    "Division",
    "Indicator",
    "IndicatorDefinition",
    "PaceRule",
    "Reading",
    "Reporter",
    "Share",
    "StoredTotal",
    "Target",
]
