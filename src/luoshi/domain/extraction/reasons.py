"""Why a clause is a formula or a duty, in sentences that a page can show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from luoshi.domain.base import Sentence, say
from luoshi.domain.extraction.models import Strength

FORMULAS: Final[Mapping[str, Sentence]] = {
    "address": say("extraction.formula.address"),
    "greeting": say("extraction.formula.greeting"),
    "meeting": say("extraction.formula.meeting"),
    "handover": say("extraction.formula.handover"),
    "credit": say("extraction.formula.credit"),
    "year": say("extraction.formula.year"),
    "weighty": say("extraction.formula.weighty"),
    "remedy": say("extraction.formula.remedy"),
    "formal": say("extraction.formula.formal"),
    "basis": say("extraction.formula.basis"),
    "finale": say("extraction.formula.finale"),
    "aphorism": say("extraction.formula.aphorism"),
    "call": say("extraction.formula.call"),
}
OBLIGED: Final[Mapping[Strength, Sentence]] = {
    "must": say("extraction.obligation.must"),
    "should": say("extraction.obligation.should"),
    "strive": say("extraction.obligation.strive"),
    "encourage": say("extraction.obligation.encourage"),
}
PASSED: Final[Mapping[str, Sentence]] = {
    "heading": say("extraction.left.heading"),
    "frame": say("extraction.left.frame"),
    "terms": say("extraction.left.terms"),
    "apparatus": say("extraction.left.apparatus"),
    "described": say("extraction.left.described"),
    "announces": say("extraction.left.announces"),
}
