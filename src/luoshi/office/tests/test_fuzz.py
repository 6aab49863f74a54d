"""The long fuzzing of the readers: make prove (LUOSHI_FUZZ_CASES sets the count of each)."""

import faulthandler
import os
import random
import resource
import signal
import time
import zipfile
from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest

from luoshi.office.docx_in import read_docx
from luoshi.office.screen import screen
from luoshi.office.tests.build import cells, code_of, docx, p, part, xls, xlsx, zip_of
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
        screen("a.txt", data)
        assert time.process_time() - before < 2


@pytest.mark.prove
def test_fuzz_docx_never_raises_and_never_hangs():
    source = random.Random(20260618)
    numbered = p(
        "甲",
        props='<w:pStyle w:val="a"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>',
    )
    table = f"<w:tbl><w:tr><w:tc>{p('乙')}</w:tc><w:tc><w:tcPr><w:vMerge/></w:tcPr>{p('丙')}</w:tc></w:tr></w:tbl>"
    lists = '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
    lists += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    styles = '<w:style w:styleId="a"><w:name w:val="heading 1"/><w:basedOn w:val="a"/></w:style>'
    data = docx(
        numbered + table,
        numbering=part("numbering", lists),
        styles=part("styles", styles),
        header1=part("hdr", p("简报")),
    )
    assert code_of(read_docx, data) is None
    for _ in range(CASES):
        case = in_a_part(data, source)
        before = time.process_time()
        assert code_of(read_docx, case) != "office.docx_damaged"
        screen("a.docx", case)
        assert time.process_time() - before < 2


def end_of_child(case: bytes) -> int:
    """How a forked child ends that reads the case under the limits of the real one."""
    child = os.fork()
    if child == 0:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        most = pages * resource.getpagesize() + 384 * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        signal.setitimer(signal.ITIMER_PROF, 2.0)
        faulthandler.disable()
        os.close(2)
        answer = read(case, 1000)
        os._exit(0 if ("sheets" in answer) != ("fault" in answer) else 1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.prove
def test_fuzz_workbooks_are_rows_a_fault_or_a_child_that_met_its_memory_limit():
    source = random.Random(20260618)
    book = xlsx(cells("A1", "B2", "C3"))
    old = xls((0, 0, 1.0), (2, 2, 2.5))
    ends = Counter(
        end_of_child(in_a_part(book, source) if source.random() < 0.7 else mutated(old, source))
        for _ in range(CASES)
    )
    # An abort is the library asking for more memory than the child may have: rows() words it.
    assert set(ends) <= {0, -signal.SIGABRT}
    assert ends[0] > CASES * 0.9
