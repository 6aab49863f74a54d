"""Deadlines: how a time limit is written, and what day, period or rhythm it means."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from luoshi.domain.base import month_end
from luoshi.domain.extraction.models import Deadline, Festivals
from luoshi.domain.text import numeral

_YEAR: Final = r"(?:(?P<year>20\d{2})年|(?P<rel>今年|明年|本年|当年|本年度|次年|后年))?"
_MONTH: Final = r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月"
_SOLAR: Final = {
    "元旦": (1, 1),
    "三八": (3, 8),
    "五一": (5, 1),
    "劳动节": (5, 1),
    "六一": (6, 1),
    "七一": (7, 1),
    "八一": (8, 1),
    "国庆": (10, 1),
    "十一": (10, 1),
}
_LUNAR: Final = {
    "春节": "春节",
    "除夕": "除夕",
    "元宵": "元宵",
    "清明": "清明",
    "端午": "端午",
    "中秋": "中秋",
    "重阳": "重阳",
    "七夕": "七夕",
    "腊八": "腊八",
    "小年": "小年",
}
_FESTIVAL: Final = "|".join((*_LUNAR, *_SOLAR))
_TIME: Final = r"(?:(?:上午|下午|晚)?\d{1,2}(?::\d{2}|[时点](?:\d{1,2}分|半)?))?"
_FORMS: Final[tuple[tuple[str, str], ...]] = (
    (
        "recurring",
        (
            r"(?<!人均)(?<!户均)(?<!每人)(?<!每户)每(?:半?年度?|个?季度?末?月?|季度末月|半个?月|个?月|周|星期|日|天|旬|学期|两周|双月)(?:的(?=末|底|\d{1,2}[日号]))?"
            r"(?:末月?|底|初)?(?:\d{1,2}[日号](?:之?前)?)?(?=[^的均度人户元平公\d]|\d{1,3}[次场篇条个件期日号天]|$)"
            r"|(?:逐(?:年|季度?|月|周|旬|日|天)|按(?:月|季度?(?!节)|周|旬|日))(?=[一-鿿])"
        ),
    ),
    (
        "window",
        _YEAR + _MONTH + r"(?P<d1>\d{1,2})[日号]?(?:至|到|—+|-|~)(?:(?P<m2>\d{1,2})月)?"
        r"(?P<day>\d{1,2})[日号](?:之?前)?",
    ),
    (
        "day",
        _YEAR
        + _MONTH
        + r"(?P<day>[12]\d|3[01]|0?[1-9])[日号]?(?:\([^()]{1,6}\))?"
        + _TIME
        + r"(?:之?前|以前|截止|底前|止|内|,?前)",
    ),
    (
        "iso",
        r"(?P<year>20\d{2})[-./](?P<month>1[0-2]|0?[1-9])[-./](?P<day>[12]\d|3[01]|0?[1-9])(?:之?前)?",
    ),
    (
        "by",
        r"(?:于|在|截至|截止|至|到)" + _YEAR + _MONTH + r"(?P<day>[12]\d|3[01]|0?[1-9])[日号]"
        r"(?=(?:完成|建成|开工|投产|提交|报送|上报|正式|启动|交付)|$)",
    ),
    (
        "by",
        _YEAR + _MONTH + r"(?P<day>[12]\d|3[01]|0?[1-9])[日号]"
        r"(?=(?:正式|全面|建成)?(?:投入|投用|投产|开工|开业|启用|通车|运营|完工|竣工))",
    ),
    (
        "by",
        r"从[^,。;\d]{1,8}(?:起|开始)?,?(?:至|到)"
        + _YEAR
        + _MONTH
        + r"(?P<day>[12]\d|3[01]|0?[1-9])[日号]",
    ),
    ("tenday", _YEAR + _MONTH + r"(?P<ten>上旬|中旬|下旬)(?:之?前)?"),
    ("month", _YEAR + _MONTH + r"(?:份)?(?P<edge>底之?前|底|末之?前|末|初之?前|份?之?前|初)"),
    (
        "inmonth",
        _YEAR + _MONTH + r"(?=(?:正式|全面)?(?:建成|投产|投用|竣工|完工|通车|启用|交付))",
    ),
    ("inmonth", _YEAR + _MONTH + r"份(?=完成|建成|开工|投产|竣工|投用|交付|启动|实现|拿出|报)"),
    (
        "range",
        _YEAR
        + r"(?P<m1>\d{1,2})月?(?:份)?(?:至|到|—+|-|~)"
        + _MONTH.replace("month", "m2")
        + r"(?:份|底|末)?(?:之?前)?(?!\d)",
    ),
    (
        "lunar",
        (
            r"(?:农历)?正月(?P<lunar>初[一二三四五六七八九十]|十[一二三四五六七八九]?|二十[一二三四五六七八九]?|"
            r"廿[一二三四五六七八九]?|三十|底|内|里)(?:日|号)?(?:之?前|以前|节前)?"
        ),
    ),
    (
        "festival",
        _YEAR + rf"[“\"]?(?P<feast>{_FESTIVAL})[”\"]?(?:节|假期)?(?:日)?(?:之?前|前夕|前后|期间)",
    ),
    (
        "yearend",
        (
            r"(?<![\d一二三四五六七八九十两几多百数去上往前近每])(?:(?P<year>20\d{2})(?=年)|(?P<rel>今|明|本|当)(?=年))?"
            r"(?:年(?=年))?(?:年(?P<end>底之?前|底以前|末之?前|内|底|末)(?!考|总)|岁末(?!年初))"
        ),
    ),
    (
        "quarter",
        _YEAR + r"(?P<quarter>(?:第)?[一二三四1-4]季度)(?P<qedge>末之?前|底之?前|末|底|之?前|内)?",
    ),
    ("half", _YEAR + r"(?P<half>上半年|下半年)(?P<hedge>之?前|底前|内|末)?"),
    (
        "whole",
        _YEAR + r"(?P<whole>全年)(?!未|没|性|任务|目标|工作|各项|的|计划|度|经济|总|预算|,?指标)",
    ),
    (
        "relative",
        (
            r"(?<![近前过去满连续每])(?:\d{1,3}|[一二两三四五六七八九十]{1,3})个?"
            r"(?:工作日|小时|自然日|日|天|月|周|年|分钟)(?:之?内|以内|前)"
        ),
    ),
    ("plan", r"[“\"]?十[四五六七]五[”\"]?(?:时?期)?(?:规划)?(?P<five>末|期末)"),
    ("upto", r"(?<!年)(?:到|至)(?P<year>20\d{2})年(?:底|末)?(?:前)?(?!度|以)"),
    ("ongoing", r"(?:长期坚持|常年坚持)"),
    (
        "vague",
        (
            r"(?:会后|散会后|汛期?(?:到来|来临)?之?前|入汛之?前|春耕(?:生产)?之?前|秋收之?前|入冬之?前|供暖(?:期|季)?之?前|"
            r"(?:\d{1,2}月)?(?:秋季|春季|新学期)?开学之?前|雨季(?:来临)?之?前|主汛期之?前|[一-鿿]{2,6}节前(?!夕)|近期|尽快|即日起|"
            r"年中(?:之?前)?)"
        ),
    ),
)
_PATTERNS: Final = tuple((name, re.compile(body)) for name, body in _FORMS)
_HINT: Final = re.compile(
    r"[月季旬号节]|年[底末内前中初]|[底末]之?前|上半年|下半年|全年|每|逐|按|工作日|小时|分钟|[日天周年]之?内|"
    r"20\d\d|会后|前|近期|尽快|长期|常年|即日|期末|五”?末"
)
# 年底 and 全年 as part of a name (年底大观摩, 全年任务) are no deadline.
_NO_LIMIT: Final = {
    "yearend": re.compile(r"(?:大观摩|考核|总结|述职|评比|交账|盘点|绩效|测评)"),
    "quarter": re.compile(r"(?:末月|工作|任务|考核|GDP|经济|进展|通报)"),
    "half": re.compile(r"(?:工作|任务|考核|经济|进展|的)"),
    "vague": re.compile(r"(?:的|目标|工作安排)"),
}
_SOFT: Final = re.compile(r"(?:力争|争取|力求|努力|尽量|有望)[^,。;]{0,16}$")


@dataclass(frozen=True, slots=True)
class Clock:
    """What a text fixes about time: its plan year and the festivals handed in."""

    year: int | None
    festivals: Festivals


@dataclass(frozen=True, slots=True)
class TimePhrase:
    """A phrase of time found: its range, its form, and what it means (None: vague)."""

    start: int
    end: int
    form: str
    norm: str | None


def _year(match: re.Match[str], clock: Clock) -> int | None:
    groups = match.groupdict()
    if groups.get("year"):
        return int(groups["year"])
    if clock.year is None:
        return None
    return clock.year + {"明年": 1, "明": 1, "次年": 1, "后年": 2}.get(groups.get("rel") or "", 0)


def iso_of(year: int | None, month: int | None, day: int | None) -> str | None:
    """The ISO date, or None where the year is unknown or the day does not exist."""
    if year is None or month is None or day is None:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def last_day(year: int | None, month: int | None) -> str | None:
    """The last day of a month as an ISO date; None where the year or the month is not known."""
    ok = year is not None and month is not None and 1 <= month <= 12
    return month_end(year, month).isoformat() if ok and year and month else None


def _day(match: re.Match[str], clock: Clock) -> str | None:
    return iso_of(_year(match, clock), numeral(match["month"]), numeral(match["day"]))


def _window(match: re.Match[str], clock: Clock) -> str | None:
    month = numeral(match["m2"] or match["month"])
    return iso_of(_year(match, clock), month, numeral(match["day"]))


def _tenday(match: re.Match[str], clock: Clock) -> str | None:
    year, month = _year(match, clock), numeral(match["month"])
    if match["ten"] == "下旬":
        return last_day(year, month)
    return iso_of(year, month, 10 if match["ten"] == "上旬" else 20)


def _month(match: re.Match[str], clock: Clock) -> str | None:
    """N月底前 is the month's last day; N月前 is the last day of the month before."""
    year, month = _year(match, clock), numeral(match["month"])
    edge = match["edge"]
    if "底" in edge or "末" in edge:
        return last_day(year, month)
    if year is None or month is None:
        return None
    if "初" in edge:
        return iso_of(year, month, 10)
    return (date(year, month, 1) - timedelta(days=1)).isoformat()


