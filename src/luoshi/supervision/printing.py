"""The slips written in a process of their own: a web process never loads python-docx."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Sequence
from datetime import date

SECONDS = 60
_CHILD = (
    "import pickle,sys;from luoshi.office.slip_out import Slip,write_slips;"
    "title,rows,day=pickle.load(sys.stdin.buffer);"
    "sys.stdout.buffer.write(write_slips(title,[Slip(*row) for row in rows],day))"
)
Facts = Sequence[tuple[str, str]]
Row = tuple[str, Facts, str, str, Facts]


def slips_in_child(title: str, rows: Sequence[Row], dated: date) -> bytes:
    """The docx of slips; each row is title, facts, note, receipt title, receipt facts."""
    answer = subprocess.run(  # noqa: S603 - our own interpreter and our own words
        [sys.executable, "-c", _CHILD],
        input=pickle.dumps((title, list(rows), dated)),
        capture_output=True,
        timeout=SECONDS,
        check=True,
    )
    return answer.stdout
