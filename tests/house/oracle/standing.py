"""Stand a random organisation's facts up as rows, in bulk."""

from __future__ import annotations

from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from luoshi.files.models import Attachment
from luoshi.goals.models import Plan
from luoshi.ledger.models import Assignment, ProgressReport, Task
from luoshi.org.models import Account, CalendarFeed, Delegation, Person, Post, Term, Unit, UnitLink
from luoshi.search import actions as search
from luoshi.search.actions import Text
from luoshi.supervision.models import SampleDraw, SampleItem
from tests.house.oracle import facts

NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)
WORD = "筑堤"
"""Stands in every title: the search that should find everything that may be found."""


def stand_up(org: facts.Organisation) -> None:
    """Every row of the organisation; statements do not grow with it, files apart."""
    _places(org)
    _people(org)
    _tasks(org)
    for kind in ("open", "done"):
        _draw(org, kind)


def _mine(org: facts.Organisation) -> dict[str, Any]:
    return {"jurisdiction": org.county}


def _path(unit: facts.Unit) -> str:
    return "".join(f"{one.number:04x}/" for one in reversed(list(unit.up())))


def _places(org: facts.Organisation) -> None:
    mine, since = _mine(org), date(2020, 1, 1)
    Unit.objects.bulk_create(
        Unit(
            **mine, id=one.key, kind=one.kind, path=_path(one), parent_id=one.parent and one.parent.key,
            name=f"{one.kind}{one.number}", short_name=f"{one.kind}{one.number}"[:20], from_on=since,
        )
        for one in org.units
    )  # fmt: skip
    UnitLink.objects.bulk_create(
        UnitLink(
            **mine, from_unit_id=one.start.key, to_unit_id=one.end.key, kind=one.kind,
            from_on=one.span.from_on, to_on=one.span.to_on,
        )
        for one in org.links
    )  # fmt: skip
    Plan.objects.bulk_create(
        Plan(**mine, id=one.key, unit_id=one.unit.key, year=2026, title="计划", state="in_force")
        for one in org.plans
    )


def _people(org: facts.Organisation) -> None:
    mine = _mine(org)
    Post.objects.bulk_create(
        Post(
            **mine, id=one.key, unit_id=one.unit.key, title=one.role, role=one.role,
            from_on=one.span.from_on, to_on=one.span.to_on,
        )
        for one in org.posts
    )  # fmt: skip
    Person.objects.bulk_create(
        Person(**mine, id=key, name=f"人{n}") for n, key in enumerate(org.people)
    )
    accounts = Account.objects.bulk_create(
        Account(**mine, login=f"{org.seed}-{n}", password="!", person_id=key)
        for n, key in enumerate(org.people)
    )
    Term.objects.bulk_create(
        Term(
            **mine, id=one.key, person_id=one.person, post_id=one.post.key, kind=one.kind,
            from_on=one.span.from_on, to_on=one.span.to_on,
        )
        for one in org.terms
    )  # fmt: skip
    Delegation.objects.bulk_create(
        Delegation(
            **mine, id=one.key, post_id=one.post.key, giver_id=one.giver, taker_id=one.taker,
            from_on=one.span.from_on, to_on=one.span.to_on, reason="外出",
            ended_at=NOW if one.is_taken_back else None,
        )
        for one in org.delegations
    )  # fmt: skip
    CalendarFeed.objects.bulk_create(
        CalendarFeed(**mine, id=one.person_id, account=one, digest=DIGEST, titles=True, made_at=NOW)
        for one in accounts
    )


SECRET = "s" * 24
DIGEST = sha256(SECRET.encode()).hexdigest()


def _tasks(org: facts.Organisation) -> None:
    mine = _mine(org)
    Task.objects.bulk_create(
        Task(
            **mine, id=one.key, unit_id=one.unit.key, plan_id=one.plan and one.plan.key,
            number=one.mark if one.plan else f"T2026-{one.mark}", tree=f"{n:04x}/",
            title=f"{one.mark}{WORD}任务", state=one.state, state_since=facts.TODAY, due_on=one.due_on,
            first_due_on=one.due_on, weight_sum=100, missing_sum=100, duration_days=5,
            closed_on=facts.TODAY if one.state == "completed" else None,
        )
        for n, one in enumerate(org.tasks)
    )  # fmt: skip
    Assignment.objects.bulk_create(
        Assignment(
            **mine, task_id=task.key, role=one.role, unit_id=one.unit and one.unit.key,
            post_id=one.post and one.post.key, from_on=date(2026, 1, 5),
            to_on=None if one.is_open else facts.TODAY,
        )
        for task in org.tasks
        for one in task.carriers
    )  # fmt: skip
    reports = ProgressReport.objects.bulk_create(
        ProgressReport(
            **mine, task_id=one.key, unit_id=one.unit.key, reported_on=facts.TODAY, reported_at=NOW,
            person_id=org.people[0], text=f"{one.mark}已推进",
        )
        for one in org.tasks
    )  # fmt: skip
    Attachment.objects.bulk_create(
        Attachment(
            **mine, id=task.key, unit_id=task.unit.key, subject_kind="ledger.progressreport",
            subject_id=report.pk, name=f"{task.mark}.txt", sha256=_kept(task.mark), size=9,
            media_type="text/plain", state="ok", added_at=NOW,
        )
        for task, report in zip(org.tasks, reports, strict=True)
    )  # fmt: skip
    search.index_many(
        Text(
            jurisdiction=org.county, unit_id=one.unit.key, kind="ledger.task", id=one.key,
            title=f"{one.mark}{WORD}任务",
        )
        for one in org.tasks
    )  # fmt: skip


def _kept(mark: str) -> str:
    """The bytes of an attachment, under a digest of their own."""
    sha = mark.encode().hex().ljust(64, "0")
    path = f"{sha[:2]}/{sha[2:4]}/{sha}"
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(mark.encode()))
    return sha


def _draw(org: facts.Organisation, state: str) -> None:
    """A spot check of the county with the items that the facts put into one."""
    items = [task for task in org.tasks if task.sampled == state]
    if not items:
        return
    mine, quarter = _mine(org), 1 if state == "open" else 4
    draw = SampleDraw.objects.create(
        **mine, unit_id=org.county, from_on=date(2026, quarter, 1), to_on=date(2026, quarter + 2, 28),
        confidence=80, rate=20, population=len(items), size=len(items), must_count=0, state=state,
        ended_on=None if state == "open" else facts.TODAY, drawn_on=facts.TODAY, drawn_at=NOW,
        drawn_by_id=org.people[0],
    )  # fmt: skip
    SampleItem.objects.bulk_create(
        SampleItem(
            **mine, draw=draw, task_id=one.key, unit_id=one.unit.key, stratum_id=one.unit.key,
            position=n, closed_on=facts.TODAY,
        )
        for n, one in enumerate(items, 1)
    )  # fmt: skip
