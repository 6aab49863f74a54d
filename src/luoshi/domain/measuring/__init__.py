"""Measuring: what a cell says, for which period it may be stated, and what a ratio comes to.

`cells` reads what a person typed or pasted, `periods` names periods and their due days, `stating`
says why a reading may not be entered, `ratio` reckons from two parts.
`docs/explanation/indicators.md` tells the rules.
"""

from luoshi.domain.measuring.cells import Cell, read_cell
from luoshi.domain.measuring.periods import due_on, label_of, periods_of, year_before
from luoshi.domain.measuring.ratio import growth, ratio
from luoshi.domain.measuring.stating import Stating, why_not

__all__ = [
    "Cell",
    "Stating",
    "due_on",
    "growth",
    "label_of",
    "periods_of",
    "ratio",
    "read_cell",
    "why_not",
    "year_before",
]
