"""The only writes of meetings, plans, goals, work lines and notes."""

from luoshi.goals.actions.meetings import create_meeting, keep_call
from luoshi.goals.actions.plans import (
    add_documents,
    add_goal,
    add_line,
    add_note,
    add_to_line,
    add_to_sums,
    approve_plan,
    close_plan,
    create_plan,
    edit_goal,
    edit_line,
    edit_note,
    edit_plan,
    put_in_force,
    set_sums,
    withdraw_goal,
    withdraw_note,
)

__all__ = [
    "add_documents",
    "add_goal",
    "add_line",
    "add_note",
    "add_to_line",
    "add_to_sums",
    "approve_plan",
    "close_plan",
    "create_meeting",
    "create_plan",
    "edit_goal",
    "edit_line",
    "edit_note",
    "edit_plan",
    "keep_call",
    "put_in_force",
    "set_sums",
    "withdraw_goal",
    "withdraw_note",
]
