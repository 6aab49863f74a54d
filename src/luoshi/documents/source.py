"""From the bytes of a file to the text that is read; no database: the command line uses it too."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from luoshi.domain.base import Sentence, say
from luoshi.domain.extraction.models import Reading
from luoshi.office.answers import Kind, Rejected, RejectedError, SourceText
from luoshi.office.festivals import festivals
from luoshi.office.screen import opened

SPEECHES: frozenset[Kind] = frozenset({"text", "docx", "pdf"})
"""The kinds of file that hold a running text; doc, wps, rtf and odt are read as docx."""

LINE = 60
BUNDLED: frozenset[Kind] = SPEECHES | {"sheet"}
"""What a meeting may bring: a task table is read row by row, its cells parted by bars."""

TEXT_LIMIT = 300_000
"""The longest text that is read, in characters; a town's longest report has 50,000."""


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a file, its encoding or form, and what was left out."""

    text: str
    notes: tuple[Sentence, ...] = ()


def source_of(name: str, data: bytes) -> Source:
    """Screen a file and take its text; raises RejectedError with the sentence to show."""
    answer = opened(name, data, takes=SPEECHES)
    if isinstance(answer, Rejected):
        raise RejectedError(answer.why, answer.marking)
    return text_of(answer.source)


def text_of(read: SourceText | None) -> Source:
    """The text that the gate took out of a file; raises RejectedError where it is too long."""
    assert read is not None, "the gate was not asked for the text"
    if len(read.text) > TEXT_LIMIT:
        raise RejectedError(say("office.text_too_long", limit=TEXT_LIMIT))
    return Source(read.text, read.notes)


def read_text(text: str, *, year: int | None = None) -> Reading:
    """Read a text with the festivals of its years at hand; `year` overrides what the text says."""
    from luoshi.domain.extraction import extract  # noqa: PLC0415 - web processes never read

    return extract(text, year=year, festivals=festivals())


def digest(text: str) -> str:
    """SHA-256 of the text as UTF-8: what makes two texts the same."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def first_line(text: str, today: date) -> str:
    """A title for a text that has none: its first line that is no comment, shortened.

    A text that opens with its salutation (同志们：) is a speech of the day it was taken in.
    """
    lines: Iterable[str] = (line.strip() for line in text.splitlines())
    line = next((line for line in lines if line and not line.startswith("#")), "")
    if line.endswith((":", "：")):
        return f"讲话（{today.isoformat()}录入）"
    return line if len(line) <= LINE else f"{line[: LINE - 1]}…"
