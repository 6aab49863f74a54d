"""A county of 30 towns × 15 villages: cascade of 200 indicators, one reading, a grid, the pace page.

The floor of the cascade is the same rows written by bare `bulk_create`, in the same run and database; the other
limits are numbers of queries, which may not grow. Usage: .venv/bin/python -m benchmarks.indicators [--indicators 20]
"""

from __future__ import annotations

import argparse
import io
import os
import sys
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from time import process_time

TODAY = date(2026, 6, 18)
RATIO = 8.0
"""At most so many times the floor: the law, a lock, a share with its basis and a journal entry a target."""
GRID_MS, PACE_MS = 3_000.0, 1_500.0
"""CPU milliseconds of one page on a quiet machine, doubled."""


def prepare(folder: str) -> None:
    os.environ |= {"LUOSHI_DATA": folder, "DJANGO_SETTINGS_MODULE": "luoshi.config.settings"}
    os.environ.pop("DATABASE_URL", None)
    Path(folder, "static").mkdir()
    import django

    django.setup()
    from django.core.management import call_command

    from luoshi.config import middleware

    call_command("migrate", verbosity=0, stdout=io.StringIO())
    middleware.today = lambda: TODAY


def county(towns: int, villages: int):
    from tests.cast import person, post, unit

    root = unit(None, 1, "county", "临禾县")
    person("县长", post(root, "县长", "leader", 1), login="county")
    made = []
    for n in range(1, towns + 1):
        town = unit(root, n, "town", f"{n}镇")
        below = [unit(town, k, "village", f"{n}镇{k}村") for k in range(1, villages + 1)]
        made.append((town, below))
    first = made[0]
    person("主任", post(first[0], "党政办主任", "town_office", 1), login="office")
    person("村书记", post(first[1][0], "村书记", "unit_head", 1), login="head")
    return root, made


def indicators_of(root, count, reporters):
    from luoshi.domain.access import Actor
    from luoshi.domain.base import Period
    from luoshi.indicators import actions
    from luoshi.indicators.actions import Aim, Defining, Naming
    from luoshi.indicators.models import Indicator, Target

    actor = Actor.system(root.jurisdiction)
    said = Defining(statement="口径", measure="万元", source="月报", decimals=2)
    found = []
    for n in range(count):
        made = actions.create_indicator(
            actor=actor, today=TODAY, unit=root, naming=Naming(name=f"指标{n}", kind="flow"),
            defining=said, reporters=reporters,
        )  # fmt: skip
        row = Indicator.objects.get(pk=made.id)
        aim = Aim(basis="own", value=Decimal("98765.43"), source="要点")
        put = actions.set_target(
            actor=actor, today=TODAY, indicator=row, unit=root, period=Period.year(2026), aim=aim
        )
        found.append(Target.objects.select_related("indicator", "unit").get(pk=put.id))
    return actor, found


def cascade(actor, targets, towns) -> tuple[float, int]:
    """Every target to the towns by weight, each town's share to its villages; CPU s and rows."""
    from luoshi.indicators import actions
    from luoshi.indicators.actions import Dividing
    from luoshi.indicators.models import Target
    from luoshi.indicators.sharing import Taker

    begun = process_time()
    for target in targets:
        takers = [Taker(unit=town, weight=Decimal(1 + n % 5)) for n, (town, _) in enumerate(towns)]
        actions.divide_target(
            actor=actor,
            today=TODAY,
            target=target,
            version=1,
            dividing=Dividing(rule="weight", takers=takers),
        )
        children = {row.unit_id: row for row in Target.objects.filter(parent=target)}
        for town, villages in towns:
            actions.divide_target(
                actor=actor, today=TODAY, target=children[town.pk], version=1,
                dividing=Dividing(rule="equal", takers=[Taker(unit=one) for one in villages]),
            )  # fmt: skip
    spent = process_time() - begun
    rows = Target.objects.filter(parent__isnull=False).count()
    whole = sum((t.value for t in targets), Decimal(0))
    leaves = Target.objects.filter(parent__unit__kind="town").values_list("value", flat=True)
    assert sum(leaves, Decimal(0)) == whole, "the parts do not make the whole"
    return spent, rows


def floor(rows: int) -> float:
    """The same rows copied by bare bulk_create, a division at a time: target, share, entry; CPU s."""
    from django.db import transaction
    from uuid6 import uuid7

    from luoshi.indicators.models import Share, Target
    from luoshi.journal.models import Entry

    targets = list(Target.objects.filter(parent__isnull=False)[:rows])
    entries = list(Entry.objects.filter(verb="indicators.target.set").order_by("-id")[:rows])
    shares = list(Share.objects.filter(child__in=[row.pk for row in targets[:1]]))
    for row in targets:
        row.pk, row.starts_on, row.ends_on = uuid7(), date(2030, 1, 1), date(2030, 12, 31)
    for one in entries:
        one.pk, one.seq = uuid7(), None
    begun = process_time()
    for n in range(0, len(targets), 16):
        block = targets[n : n + 16]
        with transaction.atomic():
            Target.objects.bulk_create(block)
            Share.objects.bulk_create(
                Share(jurisdiction=row.jurisdiction, division_id=shares[0].division_id, child=row)
                for row in block
            )
            Entry.objects.bulk_create(entries[n : n + 16])
    return process_time() - begun


