"""The two questions the table answers: may this be done, and what may be done now."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import TypeVar

from luoshi.domain.base import Refused, Sentence, say
from luoshi.domain.closing.facts import (
    Allowed,
    ExtensionState,
    Facts,
    Field,
    NotAllowed,
    State,
    Verb,
)
from luoshi.domain.closing.sentences import NOT_HERE, STATE_NAMES, VERB_NAMES, WHO
from luoshi.domain.closing.table import AFTER_EFFECT, TABLE, Move

Member = TypeVar("Member")


def _index() -> Mapping[tuple[State, Verb], tuple[Move, ...]]:
    rows: dict[tuple[State, Verb], list[Move]] = defaultdict(list)
    for move in TABLE:
        rows[move.state, move.verb].append(move)
    return {key: tuple(value) for key, value in rows.items()}


_ROWS = _index()


def decide(state: State, verb: Verb, facts: Facts) -> Allowed | NotAllowed:
    """Whether this person may do this to the task now, and what follows.

    Nothing outside the table is possible. A refusal says, in this order, that the state does not
    know the verb, that the person is not the one who does it, or which condition fails.
    """
    rows = _ROWS.get((state, verb), ())
    if not rows:
        return NotAllowed(NOT_HERE[state])
    mine = [move for move in rows if move.who & facts.relations()]
    if not mine:
        return NotAllowed(say("closing.on_behalf") if facts.is_on_behalf else WHO[verb])
    furthest: tuple[int, Sentence | None] = (-1, None)
    for move in mine:
        passed, why = _try(move, facts)
        if why is None:
            return _allowed(move, facts)
        if passed >= furthest[0]:  # on a tie the later row knows more
            furthest = (passed, why)
    why = furthest[1]
    assert why is not None
    return NotAllowed(why)


def demand(state: State, verb: Verb, facts: Facts) -> Allowed:
    """The same as `decide` for an action: raises `Refused` with the sentence."""
    answer = decide(state, verb, facts)
    if isinstance(answer, NotAllowed):
        raise Refused(answer.why)
    return answer


def moves(state: State, facts: Facts) -> tuple[Verb, ...]:
    """What this person may do now: the buttons of the page, in the order of `Verb`.

    Conditions that the move's form will meet (a reason, a new date) do not hide its button.
    """
    held = facts.relations()
    return tuple(
        verb
        for verb in Verb
        if any(
            move.who & held
            and all(guard.field or guard.test(facts) is None for guard in move.guards)
            for move in _ROWS.get((state, verb), ())
        )
    )


def needs(state: State, verb: Verb, facts: Facts) -> tuple[Field, ...]:
    """What the form of this move must still bring, in order; empty where one click is enough."""
    held = facts.relations()
    for move in _ROWS.get((state, verb), ()):
        standing = all(guard.field or guard.test(facts) is None for guard in move.guards)
        if move.who & held and standing:
            asked = [guard.field for guard in move.guards if guard.field and guard.test(facts)]
            return tuple(dict.fromkeys(asked))
    return ()


def draw_verifier(
    candidates: Sequence[Member], barred: Collection[Member], seed: str
) -> Member | None:
    """The verifier, drawn and not chosen: the same seed draws the same person.

    `barred` are those who did or reported the task, themselves or on behalf. None where nobody
    is left: then somebody from outside must be named.
    """
    able = [person for person in candidates if person not in barred]
    if not able:
        return None
    digest = hashlib.sha256(seed.encode()).digest()
    return able[int.from_bytes(digest, "big") % len(able)]


def state_name(state: State) -> Sentence:
    """The office's word for a state."""
    return STATE_NAMES[state]


def verb_name(verb: Verb) -> Sentence:
    """The office's word for a move, as it stands on a button."""
    return VERB_NAMES[verb]


def _try(move: Move, facts: Facts) -> tuple[int, Sentence | None]:
    """How many guards hold before the first that does not, and what that one says."""
    for passed, guard in enumerate(move.guards):
        why = guard.test(facts)
        if why is not None:
            return passed, why
    return len(move.guards), None


def _allowed(move: Move, facts: Facts) -> Allowed:
    extension: ExtensionState = AFTER_EFFECT.get(move.effect, facts.extension)
    if move.effect == "superior":
        reply = say("closing.note.superior_moved", reply=facts.superior_reply)
        return Allowed(move.next_state, extension, "due", notes=(reply,))
    if move.effect in ("move", "move_once"):
        once = move.effect == "move_once"
        return Allowed(
            move.next_state,
            extension,
            "due" if facts.source_kind == "own" else "internal",
            one_approval=once,
            notes=(say("closing.note.one_approval"),) if once else (),
        )
    if move.next_state is State.SUBMITTED:
        return Allowed(move.next_state, extension, notes=(say("closing.note.submitted"),))
    return Allowed(move.next_state, extension)
