"""What a cell says: text, a figure, nothing, or something that must not be guessed."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Final

from luoshi.domain.tables.models import Value
from luoshi.domain.text import canon

_BLANK: Final = re.compile(r"(?:[-—–/\\]{1,3}|无|暂无)?$")
_MASKED: Final = re.compile(
    r"(?:待补充?|待填|待报|待核实?|待定|[*_□○?]{1,8}|[Xx]{1,6}|\.{2,}|…+)$"
    r"|.*\d?[*□](?:[*□\d]|亿|万|元|%|个|家|户|亩|人|吨|公里|$)|(?:[Xx]{1,4})(?:亿|万|元|%|个|家|户|亩|人|年|月|日)"
)
_NUMBER: Final = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?$")
_FORMULA: Final = re.compile(r"[=@].|[+-](?!\s*[\d.,%]+\s*[%\w]{0,4}$).*[(!|]", re.DOTALL)
_SHORT: Final = 8
_HIDES: Final = re.compile(r"[待*＊×XxＸｘ□○_＿?？.．…]")
_WIDE: Final = str.maketrans("＝＠＋", "=@+")
_RUNS: Final = frozenset("=＝@＠+＋-－–")
_OPS: Final = {
    "≥": ">=", ">=": ">=", "=>": ">=", "不少于": ">=", "不低于": ">=", "以上": ">=",
    "≤": "<=", "<=": "<=", "=<": "<=", "不超过": "<=", "不高于": "<=", "以内": "<=",
    ">": ">", "大于": ">", "<": "<", "小于": "<", "=": "=", "等于": "=", "~": "~", "约": "~",
}  # fmt: skip
_LINES: Final = re.compile(r"[ \t]*\n\s*")
_INDENT: Final = "\u3000"
_EDGES: Final = " \t\r\n\u3000\xa0\ufeff"


def text_of(value: Value) -> str:
    """A cell as text: lines by LF, dates as 2026-03-31, figures without idle zeros; "" if blank."""
    if value is None:
        return ""
    if isinstance(value, str):
        text = value.strip(_EDGES)
        broken = "\n" in text or "\r" in text
        return _LINES.sub("\n", re.sub("\r\n?", "\n", text)) if broken else text
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        plain = format(value, "f")
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    return str(value)


def title_of(value: Value) -> str:
    """A cell as one line: a break inside Chinese text vanishes, elsewhere it becomes a blank."""
    text = text_of(value)
    if "\n" not in text:
        return text
    joined = re.sub(r"(?<=[^\x00-\x7f])\n(?=[^\x00-\x7f])", "", text)
    return re.sub(r"\s*\n\s*", " ", joined)


def indent_of(value: Value) -> int:
    """How many full-width blanks a text begins with: the depth that an office indents by."""
    return len(value) - len(value.lstrip(_INDENT)) if isinstance(value, str) else 0


def blank(text: str) -> bool:
    """Whether a cell says nothing: empty, a dash, a slash, 无."""
    return len(text) <= _SHORT and bool(_BLANK.match(canon(text).strip()))


def masked(text: str) -> bool:
    """Whether a cell hides or owes its value (待补, *亿元, XX): to be filled in, never 0."""
    return _HIDES.search(text) is not None and bool(_MASKED.match(canon(text).strip()))


def dangerous(text: str) -> bool:
    """Whether a text would run in a spreadsheet: =, @, or + and - before a call.

    -3, +8% and -2.5万元 are figures, a lone = is a comparison.
    """
    bare = text.strip()
    return bare[:1] in _RUNS and bare != "" and bool(_FORMULA.match(canon(bare.translate(_WIDE))))


def number_of(value: Value) -> Decimal | None:
    """The figure of a cell, exact: 1,200 and １２００ too; None where it is no figure."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | Decimal):
        return Decimal(value)
    if not isinstance(value, str):
        return None
    text = re.sub(r"\s+", "", canon(value)).removesuffix("%")
    if not _NUMBER.match(text) or len(text) > 30:
        return None
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None


def op_of(text: str) -> str | None:
    """The comparison a cell states (≥, 不少于, =): as the ledger keeps it; None: none of them."""
    return _OPS.get(text.strip()) or _OPS.get(canon(text).strip())
