"""Which paper of a meeting a file is, and what became of each file. No writing here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from luoshi.domain.base import Sentence
from luoshi.files.actions import Screened
from luoshi.office.answers import Kind

MOST_FILES = 100
"""The most files of one upload; more are sent in a second one."""

_WORDS = (
    ("table", ("任务表", "分解表", "分工", "清单", "台账")),
    ("decision", ("决定", "决议")),
    ("speech", ("讲话", "发言", "致辞")),
    ("report", ("报告", "要点", "总结")),
)


@dataclass(frozen=True, slots=True)
class Turned:
    """A file that was not taken: its number, why, and its name unless it bears a marking (R71)."""

    number: int
    name: str
    why: Sentence


@dataclass(slots=True)
class Sorted:
    """The files of an upload, those that passed the gate and those that did not."""

    passed: list[tuple[int, Screened]] = field(default_factory=list)
    turned: list[Turned] = field(default_factory=list)


def role_of(name: str, kind: Kind) -> str:
    """Which paper of the meeting a file is, by its kind and the words of its name."""
    if kind == "sheet":
        return "table"
    return next((role for role, words in _WORDS if _any(words, name)), "other")


def _any(words: Iterable[str], name: str) -> bool:
    return any(word in name for word in words)
