"""Whether a confidence of 0.8 is right in eight cases of ten: five bins, expected calibration error.

Usage: .venv/bin/python benchmarks/reading/calibration.py [GOLD_DIR]
Without a folder: the gold set in ../shared beside the repository, development and held-out apart;
it says so and ends where that is absent. A prediction is right when the scorer matches it.
"""

from __future__ import annotations

import importlib.util
import json
import pathlib
import sys
from types import ModuleType

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from benchmarks.reading.gold import HELD_OUT, SHARED

BINS = ((0.0, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.01))
LIMIT = 0.10
IOU = 0.5
Told = list[tuple[float, bool]]


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "scorer", SHARED / "tools" / "score_extraction.py"
    )
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def told(gold: pathlib.Path, score: ModuleType) -> Told:
    """Confidence and rightness of each prediction for one labelled document.

    Boilerplate where nothing is labelled is ignored, as the scorer does.
    """
    from luoshi.domain.extraction import extract
    from luoshi.office.festivals import festivals

    data = json.loads(gold.read_text(encoding="utf-8"))
    path = pathlib.Path(data["file"])
    source = path if path.is_absolute() else SHARED / "samples" / path
    text = source.read_text(encoding="utf-8")
    made = [
        {"kind": item.kind, "start": item.start, "end": item.end, "sure": float(item.confidence)}
        for item in extract(text, festivals=festivals()).items
    ]
    labels = [dict(item) for item in data["items"]]
    for item in (*made, *labels):
        item["_c"] = score.chars(item, text, set())
    right = {j for _, j in score.pairs(labels, made, IOU, True)}  # noqa: FBT003 - the scorer's own
    labelled = set().union(*(label["_c"] for label in labels)) if labels else set()
    return [
        (item["sure"], n in right)
        for n, item in enumerate(made)
        if item["kind"] != "boilerplate" or n in right or item["_c"] & labelled
    ]


def table(name: str, rows: Told) -> float:
    """Print the bins and answer the expected calibration error."""
    print(f"\n===== {name}: {len(rows)} predictions")
    error = 0.0
    for low, high in BINS:
        held = [(sure, good) for sure, good in rows if low <= sure < high]
        if not held:
            continue
        sure = sum(s for s, _ in held) / len(held)
        good = sum(g for _, g in held) / len(held)
        error += abs(sure - good) * len(held) / len(rows)
        print(f"{low:.1f} to {min(high, 1):.1f}  said {sure:.3f}  right {good:.3f}  of {len(held)}")
    print(f"expected calibration error {error:.3f}, limit {LIMIT}")
    return error


def main() -> int:
    if not SHARED.exists():
        print("../shared is not here: nothing to measure")
        return 0
    score = scorer()
    if len(sys.argv) > 1:
        folder = pathlib.Path(sys.argv[1])
        return (
            table(
                str(folder.name), [r for g in sorted(folder.glob("*.json")) for r in told(g, score)]
            )
            > LIMIT
        )
    parts: dict[str, Told] = {"development": [], "held-out": []}
    for gold in sorted((SHARED / "samples" / "gold").glob("*.json")):
        parts["held-out" if gold.stem in HELD_OUT else "development"] += told(gold, score)
    return max(table(name, rows) for name, rows in parts.items() if name == "held-out") > LIMIT


if __name__ == "__main__":
    raise SystemExit(main())
