"""Reads of the register; the first argument is the actor."""

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

__all__ = [
    "benchmarks",
    "demand_right",
    "has_right",
    "indicator_for",
    "indicators",
    "reading_for",
    "readings",
    "reporters",
    "target_for",
    "targets",
    "totals",
    "units",
]
