"""A made-up town for the measurement: 30 units, 300 people, a three-level tree, reports, entries.

Rows are inserted in bulk, with the sums that the ledger keeps; `luoshi journal verify` has nothing
to say of them, because nobody sealed them: they are history only for the pages' queries.
"""

from __future__ import annotations

import json
import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

TODAY = date(2026, 6, 18)
SINCE = date(2020, 1, 1)
NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)
GROUP, MIDDLE, LEAVES = 21, 4, 16
TITLES = (
    "修建产业路",
    "完成高标准农田建设",
    "新增规上企业",
    "整治人居环境",
    "调解矛盾纠纷",
    "改造老旧管网",
)


def _insert(model: Any, rows: list[Any]) -> None:
    model.objects.bulk_create(rows, batch_size=1000)


def _units(county_number: int, count: int) -> tuple[Any, Any, list[Any]]:
    from luoshi.org.models import Unit, child_path

    def unit(parent: Any, number: int, kind: str, name: str) -> Any:
        row = Unit(parent=parent, path=child_path(parent, number), kind=kind, name=name, short_name=name,
                   position=number, from_on=SINCE)  # fmt: skip
        row.jurisdiction = parent.jurisdiction if parent else row.id
        row.save(force_insert=True)
        return row

    county = unit(None, county_number, "county", "云河县")
    town = unit(county, 1, "town", "云溪镇")
    offices = [
        "党政综合办",
        "经发办",
        "农业农村办",
        "社会事务办",
        "平安法治办",
        "村镇建设办",
        "应急办",
        "财政所",
        "党建办",
    ]
    kinds = [("town_office", name) for name in offices] + [
        ("village", f"第{n}村") for n in range(1, 22)
    ]
    return (
        county,
        town,
        [unit(town, n, kind, name) for n, (kind, name) in enumerate(kinds[:count], 1)],
    )


def build(tasks: int, number: int) -> dict[str, Any]:
    """Insert a county with one town of so many tasks; answer what a client must know of it."""
    from django.db import transaction

    from luoshi.goals.models import Plan, WorkLine
    from luoshi.org.models import Account, Person, Post, Term

    with transaction.atomic():
        county, town, units = _units(number, 30)
        own = {"jurisdiction": county.jurisdiction}
        leaders = [
            Post(unit=town, title=f"副镇长{n}", role="leader", position=n, from_on=SINCE, **own)
            for n in range(9)
        ]
        heads = [
            Post(
                unit=unit,
                title="负责人",
                role="town_office" if n == 0 else "unit_head",
                from_on=SINCE,
                **own,
            )
            for n, unit in enumerate(units)
        ]
        staff = [
            Post(unit=units[n % 30], title="干事", role="staff", position=n, from_on=SINCE, **own)
            for n in range(261)
        ]
        posts = [*leaders, *heads, *staff]
        _insert(Post, posts)
        people = [Person(name=f"人员{n:03d}", **own) for n in range(len(posts))]
        _insert(Person, people)
        _insert(
            Term,
            [
                Term(person=p, post=q, from_on=SINCE, **own)
                for p, q in zip(people, posts, strict=True)
            ],
        )
        accounts = [
            Account(login=f"bench{number}-{n}", person=people[9 + n], password="!", **own)
            for n in range(2)
        ]
        _insert(Account, accounts)
        plan = Plan.objects.create(
            unit=town, year=2026, title="云溪镇2026年计划", state="in_force", **own
        )
        lines = [
            WorkLine(
                plan=plan,
                unit=town,
                number=n + 1,
                name=f"专线{n + 1}",
                leader_post=leaders[n],
                **own,
            )
            for n in range(9)
        ]
        _insert(WorkLine, lines)
        made = _ledger(tasks, plan, lines, units, heads, people, own)
        sessions = [_session(account) for account in accounts]
    return {"office": sessions[0], "head": sessions[1], "person": str(people[10].pk), **made}


