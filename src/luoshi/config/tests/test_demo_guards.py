"""A demonstration and a real office never mix; nobody plays a role outside the demonstration."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.http import Http404
from django.test import RequestFactory
from django.urls import Resolver404, resolve

from luoshi.config import demo_switcher, urls
from luoshi.config.commands import web
from luoshi.config.demo_guard import refuse_mixed_database
from luoshi.journal.models import Entry
from luoshi.org.models import Account, DemoMarker


def request_to_play(login: str, today):
    request = RequestFactory().post("/demo/switch/", {"login": login})
    request.session = SessionStore()
    request.user = AnonymousUser()
    request.today = today
    return request


def test_real_database_is_refused_by_the_demonstration(cast, settings):
    settings.LUOSHI_DEMO = True
    with pytest.raises(SystemExit, match="real office; nothing was touched"):
        refuse_mixed_database()


def test_real_database_without_the_demonstration_is_served(cast, settings):
    settings.LUOSHI_DEMO = False
    refuse_mixed_database()


def test_marked_database_without_the_demonstration_is_refused(cast, settings):
    DemoMarker.objects.create(jurisdiction=cast.county.jurisdiction)
    settings.LUOSHI_DEMO = False
    with pytest.raises(SystemExit, match="set LUOSHI_DEMO=1"):
        refuse_mixed_database()


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.20", "example.org"])
def test_demonstration_refuses_to_answer_other_machines(host, monkeypatch, capsys):
    monkeypatch.setenv("LUOSHI_DEMO", "1")
    with pytest.raises(SystemExit) as ended:
        web.address(["--host", host], "luoshi web")
    assert ended.value.code == 2
    assert "this machine only" in capsys.readouterr().err


def test_demonstration_answers_on_loopback(monkeypatch):
    monkeypatch.setenv("LUOSHI_DEMO", "1")
    assert web.address(["--host", "127.0.0.1"], "luoshi web").host == "127.0.0.1"


def test_switch_is_journalled(cast, settings, today):
    settings.LUOSHI_DEMO = True
    Account.objects.filter(login="lin").update(is_demo=True)
    answer = demo_switcher.switch(request_to_play("lin", today))
    assert answer.status_code == 302
    entry = Entry.objects.get(verb="org.account.demo_switched")
    assert entry.subject_id == Account.objects.get(login="lin").pk


def test_switch_to_a_real_account_is_impossible(cast, settings, today):
    settings.LUOSHI_DEMO = True
    with pytest.raises(Http404):
        demo_switcher.switch(request_to_play("lin", today))
    assert not Entry.objects.exists()


def test_switch_does_not_exist_outside_the_demonstration(cast, settings, today):
    settings.LUOSHI_DEMO = False
    Account.objects.filter(login="lin").update(is_demo=True)
    with pytest.raises(Http404):
        demo_switcher.switch(request_to_play("lin", today))
    with pytest.raises(Resolver404):
        resolve("/demo/switch/", urls)  # imported with this module, without LUOSHI_DEMO
