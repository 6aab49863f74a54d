"""Text helpers shared by the laws: a matching copy of equal length, and Chinese numerals.

Official texts mix full-width and half-width signs and hide words behind letters (县W, 政F). A law
matches on the canonical copy and reports offsets of the original: both have the same length.
"""

from __future__ import annotations

import re
from typing import Final

_PAIRS: Final = {
    "，": ",",
    "；": ";",
    "：": ":",
    "！": "!",
    "？": "?",
    "（": "(",
    "）": ")",
    "【": "(",
    "】": ")",
    "．": ".",
    "％": "%",
    "～": "~",
    "〜": "~",
    "\u3000": " ",
    "\xa0": " ",
    "\r": " ",
    "｜": "|",
    "│": "|",
    "＊": "*",
    "×": "*",
    "＃": "#",
    "＿": "_",
    "－": "-",
    "–": "-",
    "‘": "'",
    "’": "'",
    "〇": "零",
}
_FULL: Final = {
    **{chr(0xFF10 + n): str(n) for n in range(10)},
    **{chr(0xFF21 + n): chr(65 + n) for n in range(26)},
    **{chr(0xFF41 + n): chr(97 + n) for n in range(26)},
}
_TABLE: Final = str.maketrans({**_PAIRS, **_FULL})

# Letters that stand for characters are read only beside the name of a body (县W, 政F, 镇D委).
_LETTERS: Final = (
    (re.compile(r"(?<=[省市县区镇乡村党D常])W(?![A-Za-z])"), "委"),
    (re.compile(r"(?<=政)F(?![A-Za-z])"), "府"),
    (re.compile(r"(?<![A-Za-z])D(?=[委W员组建政支史课校纪风群内的])"), "党"),
    (re.compile(r"(?<=[中党D])y(?![A-Za-z])"), "央"),
    (re.compile(r"(?<=[省市县区镇乡])Z(?=F|府)"), "政"),
)

_BETWEEN: Final = re.compile(r"[\W\d_]+")
_DIGITS: Final = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2}
_UNITS: Final = {"十": 10, "百": 100, "千": 1000}


def canon(text: str) -> str:
    """The matching copy: signs half-width, letters read as the characters they stand for."""
    copy = text.translate(_TABLE)
    for pattern, character in _LETTERS:
        copy = pattern.sub(character, copy)
    return copy


def pairs(text: str) -> frozenset[str]:
    """Every two neighbouring characters, signs and digits left out: how alike two texts are."""
    return frozenset(
        part[at : at + 2] for part in _BETWEEN.split(text) for at in range(len(part) - 1)
    )


def letters_read(text: str) -> bool:
    """Whether the text hides characters behind letters (县W, 政F, D员, 中y)."""
    return any(pattern.search(text) for pattern, _ in _LETTERS)


def numeral(word: str) -> int | None:
    """The value of a numeral, Chinese below 10,000 or ASCII (十二, 105); None if it is none."""
    if word.isascii():
        return int(word) if word.isdigit() and len(word) < 10 else None
    total = unit = digit = 0
    for character in word:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _UNITS:
            unit = _UNITS[character]
            total += (digit or 1) * unit
            digit = 0
        else:
            return None
    return total + digit if word else None
