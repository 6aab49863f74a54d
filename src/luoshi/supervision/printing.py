"""The slips written in a process of their own: a web process never loads python-docx."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from luoshi.office.paper import written

Facts = Sequence[tuple[str, str]]
Row = tuple[str, Facts, str, str, Facts]


def slips_in_child(title: str, rows: Sequence[Row], dated: date) -> bytes:
    """The docx of slips; each row is title, facts, note, receipt title, receipt facts."""
    return written("luoshi.office.slip_out", "slips_of_rows", (title, list(rows), dated))
