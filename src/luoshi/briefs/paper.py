"""A text as an official paper: GB/T 9704 layout, 待补 visibly marked. No database is needed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from luoshi.office.docx_out import Block, Heading, Para, official_document
from luoshi.office.paper import runs
from luoshi.office.pieces import Piece, heading, mark, para

LEVELS = {"heading_1": 1, "heading_2": 2, "heading_3": 3}
Styled = tuple[str, str]
"""The style of a paragraph and its whole text, its mark (一、) before it."""


def paper(title: str, paragraphs: Sequence[Styled], signature: str, dated: date) -> bytes:
    """The bytes of the docx file: the text as the page shows it, signed by the unit and dated.

    The marks (一、, 1.) are the text's own, so that paper and page never count differently.
    """
    blocks = [_block(style, text) for style, text in paragraphs if style != "title"]
    return official_document(title, blocks, signature, dated)


def _block(style: str, text: str) -> Block:
    level = LEVELS.get(style)
    if level is not None:
        return Heading(level, text, numbered=False)
    return Para(list(runs(text)), indent=style != "salutation")


def bulletin_pieces(
    serial: str, paragraphs: Sequence[Styled], replies: Sequence[tuple[str, str]]
) -> list[Piece]:
    """A bulletin as pieces: its number, its text, and beneath it what the units replied."""
    pieces = [mark(serial), para("", indent=False)]
    for style, text in paragraphs:
        if style == "heading_1":
            pieces.append(heading(text.partition("、")[2]))  # the paper numbers headings itself
        elif style != "title":
            pieces.append(para(text))
    if replies:
        pieces.append(heading("被通报单位的答复"))
        pieces += [para(f"{unit}：{text}") for unit, text in replies]
    return pieces
