"""三员分设: once there is a security administrator, nobody both builds the house and hands out keys."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from luoshi.domain.base import Refused
from luoshi.org import actions
from luoshi.org.models import Account, Post, Term
from tests.cast import TODAY, person, post


@pytest.fixture
def security(cast):
    """A security administrator in office, who can sign in as "luo"."""
    held = post(cast.system, "安全管理员", "security_admin", 2)
    return person("罗安全", held, login="luo")


def refused(action, **facts):
    with pytest.raises(Refused) as caught:
        action(**facts)
    return caught.value.why.code


def test_one_administrator_does_both_while_nobody_else_is_appointed(cast):
    gao = cast.actor("gao")
    assert gao.has("administer")
    assert gao.has("appoint")
    new = actions.add_person(actor=gao, today=TODAY, name="新人")
    actions.open_account(actor=gao, today=TODAY, person_id=new.id, login="xinren")
    assert Account.objects.filter(login="xinren").exists()


def test_system_administrator_no_longer_appoints_nor_opens_accounts(cast, security):
    gao, ma = cast.actor("gao"), cast.people["ma"]
    code = "org.appointing_is_apart"
    asked = {"actor": gao, "today": TODAY}
    assert refused(actions.add_person, **asked, name="新人") == code
    assert refused(actions.open_account, **asked, person_id=ma.pk, login="mama") == code
    assert refused(actions.shut_account, **asked, account_id=cast.account("wang").pk) == code
    leader = cast.posts["liu"].pk
    assert refused(actions.begin_term, **asked, person_id=ma.pk, post_id=leader) == code
    term = Term.objects.get(person=cast.people["wang"])
    ending = {"term_id": term.pk, "version": term.version, "to_on": TODAY}
    assert refused(actions.end_term, **asked, **ending) == code
    actions.add_unit(
        **asked, parent_id=cast.town.pk, kind="village", name="新村", short_name="新村"
    )


def test_security_administrator_appoints_and_changes_no_unit(cast, security):
    luo = actor_of("luo")
    actions.begin_term(
        actor=luo,
        today=TODAY,
        person_id=cast.people["ma"].pk,
        post_id=cast.posts["sun"].pk,
        kind="acting",
    )
    assert refused(
        actions.add_post, actor=luo, today=TODAY, unit_id=cast.town.pk, title="x", role="leader"
    ) == "access.no_right"  # fmt: skip


def test_nobody_is_two_of_the_three(cast, security):
    luo = actor_of("luo")
    audit = post(cast.system, "审计管理员", "audit_admin", 3)
    for name in ("gao", "luo"):
        holder = cast.people["gao"] if name == "gao" else security
        asked = {"actor": luo, "today": TODAY, "person_id": holder.pk, "post_id": audit.pk}
        assert refused(actions.begin_term, **asked) == "access.administrators_apart"
    actions.begin_term(actor=luo, today=TODAY, person_id=cast.people["zhou"].pk, post_id=audit.pk)


def test_the_posts_may_follow_each_other(cast, security):
    luo = actor_of("luo")
    term = Term.objects.get(person=cast.people["gao"])
    last = TODAY + timedelta(days=5)
    actions.end_term(actor=luo, today=TODAY, term_id=term.pk, version=term.version, to_on=last)
    audit = post(cast.system, "审计管理员", "audit_admin", 3)
    asked = {"actor": luo, "today": TODAY, "person_id": cast.people["gao"].pk, "post_id": audit.pk}
    assert refused(actions.begin_term, **asked, from_on=last) == "access.administrators_apart"
    actions.begin_term(**asked, from_on=last + timedelta(days=1))


def test_separation_ends_with_the_security_administrators_term(cast, security):
    Term.objects.filter(person=security).update(to_on=TODAY - timedelta(days=1))
    assert cast.actor("gao").has("appoint")


def test_pages_show_each_administrator_what_is_theirs(cast, security, signed_in):
    town = reverse("org:unit", args=[cast.town.pk])
    system = signed_in("gao").get(town).content.decode()
    assert reverse("org:begin_term", args=[cast.town.pk]) not in system
    assert reverse("org:add_post", args=[cast.town.pk]) in system
    assert "由安全管理员办理" in system
    assert signed_in("gao").get(reverse("org:accounts")).status_code == 403
    luo = client_of(signed_in, security)
    page = luo.get(town).content.decode()
    assert reverse("org:begin_term", args=[cast.town.pk]) in page
    assert reverse("org:add_post", args=[cast.town.pk]) not in page
    assert luo.get(reverse("org:accounts")).status_code == 200


def actor_of(login, day: date = TODAY):
    from luoshi.org.queries import actor_for

    return actor_for(Account.objects.get(login=login), day)


def client_of(signed_in, who):
    client = signed_in("gao")
    client.force_login(
        Account.objects.get(person=who), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


def test_the_cast_has_no_security_administrator(cast):
    assert not Post.objects.filter(role="security_admin").exists()
