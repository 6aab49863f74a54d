"""The paper written in a process of its own: a web process never loads python-docx."""

from __future__ import annotations

import pickle
import subprocess
import sys

from luoshi.briefs.kept import paragraphs_of
from luoshi.briefs.models import Brief

SECONDS = 60
_CHILD = (
    "import pickle,sys;from luoshi.briefs.paper import paper;"
    "sys.stdout.buffer.write(paper(*pickle.load(sys.stdin.buffer)))"
)


def paper_in_child(brief: Brief) -> bytes:
    """The docx of a brief, signed by its unit and dated as of its figures."""
    paragraphs = paragraphs_of(brief)
    title = next((p.text for p in paragraphs if p.style == "title"), brief.title)
    styled = [(paragraph.style, paragraph.text) for paragraph in paragraphs]
    answer = subprocess.run(  # noqa: S603 - our own interpreter and our own words
        [sys.executable, "-c", _CHILD],
        input=pickle.dumps((title, styled, brief.unit.name, brief.as_of)),
        capture_output=True,
        timeout=SECONDS,
        check=True,
    )
    return answer.stdout
