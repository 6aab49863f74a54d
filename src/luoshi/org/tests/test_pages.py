import pytest

from luoshi.journal.models import Entry
from luoshi.org import actions
from luoshi.org.models import Account, Post, Term, Unit
from luoshi.org.queries import holders
from tests.cast import TODAY


def test_town_office_sees_its_town_only(signed_in, cast):
    page = signed_in("lin").get("/org/").content.decode()
    assert "东村" in page
    assert "南村" not in page


def test_unit_of_another_town_is_not_there(signed_in, cast):
    assert signed_in("lin").get(f"/org/unit/{cast.other_village.pk}/").status_code == 404


def test_staff_may_not_open_accounts(signed_in):
    assert signed_in("ma").get("/org/accounts/").status_code == 403


def test_administrator_opens_an_account_and_appoints(signed_in, cast):
    client = signed_in("gao")
    client.post(
        "/org/accounts/",
        {"name": "新同志", "login": "new", "password": "qingyu-2026-abc", "key": "a1"},
    )
    person = Account.objects.get(login="new").person
    answer = client.post(
        f"/org/unit/{cast.east.pk}/begin-term/",
        {
            "post": cast.posts["wang"].pk,
            "person": person.pk,
            "kind": "holder",
            "from_on": "2026-06-18",
            "key": "a2",
        },
    )
    assert answer.status_code == 302
    assert (
        holders(cast.actor("gao"), [cast.posts["wang"].pk], TODAY)[cast.posts["wang"].pk] == person
    )
    old = Term.objects.get(person=cast.people["wang"])
    assert old.to_on.isoformat() == "2026-06-17"
    assert "新同志" not in str(list(Entry.objects.values_list("changes", flat=True)))


def test_weak_password_is_refused_in_words(signed_in):
    answer = signed_in("gao").post(
        "/org/accounts/", {"name": "甲", "login": "jia", "password": "123", "key": "b"}
    )
    assert answer.status_code == 422
    assert not Account.objects.filter(login="jia").exists()


def test_double_submit_adds_one_post(signed_in, cast):
    data = {"title": "文书", "role": "staff", "key": "same"}
    for _ in range(2):
        signed_in("gao").post(f"/org/unit/{cast.west.pk}/add-post/", data)
    assert Post.objects.filter(unit=cast.west, title="文书").count() == 1


def test_stale_unit_change_shows_both_values(signed_in, cast):
    actions.change_unit(
        actor=cast.actor("gao"),
        today=TODAY,
        unit_id=cast.east.pk,
        version=1,
        name="东村村",
        short_name="东村",
    )
    answer = signed_in("gao").post(
        f"/org/unit/{cast.east.pk}/change/",
        {"name": "东庄村", "short_name": "东村", "version": 1, "key": "c"},
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "东村村" in page
    assert "东庄村" in page
    assert Unit.objects.get(pk=cast.east.pk).name == "东村村"


def test_lin_may_not_change_units(cast):
    from luoshi.domain.base import Refused

    with pytest.raises(Refused):
        actions.add_unit(
            actor=cast.actor("lin"),
            today=TODAY,
            parent_id=cast.town.pk,
            kind="village",
            name="新村",
        )


def test_rights_end_with_the_term(cast):
    term = Term.objects.get(person=cast.people["lin"])
    actions.end_term(actor=cast.actor("gao"), today=TODAY, term_id=term.pk, version=1, to_on=TODAY)
    from datetime import timedelta

    assert cast.actor("lin").posts
    assert not cast.actor("lin", TODAY + timedelta(days=1)).posts


def test_list_takes_as_many_queries_for_many_units(signed_in, cast, django_assert_max_num_queries):
    client = signed_in("lin")
    for number in range(30):
        actions.add_unit(
            actor=cast.actor("gao"),
            today=TODAY,
            parent_id=cast.town.pk,
            kind="village",
            name=f"村{number}",
        )
    with django_assert_max_num_queries(12):
        client.get("/org/")
