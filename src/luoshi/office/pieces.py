"""Pieces of a paper as plain data, so that a web process need not load what writes docx files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Piece:
    """A heading of the first level, a paragraph, the mark of a paper, or a ruled table.

    The first `head` rows of a table repeat on every page.
    """

    kind: str
    text: str = ""
    indent: bool = True
    rows: Sequence[Sequence[str]] = field(default_factory=tuple)
    widths: Sequence[float] = field(default_factory=tuple)
    head: int = 1


def heading(text: str) -> Piece:
    """一、 and so on, numbered by the paper."""
    return Piece("heading", text)


def para(text: str, *, indent: bool = True) -> Piece:
    """A paragraph; each 待补 in it is marked on paper."""
    return Piece("para", text, indent)


def table(rows: Sequence[Sequence[str]], widths: Sequence[float], head: int = 1) -> Piece:
    """A ruled table with the shares of its columns; a form to fill in has no head."""
    return Piece("table", rows=rows, widths=widths, head=head)


def mark(text: str) -> Piece:
    """The number of a paper (发文字号), in the middle below its title."""
    return Piece("mark", text)
