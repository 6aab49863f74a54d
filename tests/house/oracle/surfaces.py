"""What each way of looking shows one person: sets of marks, to be held against the oracle's."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any
from uuid import UUID

from django.test import Client
from django.urls import reverse

from luoshi.domain.access import Actor
from luoshi.files import queries as files
from luoshi.goals import queries as goals
from luoshi.goals.models import Plan
from luoshi.home.queries.matrix import matrix
from luoshi.home.queries.search import search
from luoshi.ledger.headers import header_sets
from luoshi.ledger.models import ProgressReport
from luoshi.ledger.queries import Filters, list_tasks, task_for, timetable
from luoshi.ledger.queries.dating import own_dates
from luoshi.ledger.queries.exporting import table_of
from luoshi.ledger.queries.printing import printed
from luoshi.org import delegated
from luoshi.org import queries as org_queries
from tests.house import walk
from tests.house.oracle import facts
from tests.house.oracle.standing import SECRET, WORD

MARK = re.compile(r"Q\d+x\d+Q")
BOTH = (Filters(year=2026), Filters(year=2026, planned=False))
SHOWS_SOME = sorted(
    name
    for name, row in walk.URLS.items()
    if not row.get("args") and ":" in name and "#" not in name and name.split(":")[0] != "api"
)
"""Every page without a row of its own: it may show a part, and never more than may be seen."""


def marks(text: object) -> set[str]:
    """Every mark in a text."""
    return set(MARK.findall(str(text)))


def wanted(org: facts.Organisation, posts: list[facts.Post]) -> Mapping[str, set[str]]:
    """What every surface has to show, by the oracle."""
    seen = facts.seen_tasks(org, posts)
    plans = {plan.key for plan in facts.seen_plans(org, posts)}
    drawn = {
        task.mark
        for task in org.tasks
        if task.mark in seen and task.plan and task.plan.key in plans and task.state != "cancelled"
    }
    asked_for = {task.mark for task in some(org)}
    return dict.fromkeys(("list", "search", "export", "print", "evidence"), seen) | {
        "detail": seen & asked_for,
        "attachments": seen & asked_for,
        "chart": drawn,
        "feed": facts.own_dates(org, posts),
    }


def some(org: facts.Organisation) -> list[facts.Task]:
    """Items that are asked for one by one, where asking for all would take the time of ten."""
    return Random(org.seed).sample(org.tasks, 6)


def shown(org: facts.Organisation, actor: Actor, *, drawn: bool) -> Iterator[tuple[str, set[str]]]:
    """What the product's queries show; `drawn`: charts too."""
    today = facts.TODAY
    lists = [row.task.title for asked in BOTH for row in list_tasks(actor, today, asked).rows]
    yield "list", marks(lists)
    details = [task_for(actor, today, task.key) for task in some(org)]
    yield "detail", marks([task.title for task in details if task])
    yield "search", marks([row.title for part in search(actor, today, WORD) for row in part.rows])
    yield "export", marks([table_of(actor, today, asked).rows for asked in BOTH])
    heads = next(iter(header_sets().values()))
    yield "print", marks([printed(actor, today, asked, heads).rows for asked in BOTH])
    files_ = [files.attachment(actor, today, task.key) for task in some(org)]
    yield "attachments", marks([row.name for row in files_ if row])
    yield "feed", marks([one.task.title for one in own_dates(actor, today)])
    if drawn:
        yield "evidence", marks(_evidence(org, actor))
        plans = [goals.plan_for(actor, today, plan.key) for plan in org.plans]
        charts = [timetable(actor, today, plan) for plan in plans if plan]
        yield "chart", marks([bar.task.title for chart in charts if chart for bar in chart.bars])


def _evidence(org: facts.Organisation, actor: Actor) -> list[str]:
    reports = ProgressReport.objects.filter(jurisdiction=org.county).values_list("pk", flat=True)
    found = files.attachments(actor, facts.TODAY, "ledger.progressreport", list(reports))
    return [row.name for rows in found.values() for row in rows]


def counted(
    org: facts.Organisation, actor: Actor, seen: set[str]
) -> Iterator[tuple[str, int, int]]:
    """The figures of the chart of duties (责任分解) beside the number that the oracle counts."""
    for plan in org.plans:
        row = Plan.objects.select_related("unit").get(pk=plan.key)
        table = matrix(actor, facts.TODAY, row)
        assert table is not None
        mine = [task for task in org.tasks if task.mark in seen and task.plan == plan]
        live = sum(task.state != "cancelled" for task in mine)
        yield f"matrix of {plan.unit.kind}", sum(row.total for row in table.rows), live


def actor_of(person: UUID) -> Actor:
    """The product's actor for a person's account."""
    account = org_queries.Account.objects.get(person=person)
    return org_queries.actor_for(account, facts.TODAY)


def actor_standing_in(given: facts.Delegation) -> Actor | None:
    """The product's actor for whoever was given a post's work; None where it has ended."""
    account = org_queries.Account.objects.get(person=given.taker)
    return delegated.standing_in(account, facts.TODAY, given.key)


# --- Through the pages -----------------------------------------------------------------------


def asked(org: facts.Organisation, client: Client, person: UUID) -> Iterator[tuple[str, set[str]]]:
    """What the pages of one signed-in person show."""
    ledger, plain = reverse("ledger:list"), {"year": "2026"}
    both = (plain, plain | {"planned": "0"})
    yield "list", _of(client, ledger, *both)
    yield "search", _of(client, reverse("home:search"), {"q": WORD})
    yield "export", _of(client, reverse("ledger:export"), *both)
    heads = {"heads": next(iter(header_sets()))}
    yield "print", _of(client, reverse("ledger:export"), *(one | heads for one in both))
    pages = {task.mark: _got(client, reverse("ledger:task", args=[task.key])) for task in some(org)}
    yield "detail", {mark for mark, page in pages.items() if mark in page}
    yield "attachments", set().union(*(_file(client, task.key) for task in some(org)))
    yield "feed", marks(_got(client, reverse("api:feed", args=[person, SECRET])))


def more(client: Client) -> Iterator[tuple[str, set[str]]]:
    """Pages that show a part."""
    for name in SHOWS_SOME:
        yield name, marks(_got(client, reverse(name)))


def _file(client: Client, key: UUID) -> set[str]:
    return marks(_got(client, reverse("files:download", args=[key])))


def _of(client: Client, url: str, *queries: dict[str, str]) -> set[str]:
    return set().union(*(marks(_got(client, url, query)) for query in queries))


def _got(client: Client, url: str, query: dict[str, Any] | None = None) -> str:
    response = client.get(url, query or {})
    assert response.status_code < 500, (url, response.status_code)
    if response.status_code != 200:
        return ""
    data = response.getvalue() if response.streaming else response.content
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            data = b"\n".join(package.read(name) for name in package.namelist())
    return data.decode("utf-8", errors="replace")
