"""How sure a verdict is: how often verdicts of its strength were right on texts not seen before."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

# Strength of the rule from … on → share of its verdicts that a reader agreed with. Measured on 63
# development documents (870 verdicts) and on the first reading of thirteen new ones (counted
# fourfold: the law had not been mended in their sight). Strengths that lie close are pooled.
_MEASURED: Final[tuple[tuple[Decimal, Decimal], ...]] = tuple(
    (Decimal(strength), Decimal(share))
    for strength, share in (("0.92", "0.95"), ("0.80", "0.90"), ("0.65", "0.84"), ("0", "0.65"))
)
UNSURE: Final = Decimal("0.70")
"""Below it one verdict in three was wrong: a person should look there first."""
_CUT_OFF: Final = Decimal("0.10")


def confidence_of(strength: Decimal, *, incomplete: bool) -> Decimal:
    """The measured share for a rule's strength; a text that breaks off costs a tenth.

    The table only rises, so a stronger rule never counts for less.
    """
    share = next(share for least, share in _MEASURED if strength >= least)
    return share - _CUT_OFF if incomplete else share
