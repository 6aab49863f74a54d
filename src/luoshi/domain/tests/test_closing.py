from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.domain.base import Refused
from luoshi.domain.closing import (
    ENDED,
    SIGN_LIMITS,
    TABLE,
    Allowed,
    Facts,
    NotAllowed,
    SignLimit,
    State,
    Urgency,
    Verb,
    decide,
    demand,
    draw_verifier,
    moves,
    needs,
    sign_by,
    state_name,
    verb_name,
)
from luoshi.ui.sentences.closing import PATTERNS

TODAY = date(2026, 6, 18)
DUE = date(2026, 6, 30)
OWNER = Facts(today=TODAY, is_owner=True, due_on=DUE)
OFFICE = Facts(today=TODAY, is_town_office=True, due_on=DUE)
LEADER = Facts(today=TODAY, is_leader_in_charge=True, due_on=DUE)
ASSIGNER = Facts(today=TODAY, is_assigner=True, due_on=DUE)
BOTH = Facts(today=TODAY, is_leader_in_charge=True, is_assigner=True, due_on=DUE)
DONE_BY = {Verb.START, Verb.REPORT, Verb.REPORT_DONE}

words = st.sampled_from(["", " ", "汛期影响"])
days = st.none() | st.dates(date(2026, 5, 1), date(2026, 8, 31))
any_facts = st.builds(
    Facts,
    today=st.dates(date(2026, 5, 1), date(2026, 8, 31)),
    is_owner=st.booleans(),
    is_lead_unit_head=st.booleans(),
    is_supporting=st.booleans(),
    is_town_office=st.booleans(),
    is_leader_in_charge=st.booleans(),
    is_assigner=st.booleans(),
    is_doer=st.booleans(),
    is_on_behalf=st.booleans(),
    is_county=st.booleans(),
    is_system=st.booleans(),
    is_drawn=st.sampled_from([None, True, False]),
    is_sampled=st.booleans(),
    is_extension_asker=st.booleans(),
    source_kind=st.sampled_from(["own", "above"]),
    subject_kind=st.sampled_from(["matter", "problem"]),
    lead_unit_named=st.booleans(),
    due_on=days,
    internal_due_on=days,
    returns=st.integers(0, 3),
    extension=st.sampled_from(["none", "asked", "agreed"]),
    suspended_from=st.none() | st.sampled_from(list(State)),
    reason=words,
    competent_unit=words,
    new_due_on=days,
    superior_reply=words,
    evidence_count=st.integers(0, 2),
)
states = st.sampled_from(list(State))
verbs = st.sampled_from(list(Verb))


def refusal(state, verb, facts):
    answer = decide(state, verb, facts)
    assert isinstance(answer, NotAllowed), answer
    return answer.why.code


def after(state, verb, facts):
    answer = decide(state, verb, facts)
    assert isinstance(answer, Allowed), answer
    return answer


@given(states, verbs, any_facts)
def test_refusal_any_has_a_sentence_that_fills(state, verb, facts):
    answer = decide(state, verb, facts)
    if isinstance(answer, NotAllowed):
        for pattern in PATTERNS[answer.why.code]:
            assert pattern.format(**answer.why.params)
    else:
        assert (state, verb, answer.next_state) in {(m.state, m.verb, m.next_state) for m in TABLE}


@given(states, any_facts)
def test_button_shown_is_allowed_once_its_form_is_filled(state, facts):
    """A button never leads to a refusal that the form could not have met."""
    due = max(d for d in (facts.working_due_on, TODAY) if d)
    filled = replace(
        facts,
        reason="理由",
        competent_unit="应急办",
        lead_unit_named=True,
        superior_reply="县督查函5号",
        evidence_count=1,
        new_due_on=due + timedelta(days=1),
        due_on=facts.due_on and due + timedelta(days=9),
        internal_due_on=facts.working_due_on,
    )
    for verb in Verb:
        shown = verb in moves(state, facts)
        assert shown == isinstance(decide(state, verb, filled), Allowed), verb


@given(states, verbs, any_facts)
def test_needs_empty_means_one_click(state, verb, facts):
    allowed = isinstance(decide(state, verb, facts), Allowed)
    assert allowed == (verb in moves(state, facts) and not needs(state, verb, facts))


@given(any_facts.filter(lambda f: not f.is_system), st.lists(verbs, max_size=40), st.data())
def test_closing_by_one_person_alone_is_impossible(person, path, data):
    """Whatever hats one person wears and in whatever order they act, nothing is closed."""
    state, facts = State.DRAFT, replace(person, is_doer=False)
    for verb in path:
        facts = replace(facts, is_on_behalf=data.draw(st.booleans()))
        answer = decide(state, verb, facts)
        if isinstance(answer, Allowed):
            state = answer.next_state
            facts = replace(facts, is_doer=facts.is_doer or verb in DONE_BY)
        assert state not in {State.VERIFIED, State.COMPLETED, State.CLEARED, State.ARCHIVED}


