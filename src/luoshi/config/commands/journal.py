"""`luoshi journal verify [--anchor FILE]` and `anchor`: prove that nobody rewrote the past."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from uuid import UUID


def main(argv: list[str]) -> int:
    """Exit 0 when every jurisdiction's journal is intact, 1 when one is not."""
    parser = argparse.ArgumentParser("luoshi journal", description=__doc__)
    parser.add_argument("verb", choices=["verify", "anchor"])
    parser.add_argument("--anchor", type=Path, help="a file that `luoshi journal anchor` printed")
    options = parser.parse_args(argv)
    from luoshi.config.commands.setup import prepare_read_only

    prepare_read_only()
    if options.verb == "anchor":
        return _print_anchor()
    return _verify(json.loads(options.anchor.read_text("ascii")) if options.anchor else {})


def _print_anchor() -> int:
    from luoshi.journal import sealer
    from luoshi.journal.models import Entry

    sealer.seal_waiting()
    ends = {}
    for jurisdiction in sealer.jurisdictions():
        last = Entry.objects.filter(jurisdiction=jurisdiction, seq__isnull=False)
        entry = last.order_by("-seq").first()
        if entry is not None:
            ends[str(jurisdiction)] = [entry.seq, entry.seal]
    print(json.dumps(ends))
    return 0


def _verify(anchors: dict[str, list[object]]) -> int:
    from django.utils import timezone

    from luoshi.domain.base import Sentence, say
    from luoshi.journal import sealer
    from luoshi.ui.sentences import tell

    faults = 0
    for jurisdiction in {*sealer.jurisdictions(), *map(UUID, anchors)}:
        anchor = anchors.get(str(jurisdiction))
        pair = (int(str(anchor[0])), str(anchor[1])) if anchor else None
        report = sealer.verify(jurisdiction, timezone.now(), pair)
        if report.broken is None:
            sentence = say("journal.intact", sealed=report.sealed, unsealed=report.unsealed)
        else:
            faults += 1
            sentence = Sentence(f"journal.{report.broken.fault}", {"seq": report.broken.seq})
        where = f" [{report.broken_id}]" if report.broken_id else ""
        print(f"{jurisdiction}: {tell(sentence)}{where}\n  {tell(sentence, 'en')}")
    return 1 if faults else 0
