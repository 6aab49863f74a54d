"""Telephone numbers: masked on page and in export, seen with a reason, never in the journal."""

import io
import json
import zipfile

import pytest
from django.test import Client
from django.urls import reverse

from luoshi.domain.base import Refused
from luoshi.journal.models import Entry
from luoshi.office.xlsx_out import workbook
from luoshi.org import actions
from luoshi.org.models import Person
from luoshi.org.queries import roster_sheets
from tests.cast import TODAY

NUMBER = "13987654321"


@pytest.fixture
def wang(cast, monkeypatch):
    monkeypatch.setattr("luoshi.config.middleware.today", lambda: TODAY)
    Person.objects.filter(pk=cast.people["wang"].pk).update(phone=NUMBER)
    return Person.objects.get(pk=cast.people["wang"].pk)


def client(cast, name):
    found = Client()
    found.force_login(cast.account(name), backend="django.contrib.auth.backends.ModelBackend")
    return found


def journalled():
    rows = Entry.objects.values_list("verb", "changes", "reason", "key")
    return json.dumps(list(rows), ensure_ascii=False)


def test_number_is_masked_until_a_reason_is_given(cast, wang):
    lin, page = client(cast, "lin"), reverse("org:person", args=[wang.pk])
    shown = lin.get(page).content.decode()
    assert NUMBER not in shown
    assert "1******4321" in shown
    see = reverse("org:see_phone", args=[wang.pk])
    assert NUMBER not in lin.post(see, {"reason": " "}, follow=True).content.decode()
    answer = lin.post(see, {"reason": "防汛值班通知"})
    assert NUMBER in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    entry = Entry.objects.get(verb="org.person.phone_seen")
    assert (entry.person_id, entry.subject_id) == (cast.people["lin"].pk, wang.pk)
    assert entry.reason == "防汛值班通知"
    assert NUMBER not in lin.get(page).content.decode()
    assert NUMBER not in journalled()


def test_own_number_is_changed_by_its_person_and_others_by_an_administrator(cast, wang):
    def change(who, phone, version=1):
        return actions.change_phone(
            actor=cast.actor(who), today=TODAY, person_id=wang.pk, version=version, phone=phone
        )

    change("wang", "0391-7654321")
    assert Person.objects.get(pk=wang.pk).phone == "0391-7654321"
    with pytest.raises(Refused):
        change("lin", "1")
    with pytest.raises(Refused) as refused:
        change("gao", "=HYPERLINK()", version=2)
    assert refused.value.why.code == "org.phone_unlike"
    change("gao", "", version=2)
    assert Person.objects.get(pk=wang.pk).phone == ""
    assert "7654321" not in journalled()


def test_export_masks_numbers_and_takes_them_back_as_no_change(cast, wang):
    book = workbook(roster_sheets(cast.actor("gao"), TODAY, empty=False))
    with zipfile.ZipFile(io.BytesIO(book)) as package:
        data = b"".join(package.read(name) for name in package.namelist()).decode()
    assert NUMBER not in data
    assert "1******4321" in data
    done = actions.change_phone(
        actor=cast.actor("gao"), today=TODAY, person_id=wang.pk, version=1, phone="1******4321"
    )
    assert done.version == -1
    assert Person.objects.get(pk=wang.pk).phone == NUMBER
