"""Fact check: whether a text contradicts itself or the calendar."""

from luoshi.domain.factcheck.burden import BURDEN_CODES, RULES, Limits, check_burden
from luoshi.domain.factcheck.law import CODES, check
from luoshi.domain.factcheck.models import Clause, Doubt, Paper

__all__ = [
    "BURDEN_CODES",
    "CODES",
    "RULES",
    "Clause",
    "Doubt",
    "Limits",
    "Paper",
    "check",
    "check_burden",
]
