"""The shapes of the demonstration's story; every reference is a `key` of another row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from luoshi.domain.access import Role
from luoshi.domain.closing import SubjectKind, Urgency, Verb

TODAY = date(2026, 6, 18)
"""The day on which the demonstration stands."""

UnitKind = Literal[
    "county", "county_office", "town", "town_office", "station", "village", "task_force", "system"
]
LinkKind = Literal["task_force", "twinned", "dual", "district"]
TermKind = Literal["holder", "acting", "seconded", "delegate"]
SourceKind = Literal[
    "annual_focus",
    "county_assigned",
    "superior_paper",
    "meeting_decision",
    "instruction",
    "rectification",
    "resident_request",
    "temporary",
    "recurring",
]
AssignmentRole = Literal["lead_leader", "lead_unit", "supporting_unit", "owner"]
Channel = Literal["phone", "meeting", "wechat", "paper", "on_site"]
"""电话, 例会, 微信, 书面, 现场: how a move that the office typed had been told."""
NoteKind = Literal["achievement", "gap"]
Fate = Literal[
    "ok",
    "slow",
    "late",
    "silent",
    "done",
    "not_started",
    "idle",
    "reported_done",
    "verified",
    "submitted",
    "rework",
    "extension_asked",
    "extended",
    "suspended",
    "cancelled",
    "reopened",
    "to_sign",
    "returned",
    "disputed",
    "registered",
    "draft",
    "container",
]
"""What the generator meant a task to show on `TODAY`; the laws decide what it does show.

`idle` is 应启未启 (the planned start passed, nothing begun); `container` is a task whose share
follows from its parts; `extended` got a later date and goes on.
"""


@dataclass(frozen=True, slots=True)
class DemoUnit:
    """A place in the organisation."""

    key: str
    name: str
    short_name: str
    kind: UnitKind
    parent: str | None
    from_on: date
    to_on: date | None = None


@dataclass(frozen=True, slots=True)
class DemoLink:
    """Units bound beside the tree: 专班, 包联, 双重管理, 片区."""

    from_unit: str
    to_unit: str
    kind: LinkKind
    from_on: date
    to_on: date | None = None


@dataclass(frozen=True, slots=True)
class DemoPost:
    """A post; `key` is "unit/title"."""

    key: str
    unit: str
    title: str
    role: Role
    from_on: date


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A person; the key is the name, which is unique here."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class DemoTerm:
    """A person holds a post from one day to another."""

    person: str
    post: str
    kind: TermKind
    from_on: date
    to_on: date | None = None


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """A login; `switcher` accounts are offered by the demonstration's role switcher."""

    login: str
    person: str
    switcher: bool = False


@dataclass(frozen=True, slots=True)
class DemoQuantity:
    """A target: name, relation, value and unit as written."""

    name: str
    op: Literal["=", ">=", "<="]
    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class DemoYear:
    """A plan of one unit and year."""

    year: int
    unit: str
    state: Literal["in_force", "closed"]
    speech: str
    approved_on: date
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class DemoLine:
    """A 工作专线; at most one for an item."""

    key: str
    year: int
    number: int
    name: str
    leader_post: str
    lead_unit: str
    weight: int


@dataclass(frozen=True, slots=True)
class DemoGoal:
    """A goal of the year; `passage` is the exact words of that year's speech, or None."""

    key: str
    year: int
    line: str | None
    title: str
    quantity: DemoQuantity | None
    passage: str | None
    result: Decimal | None = None


@dataclass(frozen=True, slots=True)
class DemoNote:
    """An achievement or a gap of a line, side by side."""

    line: str
    kind: NoteKind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoTask:
    """One item of the ledger, of any depth; `plan` is the year, None for what is not planned."""

    key: str
    year: int
    plan: int | None
    parent: str | None
    line: str | None
    project: int | None
    title: str
    aim: str
    measure: str
    done_when: str
    source_kind: SourceKind
    source_text: str
    from_above: bool
    subject_kind: SubjectKind
    urgency: Urgency
    assigner: str
    registered_on: date
    start_on: date
    due_on: date | None
    duration_days: int | None = None
    due_at: datetime | None = None
    internal_due_on: date | None = None
    weight: int
    quantity: DemoQuantity | None
    passage: str | None
    tone: str
    fate: Fate
    name_owner_by: date | None = None
    result: Decimal | None = None
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class DemoMilestone:
    """A dated node; `percent` is what should be reached by then."""

    key: str
    task: str
    title: str
    due_on: date
    percent: int


@dataclass(frozen=True, slots=True)
class DemoStep:
    """A step of a task: working days, steps of the same task before it, the legal basis if any."""

    key: str
    task: str
    title: str
    days: int
    after: tuple[str, ...]
    basis: str = ""


@dataclass(frozen=True, slots=True)
class DemoDependency:
    """`task` begins when `predecessor` is finished, so many working days later."""

    task: str
    predecessor: str
    lag_days: int = 0


@dataclass(frozen=True, slots=True)
class DemoAssignment:
    """Who carries a task: exactly one of `unit` and `post`."""

    task: str
    role: AssignmentRole
    unit: str | None
    post: str | None
    from_on: date
    to_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoEvent:
    """One move; `person` did it, holding `post`; `on_behalf_of` is the person typed for (代录).

    `percent` is None at a task with parts: its share follows from theirs. `blocker` is the snag
    that a report tells, `blocker_needs` the unit that can move it; "" says that there is none.
    """

    number: int
    at: datetime
    task: str
    verb: Verb
    person: str
    post: str
    on_behalf_of: str | None = None
    channel: Channel | None = None
    percent: int | None = None
    text: str = ""
    reason: str = ""
    competent_unit: str | None = None
    blocker: str = ""
    blocker_needs: str | None = None
    new_due_on: date | None = None
    superior_reply: str = ""
    evidence: tuple[str, ...] = ()
    milestone: str | None = None


@dataclass(frozen=True, slots=True)
class DemoFault:
    """A fault left in the plan on purpose, so that its finding has something true to show."""

    code: str
    task: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPlan:
    """The whole story, in the order in which it can be written."""

    today: date
    units: tuple[DemoUnit, ...]
    links: tuple[DemoLink, ...]
    posts: tuple[DemoPost, ...]
    people: tuple[DemoPerson, ...]
    terms: tuple[DemoTerm, ...]
    accounts: tuple[DemoAccount, ...]
    years: tuple[DemoYear, ...]
    lines: tuple[DemoLine, ...]
    goals: tuple[DemoGoal, ...]
    notes: tuple[DemoNote, ...]
    tasks: tuple[DemoTask, ...]
    milestones: tuple[DemoMilestone, ...]
    steps: tuple[DemoStep, ...]
    dependencies: tuple[DemoDependency, ...]
    assignments: tuple[DemoAssignment, ...]
    events: tuple[DemoEvent, ...]
    faults: tuple[DemoFault, ...]
