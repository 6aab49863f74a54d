"""Score the extraction law on the gold set: development documents and held-out ones apart.

Usage: .venv/bin/python benchmarks/reading/gold.py [--errors N] [--dev-only] [--per-doc]
Needs ../shared beside the repository; says so and ends where it is absent.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
HELD_OUT = ("025", "103", "106", "109", "203", "206", "208", "221", "224", "seed002")


def predictions(gold: pathlib.Path, out: pathlib.Path) -> None:
    from luoshi.domain.extraction import extract, to_labelling
    from luoshi.office.festivals import festivals

    table = festivals()
    for path in sorted(gold.glob("*.json")):
        file = json.loads(path.read_text(encoding="utf-8"))["file"]
        source = SHARED / "samples" / file
        if source.exists():
            reading = extract(source.read_text(encoding="utf-8"), festivals=table)
            label = to_labelling(reading, file)
            (out / path.name).write_text(json.dumps(label, ensure_ascii=False), encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--errors", default="0")
    parser.add_argument("--per-doc", action="store_true")
    parser.add_argument("--dev-only", action="store_true")
    options = parser.parse_args()
    gold = SHARED / "samples" / "gold"
    if not gold.exists():
        print("../shared/samples is not here: nothing to score")
        return 0
    scorer = SHARED / "tools" / "score_extraction.py"
    with tempfile.TemporaryDirectory() as folder:
        base = pathlib.Path(folder)
        for part in ("gold", "dev", "held-out", "predictions"):
            (base / part).mkdir()
        for path in sorted(gold.glob("*.json")):
            shutil.copy(path, base / "gold")
            shutil.copy(path, base / ("held-out" if path.stem in HELD_OUT else "dev"))
        predictions(gold, base / "predictions")
        for part in ("dev",) if options.dev_only else ("dev", "held-out", "gold"):
            print(f"\n===== {part}", flush=True)
            command = [sys.executable, str(scorer), str(base / part), str(base / "predictions")]
            if part == "dev":
                command += ["--errors", options.errors]
            if options.per_doc:
                command.append("--per-doc")
            subprocess.run(command, check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
