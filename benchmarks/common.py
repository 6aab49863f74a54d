"""What several folders measure with: CPU seconds, a bare workbook, a database of the run's own."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any


def spent() -> float:
    """CPU seconds of this process and of the children it has waited for."""
    return sum(os.times()[:4])


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """CPU seconds of a piece of work, children counted, and its answer."""
    begun = spent()
    answer = work()
    return spent() - begun, answer


def workbook_of(rows: Iterable[Sequence[Any]], title: str = "表") -> bytes:
    """Rows as xlsx by openpyxl alone, values only: a file to bring in, and the peer of our writer."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def on_its_own(measure: Callable[[], int]) -> int:
    """Run a measurement on a SQLite file of its own, in a folder that is gone afterwards."""
    os.environ.pop("DATABASE_URL", None)
    with tempfile.TemporaryDirectory(prefix="luoshi-bench-") as folder:
        Path(folder, "static").mkdir()
        os.environ |= {"LUOSHI_DATA": folder, "DJANGO_SETTINGS_MODULE": "luoshi.config.settings"}
        from luoshi.config.commands.setup import prepare

        prepare()
        return measure()
