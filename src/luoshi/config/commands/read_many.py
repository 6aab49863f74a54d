"""`luoshi read DIR --json OUTDIR`: a folder of texts, each to its own JSON; can be gone on with."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from luoshi.config.commands.text_files import UNUSABLE, bytes_of, speak, write_out
from luoshi.documents.source import read_text, source_of
from luoshi.domain.base import Refused, say
from luoshi.domain.extraction.models import Reading
from luoshi.ui.sentences import tell

STOPPED = 130
NAMES = frozenset(
    {".txt", ".text", ".md", ".docx", ".pdf", ".doc", ".wps", ".rtf", ".odt"}
)  # what a folder may hold besides is not looked at

Told = Callable[[Reading, str, Path], bytes]


def read_many(folder: Path, out: Path, year: int | None, told: Told) -> int:
    """Read every text of a folder; a text whose JSON is there and not older is not read again.

    One line a text on standard error; one that cannot be read is named with its reason and does not
    stop the others. 0: all read; 2: some were not; 130: stopped by the person (Ctrl-C), what was
    read stays and the same command goes on.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError:
        speak(say("documents.cannot_write", name=out.name), sys.stderr)
        return UNUSABLE
    paths = list(_texts(folder))
    if not paths:
        speak(say("documents.empty_folder", name=folder.name), sys.stderr)
        return UNUSABLE
    refused = 0
    try:
        for number, path in enumerate(paths, 1):
            refused += not _read_one(f"{number}/{len(paths)}", path, folder, out, year, told)
    except KeyboardInterrupt:
        speak(say("documents.batch_stopped"), sys.stderr)
        return STOPPED
    speak(say("documents.batch_read", n=len(paths) - refused, refused=refused), sys.stderr)
    return UNUSABLE if refused else 0


def _texts(folder: Path) -> Iterator[Path]:
    """The texts of a folder and of those inside it, by name."""
    for path in sorted(folder.rglob("*")):
        if (
            path.suffix.lower() in NAMES
            and path.is_file()
            and not path.name.startswith((".", "~$"))
        ):
            yield path


def _read_one(
    place: str, path: Path, folder: Path, out: Path, year: int | None, told: Told
) -> bool:
    """Read one text and write its JSON whole; False with a sentence where that cannot be."""
    name = str(path.relative_to(folder))
    target = out / (name.replace("/", "__") + ".json")
    if target.exists() and target.stat().st_mtime >= path.stat().st_mtime:
        speak(say("documents.batch_known", place=place, name=name), sys.stderr)
        return True
    try:
        source = source_of(path.name, bytes_of(path))
        reading = read_text(source.text, year=year)
        write_out(str(target), told(reading, source.text, path))
    except Refused as refused:
        speak(
            say(
                "documents.batch_refused", place=place, name=name, why=tell(refused.why, "zh-hans")
            ),
            sys.stderr,
        )
        return False
    speak(say("documents.batch_one", place=place, name=name, n=len(reading.items)), sys.stderr)
    return True
