"""The calendar feed: one's own dates, by a secret that can be taken back, with today's rights."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from luoshi.goals import actions as goals
from luoshi.goals.models import Plan
from luoshi.ledger import actions as ledger
from luoshi.ledger.models import Milestone, Task
from luoshi.ledger.queries import Roles
from luoshi.org.models import CalendarFeed, Term
from tests.cast import TODAY

NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)


@pytest.fixture
def task(cast):
    """An item that 东村's head owns, with a node; beside it one of another village."""
    told = {"actor": cast.actor("lin"), "today": TODAY}
    made = goals.create_plan(**told, unit=cast.town, year=2026)
    plan = Plan.objects.get(pk=made.id)
    roles = Roles(
        lead_leader=cast.posts["liu"].pk, lead_unit=cast.east.pk, owner=cast.posts["wang"].pk
    )
    due = TODAY + timedelta(days=40)
    mine = ledger.NewTask(title="修通产业路，含桥涵", due_on=due, roles=roles)
    other = ledger.NewTask(title="西村的事", due_on=due)
    ledger.register_tasks(**told, now=NOW, items=[mine, other], plan=plan)
    row = Task.objects.get(title__startswith="修通")
    ledger.assign(**told, now=NOW, task=row, roles=roles)
    Milestone.objects.create(
        jurisdiction=row.jurisdiction, task=row, position=1, title="路基完成",
        due_on=TODAY + timedelta(days=9),
    )  # fmt: skip
    return row


@pytest.fixture
def address(cast, client, today):
    """`address(titles="1")`: Wang makes an address; what the page shows once."""

    def made(**fields):
        client.force_login(cast.account("wang"))
        page = client.post(reverse("api:calendar"), fields).content.decode()
        client.logout()
        return page.split("data-made")[0].rsplit('value="', 1)[1].split('"')[0]

    return made


def dates(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    book = Calendar.from_ical(answer.content)
    return {
        str(one["uid"]): (one["dtstart"].dt, str(one["summary"])) for one in book.walk("VEVENT")
    }


def test_feed_holds_ones_own_dates_and_no_word_of_them_unless_asked(client, task, address):
    found = dates(client, address())
    assert sorted(found.values()) == [
        (TODAY + timedelta(days=9), f"{task.number} 时间节点"),
        (TODAY + timedelta(days=40), f"{task.number} 完成时限"),
    ]
    named = dates(client, address(titles="1"))
    assert named.keys() == found.keys(), "the same date is the same event next time"
    assert (task.due_on, f"{task.number} 修通产业路，含桥涵（完成时限）") in named.values()


def test_address_ends_by_the_person_by_a_new_one_and_with_the_post(cast, client, task, address):
    first = address()
    second = address()
    assert client.get(first).status_code == 404, "a new address ends the old one"
    assert client.get(second).status_code == 200
    assert client.get(second.replace(".ics", "x.ics")).status_code == 404
    assert CalendarFeed.objects.filter(ended_at__isnull=True).count() == 1
    Term.objects.filter(person=cast.people["wang"]).update(to_on=TODAY - timedelta(days=1))
    assert client.get(second).status_code == 404, "who left reads nothing"
    Term.objects.filter(person=cast.people["wang"]).update(to_on=None)
    client.force_login(cast.account("wang"))
    client.post(reverse("api:calendar"), {"end": "1"})
    client.logout()
    assert client.get(second).status_code == 404


def test_shut_account_reads_nothing(cast, client, task, address):
    there = address()
    account = cast.account("wang")
    account.is_active = False
    account.save()
    assert client.get(there).status_code == 404


def test_secret_is_kept_nowhere_and_sent_twice_makes_one(cast, client, task, today):
    client.force_login(cast.account("wang"))
    for _ in range(2):
        page = client.post(reverse("api:calendar"), {"key": "k1"}).content.decode()
    assert "data-made" not in page
    assert CalendarFeed.objects.count() == 1
    assert len(CalendarFeed.objects.get().digest) == 64


def test_feed_asks_as_often_for_many_dates_as_for_few(client, task, address):
    there = address()
    client.get(there)
    counts = []
    for extra in (0, 30):
        Milestone.objects.bulk_create(
            Milestone(
                jurisdiction=task.jurisdiction, task=task, position=n + 2, title=f"节点{n}",
                due_on=TODAY + timedelta(days=n),
            )
            for n in range(extra)
        )  # fmt: skip
        with CaptureQueriesContext(connection) as asked:
            found = dates(client, there)
        counts.append((len(asked), len(found)))
    assert counts[0][0] == counts[1][0]
    assert counts[1][1] == counts[0][1] + 30
