"""The oldest part of a chain, moved to a file: both parts stay provable and meet at one seal.

What may go is a whole beginning up to a stored anchor, all of it older than the office keeps, and
never younger than 400 days (`domain.sealing.archived_until`). The file is written whole and read
back before a row is removed.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from luoshi.domain import sealing
from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, Sentence, say
from luoshi.journal import outside
from luoshi.journal.actions import move_to_archive
from luoshi.journal.models import Anchor, Entry
from luoshi.journal.proving import sealed_rows
from luoshi.journal.proving import verify as verify_chain
from luoshi.journal.sealer import start_of

Verdicts = dict[UUID, tuple[Sentence, bool]]


def archive(jurisdiction: UUID, file: Path, now: datetime) -> int:
    """Move what is older than `LUOSHI_JOURNAL_DAYS` into the file; how many entries went.

    Nothing is set: nothing goes. A broken chain is refused: its archive would prove nothing.
    """
    days = sealing.days_kept(settings.LUOSHI_JOURNAL_DAYS)
    if not days:
        raise Refused(say("journal.kept_for_ever"))
    report = verify_chain(jurisdiction, now)
    if report.broken is not None:
        raise Refused(report.verdict)
    start = start_of(jurisdiction)
    until = _until(jurisdiction, start, now - timedelta(days=days))
    if until is None:
        return 0
    place = file if not file.exists() else file.with_name(f"{file.name}.{jurisdiction}")
    if place.exists():
        raise Refused(say("journal.archive_exists", file=str(place)))
    _write(place, jurisdiction, start, until)
    _verdict, broken = verify(place)[jurisdiction]
    assert not broken
    digest = hashlib.sha256(place.read_bytes()).hexdigest()
    move_to_archive(
        actor=Actor.system(jurisdiction), today=now.date(), start=start, until=until, digest=digest
    )
    return until.seq - start.seq


def _until(jurisdiction: UUID, start: sealing.Start, before: datetime) -> sealing.Start | None:
    rows = Entry.objects.filter(jurisdiction=jurisdiction, seq__isnull=False)
    young = rows.filter(at__gte=before).order_by("seq").values_list("seq", flat=True).first()
    last = rows.order_by("-seq").values_list("seq", flat=True).first() or 0
    anchors = Anchor.objects.filter(jurisdiction=jurisdiction, on__lt=before.date())
    found = [sealing.Start(seq, seal) for seq, seal in anchors.values_list("seq", "seal")]
    return sealing.archived_until(found, young or last, start)


def _write(file: Path, jurisdiction: UUID, start: sealing.Start, until: sealing.Start) -> None:
    """One line of JSON an entry, behind a head that says where the part begins and ends."""
    part = file.with_name(f"{file.name}.part")
    head = {
        "jurisdiction": str(jurisdiction),
        "start": [start.seq, start.seal],
        "end": [until.seq, until.seal],
    }
    with part.open("wb") as raw, gzip.open(raw, "wt", encoding="utf-8") as out:
        out.write(json.dumps(head) + "\n")
        for row in sealed_rows(jurisdiction, until=until.seq):
            line = [row.seq, row.previous, row.seal, row.content]
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
    with part.open("rb") as written:
        os.fsync(written.fileno())
    part.chmod(0o600)
    part.replace(file)


def verify(file: Path) -> Verdicts:
    """Prove an archive file by itself, from its start to its end. ValueError: none of ours."""
    try:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            head = json.loads(next(lines))
            jurisdiction = UUID(head["jurisdiction"])
            start, end = sealing.Start(*head["start"]), sealing.Start(*head["end"])
        seq, _last, broken = sealing.verify(
            outside.key(),
            _read(file),
            lambda seal: (row for row in _read(file) if row.previous == seal),
            {end.seq: end.seal},
            start,
        )
    except (EOFError, KeyError, StopIteration, TypeError) as error:
        message = "not written by luoshi journal archive, or cut short"
        raise ValueError(message) from error
    if broken is not None:
        return {jurisdiction: (Sentence(f"journal.{broken.fault}", {"seq": broken.seq}), True)}
    intact = say("journal.archive_intact", first=start.seq + 1, last=seq)
    return {jurisdiction: (intact, False)}


def _read(file: Path) -> Iterator[sealing.Sealed]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            told: list[Any] = json.loads(line)
            yield sealing.Sealed(*told)
