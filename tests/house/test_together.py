"""Several people at the same row, through the pages, on both databases: no lost update."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import close_old_connections, connections
from django.test import Client

from luoshi.goals.models import Plan
from luoshi.journal.actions import Written, record, write
from luoshi.journal.models import Entry
from luoshi.ledger.models import Task
from luoshi.org.models import Post
from luoshi.store.rows import Stale, save
from tests.cast import TODAY

pytestmark = pytest.mark.django_db(transaction=True)
BACKEND = "django.contrib.auth.backends.ModelBackend"


def at_once(calls):
    """The answers of the calls, each on its own connection; an exception is an answer too."""

    def run(call):
        close_old_connections()
        try:
            return call()
        except Exception as error:  # noqa: BLE001 - told to the test
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


@write("tests.post.counted")
def count(*, actor, today, post_id, version=None):
    """One more on a row read in the transaction; with a version, on the row as it was shown."""
    row = Post.objects.select_for_update().get(pk=post_id)
    record(row, save(row, version, position=row.position + 1), unit_id=row.unit_id)
    return Written("org.post", row.pk, row.version)


def test_eight_people_counting_lose_nothing(cast):
    post = cast.posts["sun"]
    Post.objects.filter(pk=post.pk).update(position=0)
    lin = cast.actor("lin")

    def ten_times():
        for _ in range(10):
            count(actor=lin, today=TODAY, post_id=post.pk)

    assert at_once([ten_times] * 8) == [None] * 8
    assert Post.objects.get(pk=post.pk).position == 80
    assert Entry.objects.filter(verb="tests.post.counted").count() == 80


def test_every_stale_save_is_told_and_counts_nothing(cast):
    post = cast.posts["sun"]
    Post.objects.filter(pk=post.pk).update(position=0)
    lin = cast.actor("lin")
    version = Post.objects.get(pk=post.pk).version

    def once():
        return count(actor=lin, today=TODAY, post_id=post.pk, version=version)

    answers = at_once([once] * 8)
    assert sum(isinstance(answer, Written) for answer in answers) == 1
    assert sum(isinstance(answer, Stale) for answer in answers) == 7
    assert Post.objects.get(pk=post.pk).position == 1
    assert Entry.objects.filter(verb="tests.post.counted").count() == 1


@pytest.fixture
def task(cast, today):
    plan = Plan.objects.create(
        jurisdiction=cast.town.jurisdiction, unit=cast.town, year=2026, title="青榆镇2026年度计划"
    )
    return Task.objects.create(
        jurisdiction=cast.town.jurisdiction, plan=plan, unit=cast.town, number="1", tree="0001/",
        title="修路", state="registered", state_since=TODAY, due_on=date(2026, 12, 31),
        weight_sum=100, missing_sum=100,
    )  # fmt: skip


def client_of(cast, name):
    client = Client()
    client.force_login(cast.account(name), backend=BACKEND)
    return client


def edit(client, task, title, key):
    sent = {"title": title, "rhythm": "dated", "weight": "100", "urgency": "ordinary"}
    sent |= {"roll_up": "weighted"}
    sent |= {"due_on": "2026-12-31", "version": "1", "key": key}
    return client.post(f"/ledger/task/{task.pk}/edit/", sent)


def test_two_people_saving_one_task_at_once_lose_nothing(cast, task):
    lin, chen = client_of(cast, "lin"), client_of(cast, "chen")
    answers = at_once(
        [
            lambda: edit(lin, task, "林主任的题目", "first"),
            lambda: edit(chen, task, "陈书记的题目", "second"),
        ]
    )
    assert sorted(answer.status_code for answer in answers) == [302, 409]
    late = next(answer for answer in answers if answer.status_code == 409)
    text = late.content.decode()
    assert "林主任的题目" in text
    assert "陈书记的题目" in text
    kept = Task.objects.get(pk=task.pk)
    assert kept.version == 2
    entries = Entry.objects.filter(subject_id=task.pk)
    assert [entry.changes["title"][1] for entry in entries] == [kept.title]


def test_one_form_sent_six_times_at_once_is_one_row(cast, task):
    before = Task.objects.count()
    clients = [client_of(cast, "lin") for _ in range(6)]
    sent = {
        "title": "只立一项", "due_on": "2026-12-31", "source_kind": "annual_focus", "key": "one-form",
    }  # fmt: skip
    answers = at_once([lambda c=c: c.post("/ledger/task/new/", sent) for c in clients])
    assert [getattr(answer, "status_code", answer) for answer in answers] == [302] * 6
    assert len({answer.url for answer in answers}) == 1
    assert Task.objects.count() == before + 1
