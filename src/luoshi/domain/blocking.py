"""堵点: what stands in the way names what is needed and from whom, and becomes that one's item.

Whoever is needed says: done, by which day, or not mine (once). Whoever raised it clears it, says
that it still stands, or names somebody else. Nothing else is possible; a refused move says why.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from luoshi.domain.base import Refused, Sentence, say

State = Literal["open", "promised", "answered", "returned", "cleared"]
"""待回应, 已承诺期限, 已答复待确认, 已退回待改请, 已解决."""
Verb = Literal["promise", "answer", "send_back", "point", "press", "clear"]
Side = Literal["needed", "raiser"]

NEXT: dict[tuple[State, Verb], State] = {
    ("open", "promise"): "promised",
    ("promised", "promise"): "promised",
    ("open", "answer"): "answered",
    ("promised", "answer"): "answered",
    ("open", "send_back"): "returned",
    ("open", "point"): "open",
    ("promised", "point"): "open",
    ("returned", "point"): "open",
    ("answered", "press"): "open",
    ("open", "clear"): "cleared",
    ("promised", "clear"): "cleared",
    ("answered", "clear"): "cleared",
    ("returned", "clear"): "cleared",
}
"""The whole table: (state, verb) → the state after it."""
SIDES: dict[Verb, Side] = {
    "promise": "needed",
    "answer": "needed",
    "send_back": "needed",
    "point": "raiser",
    "press": "raiser",
    "clear": "raiser",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the law must know of one attempt.

    `is_needed`: heads the needed unit or holds the needed post. `is_raiser`: raised it, or carries
    the item. `is_office`: the town office, which types for either side (代录). `named`: somebody is
    named as needed. `returns`: how often it was sent back. `by_on`: the day a promise gives.
    """

    today: date
    is_needed: bool = False
    is_raiser: bool = False
    is_office: bool = False
    named: bool = True
    returns: int = 0
    text: str = ""
    by_on: date | None = None


def mover(state: State, *, named: bool = True) -> Side | None:
    """Whose move it is; nobody's once it is cleared.

    Where nobody is named, it is for whoever raised it to say who is needed.
    """
    if state == "cleared":
        return None
    return "needed" if named and state in {"open", "promised"} else "raiser"


def moves(state: State, facts: Facts) -> tuple[Verb, ...]:
    """What this person may do now, before any form is filled in: the buttons of its page."""
    return tuple(verb for at, verb in NEXT if at == state and _who(verb, facts) is None
                 and _stands(verb, facts) is None)  # fmt: skip


def decide(state: State, verb: Verb, facts: Facts) -> State | Sentence:
    """The state after the move, or the sentence that says why it is refused."""
    after = NEXT.get((state, verb))
    if after is None:
        return say("blocking.cleared") if state == "cleared" else say("blocking.not_now")
    return _who(verb, facts) or _stands(verb, facts) or _form(verb, facts) or after


def demand(state: State, verb: Verb, facts: Facts) -> State:
    """The state after the move; `Refused` with the law's sentence where it says no."""
    answer = decide(state, verb, facts)
    if isinstance(answer, Sentence):
        raise Refused(answer)
    return answer


def _who(verb: Verb, facts: Facts) -> Sentence | None:
    if facts.is_office:
        return None
    if SIDES[verb] == "needed":
        return None if facts.is_needed else say("blocking.not_needed")
    return None if facts.is_raiser else say("blocking.not_raiser")


def _stands(verb: Verb, facts: Facts) -> Sentence | None:
    """What the row must be for the verb, whatever the form says."""
    if SIDES[verb] == "needed" and not facts.named:
        return say("blocking.nobody_named")
    if verb == "send_back" and facts.returns:
        return say("blocking.returned_already")
    return None


def _form(verb: Verb, facts: Facts) -> Sentence | None:
    """What the form must bring."""
    if verb == "promise":
        if facts.by_on is None:
            return say("blocking.needs_day")
        return say("blocking.day_passed") if facts.by_on < facts.today else None
    if verb in {"answer", "send_back", "press"} and not facts.text.strip():
        return say("blocking.needs_words")
    return None
