"""The writes of the burden meter."""

from luoshi.burden.actions.asking import answer, give_opinion, log_outside, note_timing
from luoshi.burden.actions.requests import draft_request, issue, reply, withhold

__all__ = [
    "answer",
    "draft_request",
    "give_opinion",
    "issue",
    "log_outside",
    "note_timing",
    "reply",
    "withhold",
]
