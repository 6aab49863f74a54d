"""Tables into the ledger: where the header stands, what a column holds, which rows are items."""

from luoshi.domain.tables.heads import FIELDS, MANY, Proposal, propose
from luoshi.domain.tables.marks import Mark, mark_of
from luoshi.domain.tables.models import Column, Grid, Head, Line, Value
from luoshi.domain.tables.region import columns_of, find_head
from luoshi.domain.tables.rows import lines_of
from luoshi.domain.tables.values import (
    blank,
    dangerous,
    masked,
    number_of,
    op_of,
    text_of,
    title_of,
)

__all__ = [
    "FIELDS",
    "MANY",
    "Column",
    "Grid",
    "Head",
    "Line",
    "Mark",
    "Proposal",
    "Value",
    "blank",
    "columns_of",
    "dangerous",
    "find_head",
    "lines_of",
    "mark_of",
    "masked",
    "number_of",
    "op_of",
    "propose",
    "text_of",
    "title_of",
]
