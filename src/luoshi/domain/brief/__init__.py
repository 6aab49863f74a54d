"""Brief: facts become paragraphs in the office's register, and no figure stands without its fact.

`annual_review` writes the year's review, `check` refuses what no fact stands behind, `attribute`
ties a re-worded text back to its facts. `docs/explanation/brief.md` tells the rule.
"""

from luoshi.domain.brief.bulletin import (
    BulletinFacts,
    IssueFacts,
    UnitFacts,
    bulletin,
    issue_fault,
    reply_days_fault,
)
from luoshi.domain.brief.check import attribute, check
from luoshi.domain.brief.facts import (
    MISSING,
    Fact,
    FactKind,
    LineFacts,
    NextStep,
    Paragraph,
    ReviewFacts,
    Run,
    Style,
    text_of,
)
from luoshi.domain.brief.figures import date_text, figures
from luoshi.domain.brief.review import MANNERS, Manner, annual_review

__all__ = [
    "MANNERS",
    "MISSING",
    "BulletinFacts",
    "Fact",
    "FactKind",
    "IssueFacts",
    "LineFacts",
    "Manner",
    "NextStep",
    "Paragraph",
    "ReviewFacts",
    "Run",
    "Style",
    "UnitFacts",
    "annual_review",
    "attribute",
    "bulletin",
    "check",
    "date_text",
    "figures",
    "issue_fault",
    "reply_days_fault",
    "text_of",
]
