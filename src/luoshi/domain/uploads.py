"""How much one person may leave here in a day: so many files, so many bytes, and no more."""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.domain.base import Sentence, say

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a person may upload in a day; 0: no limit."""

    files: int
    bytes: int


def why_not(count: int, size: int, more: int, allowed: Allowance) -> Sentence | None:
    """Why a file of `more` bytes is not taken beside the day's `count` files of `size` bytes.

    The file that would pass a limit is the one refused; what came before stays.
    """
    if allowed.files and count + 1 > allowed.files:
        return say("files.too_many", files=allowed.files)
    if allowed.bytes and size + more > allowed.bytes:
        return say("files.too_much", megabytes=allowed.bytes // MEGABYTE)
    return None
