"""The words of the closing law: states, verbs, relations, facts and answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from luoshi.domain.base import Sentence


class State(StrEnum):
    """Where a task stands between draft and archive."""

    DRAFT = "draft"  # 草稿
    REGISTERED = "registered"  # 已立项
    ASSIGNED = "assigned"  # 已交办、待签收
    DISPUTED = "disputed"  # 再次退回、待裁定
    SIGNED = "signed"  # 已签收
    UNDER_WAY = "under_way"  # 办理中
    REPORTED_DONE = "reported_done"  # 已报完成、待复核
    VERIFIED = "verified"  # 已复核、待办结
    SUBMITTED = "submitted"  # 已报请、待上级认定
    COMPLETED = "completed"  # 办结
    CLEARED = "cleared"  # 销号
    ARCHIVED = "archived"  # 已归档
    SUSPENDED = "suspended"  # 缓办
    CANCELLED = "cancelled"  # 撤销


class Verb(StrEnum):
    """Everything that can be done to a task's state or its deadline."""

    REGISTER = "register"
    ASSIGN = "assign"
    SIGN_FOR = "sign_for"
    RETURN_TO_ASSIGNER = "return_to_assigner"
    RULE = "rule"
    START = "start"
    REPORT = "report"
    REPORT_DONE = "report_done"
    VERIFY = "verify"
    RETURN_FOR_REWORK = "return_for_rework"
    CLOSE = "close"
    ACCEPT = "accept"  # the superior has recognised the result
    ARCHIVE = "archive"
    SUSPEND = "suspend"
    RESUME = "resume"
    CANCEL = "cancel"
    REOPEN = "reopen"
    ASK_EXTENSION = "ask_extension"
    AGREE_EXTENSION = "agree_extension"
    APPROVE_EXTENSION = "approve_extension"
    REFUSE_EXTENSION = "refuse_extension"
    MOVE_DEADLINE = "move_deadline"


class Relation(StrEnum):
    """What the acting person is to this one task."""

    OWNER = "owner"  # 责任人: holds the owner's post today
    LEAD_UNIT_HEAD = "lead_unit_head"  # 牵头单位负责人
    SUPPORTING = "supporting"  # 配合单位
    TOWN_OFFICE = "town_office"  # 党政办(督办)
    LEADER_IN_CHARGE = "leader_in_charge"  # 分管领导
    ASSIGNER = "assigner"  # 交办人
    ON_BEHALF = "on_behalf"  # 党政办代录
    COUNTY = "county"  # 上级督查
    SYSTEM = "system"  # sweeps and jobs


SourceKind = Literal["own", "above"]
SubjectKind = Literal["matter", "problem"]
ExtensionState = Literal["none", "asked", "agreed"]
Field = Literal["reason", "competent_unit", "new_due_on", "superior_reply", "evidence", "lead_unit"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the law must know about one attempt: who acts, the dates, and what the form says.

    `is_doer` means that this person reported on the task or did it, in their own name or on
    behalf of somebody (代录). `due_on` is the task's deadline, for items from above the
    superior's; `internal_due_on` is the earlier one the office set (None: the same as `due_on`).
    `returns` counts returns to the assigner so far. `suspended_from` is the state a suspended
    task left. `is_drawn` is False when a verifier was drawn and it is somebody else, None when
    no draw was held. `is_sampled` is True while the person drawn for a spot check (抽查) finds the
    task not done. `source_kind` "above" is for items that a superior recognises as done.
    """

    today: date
    is_owner: bool = False
    is_lead_unit_head: bool = False
    is_supporting: bool = False
    is_town_office: bool = False
    is_leader_in_charge: bool = False
    is_assigner: bool = False
    is_doer: bool = False
    is_on_behalf: bool = False
    is_county: bool = False
    is_system: bool = False
    is_drawn: bool | None = None
    is_sampled: bool = False
    is_extension_asker: bool = False
    source_kind: SourceKind = "own"
    subject_kind: SubjectKind = "matter"
    lead_unit_named: bool = True
    due_on: date | None = None
    internal_due_on: date | None = None
    returns: int = 0
    extension: ExtensionState = "none"
    suspended_from: State | None = None
    reason: str = ""
    competent_unit: str = ""
    new_due_on: date | None = None
    superior_reply: str = ""
    evidence_count: int = 0

    @property
    def working_due_on(self) -> date | None:
        """The deadline the unit works to: the internal one, or the only one."""
        return self.internal_due_on or self.due_on

    def relations(self) -> frozenset[Relation]:
        """What the person is to the task; who types for others (代录) speaks for them only."""
        if self.is_on_behalf:
            return frozenset({Relation.ON_BEHALF} if self.is_town_office else ())
        held = (
            (Relation.OWNER, self.is_owner),
            (Relation.LEAD_UNIT_HEAD, self.is_lead_unit_head),
            (Relation.SUPPORTING, self.is_supporting),
            (Relation.TOWN_OFFICE, self.is_town_office),
            (Relation.LEADER_IN_CHARGE, self.is_leader_in_charge),
            (Relation.ASSIGNER, self.is_assigner),
            (Relation.COUNTY, self.is_county),
            (Relation.SYSTEM, self.is_system),
        )
        return frozenset(relation for relation, holds in held if holds)


@dataclass(frozen=True, slots=True)
class Allowed:
    """The move stands: the state after it, and what else it changes.

    `extension` is the state of the extension afterwards. `moves` says which date becomes
    `Facts.new_due_on`: "due" the task's own deadline (and with it the internal one), "internal"
    the office's earlier one only, None neither. `one_approval` is true where leader in charge
    and assigner are the same person; the journal keeps each of `notes`.
    """

    next_state: State
    extension: ExtensionState = "none"
    moves: Literal["due", "internal"] | None = None
    one_approval: bool = False
    notes: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class NotAllowed:
    """The move is refused, and this is why."""

    why: Sentence
