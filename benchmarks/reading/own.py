"""Score the extraction law on the texts of our own that the tests hold, with every disagreement.

Usage: .venv/bin/python benchmarks/reading/own.py
"""

from __future__ import annotations

from luoshi.domain.extraction import extract
from luoshi.domain.tests.extraction_cases import cases, matched, told


def main() -> None:
    """Print every disagreement and the figures."""
    duties = frozenset({"goal", "indicator", "task", "problem", "achievement"})
    total = [0, 0, 0]
    fields = {f: [0, 0, 0] for f in "rdq"}
    for name, text, labels in cases():
        reading = extract(text)
        pairs, extra, missed = matched(text, reading, labels, kinds=duties)
        total = [total[0] + len(pairs), total[1] + len(extra), total[2] + len(missed)]
        print(
            f"== {name} {reading.doc_type} {reading.year}: {len(pairs)} +{len(extra)} -{len(missed)}"
        )
        for item in extra:
            print("  +", item.kind, text[item.start : item.end])
        for label in missed:
            print("  -", label.kind, text[label.start : label.end])
        for item, label in pairs:
            for f, counts in fields.items():
                want = {w for w in label.fields.get(f, "").split("/") if w}
                have = told(item, f)
                counts[0] += len(want & have)
                counts[1] += len(have - want)
                counts[2] += len(want - have)
                if want != have and (f != "d" or want):
                    print("  ~", f, sorted(want), sorted(have), text[item.start : item.end])
    for key, (tp, fp, fn) in {"items": total, **fields}.items():
        print(key, tp, fp, fn, f"F1 {2 * tp / max(1, 2 * tp + fp + fn):.3f}")


if __name__ == "__main__":
    main()
