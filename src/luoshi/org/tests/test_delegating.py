"""委托代理: given, acted under, ended by day, by hand and with the giver's post."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from luoshi.domain.base import Refused
from luoshi.journal.models import Entry
from luoshi.ledger.actions import Said, report
from luoshi.ledger.models import Assignment, ProgressReport, Task
from luoshi.ledger.queries import task_for, visible_tasks
from luoshi.org import actions
from luoshi.org.delegated import standing_in
from luoshi.org.models import Delegation, Term
from luoshi.supervision.queries import facts_for
from tests.cast import TODAY, make

NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)


@pytest.fixture
def given(cast):
    """王书记 of 东村 lets his clerk 马文书 do his work until the end of June."""
    done = actions.delegate(
        actor=cast.actor("wang"),
        today=TODAY,
        post_id=cast.posts["wang"].pk,
        taker_id=cast.people["ma"].pk,
        from_on=TODAY,
        to_on=TODAY + timedelta(days=12),
        reason="县里培训",
    )
    return Delegation.objects.get(pk=done.id)


def acting(cast, given, day=TODAY):
    return standing_in(cast.account("ma"), day, given.pk)


def item(cast, **more):
    return make(
        Task, cast, unit=cast.east, number="T2026-1", tree="t/", title="修渠", state_since=TODAY,
        weight_sum=100, missing_sum=100, **more,
    )  # fmt: skip


def test_who_stands_in_has_that_post_alone_and_says_so(cast, given):
    actor = acting(cast, given)
    assert actor.post_ids == {cast.posts["wang"].pk}
    assert (actor.person_id, actor.delegated_by) == (cast.people["ma"].pk, cast.people["wang"].pk)
    assert cast.actor("ma").post_ids == {cast.posts["ma"].pk}
    assert Entry.objects.filter(verb="org.delegation.given").count() == 1


def test_it_ends_by_day_by_hand_and_with_the_givers_post(cast, given):
    assert acting(cast, given, TODAY + timedelta(days=12)) is not None
    assert acting(cast, given, TODAY + timedelta(days=13)) is None
    assert acting(cast, given, TODAY - timedelta(days=1)) is None
    Term.objects.filter(post=cast.posts["wang"]).update(to_on=TODAY - timedelta(days=1))
    assert acting(cast, given) is None
    Term.objects.filter(post=cast.posts["wang"]).update(to_on=None)
    actions.take_back(
        actor=cast.actor("wang"), today=TODAY, now=NOW, delegation_id=given.pk, version=1
    )
    assert acting(cast, given) is None


def test_it_is_never_handed_on_nor_given_out_of_scope_nor_by_administrators(cast, given):
    def refusal(actor, post, taker):
        with pytest.raises(Refused) as told:
            actions.delegate(
                actor=actor, today=TODAY, post_id=cast.posts[post].pk, reason="外出",
                taker_id=cast.people[taker].pk, from_on=TODAY, to_on=TODAY,
            )  # fmt: skip
        return told.value.why.code

    assert refusal(acting(cast, given), "wang", "xu") == "delegating.not_own"
    assert refusal(cast.actor("ma"), "wang", "ma") == "delegating.not_own"
    assert refusal(cast.actor("wang"), "wang", "xu") == "delegating.out_of_scope"
    assert refusal(cast.actor("gao"), "gao", "lin") == "delegating.role"
    assert refusal(cast.actor("wang"), "wang", "ma") == "delegating.twice"
    assert Delegation.objects.count() == 1


def test_a_deed_names_both_and_neither_verifies_it(cast, given):
    make_report = item(cast, state="under_way")
    make(Assignment, cast, task=make_report, role="lead_unit", unit=cast.east, from_on=TODAY)
    make(Assignment, cast, task=make_report, role="owner", post=cast.posts["wang"], from_on=TODAY)
    report(
        actor=acting(cast, given),
        today=TODAY,
        now=NOW,
        task=make_report,
        said=Said(text="渠已修好", progress=50_00),
    )
    told = ProgressReport.objects.get()
    assert (told.person_id, told.typed_by_id) == (cast.people["wang"].pk, cast.people["ma"].pk)
    entry = Entry.objects.filter(verb__startswith="ledger.").latest("id")
    assert (entry.person_id, entry.on_behalf_of) == (cast.people["ma"].pk, cast.people["wang"].pk)
    row = Task.objects.get(pk=make_report.pk)
    for actor in (cast.actor("ma"), cast.actor("wang"), acting(cast, given)):
        assert facts_for(actor, TODAY, row, None).is_doer
    assert not facts_for(cast.actor("lin"), TODAY, row, None).is_doer


def test_what_the_giver_did_himself_bars_who_stands_in(cast, given):
    row = item(cast, state="reported_done", done_by_id=cast.people["wang"].pk, done_on=TODAY)
    assert facts_for(acting(cast, given), TODAY, row, None).is_doer
    assert not facts_for(cast.actor("ma"), TODAY, row, None).is_doer


@pytest.fixture
def browser(cast, monkeypatch):
    monkeypatch.setattr("luoshi.config.middleware.today", lambda: TODAY)

    def sign_in(name):
        client = Client()
        client.force_login(cast.account(name), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


def test_the_page_gives_stands_in_shows_the_name_and_ends_at_the_next_click(cast, browser):
    wang, ma = browser("wang"), browser("ma")
    page = reverse("org:delegations")
    form = {
        "post": cast.posts["wang"].pk, "taker": cast.people["ma"].pk, "from_on": "2026-06-18",
        "to_on": "2026-06-30", "reason": "县里培训", "key": "one",
    }  # fmt: skip
    assert wang.post(page, form).status_code == 302
    assert wang.post(page, form).status_code == 302  # a double click
    given = Delegation.objects.get()
    assert "县里培训" in ma.get(page).content.decode()
    assert ma.post(reverse("org:stand_in", args=[given.pk])).status_code == 302
    shown = ma.get(page).content.decode()
    assert "代（" in shown
    assert "王书记" in shown
    assert wang.post(reverse("org:stand_in", args=[given.pk])).status_code == 404
    ended = wang.post(reverse("org:take_back", args=[given.pk]), {"version": "1"})
    assert ended.status_code == 302
    after = ma.get(page).content.decode()
    assert "代（" not in after
    assert "现以本人身份办理" in after


def test_a_form_sent_under_an_ended_delegation_is_not_done_as_oneself(cast, given, browser):
    ma = browser("ma")
    ma.post(reverse("org:stand_in", args=[given.pk]))
    Delegation.objects.update(ended_at=NOW)
    answer = ma.post(reverse("org:stand_in", args=[given.pk]))
    assert answer.status_code == 404
    assert ma.session.get("stands_in") is None
    assert visible_tasks(cast.actor("ma"), TODAY).count() == 0


def test_rights_end_with_the_post_at_the_very_next_request(cast, browser):
    row = item(cast, state="under_way")
    wang = browser("wang")
    page = reverse("ledger:task", args=[row.pk])
    assert wang.get(page).status_code == 200
    Term.objects.filter(post=cast.posts["wang"]).update(to_on=TODAY - timedelta(days=1))
    assert wang.get(page).status_code == 404
    assert task_for(cast.actor("wang"), TODAY, row.pk) is None
