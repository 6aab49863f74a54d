"""Automatic numbers of Word paragraphs, written out as the reader of the page sees them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from luoshi.office.package import read_xml

if TYPE_CHECKING:
    from collections.abc import Mapping

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_CHINESE = {
    "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
    "taiwaneseCountingThousand", "ideographDigital", "koreanCounting", "japaneseDigitalTenThousand",
}  # fmt: skip
_LEVELS = 9
_BULLET = "•"


@dataclass(slots=True)
class Level:
    """One level of a list: where it starts, how it counts, how the mark is written."""

    start: int = 1
    form: str = "decimal"
    pattern: str = ""
    legal: bool = False
    style: str = ""


@dataclass(slots=True)
class Numbering:
    """All lists of a document and how far each has counted."""

    abstracts: dict[str, dict[int, Level]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    overrides: dict[str, dict[int, int]] = field(default_factory=dict)
    _counts: dict[str, list[int | None]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def mark(self, list_id: str, depth: int) -> str:
        """Count one paragraph of a list and return its visible mark; empty for an unknown list."""
        abstract = self.lists.get(list_id)
        levels = self.abstracts.get(abstract or "", {})
        if abstract is None or not 0 <= depth < _LEVELS or depth not in levels:
            return ""
        counts = self._counts.setdefault(abstract, [None] * _LEVELS)
        restart = self.overrides.get(list_id, {}).get(depth)
        if restart is not None and (list_id, depth) not in self._begun:
            counts[depth] = restart
        else:
            held = counts[depth]
            counts[depth] = levels[depth].start if held is None else held + 1
        self._begun.add((list_id, depth))
        counts[depth + 1 :] = [None] * (_LEVELS - depth - 1)
        return _write(levels, counts, depth)

    def depth_of_style(self, list_id: str, style: str) -> int:
        """The level that a list ties to a paragraph style; the first where it ties none."""
        levels = self.abstracts.get(self.lists.get(list_id, ""), {})
        return next((n for n, level in levels.items() if level.style == style), 0)


def _write(levels: Mapping[int, Level], counts: list[int | None], depth: int) -> str:
    """Fill the pattern of a level (%1.%2) with the counts above it."""
    level = levels[depth]
    if level.form == "bullet":
        return _BULLET
    if level.form == "none":
        return ""
    mark = level.pattern
    for n in range(depth, -1, -1):
        upper = levels.get(n, Level())
        held = counts[n]
        value = upper.start if held is None else held
        form = "decimal" if level.legal else upper.form
        mark = mark.replace(f"%{n + 1}", figure(value, form))
    return mark + " " if mark[-1:].isalnum() and mark[-1:].isascii() else mark


def figure(value: int, form: str) -> str:  # noqa: PLR0911 - one return a counting form
    """A number in one of Word's counting forms; plain digits where the form is not known."""
    if form in _CHINESE:
        return chinese(value)
    match form:
        case "chineseLegalSimplified" | "ideographLegalTraditional":
            return "".join(_LEGAL[int(digit)] for digit in str(abs(value)))
        case "ideographTraditional":
            return _STEMS[(value - 1) % 10]
        case "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if 1 <= value <= 20:
            return chr(0x2460 + value - 1)
        case "decimalEnclosedParen" if 1 <= value <= 20:
            return chr(0x2474 + value - 1)
        case "upperLetter" | "lowerLetter" if value >= 1:
            letter = chr(ord("A") + (value - 1) % 26) * min(8, (value - 1) // 26 + 1)
            return letter if form == "upperLetter" else letter.lower()
        case "upperRoman" | "lowerRoman" if 1 <= value < 4000:
            return _roman(value) if form == "lowerRoman" else _roman(value).upper()
        case "decimalZero":
            return f"{value:02d}"
        case _:
            return str(value)


def chinese(value: int) -> str:
    """A number as Chinese counting writes it (十二, 一百零五); plain digits above 9999."""
    if not 0 <= value <= 9999:
        return str(value)
    if value == 0:
        return "零"
    out, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, unit)
        if digit:
            out += ("零" if gap and out else "") + _DIGITS[digit] + name
            gap = False
        else:
            gap = bool(out)
    return out.removeprefix("一") if out.startswith("一十") else out


def _roman(value: int) -> str:
    """A number in small Roman figures."""
    out = ""
    for unit, letters in _ROMAN:
        count, value = divmod(value, unit)
        out += letters * count
    return out


def read_numbering(data: bytes) -> Numbering:
    """Read `numbering.xml`; raises RejectedError where the XML is damaged."""
    found = Numbering()
    state: dict[str, str | int] = {"abstract": "", "list": "", "level": 0, "override": 0}

    def start(tag: str, attributes: dict[str, str]) -> None:
        name = tag.rsplit(" ", 1)[-1]
        values = {key.rsplit(" ", 1)[-1]: value for key, value in attributes.items()}
        if name == "abstractNum":
            state.update(abstract=values.get("abstractNumId", ""), list="")
            found.abstracts[str(state["abstract"])] = {}
        elif name == "num":
            state.update(abstract="", list=values.get("numId", ""))
        elif name == "abstractNumId" and state["list"]:
            found.lists[str(state["list"])] = values.get("val", "")
        elif name == "lvlOverride":
            state["override"] = whole(values.get("ilvl"))
        elif name == "startOverride" and state["list"]:
            held = found.overrides.setdefault(str(state["list"]), {})
            held[int(state["override"])] = whole(values.get("val"), 1)
        elif state["abstract"]:
            _read_level(found.abstracts[str(state["abstract"])], name, values, state)

    read_xml(data, start)
    return found


def _read_level(
    levels: dict[int, Level], name: str, values: Mapping[str, str], state: dict[str, str | int]
) -> None:
    """Take one element of a list definition into its level."""
    if name == "lvl":
        state["level"] = whole(values.get("ilvl"))
        levels[int(state["level"])] = Level()
        return
    level = levels.get(int(state["level"]))
    if level is None:
        return
    value = values.get("val", "")
    match name:
        case "start":
            level.start = whole(value, 1)
        case "numFmt":
            level.form = value
        case "lvlText":
            level.pattern = value[:40]
        case "isLgl":
            level.legal = value not in ("0", "false")
        case "pStyle":
            level.style = value
        case _:
            return


def whole(value: str | None, default: int = 0) -> int:
    """A small whole number out of an attribute, or the default; never raises."""
    text = (value or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else default
