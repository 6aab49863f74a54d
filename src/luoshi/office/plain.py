"""What office files may not hold: control characters, and text that a spreadsheet would run."""

from __future__ import annotations

import re
from collections.abc import Iterable

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_FORMULA = re.compile(r"^[\s\ufeff\u200b]*[=+\-@＝＋－＠|%]|^[\t\r\n]")


def printable(text: str) -> str:
    """The text without characters that XML forbids; CR becomes LF."""
    return _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def runs_as_formula(text: str) -> bool:
    """Whether a spreadsheet might take a text for a formula (= + - @, wide forms, tab, CR)."""
    return bool(_FORMULA.match(text))


def defused(text: str) -> str:
    """The text for a format without types (csv): an apostrophe stands before what might run."""
    text = _ILLEGAL.sub("", text)
    return f"'{text}" if runs_as_formula(text) else text


def shown(words: Iterable[str], most: int = 3, length: int = 16) -> str:
    """The first few of what was left out, shortened, each once: “甲”、“乙”等."""
    known = list(dict.fromkeys(" ".join(word.split()) for word in words if word.strip()))
    told = [word if len(word) <= length else f"{word[: length - 1]}…" for word in known[:most]]
    return "、".join(f"“{word}”" for word in told) + ("等" if len(known) > most else "")
