"""不均衡: how far apart villages are, who is last, and whether the gap grows or shrinks.

`spread` (one moment), `trend` (two moments, on the same members), `lifted` (over a line since),
`between` (two areas, e.g. town and country). `docs/explanation/disparity.md` tells the formulas.
"""

from luoshi.domain.disparity.spread import Line, Member, Spread, bottom, spread
from luoshi.domain.disparity.trend import Between, Lifted, Trend, Way, between, lifted, trend

__all__ = [
    "Between",
    "Lifted",
    "Line",
    "Member",
    "Spread",
    "Trend",
    "Way",
    "between",
    "bottom",
    "lifted",
    "spread",
    "trend",
]
