"""F05, F06, F07: a day that does not exist, a limit already past, a limit on a day off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from luoshi.domain.base import Sentence, month_end, say
from luoshi.domain.factcheck.models import Doubt
from luoshi.domain.factcheck.page import Page
from luoshi.domain.workdays import FIRST_YEAR, LAST_YEAR, WorkCalendar

_DAY: Final = re.compile(
    r"(?<![\d.])(?:(?P<year>20\d\d) ?年|(?P<rel>今年|明年|去年|上年|次年|当年)的?)? ?"
    r"(?P<month>\d{1,2}) ?月 ?(?P<day>\d{1,2}) ?[日号](?!线|楼|令|文|院|地块|公路)"
    r"(?:\((?:星期|周)(?P<week>[一二三四五六日天])\))?"
    r"(?P<limit>(?:(?:上午|下午|晚)?\d{1,2}(?:[时点](?:\d{1,2}分|半)?|:\d\d))?(?:之?前|以前|止|截止|内))?"
)
_ISO: Final = re.compile(
    r"(?<![\d.])(?P<year>20\d\d)(?P<s>[-/.])(?P<month>\d{1,2})(?P=s)(?P<day>\d{1,2})(?![\d.])"
)
_MONTH: Final = re.compile(
    r"(?<![\d.\-—~至到、月])(?:(?P<year>20\d\d) ?年|(?P<rel>今年|明年|去年|上年|次年|当年)的?)?"
    r"(?P<month>1[0-2]|[1-9])月(?:底|末)(?:之?前|以前)"
)
_BACK: Final = re.compile(
    r"每年|原定|原计划|本应|应于|已[经于]?|截[至止]|自|去年|上年|曾|未能|未按|逾期|此前"
)
_LINE: Final = re.compile(
    r"^[ (]*(?P<y>20\d\d) ?年 ?(?P<m>\d{1,2}) ?月 ?(?P<d>\d{1,2}) ?日[ )]*$", re.MULTILINE
)
_HEAD: Final = re.compile(
    r"^[ (]*(?P<y>20\d\d) ?年 ?(?P<m>\d{1,2}) ?月 ?(?P<d>\d{1,2}) ?日", re.MULTILINE
)
_DUTY: Final = frozenset({"task", "indicator", "goal"})
_WEEK: Final = "一二三四五六日"
_AROUND: Final = 12


@dataclass(frozen=True, slots=True)
class _Named:
    start: int
    end: int
    year: int | None
    written: bool
    month: int
    day: int
    limit: bool
    week: str


def dated_on(page: Page) -> date | None:
    """The date the text bears: given, or a line of its own at the end, or at the head."""
    if page.paper.dated_on is not None:
        return page.paper.dated_on
    last = list(_LINE.finditer(page.text, max(0, len(page.text) - 400)))
    found = last[-1] if last else _HEAD.search(page.text, 0, 400)
    if found is None:
        return None
    try:
        return date(int(found["y"]), int(found["m"]), int(found["d"]))
    except ValueError:
        return None


def check_dates(page: Page, calendar: WorkCalendar | None) -> Iterator[Doubt]:
    """Days that are not in the calendar, limits that lie before the text's own date, days off."""
    bears = dated_on(page)
    for named in _named(page):
        wrong = _impossible(page, named)
        if wrong is not None:
            yield wrong
        elif named.year is not None:
            day = date(named.year, named.month, named.day)
            yield from _real_day(page, named, day, bears, calendar)
    for match in _MONTH.finditer(page.text):
        year = _year(page, match["year"], match["rel"])
        if year is not None and _duty(page, match.start()):
            day = month_end(year, int(match["month"]))
            if (past := _past(page, match.start(), match.end(), day, bears)) is not None:
                yield past


def limits(page: Page) -> Iterator[tuple[int, int, date]]:
    """Every day by which something is demanded: its place, and the day."""
    for named in _named(page):
        if named.year is None or not named.limit or _impossible(page, named) is not None:
            continue
        if _duty(page, named.start):
            yield named.start, named.end, date(named.year, named.month, named.day)


def _real_day(
    page: Page, named: _Named, day: date, bears: date | None, calendar: WorkCalendar | None
) -> Iterator[Doubt]:
    weekday = _weekday(named, day)
    if weekday is not None:
        yield weekday
    if not (named.limit and _duty(page, named.start)):
        return
    if (past := _past(page, named.start, named.end, day, bears)) is not None:
        yield past
    elif calendar is not None and (off := _day_off(page, named, day, calendar)) is not None:
        yield off


