"""`luoshi read FILE`: a text becomes a list of draft items, without server or database."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from luoshi.config.commands.text_files import UNUSABLE, bytes_of, speak, write_out
from luoshi.documents.breakdown import KIND_WORDS, due_words, table_of
from luoshi.documents.source import read_text, source_of
from luoshi.domain.base import Refused, say
from luoshi.ui.sentences import tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from luoshi.domain.extraction import Item, Reading

FIRST = 12  # items shown on the screen
WIDTH = 46  # characters of an item shown on the screen


def main(argv: Sequence[str]) -> int:
    """Read one text; 0 when it was read, 2 with a sentence on stderr when it cannot be."""
    arguments = _arguments(argv)
    path = Path(arguments.file)
    if path.is_dir() and arguments.json and arguments.json != "-":
        from luoshi.config.commands.read_many import read_many

        return read_many(path, Path(arguments.json), arguments.year, labelling)
    try:
        source = source_of(path.name, bytes_of(path))
        reading = read_text(source.text, year=arguments.year)
        title = reading.title or path.stem
        if arguments.json:
            write_out(arguments.json, labelling(reading, source.text, path))
        if arguments.xlsx:
            write_out(arguments.xlsx, _workbook(reading, source.text, title))
    except Refused as refused:
        speak(refused.why, sys.stderr)
        return UNUSABLE
    for note in source.notes:
        speak(note, sys.stderr)
    if arguments.explain:
        _explain(reading, source.text)
    elif arguments.json != "-" and arguments.xlsx != "-":
        _summary(reading, source.text, title)
    return 0


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="luoshi read",
        description="读一份材料（txt、docx、pdf），列出目标、指标、任务和问题。 "
        "Read a text and list what it asks for.",
    )
    parser.add_argument(
        "file",
        metavar="FILE",
        help="txt、docx、pdf；装有 LibreOffice 时还有 doc、wps、rtf、odt；"
        "也可为文件夹，结果写入 --json 所给文件夹",
    )
    parser.add_argument("--json", metavar="OUT", help="写出 JSON（“-”为标准输出）")
    parser.add_argument("--xlsx", metavar="OUT", help="写出任务分解表 xlsx")
    parser.add_argument("--year", type=int, metavar="N", help="计划年度，不给则由正文判断")
    parser.add_argument("--explain", action="store_true", help="逐句说明为什么这样读")
    return parser.parse_args(list(argv))


def labelling(reading: Reading, text: str, path: Path) -> bytes:
    """The JSON form of the corpus rules, with the guard of ten characters at each start."""
    from luoshi.domain.extraction import to_labelling

    data = to_labelling(reading, f"{path.parent.name}/{path.name}")
    for item in data["items"]:
        item["head"] = text[item["start"] : item["start"] + 10]
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _workbook(reading: Reading, text: str, title: str) -> bytes:
    from luoshi.office.xlsx_out import workbook

    return workbook([table_of(reading, text, title)])


def _summary(reading: Reading, text: str, title: str) -> None:
    """How many of each kind, and the first items that ask for something."""
    _line(f"《{title}》  计划年度：{reading.year or '待补'}")
    counts = {kind: sum(item.kind == kind for item in reading.items) for kind in KIND_WORDS}
    _line("  ".join(f"{KIND_WORDS[kind]} {count}" for kind, count in counts.items() if count))
    if not reading.items:
        speak(say("documents.nothing_found"), sys.stdout)
    asked = [item for item in reading.items if item.kind not in {"boilerplate", "principle"}]
    for item in asked[:FIRST]:
        _line(_row(item, text))
    if len(asked) > FIRST:
        _line(f"…… 另有 {len(asked) - FIRST} 项，用 --xlsx 或 --json 写出全部。")


def _explain(reading: Reading, text: str) -> None:
    """Every clause in order: what it became, how sure that is, and each reason in words."""
    from luoshi.domain.extraction import explain

    for why in explain(reading, text):
        words = " ".join(text[why.start : why.end].split())
        words = words if len(words) <= WIDTH else f"{words[: WIDTH - 1]}…"
        kind = KIND_WORDS[why.kind] if why.kind else "不列项"
        sure = "" if why.confidence is None else f" 把握 {int(why.confidence * 100)}%"
        place = f" {'›'.join(why.path)}" if why.path else ""
        reasons = "；".join(tell(reason, "zh-hans") for reason in why.reasons)
        _line(f"[{kind}]{sure}{place} {words}\n    {reasons}")


def _row(item: Item, text: str) -> str:
    words = " ".join(text[item.start : item.end].split())
    words = words if len(words) <= WIDTH else f"{words[: WIDTH - 1]}…"
    tail = [f"时限 {due_words(item)}"] if item.deadline else []
    tail += [f"责任 {'、'.join(item.responsible)}"] if item.responsible else []
    tail += ["含待补"] if item.masked else []
    place = "›".join(item.path)
    return f"  [{KIND_WORDS[item.kind]}] {place:<8} {words}" + (
        f"（{'；'.join(tail)}）" if tail else ""
    )


def _line(text: str) -> None:
    sys.stdout.write(f"{text}\n")