def reading(village, indicator, months) -> tuple[int, float]:
    """One village's figure carried up its path, five times: queries of the first, CPU ms of one."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from luoshi.domain.access import Actor
    from luoshi.domain.base import Period
    from luoshi.indicators import actions
    from luoshi.indicators.actions import Entering
    from luoshi.indicators.models import Reading

    actor = Actor.system(village.jurisdiction)

    def state(month: int, value: int) -> None:
        period = Period.month(2026, month)
        known = Reading.objects.filter(
            indicator=indicator, unit=village, ends_on=period.end, current=True
        ).first()
        cell = Entering(
            indicator=indicator, unit=village, period=period, value=Decimal(value),
            seen=known.pk if known else None,
        )  # fmt: skip
        actions.save_readings(actor=actor, today=TODAY, cells=[cell], reason="核实后更正")

    with CaptureQueriesContext(connection) as seen:
        state(months[0], 7)
    begun = process_time()
    for n, month in enumerate(months[1:], start=8):
        state(month, n)
    return len(seen), (process_time() - begun) * 250


def pages(login: str, addresses: dict[str, str]) -> dict[str, tuple[float, int, int]]:
    """CPU ms (the second time), queries and kB of pages, through Django's own client."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext, setup_test_environment

    from luoshi.org.models import Account

    setup_test_environment()
    client = Client()
    client.force_login(
        Account.objects.get(login=login), backend="django.contrib.auth.backends.ModelBackend"
    )
    found = {}
    for name, address in addresses.items():
        with CaptureQueriesContext(connection) as seen:
            answer = client.get(address)
        assert answer.status_code == 200, (name, answer.status_code)
        queries = len(seen)
        begun = process_time()
        client.get(address)
        found[name] = ((process_time() - begun) * 1000, queries, len(answer.content) // 1024)
    return found


def measured_town():
    """A town of the load set: sixty indicators of fifteen villages over twelve months, beside its 10,000 tasks."""
    from luoshi.config.load.write import load
    from luoshi.org.models import Unit

    list(load(TODAY, 1, "!"))
    town = Unit.objects.get(kind="town", name="第1镇")
    return town, list(town.children.filter(kind="village").order_by("path"))


def main() -> int:
    parser = argparse.ArgumentParser("python -m benchmarks.indicators")
    parser.add_argument("--indicators", type=int, default=200)
    parser.add_argument("--towns", type=int, default=30)
    parser.add_argument("--villages", type=int, default=15)
    asked = parser.parse_args()
    missed = 0
    with tempfile.TemporaryDirectory(prefix="luoshi-bench-") as folder:
        prepare(folder)
        root, towns = county(asked.towns, asked.villages)
        actor, targets = indicators_of(
            root, asked.indicators, [v for _, vs in towns for v in vs][:1]
        )
        spent, rows = cascade(actor, targets, towns)
        bare = floor(rows)
        ratio = spent / bare
        missed += ratio > RATIO
        print(f"{'what':58} {'measured':>14} {'floor':>9} {'ratio':>6} {'limit':>8}")
        what = f"{asked.indicators} indicators to {asked.towns} towns x {asked.villages} villages"
        print(f"{what:58} {spent:12.1f} s {bare:7.1f} s {ratio:6.1f} {RATIO:6.0f} x")
        each = spent / max(1, asked.indicators * (1 + asked.towns)) * 1000
        print(f"{f'  one division ({rows:,} targets in all)':58} {each:11.1f} ms")
        town, villages = measured_town()
        full = town.indicators.filter(kind="flow").order_by("position")[0]
        counts = [
            reading(towns[0][1][0], targets[0].indicator, (1, 2, 3, 4, 5)),
            reading(villages[0], full, (5, 5, 5, 5, 5)),
        ]
        (few, first), (many, last) = counts
        missed += many > few + 4
        print(
            f"{'one reading on its path, a bare and a full register':58} {first:5.1f} / {last:4.1f} ms {f'{few} / {many} queries':>24}"
        )
        found = pages("t001-008", {
            "grid of 60 x 15 x 12": "/indicators/grid/?all=1&year=2026",
            "pace of the town, 60 rows": "/indicators/pace/",
            "pace of one village, 60 rows": f"/indicators/pace/?unit={villages[0].pk}",
            "disparity of 15 villages": "/indicators/disparity/",
            "开门红, 60 rows": "/indicators/quarter/?q=1",
        })  # fmt: skip
        for name, (cost, queries, size) in found.items():
            limit = GRID_MS if name.startswith("grid") else PACE_MS
            missed += cost > limit
            print(
                f"{name:58} {cost:11.0f} ms {f'{queries} queries, {size} kB':>24} {limit:5.0f} ms"
            )
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
