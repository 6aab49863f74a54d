"""A chain of sealed entries, and how to tell what was done to it.

Each sealed entry carries a keyed digest (HMAC-SHA-256) over the seal before it and its own
canonical content. Verification walks the chain once, in constant memory, and names the first
broken entry: changed, deleted, inserted, reordered; with anchors (seals kept elsewhere) also a cut
tail and a chain that was rewritten by somebody who has the key; and it tells when sealing stopped.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Literal

from luoshi.domain.base import Refused, say

ALGORITHM = "hmac-sha256-1"
FIRST = "0" * 64
SEALING_STOPPED_AFTER = timedelta(minutes=5)
LEAST_DAYS = 400
"""The shortest time that a journal may be kept, whatever an office sets."""

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


@dataclass(frozen=True, slots=True)
class Start:
    """The last entry before those at hand: none, or the end of what was moved to an archive."""

    seq: int = 0
    seal: str = FIRST


_encode = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, sort_keys=True, separators=(",", ":")
).encode


def canonical(content: Mapping[str, Any]) -> bytes:
    """The one way to write an entry's content as bytes: JSON, keys sorted, no spaces, UTF-8."""
    return _encode(content).encode()


def seal(key: bytes, previous: str, content: Mapping[str, Any]) -> str:
    """The seal of an entry that follows `previous`: hex, 64 characters."""
    made = _keyed(key).copy()
    made.update(previous.encode() + b"\n" + canonical(content))
    return made.hexdigest()


@lru_cache(maxsize=4)
def _keyed(key: bytes) -> hmac.HMAC:
    """The digest begun with the key; copied for each seal."""
    return hmac.new(key, digestmod=hashlib.sha256)


def start_proof(key: bytes, jurisdiction: str, start: Start) -> str:
    """What only a holder of the key can write beside a chain's start, so that none is made up."""
    message = f"start\n{jurisdiction}\n{start.seq}\n{start.seal}".encode()
    return hmac.new(key, message, hashlib.sha256).hexdigest()


def verify(
    key: bytes,
    entries: Iterable[Sealed],
    after: Callable[[str], Iterable[Sealed]],
    anchors: Mapping[int, str],
    start: Start = Start(),
) -> tuple[int, str, Broken | None]:
    """Walk the chain: the number of the last good entry, its seal, and the first fault or None.

    `entries` stand in the order of their numbers; `after` finds those that name a seal as the one
    before them, and is asked at a fault only. `anchors` are seals by number, kept outside the
    database: a chain that ends before one was cut, one that holds another seal there was rewritten.
    """
    last, seq = start.seal, start.seq
    if anchors.get(seq, last) != last:
        return seq, last, Broken("rewritten", seq)
    for row in entries:
        if not (row.previous == last and row.seq == seq + 1 and _genuine(key, row)):
            return seq, last, _broken(key, row, after, anchors, Start(seq, last))
        if row.seq in anchors and anchors[row.seq] != row.seal:
            return seq, last, Broken("rewritten", row.seq)
        last, seq = row.seal, row.seq
    if anchors and seq < max(anchors):
        return seq, last, Broken("cut_tail", seq + 1)
    return seq, last, None


def _genuine(key: bytes, row: Sealed) -> bool:
    return hmac.compare_digest(seal(key, row.previous, row.content), row.seal)


def _broken(
    key: bytes,
    row: Sealed,
    after: Callable[[str], Iterable[Sealed]],
    anchors: Mapping[int, str],
    good: Start,
) -> Broken:
    """What is wrong with the first row that does not follow the last good one."""
    genuine = _genuine(key, row)
    if genuine and row.previous == good.seal:
        return Broken("changed", row.seq)  # the right entry under another number
    others = (other for other in after(good.seal) if other != row)
    if any(_genuine(key, other) for other in others):
        # The true successor is still here, further down: something stands before it.
        return Broken("reordered" if genuine else "inserted", row.seq)
    if genuine:
        return Broken("deleted", good.seq + 1)
    if anchors and max(anchors) == good.seq and not any(True for _ in after(row.seal)):
        return Broken("inserted", row.seq)  # put behind what is known to have been the end
    return Broken("changed", row.seq)


def sealing_stopped(oldest_unsealed: datetime | None, now: datetime) -> bool:
    """Whether entries wait for their seal longer than any working sealer would let them."""
    return oldest_unsealed is not None and now - oldest_unsealed > SEALING_STOPPED_AFTER


def days_kept(days: int) -> int:
    """How many days entries stay in the journal: 0 for ever, else at least 400.

    A shorter time is refused, whatever an office sets.
    """
    if days and days < LEAST_DAYS:
        raise Refused(say("journal.kept_too_short", days=days, least=LEAST_DAYS))
    return days


def archived_until(anchors: Iterable[Start], first_young: int, start: Start) -> Start | None:
    """Up to which entry the oldest part of a chain may be moved to an archive, or None.

    Only a whole beginning may go, up to an entry that an anchor names, all of it sealed and older
    than the time kept (`first_young` is the lowest number that is not). What stays begins at that
    anchor, so that archive and rest are each provable and meet at one seal.
    """
    fit = [anchor for anchor in anchors if start.seq < anchor.seq < first_young]
    return max(fit, key=lambda anchor: anchor.seq, default=None)