def _reach(all_hats):
    """Every state one person with all hats reaches, trying every move with every form filled."""
    seen, front = set(), [(State.DRAFT, False, 0)]
    while front:
        state, doer, returns = front.pop()
        if (state, doer, returns) in seen:
            continue
        seen.add((state, doer, returns))
        for verb in Verb:
            for on_behalf in (False, True):
                for left in (State.REGISTERED, State.ASSIGNED, State.SIGNED, State.UNDER_WAY):
                    facts = replace(
                        all_hats,
                        is_doer=doer,
                        is_on_behalf=on_behalf,
                        returns=returns,
                        suspended_from=left,
                    )
                    answer = decide(state, verb, facts)
                    if isinstance(answer, Allowed):
                        again = returns + (verb is Verb.RETURN_TO_ASSIGNER)
                        front.append((answer.next_state, doer or verb in DONE_BY, min(again, 3)))
    return {state for state, _, _ in seen}


@pytest.mark.parametrize("source", ["own", "above"])
@pytest.mark.parametrize("owner", [True, False])
def test_closing_by_one_person_searched_to_the_end(source, owner):
    """The whole graph, not a sample: one person stops at reported done."""
    hats = Facts(
        today=TODAY,
        is_owner=owner,
        is_lead_unit_head=True,
        is_supporting=True,
        is_town_office=True,
        is_leader_in_charge=True,
        is_assigner=True,
        is_county=True,
        source_kind=source,
        due_on=DUE,
        reason="理由",
        competent_unit="应急办",
        superior_reply="复函",
        evidence_count=1,
        new_due_on=DUE,
    )
    reached = _reach(hats)
    assert State.REPORTED_DONE in reached
    assert not reached & {State.VERIFIED, State.SUBMITTED, State.COMPLETED, State.CLEARED}


def test_table_every_state_is_reached_and_only_ends_are_dead():
    reached = {State.DRAFT}
    while True:
        more = reached | {m.next_state for m in TABLE if m.state in reached}
        if more == reached:
            break
        reached = more
    assert reached == set(State)
    back = {m for m in TABLE if m.state in ENDED}  # only what a spot check found false
    assert {(m.state, m.verb) for m in back} == {(State.ARCHIVED, Verb.REOPEN)}
    assert all(guard.name in {"sampled", "reason"} for m in back for guard in m.guards)
    assert {m.state for m in TABLE} - {State.ARCHIVED} == set(State) - ENDED
    # from everywhere an end is still reachable
    open_states = set(State) - ENDED
    ends = set(ENDED)
    while open_states:
        closer = {m.state for m in TABLE if m.next_state in ends} & open_states
        assert closer, open_states
        ends |= closer
        open_states -= closer


def test_words_exist_for_every_state_and_verb():
    for sentence in [*map(state_name, State), *map(verb_name, Verb)]:
        assert PATTERNS[sentence.code][0]


def test_path_own_matter_from_draft_to_archive():
    office = replace(OFFICE, reason="同意")
    steps = [
        (Verb.REGISTER, office, State.REGISTERED),
        (Verb.ASSIGN, office, State.ASSIGNED),
        (Verb.SIGN_FOR, OWNER, State.SIGNED),
        (Verb.REPORT, OWNER, State.UNDER_WAY),
        (Verb.REPORT_DONE, replace(OWNER, evidence_count=1), State.REPORTED_DONE),
        (Verb.VERIFY, office, State.VERIFIED),
        (Verb.CLOSE, ASSIGNER, State.COMPLETED),
        (Verb.REOPEN, office, State.UNDER_WAY),
    ]
    state = State.DRAFT
    for verb, facts, expected in steps:
        state = after(state, verb, facts).next_state
        assert state is expected
    assert after(State.COMPLETED, Verb.ARCHIVE, office).next_state is State.ARCHIVED


@pytest.mark.parametrize("state", [State.COMPLETED, State.CLEARED, State.ARCHIVED])
def test_reopen_by_the_county_and_from_the_archive_only_after_a_spot_check(state):
    county = Facts(today=TODAY, is_county=True, reason="现场没有见到路灯")
    assert refusal(state, Verb.REOPEN, county) == "closing.not_sampled"
    assert Verb.REOPEN not in moves(state, county)
    found = replace(county, is_sampled=True)
    assert after(state, Verb.REOPEN, found).next_state is State.UNDER_WAY
    assert refusal(state, Verb.REOPEN, replace(found, reason=" ")) == "closing.needs.reason"
    office = replace(OFFICE, reason="又塌了")
    answer = decide(state, Verb.REOPEN, office)
    assert isinstance(answer, Allowed) is (state is not State.ARCHIVED)
    assert isinstance(decide(state, Verb.REOPEN, replace(office, is_sampled=True)), Allowed)


