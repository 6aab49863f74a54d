"""A text as an official paper: GB/T 9704 layout, 待补 visibly marked. No database is needed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from luoshi.briefs.pieces import Piece
from luoshi.domain.brief import MISSING
from luoshi.office.docx_out import Block, Heading, Para, Run, Table, official_document

LEVELS = {"heading_1": 1, "heading_2": 2, "heading_3": 3}
Styled = tuple[str, str]
"""The style of a paragraph and its whole text, its mark (一、) before it."""


def paper(title: str, paragraphs: Sequence[Styled], signature: str, dated: date) -> bytes:
    """The bytes of the docx file: the text as the page shows it, signed by the unit and dated.

    The marks (一、, 1.) are the text's own, so that paper and page never count differently.
    """
    blocks = [_block(style, text) for style, text in paragraphs if style != "title"]
    return official_document(title, blocks, signature, dated)


def paper_of_pieces(title: str, pieces: Sequence[Piece], signature: str, dated: date) -> bytes:
    """The bytes of the docx file of a paper that is made of headings, paragraphs and tables."""
    return official_document(title, [_of_piece(piece) for piece in pieces], signature, dated)


def _of_piece(piece: Piece) -> Block:
    if piece.kind == "heading":
        return Heading(1, piece.text)
    if piece.kind == "table":
        return Table(piece.rows, widths=piece.widths)
    return Para(list(_runs(piece.text)), indent=piece.indent)


def _block(style: str, text: str) -> Block:
    level = LEVELS.get(style)
    if level is not None:
        return Heading(level, text, numbered=False)
    return Para(list(_runs(text)), indent=style != "salutation")


def _runs(text: str) -> Iterator[Run]:
    """The text with each 待补 as a run of its own, which the paper highlights."""
    for piece in re.split(f"({MISSING})", text):
        if piece:
            yield Run(piece, missing=piece == MISSING)
