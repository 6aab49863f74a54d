"""Pieces of a paper as plain data, so that a web process need not load what writes docx files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Piece:
    """A heading, a paragraph, a ruled table, the mark of a paper, where it is signed, a receipt.

    A heading is of the first level; a receipt begins below the line along which it is torn off.
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


def signed() -> Piece:
    """Where office, date and seal stand, for a paper that goes on below them."""
    return Piece("signed")


def receipt(text: str) -> Piece:
    """The line along which the slip below is torn off, and what the slip is called."""
    return Piece("receipt", text)