def test_close_problem_is_cleared():
    problem = replace(OFFICE, subject_kind="problem")
    assert after(State.VERIFIED, Verb.CLOSE, problem).next_state is State.CLEARED


def test_close_from_above_waits_for_recognition_and_may_come_back():
    above = replace(OFFICE, source_kind="above")
    closed = after(State.VERIFIED, Verb.CLOSE, above)
    assert closed.next_state is State.SUBMITTED
    assert closed.notes[0].code == "closing.note.submitted"
    assert refusal(State.SUBMITTED, Verb.ACCEPT, above) == "closing.needs.superior_reply"
    reply = replace(above, superior_reply="县督查函〔2026〕5号")
    assert after(State.SUBMITTED, Verb.ACCEPT, reply).next_state is State.COMPLETED
    back = replace(above, reason="材料不全")
    assert after(State.SUBMITTED, Verb.RETURN_FOR_REWORK, back).next_state is State.UNDER_WAY


def test_return_once_then_ruling_then_never():
    told = replace(OWNER, reason="不属本单位职责", competent_unit="应急办")
    back = Verb.RETURN_TO_ASSIGNER
    assert after(State.ASSIGNED, back, told).next_state is State.REGISTERED
    assert after(State.ASSIGNED, back, replace(told, returns=1)).next_state is State.DISPUTED
    assert refusal(State.ASSIGNED, back, replace(told, returns=2)) == "closing.ruled_already"
    assert refusal(State.ASSIGNED, back, OWNER) == "closing.needs.reason"
    nameless = replace(told, competent_unit="")
    assert refusal(State.ASSIGNED, back, nameless) == "closing.needs.competent_unit"
    assert needs(State.ASSIGNED, back, OWNER) == ("reason", "competent_unit")
    ruled = after(State.DISPUTED, Verb.RULE, replace(LEADER, reason="由农业办承办"))
    assert ruled.next_state is State.ASSIGNED
    assert refusal(State.DISPUTED, Verb.RULE, OFFICE) == "closing.who.rule"


def test_verify_by_doer_owner_or_reporter_on_behalf_is_refused():
    at, verb = State.REPORTED_DONE, Verb.VERIFY
    assert refusal(at, verb, replace(OFFICE, is_doer=True)) == "closing.verifier_is_doer"
    assert refusal(at, verb, replace(OFFICE, is_owner=True)) == "closing.verifier_is_responsible"
    assert refusal(at, verb, replace(OFFICE, is_on_behalf=True)) == "closing.on_behalf"
    assert refusal(at, verb, replace(OFFICE, is_drawn=False)) == "closing.verifier_not_drawn"
    assert refusal(at, verb, OWNER) == "closing.who.verify"


def test_on_behalf_reports_but_only_from_the_office():
    typed = replace(OFFICE, is_on_behalf=True, reason="电话报:已完工")
    assert after(State.UNDER_WAY, Verb.REPORT_DONE, typed).next_state is State.REPORTED_DONE
    other = Facts(today=TODAY, is_county=True, is_on_behalf=True, reason="x")
    assert refusal(State.UNDER_WAY, Verb.REPORT_DONE, other) == "closing.on_behalf"


def test_report_done_without_evidence_or_words_is_refused():
    assert refusal(State.UNDER_WAY, Verb.REPORT_DONE, OWNER) == "closing.needs.evidence"


def test_supporting_unit_reports_progress_but_not_done():
    helper = Facts(today=TODAY, is_supporting=True, evidence_count=1)
    assert after(State.UNDER_WAY, Verb.REPORT, helper).next_state is State.UNDER_WAY
    assert refusal(State.UNDER_WAY, Verb.REPORT_DONE, helper) == "closing.who.report_done"


def test_extension_is_asked_agreed_approved():
    at = State.UNDER_WAY
    asked = replace(OWNER, reason="汛期影响", new_due_on=date(2026, 7, 31))
    assert after(at, Verb.ASK_EXTENSION, asked).extension == "asked"
    early = replace(ASSIGNER, extension="asked")
    assert refusal(at, Verb.APPROVE_EXTENSION, early) == "closing.leader_agrees_first"
    agreed = after(at, Verb.AGREE_EXTENSION, replace(LEADER, extension="asked"))
    assert (agreed.extension, agreed.moves, agreed.one_approval) == ("agreed", None, False)
    approved = after(at, Verb.APPROVE_EXTENSION, replace(ASSIGNER, extension="agreed"))
    assert (approved.extension, approved.moves, approved.one_approval) == ("none", "due", False)


