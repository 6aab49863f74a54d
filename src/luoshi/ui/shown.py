"""How values are shown: dates, shares, days, in the language of the page. Exact, no floats.

Chinese writes 6月30日 and 9天, English 30 June and 9 days; tables write 2026-06-30 in both.
Text that holds Han is marked `lang="zh-Hans"` on an English page, because data stays as typed.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

OFFICE = ZoneInfo("Asia/Shanghai")
HAN = re.compile(
    "[\u2e80-\u2fdf\u3001-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff65]+"
)
MINUS = "\u2212"


def in_english() -> bool:
    """Whether the page is being shown in English."""
    return (get_language() or "zh-hans").startswith("en")


def zh(value: object) -> SafeString:
    """Data as typed, escaped; on an English page inside `lang="zh-Hans"` when it holds Han."""
    text = "" if value is None else str(value)
    if in_english() and HAN.search(text):
        return format_html('<span lang="zh-Hans">{}</span>', text)
    return escape(text)


def mark_han(text: str) -> SafeString:
    """Escaped prose; on an English page each run of Han is marked as Chinese."""
    if isinstance(text, SafeString):
        return text
    safe = escape(text)
    if not in_english():
        return safe
    # The text is escaped already, and Han holds nothing that escaping touches.
    return mark_safe(HAN.sub(r'<span lang="zh-Hans">\g<0></span>', safe))  # noqa: S308


def local(moment: datetime) -> datetime:
    """A moment on the office's clock; a naive one is taken as it stands."""
    return moment.astimezone(OFFICE) if moment.tzinfo else moment


def day(value: date, style: str = "") -> str:
    """A day in a table (2026-06-30) or, with style "sentence", in prose (6月30日, 30 June)."""
    if style != "sentence":
        if isinstance(value, datetime):
            return local(value).strftime("%Y-%m-%d %H:%M")
        return value.isoformat()
    shown = local(value) if isinstance(value, datetime) else value
    if in_english():
        return f"{shown.day} {_MONTHS[shown.month - 1]}"
    return f"{shown.month}月{shown.day}日"


_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def bound(op: str) -> str:
    """The word of a comparison before its figure: ">=" is 不少于, "~" is 约; "=" needs none."""
    words = {">=": _("不少于"), "<=": _("不超过"), ">": _("超过"), "<": _("少于"), "~": _("约")}
    return str(words.get(op, ""))


def plain(value: Decimal) -> str:
    """A figure without idle zeros: 12.50 is 12.5, 100.00 is 100."""
    return f"{value.normalize():f}".replace("-", MINUS)


def signed(value: Decimal) -> str:
    """A difference with its sign: +2.5, −8, 0."""
    return f"+{plain(value)}" if value > 0 else plain(value)


def ratio(value: Fraction, places: int) -> str:
    """An exact fraction at so many places, half away from zero."""
    whole = (2 * abs(value.numerator) * 10**places + value.denominator) // (2 * value.denominator)
    sign = MINUS if value < 0 and whole else ""
    return f"{sign}{Decimal(whole).scaleb(-places):f}"


def tenths(basis_points: int) -> str:
    """Basis points as a percentage with one decimal, halves away from zero: 5236 -> 52.4."""
    size = (abs(basis_points) + 5) // 10
    sign = MINUS if basis_points < 0 and size else ""
    return f"{sign}{size // 10}.{size % 10}"


def points(basis_points: int) -> str:
    """A difference of shares with its sign: -640 -> −6.4, 180 -> +1.8."""
    text = tenths(basis_points)
    return text if text.startswith(MINUS) or text == "0.0" else f"+{text}"


def days(count: int) -> str:
    """A count of days in words: 9天, 9 days."""
    if in_english():
        return f"{count} day" if abs(count) == 1 else f"{count} days"
    return f"{count}天"


def put_off(task: Any) -> SafeString:  # noqa: ANN401 - a task of the ledger, or None
    """`{{ task.due_on|day }}{% put_off task %}`: 延2次 beside a deadline that was moved."""
    if task is None or not task.due_moves:
        return mark_safe("")
    first = task.first_due_on
    word = _("延%(n)d次") % {"n": task.due_moves}
    was = _("原定 %(day)s") % {"day": first.isoformat()} if first else ""
    title = format_html(' title="{}"', was) if was else ""
    return format_html(' <span class="moved"{}>{}</span>', title, word)


def missing() -> SafeString:
    """What nobody has said yet: 待补, never 0."""
    return format_html('<span class="todo">{}</span>', _("待补"))
