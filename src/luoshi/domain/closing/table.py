"""The table of moves: (state, verb, who, guards) → next state, as data.

Rows of the same state and verb are tried in order; the first whose guards all hold decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from luoshi.domain.closing import guards as g
from luoshi.domain.closing.facts import ExtensionState, Relation, State, Verb

Effect = Literal["keep", "ask", "agree", "move", "move_once", "drop", "superior"]
"""What a move does to a pending extension or a date; "keep" for all others."""


@dataclass(frozen=True, slots=True)
class Move:
    """One row: in `state`, `who` may do `verb` where every guard holds, and then `next_state`."""

    state: State
    verb: Verb
    who: frozenset[Relation]
    guards: tuple[g.Guard, ...]
    next_state: State
    effect: Effect = "keep"


AFTER_EFFECT: Mapping[Effect, ExtensionState] = {
    "ask": "asked",
    "agree": "agreed",
    "move": "none",
    "move_once": "none",
    "drop": "none",
}

UNIT = frozenset({Relation.OWNER, Relation.LEAD_UNIT_HEAD, Relation.ON_BEHALF})
HELPERS = UNIT | {Relation.SUPPORTING}
OFFICE = frozenset({Relation.TOWN_OFFICE, Relation.LEADER_IN_CHARGE, Relation.ASSIGNER})
DECIDERS = frozenset({Relation.LEADER_IN_CHARGE, Relation.ASSIGNER})
LEADER = frozenset({Relation.LEADER_IN_CHARGE})
ASSIGNER = frozenset({Relation.ASSIGNER})
CLOSERS = frozenset({Relation.TOWN_OFFICE, Relation.ASSIGNER})
SYSTEM = frozenset({Relation.SYSTEM})
COUNTY = frozenset({Relation.COUNTY})

ENDED = frozenset({State.ARCHIVED, State.CANCELLED})
CLOSED = frozenset({State.COMPLETED, State.CLEARED})
ACTIVE = frozenset(State) - ENDED - CLOSED - {State.DRAFT}

SUSPENDABLE = (State.REGISTERED, State.ASSIGNED, State.SIGNED, State.UNDER_WAY)
DATED = (
    State.REGISTERED,
    State.ASSIGNED,
    State.DISPUTED,
    State.SIGNED,
    State.UNDER_WAY,
    State.REPORTED_DONE,
    State.SUSPENDED,
)


def _beginning() -> Iterator[Move]:
    """立项, 交办, 签收, 退回, 裁定."""
    s, v = State, Verb
    office_or_system = OFFICE | SYSTEM
    yield Move(s.DRAFT, v.REGISTER, office_or_system, (), s.REGISTERED)
    yield Move(s.REGISTERED, v.ASSIGN, office_or_system, (g.LEAD_UNIT,), s.ASSIGNED)
    yield Move(s.ASSIGNED, v.SIGN_FOR, UNIT, (), s.SIGNED)
    told = (g.REASON, g.COMPETENT_UNIT)
    back = v.RETURN_TO_ASSIGNER
    yield Move(s.ASSIGNED, back, UNIT, (g.FIRST_RETURN, *told), s.REGISTERED)
    yield Move(s.ASSIGNED, back, UNIT, (g.SECOND_RETURN, *told), s.DISPUTED)
    yield Move(s.DISPUTED, v.RULE, LEADER, (g.REASON,), s.ASSIGNED)


def _doing() -> Iterator[Move]:
    """办理, 报进展, 报完成, 复核, 退回整改."""
    s, v = State, Verb
    yield Move(s.SIGNED, v.START, UNIT, (), s.UNDER_WAY)
    for state in (s.SIGNED, s.UNDER_WAY):
        yield Move(state, v.REPORT, HELPERS, (), s.UNDER_WAY)
        yield Move(state, v.REPORT_DONE, UNIT, (g.EVIDENCE,), s.REPORTED_DONE)
    yield Move(s.REPORTED_DONE, v.VERIFY, OFFICE, (g.NOT_DOER, g.DRAWN), s.VERIFIED)
    for state in (s.REPORTED_DONE, s.VERIFIED):
        yield Move(state, v.RETURN_FOR_REWORK, OFFICE, (g.REASON,), s.UNDER_WAY)
    yield Move(s.SUBMITTED, v.RETURN_FOR_REWORK, OFFICE | COUNTY, (g.REASON,), s.UNDER_WAY)


def _ending() -> Iterator[Move]:
    """办结, 销号, 报请上级认定, 归档, 重启."""
    s, v = State, Verb
    kinds = ((g.MATTER, s.COMPLETED), (g.PROBLEM, s.CLEARED))
    for kind, end in kinds:
        yield Move(s.VERIFIED, v.CLOSE, CLOSERS, (g.CLOSER_NOT_DOER, g.OWN, kind), end)
    yield Move(s.VERIFIED, v.CLOSE, CLOSERS, (g.CLOSER_NOT_DOER, g.ABOVE), s.SUBMITTED)
    for kind, end in kinds:
        reply = (g.CLOSER_NOT_DOER, kind, g.SUPERIOR_REPLY)
        yield Move(s.SUBMITTED, v.ACCEPT, CLOSERS | COUNTY, reply, end)
    for state in (s.COMPLETED, s.CLEARED):
        yield Move(state, v.ARCHIVE, frozenset({Relation.TOWN_OFFICE}) | SYSTEM, (), s.ARCHIVED)
        yield Move(state, v.REOPEN, OFFICE, (g.REASON,), s.UNDER_WAY)
        yield Move(state, v.REOPEN, COUNTY, (g.SAMPLED, g.REASON), s.UNDER_WAY)
    yield Move(s.ARCHIVED, v.REOPEN, OFFICE | COUNTY, (g.SAMPLED, g.REASON), s.UNDER_WAY)


def _standstill() -> Iterator[Move]:
    """缓办, 恢复, 撤销."""
    s, v = State, Verb
    stop = (g.REASON, g.REPLY_IF_ABOVE)
    for state in SUSPENDABLE:
        yield Move(state, v.SUSPEND, DECIDERS, stop, s.SUSPENDED)
        yield Move(s.SUSPENDED, v.RESUME, OFFICE, (g.came_from(state),), state)
    yield Move(s.DRAFT, v.CANCEL, OFFICE, (g.REASON,), s.CANCELLED)
    for state in (*SUSPENDABLE, s.DISPUTED, s.SUSPENDED):
        yield Move(state, v.CANCEL, DECIDERS, stop, s.CANCELLED)


def _deadlines() -> Iterator[Move]:
    """延期, 调整上级时限; none of them changes the state."""
    v = Verb
    ask = (g.HAS_DEADLINE, g.IN_TIME, g.NONE_PENDING, g.REASON, g.LATER, g.WITHIN_SUPERIOR)
    for state in (State.SIGNED, State.UNDER_WAY):
        yield Move(state, v.ASK_EXTENSION, UNIT, ask, state, "ask")
        both = (g.ASKED, g.NOT_ASKER, g.BOTH_HATS)
        for verb in (v.AGREE_EXTENSION, v.APPROVE_EXTENSION):
            who = LEADER if verb is v.AGREE_EXTENSION else ASSIGNER
            yield Move(state, verb, who, both, state, "move_once")
        agree = (g.ASKED, g.NOT_ASKER)
        yield Move(state, v.AGREE_EXTENSION, LEADER, agree, state, "agree")
        approve = (g.AGREED, g.NOT_ASKER)
        yield Move(state, v.APPROVE_EXTENSION, ASSIGNER, approve, state, "move")
        refuse = (g.IS_PENDING, g.REASON)
        yield Move(state, v.REFUSE_EXTENSION, DECIDERS, refuse, state, "drop")
    superior = (g.ABOVE, g.NEW_DATE, g.SUPERIOR_REPLY)
    for state in DATED:
        yield Move(state, v.MOVE_DEADLINE, OFFICE, superior, state, "superior")


TABLE: tuple[Move, ...] = (
    *_beginning(),
    *_doing(),
    *_ending(),
    *_standstill(),
    *_deadlines(),
)
