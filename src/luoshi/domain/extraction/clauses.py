"""Sentences of a unit, and their parts where kind or metric changes inside one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

Span = tuple[int, int]

_STOP: Final = re.compile(r"[。;!?()“”《》\n]|\.(?=[^\d\w]|$)")
_CONTRAST: Final = re.compile(
    r"[,;。](?=(?:但是|但|然而|不过|可是|只是|同时也(?:要看到|存在))(?!愿|求|凡|书))"
)
_COMMA: Final = re.compile(r"[,;]")
_LISTED: Final = re.compile(r"[,;、]")


def trim(text: str, start: int, end: int) -> Span:
    """The range without blanks and marks of punctuation at its ends; may become empty."""
    while start < end and (text[start].isspace() or text[start] in ",;:。、.!?|"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:。、.!?|"):
        end -= 1
    return start, end


def sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """Ranges to 。！？； outside brackets, each with its stop; they tile [start, end).

    A stop inside quotation marks ends the quotation, not the sentence; a bracket that never
    closes within 200 characters does not swallow what follows.
    """
    begin = start
    depth = 0
    opened = start
    quoted = False
    for match in _STOP.finditer(text, start, end):
        sign = match.group()
        if sign == "(":
            depth, opened = depth + 1, match.start()
        elif sign == ")":
            depth = max(0, depth - 1)
        elif sign in "“”《》":
            quoted, opened = sign in "“《", match.start() if sign in "“《" else opened
        elif sign == "\n":
            continue
        else:
            if depth and match.start() - opened > 200:
                depth = 0
            if depth or (quoted and match.start() - opened < 120):
                continue
            quoted = False
            stop = match.end()
            if text[stop : stop + 1] in {"”", '"'} and sign in "。!?":
                continue
            yield begin, stop
            begin = stop
    if begin < end:
        yield begin, end


def contrast(text: str, start: int, end: int) -> int | None:
    """Where a gap clause opens with 但/然而 after a clause of its own; None if it does not."""
    match = _CONTRAST.search(text, start + 2, end)
    return match.end() if match else None


def comma_parts(text: str, start: int, end: int, *, listed: bool = False) -> list[Span]:
    """The range cut at commas (and at 、 when `listed`) outside brackets and quotes."""
    parts: list[Span] = []
    begin = start
    depth = 0
    for k in range(start, end):
        sign = text[k]
        if sign in "(“":
            depth += 1
        elif sign in ")”":
            depth = max(0, depth - 1)
        elif not depth and (sign in ",;" or (listed and sign == "、")):
            parts.append((begin, k))
            begin = k + 1
    parts.append((begin, end))
    return [p for p in parts if text[p[0] : p[1]].strip()]
