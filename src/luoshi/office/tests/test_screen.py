import importlib
import resource
import subprocess
import sys
import time

import pytest

from luoshi.office import convert
from luoshi.office.answers import EVIDENCE, READABLE, Accepted, Rejected
from luoshi.office.screen import opened, screen
from luoshi.office.tests.build import cells, docx, p, part, pdf, xls, xlsx
from luoshi.office.tests.hostile import corpus, made

HOSTILE = corpus()
# By name: the room itself may not import ui, and its tests are held to the same contract.
PATTERNS = importlib.import_module("luoshi.ui.sentences.office").PATTERNS


def _cpu() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


@pytest.mark.parametrize("wrong", sorted(HOSTILE))
def test_screen_hostile_file_is_refused_in_words_within_two_seconds(wrong, monkeypatch):
    monkeypatch.setattr(convert, "program", lambda: None)
    name, making, code = HOSTILE[wrong]
    data = made(making)
    before = _cpu()
    takes = {*READABLE, "pdf"} if wrong.startswith("pdf ") else READABLE
    answer = opened(name, data, takes=takes)
    spent = _cpu() - before
    assert isinstance(answer, Rejected), wrong
    assert answer.why.code == code
    assert answer.marking is None
    for pattern in PATTERNS[code]:
        assert pattern.format(**answer.why.params)
    assert spent < 2.0


def test_screen_hostile_corpus_is_large_enough():
    assert len(HOSTILE) >= 60


@pytest.mark.prove
def test_screen_whole_corpus_needs_little_memory(tmp_path):
    names = []
    for number, (name, data, _) in enumerate(HOSTILE.values()):
        path = tmp_path / f"{number:03d}-{name}"
        path.write_bytes(made(data))
        names.append(str(path))
    script = """
import pathlib, re, subprocess, sys, threading
from luoshi.office import bounded, convert
from luoshi.office.answers import EVIDENCE
from luoshi.office.screen import opened
convert.program = lambda: None
children, start = [0], subprocess.Popen.__init__
def most(pid):
    held = re.search(r"VmHWM:\\s+(\\d+)", pathlib.Path(f"/proc/{pid}/status").read_text())
    return int(held[1]) // 1024 if held else 0
def watch(self, *args, **kwargs):
    start(self, *args, **kwargs)
    threading.Thread(target=look, args=(self.pid,), daemon=True).start()
def look(pid):
    try:
        while True:
            children[0] = max(children[0], most(pid))
            threading.Event().wait(0.005)
    except OSError:
        return
subprocess.Popen.__init__ = watch
opened("a.txt", b"warm up")
before = most("self")
for path in sys.argv[1:]:
    data = pathlib.Path(path).read_bytes()
    opened(path.rsplit("-", 1)[-1], data, takes=EVIDENCE)
    del data
print(most("self") - before, children[0])
"""
    done = subprocess.run(
        [sys.executable, "-c", script, *names], capture_output=True, text=True, check=True
    )
    service, child = map(int, done.stdout.split())
    # The largest file of the corpus is itself 50 MB; 150 MB more is what 5-proof E allows.
    assert service < 50 + 30
    assert child < 50 + 150


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("讲话.txt", "同志们：今天召开大会。".encode(), "text"),
        ("讲话.TXT", "同志们：今天召开大会。".encode("gbk"), "text"),
        ("", "同志们：今天召开大会。".encode(), "text"),
        ("PK.txt", "PK赛方案：第一项".encode(), "text"),
        ("讲话.docx", docx(p("同志们：")), "docx"),
        ("讲话.wps", docx(p("同志们：")), "docx"),
        ("台账.xlsx", xlsx(cells("A1", "B2")), "sheet"),
        ("台账.xls", xls((0, 0, 1.0), (3, 2, 2.5)), "sheet"),
        ("台账.csv", "序号,事项\n1,修路\n".encode(), "sheet"),
    ],
)
def test_screen_honest_file_is_accepted(name, data, kind):
    answer = screen(name, data)
    assert isinstance(answer, Accepted)
    assert answer.kind == kind


