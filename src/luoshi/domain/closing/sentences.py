"""Which sentence goes with which state and verb; the patterns stand in `luoshi.ui.sentences`."""

from __future__ import annotations

from collections.abc import Mapping

from luoshi.domain.base import Sentence, say
from luoshi.domain.closing.facts import State, Verb

STATE_NAMES: Mapping[State, Sentence] = {
    State.DRAFT: say("closing.state.draft"),
    State.REGISTERED: say("closing.state.registered"),
    State.ASSIGNED: say("closing.state.assigned"),
    State.DISPUTED: say("closing.state.disputed"),
    State.SIGNED: say("closing.state.signed"),
    State.UNDER_WAY: say("closing.state.under_way"),
    State.REPORTED_DONE: say("closing.state.reported_done"),
    State.VERIFIED: say("closing.state.verified"),
    State.SUBMITTED: say("closing.state.submitted"),
    State.COMPLETED: say("closing.state.completed"),
    State.CLEARED: say("closing.state.cleared"),
    State.ARCHIVED: say("closing.state.archived"),
    State.SUSPENDED: say("closing.state.suspended"),
    State.CANCELLED: say("closing.state.cancelled"),
}

VERB_NAMES: Mapping[Verb, Sentence] = {
    Verb.REGISTER: say("closing.verb.register"),
    Verb.ASSIGN: say("closing.verb.assign"),
    Verb.SIGN_FOR: say("closing.verb.sign_for"),
    Verb.RETURN_TO_ASSIGNER: say("closing.verb.return_to_assigner"),
    Verb.RULE: say("closing.verb.rule"),
    Verb.START: say("closing.verb.start"),
    Verb.REPORT: say("closing.verb.report"),
    Verb.REPORT_DONE: say("closing.verb.report_done"),
    Verb.VERIFY: say("closing.verb.verify"),
    Verb.RETURN_FOR_REWORK: say("closing.verb.return_for_rework"),
    Verb.CLOSE: say("closing.verb.close"),
    Verb.ACCEPT: say("closing.verb.accept"),
    Verb.ARCHIVE: say("closing.verb.archive"),
    Verb.SUSPEND: say("closing.verb.suspend"),
    Verb.RESUME: say("closing.verb.resume"),
    Verb.CANCEL: say("closing.verb.cancel"),
    Verb.REOPEN: say("closing.verb.reopen"),
    Verb.ASK_EXTENSION: say("closing.verb.ask_extension"),
    Verb.AGREE_EXTENSION: say("closing.verb.agree_extension"),
    Verb.APPROVE_EXTENSION: say("closing.verb.approve_extension"),
    Verb.REFUSE_EXTENSION: say("closing.verb.refuse_extension"),
    Verb.MOVE_DEADLINE: say("closing.verb.move_deadline"),
}

NOT_HERE: Mapping[State, Sentence] = {
    State.DRAFT: say("closing.not_here.draft"),
    State.REGISTERED: say("closing.not_here.registered"),
    State.ASSIGNED: say("closing.not_here.assigned"),
    State.DISPUTED: say("closing.not_here.disputed"),
    State.SIGNED: say("closing.not_here.signed"),
    State.UNDER_WAY: say("closing.not_here.under_way"),
    State.REPORTED_DONE: say("closing.not_here.reported_done"),
    State.VERIFIED: say("closing.not_here.verified"),
    State.SUBMITTED: say("closing.not_here.submitted"),
    State.COMPLETED: say("closing.not_here.completed"),
    State.CLEARED: say("closing.not_here.cleared"),
    State.ARCHIVED: say("closing.not_here.archived"),
    State.SUSPENDED: say("closing.not_here.suspended"),
    State.CANCELLED: say("closing.not_here.cancelled"),
}

WHO: Mapping[Verb, Sentence] = {
    Verb.REGISTER: say("closing.who.register"),
    Verb.ASSIGN: say("closing.who.assign"),
    Verb.SIGN_FOR: say("closing.who.sign_for"),
    Verb.RETURN_TO_ASSIGNER: say("closing.who.return_to_assigner"),
    Verb.RULE: say("closing.who.rule"),
    Verb.START: say("closing.who.start"),
    Verb.REPORT: say("closing.who.report"),
    Verb.REPORT_DONE: say("closing.who.report_done"),
    Verb.VERIFY: say("closing.who.verify"),
    Verb.RETURN_FOR_REWORK: say("closing.who.return_for_rework"),
    Verb.CLOSE: say("closing.who.close"),
    Verb.ACCEPT: say("closing.who.accept"),
    Verb.ARCHIVE: say("closing.who.archive"),
    Verb.SUSPEND: say("closing.who.suspend"),
    Verb.RESUME: say("closing.who.resume"),
    Verb.CANCEL: say("closing.who.cancel"),
    Verb.REOPEN: say("closing.who.reopen"),
    Verb.ASK_EXTENSION: say("closing.who.ask_extension"),
    Verb.AGREE_EXTENSION: say("closing.who.agree_extension"),
    Verb.APPROVE_EXTENSION: say("closing.who.approve_extension"),
    Verb.REFUSE_EXTENSION: say("closing.who.refuse_extension"),
    Verb.MOVE_DEADLINE: say("closing.who.move_deadline"),
}
