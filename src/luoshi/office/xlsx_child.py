"""Workbooks written in a process of their own: a web process never loads openpyxl."""

from __future__ import annotations

import pickle
import subprocess
import sys

from luoshi.office.xlsx_out import TableSpec

SECONDS = 120
_CHILD = (
    "import gc,pickle,sys;gc.disable();"  # the rows all stay, and the process ends with its file
    "from luoshi.office.xlsx_out import workbook;"
    "sys.stdout.buffer.write(workbook(pickle.load(sys.stdin.buffer)))"
)


def workbook_in_child(*tables: TableSpec) -> bytes:
    """Write the workbook in a process of its own, so that a web process never loads openpyxl."""
    answer = subprocess.run(  # noqa: S603 - our own interpreter and our own words
        [sys.executable, "-c", _CHILD],
        input=pickle.dumps(tables),
        capture_output=True,
        timeout=SECONDS,
        check=True,
    )
    return answer.stdout
