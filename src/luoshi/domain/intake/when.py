"""By when, as an office types it: 今天17:00, 周五, 6.25下午3点, 3个工作日内, 月底."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from luoshi.domain.base import Sentence, month_end, say
from luoshi.domain.text import canon, numeral

CLOSE: Final = time(18, 0)
NOON: Final = time(12, 0)
PASSED: Final = timedelta(days=180)
"""A day without a year that lies further back than this is next year's."""
_DAYS: Final[Mapping[str, int]] = {
    "今天": 0, "今日": 0, "今": 0, "明天": 1, "明日": 1, "明": 1, "后天": 2, "大后天": 3,
}  # fmt: skip
_WEEK: Final = {c: n for n, c in enumerate("一二三四五六日")} | {"天": 6} | {
    str(n + 1): n for n in range(7)
}  # fmt: skip
_NUMBER: Final = r"\d{1,3}|[一二两三四五六七八九十]{1,3}"
_HOUR: Final = re.compile(
    r"(?P<half>上午|下午|晚上?|早上|中午)?\s*(?P<h>\d{1,2}|[一二三四五六七八九十]{1,3})"
    r"(?::(?P<m>\d{2})|(?:点钟?|时)(?:(?P<m2>\d{1,2})分?|(?P<thirty>半)|整)?)$"
)
_WORDS: Final = (("下班", CLOSE), ("上午", NOON), ("中午", NOON), ("下午", CLOSE))
_YEAR_DAY: Final = re.compile(r"(\d{4})(?:年|[-./])(\d{1,2})(?:月|[-./])(\d{1,2})[日号]?$")
_MONTH_DAY: Final = re.compile(r"(\d{1,2})(?:月|[-./])(\d{1,2})[日号]?$")
_PLAIN: Final = re.compile(r"(\d{4})?(\d{2})(\d{2})$")
_OF_MONTH: Final = re.compile(r"(\d{1,2})[日号]$")
_WEEKDAY: Final = re.compile(r"(下下|下|本|这)?个?(?:周|星期|礼拜)([一二三四五六日天1-7])$")
_WITHIN: Final = re.compile(rf"\+?({_NUMBER})(?:(个?工作日|天|周)(?:之?内|后)?|日(?:之?内|后))$")
_PLUS: Final = re.compile(r"\+(\d{1,3})$")
_MONTH_END: Final = re.compile(r"(?:(\d{1,2})月|(本|这|下)个?月)?(?:月?[底末])$")

AddWorkdays = Callable[[date, int], date]


@dataclass(frozen=True, slots=True)
class When:
    """A day, and the hour where one decides."""

    day: date
    hour: time | None = None

    def instant(self, zone: object) -> datetime | None:
        """The hour as an instant in the office's zone; None where only the day counts."""
        if self.hour is None:
            return None
        return datetime.combine(self.day, self.hour, zone)  # type: ignore[arg-type]


def read_when(text: str, today: date, add_workdays: AddWorkdays) -> When | Sentence:
    """Read a day, with or without its hour, against today; a sentence where it cannot be read.

    A weekday is the next one (本周 and 下周 say which week); a day without month is this month's,
    or the next month's once it has passed; a month and day without year is this year's, or next
    year's where it lies more than half a year back. 工作日 run on `add_workdays`. An hour alone is
    today's. What is not understood is never guessed.
    """
    said = "".join(canon(text).split()).rstrip(".,;!")
    said = re.sub(r"(?:之?前|以前|截止|为止)$", "", said)
    if not said:
        return say("intake.when_missing")
    rest, hour = _hour(said)
    if isinstance(hour, Sentence):
        return hour
    day = _day(rest, today, add_workdays) if rest else today
    if day is None:
        return say("intake.when_unknown", said=text.strip())
    return When(day, hour)


def _hour(said: str) -> tuple[str, time | Sentence | None]:
    """Part the hour from the end; the rest says the day."""
    for word, hour in _WORDS:
        if said.endswith(word):
            return said.removesuffix(word), hour
    found = _HOUR.search(said)
    if found is None or _runs_on(said[: found.start()]):
        return said, None
    hour_number = numeral(found["h"])
    minute = 30 if found["thirty"] else int(found["m"] or found["m2"] or 0)
    if hour_number is None or minute > 59 or hour_number > 24:
        return said, say("intake.hour_unknown", said=said)
    spoken = not found["half"] and not found["m"] and 1 <= hour_number <= 6
    if spoken or (found["half"] in {"下午", "晚", "晚上"} and hour_number < 12):
        hour_number += 12  # 5点 is the afternoon's: no office asks for anything at five at night
    last = time(23, 59) if hour_number == 24 else time(hour_number, minute)
    return said[: found.start()], last


def _runs_on(before: str) -> bool:
    """Whether the digits of the hour run on from others that are no date (6.2517:00)."""
    dated = (_YEAR_DAY, _MONTH_DAY, _PLAIN)
    return before[-1:].isdigit() and not any(form.fullmatch(before) for form in dated)


def _day(said: str, today: date, add_workdays: AddWorkdays) -> date | None:
    if said in _DAYS:
        return today + timedelta(days=_DAYS[said])
    for reader in (_dated, _weekday, _end):
        day = reader(said, today)
        if day is not None:
            return day
    return _within(said, today, add_workdays)


def _dated(said: str, today: date) -> date | None:
    if found := _YEAR_DAY.fullmatch(said):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if found := _PLAIN.fullmatch(said):
        year = int(found[1]) if found[1] else today.year
        return _near(_date(year, int(found[2]), int(found[3])), today, fixed=bool(found[1]))
    if found := _MONTH_DAY.fullmatch(said):
        return _near(_date(today.year, int(found[1]), int(found[2])), today)
    if found := _OF_MONTH.fullmatch(said):
        day = int(found[1])
        first = today if day >= today.day else month_end(today.year, today.month) + timedelta(1)
        return _date(first.year, first.month, day)
    return None


def _near(day: date | None, today: date, *, fixed: bool = False) -> date | None:
    if day is None or fixed or today - day <= PASSED:
        return day
    return _date(day.year + 1, day.month, day.day)


def _weekday(said: str, today: date) -> date | None:
    found = _WEEKDAY.fullmatch(said)
    if found is None:
        return None
    monday = today - timedelta(days=today.weekday())
    day = monday + timedelta(days=_WEEK[found[2]])
    match found[1]:
        case "下":
            return day + timedelta(days=7)
        case "下下":
            return day + timedelta(days=14)
        case None if day < today:
            return day + timedelta(days=7)
    return day


def _end(said: str, today: date) -> date | None:
    if said in {"年底", "年末", "今年底"}:
        return date(today.year, 12, 31)
    if said in {"季度末", "本季度末", "季末", "季底"}:
        return month_end(today.year, (today.month + 2) // 3 * 3)
    found = _MONTH_END.fullmatch(said)
    if found is None:
        return None
    if found[2] == "下":
        first = month_end(today.year, today.month) + timedelta(1)
        return month_end(first.year, first.month)
    month = int(found[1]) if found[1] else today.month
    return _near(month_end(today.year, month), today) if 1 <= month <= 12 else None


def _within(said: str, today: date, add_workdays: AddWorkdays) -> date | None:
    if found := _PLUS.fullmatch(said):
        return today + timedelta(days=int(found[1]))
    found = _WITHIN.fullmatch(said)
    count = numeral(found[1]) if found else None
    if found is None or count is None:
        return None
    if found[2] and found[2].endswith("工作日"):
        return add_workdays(today, count)
    return today + timedelta(days=count * (7 if found[2] == "周" else 1))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
