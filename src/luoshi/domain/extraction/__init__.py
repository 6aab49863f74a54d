"""Extraction: an official text becomes draft items that point at their passage."""

from luoshi.domain.extraction.confidence import UNSURE
from luoshi.domain.extraction.explaining import Why, explain
from luoshi.domain.extraction.labelling import to_labelling
from luoshi.domain.extraction.models import (
    KINDS,
    Deadline,
    Festivals,
    Item,
    Kind,
    Op,
    Part,
    Passage,
    Passed,
    QuantityMention,
    Reading,
    Section,
    Strength,
)
from luoshi.domain.extraction.reading import extract

__all__ = [
    "KINDS",
    "UNSURE",
    "Deadline",
    "Festivals",
    "Item",
    "Kind",
    "Op",
    "Part",
    "Passage",
    "Passed",
    "QuantityMention",
    "Reading",
    "Section",
    "Strength",
    "Why",
    "explain",
    "extract",
    "to_labelling",
]
