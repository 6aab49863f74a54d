"""The digest of a county: gathered, told, sent; CPU seconds beside the limit."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import date, datetime

from benchmarks.common import on_its_own, timed

TODAY = date(2026, 6, 17)  # a Wednesday
LIMIT, PEOPLE = 60.0, 5_000


def build(towns: int, roots: int) -> int:
    """The county, smaller towns than the measured set's; owners spread over everybody of a unit."""
    from luoshi.config.load import town as shape
    from luoshi.config.load.write import load
    from luoshi.ledger.models import Assignment
    from luoshi.notices.models import Preference, ReminderRule
    from luoshi.org.models import Person, Post, Unit

    shape.ROOTS, shape.REPORTS = roots, roots * 250
    shape.LEAVES = roots * shape.PARTS * shape.STEPS
    for _rows in load(TODAY, towns, "!"):
        pass
    posts: dict[object, list[object]] = {}
    for key, unit in Post.objects.order_by("id").values_list("pk", "unit_id"):
        posts.setdefault(unit, []).append(key)
    rows = list(Assignment.objects.filter(role="owner").select_related("task"))
    for number, row in enumerate(rows):
        able = posts[row.task.unit_id]
        row.post_id = able[number % len(able)]
    Assignment.objects.bulk_update(rows, ["post_id"], batch_size=500)
    county = Unit.objects.get(parent__isnull=True)
    same = {"jurisdiction": county.jurisdiction}
    ReminderRule.objects.bulk_create(
        ReminderRule(**same, unit=unit, mail=True) for unit in Unit.objects.filter(kind="town")
    )
    Preference.objects.bulk_create(
        (
            Preference(**same, person=one, email=f"{one.pk.hex}@example.test")
            for one in Person.objects.all()
        ),
        batch_size=500,
    )
    return Person.objects.count()


def told_at(minute: int) -> datetime:
    from luoshi.domain.workdays import SHANGHAI

    return datetime(2026, 6, 17, 16, minute, tzinfo=SHANGHAI)


def measure(towns: int, roots: int) -> int:
    from django.conf import settings

    from luoshi.home.tasks import wake
    from luoshi.jobs import actions as jobs
    from luoshi.ledger.models import Task
    from luoshi.notices import tasks
    from luoshi.notices.models import Notice
    from luoshi.notices.tests.receivers import MailServer, running

    built, people = timed(lambda: build(towns, roots))
    tasks.clock = lambda: told_at(31)  # type: ignore[assignment]
    tasks.RUN_SECONDS = 10_000.0
    wake(TODAY, told_at(30))
    gathered, count = timed(lambda: jobs.run_waiting(lambda: told_at(30)))
    assert count == 1
    with running(MailServer()) as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_SSL = (
            "127.0.0.1",
            server.port,
            False,
        )
        wake(TODAY, told_at(31))
        sent, _ = timed(lambda: jobs.run_waiting(lambda: told_at(31)))
        taken = len(server.mails)
    page = Notice.objects.filter(via="page")
    items = sum(page.values_list("count", flat=True))
    whole = gathered + sent
    limit = LIMIT * people / PEOPLE
    print(f"{'people':>7} {'tasks':>7} {'told':>6} {'items':>7} {'gather s':>9} {'mail s':>7} {'mails':>6} "
          f"{'whole s':>8} {'limit s':>8} {'share':>6}   load (built in)")  # fmt: skip
    print(f"{people:7,} {Task.objects.count():7,} {page.count():6,} {items:7,} {gathered:9.2f} {sent:7.2f} "
          f"{taken:6,} {whole:8.2f} {limit:8.1f} {whole / limit:6.2f}   {os.getloadavg()[0]:.1f} "
          f"({built:.0f} CPU s){' MISSED' if whole > limit else ''}")  # fmt: skip
    assert taken == len({to for to, _text in server.mails}), "somebody was written to twice"
    assert taken == page.count()
    return int(whole > limit)


def main() -> int:
    parser = argparse.ArgumentParser("python -m benchmarks.notices")
    parser.add_argument("--towns", type=int, default=30)
    parser.add_argument("--roots", type=int, default=16)
    options = parser.parse_args()
    return on_its_own(lambda: measure(options.towns, options.roots))


if __name__ == "__main__":
    sys.exit(main())
