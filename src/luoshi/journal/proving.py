"""Prove the sealed part of the journal, against every anchor that is at hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

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


def sealed_rows(jurisdiction: UUID, **asked: str | int) -> Iterator[sealing.Sealed]:
    """Sealed entries in the order of their numbers, a chunk at a time; narrowed as asked."""
    rows = Entry.objects.filter(jurisdiction=jurisdiction, seq__isnull=False, **asked)
    rows = rows.order_by("seq", "id")
    for row in rows.values_list(*_FIELDS).iterator(chunk_size=CHUNK):
        yield sealing.Sealed(row[0], row[1], row[2], _content(row))


def _content(row: tuple[Any, ...]) -> dict[str, Any]:
    """As `sealer.content`, of a plain row: of a million, models would take half the time."""
    unit, account, person, behalf = row[5:9]
    return {
        "id": str(row[3]),
        "jurisdiction": str(row[4]),
        "unit_id": None if unit is None else str(unit),
        "account_id": None if account is None else str(account),
        "person_id": None if person is None else str(person),
        "on_behalf_of": None if behalf is None else str(behalf),
        "at": row[9].isoformat(timespec="microseconds"),
        "verb": row[10],
        "subject": f"{row[11]}:{row[12]}",
        "changes": row[13],
        "reason": row[14],
        "key": row[15],
        "request_id": row[16],
        "algorithm": row[17],
    }
