"""PDF with a text layer to text: lines in reading order, folded lines joined, margins left out.

Only for the child process. Nothing is guessed: a page without a text layer gives no words.
"""

from __future__ import annotations

import io
import logging
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from luoshi.domain.base import Sentence, say
from luoshi.office import bounded
from luoshi.office.answers import TEXT_LIMIT, RejectedError, SourceText
from luoshi.office.plain import shown

PAGE_LIMIT = 300
PAGE_SECONDS = 0.06
"""CPU seconds that each page with words earns beyond what a file of its size may cost."""

_MARGIN = 0.12
"""The share of a page's height at its top and foot in which running heads and numbers stand."""

_GAP = 1.5
"""From this gap on, in widths of a character, what follows on the line is another column."""

_FULL = 0.88
"""A line at least so long, of the longest, was folded by the page and not by the writer."""

_SHORT = 12
"""No page folds its lines at fewer characters."""

_NUMBER = re.compile(
    r"[-—–－─\s]*(?:第\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?(?:\s*页)?"
    r"(?:[,，/]?\s*共\s*\d{1,4}\s*页)?[-—–－─\s]*"
)
_RADICALS = re.compile("[\u2e80-\u2fd5\ufb00-\ufb06\uf900-\ufaff]")
_ODD_RADICALS = dict(
    zip(
        "⻓⻔⻋⻅⻉⻚⻛⻜⻢⻥⻦⻩⻬⻰⻄⺠⻝⻘⻆⻣",
        "长门车见贝页风飞马鱼鸟黄齐龙西民食青角骨",
        strict=True,
    )
)
_MARK = re.compile(
    r"\s*(?:[一二三四五六七八九十百]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+[.．、](?!\d)"
    r"|第[一二三四五六七八九十]+[章节条])"
)


@dataclass(slots=True)
class Line:
    """A line on a page: its text, left edge, height above the foot, and size of type."""

    parts: list[str]
    x: float
    y: float
    size: float
    end: float

    @property
    def text(self) -> str:
        """The words of the line."""
        return "".join(self.parts).strip()


@dataclass(slots=True)
class Pages:
    """What the pages hold: running lines, what stands in the margins, pages without words."""

    lines: list[Line] = field(default_factory=list)
    margins: list[str] = field(default_factory=list)
    count: int = 0
    empty: int = 0


def read_pages(data: bytes) -> Pages:
    """The lines of a PDF; raises RejectedError for a password, damage and too many pages."""
    from pypdf import PdfReader  # noqa: PLC0415 - a large library, only where a PDF came
    from pypdf.errors import FileNotDecryptedError  # noqa: PLC0415

    bounded.allow(bounded.LEAST_SECONDS)
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        return _pages(PdfReader(io.BytesIO(data), strict=False))
    except (RejectedError, MemoryError):
        raise
    except FileNotDecryptedError as error:
        raise RejectedError(say("office.password")) from error
    except Exception as error:  # the library's faults are many and all mean "damaged"
        raise RejectedError(say("office.pdf_damaged")) from error


def source_of(pages: Pages) -> SourceText:
    """The running text; raises RejectedError where no page holds any words."""
    if not any(line.text for line in pages.lines):
        raise RejectedError(say("office.pdf_no_text"))
    text, joined = _joined(pages.lines)
    plain = _RADICALS.sub(_usual, text)
    notes: list[Sentence] = []
    if joined:
        notes.append(say("office.pdf_lines_joined", count=joined))
    if pages.margins:
        notes.append(
            say("office.pdf_margins_ignored", count=len(pages.margins), which=shown(pages.margins))
        )
    if pages.empty:
        notes.append(say("office.pdf_pages_without_text", count=pages.empty))
    if plain != text:
        changed = sum(1 for before, after in zip(text, plain, strict=False) if before != after)
        notes.append(say("office.pdf_radicals", count=changed))
    return SourceText(plain, tuple(notes))


def _usual(match: re.Match[str]) -> str:
    """The character that a radical or a ligature stands for."""
    return _ODD_RADICALS.get(match[0], unicodedata.normalize("NFKC", match[0]))


