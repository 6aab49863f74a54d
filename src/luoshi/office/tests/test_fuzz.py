"""The long fuzzing of the readers: make prove (LUOSHI_FUZZ_CASES sets the count of each)."""

import faulthandler
import os
import random
import resource
import signal
import struct
import time
import zipfile
from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest

from luoshi.domain.extraction.columns import role_of
from luoshi.domain.tables import columns_of, find_head, lines_of, propose
from luoshi.office.answers import READABLE, RejectedError
from luoshi.office.docx_in import read_docx
from luoshi.office.docx_styles import read_styles
from luoshi.office.docx_walk import Walk
from luoshi.office.judging import judge
from luoshi.office.numbering import read_numbering
from luoshi.office.package import read_xml
from luoshi.office.tables_in import _grid as as_grid
from luoshi.office.tables_in import tables_of
from luoshi.office.tests.build import body, cells, code_of, docx, p, part, xls, xlsx, zip_of
from luoshi.office.text_in import decode
from luoshi.office.workbook import read

CASES = int(os.environ.get("LUOSHI_FUZZ_CASES", "100000"))
SCRAPS = (
    b"\0",
    b"\xff\xfe",
    b"<!DOCTYPE a [",
    b"&a;",
    b"<w:p>",
    b"</w:p>",
    b"<w:tbl>",
    b"-1",
    b"99999999999",
    b'"',
    b"\x81",
)
TEXT = "同志们：\r\n一、工业经济。完成投资3.5亿元，增长6%以上。\n（一）责任单位：经发办。"


def mutated(data: bytes, source: random.Random) -> bytes:
    """A few bytes changed, cut, doubled or replaced by a scrap."""
    out = bytearray(data)
    for _ in range(source.randint(1, 4)):
        at = source.randrange(len(out) + 1)
        match source.randrange(4):
            case 0:
                out[at : at + 1] = bytes([source.randrange(256)])
            case 1:
                del out[at : at + source.randint(1, 30)]
            case 2:
                out[at:at] = out[at : at + source.randint(1, 30)]
            case _:
                out[at:at] = source.choice(SCRAPS)
        out = out or bytearray(b"x")
    return bytes(out)


