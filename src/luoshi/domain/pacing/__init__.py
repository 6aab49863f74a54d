"""序时进度 and lights: what should be done by now, what is, and one honest word for it.

`profile` (expected share at a date), `rules` (light rules as data), `lights` (the word with its
arithmetic), `lasting` (until when it stays), `need` (amount per month still needed). A parent from
its parts: `cascade`.
"""

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
    MilestoneWeight,
    Pace,
    Profile,
    ProfileKind,
    completion,
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
    "Facts",
    "Light",
    "LightRule",
    "MilestoneWeight",
    "Needed",
    "Pace",
    "Profile",
    "ProfileKind",
    "Word",
    "completion",
    "expected",
    "judge",
    "lasting",
    "light",
    "needed_per_month",
    "next_node",
    "pace",
    "percent",
    "silent_since",
]