def _pages(reader: Any) -> Pages:  # noqa: ANN401 - the library's own type
    """Page by page: lines, then what of them stands in the margins."""
    if reader.is_encrypted:
        raise RejectedError(say("office.password"))
    if len(reader.pages) > PAGE_LIMIT:
        raise RejectedError(say("office.pdf_too_long", limit=PAGE_LIMIT))
    found, held, size = Pages(), [], 0
    for page in reader.pages:
        lines = _lines(page)
        size += sum(len(line.text) for line in lines)
        if size > TEXT_LIMIT:
            raise RejectedError(say("office.text_too_long", limit=TEXT_LIMIT))
        held.append((float(page.mediabox.height), lines))
        if lines:
            bounded.grant(PAGE_SECONDS)
    heads = _running_heads(held)
    for height, lines in held:
        found.count += 1
        found.empty += not lines
        for line in lines:
            aside = _outside(line, height) and (
                _NUMBER.fullmatch(line.text) or _shape(line.text) in heads
            )
            if aside:
                found.margins.append(line.text)
            else:
                found.lines.append(line)
    return found


def _outside(line: Line, height: float) -> bool:
    """Whether a line stands at the top or the foot of its page."""
    return line.y < height * _MARGIN or line.y > height * (1 - _MARGIN)


def _shape(text: str) -> str:
    """A line with its figures alike, so that a head with a page number repeats."""
    return re.sub(r"\d+", "#", "".join(text.split()))


def _running_heads(held: list[tuple[float, list[Line]]]) -> frozenset[str]:
    """What stands at the edge of at least half of the pages, and of two."""
    seen: Counter[str] = Counter()
    for height, lines in held:
        edge = [line for line in lines if _outside(line, height)]
        seen.update({_shape(line.text) for line in (*edge[:2], *edge[-2:])})
    least = max(2, (len(held) + 1) // 2)
    return frozenset(shape for shape, count in seen.items() if shape and count >= least)


def _lines(page: Any) -> list[Line]:  # noqa: ANN401 - the library's own type
    """The lines of a page in the order in which they were set."""
    lines: list[Line] = []

    def visit(
        text: str, across: list[float], along: list[float], _font: object, size: float
    ) -> None:
        if not text.strip():
            return
        x = along[4] * across[0] + along[5] * across[2] + across[4]
        y = along[4] * across[1] + along[5] * across[3] + across[5]
        points = abs(size * along[3] * across[3]) or abs(size) or 1.0
        for number, piece in enumerate(text.split("\n")):
            if piece.strip():
                _put(lines, piece, x, y - number * points, points)

    page.extract_text(visitor_text=visit)
    return [line for line in lines if line.text]


def _put(lines: list[Line], piece: str, x: float, y: float, points: float) -> None:
    """A piece of text goes on with the last line, or begins a new one."""
    length = _width(piece) * points
    last = lines[-1] if lines else None
    if last is not None and abs(last.y - y) < 0.4 * max(points, last.size) and x > last.x - points:
        if x - last.end > _GAP * points:
            last.parts.append("\t" + piece.strip())
        else:
            last.parts.append(piece)
        last.end = max(last.end, x) + length
        last.size = max(last.size, points)
        return
    lines.append(Line([piece], x, y, points, x + length))


def _width(text: str) -> float:
    """How long a text is set, in widths of a Chinese character."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5 for char in text)


def _joined(lines: list[Line]) -> tuple[str, int]:
    """The lines as paragraphs, and how many folds were undone; no other character changes."""
    left = _left_edge(lines)
    ends = sorted(line.end for line in lines)
    longest = ends[(len(ends) - 1) * 9 // 10]  # a few lines are longer than the measure
    out: list[str] = []
    joined, before = 0, None
    for line in lines:
        if before is not None and _folded(before, line, left, longest):
            glue = " " if _latin(before.text[-1]) and _latin(line.text[0]) else ""
            out[-1] += glue + line.text
            joined += 1
        else:
            out.append(line.text)
        before = line
    return "\n".join(out), joined


def _left_edge(lines: list[Line]) -> float:
    """Where most lines begin."""
    places = Counter(round(line.x) for line in lines)
    return float(max(places, key=lambda place: (places[place], -place), default=0))


def _folded(before: Line, line: Line, left: float, longest: float) -> bool:
    """Whether the page, and not the writer, began a new line here.

    The line before reaches the right edge, and this one begins at the left edge in the same type,
    neither set in nor with a number of its own, and neither is a row of a table.
    """
    return (
        before.end - left >= _SHORT * before.size
        and before.end - left >= _FULL * (longest - left)
        and abs(line.x - left) < 0.8 * line.size
        and abs(line.size - before.size) < 0.15 * line.size
        and "\t" not in before.text + line.text
        and _MARK.match(line.text) is None
    )


def _latin(char: str) -> bool:
    """Whether a blank belongs between this character and a neighbour of its kind."""
    return char.isascii() and char.isalpha()
