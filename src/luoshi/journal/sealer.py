"""The one sealer: gives committed entries their number and seal, in order; and verifies them.

Writers never wait for it: it runs in the worker every few seconds, one jurisdiction at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from luoshi.domain import sealing
from luoshi.domain.base import Refused, say
from luoshi.journal.models import Entry
from luoshi.store.locks import writers_turn

BATCH = 2000


def key() -> bytes:
    """The key of the chain, in a file outside the database; made by `luoshi setup`."""
    path = Path(settings.LUOSHI_DATA) / "journal.key"
    if not path.exists():
        raise Refused(say("journal.no_key"))
    return path.read_bytes().strip()


def content(entry: Entry) -> dict[str, Any]:
    """What is sealed of an entry: everything but the seal itself and its number."""
    return {
        "id": str(entry.pk),
        "jurisdiction": str(entry.jurisdiction),
        "unit_id": _text(entry.unit_id),
        "account_id": _text(entry.account_id),
        "person_id": _text(entry.person_id),
        "on_behalf_of": _text(entry.on_behalf_of),
        "at": entry.at.isoformat(timespec="microseconds"),
        "verb": entry.verb,
        "subject": f"{entry.subject_kind}:{entry.subject_id}",
        "changes": entry.changes,
        "reason": entry.reason,
        "key": entry.key,
        "request_id": entry.request_id,
        "algorithm": entry.algorithm,
    }


def _text(value: UUID | None) -> str | None:
    return None if value is None else str(value)


def seal_waiting() -> int:
    """Seal what is committed and unsealed, in every jurisdiction; the count of entries sealed."""
    secret, count = key(), 0
    waiting = Entry.objects.filter(seq__isnull=True).order_by()
    for jurisdiction in waiting.values_list("jurisdiction", flat=True).distinct():
        while sealed := _seal_batch(secret, jurisdiction):
            count += sealed
            if sealed < BATCH:
                break
    return count


def _seal_batch(secret: bytes, jurisdiction: UUID) -> int:
    mine = Entry.objects.filter(jurisdiction=jurisdiction)
    with writers_turn(), transaction.atomic():
        last = mine.filter(seq__isnull=False).order_by("-seq").first()
        seq, previous = (last.seq or 0, last.seal) if last else (0, sealing.FIRST)
        batch = list(mine.filter(seq__isnull=True).order_by("at", "id")[:BATCH])
        for entry in batch:
            seq += 1
            entry.algorithm = sealing.ALGORITHM
            entry.seq, entry.previous = seq, previous
            entry.seal = previous = sealing.seal(secret, entry.previous, content(entry))
        Entry.objects.bulk_update(batch, ["seq", "algorithm", "previous", "seal"], batch_size=200)
    return len(batch)


@dataclass(frozen=True, slots=True)
class Report:
    """What verification found in one jurisdiction."""

    jurisdiction: UUID
    sealed: int
    last_seal: str
    broken: sealing.Broken | None
    broken_id: UUID | None
    unsealed: int
    oldest_unsealed: datetime | None


def verify(jurisdiction: UUID, now: datetime, anchor: tuple[int, str] | None = None) -> Report:
    """Prove the sealed part of a jurisdiction's journal; tell the tail by count and age."""
    mine = Entry.objects.filter(jurisdiction=jurisdiction)
    held, last, broken = sealing.verify(key(), _rows(jurisdiction), anchor)
    tail = mine.filter(seq__isnull=True).order_by("at")
    oldest = tail.values_list("at", flat=True).first()
    if broken is None and sealing.sealing_stopped(oldest, now):
        broken = sealing.Broken("sealing_stopped", held + 1)
    broken_id = None
    if broken is not None:
        broken_id = mine.filter(seq=broken.seq).values_list("pk", flat=True).first()
    return Report(jurisdiction, held, last, broken, broken_id, tail.count(), oldest)


def _rows(jurisdiction: UUID) -> Iterator[sealing.Sealed]:
    rows = Entry.objects.filter(jurisdiction=jurisdiction, seq__isnull=False).order_by("seq", "id")
    for entry in rows.iterator(chunk_size=BATCH):
        yield sealing.Sealed(entry.seq or 0, entry.previous, entry.seal, content(entry))


def jurisdictions() -> list[UUID]:
    """Every jurisdiction that has a journal."""
    return list(Entry.objects.order_by().values_list("jurisdiction", flat=True).distinct())
