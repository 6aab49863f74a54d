"""Score the extraction law on the texts of our own that the tests hold, with every disagreement.

Usage: .venv/bin/python benchmarks/reading/own.py [BEGINNING …] [--totals]
With beginnings of names only those texts (a batch has a letter of its own); `--totals` prints the
figures alone. The figures are by kind and by field; the calibration error is over the same items.
"""

from __future__ import annotations

import sys
from collections import defaultdict

from luoshi.domain.extraction import Item, extract
from luoshi.domain.tests.extraction_cases import Label, cases, matched, told

DUTIES = frozenset({"goal", "indicator", "task", "problem", "achievement"})
Counts = dict[str, list[int]]


def main() -> None:
    """Print every disagreement and the figures."""
    words = [word for word in sys.argv[1:] if not word.startswith("--")]
    aloud = "--totals" not in sys.argv
    kinds: Counts = defaultdict(lambda: [0, 0, 0])
    fields: Counts = defaultdict(lambda: [0, 0, 0])
    sure: dict[float, list[bool]] = defaultdict(list)
    for name, text, labels in cases():
        if words and not name.startswith(tuple(words)):
            continue
        reading = extract(text)
        pairs, extra, missed = matched(text, reading, labels, kinds=DUTIES)
        lines = [f"+ {i.kind} {text[i.start : i.end]}" for i in extra]
        lines += [f"- {k.kind} {text[k.start : k.end]}" for k in missed]
        for item, label in pairs:
            kinds[item.kind][0] += 1
            sure[float(item.confidence)].append(True)
            lines += compared(text, item, label, fields)
        for item in extra:
            kinds[item.kind][1] += 1
            sure[float(item.confidence)].append(False)
        for label in missed:
            kinds[label.kind][2] += 1
        if aloud:
            score = f"{len(pairs)} +{len(extra)} -{len(missed)}"
            print("\n  ".join([f"== {name} {reading.doc_type} {reading.year}: {score}", *lines]))
    kinds["all items"] = [sum(counts[k] for counts in kinds.values()) for k in range(3)]
    for key, (tp, fp, fn) in {**kinds, **fields}.items():
        print(f"{key:12} {tp:4} {fp:4} {fn:4}  F1 {2 * tp / max(1, 2 * tp + fp + fn):.3f}")
    total = max(1, sum(map(len, sure.values())))
    off = sum(abs(said - sum(good) / len(good)) * len(good) for said, good in sure.items())
    print(f"calibration error {off / total:.3f} over {total} items")


def compared(text: str, item: Item, label: Label, fields: Counts) -> list[str]:
    """The fields of a matched item that differ; counts them."""
    lines = []
    for field, name in (("r", "responsible"), ("d", "last day"), ("q", "quantities")):
        want = {w for w in label.fields.get(field, "").split("/") if w}
        have = told(item, field)
        counts = fields[name]
        counts[0] += len(want & have)
        counts[1] += len(have - want)
        counts[2] += len(want - have)
        if want != have:
            span = text[item.start : item.end]
            lines.append(f"~ {field} {sorted(want)} {sorted(have)} {span}")
    return lines


if __name__ == "__main__":
    main()
