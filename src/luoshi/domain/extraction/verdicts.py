"""Where a clause stands, and what was found that it is: the two records the kinds are told with."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from luoshi.domain.base import Sentence
from luoshi.domain.extraction.models import Kind, Part

VIEW: Final = 600  # characters of a clause that decide its kind; the rest cannot change it


@dataclass(frozen=True, slots=True)
class Place:
    """Where a clause stands: part, problem zone, document form, section title, position 0..1."""

    part: Part
    form: str
    problem_zone: bool = False
    heading: str = ""
    position: float = 0.0
    preamble: bool = False
    entry: bool = False
    after_contrast: bool = False
    targets: bool = False
    told: bool = False
    lead_in: bool = False
    path_deep: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """A kind with its reasons and the confidence (0..1) measured for the rule that gave it."""

    kind: Kind
    confidence: Decimal
    reasons: tuple[Sentence, ...]


def verdict(kind: Kind, confidence: str, *reasons: Sentence) -> Verdict:
    """A verdict with the raw strength of the rule that gave it."""
    return Verdict(kind, Decimal(confidence), reasons)
