"""Reads of the register; the first argument is the actor."""

from luoshi.indicators.queries.board import Line, board, registers, shares, unit_for
from luoshi.indicators.queries.figures import Figure, Figures, load
from luoshi.indicators.queries.grid import Grid, grid
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
from luoshi.indicators.queries.understanding import MOST, Typed, Understood, understand

__all__ = [
    "MOST",
    "Figure",
    "Figures",
    "Grid",
    "Line",
    "Typed",
    "Understood",
    "benchmarks",
    "board",
    "demand_right",
    "grid",
    "has_right",
    "indicator_for",
    "indicators",
    "load",
    "reading_for",
    "readings",
    "registers",
    "reporters",
    "shares",
    "target_for",
    "targets",
    "totals",
    "understand",
    "unit_for",
    "units",
]
