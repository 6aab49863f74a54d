"""What the coverage check knows about a plan: frozen facts, gathered by the rooms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from luoshi.domain.cascade.rollup import RollUpRule

Nature = Literal["dated", "all_year", "standing"]
"""有时限; 全年性工作 (true at each quarter's end); 常态化工作 (a check rhythm)."""

TargetRule = Literal["sum", "same", "none"]
"""How children's targets answer for the parent's: they add up, they are the same, or neither."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFacts:
    """One task of the ledger as the coverage check sees it.

    `planned` is False for temporary items and incoming papers: they are never in plan findings.
    Roles are ids of posts or units. `undecided_until` is the day by which the leader in charge
    names someone (待定). `quarter_states` are the numbers of the quarters (1 to 4) for which the
    task says what is true at their end. `weight` is in basis points of its parent. `closed` tasks
    keep their weight and target but are no longer asked for roles and dates.
    """

    id: UUID
    label: str
    planned: bool = True
    closed: bool = False
    parent_id: UUID | None = None
    line_id: UUID | None = None
    line_label: str = ""
    lead_leader: UUID | None = None
    lead_unit: UUID | None = None
    supporting_units: tuple[UUID, ...] = ()
    owner_post: UUID | None = None
    owner_vacant: bool = False
    owner_keeps_statistics: bool = False
    undecided_until: date | None = None
    nature: Nature = "dated"
    start_on: date | None = None
    due_on: date | None = None
    quarter_states: tuple[int, ...] = ()
    check_rhythm: str = ""
    milestones: tuple[date, ...] = ()
    acceptance_rule: str = ""
    measures: str = ""
    weight: int | None = None
    roll_up: RollUpRule = "weighted"
    target_value: Decimal | None = None
    target_unit: str = ""
    target_rule: TargetRule = "sum"
    duty_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """A unit that is expected to carry something this year."""

    id: UUID
    label: str


@dataclass(frozen=True, slots=True)
class PostFacts:
    """A post that somebody holds; `routine` are its 岗位常规职责, which also count as something."""

    id: UUID
    label: str
    routine: str = ""


@dataclass(frozen=True, slots=True)
class Relief:
    """A way to ease an overloaded person: hand one item to a post that has room for it."""

    task_id: UUID
    task_label: str
    to_post: UUID
    to_label: str


@dataclass(frozen=True, slots=True)
class LoadFacts:
    """A person's load in item-days over all posts held, told by the first post, never by name.

    `group` says with whom it is compared: posts of the same role in units of the same kind.
    """

    post_id: UUID
    label: str
    group: str
    load: int
    relief: Relief | None = None


DutyList = Literal["basic", "assisting", "withdrawn"]
"""基本履职事项, 配合履职事项, 上级收回事项."""


@dataclass(frozen=True, slots=True)
class DutyLine:
    """A line of the town's three duty lists."""

    id: UUID
    list: DutyList
    text: str
    department: str = ""


@dataclass(frozen=True, slots=True)
class Obligation:
    """A sentence of the source text that obliges; `taken_up` once something was adopted from it.

    `dismissed` is a person's stated reason why nothing follows from it.
    """

    id: UUID
    label: str
    taken_up: bool
    dismissed: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem that the plan lists; `tasks` work on it, or `reason` says why none does."""

    id: UUID
    label: str
    tasks: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Dependency:
    """`after` cannot go on without `before`."""

    before: UUID
    after: UUID


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """One unit's plan of one year, on one day."""

    id: UUID
    label: str
    year: int
    today: date
    tasks: tuple[TaskFacts, ...]
    units: tuple[UnitFacts, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    dependencies: tuple[Dependency, ...] = ()
    posts: tuple[PostFacts, ...] = ()
    loads: tuple[LoadFacts, ...] = ()
    duties: tuple[DutyLine, ...] = ()
    problems: tuple[Problem, ...] = ()
