"""CPU seconds and memory of one reading for 5,000, 50,000 and 500,000 characters of our own sentences.

Usage: .venv/bin/python benchmarks/reading/speed.py
"""

from __future__ import annotations

import resource
import sys
import time

from luoshi.domain.extraction import extract

PARAGRAPH = (
    "（{n}）聚力产业升级。实施产业强镇行动，全年新增规上工业企业{n}家，技改投资增长15%以上。由经发办牵头，{m}月底前完成标准厂房"
    "{n}.5万平方米建设，各村（社区）、各部门要做好要素保障；农业农村办会同水利站改造渠道{n}公里，力争年内见效。\n"
    "过去一年，村集体经营性收入达到{n}80万元，同比增长7.{m}%，但发展不平衡问题仍较突出。\n"
)


def build(size: int) -> str:
    pieces = ["云溪镇2026年工作要点\n一、工作安排\n"]
    length, n = len(pieces[0]), 0
    numerals = "一二三四五六七八九"
    while length < size:
        paragraph = PARAGRAPH.format(n=n % 9 + 1, m=n % 9 + 1)
        pieces.append(paragraph.replace(f"（{n % 9 + 1}）", f"（{numerals[n % 9]}）"))
        length += len(pieces[-1])
        n += 1
    return "".join(pieces)[:size]


LIMITS = {50_000: 1.0}
"""CPU seconds at most."""
MEMORY_MB = 200
"""At most, for the whole process, after 50,000 characters."""
LINEAR = 2.0
"""How many times the cost of a character may grow from the shortest text to the longest."""


def main() -> int:
    extract(build(2_000))  # the tables of words are made once a process
    print(
        f"{'characters':>10} {'CPU s':>8} {'limit':>6} {'us/char':>8} {'items':>7} {'peak MB':>8}"
    )
    each: list[float] = []
    missed = False
    for size in (5_000, 50_000, 500_000):
        text = build(size)
        start = time.process_time()
        reading = extract(text)
        spent = time.process_time() - start
        limit = LIMITS.get(size)
        each.append(spent / size)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        missed |= limit is not None and (spent > limit or peak > MEMORY_MB)
        print(
            f"{size:>10,} {spent:>8.3f} {limit or '-':>6} {1e6 * each[-1]:>8.2f} {len(reading.items):>7} {peak:>8.0f}"
        )
    growth = each[-1] / each[0]
    print(
        f"a character costs {growth:.2f} × as much in the longest as in the shortest (at most {LINEAR:.0f} ×)"
    )
    return int(missed or growth > LINEAR)


if __name__ == "__main__":
    sys.exit(main())
