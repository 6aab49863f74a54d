"""CPU seconds and memory of a proof by the number of entries, and what a writer waits for the sealer."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread
from uuid import UUID

from benchmarks.common import timed

LIMIT_S, MORE_MB, WAIT_S = 60.0, 40.0, 0.5
SINCE = datetime(2025, 1, 1, tzinfo=UTC)
BACKLOG = 20_000


def grow(jurisdiction: UUID, upto: int) -> None:
    """Sealed entries up to a number, as an office's ledger writes them."""
    from django.db import transaction
    from uuid6 import uuid7

    from luoshi.domain import sealing
    from luoshi.journal import outside, sealer
    from luoshi.store.bulk import insert_many

    secret, end = outside.key(), sealer.end_of(jurisdiction)
    seq, previous = end.seq, end.seal
    units = [uuid7() for _ in range(30)]
    while seq < upto:
        batch = []
        for _ in range(min(5000, upto - seq)):
            seq += 1
            entry = waiting(jurisdiction, units[seq % 30], seq)
            entry.seq, entry.previous, entry.algorithm = seq, previous, sealing.ALGORITHM
            entry.seal = previous = sealing.seal(secret, previous, sealer.content(entry))
            batch.append(entry)
        with transaction.atomic():
            insert_many(batch)
    outside.keep_ends({jurisdiction: sealing.Start(seq, previous)})


def waiting(jurisdiction: UUID, unit: UUID, k: int):
    from uuid6 import uuid7

    from luoshi.journal.models import Entry

    return Entry(
        jurisdiction=jurisdiction, unit_id=unit, account_id=unit, person_id=unit,
        at=SINCE + timedelta(seconds=k, microseconds=k % 1000), verb="ledger.task.report",
        subject_kind="ledger.task", subject_id=uuid7(), key=uuid7().hex, request_id=uuid7().hex,
        changes={"progress": ["35.00", "40.00"], "text": [None, "路基已完成三公里，明天铺油。"]},
        reason="例会口头报告",
    )  # fmt: skip


def prove() -> None:
    """In a process of its own: the proof's CPU seconds and the most memory it held."""
    import resource

    import django

    django.setup()
    from luoshi.journal import proving

    (jurisdiction,) = proving.jurisdictions()
    spent, report = timed(lambda: proving.verify(jurisdiction, datetime.now(UTC)))
    assert report.broken is None, report
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"sealed": report.sealed, "cpu_s": spent, "mb": peak}))


def waits(jurisdiction: UUID, seconds: float) -> list[float]:
    """How long each of a writer's small actions took."""
    from django.db import connection
    from uuid6 import uuid7

    from luoshi.domain.access import Actor
    from luoshi.journal.actions import Written, record, write
    from luoshi.org.models import Person

    @write("bench.person.named")
    def name(*, actor, today, row, number):  # noqa: ARG001 - as every action
        Person.objects.filter(pk=row.pk).update(name=f"甲{number}")
        record(row, {"name": (None, str(number))})
        return Written("org.person", row.pk)

    row = Person.objects.create(jurisdiction=jurisdiction, name="甲")
    actor, found, end = Actor.system(jurisdiction), [], time.monotonic() + seconds
    while time.monotonic() < end:
        begun = time.monotonic()
        name(actor=actor, today=SINCE.date(), row=row, number=len(found), key=uuid7().hex)
        found.append(time.monotonic() - begun)
        time.sleep(0.005)
    connection.close()
    return found


def worst_beside_the_sealer(jurisdiction: UUID) -> tuple[float, float, int]:
    """The longest of a writer's actions alone, and while a backlog is sealed; and how many there were."""
    from django.db import connection

    from luoshi.journal import sealer
    from luoshi.store.bulk import insert_many

    alone = waits(jurisdiction, 3)
    sealer.seal_waiting()
    insert_many([waiting(jurisdiction, jurisdiction, k) for k in range(BACKLOG)])
    done: list[int] = []

    def seal() -> None:
        done.append(sealer.seal_waiting())
        connection.close()

    thread = Thread(target=seal)
    thread.start()
    beside: list[float] = []
    while thread.is_alive():
        beside += waits(jurisdiction, 0.3)
    thread.join()
    assert done[0] >= BACKLOG
    return max(alone), max(beside), len(beside)


def measure(sizes: list[int]) -> int:
    from uuid6 import uuid7

    jurisdiction, figures, missed = uuid7(), {}, False
    print(f"{'entries':>9} {'built s':>8} {'proof CPU s':>12} {'µs an entry':>12} {'peak MB':>8}")
    for size in sizes:
        built, _ = timed(lambda size=size: grow(jurisdiction, size))
        told = subprocess.run(
            [sys.executable, "-c", "from benchmarks.journal.__main__ import prove; prove()"],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        found = figures[size] = json.loads(told.stdout)
        assert found["sealed"] == size
        each = found["cpu_s"] / size * 1e6
        missed |= each > LIMIT_S  # 60 s a million
        print(
            f"{size:9,} {built:8.1f} {found['cpu_s']:12.1f} {each:12.1f} {found['mb']:8.0f}",
            flush=True,
        )
    more = figures[sizes[-1]]["mb"] - figures[sizes[0]]["mb"]
    alone, beside, count = worst_beside_the_sealer(jurisdiction)
    print(f"memory: {more:+.0f} MB from the first size to the last (limit {MORE_MB:.0f})")
    print(
        f"writer's longest action: {alone:.2f} s alone, {beside:.2f} s of {count} while {BACKLOG:,} "
        f"entries were sealed (limit {WAIT_S} s more)"
    )
    return int(missed or more > MORE_MB or beside > alone + WAIT_S)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", default="100000,1000000")
    sizes = [int(size) for size in parser.parse_args().entries.split(",")]
    with tempfile.TemporaryDirectory(prefix="luoshi-bench-") as folder:
        Path(folder, "static").mkdir()
        os.environ |= {"LUOSHI_DATA": folder, "DJANGO_SETTINGS_MODULE": "luoshi.config.settings"}
        from luoshi.config.commands.setup import prepare

        prepare()
        print("database:", "PostgreSQL" if os.environ.get("DATABASE_URL") else "SQLite")
        return measure(sizes)


if __name__ == "__main__":
    sys.exit(main())
