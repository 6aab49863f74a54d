"""Old office files to new ones through an installed LibreOffice, in its own limited process.

The program runs without a window, with a profile made for this one file in which macros, active
content, links and updates are off, in a folder in memory (where the machine has one) that is
removed whatever happens, and without a network where the kernel lets a process give it up.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from luoshi.domain.base import say
from luoshi.office.answers import MEGABYTE, SIZE_LIMIT, RejectedError

CPU_SECONDS, WALL_SECONDS = 40, 90
ADDRESSES = 4096 * MEGABYTE
"""What the program may ask for; it maps far more than it uses."""

MEDIA_TYPES: Mapping[str, str] = {
    ".doc": "application/msword",
    ".dot": "application/msword",
    ".wps": "application/vnd.ms-works",
    ".wpt": "application/vnd.ms-works",
    ".rtf": "application/rtf",
    ".odt": "application/vnd.oasis.opendocument.text",
}
_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own, 0700, is made in it
_FILTERS = {"docx": "docx:MS Word 2007 XML"}
_ONE_AT_A_TIME = threading.Lock()
_OFF = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableOLEAutomation", "true"),
    ("Office.Common/Misc", "FirstRun", "false"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Calc/Content/Update", "Link", "2"),
    ("Office.Recovery/RecoveryInfo", "Enabled", "false"),
    ("Setup/Office", "ooSetupInstCompleted", "true"),
)


@cache
def program() -> str | None:
    """Where LibreOffice is installed, or None."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def converted(data: bytes, extension: str, target: str) -> bytes:
    """The file as `target` (docx); raises RejectedError with what to do instead.

    One conversion at a time in a process; a file that takes longer or more than the limits is
    refused as too heavy.
    """
    soffice = program()
    if soffice is None:
        raise RejectedError(say("office.old_format", format=extension, target=target))
    with _ONE_AT_A_TIME, _folder() as folder:
        source = folder / f"a{extension}"
        source.write_bytes(data)
        _profile(folder)
        _run(soffice, folder, source, target)
        made = folder / "out" / f"a.{target}"
        if not made.is_file():
            raise RejectedError(say("office.not_converted", format=extension, target=target))
        if made.stat().st_size > SIZE_LIMIT:
            raise RejectedError(say("office.too_large", megabytes=SIZE_LIMIT // MEGABYTE))
        return made.read_bytes()


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    """A folder for one file, in memory where there is such a place, gone afterwards."""
    home = _MEMORY if os.access(_MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(
        prefix="luoshi-", dir=home, ignore_cleanup_errors=True
    ) as name:
        yield Path(name)


def _profile(folder: Path) -> None:
    """A profile in which nothing of a document may act."""
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in _OFF
    )
    user = folder / "profile" / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items '
        f'xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>',
        encoding="utf-8",
    )


def _run(soffice: str, folder: Path, source: Path, target: str) -> None:
    """Run the program in a group of its own, and end the whole group when the time is over."""
    command = [
        sys.executable, "-m", "luoshi.office.fenced", soffice, "--headless", "--norestore",
        "--nologo", "--nolockcheck", "--nodefault",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--convert-to", _FILTERS.get(target, target), "--outdir", str(folder / "out"), str(source),
    ]  # fmt: skip
    keep = {name: os.environ[name] for name in ("PATH", "LANG", "PYTHONPATH") if name in os.environ}
    running = subprocess.Popen(  # noqa: S603 - our own module and an installed program, no shell
        command,
        cwd=folder,
        env=keep | {"HOME": str(folder), "TMPDIR": str(folder), "no_proxy": ""},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        running.wait(WALL_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise RejectedError(say("office.too_heavy")) from error
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
        running.wait()
    if running.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        raise RejectedError(say("office.too_heavy"))
