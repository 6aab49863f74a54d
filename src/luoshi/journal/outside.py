"""What the journal keeps outside the database: its key, the chains' ends, and anchors as files.

Somebody who can write the database cannot write these; so they find what a chain alone hides. The
file of ends is renewed after every sealing, a file of anchors is made once a day, and both are
written beside their names and then moved there whole.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

from django.conf import settings

from luoshi.domain.base import Refused, say
from luoshi.domain.sealing import Start

Ends = Mapping[UUID, Start]
DAILY, WITNESS = "luoshi-anchor-", "luoshi-witness-"
NEWEST = 400
"""So many of the newest files are read; older ones stay where they are."""


def key() -> bytes:
    """The key of the chain, in a file outside the database; made by `luoshi setup`."""
    path = Path(settings.LUOSHI_DATA) / "journal.key"
    if not path.exists():
        raise Refused(say("journal.no_key"))
    return path.read_bytes().strip()


def folder() -> Path:
    """Where anchors are kept: what `LUOSHI_ANCHORS` names, else beside the database."""
    named: str = settings.LUOSHI_ANCHORS
    return Path(named) if named else Path(settings.LUOSHI_DATA) / "anchors"


def ends() -> dict[UUID, Start]:
    """The end of each chain when it was last sealed on this machine."""
    path = _ends_file()
    return parsed(path.read_text("ascii")) if path.exists() else {}


def keep_ends(found: Ends) -> None:
    """Renew the ends of the chains that were sealed; the others stay."""
    write_whole(_ends_file(), as_text(ends() | dict(found)))


def keep_anchor(name: str, found: Ends) -> None:
    """Put one more file of anchors into the folder. Raises OSError where it cannot be reached.

    A folder that the office named is never made here: a disk that is not mounted would look full.
    """
    place = folder()
    if not settings.LUOSHI_ANCHORS:
        place.mkdir(mode=0o700, exist_ok=True)
    write_whole(place / f"{name}.json", as_text(found))


def keep_witness(jurisdiction: UUID, end: Start) -> None:
    """Keep an end that the chain has lost; the first witness of a number is the true one."""
    name = f"{WITNESS}{jurisdiction}-{end.seq}"
    if not (folder() / f"{name}.json").exists():
        keep_anchor(name, {jurisdiction: end})


def kept_anchors() -> list[Ends]:
    """What the newest files of the folder say; a file that is no anchor says nothing."""
    names = sorted(folder().glob(f"{DAILY}*.json"), reverse=True)[:NEWEST]
    names += sorted(folder().glob(f"{WITNESS}*.json"))
    found: list[Ends] = []
    for path in names:
        try:
            found.append(parsed(path.read_text("ascii")))
        except (OSError, ValueError):
            continue
    return found


def as_text(found: Ends) -> str:
    """Ends as JSON: jurisdiction → number and seal; the same form that a person prints."""
    return json.dumps({str(j): [end.seq, end.seal] for j, end in sorted(found.items())})


def parsed(text: str) -> dict[UUID, Start]:
    """Ends back from JSON. Raises ValueError where the text is no such thing."""
    try:
        told = json.loads(text)
        return {UUID(j): Start(int(pair[0]), str(pair[1])) for j, pair in told.items()}
    except (AttributeError, IndexError, KeyError, TypeError) as error:
        message = "not a file of anchors"
        raise ValueError(message) from error


def write_whole(path: Path, text: str) -> None:
    """Write a file so that a reader finds the old text or the new one, never a part."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _ends_file() -> Path:
    return Path(settings.LUOSHI_DATA) / "journal.ends.json"