def _inmonth(match: re.Match[str], clock: Clock) -> str | None:
    year, month = _year(match, clock), numeral(match["month"])
    return f"{year}-{month:02d}" if year and month else None


def _range(match: re.Match[str], clock: Clock) -> str | None:
    return last_day(_year(match, clock), numeral(match["m2"]))


def _lunar(match: re.Match[str], clock: Clock) -> str | None:
    """正月十五 counts from 春节; 正月底 and 正月内 are not fixed without the month's length."""
    if clock.year is None:
        return None
    spring = clock.festivals.on("春节", clock.year)
    word = match["lunar"].replace("初", "").replace("廿", "二十")
    number = numeral(word) if word not in {"底", "内", "里"} else 29
    if spring is None or not number:
        return None
    return (spring + timedelta(days=number - 1)).isoformat()


def _festival(match: re.Match[str], clock: Clock) -> str | None:
    year, name = _year(match, clock), match["feast"]
    if year is None:
        return None
    if name in _SOLAR:
        return iso_of(year, *_SOLAR[name])
    if name == "清明":
        return iso_of(year, 4, _qingming(year))
    day = clock.festivals.on(_LUNAR[name], year)
    return day.isoformat() if day else None


def _qingming(year: int) -> int | None:
    """The day of April of 清明, by the usual formula of solar terms, for 2000 to 2099."""
    two = year - 2000
    return (two * 2422 + 48100) // 10000 - two // 4 if 0 <= two < 100 else None