def _year(page: Page, written: str | None, relative: str | None) -> int | None:
    if written:
        return int(written)
    year = page.paper.year
    if year is None:
        return None
    return year + {"明年": 1, "次年": 1, "去年": -1, "上年": -1}.get(relative or "", 0)


def _named(page: Page) -> Iterator[_Named]:
    for match in _DAY.finditer(page.text):
        written = match["year"] is not None
        year = _year(page, match["year"], match["rel"])
        yield _Named(
            match.start(),
            match.end(),
            year,
            written,
            int(match["month"]),
            int(match["day"]),
            match["limit"] is not None,
            match["week"] or "",
        )
    for match in _ISO.finditer(page.text):
        yield _Named(
            match.start(),
            match.end(),
            int(match["year"]),
            written=True,
            month=int(match["month"]),
            day=int(match["day"]),
            limit=page.text.startswith(("前", "之前", "止"), match.end()),
            week="",
        )


def _impossible(page: Page, named: _Named) -> Doubt | None:
    """2月30日 never exists; 2月29日 depends on the year, so the year must be known."""
    month, day = named.month, named.day
    words = page.words(named.start, named.end)
    if not 1 <= month <= 12:
        return _no_day(named, say("factcheck.F05.month", words=words, month=month))
    longest = month_end(2024, month).day
    if not 1 <= day <= longest:
        return _no_day(named, say("factcheck.F05.day", words=words, month=month, last=longest))
    if named.year is not None and day > month_end(named.year, month).day:
        return _no_day(named, say("factcheck.F05.leap", words=words, year=str(named.year)))
    return None


def _no_day(named: _Named, why: Sentence) -> Doubt:
    return Doubt("F05", "error", named.start, named.end, why, say("factcheck.F05.remedy"))


def _weekday(named: _Named, day: date) -> Doubt | None:
    """2026年3月5日（星期五） must be a Friday; without a year, that of the plan is meant."""
    said = named.week.replace("天", "日")
    right = _WEEK[day.weekday()]
    if not said or said == right:
        return None
    return Doubt(
        "F05",
        "error" if named.written else "warning",
        named.start,
        named.end,
        say("factcheck.F05.weekday", day=day, said=said, right=right),
        say("factcheck.F05.remedy_weekday"),
    )


def _duty(page: Page, at: int) -> bool:
    """Whether the date limits something to be done: in a clause that asks, and not told as past."""
    clause = page.clause(at)
    if clause is None or clause.kind not in _DUTY or clause.part == "review":
        return False
    start, _ = page.sentence(at)
    return _BACK.search(page.text, max(start, at - _AROUND), at) is None


def _past(page: Page, start: int, end: int, day: date, bears: date | None) -> Doubt | None:
    """Before the date the text bears; without one, in a year before the plan year."""
    year = page.paper.year
    if bears is not None and day < bears:
        if bears.month >= 10 and day.month <= 4 and not re.search(r"20\d\d", page.text[start:end]):
            return None  # 3月底前 in a paper of November means the spring to come
        why = say("factcheck.F06", words=page.words(start, end), day=day, dated=bears)
    elif bears is None and year is not None and day.year < year:
        why = say("factcheck.F06.year", words=page.words(start, end), year=str(year))
    else:
        return None
    return Doubt("F06", "warning", start, end, why, say("factcheck.F06.remedy"))


def _day_off(page: Page, named: _Named, day: date, calendar: WorkCalendar) -> Doubt | None:
    """A limit on a day off; the last day of a month is said softly: the month is meant."""
    if not FIRST_YEAR < day.year < LAST_YEAR or calendar.is_workday(day):
        return None
    words, week = page.words(named.start, named.end), _WEEK[day.weekday()]
    if not calendar.flagged(day.year):
        why = say("factcheck.F07", words=words, day=day, week=week)
    elif day.weekday() < 5:
        return None
    else:
        why = say("factcheck.F07.without_notice", words=words, day=day, week=week)
    before, after = calendar.on_or_before(day), calendar.on_or_after(day)
    last_of_month = (day + timedelta(days=1)).month != day.month
    return Doubt(
        "F07",
        "info" if last_of_month else "warning",
        named.start,
        named.end,
        why,
        say("factcheck.F07.remedy", before=before, after=after),
    )
