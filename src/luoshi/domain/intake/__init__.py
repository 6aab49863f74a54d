"""The office's day: what arrives, by when, for whom; what a pasted chat says (交办、来文、代录).

Pure: names, items and calendars come in as data, and what is not sure is said to be not sure.
"""

from luoshi.domain.intake.hours import say_due
from luoshi.domain.intake.roster import Holder, Party, Place, Roster, match_party
from luoshi.domain.intake.sources import guess_source
from luoshi.domain.intake.when import When, read_when

__all__ = [
    "Holder",
    "Party",
    "Place",
    "Roster",
    "When",
    "guess_source",
    "match_party",
    "read_when",
    "say_due",
]
