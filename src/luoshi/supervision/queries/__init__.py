"""Reads of supervision; every function takes the actor first, and its scope follows from that."""

from luoshi.supervision.queries.asking import OPEN, facts_for, is_drawn, open_extension
from luoshi.supervision.queries.desk import Chase, Desk, desk, may_open
from luoshi.supervision.queries.drawing import drawn_for
from luoshi.supervision.queries.findings import findings
from luoshi.supervision.queries.panel import Claim, Panel, claims, panel
from luoshi.supervision.queries.waiting import Waiting, owed, waiting

__all__ = [
    "OPEN",
    "Chase",
    "Claim",
    "Desk",
    "Panel",
    "Waiting",
    "claims",
    "desk",
    "drawn_for",
    "facts_for",
    "findings",
    "is_drawn",
    "may_open",
    "open_extension",
    "owed",
    "panel",
    "waiting",
]
