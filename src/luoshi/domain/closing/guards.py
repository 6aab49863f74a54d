"""The conditions a move stands under; each is silent, or says why not.

A guard with a `field` waits for something the form must bring (a reason, a date); a guard
without one stands or falls before any form is opened, and decides whether a button is shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from luoshi.domain.base import Sentence, say
from luoshi.domain.closing.facts import Facts, Field, State


@dataclass(frozen=True, slots=True)
class Guard:
    """One condition: `test` returns None where it holds, else the sentence of refusal."""

    name: str
    test: Callable[[Facts], Sentence | None]
    field: Field | None = None


def _reason(facts: Facts) -> Sentence | None:
    return None if facts.reason.strip() else say("closing.needs.reason")


def _competent_unit(facts: Facts) -> Sentence | None:
    return None if facts.competent_unit.strip() else say("closing.needs.competent_unit")


def _lead_unit(facts: Facts) -> Sentence | None:
    return None if facts.lead_unit_named else say("closing.needs.lead_unit")


def _evidence(facts: Facts) -> Sentence | None:
    """A phone call has no file: then the reporter says in words what was done."""
    if facts.evidence_count > 0 or facts.reason.strip():
        return None
    return say("closing.needs.evidence")


def _superior_reply(facts: Facts) -> Sentence | None:
    return None if facts.superior_reply.strip() else say("closing.needs.superior_reply")


def _reply_if_above(facts: Facts) -> Sentence | None:
    """What a superior assigned is put off or called off by the superior only."""
    if facts.source_kind == "own" or facts.superior_reply.strip():
        return None
    return say("closing.needs.superior_consent")


def _first_return(facts: Facts) -> Sentence | None:
    return None if facts.returns == 0 else say("closing.returned_already")


def _second_return(facts: Facts) -> Sentence | None:
    return None if facts.returns == 1 else say("closing.ruled_already")


def _not_doer(facts: Facts) -> Sentence | None:
    if facts.is_doer:
        return say("closing.verifier_is_doer")
    if facts.is_owner or facts.is_lead_unit_head:
        return say("closing.verifier_is_responsible")
    return None


def _drawn(facts: Facts) -> Sentence | None:
    return say("closing.verifier_not_drawn") if facts.is_drawn is False else None


def _sampled(facts: Facts) -> Sentence | None:
    """The county, and whoever opens an archive, re-opens only what a spot check found false."""
    return None if facts.is_sampled else say("closing.not_sampled")


def _closer_not_doer(facts: Facts) -> Sentence | None:
    barred = facts.is_doer or facts.is_owner
    return say("closing.closer_is_doer") if barred else None


def _own(facts: Facts) -> Sentence | None:
    return None if facts.source_kind == "own" else say("closing.recognised_above")


def _above(facts: Facts) -> Sentence | None:
    return None if facts.source_kind == "above" else say("closing.deadline_is_own")


def _matter(facts: Facts) -> Sentence | None:
    return None if facts.subject_kind == "matter" else say("closing.problem_is_cleared")


def _problem(facts: Facts) -> Sentence | None:
    return None if facts.subject_kind == "problem" else say("closing.matter_is_completed")


def _has_deadline(facts: Facts) -> Sentence | None:
    return None if facts.working_due_on else say("closing.no_deadline")


def _in_time(facts: Facts) -> Sentence | None:
    """The day of the deadline itself is still in time: it ends with that day."""
    due = facts.working_due_on
    if due is None or facts.today <= due:
        return None
    return say("closing.extension_too_late", due=due)


def _none_pending(facts: Facts) -> Sentence | None:
    return None if facts.extension == "none" else say("closing.extension_pending")


def _later(facts: Facts) -> Sentence | None:
    due = facts.working_due_on
    if facts.new_due_on is None:
        return say("closing.needs.new_due_on")
    if due is not None and facts.new_due_on <= due:
        return say("closing.new_date_not_later", due=due)
    return None


def _within_superior(facts: Facts) -> Sentence | None:
    """An internal deadline may move, never past the superior's."""
    if facts.source_kind == "own" or facts.due_on is None or facts.new_due_on is None:
        return None
    if facts.new_due_on <= facts.due_on:
        return None
    return say("closing.beyond_superior", due=facts.due_on)


def _new_date(facts: Facts) -> Sentence | None:
    return None if facts.new_due_on else say("closing.needs.new_due_on")


def _asked(facts: Facts) -> Sentence | None:
    if facts.extension == "asked":
        return None
    if facts.extension == "agreed":
        return say("closing.extension_agreed_already")
    return say("closing.no_extension")


def _agreed(facts: Facts) -> Sentence | None:
    if facts.extension == "agreed":
        return None
    if facts.extension == "asked":
        return say("closing.leader_agrees_first")
    return say("closing.no_extension")


def _is_pending(facts: Facts) -> Sentence | None:
    return say("closing.no_extension") if facts.extension == "none" else None


def _not_asker(facts: Facts) -> Sentence | None:
    return say("closing.asker_decides") if facts.is_extension_asker else None


def _both_hats(facts: Facts) -> Sentence | None:
    both = facts.is_leader_in_charge and facts.is_assigner
    return None if both else say("closing.leader_agrees_first")


def came_from(state: State) -> Guard:
    """A suspended task resumes where it stood; with no record of it, it is under way."""

    def test(facts: Facts) -> Sentence | None:
        left = facts.suspended_from or State.UNDER_WAY
        return None if left is state else say("closing.resumes_elsewhere")

    return Guard(f"came_from_{state}", test)


REASON = Guard("reason", _reason, "reason")
COMPETENT_UNIT = Guard("competent_unit", _competent_unit, "competent_unit")
LEAD_UNIT = Guard("lead_unit", _lead_unit, "lead_unit")
EVIDENCE = Guard("evidence", _evidence, "evidence")
SUPERIOR_REPLY = Guard("superior_reply", _superior_reply, "superior_reply")
REPLY_IF_ABOVE = Guard("reply_if_above", _reply_if_above, "superior_reply")
FIRST_RETURN = Guard("first_return", _first_return)
SECOND_RETURN = Guard("second_return", _second_return)
NOT_DOER = Guard("not_doer", _not_doer)
DRAWN = Guard("drawn", _drawn)
SAMPLED = Guard("sampled", _sampled)
CLOSER_NOT_DOER = Guard("closer_not_doer", _closer_not_doer)
OWN = Guard("own", _own)
ABOVE = Guard("above", _above)
MATTER = Guard("matter", _matter)
PROBLEM = Guard("problem", _problem)
HAS_DEADLINE = Guard("has_deadline", _has_deadline)
IN_TIME = Guard("in_time", _in_time)
NONE_PENDING = Guard("none_pending", _none_pending)
LATER = Guard("later", _later, "new_due_on")
WITHIN_SUPERIOR = Guard("within_superior", _within_superior, "new_due_on")
NEW_DATE = Guard("new_date", _new_date, "new_due_on")
ASKED = Guard("asked", _asked)
AGREED = Guard("agreed", _agreed)
IS_PENDING = Guard("is_pending", _is_pending)
NOT_ASKER = Guard("not_asker", _not_asker)
BOTH_HATS = Guard("both_hats", _both_hats)
