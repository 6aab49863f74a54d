"""The only writes of adoption: take up, set aside, reshape, undo; one family of verbs a file."""

from luoshi.adoption.actions.answering import Measure, answer_problem, leave_problem
from luoshi.adoption.actions.joining import compare_again, join, tell_apart
from luoshi.adoption.actions.shaping import change, change_kind, merge, set_aside, split
from luoshi.adoption.actions.taking import adopt
from luoshi.adoption.actions.tying import tie
from luoshi.adoption.actions.undoing import undo

__all__ = [
    "Measure",
    "adopt",
    "answer_problem",
    "change",
    "change_kind",
    "compare_again",
    "join",
    "leave_problem",
    "merge",
    "set_aside",
    "split",
    "tell_apart",
    "tie",
    "undo",
]
