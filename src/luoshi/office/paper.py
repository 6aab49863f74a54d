"""A paper made of pieces, in the official layout, 待补 visibly marked. No database is needed.

A web process never loads python-docx: it asks `pieces_in_child`, which has a process of its own.
"""

from __future__ import annotations

import pickle
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from luoshi.domain.brief import MISSING
from luoshi.office.pieces import Piece

if TYPE_CHECKING:
    from luoshi.office.docx_out import Block, Run

SECONDS = 60
_CHILD = (
    "import pickle,sys;from {module} import {name};"
    "sys.stdout.buffer.write({name}(*pickle.load(sys.stdin.buffer)))"
)


def pieces_in_child(
    title: str, pieces: Sequence[Piece], signature: str, dated: date | None
) -> bytes:
    """The docx of a paper made of pieces, written in a process of its own."""
    return written(__name__, "paper_of_pieces", (title, list(pieces), signature, dated))


def written(module: str, name: str, arguments: tuple[object, ...]) -> bytes:
    """What a function of a module writes in a process of its own, given plain arguments."""
    answer = subprocess.run(  # noqa: S603 - our own interpreter and our own words
        [sys.executable, "-c", _CHILD.format(module=module, name=name)],
        input=pickle.dumps(arguments),
        capture_output=True,
        timeout=SECONDS,
        check=True,
    )
    return answer.stdout


def paper_of_pieces(
    title: str, pieces: Sequence[Piece], signature: str, dated: date | None
) -> bytes:
    """The bytes of the docx file of a paper that is made of headings, paragraphs and tables."""
    from luoshi.office.docx_out import official_document  # noqa: PLC0415 - loads python-docx

    return official_document(title, [_of_piece(piece) for piece in pieces], signature, dated)


def _of_piece(piece: Piece) -> Block:
    from luoshi.office.docx_out import (  # noqa: PLC0415 - loads python-docx
        Heading,
        Mark,
        Para,
        Receipt,
        Signed,
        Table,
    )

    if piece.kind == "heading":
        return Heading(1, piece.text)
    if piece.kind == "table":
        return Table(piece.rows, head=piece.head, widths=piece.widths)
    if piece.kind == "mark":
        return Mark(piece.text)
    if piece.kind == "signed":
        return Signed()
    if piece.kind == "receipt":
        return Receipt(piece.text)
    return Para(list(runs(piece.text)), indent=piece.indent)


def runs(text: str) -> Iterator[Run]:
    """The text with each 待补 as a run of its own, which the paper highlights."""
    from luoshi.office.docx_out import Run  # noqa: PLC0415 - loads python-docx

    for piece in re.split(f"({MISSING})", text):
        if piece:
            yield Run(piece, missing=piece == MISSING)
