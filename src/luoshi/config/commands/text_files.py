"""What the commands that read a text share: the file's bytes, the output, a sentence said."""

from __future__ import annotations

import sys
from pathlib import Path

from luoshi.domain.base import Refused, Sentence, say
from luoshi.office.answers import SIZE_LIMIT, RejectedError
from luoshi.ui.sentences import tell

UNUSABLE = 2


def bytes_of(path: Path) -> bytes:
    """The file's bytes, at most one more than the limit; what is no file is said in words."""
    try:
        if path.is_dir():
            raise RejectedError(say("documents.no_file", name=path.name or str(path)))
        with path.open("rb") as file:
            return file.read(SIZE_LIMIT + 1)
    except FileNotFoundError as error:
        raise RejectedError(say("documents.no_file", name=path.name)) from error
    except OSError as error:
        raise RejectedError(say("documents.unreadable", name=path.name)) from error


def write_out(out: str, data: bytes) -> None:
    """Write whole or not at all: beside the target first, then renamed onto it; "-" is stdout."""
    if out == "-":
        sys.stdout.buffer.write(data)
        return
    target = Path(out)
    beside = target.with_name(f".{target.name}.part")
    try:
        beside.write_bytes(data)
        beside.replace(target)
    except OSError as error:
        raise Refused(say("documents.cannot_write", name=target.name)) from error


def speak(sentence: Sentence, stream: object) -> None:
    """In Chinese: the command must not load the site's settings to choose a language."""
    print(tell(sentence, "zh-hans"), file=stream)  # type: ignore[call-overload]
