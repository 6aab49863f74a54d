"""序时进度 and lights: what should be done by now, what is, and one honest word for it.

`profile` (expected share at a date), `rules` (light rules as data), `lights` (the word with its
arithmetic), `lasting` (until when it stays), `need` (amount per month still needed). For
indicators: `figures` (every kind of figure against its pace), `figure_lights`, `forecast`, `gaps`.
A parent from its parts: `cascade`.
"""

from luoshi.domain.pacing.early import Early, Forewarning, Spell, early, plain_warning, spells
from luoshi.domain.pacing.figure_lights import Owed, Report, compared, figure_light
from luoshi.domain.pacing.figures import FigureKind, Measure, Standing, course, is_ceiling, stand
from luoshi.domain.pacing.forecast import Forecast, Known, forecast
from luoshi.domain.pacing.gaps import Against, Gap, Peer, needed, three_gaps
from luoshi.domain.pacing.lasting import FOR_EVER, lasting
from luoshi.domain.pacing.lights import (
    SEVERITY,
    Facts,
    Light,
    judge,
    light,
    next_node,
    silent_since,
)
from luoshi.domain.pacing.need import Needed, needed_per_month
from luoshi.domain.pacing.profile import (
    LINEAR,
    CurvePoint,
    MilestoneWeight,
    Pace,
    Profile,
    ProfileKind,
    completion,
    curve_of,
    expected,
    pace,
    percent,
)
from luoshi.domain.pacing.rules import (
    CANGNAN_2022,
    DEFAULT_RULE,
    PRESETS,
    SANYA_2022,
    YINCHUAN_2025,
    LightRule,
    Word,
)

__all__ = [
    "CANGNAN_2022",
    "DEFAULT_RULE",
    "FOR_EVER",
    "LINEAR",
    "PRESETS",
    "SANYA_2022",
    "SEVERITY",
    "YINCHUAN_2025",
    "Against",
    "CurvePoint",
    "Early",
    "Facts",
    "FigureKind",
    "Forecast",
    "Forewarning",
    "Gap",
    "Known",
    "Light",
    "LightRule",
    "Measure",
    "MilestoneWeight",
    "Needed",
    "Owed",
    "Pace",
    "Peer",
    "Profile",
    "ProfileKind",
    "Report",
    "Spell",
    "Standing",
    "Word",
    "compared",
    "completion",
    "course",
    "curve_of",
    "early",
    "expected",
    "figure_light",
    "forecast",
    "is_ceiling",
    "judge",
    "lasting",
    "light",
    "needed",
    "needed_per_month",
    "next_node",
    "pace",
    "percent",
    "plain_warning",
    "silent_since",
    "spells",
    "stand",
    "three_gaps",
]
