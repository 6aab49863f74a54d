"""The gate: every file is judged in memory before a byte of it is kept (R71)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection

from luoshi.domain.base import say
from luoshi.office import bounded
from luoshi.office.answers import (
    READABLE,
    SIZE_LIMIT,
    Accepted,
    Kind,
    Opened,
    Rejected,
    RejectedError,
    SourceText,
)
from luoshi.office.convert import MEDIA_TYPES, converted
from luoshi.office.judging import PICTURES, demand_kind, extension_of, judge, refuse_marked
from luoshi.office.marking import marking
from luoshi.office.text_in import decode

_NAME_LIMIT = 300


def screen(name: str, data: bytes, *, takes: Collection[Kind] = READABLE) -> Accepted | Rejected:
    """Judge an uploaded file as `opened` does, without asking for its text."""
    answer = opened(name, data, takes=takes, text=False)
    return answer if isinstance(answer, Rejected) else answer.accepted


def opened(
    name: str, data: bytes, *, takes: Collection[Kind] = READABLE, text: bool = True
) -> Opened | Rejected:
    """Judge an uploaded file by its bytes and take its text, without keeping anything.

    Refused, each with its own sentence: over 50 MB, empty, blank, not what its name says, macros,
    entities, links that are followed by themselves, abnormal zip totals, passwords, kinds not in
    `takes`, and secrecy markings, whose kind stands in `Rejected.marking`. The file is opened in a
    child process with limits only; old formats are converted first where LibreOffice is installed.
    Never raises for any bytes; keeps and logs nothing.
    """
    try:
        _first_look(name, data)
        if any(data.startswith(magic) for magic, _, _ in PICTURES):
            picture = judge(name, data, takes, text=False)
            assert isinstance(picture, Opened)
            return picture
        return _asked(name, data, takes, text=text)
    except RejectedError as error:
        return error.rejected


def pasted(text: str) -> Opened | Rejected:
    """Judge a text that a person pasted: no file, so nothing has to be parsed in a child."""
    try:
        decoded = decode(text.encode("utf-8", "surrogatepass"))
        refuse_marked(marking(decoded.text))
    except RejectedError as error:
        return error.rejected
    source = SourceText(decoded.text, decoded.notes)
    return Opened(Accepted("text/plain", "text", decoded.notes), source)


def _first_look(name: str, data: bytes) -> None:
    """Size and name, before a process is started for the file."""
    if len(data) > SIZE_LIMIT:
        raise RejectedError(say("office.too_large", megabytes=SIZE_LIMIT // 1024 // 1024))
    if not data:
        raise RejectedError(say("office.empty"))
    stem = posixpath.splitext(posixpath.basename(name.replace("\\", "/")))[0]
    refuse_marked(marking(re.sub(r"[-_—]+", "  ", stem)))


def _asked(name: str, data: bytes, takes: Collection[Kind], *, text: bool) -> Opened:
    """The child's judgement; where it asks for a conversion, of what the conversion gives."""
    asked = {"task": "judge", "name": name[-_NAME_LIMIT:], "takes": sorted(takes), "text": text}
    answer = bounded.ask(asked, data)
    if "convert" not in answer:
        return _opened(answer)
    demand_kind("docx", takes)
    extension = extension_of(name) or ".doc"
    made = converted(data, extension, answer["convert"])
    inner = _opened(bounded.ask({**asked, "name": f"a.{answer['convert']}"}, made))
    note = say("office.converted", format=extension)
    accepted = Accepted(
        MEDIA_TYPES.get(extension, MEDIA_TYPES[".doc"]),
        inner.accepted.kind,
        (note, *inner.accepted.notes),
    )
    source = inner.source
    if source is not None:
        source = SourceText(source.text, (note, *source.notes), source.headings)
    return Opened(accepted, source)


def _opened(answer: dict[str, object]) -> Opened:
    """The child's answer as what it stands for."""
    notes, kind = answer["notes"], answer["kind"]
    assert isinstance(notes, list)
    accepted = Accepted(
        str(answer["media_type"]),
        kind,  # type: ignore[arg-type] # the child answers with a Kind
        tuple(map(bounded.sentence, notes)),
    )
    if "text" not in answer:
        return Opened(accepted)
    left_out, headings = answer["left_out"], answer["headings"]
    assert isinstance(left_out, list)
    assert isinstance(headings, list)
    source = SourceText(
        str(answer["text"]),
        tuple(map(bounded.sentence, left_out)),
        tuple((offset, level) for offset, level in headings),
    )
    return Opened(accepted, source)
