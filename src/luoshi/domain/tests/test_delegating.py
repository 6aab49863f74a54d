"""The law of 委托代理: own post, own scope, one at a time, a quarter at most."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from luoshi.domain.delegating import DELEGABLE, LONGEST, Wish, why_not

TODAY = date(2026, 6, 18)
GOOD = Wish(
    giver=uuid4(),
    taker=uuid4(),
    role="leader",
    own=True,
    held_until=None,
    scope="0001/0002/",
    taker_paths=("0001/0002/0003/",),
    from_on=TODAY,
    to_on=TODAY + timedelta(days=12),
    reason="培训",
)


def code(wish, standing=()):
    found = why_not(wish, TODAY, standing)
    return found.code if found else None


def test_a_leader_gives_his_work_to_somebody_below():
    assert code(GOOD) is None


def test_each_condition_refuses_alone():
    assert code(replace(GOOD, own=False)) == "delegating.not_own"
    assert code(replace(GOOD, taker=GOOD.giver)) == "delegating.oneself"
    assert code(replace(GOOD, taker_paths=("0001/0003/0001/",))) == "delegating.out_of_scope"
    assert code(replace(GOOD, taker_paths=())) == "delegating.out_of_scope"
    assert code(replace(GOOD, reason=" ")) == "delegating.no_reason"
    assert code(replace(GOOD, from_on=TODAY - timedelta(days=1))) == "delegating.past"
    assert code(replace(GOOD, to_on=TODAY - timedelta(days=1))) == "delegating.order"
    assert code(replace(GOOD, to_on=TODAY + LONGEST)) == "delegating.too_long"
    assert code(replace(GOOD, to_on=TODAY + LONGEST - timedelta(days=1))) is None
    assert code(replace(GOOD, held_until=TODAY)) == "delegating.past_term"


@given(st.sampled_from(["staff", "town_office", "auditor", "county_supervisor", "system_admin",
                        "security_admin", "audit_admin"]))  # fmt: skip
def test_no_other_power_is_given_away(role):
    assert role not in DELEGABLE
    assert code(replace(GOOD, role=role)) == "delegating.role"


DAYS = st.integers(0, 60).map(lambda n: TODAY + timedelta(days=n))


@given(DAYS, DAYS, DAYS, DAYS)
def test_two_that_share_a_day_never_stand(a, b, c, d):
    (start, end), (first, last) = sorted((a, b)), sorted((c, d))
    shared = {start + timedelta(days=n) for n in range((end - start).days + 1)} & {
        first + timedelta(days=n) for n in range((last - first).days + 1)
    }
    told = code(replace(GOOD, from_on=start, to_on=end), [(first, last)])
    assert told == ("delegating.twice" if shared else None)
