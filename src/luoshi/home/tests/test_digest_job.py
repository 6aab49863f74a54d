"""The clock of the digest: once a day at the office's hour, by working days, counted as asked."""

from datetime import date, datetime, time, timedelta

import pytest

from luoshi.domain.access import Actor
from luoshi.domain.reminding import Rhythm
from luoshi.domain.workdays import SHANGHAI
from luoshi.home import tasks
from luoshi.jobs import actions as jobs
from luoshi.jobs.models import Job
from luoshi.notices import actions as notices
from luoshi.notices.models import Notice
from tests.cast import TODAY

from .test_owed import owned

__all__ = ["owned"]
WEDNESDAY, FRIDAY, SATURDAY = date(2026, 6, 17), date(2026, 6, 26), date(2026, 6, 27)


def at(day, hour=16, minute=31):
    return datetime.combine(day, time(hour, minute), SHANGHAI)


@pytest.fixture
def system(cast):
    return Actor.system(cast.county.jurisdiction)


def run(day):
    """Gather as the worker would; nothing is sent by way of it."""
    job = Job.objects.filter(kind="home.digest", finished_at__isnull=True).get()
    return jobs.run(job, lambda: at(day))


def told(name=None):
    rows = Notice.objects.filter(via="page").order_by("due", "person__name")
    return [(row.person.name, row.count, row.late, row.raised) for row in rows]


def test_digest_is_asked_for_at_its_hour_and_once(cast):
    assert tasks.wake(WEDNESDAY, at(WEDNESDAY, 16, 29)) == 0
    assert tasks.wake(WEDNESDAY, at(WEDNESDAY, 16, 30)) == 1
    assert tasks.wake(WEDNESDAY, at(WEDNESDAY, 16, 45)) == 0
    assert tasks.wake(WEDNESDAY, at(WEDNESDAY, 23, 0)) == 0


def test_worker_that_woke_up_at_night_asks_nothing(cast):
    assert tasks.wake(WEDNESDAY, at(WEDNESDAY, 19, 0)) == 0


def test_town_with_its_own_hour_is_a_job_of_its_own_and_one_that_is_off_is_none(cast):
    rule = {"actor": cast.actor("lin"), "today": TODAY, "unit_id": cast.town.pk, "mail": False}
    notices.set_rule(**rule, version=0, rhythm=Rhythm(at=time(15, 0)), is_on=True)
    assert tasks.wake(WEDNESDAY, at(WEDNESDAY, 15, 0)) == 1
    assert Job.objects.get().payload["at"] == "15:00:00"
    assert tasks.wake(WEDNESDAY, at(WEDNESDAY)) == 1
    Job.objects.all().delete()
    notices.set_rule(**rule, version=1, rhythm=Rhythm(at=time(15, 0)), is_on=False)
    assert tasks.wake(WEDNESDAY, at(WEDNESDAY, 15, 0)) == 0


def test_everybody_is_told_a_count_once(cast, owned):
    owned("迟了的事", WEDNESDAY - timedelta(days=2))
    owned("快到的事", WEDNESDAY + timedelta(days=3))
    tasks.wake(WEDNESDAY, at(WEDNESDAY))
    job = run(WEDNESDAY)
    assert (job.state, job.result) == ("done", {"people": 2})
    assert (job.done, job.total) == (job.total, job.total)
    assert told() == [("王书记", 2, 1, 0), ("马文书", 2, 1, 0)]
    Job.objects.all().delete()
    tasks.wake(WEDNESDAY, at(WEDNESDAY))
    run(WEDNESDAY)
    assert len(told()) == 2, "the same day again tells nobody twice"


def test_friday_asks_nothing_for_monday_and_a_day_off_only_what_is_most_urgent(cast, owned):
    owned("周一要的", FRIDAY + timedelta(days=3))
    owned("今天要的", FRIDAY)
    owned("特急的", FRIDAY + timedelta(days=3), urgency="most_urgent")
    for day in (FRIDAY, SATURDAY):
        tasks.wake(day, at(day))
        run(day)
    rows = Notice.objects.filter(via="page", person=cast.people["ma"]).order_by("due")
    assert [(row.due, row.count) for row in rows] == [(FRIDAY, 2), (SATURDAY, 1)]


def test_kind_turned_down_is_not_counted(cast, owned):
    owned("待报的事", WEDNESDAY - timedelta(days=2))
    notices.set_preference(actor=cast.actor("ma"), today=TODAY, version=0, email="", off=["done"])
    tasks.wake(WEDNESDAY, at(WEDNESDAY))
    run(WEDNESDAY)
    assert told() == [("王书记", 1, 1, 0)]


def test_raised_line_is_one_of_the_leaders_own_digest(cast, owned):
    owned("拖久的事", WEDNESDAY - timedelta(days=30))
    tasks.wake(WEDNESDAY, at(WEDNESDAY))
    run(WEDNESDAY)
    assert ("刘副镇长", 1, 0, 1) in told()


def test_run_is_stopped_between_towns_and_not_started_again_that_day(cast, owned, system):
    owned("迟了的事", WEDNESDAY - timedelta(days=2))
    tasks.wake(WEDNESDAY, at(WEDNESDAY))
    notices.stop_run(actor=cast.actor("lin"), today=TODAY, unit_id=cast.town.pk)
    assert run(WEDNESDAY).state == "cancelled"
    assert told() == []
    assert tasks.wake(WEDNESDAY, at(WEDNESDAY, 16, 50)) == 0
