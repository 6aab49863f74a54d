"""The office's day: what arrives, by when, for whom; what a pasted chat says (交办、来文、代录).

Pure: names, items and calendars come in as data, and what is not sure is said to be not sure.
"""

from luoshi.domain.intake.hours import CLOSE_OF_OFFICE, say_due
from luoshi.domain.intake.matching import Matched, OpenItem, match_chat
from luoshi.domain.intake.papers import (
    Clash,
    Figure,
    clashes,
    internal_deadline,
    judge_deadlines,
    judge_steps,
    missing_steps,
    say_step,
)
from luoshi.domain.intake.roster import Holder, Party, Place, Roster, match_party
from luoshi.domain.intake.sources import guess_source
from luoshi.domain.intake.when import When, read_when

__all__ = [
    "CLOSE_OF_OFFICE",
    "Clash",
    "Figure",
    "Holder",
    "Matched",
    "OpenItem",
    "Party",
    "Place",
    "Roster",
    "When",
    "clashes",
    "guess_source",
    "internal_deadline",
    "judge_deadlines",
    "judge_steps",
    "match_chat",
    "match_party",
    "missing_steps",
    "read_when",
    "say_due",
    "say_step",
]
