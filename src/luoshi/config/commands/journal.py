"""`luoshi journal verify | anchor | archive`: prove that nobody rewrote the past."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from uuid import UUID


def main(argv: list[str]) -> int:
    """Exit 0 when every journal is intact, 1 when one is not, 2 on unusable input."""
    parser = argparse.ArgumentParser("luoshi journal", description=__doc__)
    parser.add_argument("verb", choices=["verify", "anchor", "archive"])
    parser.add_argument(
        "file", nargs="?", type=Path, help="archive: the file to write or to verify"
    )
    parser.add_argument("--anchor", type=Path, help="a file that `luoshi journal anchor` printed")
    options = parser.parse_args(argv)
    if options.verb == "archive" and options.file is None:
        parser.error("archive needs the name of the file to write")
    from luoshi.config.commands.setup import prepare_read_only

    prepare_read_only()
    if options.verb == "anchor":
        return _print_anchor()
    if options.verb == "archive":
        return _archive(options.file)
    if options.file is not None:
        return _verify_archive(options.file)
    return _verify(options.anchor)


def _print_anchor() -> int:
    from luoshi.journal import outside, proving, sealer

    sealer.seal_waiting()
    ends = {j: sealer.end_of(j) for j in proving.jurisdictions()}
    print(outside.as_text({j: end for j, end in ends.items() if end.seq}))
    return 0


def _verify(file: Path | None) -> int:
    """Each chain against the stored anchors, and against the file where one is given."""
    from django.utils import timezone

    from luoshi.journal import outside, proving
    from luoshi.ui.sentences import tell

    try:
        given = outside.parsed(file.read_text("ascii")) if file else {}
    except (OSError, ValueError) as error:
        print(f"{file} is no file of anchors ({error})", file=sys.stderr)
        return 2
    faults = 0
    for jurisdiction in sorted({*proving.jurisdictions(), *given}):
        report = proving.verify(jurisdiction, timezone.now(), given.get(jurisdiction))
        faults += report.broken is not None
        _say(jurisdiction, report.broken_id, tell(report.verdict), tell(report.verdict, "en"))
    return 1 if faults else 0


def _say(jurisdiction: UUID, entry: UUID | None, chinese: str, english: str) -> None:
    print(f"{jurisdiction}: {chinese}{f' [{entry}]' if entry else ''}\n  {english}")


def _archive(file: Path) -> int:
    """Move what is older than the office keeps into a file, of each jurisdiction in turn."""
    from django.utils import timezone

    from luoshi.domain.base import Refused
    from luoshi.journal import archiving, proving
    from luoshi.ui.sentences import tell

    moved = 0
    for jurisdiction in proving.jurisdictions():
        try:
            moved += archiving.archive(jurisdiction, file, timezone.now())
        except Refused as refusal:
            print(f"{tell(refusal.why)}\n  {tell(refusal.why, 'en')}", file=sys.stderr)
            return 2
    print(f"{moved} entries are in {file}" if moved else "nothing is old enough to be archived")
    return 0


def _verify_archive(file: Path) -> int:
    from luoshi.journal import archiving
    from luoshi.ui.sentences import tell

    try:
        found = archiving.verify(file)
    except (OSError, ValueError) as error:
        print(f"{file} is no archive of the journal ({error})", file=sys.stderr)
        return 2
    for jurisdiction, (verdict, _broken) in found.items():
        _say(jurisdiction, None, tell(verdict), tell(verdict, "en"))
    return 1 if any(broken for _verdict, broken in found.values()) else 0