@pytest.mark.parametrize("verb", [Verb.AGREE_EXTENSION, Verb.APPROVE_EXTENSION])
def test_extension_one_approval_where_leader_is_assigner(verb):
    answer = after(State.SIGNED, verb, replace(BOTH, extension="asked"))
    assert answer.one_approval
    assert answer.moves == "due"
    assert [note.code for note in answer.notes] == ["closing.note.one_approval"]


def test_extension_too_late_too_short_or_twice_is_refused():
    at, verb = State.UNDER_WAY, Verb.ASK_EXTENSION
    good = replace(OWNER, reason="汛期影响", new_due_on=date(2026, 7, 31))
    assert isinstance(decide(at, verb, replace(good, today=DUE)), Allowed)
    late = replace(good, today=DUE + timedelta(days=1))
    assert refusal(at, verb, late) == "closing.extension_too_late"
    assert refusal(at, verb, replace(good, new_due_on=DUE)) == "closing.new_date_not_later"
    assert refusal(at, verb, replace(good, extension="asked")) == "closing.extension_pending"
    assert refusal(at, verb, replace(good, due_on=None)) == "closing.no_deadline"
    assert refusal(at, verb, replace(good, reason=" ")) == "closing.needs.reason"


def test_extension_internal_deadline_never_passes_the_superiors():
    above = replace(
        OWNER,
        source_kind="above",
        internal_due_on=date(2026, 6, 25),
        reason="汛期影响",
        new_due_on=date(2026, 7, 1),
    )
    at, verb = State.UNDER_WAY, Verb.ASK_EXTENSION
    assert refusal(at, verb, above) == "closing.beyond_superior"
    assert after(at, verb, replace(above, new_due_on=DUE)).extension == "asked"
    approver = replace(ASSIGNER, source_kind="above", extension="agreed")
    assert after(at, Verb.APPROVE_EXTENSION, approver).moves == "internal"


def test_extension_asker_never_decides():
    asker = replace(BOTH, extension="asked", is_extension_asker=True)
    assert refusal(State.SIGNED, Verb.AGREE_EXTENSION, asker) == "closing.asker_decides"


def test_superiors_deadline_moves_only_with_the_reply():
    at, verb = State.UNDER_WAY, Verb.MOVE_DEADLINE
    above = replace(OFFICE, source_kind="above", new_due_on=date(2026, 9, 30))
    assert refusal(at, verb, above) == "closing.needs.superior_reply"
    moved = after(at, verb, replace(above, superior_reply="县督查函〔2026〕5号"))
    assert moved.moves == "due"
    assert moved.notes[0].params["reply"] == "县督查函〔2026〕5号"
    own = replace(OFFICE, new_due_on=date(2026, 9, 30), superior_reply="x")
    assert refusal(at, verb, own) == "closing.deadline_is_own"


def test_suspended_resumes_where_it_stood():
    for left in (State.REGISTERED, State.ASSIGNED, State.SIGNED, State.UNDER_WAY):
        facts = replace(OFFICE, suspended_from=left)
        assert after(State.SUSPENDED, Verb.RESUME, facts).next_state is left
    above = replace(LEADER, source_kind="above", reason="资金未到位")
    assert refusal(State.UNDER_WAY, Verb.SUSPEND, above) == "closing.needs.superior_consent"


def test_refusal_raised_for_actions_carries_the_sentence():
    with pytest.raises(Refused) as caught:
        demand(State.DRAFT, Verb.VERIFY, OFFICE)
    assert caught.value.why.code == "closing.not_here.draft"
    assert demand(State.DRAFT, Verb.REGISTER, OFFICE).next_state is State.REGISTERED


def test_sign_by_limits_are_as_the_office_has_them():
    at = datetime(2026, 6, 18, 16, 40, tzinfo=UTC)

    def next_workday(day, n):
        assert n == 1
        return day + timedelta(days=4)  # 端午: 19 to 21 June 2026 are off

    assert sign_by(Urgency.MOST_URGENT, at, next_workday) == at + timedelta(hours=2)
    assert sign_by(Urgency.URGENT, at, next_workday).date() == at.date()
    assert sign_by(Urgency.ORDINARY, at, next_workday).date() == date(2026, 6, 22)
    own = {**SIGN_LIMITS, Urgency.MOST_URGENT: SignLimit(hours=1)}
    assert sign_by(Urgency.MOST_URGENT, at, next_workday, own) == at + timedelta(hours=1)


@given(st.sets(st.integers(0, 9)), st.text(max_size=8))
def test_draw_verifier_is_never_barred_and_repeats(barred, seed):
    drawn = draw_verifier(range(10), barred, seed)
    assert drawn == draw_verifier(range(10), barred, seed)
    assert drawn is None if len(barred) == 10 else drawn not in barred
