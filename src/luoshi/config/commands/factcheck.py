"""`luoshi factcheck FILE`: what contradicts itself or the calendar; no server, no database."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from luoshi.config.commands.text_files import UNUSABLE, bytes_of, speak, write_out
from luoshi.documents.checking import doubts_of, paper_of
from luoshi.documents.source import read_text, source_of
from luoshi.domain.base import Refused, Sentence, say
from luoshi.office.china_calendar import china_calendar
from luoshi.ui.sentences import tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from luoshi.domain.factcheck import Doubt

FOUND = 1
SEVERITY = {"error": "错误", "warning": "提醒", "info": "说明"}
AROUND = 40  # characters of the line shown with a finding


def main(argv: Sequence[str]) -> int:
    """Check one text; 0 nothing found, 1 something found, 2 a sentence why it cannot be checked."""
    arguments = _arguments(argv)
    path = Path(arguments.file)
    try:
        source = source_of(path.name, bytes_of(path))
        reading = read_text(source.text, year=arguments.year)
        paper = paper_of(source.text, reading)
        doubts = doubts_of(paper, china_calendar(), burden=arguments.jianfu)
        if arguments.json:
            write_out(arguments.json, _json(path.name, source.text, reading.year, doubts))
    except Refused as refused:
        speak(refused.why, sys.stderr)
        return UNUSABLE
    for note in source.notes:
        speak(note, sys.stderr)
    if arguments.json != "-":
        _print(path.name, source.text, doubts)
    return FOUND if doubts else 0


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="luoshi factcheck",
        description="核校一份材料（txt、docx）：前后矛盾、与日历不符、缺单位、待补。 "
        "Check a text against itself and the calendar.",
    )
    parser.add_argument("file", metavar="FILE", help="txt 或 docx")
    parser.add_argument("--jianfu", action="store_true", help="改查减负一致性（用于本单位发文）")
    parser.add_argument("--json", metavar="OUT", help="写出 JSON（“-”为标准输出）")
    parser.add_argument("--year", type=int, metavar="N", help="计划年度，不给则由正文判断")
    return parser.parse_args(list(argv))


def _json(name: str, text: str, year: int | None, doubts: Sequence[Doubt]) -> bytes:
    data = {"file": name, "year": year, "findings": [_row(doubt, text) for doubt in doubts]}
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _row(doubt: Doubt, text: str) -> dict[str, Any]:
    return {
        "code": doubt.code,
        "severity": doubt.severity,
        "start": doubt.start,
        "end": doubt.end,
        "text": text[doubt.start : doubt.end],
        "why": _zh(doubt.why),
        "remedy": _zh(doubt.remedy),
        "source": _zh(doubt.source) if doubt.source else None,
        "also": [list(span) for span in doubt.also],
    }


def _print(name: str, text: str, doubts: Sequence[Doubt]) -> None:
    """Like a compiler: file, line and column, code; then the words, the reason, what to do."""
    line, at = 1, 0
    for doubt in doubts:
        line, at = line + text.count("\n", at, doubt.start), doubt.start
        begin = text.rfind("\n", 0, doubt.start) + 1
        low, high = max(begin, doubt.start - AROUND), min(len(text), doubt.end + AROUND)
        before, after = text[low : doubt.start], text[doubt.end : high]
        words = f"{before}【{text[doubt.start : doubt.end]}】{after}"
        place = f"{name}:{line}:{doubt.start - begin + 1}"
        print(f"{place}: {SEVERITY[doubt.severity]} {doubt.code} {_zh(doubt.why)}")
        print(f"    {' '.join(words.split())}")
        print(f"    → {_zh(doubt.remedy)}" + (f"{_zh(doubt.source)}" if doubt.source else ""))
    speak(_summary(doubts), sys.stdout)


def _summary(doubts: Sequence[Doubt]) -> Sentence:
    if not doubts:
        return say("factcheck.nothing")
    counts = [sum(d.severity == severity for d in doubts) for severity in SEVERITY]
    return say("factcheck.summary", errors=counts[0], warnings=counts[1], infos=counts[2])


def _zh(sentence: Sentence) -> str:
    return tell(sentence, "zh-hans")
