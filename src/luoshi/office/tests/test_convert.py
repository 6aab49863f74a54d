import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from luoshi.office import convert
from luoshi.office.answers import Opened, Rejected
from luoshi.office.screen import opened
from luoshi.office.tests.build import compound

TAKES = {"docx"}
HERE = convert.program() is not None
needs_program = pytest.mark.skipif(not HERE, reason="LibreOffice is not installed")
RTF = (
    r"{\rtf1\ansi\deff0 {\fonttbl{\f0 SimSun;}}\uc0 "
    + "".join(rf"\u{ord(char)} " for char in "一、抓项目。")
    + r"\par "
    + "".join(rf"\u{ord(char)} " for char in "二、抓环境。")
    + r"\par}"
)


def marked(mark: str) -> bytes:
    return RTF.replace(
        r"\uc0 ", r"\uc0 " + "".join(rf"\u{ord(c)} " for c in mark) + r"\par "
    ).encode()


def made(tmp_path: Path, target: str, data: bytes) -> bytes:
    """A real old file, made by the program itself."""
    source = tmp_path / "a.rtf"
    source.write_bytes(data)
    program = convert.program()
    assert program is not None
    subprocess.run(
        [program, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
         "--convert-to", target, "--outdir", str(tmp_path), str(source)],
        check=True, capture_output=True,
    )  # fmt: skip
    return (tmp_path / f"a.{target}").read_bytes()


@needs_program
def test_rtf_is_converted_and_says_so():
    answer = opened("讲话.rtf", RTF.encode(), takes=TAKES)
    assert isinstance(answer, Opened)
    assert answer.source is not None
    assert answer.source.text == "一、抓项目。\n二、抓环境。"
    assert answer.accepted.media_type == "application/rtf"
    assert [note.code for note in answer.source.notes] == ["office.converted"]


@needs_program
@pytest.mark.parametrize(("target", "name"), [("doc", "a.doc"), ("doc", "a.wps"), ("odt", "a.odt")])
def test_old_documents_are_converted(tmp_path, target, name):
    answer = opened(name, made(tmp_path, target, RTF.encode()), takes=TAKES)
    assert isinstance(answer, Opened)
    assert answer.source is not None
    assert answer.source.text == "一、抓项目。\n二、抓环境。"


@needs_program
def test_marked_old_document_is_refused_and_nothing_of_it_stays(tmp_path):
    homes = [Path("/dev/shm"), Path("/tmp")]
    before = {path for home in homes if home.is_dir() for path in home.glob("luoshi-*")}
    for data, name in (
        (marked("机密★1年"), "a.rtf"),
        (made(tmp_path, "doc", marked("机密★1年")), "a.doc"),
    ):
        answer = opened(name, data, takes=TAKES)
        assert isinstance(answer, Rejected)
        assert answer.marking == "机密"
    assert {path for home in homes if home.is_dir() for path in home.glob("luoshi-*")} <= before


@needs_program
def test_broken_old_document_is_refused_in_words():
    for name, data in (("a.doc", compound(WordDocument=b"x" * 5000)), ("a.rtf", b"{\\rtf1 ")):
        answer = opened(name, data, takes=TAKES)
        assert isinstance(answer, Rejected)
        assert answer.why.code in {"office.not_converted", "office.docx_blank"}


@needs_program
def test_slow_conversion_is_ended_with_its_whole_group(monkeypatch):
    monkeypatch.setattr(convert, "WALL_SECONDS", 0.2)
    answer = opened("a.rtf", RTF.encode(), takes=TAKES)
    assert isinstance(answer, Rejected)
    assert answer.why.code == "office.too_heavy"


def test_without_the_program_the_sentence_says_what_to_do(monkeypatch):
    monkeypatch.setattr(convert, "program", lambda: None)
    answer = opened("a.wps", compound(WordDocument=b"x"), takes=TAKES)
    assert isinstance(answer, Rejected)
    assert answer.why.code == "office.old_format"
    assert answer.why.params == {"format": ".wps", "target": "docx"}


def test_fenced_process_has_no_network_and_its_limits():
    script = (
        "import resource, socket, sys\n"
        "assert resource.getrlimit(resource.RLIMIT_CPU)[0] == 40\n"
        "assert resource.getrlimit(resource.RLIMIT_CORE)[0] == 0\n"
        "names = [name for _, name in socket.if_nameindex()]\n"
        "sys.exit(3 if names in ([], ['lo']) else 4)\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "luoshi.office.fenced", sys.executable, "-c", script], check=False
    )
    if done.returncode == 4 and shutil.which("unshare"):
        tried = subprocess.run(["unshare", "-rn", "true"], check=False, capture_output=True)
        assert tried.returncode != 0  # the kernel forbids it here, so the profile alone must do
    else:
        assert done.returncode == 3
