"""填报负担: what we ask of people, what it costs them, and whether it should be asked at all."""

from luoshi.domain.burden.drafting import (
    MOST_FIELDS,
    Draft,
    Earlier,
    Rhythm,
    faults_of,
    rounds_of,
)
from luoshi.domain.burden.known import Known, Match, bare, known_in
from luoshi.domain.burden.measure import (
    LEAST,
    LONGEST,
    NOTHING,
    STEP,
    Asking,
    Cost,
    Timing,
    coarse,
    cost_of,
    minutes,
    pace_of,
)

__all__ = [
    "LEAST",
    "LONGEST",
    "MOST_FIELDS",
    "NOTHING",
    "STEP",
    "Asking",
    "Cost",
    "Draft",
    "Earlier",
    "Known",
    "Match",
    "Rhythm",
    "Timing",
    "bare",
    "coarse",
    "cost_of",
    "faults_of",
    "known_in",
    "minutes",
    "pace_of",
    "rounds_of",
]
