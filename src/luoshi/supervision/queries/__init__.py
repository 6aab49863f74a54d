"""Reads of supervision; every function takes the actor first, and its scope follows from that."""

from luoshi.supervision.queries.asking import OPEN, facts_for, is_drawn, open_extension
from luoshi.supervision.queries.chasing import chase_groups, tellable
from luoshi.supervision.queries.desk import Chase, Desk, desk, may_open
from luoshi.supervision.queries.drawing import checkers_for, drawn_for
from luoshi.supervision.queries.findings import findings
from luoshi.supervision.queries.intake import (
    Arrivals,
    arrivals,
    askers,
    leaders_among,
    may_see_intake,
    names_of,
    roster_of,
    temporary_share,
)
from luoshi.supervision.queries.owing import OwedLook, owed, owed_of_many
from luoshi.supervision.queries.panel import Claim, Panel, claims, panel
from luoshi.supervision.queries.papers import (
    answered_tasks,
    clashes_of,
    files_of,
    leader_people,
    office_people,
    paper_for,
    paper_list,
    paper_shown,
    report_for,
    same_reference,
    steps_of,
)
from luoshi.supervision.queries.proposing import periods, place_to_draw, proposal, usual
from luoshi.supervision.queries.relaying import (
    may_relay,
    open_items,
    typed_for,
    typed_of,
    typed_report,
)
from luoshi.supervision.queries.sampling import (
    checker_facts,
    draw_for,
    draws,
    item_for,
    open_draws,
    shown,
)
from luoshi.supervision.queries.slips import may_print_slips, slip_pages, slips
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
    "answered_tasks",
    "arrivals",
    "askers",
    "chase_groups",
    "checker_facts",
    "checkers_for",
    "claims",
    "clashes_of",
    "desk",
    "draw_for",
    "drawn_for",
    "draws",
    "facts_for",
    "files_of",
    "findings",
    "is_drawn",
    "item_for",
    "leader_people",
    "leaders_among",
    "may_open",
    "may_print_slips",
    "may_relay",
    "may_see_intake",
    "names_of",
    "office_people",
    "open_draws",
    "open_extension",
    "open_items",
    "owed",
    "owed_of_many",
    "panel",
    "paper_for",
    "paper_list",
    "paper_shown",
    "periods",
    "place_to_draw",
    "proposal",
    "report_for",
    "roster_of",
    "same_reference",
    "shown",
    "slip_pages",
    "slips",
    "steps_of",
    "tellable",
    "temporary_share",
    "typed_for",
    "typed_of",
    "typed_report",
    "usual",
    "waiting",
]
