"""The paper written in a process of its own: a web process never loads python-docx."""

from __future__ import annotations

from luoshi.briefs.kept import paragraphs_of
from luoshi.briefs.models import Brief
from luoshi.office.paper import written


def paper_in_child(brief: Brief) -> bytes:
    """The docx of a brief, signed by its unit and dated as of its figures."""
    paragraphs = paragraphs_of(brief)
    title = next((p.text for p in paragraphs if p.style == "title"), brief.title)
    styled = [(paragraph.style, paragraph.text) for paragraph in paragraphs]
    return written("luoshi.briefs.paper", "paper", (title, styled, brief.unit.name, brief.as_of))
