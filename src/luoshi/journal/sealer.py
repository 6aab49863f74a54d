"""The one sealer: gives committed entries their number and seal, in order.

Writers never wait for it: it reads and reckons without a lock, and takes their turn only to write
down what it reckoned, a few hundred entries at a time. It runs in the worker every few seconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from filelock import FileLock

from luoshi.domain import sealing
from luoshi.journal import outside
from luoshi.journal.models import ChainStart, Entry
from luoshi.store.locks import writers_turn

BATCH = 500
AT_ONCE = 100_000
_LOCK = 0x5EA1
_UPDATE = (
    "UPDATE journal_entry SET seq = %s, algorithm = %s, previous = %s, seal = %s"
    " WHERE id = %s AND seq IS NULL"
)


class Disturbed(RuntimeError):  # noqa: N818 - an answer to the worker
    """Somebody else touched entries while they were being sealed; nothing of the batch was."""


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
    secret, count = outside.key(), 0
    waiting = Entry.objects.filter(seq__isnull=True).order_by()
    found = list(waiting.values_list("jurisdiction", flat=True).distinct())
    if not found:
        return 0
    with _alone():
        ends = {}
        for jurisdiction in found:
            count += _seal_all(secret, jurisdiction)
            ends[jurisdiction] = end_of(jurisdiction)
        outside.keep_ends(ends)
    return count


def end_of(jurisdiction: UUID) -> sealing.Start:
    """The last sealed entry of a chain; its start where there is none."""
    rows = Entry.objects.filter(jurisdiction=jurisdiction, seq__isnull=False)
    last = rows.order_by("-seq").values_list("seq", "seal").first()
    return sealing.Start(last[0] or 0, last[1]) if last else start_of(jurisdiction)


def start_of(jurisdiction: UUID) -> sealing.Start:
    """Where the chain begins: with nothing, or behind what went to an archive with proof."""
    row = ChainStart.objects.filter(jurisdiction=jurisdiction).order_by("-seq").first()
    if row is None:
        return sealing.Start()
    start = sealing.Start(row.seq, row.seal)
    good = sealing.start_proof(outside.key(), str(jurisdiction), start) == row.proof
    return start if good else sealing.Start()


@contextmanager
def _alone() -> Iterator[None]:
    """One sealer at a time: on this machine by a file, on PostgreSQL by the database."""
    with FileLock(str(Path(settings.LUOSHI_DATA) / "sealer.lock"), timeout=60):
        if connection.vendor != "postgresql":
            yield
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def _seal_all(secret: bytes, jurisdiction: UUID) -> int:
    """The waiting entries of one chain, by the instant they tell of."""
    end = end_of(jurisdiction)
    _keep_witness(jurisdiction, end)
    waiting = Entry.objects.filter(jurisdiction=jurisdiction, seq__isnull=True).order_by("at", "id")
    count = 0
    while keys := list(waiting.values_list("pk", flat=True)[:AT_ONCE]):
        for first in range(0, len(keys), BATCH):
            part = keys[first : first + BATCH]
            found = Entry.objects.in_bulk(part)
            end = _seal_batch(secret, end, [found[key] for key in part if key in found])
            count += len(part)
    return count


def _keep_witness(jurisdiction: UUID, end: sealing.Start) -> None:
    """Where the chain no longer holds its last known end, keep that end before it is grown over."""
    known = outside.ends().get(jurisdiction)
    if known is None or known == end or known == start_of(jurisdiction):
        return
    rows = Entry.objects.filter(jurisdiction=jurisdiction, seq=known.seq, seal=known.seal)
    if not rows.exists():
        outside.keep_witness(jurisdiction, known)


def _seal_batch(secret: bytes, end: sealing.Start, batch: Sequence[Entry]) -> sealing.Start:
    """Reckon the seals of a batch, then write them in one short turn; the new end."""
    seq, previous, sealed = end.seq, end.seal, []
    pk = Entry._meta.pk
    for entry in batch:
        seq += 1
        entry.algorithm = sealing.ALGORITHM
        seal = sealing.seal(secret, previous, content(entry))
        key = pk.get_db_prep_save(entry.pk, connection)
        sealed.append((seq, sealing.ALGORITHM, previous, seal, key))
        previous = seal
    with writers_turn(), transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(_UPDATE, sealed)
        if cursor.rowcount != len(sealed):
            message = "an entry was taken away or numbered while it was being sealed"
            raise Disturbed(message)
    return sealing.Start(seq, previous)