def _yearend(match: re.Match[str], clock: Clock) -> str | None:
    return iso_of(_year(match, clock), 12, 31)


def _quarter(match: re.Match[str], clock: Clock) -> str | None:
    year = _year(match, clock)
    number = numeral(match["quarter"].removeprefix("第")[0])
    if year is None or not number:
        return None
    edge = match["qedge"] or ""
    return last_day(year, 3 * number) if edge[:1] in {"末", "底"} else f"{year}-Q{number}"


def _half(match: re.Match[str], clock: Clock) -> str | None:
    year = _year(match, clock)
    return None if year is None else f"{year}-H{1 if match['half'] == '上半年' else 2}"


def _whole(match: re.Match[str], clock: Clock) -> str | None:
    year = _year(match, clock)
    return None if year is None else str(year)


def _plan(match: re.Match[str], _clock: Clock) -> str | None:
    words = {"十四五": 2025, "十五五": 2030, "十六五": 2035, "十七五": 2040}
    year = words.get(re.sub(r"[^十四五六七]", "", match.group()[:6])[:3])
    return None if year is None else f"{year}-12-31"


def _upto(match: re.Match[str], _clock: Clock) -> str | None:
    year = match["year"]
    return f"{year}-12-31" if re.search("[底末]", match.group()) else year


