"""督办单, 督查: numbers, limits by source, results, and what units did in time.

The work itself stands in the closing law; an order is the office's paper about it. Every rule here
is asked by an action and stands once more in the database. `docs/explanation/orders.md` tells it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from luoshi.domain.base import Sentence, say

# --- 文号 -----------------------------------------------------------------------------------

YEAR: Final = "{年}"
NUMBER: Final = "{号}"
LONGEST: Final = 40


def style_fault(pattern: str) -> Sentence | None:
    """Why a style of numbers cannot be used: it names the year and the number once each.

    督办〔{年}〕{号}号 is one; without a number two papers would bear the same mark.
    """
    if not pattern.strip() or len(pattern) > LONGEST:
        return say("orders.style_length", n=LONGEST)
    if pattern.count(YEAR) != 1 or pattern.count(NUMBER) != 1:
        return say("orders.style_places", year=YEAR, number=NUMBER)
    rest = pattern.replace(YEAR, "").replace(NUMBER, "")
    if any(mark in rest for mark in "{}") or any(char.isdigit() for char in rest):
        return say("orders.style_rest")
    return None


def serial(pattern: str, year: int, number: int) -> str:
    """The mark of the n-th paper of a year: 督办〔2026〕12号; `style_fault` let the style pass."""
    return pattern.replace(YEAR, str(year)).replace(NUMBER, str(number))


# --- 来源与办理时限 --------------------------------------------------------------------------

LIMITS: Final[Mapping[str, int]] = {
    "instruction": 5,
    "meeting": 10,
    "annual_plan": 20,
    "inspection": 15,
    "paper": 10,
    "request": 7,
    "other": 10,
}
"""Working days by source where the office has set none of its own."""


def limit_fault(days: int) -> Sentence | None:
    """A limit is one to 250 working days: a year's work is no order."""
    return None if 1 <= days <= 250 else say("orders.limit_range")


def due_by(registered_on: date, days: int, add: Callable[[date, int], date]) -> date:
    """The last day of an order registered on a day; the day of registration does not count."""
    return add(registered_on, days)


def due_fault(due: date, usual: date, today: date, reason: str) -> Sentence | None:
    """A deadline lies ahead; one beyond the limit of its source needs a reason."""
    if due < today:
        return say("orders.due_passed", due=due)
    if due > usual and not reason.strip():
        return say("orders.due_beyond", due=due, usual=usual)
    return None


# --- 谁可以发 -------------------------------------------------------------------------------


def order_fault(issuer_kind: str) -> Sentence | None:
    """督办 is a town's own act; what the county does to towns is 督查."""
    return None if issuer_kind == "town" else say("orders.town_only")


def inspection_fault(issuer_kind: str, target_kind: str, *, is_county: bool) -> Sentence | None:
    """督查 is an act of county level or above, by its supervisors, against towns only."""
    if not is_county or issuer_kind not in {"county", "county_office"}:
        return say("orders.inspection_county_only")
    return None if target_kind == "town" else say("orders.inspection_of_towns")


# --- 到哪一步 -------------------------------------------------------------------------------


class Stage(StrEnum):
    """Where an order stands: the task's state in the words of the order, then the paper's own."""

    TO_ASSIGN = "to_assign"
    TO_SIGN = "to_sign"
    TO_RULE = "to_rule"
    WORKING = "working"
    SUSPENDED = "suspended"
    TO_CHECK = "to_check"
    TO_CLOSE = "to_close"
    TO_RECOGNISE = "to_recognise"
    TO_CONCLUDE = "to_conclude"
    WITHDRAWN = "withdrawn"
    CONCLUDED = "concluded"
    ARCHIVED = "archived"


STATES: Final[Mapping[Stage, tuple[str, ...]]] = {
    Stage.TO_ASSIGN: ("draft", "registered"),
    Stage.TO_SIGN: ("assigned",),
    Stage.TO_RULE: ("disputed",),
    Stage.WORKING: ("signed", "under_way"),
    Stage.SUSPENDED: ("suspended",),
    Stage.TO_CHECK: ("reported_done",),
    Stage.TO_CLOSE: ("verified",),
    Stage.TO_RECOGNISE: ("submitted",),
    Stage.TO_CONCLUDE: ("completed", "cleared", "archived"),
    Stage.WITHDRAWN: ("cancelled",),
}
"""The task's states by the stage of an order that has no result yet."""
_BY_STATE: Final = {state: stage for stage, states in STATES.items() for state in states}
OPEN: Final = frozenset(STATES) - {Stage.WITHDRAWN}
"""Stages in which somebody still owes a move."""


