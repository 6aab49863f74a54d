"""The only writes of adoption: take up, set aside, reshape, undo; one family of verbs a file."""

from luoshi.adoption.actions.shaping import change, change_kind, merge, set_aside, split
from luoshi.adoption.actions.taking import adopt
from luoshi.adoption.actions.tying import tie
from luoshi.adoption.actions.undoing import undo

__all__ = ["adopt", "change", "change_kind", "merge", "set_aside", "split", "tie", "undo"]