def test_screen_evidence_may_be_a_picture_or_a_still_pdf():
    assert screen("a.jpg", b"\xff\xd8\xff\xe0" + bytes(50), takes=EVIDENCE) == Accepted(
        "image/jpeg", "image"
    )
    assert screen("a.pdf", pdf("一、抓项目。"), takes=EVIDENCE) == Accepted(
        "application/pdf", "pdf"
    )
    assert screen("a.pdf", pdf(), takes=EVIDENCE) == Accepted("application/pdf", "pdf")
    active = screen("a.pdf", b"%PDF-1.7\n/OpenAction << /S /JavaScript >>", takes=EVIDENCE)
    assert isinstance(active, Rejected)
    assert active.why.code == "office.active_pdf"


def test_screen_kind_not_taken_says_which_are():
    answer = screen("a.xlsx", xlsx(cells("A1")), takes={"text", "docx"})
    assert isinstance(answer, Rejected)
    assert answer.why.code == "office.type_not_here"
    assert answer.why.params["kinds"] == "txt、docx"


def test_screen_remote_picture_and_local_template_are_named_and_not_fetched():
    answer = screen(
        "a.docx",
        docx(
            p("同志们："),
            ("image", "http://192.0.2.1/x.png", True),
            ("attachedTemplate", "file:///C:/Users/a/Normal.dotm", True),
            ("hyperlink", "http://192.0.2.1/", True),
        ),
    )
    assert isinstance(answer, Accepted)
    assert [note.code for note in answer.notes] == [
        "office.remote_pictures_ignored",
        "office.template_ignored",
    ]


MARKED = {
    "绝密": "绝密★长期\n关于某事的报告\n正文",
    "机密": "000001\n机密★1年\n特急\n某镇文件",
    "秘密": "秘 密\n会议纪要",
    "工作秘密": "工作秘密 注意保管\n会议纪要",
    "★": "★10年\n会议纪要",
    "内部资料": "内部资料　注意保存\n工作简报",
    "内部": "关于某事的讲话（内部）\n同志们：",
    "注意保存": "会议参阅材料\n注意保存\n一、总体情况",
}


@pytest.mark.parametrize("mark", sorted(MARKED))
def test_screen_marked_text_is_refused_with_its_marking(mark):
    answer = screen("a.txt", MARKED[mark].encode())
    assert isinstance(answer, Rejected)
    assert (answer.why.code, answer.marking) == ("office.marking", mark)


@pytest.mark.parametrize("mark", sorted(MARKED))
def test_screen_marked_document_is_refused_with_its_marking(mark):
    lines = MARKED[mark].split("\n")
    answer = screen("a.docx", docx("".join(p(line) for line in lines)))
    assert isinstance(answer, Rejected)
    assert answer.marking == mark


@pytest.mark.parametrize("place", ["header1", "footer1"])
def test_screen_marking_in_header_or_footer_is_found(place):
    margin = part("hdr", p("机密★1年") + p("第1页"))
    answer = screen("a.docx", docx(p("正文"), **{place: margin}))
    assert isinstance(answer, Rejected)
    assert answer.marking == "机密"


def test_screen_marking_as_watermark_is_found():
    shape = '<w:r><w:pict><v:shape><v:textpath string="内部资料"/></v:shape></w:pict></w:r>'
    answer = screen("a.docx", docx(p("正文"), header1=part("hdr", p(shape))))
    assert isinstance(answer, Rejected)
    assert answer.marking == "内部资料"


def test_screen_marking_in_a_text_box_is_found():
    box = (
        f"<w:r><w:pict><v:shape><w:txbxContent>{p('绝密')}</w:txbxContent></v:shape></w:pict></w:r>"
    )
    answer = screen("a.docx", docx(p(box, "某镇文件")))
    assert isinstance(answer, Rejected)
    assert answer.marking == "绝密"


def test_screen_marking_in_a_workbook_or_a_file_name_is_found():
    sheet = '<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>秘密★1年</t></is></c></row></sheetData></worksheet>'
    for answer in (
        screen("a.xlsx", xlsx(sheet)),
        screen("秘密★1年-台账.txt", "同志们：".encode()),
        screen("【内部资料】台账.csv", b"a,b"),
    ):
        assert isinstance(answer, Rejected)
        assert answer.marking in ("秘密", "内部资料")


def test_screen_answer_to_a_marked_file_holds_nothing_of_it():
    answer = screen("a.txt", "机密★1年\n甲方案".encode())
    assert isinstance(answer, Rejected)
    assert dict(answer.why.params) == {"marking": "机密"}