def stage_of(task_state: str, *, concluded: bool, archived: bool) -> Stage:
    """Where an order stands, from its task's state and its own paper."""
    if archived:
        return Stage.ARCHIVED
    return Stage.CONCLUDED if concluded else _BY_STATE[task_state]


# --- 结果 -----------------------------------------------------------------------------------


class Result(StrEnum):
    """结果类别: what an order came to."""

    RECTIFIED = "rectified"  # 已整改
    PARTLY = "partly"  # 部分整改
    CONTINUING = "continuing"  # 持续整改
    NOT = "not"  # 未整改


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultFacts:
    """What must be known before a result is set: the task, what proves it, who says it.

    `checks` counts verifications that found it true, `reports` what was reported since the order
    was registered; `is_doer` is whoever did or reported the work, also on behalf.
    """

    stage: Stage
    checks: int = 0
    reports: int = 0
    note: str = ""
    next_on: date | None = None
    today: date
    is_office: bool = True
    is_doer: bool = False


def result_fault(result: Result, facts: ResultFacts) -> Sentence | None:
    """Why this result may not be set now; None lets it stand.

    已整改 only of what was verified and closed; 部分, 持续整改 on what was reported, with the day
    on which it is looked at again; 未整改 with the reason. Nobody says it of work of one's own.
    """
    for fault in (_who(facts), _when(result, facts), _proof(result, facts)):
        if fault is not None:
            return fault
    return None


def _who(facts: ResultFacts) -> Sentence | None:
    if not facts.is_office:
        return say("orders.office_concludes")
    return say("orders.doer_concludes") if facts.is_doer else None


def _when(result: Result, facts: ResultFacts) -> Sentence | None:
    if facts.stage in {Stage.CONCLUDED, Stage.ARCHIVED}:
        return say("orders.concluded_already")
    if facts.stage is Stage.WITHDRAWN:
        return say("orders.withdrawn")
    if result is Result.RECTIFIED:
        return None if facts.stage is Stage.TO_CONCLUDE else say("orders.not_closed")
    if facts.stage in {Stage.TO_CHECK, Stage.TO_CLOSE, Stage.TO_RECOGNISE}:
        return say("orders.check_first")
    return say("orders.closed_is_rectified") if facts.stage is Stage.TO_CONCLUDE else None


def _proof(result: Result, facts: ResultFacts) -> Sentence | None:
    if result is Result.RECTIFIED:
        return None if facts.checks else say("orders.no_check")
    if not facts.note.strip():
        return say("orders.no_note")
    if result is Result.NOT:
        return None
    if not facts.reports:
        return say("orders.no_evidence")
    if facts.next_on is None or facts.next_on <= facts.today:
        return say("orders.no_next")
    return None


def archive_fault(stage: Stage) -> Sentence | None:
    """Only what has its result, or was called off, goes into the archive."""
    if stage is Stage.ARCHIVED:
        return say("orders.archived_already")
    return None if stage in {Stage.CONCLUDED, Stage.WITHDRAWN} else say("orders.not_concluded")


# --- 单位办理情况 ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Dealt:
    """One order as it counts for its unit; `done_on` is the day the work was reported done."""

    stage: Stage
    due_on: date | None
    done_on: date | None
    returns: int = 0
    moves: int = 0
    result: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a unit did with its orders; every order is in exactly one of the first five counts."""

    received: int = 0
    on_time: int = 0
    late: int = 0
    overdue: int = 0
    going: int = 0
    withdrawn: int = 0
    returned: int = 0
    extended: int = 0
    results: Mapping[str, int] = field(default_factory=dict)


def standing(rows: Iterable[Dealt], on: date) -> Standing:
    """Count a unit's orders on a day: in time, late, overdue, going, called off.

    In time is what was reported done by its deadline and found true later; a deadline that was
    moved by an approved extension holds, and is counted apart. Nothing is added up to a score.
    """
    counts: Counter[str] = Counter()
    results: Counter[str] = Counter()
    for row in rows:
        counts["received"] += 1
        counts[_kind(row, on)] += 1
        counts["returned"] += row.returns > 0
        counts["extended"] += row.moves > 0
        if row.result:
            results[row.result] += 1
    return Standing(**counts, results=dict(results))


def _kind(row: Dealt, on: date) -> str:
    if row.stage is Stage.WITHDRAWN or (row.stage is Stage.ARCHIVED and _dropped(row)):
        return "withdrawn"
    if row.done_on is not None:
        return "late" if row.due_on is not None and row.done_on > row.due_on else "on_time"
    if row.due_on is not None and row.due_on < on:
        return "overdue"
    return "going"


def _dropped(row: Dealt) -> bool:
    """Archived without a result: it had been called off."""
    return not row.result
