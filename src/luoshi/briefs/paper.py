"""A text as an official paper: GB/T 9704 layout, 待补 visibly marked. No database is needed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from luoshi.office.docx_out import Block, Heading, Para, official_document
from luoshi.office.paper import runs

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
