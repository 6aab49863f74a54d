"""The frame's pages: sign-in, refusal, conflict, absence; and who is offered what in the bar."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.loader import render_to_string
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse

from luoshi.domain.access import Actor
from luoshi.ui import guard, navigation
from luoshi.ui.lists import page_of

OUTSIDE = re.compile(r"<[^>]+>")


def stray_han(page: str) -> list[str]:
    """Han of an English page that no `lang="zh-Hans"` covers; scripts and comments do not count."""
    page = re.sub(r'<(\w+)[^>]*\blang="zh-Hans"[^>]*>.*?</\1>', "", page, flags=re.DOTALL)
    return re.findall(r"[\u4e00-\u9fff]+", OUTSIDE.sub("", page))


@pytest.fixture
def english(client: Client) -> Client:
    client.cookies["django_language"] = "en"
    return client


def test_style_page_shows_every_component(client: Client, db: None):
    page = client.get("/ui/").content.decode()
    for css in ("lt ok", "chip man", "quote", "find", "tl", "empty", "prog", "filter", "waits"):
        assert f'class="{css}' in page
    assert 'lang="zh-Hans"' in page


@pytest.mark.parametrize("address", ["/ui/", "/account/login/", "/nowhere/"])
def test_english_page_has_no_stray_han(english: Client, db: None, address: str):
    page = english.get(address).content.decode()
    assert '<html lang="en"' in page
    assert stray_han(page) == []


def test_stray_han_is_found():
    assert stray_han("<p>Due 时限</p>") == ["时限"]
    assert stray_han('<p>At <b lang="zh-Hans">东村</b></p>') == []


@pytest.mark.parametrize(
    ("blocks", "title"),
    [
        ("", "落实"),
        ("{% block title %}台账 <b>甲&amp;乙</b>{% endblock %}", "台账 甲&amp;乙 · 落实"),
        ("{% block title %}长{% endblock %}{% block head_title %}短{% endblock %}", "短 · 落实"),
    ],
)
def test_title_of_the_window_follows_the_page(rf: RequestFactory, blocks: str, title: str):
    source = engines["django"].from_string('{% extends "ui/base.html" %}' + blocks)
    request = rf.get("/")
    request.user, request.htmx = AnonymousUser(), False
    page = source.render({}, request)
    assert f"<title>{title}</title>" in page
    if "长" in blocks:
        assert "<h1>长</h1>" in page


def test_choices_of_display_are_kept_and_come_back(client: Client, db: None):
    answer = client.post("/ui/choose/", {"theme": "dark", "print": "large", "next": "/ui/"})
    assert answer.headers["Location"] == "/ui/"
    page = client.get("/ui/").content.decode()
    assert 'data-theme="dark" data-print-size="large"' in page


def test_choice_that_is_none_is_not_kept(client: Client, db: None):
    answer = client.post("/ui/choose/", {"theme": '"><script>', "next": "https://elsewhere.test/"})
    assert answer.headers["Location"] == "/"
    assert not answer.cookies


def test_language_switch_posts_and_sticks(client: Client, db: None):
    client.post("/i18n/setlang/", {"language": "en", "next": "/ui/"})
    assert 'lang="en"' in client.get("/ui/").content.decode()


def test_sign_in_says_that_nothing_secret_belongs_here(client: Client, db: None):
    page = client.get("/account/login/").content.decode()
    assert "本系统为非涉密系统，严禁录入国家秘密、工作秘密和内部敏感信息" in page
    assert "可不填" not in page


def test_sign_in_with_wrong_passwords_is_paused(cast, client: Client):
    sent = {"login": "lin", "password": "wrong"}
    answers = [client.post("/account/login/", sent) for _ in range(5)]
    assert 'role="alert"' in answers[0].content.decode()
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    assert "暂停登录 15 分钟" in answers[-1].content.decode()


def test_sign_out_is_a_post_of_the_bar(signed_in):
    client = signed_in("lin")
    page = client.get("/ui/").content.decode()
    assert "data-sign-out" in page
    assert "林主任" in page
    answer = client.post(reverse("account_logout"), follow=True)
    assert "已退出登录" in answer.content.decode()


def test_absent_page_wears_the_frame(client: Client, db: None):
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    assert "没有找到这一页" in answer.content.decode()


@pytest.mark.parametrize("name", ["400.html", "500.html"])
def test_page_of_last_resort_needs_no_request(name: str):
    page = render_to_string(name)
    assert "回到首页" in page
    assert "ui/tokens.css" in page


def test_expired_form_is_told_what_was_kept(db: None):
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/ui/choose/", {"theme": "dark"})
    assert answer.status_code == 403
    assert "保留在本机浏览器里" in answer.content.decode()


def frame(request: HttpRequest, template: str, **context: object) -> str:
    request.user = AnonymousUser()
    request.htmx = False
    return render_to_string(template, context, request)


def test_conflict_shows_yours_and_theirs(rf: RequestFactory, db: None):
    page = frame(rf.get("/"), "ui/conflict.html", rows=[("时限", "甲", None)], back="/ui/")
    assert "甲" in page
    assert "待补" in page
    assert 'href="/ui/"' in page


def test_refusal_for_htmx_is_a_fragment(rf: RequestFactory, db: None):
    request = rf.get("/")
    request.htmx = True
    page = render_to_string("ui/refused.html", {"sentence": "原因"}, request)
    assert "原因" in page
    assert "<html" not in page


# --- guards -----------------------------------------------------------------------------------


@guard.actor_required
def answers(request: HttpRequest) -> HttpResponse:
    return HttpResponse("in")


@guard.right_required("plan")
def plans(request: HttpRequest) -> HttpResponse:
    return HttpResponse("in")


def test_stranger_is_sent_to_sign_in_and_back(rf: RequestFactory):
    answer = answers(rf.get("/ledger/?unit=a"))
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith("?next=/ledger/%3Funit%3Da")


def test_stranger_with_an_expired_form_comes_back_to_the_form(rf: RequestFactory):
    request = rf.post("/ledger/save/", headers={"Referer": "http://testserver/ledger/1/"})
    assert answers(request).headers["Location"].endswith("?next=/ledger/1/")
    request = rf.post("/ledger/save/", headers={"Referer": "https://elsewhere.test/"})
    assert answers(request).headers["Location"].endswith("?next=/")


def test_stranger_over_htmx_is_sent_as_a_whole_page(rf: RequestFactory):
    request = rf.get(
        "/x/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/y/"}
    )
    answer = answers(request)
    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"].endswith("?next=/y/")


def test_right_decides_who_enters(cast, rf: RequestFactory):
    request = rf.get("/")
    request.actor = cast.actor("lin")
    assert plans(request).content == b"in"
    request.actor = cast.actor("ma")
    with pytest.raises(PermissionDenied):
        plans(request)


def test_upload_within_the_limit_passes(rf: RequestFactory):
    small = rf.post("/", {"file": SimpleUploadedFile("a.txt", b"a")})
    assert guard.upload_too_large(small) is None


@override_settings(UPLOAD_LIMIT=100)
def test_upload_past_the_limit_is_a_page_of_its_own(rf: RequestFactory, db: None):
    large = rf.post("/", {"file": SimpleUploadedFile("a.txt", b"a" * 100_000)})
    large.user, large.htmx = AnonymousUser(), False
    answer = guard.upload_too_large(large)
    assert answer is not None
    assert answer.status_code == 413
    assert "没有接收" in answer.content.decode()


# --- the bar ----------------------------------------------------------------------------------


def keys(actor: Actor | None, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr(navigation, "address", lambda key: f"/{key}/")
    return [link.key for link in navigation.links(actor, "/ledger/12/")]


def test_bar_offers_at_most_eight_and_the_rest_under_more(cast, monkeypatch):
    monkeypatch.setattr(navigation, "address", lambda key: f"/{key}/")
    links = navigation.links(cast.actor("lin"), "/ledger/12/")
    assert sum(link.in_bar for link in links) == 8
    assert [link.key for link in links if link.current] == ["ledger"]


def test_bar_of_an_administrator_has_no_business(cast, monkeypatch):
    assert set(keys(cast.actor("gao"), monkeypatch)) == {"org", "notices"}


def test_bar_of_staff_begins_with_the_week(cast, monkeypatch):
    assert keys(cast.actor("ma"), monkeypatch)[0] == "mine"


def test_bar_of_a_stranger_is_empty(monkeypatch):
    assert keys(None, monkeypatch) == []


def test_item_without_a_page_is_left_out(cast, monkeypatch):
    monkeypatch.setattr(navigation, "address", lambda key: "" if key == "wall" else f"/{key}/")
    assert "wall" not in [link.key for link in navigation.links(cast.actor("chen"), "/")]


# --- lists ------------------------------------------------------------------------------------


def people() -> QuerySet:
    """Rows of the cast; by name, since this room stands below the organisation's."""
    return apps.get_model("org.Person").objects.all()


def test_cursor_walks_every_row_once(cast):
    rows, seen, cursor = people(), [], ""
    while True:
        page = page_of(rows, ("-name", "id"), cursor, size=4)
        seen += page.rows
        cursor = page.following
        if not cursor:
            break
    assert seen == list(rows.order_by("-name", "id"))


def test_cursor_of_dates_and_moments(cast):
    rows = apps.get_model("org.Term").objects.all()
    term = rows.first()
    assert term is not None
    rows.filter(pk=term.pk).update(from_on=term.from_on + timedelta(days=1))
    first = page_of(rows, ("-from_on", "id"), "", size=1)
    assert first.rows[0].pk == term.pk
    assert len(page_of(rows, ("-from_on", "id"), first.following).rows) == rows.count() - 1


@pytest.mark.parametrize("cursor", ["x", "e30", "WyJhIl0", "W10", "é", "bnVsbA"])
def test_cursor_that_is_not_ours_is_the_first_page(cast, cursor: str):
    page = page_of(people(), ("name", "id"), cursor, size=3)
    assert len(page.rows) == 3
    assert page.cursor == ""
