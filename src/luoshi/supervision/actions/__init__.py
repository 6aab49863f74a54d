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
from luoshi.supervision.actions.papers import (
    Leaving,
    NewPaper,
    draft_report,
    leave,
    pass_steps,
    register_paper,
)
from luoshi.supervision.actions.relaying import MOST, Relayed, confirm, relay
from luoshi.supervision.actions.sampling import check, draw, end
from luoshi.supervision.actions.slips import receive_slip

__all__ = [
    "MOST",
    "Arrival",
    "Leaving",
    "NewPaper",
    "Relayed",
    "agree_extension",
    "approve_extension",
    "ask_extension",
    "check",
    "confirm",
    "draft_report",
    "draw",
    "end",
    "enter",
    "leave",
    "pass_steps",
    "receive_slip",
    "refuse_extension",
    "register_paper",
    "relay",
    "return_for_rework",
    "verify",
]
