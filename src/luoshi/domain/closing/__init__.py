"""Closing: which move a task allows, to whom, and why any other move is refused.

The law is a table of (state, verb, who, guards) → next state, read by two pure functions:
`decide` answers one attempted move, `moves` lists the buttons a page may show.
`docs/explanation/closing.md` tells the rule as the office states it.
"""

from luoshi.domain.closing.facts import (
    Allowed,
    ExtensionState,
    Facts,
    Field,
    NotAllowed,
    Relation,
    SourceKind,
    State,
    SubjectKind,
    Verb,
)
from luoshi.domain.closing.law import (
    decide,
    demand,
    draw_verifier,
    moves,
    needs,
    state_name,
    verb_name,
)
from luoshi.domain.closing.limits import SIGN_LIMITS, SignLimit, Urgency, sign_by
from luoshi.domain.closing.table import (
    ACTIVE,
    ENDED,
    TABLE,
    Move,
)

__all__ = [
    "ACTIVE",
    "ENDED",
    "SIGN_LIMITS",
    "TABLE",
    "Allowed",
    "ExtensionState",
    "Facts",
    "Field",
    "Move",
    "NotAllowed",
    "Relation",
    "SignLimit",
    "SourceKind",
    "State",
    "SubjectKind",
    "Urgency",
    "Verb",
    "decide",
    "demand",
    "draw_verifier",
    "moves",
    "needs",
    "sign_by",
    "state_name",
    "verb_name",
]
