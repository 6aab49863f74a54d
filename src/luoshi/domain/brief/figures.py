"""Where a text states figures and names, so that each can be asked for its fact."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date
from typing import Final

Span = tuple[int, int]

_ONES: Final = "〇零一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟"
_DIGITS: Final = f"{_ONES}万亿"
_MEASURES: Final = (
    "个|项|家|户|人|名|位|次|件|起|条|亩|公里|华里|米|平方|立方|公顷|亿|万|元|处|座|场|所|台|吨|斤|"
    "村|天|倍|成|套|间|辆|份|只|头|羽|株|棵|千瓦|兆瓦|小时|期|对|支|类|轮|种|篇|枚|块|幢|栋|层|"
    "大(?=[项工行战任重攻产平])|多(?:个|项|家|户|人)|余(?:个|项|家|户|人)"
)
_CALENDAR: Final = "年|月|日|季度"
# 一年来, 一日 and the like are ways of speaking; 三年, 五月 are counts and dates.
# 万 and 亿 alone are scales (5.3亿元), and 第一 is an ordinal.
_COUNT: Final = rf"(?<![第{_DIGITS}0-9０-９])[{_ONES}][{_DIGITS}]*"
_CHINESE: Final = re.compile(
    rf"({_COUNT})(?:{_MEASURES})"
    rf"|((?!一(?:{_CALENDAR})){_COUNT})(?:{_CALENDAR})"
    rf"|([{_ONES}]+分之[{_ONES}]+(?:点[{_ONES}]+)?)"
    rf"|(翻[{_ONES}]*番)"
)
_TAKES_UNIT: Final = re.compile(rf"(?:{_MEASURES}|{_CALENDAR}|[%％]|个百分点)")
_IDIOMS: Final = re.compile(
    "千家万户|千方百计|一家一户|一户一策|一件一件|一项一项|一个个|一件件|一项项|一条龙|一对一|一次性|"
    "一种|一类|四面八方|百家争鸣"
)
_ARABIC: Final = re.compile(r"[0-9０-９]+(?:[.．][0-9０-９]+|,[0-9]{3}(?![0-9]))*")

_SURNAMES: Final = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡"
    "贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱"
    "汤尹黎易常武乔贺赖龚文"
)
_PERSON: Final = re.compile(
    rf"([{_SURNAMES}][\u4e00-\u9fff]{{1,2}}?)(?=同志(?!们)|(?:副)?(?:镇长|乡长|县长|书记|主任|局长|所长|站长))"
)
_BODY: Final = re.compile(
    r"(?:^|(?<=[、，。；：（,;:(由和与]))([\u4e00-\u9fff]{2,4}?(?:村|社区|镇|乡|街道|公司|合作社|县|局))"
    r"(?=[、，。；：）,;:)由和与的将已完开建实新负牵]|$)"
)
_GENERIC: Final = re.compile(
    r"^(?:各|全|本|该|我|相关|有关|其他|部分|偏远|薄弱|重点|示范|试点|先进|周边|所有|一些|不少|城|"
    r"行政|自然|美丽|和美|中心|县直|省直|市直|当地|龙头|国有|民营|新|乡)"
)


def figures(text: str) -> Iterator[Span]:
    """Where the text states a number: Arabic digits, and Chinese numerals that count something.

    一是, 统一, 十四五 and 第一 count nothing; 三个, 百分之五, 两成 and 翻番 do.
    """
    text = _IDIOMS.sub(lambda match: "\0" * len(match.group()), text)
    yield from (match.span() for match in _ARABIC.finditer(text))
    for match in _CHINESE.finditer(text):
        group = next(n for n in range(1, 5) if match.group(n))
        yield match.span(group)


def takes_unit(following: str) -> bool:
    """Whether what follows a number gives it a unit."""
    return _TAKES_UNIT.match(following) is not None


def known_names(text: str, known: Collection[str]) -> Iterator[Span]:
    """Where the text holds one of the given names of units and people."""
    for name in known:
        if name:
            yield from (match.span() for match in re.finditer(re.escape(name), text))


def shaped_names(text: str) -> Iterator[Span]:
    """Where the text holds what is formed like a name: 王建国同志, 由月湾村负责; not 各村."""
    yield from (match.span(1) for match in _PERSON.finditer(text))
    for match in _BODY.finditer(text):
        if not _GENERIC.match(match.group(1)):
            yield match.span(1)


def date_text(day: date, year: int | None = None) -> str:
    """A date as the office writes it; without the year where the text is about that year."""
    short = f"{day.month}月{day.day}日"
    return short if day.year == year else f"{day.year}年{short}"