_NORMS: Final[Mapping[str, Callable[[re.Match[str], Clock], str | None]]] = {
    "day": _day,
    "by": _day,
    "iso": _day,
    "window": _window,
    "tenday": _tenday,
    "month": _month,
    "range": _range,
    "inmonth": _inmonth,
    "lunar": _lunar,
    "festival": _festival,
    "yearend": _yearend,
    "quarter": _quarter,
    "half": _half,
    "whole": _whole,
    "plan": _plan,
    "upto": _upto,
    "recurring": lambda _m, _c: "recurring",
    "relative": lambda _m, _c: "relative",
    "ongoing": lambda _m, _c: "ongoing",
    "vague": lambda _m, _c: None,
}


def time_phrases(text: str, start: int, end: int, clock: Clock) -> list[TimePhrase]:
    """Every phrase of time in the range, in order, none overlapping (the longer one wins)."""
    if not _HINT.search(text, start, end):
        return []
    found: list[TimePhrase] = []
    for form, pattern in _PATTERNS:
        barred = _NO_LIMIT.get(form)
        for match in pattern.finditer(text, start, end):
            if barred is not None and barred.match(text, match.end()):
                continue
            found.append(TimePhrase(match.start(), match.end(), form, _NORMS[form](match, clock)))
    firm = [p for p in found if p.form != "vague"]
    found = firm + [
        p for p in found if p.form == "vague" and not any(_overlap(p, f) for f in firm[:50])
    ]
    found.sort(key=lambda p: (p.start, -p.end))
    kept: list[TimePhrase] = []
    for phrase in found:
        if not kept or phrase.start >= kept[-1].end:
            kept.append(phrase)
    return kept


def _overlap(one: TimePhrase, other: TimePhrase) -> bool:
    return one.start < other.end and other.start < one.end


def read_deadline(text: str, original: str, span: tuple[int, int], clock: Clock) -> Deadline | None:
    """The deadline of a clause: the last one written; a vague word only where no other stands."""
    start, end = span
    phrases = time_phrases(text, start, end, clock)
    firm = [p for p in phrases if p.form != "vague"] or phrases
    if not firm:
        return None
    # What stands in a bracket explains the time before it.
    open_ = [p for p in firm if text.rfind("(", start, p.start) <= text.rfind(")", start, p.start)]
    firm = open_ or firm
    if len(firm) > 1:
        # 3月20日前完成一季度统计: a period before a noun says which, not by when.
        firm = [p for p in firm if not _says_which(text, p)] or firm
    last = firm[-1]
    if last.form == "whole" and len(firm) > 1:
        last = firm[-2]
    soft = _SOFT.search(text, max(start, last.start - 20), last.start) is not None
    soft = soft or text[last.end : last.end + 2] in {"力争", "争取"}
    return Deadline(original[last.start : last.end], last.norm, last.start, last.end, soft)


_ATTRIBUTE: Final = re.compile(
    r"(?!,|。|;|\)|完[成工]|竣工|封顶|通车|挂牌|交付|投用|启用|运营|验收|招[标引]|签[约订]|落[地户]|上报|报[送批]|拿出|出台|入库|入规|入统|见效|新|建成|开工|启动|投产|竣工|实现|达到|前|末|底|内|力争|全[部面]|基本|主体|再|要|开展|组织|举办|推进)[一-鿿]"
)


def _says_which(text: str, phrase: TimePhrase) -> bool:
    """Whether a quarter or half without an edge only tells which (一季度统计数据)."""
    bare = text[phrase.end - 1] in "度年"
    return phrase.form in {"quarter", "half"} and bare and bool(_ATTRIBUTE.match(text, phrase.end))
