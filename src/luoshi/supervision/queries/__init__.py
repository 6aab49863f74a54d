"""Reads of supervision; every function takes the actor first, and its scope follows from that."""

from luoshi.supervision.queries.asking import OPEN, facts_for, is_drawn, open_extension
from luoshi.supervision.queries.desk import Chase, Desk, desk, may_open
from luoshi.supervision.queries.drawing import checkers_for, drawn_for
from luoshi.supervision.queries.findings import findings
from luoshi.supervision.queries.intake import (
    Arrivals,
    arrivals,
    askers,
    leaders_among,
    may_see_intake,
    roster_of,
    temporary_share,
)
from luoshi.supervision.queries.owing import OwedLook, owed, owed_of_many
from luoshi.supervision.queries.panel import Claim, Panel, claims, panel
from luoshi.supervision.queries.proposing import periods, place_to_draw, proposal, usual
from luoshi.supervision.queries.sampling import (
    checker_facts,
    draw_for,
    draws,
    item_for,
    open_draws,
    shown,
)
from luoshi.supervision.queries.waiting import Waiting, waiting

__all__ = [
    "OPEN",
    "Arrivals",
    "Chase",
    "Claim",
    "Desk",
    "OwedLook",
    "Panel",
    "Waiting",
    "arrivals",
    "askers",
    "checker_facts",
    "checkers_for",
    "claims",
    "desk",
    "draw_for",
    "drawn_for",
    "draws",
    "facts_for",
    "findings",
    "is_drawn",
    "item_for",
    "leaders_among",
    "may_open",
    "may_see_intake",
    "open_draws",
    "open_extension",
    "owed",
    "owed_of_many",
    "panel",
    "periods",
    "place_to_draw",
    "proposal",
    "roster_of",
    "shown",
    "temporary_share",
    "usual",
    "waiting",
]
