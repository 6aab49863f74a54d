"""Pieces of a paper as plain data, so that a web process need not load what writes docx files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Piece:
    """A heading of the first level, a paragraph, or a ruled table whose first row repeats."""

    kind: str
    text: str = ""
    indent: bool = True
    rows: Sequence[Sequence[str]] = field(default_factory=tuple)
    widths: Sequence[float] = field(default_factory=tuple)


def heading(text: str) -> Piece:
    """一、 and so on, numbered by the paper."""
    return Piece("heading", text)


def para(text: str, *, indent: bool = True) -> Piece:
    """A paragraph; each 待补 in it is marked on paper."""
    return Piece("para", text, indent)


def table(rows: Sequence[Sequence[str]], widths: Sequence[float]) -> Piece:
    """A ruled table with the shares of its columns."""
    return Piece("table", rows=rows, widths=widths)
