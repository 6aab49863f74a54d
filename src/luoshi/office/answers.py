"""What the room says about a file: accepted as a kind, or rejected with a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from luoshi.domain.base import Refused, Sentence

MEGABYTE = 1024 * 1024
SIZE_LIMIT = 50 * MEGABYTE
"""The largest file that is looked at; bytes."""

TEXT_LIMIT = 10_000_000
"""The longest text that is read; characters."""

SHEET_LIMIT, ROW_LIMIT, COLUMN_LIMIT = 20, 50_000, 256
"""How many sheets are read, and the most rows and columns of one."""

Kind = Literal["text", "docx", "sheet", "image", "pdf"]
"""What a file is to its reader; `sheet` is xlsx, xls, ods or csv."""

READABLE: frozenset[Kind] = frozenset({"text", "docx", "sheet"})
"""The kinds whose words this room can read."""

EVIDENCE: frozenset[Kind] = READABLE | {"image", "pdf"}
"""The kinds that may prove a report; pictures and PDF are kept, not read."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file that may be kept; `notes` say what in it will be ignored."""

    media_type: str
    kind: Kind
    notes: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of a document; `notes` say what was left out.

    `headings` are pairs of offset (code points) and level of paragraphs that carry a heading style.
    """

    text: str
    notes: tuple[Sentence, ...] = ()
    headings: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that may be kept, and its text where the text was asked for and the kind has one."""

    accepted: Accepted
    source: SourceText | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """A file of which no byte may be kept; `marking` is set where a marking is why."""

    why: Sentence
    marking: str | None = None


class RejectedError(Refused):
    """The only exception that leaves a reader of this room; `rejected` is the answer to show."""

    def __init__(self, why: Sentence, marking: str | None = None) -> None:
        """Keep the answer beside the sentence."""
        super().__init__(why)
        self.rejected = Rejected(why, marking)