def in_a_part(data: bytes, source: random.Random) -> bytes:
    """The package with one part mutated, or the package itself."""
    if source.random() < 0.3:
        return mutated(data, source)
    with zipfile.ZipFile(BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name = source.choice(sorted(parts))
    return zip_of({**parts, name: mutated(parts[name], source)}, zipfile.ZIP_STORED)


def judged(name: str, data: bytes) -> None:
    """The gate as the child process runs it."""
    judge(name, data, READABLE, text=True)


@pytest.mark.prove
def test_fuzz_text_never_raises_and_never_hangs():
    source = random.Random(20260618)
    seeds = [
        TEXT.encode(codec) for codec in ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be")
    ]
    for _ in range(CASES):
        data = mutated(source.choice(seeds), source)
        before = time.process_time()
        code_of(decode, data)
        code_of(judged, "a.txt", data)
        assert time.process_time() - before < 2


NAMES = [
    "p",
    "r",
    "t",
    "tbl",
    "tr",
    "tc",
    "pPr",
    "rPr",
    "tcPr",
    "trPr",
    "sdt",
    "sdtContent",
    "ins",
    "del",
    "moveFrom",
    "moveTo",
    "delText",
    "hyperlink",
    "smartTag",
    "fldSimple",
    "instrText",
    "tab",
    "br",
    "cr",
    "ptab",
    "noBreakHyphen",
    "vanish",
    "pStyle",
    "numPr",
    "numId",
    "ilvl",
    "outlineLvl",
    "gridSpan",
    "vMerge",
    "footnoteReference",
    "endnoteReference",
    "pict",
    "drawing",
    "object",
    "sectPr",
    "bookmarkStart",
    "proofErr",
    "ruby",
    "rt",
]
FOREIGN = (
    "mc:AlternateContent",
    "mc:Choice",
    "mc:Fallback",
    "v:textpath",
    "v:imagedata",
    "pic:pic",
)
VALUES = (
    "0",
    "1",
    "2",
    "9",
    "63",
    "-1",
    "99999999999",
    "x",
    "a",
    "b",
    "restart",
    "continue",
    "page",
)
WORDS = (
    "一、抓项目",
    "甲",
    "6月底前",
    "|",
    "\t",
    "\n",
    "&amp;",
    "\u200b",
    "\u202e",
    "𠀀",
    " ",
    "1.",
    "①",
)


def tree(source: random.Random, depth: int = 0) -> str:
    """An element of Word's, drawn at random, with others inside it wherever they may stand."""
    name = source.choice(FOREIGN) if source.random() < 0.08 else f"w:{source.choice(NAMES)}"
    marks = "".join(
        f' w:{key}="{source.choice(VALUES)}"'
        for key in ("val", "type", "id")
        if source.random() < 0.4
    )
    inside = "".join(
        tree(source, depth + 1) if source.random() < 0.7 and depth < 7 else source.choice(WORDS)
        for _ in range(source.randrange(5))
    )
    return f"<{name}{marks}>{inside}</{name}>"


def lists(source: random.Random) -> str:
    """Lists whose levels, starts and patterns are drawn at random."""
    levels = "".join(
        f'<w:lvl w:ilvl="{source.choice(VALUES)}"><w:start w:val="{source.choice(VALUES)}"/>'
        f'<w:numFmt w:val="{source.choice(("decimal", "chineseCounting", "bullet", "x"))}"/>'
        f'<w:lvlText w:val="{source.choice(("%1.", "（%1）", "%9%1", "%", ""))}"/></w:lvl>'
        for _ in range(source.randrange(4))
    )
    held = f'<w:abstractNum w:abstractNumId="{source.choice(VALUES)}">{levels}</w:abstractNum>'
    return part("numbering", held + '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>')


STYLED = (
    '<w:style w:styleId="a"><w:name w:val="heading 1"/><w:basedOn w:val="b"/></w:style>'
    '<w:style w:styleId="b"><w:name w:val="toc 1"/><w:basedOn w:val="a"/><w:numId w:val="1"/></w:style>'
)


@pytest.mark.prove
def test_fuzz_docx_trees_never_raise_and_never_hang():
    source = random.Random(20260618)
    styles, slowest = read_styles(part("styles", STYLED).encode()), 0.0
    for number in range(CASES):
        inner = "".join(tree(source) for _ in range(source.randint(1, 6)))
        before = time.process_time()
        if number % 20 == 0:  # some thousands as real packages, through the whole gate
            data = docx(
                inner,
                numbering=lists(source),
                styles=part("styles", STYLED),
                header1=part("hdr", tree(source)),
                comments=part("comments", f"<w:comment>{tree(source)}</w:comment>"),
            )
            assert code_of(judged, "a.docx", data) != "office.docx_damaged"
        else:
            walk = Walk(styles, read_numbering(lists(source).encode()))
            code_of(read_xml, body(inner).encode(), walk.start, walk.end, walk.chars)
            walk.body.text()
        slowest = max(slowest, time.process_time() - before)
    assert slowest < 2


@pytest.mark.prove
def test_fuzz_docx_never_raises_and_never_hangs():
    source = random.Random(20260618)
    numbered = p(
        "甲",
        props='<w:pStyle w:val="a"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>',
    )
    table = f"<w:tbl><w:tr><w:tc>{p('乙')}</w:tc><w:tc><w:tcPr><w:vMerge/></w:tcPr>{p('丙')}</w:tc></w:tr></w:tbl>"
    data = docx(
        numbered + table,
        numbering=lists(random.Random(1)),
        styles=part("styles", STYLED),
        header1=part("hdr", p("简报")),
    )
    assert code_of(read_docx, data) is None
    for _ in range(CASES):
        case = in_a_part(data, source)
        before = time.process_time()
        assert code_of(read_docx, case) != "office.docx_damaged"
        code_of(judged, "a.docx", case)
        assert time.process_time() - before < 2


def ends_of(work, cases, together=100):
    """How each case ends, and its CPU seconds, read in children under the limits of the real one.

    A child reads a hundred cases, because a fork costs more than a case; where one kills it, that
    one's end is the child's, and another child goes on behind it.
    """
    while cases:
        batch, cases = cases[:together], cases[together:]
        end, seconds = _in_a_child(work, batch)
        yield from ((0, one) for one in seconds)
        if len(seconds) < len(batch):
            yield end, 0.0
            cases = batch[len(seconds) + 1 :] + cases


def _in_a_child(work, batch):
    """The child's exit code, and the CPU seconds of the cases that it got through."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        most = pages * resource.getpagesize() + 384 * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        faulthandler.disable()
        os.close(2)
        try:
            for case in batch:
                signal.setitimer(signal.ITIMER_PROF, 2.0)
                before = time.process_time()
                work(case)
                os.write(writer, struct.pack("d", time.process_time() - before))
        except BaseException:  # noqa: BLE001 - a panic of the library is no Exception
            os._exit(1)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as told:
        seconds = [value for (value,) in struct.iter_unpack("d", told.read())]
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), seconds


def test_each_case_has_its_own_end_whoever_it_was_read_with():
    def work(case):
        if case == b"abort":
            os.abort()
        assert case != b"raise"

    ends = [end for end, _ in ends_of(work, [b"", b"abort", b"", b"raise", b"abort", b""], 4)]
    assert ends == [0, -signal.SIGABRT, 0, 1, -signal.SIGABRT, 0]


def told_in_words(case: bytes) -> None:
    """A workbook is rows or a fault, never both."""
    answer = read(case, 1000)
    assert ("sheets" in answer) != ("fault" in answer)


def tally(work, cases):
    """How many cases ended in each way, and the slowest of them."""
    ends, slowest = Counter(), 0.0
    for end, seconds in ends_of(work, cases):
        ends[end] += 1
        slowest = max(slowest, seconds)
    return ends, slowest


@pytest.mark.prove
def test_fuzz_workbooks_are_rows_a_fault_or_a_child_that_met_its_memory_limit():
    source = random.Random(20260618)
    book = xlsx(cells("A1", "B2", "C3"))
    old = xls((0, 0, 1.0), (2, 2, 2.5))
    ends = Counter()
    for start in range(0, CASES, 1000):
        some = [
            in_a_part(book, source) if source.random() < 0.7 else mutated(old, source)
            for _ in range(min(1000, CASES - start))
        ]
        ends += tally(told_in_words, some)[0]
    # An abort is the library asking for more memory than the child may have: rows() words it.
    assert set(ends) <= {0, -signal.SIGABRT}
    assert ends[0] > CASES * 0.9


def law_of(case: bytes) -> None:
    """A case all the way: out of its file, header, columns, proposals, lines."""
    try:
        found = [as_grid(item) for item in tables_of(case, ".xlsx").get("tables", ())]
    except (RejectedError, MemoryError):
        return
    for grid in found:
        head = find_head(grid, role_of)
        if head is not None:
            columns = columns_of(grid, head)
            guesses = propose(columns, role_of)
            fields = {c.at: g.field for c, g in zip(columns, guesses, strict=True)}
            lines = lines_of(grid, head, fields)
            assert all(line.parent is None or line.parent < n for n, line in enumerate(lines))


def sheet_of(source: random.Random) -> str:
    """A sheet as towns make them, and as nobody should: heads, numbers, merges, levels, formulas."""
    heads = ["序号", "任务内容", "责任单位", "完成时限", "类别", "目标值", "进展情况", "甲", ""]
    words = [
        "一、",
        "（一）",
        "1",
        "1.1",
        "合计",
        "注：",
        "修路",
        "东村、西村",
        "6月底",
        "=1+1",
        "　乙",
        "*",
    ]
    rows, number = [], 0
    for n in range(source.randint(1, 12)):
        number += source.choice([1, 1, 1, 2, 7])
        texts = source.choices(heads if n < 2 else words, k=source.randint(1, 9))
        held = "".join(
            f'<c r="{chr(65 + at)}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
            if source.random() < 0.8
            else f'<c r="{chr(65 + at)}{number}">{source.choice(["<f>A1</f>", "<v>46000</v>", "<f/><v/>", "<v>1e9</v>"])}</c>'
            for at, text in enumerate(texts)
        )
        level = source.choice(["", "", ' outlineLevel="1"', ' outlineLevel="9"'])
        rows.append(f'<row r="{number}"{level}>{held}</row>')
    merges = "".join(
        f'<mergeCell ref="{chr(65 + source.randrange(6))}{source.randint(1, 9)}:'
        f'{chr(65 + source.randrange(26))}{source.randint(1, 40)}"/>'
        for _ in range(source.randrange(3))
    )
    return f"<worksheet><sheetData>{''.join(rows)}</sheetData><mergeCells>{merges}</mergeCells></worksheet>"


@pytest.mark.prove
def test_fuzz_tables_never_crash_and_never_take_two_seconds():
    source = random.Random(20260618)
    ends, slowest = Counter(), 0.0
    for start in range(0, CASES, 1000):
        some = []
        for number in range(start, min(start + 1000, CASES)):
            case = xlsx(sheet_of(source))
            some.append(in_a_part(case, source) if number % 3 else case)
        found, longest = tally(law_of, some)
        ends, slowest = ends + found, max(slowest, longest)
        # An abort is the library asking for more memory than the child may have: tables() words it.
        assert set(ends) <= {0, -signal.SIGABRT}, f"in the thousand from case {start}"
    assert slowest < 2
    assert ends[0] > CASES * 0.9
