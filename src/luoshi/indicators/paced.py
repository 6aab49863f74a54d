"""A target and the course of its year as the pacing law takes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import cast

from luoshi.domain.base import Period, Refused, say
from luoshi.domain.pacing import FigureKind, Measure, MilestoneWeight, Profile
from luoshi.indicators.models import Course, Indicator, IndicatorDefinition, Target

Weights = Sequence[Sequence[str]]
"""For quarters four of ("1", "15"), for nodes ("2026-04-30", "30") each."""


def trim(value: Decimal, places: int) -> Decimal:
    """A figure as kept (four places), at the indicator's places where it is no finer."""
    return value.quantize(Decimal(1).scaleb(-places)) if value == round(value, places) else value


def profile_of(profile: str, weights: Weights) -> Profile:
    """Quarter weights or nodes as the pacing law takes them; refused where they cannot be read."""
    try:
        if profile == Course.Profile.QUARTERS:
            return Profile("quarters", tuple(Decimal(weight) for _, weight in weights))
        nodes = tuple(
            MilestoneWeight(date.fromisoformat(day), int(weight)) for day, weight in weights
        )
        return Profile("milestones", milestones=nodes)
    except (ValueError, InvalidOperation) as error:
        raise Refused(say("indicators.weights_unreadable")) from error


def measure_of(
    target: Target, definition: IndicatorDefinition, profile: Profile, start: Decimal | None
) -> Measure:
    """A target as the pacing law takes it; a composition is paced like a ratio."""
    kind = target.indicator.kind
    lower = (
        definition.better == IndicatorDefinition.Better.LOWER
        or target.comparison == Target.Comparison.AT_MOST
    )
    return Measure(
        kind=cast("FigureKind", "ratio" if kind == Indicator.Kind.COMPOSITION else kind),
        target=trim(target.value, definition.decimals),
        period=Period(target.starts_on, target.ends_on),
        profile=profile,
        start=None
        if kind == Indicator.Kind.FLOW or start is None
        else trim(start, definition.decimals),
        lower=lower,
        places=definition.decimals,
        unit=definition.measure,
    )