def _session(account: Any) -> str:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    store = SessionStore()
    store[SESSION_KEY] = str(account.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = account.get_session_auth_hash()
    store.save()
    return str(store.session_key)


def _ledger(
    count: int,
    plan: Any,
    lines: list[Any],
    units: list[Any],
    heads: list[Any],
    people: list[Any],
    own: dict[str, Any],
) -> dict[str, Any]:
    """The tree in groups of 21: one root, four below it, four leaves below each of those."""
    from luoshi.ledger.models import Assignment, ProgressReport, Task
    from luoshi.ledger.tree import Sums, leaf_sums, segment

    draw = random.Random(7)
    rows: list[Any] = []
    totals = {line.pk: Sums() for line in lines}
    for start in range(0, count, GROUP):
        size, group = min(GROUP, count - start), start // GROUP
        place, line = (group + 1) % len(units), lines[group % len(lines)]
        members: list[Any] = []
        for n in range(size):
            parent = (
                None
                if n == 0
                else members[0]
                if n <= MIDDLE
                else members[1 + (n - 1 - MIDDLE) // 4]
            )
            child = group + 1 if parent is None else n
            due = date(2026, 2, 1) + timedelta(days=draw.randrange(330))
            started = due - timedelta(days=60)
            said = None if draw.random() < 0.1 else draw.randrange(0, 11) * 1000
            members.append(Task(
                plan=plan, parent=parent, unit=units[place], line=line,
                number=f"{group + 1}" if parent is None else f"{parent.number}.{n}",
                tree=segment(parent.tree if parent else "", child), depth=0 if parent is None else parent.depth + 1,
                title=f"{TITLES[(group + n) % len(TITLES)]}（{group + 1}-{n}）", measures="按月调度，按季通报，年底验收。" * 3,
                acceptance="验收合格", starts_on=started, due_on=due, first_due_on=due, state="under_way",
                state_since=date(2026, 1, 10), assigned_at=NOW - timedelta(days=150), started_on=started,
                progress=said, last_report_on=None if said is None else TODAY - timedelta(days=draw.randrange(60)),
                **own,
            ))  # fmt: skip
        for row in reversed(members):
            below = [other for other in members if other.parent is row]
            row.is_leaf = not below
            if below:
                row.progress = None
            kept = (
                sum((Sums(b.weight_sum, b.done_sum, b.missing_sum) for b in below), Sums())
                if below
                else leaf_sums(row.state, row.weight, row.progress)
            )
            row.weight_sum, row.done_sum, row.missing_sum = kept.weight, kept.done, kept.missing
        totals[line.pk] += Sums(members[0].weight_sum, members[0].done_sum, members[0].missing_sum)
        rows += members
    _insert(Task, rows)
    for owner in (*lines, plan):
        kept = sum(totals.values(), Sums()) if owner is plan else totals[owner.pk]
        owner.weight_sum, owner.done_sum, owner.missing_sum = kept.weight, kept.done, kept.missing
        owner.save()
    head_of = {unit.pk: heads[n] for n, unit in enumerate(units)}
    _insert(Assignment, [
        made
        for row in rows
        for made in (
            Assignment(task=row, role="lead_unit", unit_id=row.unit_id, from_on=SINCE, **own),
            Assignment(task=row, role="owner", post=head_of[row.unit_id], from_on=SINCE, **own),
        )
    ])  # fmt: skip
    _insert(ProgressReport, [
        ProgressReport(task=row, unit_id=row.unit_id, reported_on=TODAY - timedelta(days=30 * n), reported_at=NOW - timedelta(days=30 * n),
                       person_id=people[20].pk, text="已完成前期手续，正在施工。", progress=row.progress, **own)
        for row in rows for n in (1, 2)
    ])  # fmt: skip
    _entries(rows, people, own)
    own_leaves = [str(row.pk) for row in rows if row.is_leaf and row.unit_id == units[1].pk]
    leaves = [str(row.pk) for row in rows if row.is_leaf]
    return {"write": own_leaves, "task": leaves[:: max(1, len(leaves) // 200)]}


def _entries(rows: list[Any], people: list[Any], own: dict[str, Any]) -> None:
    from luoshi.journal.models import Entry

    changes = {"progress": [1000, 2000], "last_report_on": ["2026-03-01", "2026-04-01"]}
    made: list[Any] = []
    for row in rows:
        made += [
            Entry(unit_id=row.unit_id, person_id=people[20].pk, at=NOW - timedelta(days=20 * n), verb="ledger.task.report",
                  subject_kind="ledger.task", subject_id=row.pk, changes=changes, **own)
            for n in range(5)
        ]  # fmt: skip
        if len(made) >= 20_000:
            _insert(Entry, made)
            made = []
    _insert(Entry, made)


def main(tasks: int, out: Path) -> None:
    """The town and a hamlet of ten tasks beside it, in one database."""
    from luoshi.config.commands.setup import prepare

    prepare()
    from luoshi.ledger.actions import judge_waiting

    out.write_text(json.dumps({"town": build(tasks, 1), "hamlet": build(10, 2)}), "utf-8")
    judge_waiting(TODAY)  # as the worker has done seconds after midnight
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    import sys

    main(int(sys.argv[1]), Path(sys.argv[2]))
