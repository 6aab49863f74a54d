"""The paper written in a process of its own: a web process never loads python-docx."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Sequence
from datetime import date

from luoshi.briefs.kept import paragraphs_of
from luoshi.briefs.models import Brief
from luoshi.briefs.pieces import Piece

SECONDS = 60
_CHILD = (
    "import pickle,sys;from luoshi.briefs.paper import {name};"
    "sys.stdout.buffer.write({name}(*pickle.load(sys.stdin.buffer)))"
)


def paper_in_child(brief: Brief) -> bytes:
    """The docx of a brief, signed by its unit and dated as of its figures."""
    paragraphs = paragraphs_of(brief)
    title = next((p.text for p in paragraphs if p.style == "title"), brief.title)
    styled = [(paragraph.style, paragraph.text) for paragraph in paragraphs]
    return _written("paper", (title, styled, brief.unit.name, brief.as_of))


def pieces_in_child(title: str, pieces: Sequence[Piece], signature: str, dated: date) -> bytes:
    """The docx of a paper made of pieces."""
    return _written("paper_of_pieces", (title, list(pieces), signature, dated))


def _written(name: str, arguments: tuple[object, ...]) -> bytes:
    answer = subprocess.run(  # noqa: S603 - our own interpreter and our own words
        [sys.executable, "-c", _CHILD.format(name=name)],
        input=pickle.dumps(arguments),
        capture_output=True,
        timeout=SECONDS,
        check=True,
    )
    return answer.stdout
