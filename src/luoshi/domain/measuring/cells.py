"""What a person typed or pasted into a cell: a figure, nothing, or a fault told in words."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, Inexact, localcontext

from luoshi.domain.base import Quantity, Sentence, say

BLANKS = frozenset({"", "-", "--", "—", "——", "/", "待补", "无数据", "n/a", "na", "null"})
"""What stands for "not known"; none of them is zero."""
_NUMBER = re.compile(r"[+-]?(\d[\d,]*)?(\.\d+)?")
_PARTED = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,4}(?:,\d{4})+|\d+|")
_SIGNS = str.maketrans({"，": ",", "。": ".", "−": "-", "–": "-", "﹣": "-", "＋": "+"})
DIGITS = 14
"""Digits before the point that a figure may have; more is a slip of the keyboard."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What was understood: `value` in the indicator's measure, or `fault`; neither is blank."""

    value: Decimal | None = None
    fault: Sentence | None = None
    converted_from: str = ""


def read_cell(text: str, measure: str, decimals: int, *, negative: bool = False) -> Cell:
    """Read a cell in the indicator's unit of measure, exactly or not at all.

    Full-width digits, thousands separators (by three or by four), a percent sign on a percentage,
    and a unit that converts exactly (亿元 to 万元) are understood. Text, a unit that measures
    something else (户 for 人), a figure finer than the indicator's precision and a negative one
    where none can be are faults: nothing is guessed, nothing rounded.
    """
    written = _plain(text)
    if written.lower() in BLANKS:
        return Cell()
    taken = _taken(written, text, measure)
    if isinstance(taken, Sentence):
        return Cell(fault=taken)
    value, unit = taken
    fault = _misfit(value, text, decimals, negative=negative)
    return Cell(fault=fault) if fault else Cell(value, converted_from=unit)


def _taken(written: str, text: str, measure: str) -> tuple[Decimal, str] | Sentence:
    """The figure in the indicator's measure and the unit it came in, where that is another."""
    match = _NUMBER.match(written)
    unit = written[match.end() :] if match else ""
    if match is None or not _is_number(match[1] or "", match[2] or "", unit):
        return say("measuring.no_number", text=_short(text))
    value = Decimal(match[0].replace(",", ""))
    if value.adjusted() >= DIGITS:
        return say("measuring.too_large", text=_short(text))
    converted = _converted(value, unit, measure)
    if isinstance(converted, Sentence):
        return converted
    return converted, unit if unit != _plain(measure) else ""


def _plain(text: str) -> str:
    """Half-width, without blanks, with the signs that offices type for comma, point and minus."""
    return "".join(unicodedata.normalize("NFKC", text.translate(_SIGNS)).split())


def _short(text: str) -> str:
    return text if len(text) <= 20 else text[:20] + "…"


def _is_number(whole: str, part: str, rest: str) -> bool:
    """Whether digits, separators and what follows make one figure and a unit."""
    figure = bool(whole or part) and _PARTED.fullmatch(whole) is not None
    return figure and not re.search(r"[\d.,+-]", rest)


def _converted(value: Decimal, unit: str, measure: str) -> Decimal | Sentence:
    """The value in the indicator's measure, or why it does not convert."""
    wanted = _plain(measure)
    if not unit or unit == wanted:
        return value
    try:
        with localcontext() as exactly:
            exactly.traps[Inexact] = True  # 亩 to 公顷 does not always come out even
            there = Quantity(value, unit).to(wanted).value
    except ValueError:
        return say("measuring.other_unit", unit=unit, measure=measure)
    except Inexact:
        return say("measuring.not_even", unit=unit, measure=measure)
    assert there is not None
    return there


def _misfit(value: Decimal, text: str, decimals: int, *, negative: bool) -> Sentence | None:
    if value < 0 and not negative:
        return say("measuring.negative", text=_short(text))
    if value != round(value, decimals):
        return say("measuring.too_fine", text=_short(text), decimals=decimals)
    if value.adjusted() >= DIGITS:
        return say("measuring.too_large", text=_short(text))
    return None
