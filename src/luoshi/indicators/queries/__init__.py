"""Reads of the register; the first argument is the actor."""

from luoshi.indicators.queries.again import Again, divided_again
from luoshi.indicators.queries.asked import asked
from luoshi.indicators.queries.board import Line, board, registers, shares, unit_for
from luoshi.indicators.queries.disparity import Disparity, comparable, disparity_of
from luoshi.indicators.queries.figures import Figure, Figures, load
from luoshi.indicators.queries.grid import Grid, grid
from luoshi.indicators.queries.owing import Owed, owed, owed_of_units
from luoshi.indicators.queries.pace import compare, pace_of, plain_courses, rule_of
from luoshi.indicators.queries.quarter import Quarter, quarter_of
from luoshi.indicators.queries.scope import (
    benchmarks,
    demand_right,
    has_right,
    indicator_for,
    indicators,
    reading_for,
    readings,
    reporters,
    target_for,
    targets,
    totals,
    units,
)
from luoshi.indicators.queries.sharing import (
    Shared,
    base_choices,
    division_of,
    findings,
    my_shares,
    own_targets,
    posts_of,
    reporting_units,
    sees_parts,
    shared,
    units_below,
)
from luoshi.indicators.queries.standing import Pace, Row
from luoshi.indicators.queries.understanding import MOST, Typed, Understood, understand

__all__ = [
    "MOST",
    "Again",
    "Disparity",
    "Figure",
    "Figures",
    "Grid",
    "Line",
    "Owed",
    "Pace",
    "Quarter",
    "Row",
    "Shared",
    "Typed",
    "Understood",
    "asked",
    "base_choices",
    "benchmarks",
    "board",
    "comparable",
    "compare",
    "demand_right",
    "disparity_of",
    "divided_again",
    "division_of",
    "findings",
    "grid",
    "has_right",
    "indicator_for",
    "indicators",
    "load",
    "my_shares",
    "owed",
    "owed_of_units",
    "own_targets",
    "pace_of",
    "plain_courses",
    "posts_of",
    "quarter_of",
    "reading_for",
    "readings",
    "registers",
    "reporters",
    "reporting_units",
    "rule_of",
    "sees_parts",
    "shared",
    "shares",
    "target_for",
    "targets",
    "totals",
    "understand",
    "unit_for",
    "units",
    "units_below",
]
