"""A chain of sealed entries, and how to tell what was done to it.

Each sealed entry carries a keyed digest (HMAC-SHA-256) over the seal before it and its own
canonical content. Verification walks the chain once and names the first broken entry: changed,
deleted, inserted, reordered; with an anchor (a seal kept elsewhere) also a cut tail and a chain
that was rewritten by somebody who has the key; and it tells when sealing has stopped.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

ALGORITHM = "hmac-sha256-1"
FIRST = "0" * 64
SEALING_STOPPED_AFTER = timedelta(minutes=5)

Fault = Literal[
    "changed", "deleted", "inserted", "reordered", "cut_tail", "rewritten", "sealing_stopped"
]


@dataclass(frozen=True, slots=True)
class Sealed:
    """One sealed entry as stored: its place, the seal before it, its own, and its content."""

    seq: int
    previous: str
    seal: str
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Broken:
    """The first broken place and what was done there."""

    fault: Fault
    seq: int


def canonical(content: Mapping[str, Any]) -> bytes:
    """The one way to write an entry's content as bytes: JSON, keys sorted, no spaces, UTF-8."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def seal(key: bytes, previous: str, content: Mapping[str, Any]) -> str:
    """The seal of an entry that follows `previous`: hex, 64 characters."""
    message = previous.encode() + b"\n" + canonical(content)
    return hmac.new(key, message, hashlib.sha256).hexdigest()


def verify(
    key: bytes, entries: Iterable[Sealed], anchor: tuple[int, str] | None = None
) -> tuple[int, str, Broken | None]:
    """Walk the chain: how many entries hold, the last good seal, and the first fault or None.

    `anchor` is (seq, seal) of an entry, kept outside the database: a chain that ends before it was
    cut, one that holds another seal there was rewritten.
    """
    rows = list(entries)
    last, count = FIRST, 0
    for index, row in enumerate(rows):
        fault = _fault_at(key, rows, index, last)
        if fault is not None:
            return count, last, Broken(fault, row.seq if fault != "deleted" else count + 1)
        if anchor and row.seq == anchor[0] and row.seal != anchor[1]:
            return count, last, Broken("rewritten", row.seq)
        last, count = row.seal, count + 1
    if anchor and count < anchor[0]:
        return count, last, Broken("cut_tail", count + 1)
    return count, last, None


def _fault_at(key: bytes, rows: list[Sealed], index: int, last: str) -> Fault | None:
    """What is wrong with the row at this place, given the last good seal."""
    row = rows[index]
    genuine = hmac.compare_digest(seal(key, row.previous, row.content), row.seal)
    if genuine and row.previous == last and row.seq == index + 1:
        return None
    if genuine and row.previous == last:
        return "deleted"  # right successor, wrong number: the numbers were closed or opened up
    follows = next((other for other in rows if other.previous == last and other is not row), None)
    if follows is not None and _is_genuine(key, follows):
        # The true successor is still here, further down: something stands before it.
        return "reordered" if genuine else "inserted"
    if genuine:
        return "deleted"
    return "changed"


def _is_genuine(key: bytes, row: Sealed) -> bool:
    return hmac.compare_digest(seal(key, row.previous, row.content), row.seal)


def sealing_stopped(oldest_unsealed: datetime | None, now: datetime) -> bool:
    """Whether entries wait for their seal longer than any working sealer would let them."""
    return oldest_unsealed is not None and now - oldest_unsealed > SEALING_STOPPED_AFTER
