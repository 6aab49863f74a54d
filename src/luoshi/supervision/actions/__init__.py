"""The only writes of supervision: checks, deadlines asked to move, and spot checks."""

from luoshi.supervision.actions.checks import (
    agree_extension,
    approve_extension,
    ask_extension,
    refuse_extension,
    return_for_rework,
    verify,
)
from luoshi.supervision.actions.intake import Arrival, enter
from luoshi.supervision.actions.sampling import check, draw, end

__all__ = [
    "Arrival",
    "agree_extension",
    "approve_extension",
    "ask_extension",
    "check",
    "draw",
    "end",
    "enter",
    "refuse_extension",
    "return_for_rework",
    "verify",
]
