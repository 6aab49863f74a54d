"""The child process that opens uploaded files: `python -m luoshi.office.child < FILE`.

What is asked stands in the environment (`bounded.ASKED`); the answer is the last line of standard
output, as JSON. It may be killed at any moment by its own limits.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from typing import Any

from luoshi.office import bounded
from luoshi.office.answers import RejectedError
from luoshi.office.judging import judge
from luoshi.office.sheets_in import sheets_of
from luoshi.office.tables_in import tables_of


def answer(asked: dict[str, Any], data: bytes) -> dict[str, object]:
    """Do what is asked; a refusal is an answer too."""
    try:
        if asked["task"] == "rows":
            return {"sheets": sheets_of(data, asked["limit"])}
        if asked["task"] == "tables":
            return tables_of(data, asked["extension"])
        if asked["task"] == "properties":
            from luoshi.office.properties_child import (  # noqa: PLC0415 - lxml, for this task only
                properties_of,
            )

            return properties_of(data)
        return _judged(asked, data)
    except RejectedError as error:
        [why] = bounded.as_data([error.rejected.why])
        return {"rejected": why, "marking": error.rejected.marking}


def _judged(asked: dict[str, Any], data: bytes) -> dict[str, object]:
    """The judgement of a file, with its text where that was asked for."""
    judged = judge(asked["name"], data, frozenset(asked["takes"]), text=asked["text"])
    if isinstance(judged, str):
        return {"convert": judged}
    accepted, source = judged.accepted, judged.source
    said: dict[str, object] = {
        "media_type": accepted.media_type,
        "kind": accepted.kind,
        "notes": bounded.as_data(accepted.notes),
    }
    if source is not None:
        said["text"] = source.text
        said["left_out"] = bounded.as_data(source.notes)
        said["headings"] = source.headings
    return said


def main() -> None:
    """Set the limits, read the file from standard input, answer on standard output."""
    asked = json.loads(os.environ[bounded.ASKED])
    resource.setrlimit(resource.RLIMIT_AS, (bounded.ADDRESSES, bounded.ADDRESSES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    data = sys.stdin.buffer.read()
    signal.setitimer(signal.ITIMER_PROF, bounded.cpu_seconds(len(data)))
    told = json.dumps(answer(asked, data), ensure_ascii=False)
    sys.stdout.buffer.write(told.encode("utf-8", "surrogatepass"))


if __name__ == "__main__":
    main()
