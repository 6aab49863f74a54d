"""Cascade: shares that add up exactly, progress rolled up, and gaps told like compiler errors.

`divide` shares a target among units, `roll_up` carries progress up the tree, `findings` reads a
plan and names what is missing. `docs/explanation/cascade.md` tells the rules.
"""

from luoshi.domain.cascade.dividing import divisible, division_findings
from luoshi.domain.cascade.duties import Placed, Placing, place_item, withdrawn_line
from luoshi.domain.cascade.facts import (
    Dependency,
    DutyLine,
    DutyList,
    LoadFacts,
    Nature,
    Obligation,
    PlanFacts,
    PostFacts,
    Problem,
    Relief,
    TargetRule,
    TaskFacts,
    UnitFacts,
)
from luoshi.domain.cascade.findings import findings
from luoshi.domain.cascade.load import load_limits
from luoshi.domain.cascade.roles import MONEY
from luoshi.domain.cascade.rollup import (
    WHOLE,
    Child,
    RolledUp,
    RollUpRule,
    Share,
    changed,
    combine,
    roll_up,
)
from luoshi.domain.cascade.shares import Division, DivisionRule, Part, Slice, divide
from luoshi.domain.cascade.sums import answering
from luoshi.domain.cascade.tally import (
    ADDITIVE,
    Stated,
    Tally,
    TallyRule,
    moved,
    rounded,
    tally,
)

__all__ = [
    "ADDITIVE",
    "MONEY",
    "WHOLE",
    "Child",
    "Dependency",
    "Division",
    "DivisionRule",
    "DutyLine",
    "DutyList",
    "LoadFacts",
    "Nature",
    "Obligation",
    "Part",
    "Placed",
    "Placing",
    "PlanFacts",
    "PostFacts",
    "Problem",
    "Relief",
    "RollUpRule",
    "RolledUp",
    "Share",
    "Slice",
    "Stated",
    "Tally",
    "TallyRule",
    "TargetRule",
    "TaskFacts",
    "UnitFacts",
    "answering",
    "changed",
    "combine",
    "divide",
    "divisible",
    "division_findings",
    "findings",
    "load_limits",
    "moved",
    "place_item",
    "roll_up",
    "rounded",
    "tally",
    "withdrawn_line",
]
