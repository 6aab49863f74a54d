"""The one way an uploaded file is parsed: a child process with limits on memory and time.

`ask` is the parent's side. The file goes in on standard input, what is asked in the environment
(a file's name must not stand in the list of processes), one line of JSON comes back. A child that
meets a limit is killed and the answer is a sentence: the service never notices.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

from luoshi.domain.base import Sentence, say
from luoshi.office.answers import MEGABYTE, RejectedError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ADDRESSES = 384 * MEGABYTE
"""How much memory a child may ask for; bytes."""

LEAST_SECONDS, SECONDS_A_MEGABYTE, MOST_SECONDS = 1.5, 0.5, 10.0
"""CPU seconds of a child: a small file is read or refused within 2 s, a large one has more."""

ASKED = "LUOSHI_OFFICE_ASKED"
_WALL_SECONDS = 60
_STAGE = b"at "
_LEAST_LEFT = 0.1


def cpu_seconds(size: int) -> float:
    """The CPU seconds that a file of so many bytes may cost."""
    return min(MOST_SECONDS, LEAST_SECONDS + SECONDS_A_MEGABYTE * size / MEGABYTE)


def ask(asked: Mapping[str, object], data: bytes) -> dict[str, Any]:
    """Let a child do what is asked with the file; raises RejectedError and nothing else."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "luoshi.office.child"],
            input=data,
            capture_output=True,
            timeout=_WALL_SECONDS,
            check=False,
            env=os.environ | {ASKED: json.dumps(asked)},
        )
        code, out = done.returncode, done.stdout
    except subprocess.TimeoutExpired as error:
        code, out = 1, error.stdout or b""
    *stages, last = out.split(b"\n")
    if code == 0:
        answer: dict[str, Any] = json.loads(last.decode("utf-8", "surrogatepass"))
        if "rejected" in answer:
            raise RejectedError(sentence(answer["rejected"]), answer["marking"])
        return answer
    sheet = _STAGE + b"sheet" in stages
    raise RejectedError(say("office.sheet_too_big" if sheet else "office.too_heavy"))


def announce(stage: str) -> None:
    """The child's side: say what is begun, in case it does not come to an end."""
    if ASKED in os.environ:
        sys.stdout.buffer.write(_STAGE + stage.encode() + b"\n")
        sys.stdout.buffer.flush()


def allow(seconds: float) -> None:
    """The child's side: this is what it may use in all, its start counted, whatever the size."""
    if ASKED in os.environ:
        signal.setitimer(signal.ITIMER_PROF, max(_LEAST_LEFT, seconds - time.process_time()))


def grant(seconds: float) -> None:
    """The child's side: allow itself more time for a part that was read, as a long file needs."""
    if ASKED in os.environ:
        left, _ = signal.getitimer(signal.ITIMER_PROF)
        signal.setitimer(signal.ITIMER_PROF, left + seconds)


def as_data(sentences: Sequence[Sentence]) -> list[dict[str, object]]:
    """Sentences as JSON values."""
    return [{"code": one.code, "params": dict(one.params)} for one in sentences]


def sentence(data: Mapping[str, Any]) -> Sentence:
    """A sentence back from its JSON value."""
    return Sentence(data["code"], data["params"])
