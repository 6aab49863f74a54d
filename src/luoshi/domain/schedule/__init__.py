"""倒排工期: exact earliest and latest days on the working calendar, and the truth about deadlines.

Read in this order: `model` (steps, links, plans), `arithmetic` (one step, one link), `frame`
(order and circles), `passes` (forward, backward), `analysis` (slack, chain), `verdict` (can it
be done, and if not what would help), `capacity` (who does the work, and how much at once), `check`
(the judge of any plan and of the data).
"""

from luoshi.domain.schedule.analysis import (
    Analysis,
    StepTimes,
    analyse,
    near_critical,
    spans,
)
from luoshi.domain.schedule.capacity import (
    Capacity,
    Resource,
    ResourceId,
    Way,
    capacity_findings,
    loads,
)
from luoshi.domain.schedule.change import Change, ChangeKind, apply, describe
from luoshi.domain.schedule.check import check_plan, findings
from luoshi.domain.schedule.effect import Effect, effects
from luoshi.domain.schedule.model import (
    DayUnit,
    Link,
    LinkKind,
    Minimum,
    Network,
    Plan,
    Slot,
    Step,
    StepId,
    part_of,
    without_lost,
)
from luoshi.domain.schedule.passes import backward, forward
from luoshi.domain.schedule.verdict import Proposal, Verdict, verdict

__all__ = [
    "Analysis",
    "Capacity",
    "Change",
    "ChangeKind",
    "DayUnit",
    "Effect",
    "Link",
    "LinkKind",
    "Minimum",
    "Network",
    "Plan",
    "Proposal",
    "Resource",
    "ResourceId",
    "Slot",
    "Step",
    "StepId",
    "StepTimes",
    "Verdict",
    "Way",
    "analyse",
    "apply",
    "backward",
    "capacity_findings",
    "check_plan",
    "describe",
    "effects",
    "findings",
    "forward",
    "loads",
    "near_critical",
    "part_of",
    "spans",
    "verdict",
    "without_lost",
]
