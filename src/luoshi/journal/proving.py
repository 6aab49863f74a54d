"""Prove the sealed part of the journal, against every anchor that is at hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from luoshi.domain import sealing
from luoshi.domain.base import Sentence, say
from luoshi.journal import outside
from luoshi.journal.models import Anchor, Entry
from luoshi.journal.sealer import start_of

CHUNK = 2000
_FIELDS = (
    "seq", "previous", "seal", "id", "jurisdiction", "unit_id", "account_id", "person_id",
    "on_behalf_of", "at", "verb", "subject_kind", "subject_id", "changes", "reason", "key",
    "request_id", "algorithm",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Report:
    """What verification found in one jurisdiction; `anchors` is how many seals it was held to."""

    jurisdiction: UUID
    sealed: int
    last_seal: str
    broken: sealing.Broken | None
    broken_id: UUID | None
    unsealed: int
    oldest_unsealed: datetime | None
    anchors: int = 0

    @property
    def verdict(self) -> Sentence:
        """Intact, or the first fault."""
        if self.broken is not None:
            return Sentence(f"journal.{self.broken.fault}", {"seq": self.broken.seq})
        return say(
            "journal.intact", sealed=self.sealed, unsealed=self.unsealed, anchors=self.anchors
        )


def verify(jurisdiction: UUID, now: datetime, anchor: sealing.Start | None = None) -> Report:
    """Prove the sealed part of a jurisdiction's journal; tell the tail by count and age.

    It is held to the stored anchors, to the chain's last known end, and to `anchor` if given.
    """
    held_to = anchors_of(jurisdiction) | ({anchor.seq: anchor.seal} if anchor else {})
    start = start_of(jurisdiction)
    held, last, broken = sealing.verify(
        outside.key(),
        sealed_rows(jurisdiction),
        lambda seal: sealed_rows(jurisdiction, previous=seal),
        held_to,
        start,
    )
    mine = Entry.objects.filter(jurisdiction=jurisdiction)
    tail = mine.filter(seq__isnull=True).order_by("at")
    oldest = tail.values_list("at", flat=True).first()
    if broken is None and sealing.sealing_stopped(oldest, now):
        broken = sealing.Broken("sealing_stopped", held + 1)
    broken_id = None
    if broken is not None:
        broken_id = mine.filter(seq=broken.seq).values_list("pk", flat=True).first()
    sealed = held - start.seq
    return Report(jurisdiction, sealed, last, broken, broken_id, tail.count(), oldest, len(held_to))


def anchors_of(jurisdiction: UUID) -> dict[int, str]:
    """Seals by number that the chain must hold; what is kept outside the database weighs more."""
    rows = Anchor.objects.filter(jurisdiction=jurisdiction).order_by("-on")[: outside.NEWEST]
    found = dict(rows.values_list("seq", "seal"))
    for ends in (outside.ends(), *outside.kept_anchors()):  # the last word has a witness
        if jurisdiction in ends:
            found[ends[jurisdiction].seq] = ends[jurisdiction].seal
    return found


def jurisdictions() -> list[UUID]:
    """Every jurisdiction that has a journal, or had one when an anchor was made."""
    found = set(Entry.objects.order_by().values_list("jurisdiction", flat=True).distinct())
    found |= set(Anchor.objects.order_by().values_list("jurisdiction", flat=True).distinct())
    for ends in (*outside.kept_anchors(), outside.ends()):
        found |= set(ends)
    return sorted(found)


def sealed_rows(
    jurisdiction: UUID, *, previous: str | None = None, until: int | None = None
) -> Iterator[sealing.Sealed]:
    """Sealed entries in the order of their numbers, a chunk at a time; narrowed as asked.

    Read as text, past Django's fields: of a million entries they would take most of the time, and
    what somebody wrote into the table by hand need not be what a field can read.
    """
    where = "jurisdiction = %s AND seq IS NOT NULL"
    values: list[Any] = [_prepared(jurisdiction)]
    if previous is not None:
        where, values = f"{where} AND previous = %s", [*values, previous]
    if until is not None:
        where, values = f"{where} AND seq <= %s", [*values, until]
    read = _from_postgresql if connection.vendor == "postgresql" else _from_sqlite
    columns = ", ".join(
        _AS_TEXT.get(name, name) if read is _from_postgresql else name for name in _FIELDS
    )
    query = f"SELECT {columns} FROM journal_entry WHERE {where} ORDER BY seq, id"  # noqa: S608 - own names
    with connection.chunked_cursor() as cursor:
        cursor.execute(query, values)
        while rows := cursor.fetchmany(CHUNK):
            for row in rows:
                yield sealing.Sealed(row[0], row[1], row[2], read(row))


def _prepared(key: UUID) -> object:
    return Entry._meta.pk.get_db_prep_value(key, connection)


_KEYS = ("id", "jurisdiction", "unit_id", "account_id", "person_id", "on_behalf_of", "subject_id")
_AS_TEXT = {name: f"{name}::text" for name in (*_KEYS, "changes")} | {
    "at": """to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') || '+00:00'"""
}


def _from_postgresql(row: tuple[Any, ...]) -> dict[str, Any]:
    """As `sealer.content`, of a row that the database has written as text."""
    return {
        "id": row[3],
        "jurisdiction": row[4],
        "unit_id": row[5],
        "account_id": row[6],
        "person_id": row[7],
        "on_behalf_of": row[8],
        "at": row[9],
        "verb": row[10],
        "subject": f"{row[11]}:{row[12]}",
        "changes": _json(row[13]),
        "reason": row[14],
        "key": row[15],
        "request_id": row[16],
        "algorithm": row[17],
    }


def _from_sqlite(row: tuple[Any, ...]) -> dict[str, Any]:
    """The same of SQLite, where keys are hexadecimal and instants are UTC without saying so."""
    at = str(row[9]).replace(" ", "T")
    at = at if "." in at else f"{at}.000000"
    keys = [None if key is None else _dashed(str(key)) for key in row[3:9]]
    return _from_postgresql(
        (*row[:3], *keys, f"{at}+00:00", *row[10:12], _dashed(str(row[12])), *row[13:])
    )


def _dashed(key: str) -> str:
    return f"{key[:8]}-{key[8:12]}-{key[12:16]}-{key[16:20]}-{key[20:]}"


def _json(text: str) -> object:
    """The changes; what is no JSON was not written by us, and stays as it stands."""
    try:
        return json.loads(text)
    except ValueError:
        return text
