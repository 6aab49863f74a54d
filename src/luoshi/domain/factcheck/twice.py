"""F04: the same indicator with two values in one text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from luoshi.domain.base import say
from luoshi.domain.factcheck.models import Doubt
from luoshi.domain.factcheck.page import Figure, Page

_STOP: Final = re.compile(r"[,。;:、!?()|\n\t]")
_GROWTH: Final = re.compile(
    r"(?:同比|年均|平均)*(?:实际|名义)?(?:增长|增速|增幅|下降|提高|降低|上升|提升|减少|增加|净增)"
)
_TAIL: Final = re.compile(
    r"(?:预计|实际|累计|已|均|分别|将|力争|确保|年均|同比|稳步|持续)*"
    r"(?:完成|实现|达到?|为|是|突破|保持在?|稳定在?|控制在|增至|增加到|提高到|提升到|上升到|降至|下降到|提高至|提升至|增长到|达成|有|至|到)?(?:了)?$"
)
_LEAD: Final = re.compile(
    r"^(?:(?:20\d\d ?年|去年|上年|今年|全年|年内|其中|预计|实现|完成|全部|累计"
    r"|全[市县区镇乡省州]|我[市县区镇乡州]|(?:一|上|前三)(?:季度|半年)|\d+-\d+月)|[ ])+"
)
_METRIC: Final = re.compile(
    r"[一-鿿A-Za-z]{0,16}(?:生产总值|GDP|预算收入|预算支出|财政收入|税收收入|固定资产投资|零售总额|工业增加值|工业总产值|可支配收入|纯收入|进出口总额|进出口|"
    r"外贸出口|城镇化率|森林覆盖率|高新技术产业产值占比|登记失业率|消费价格|利用外资|集体经济收入|粮食总?产量|优良天数比例|"
    r"存款余额|贷款余额|旅游总?收入|接待游客|发电量|常住人口|户籍人口)(?:总量|总额|占比)?(?:\([^)]{1,10}\))?$"
)
_TIME: Final = re.compile(
    r"20\d\d ?年|全年|去年|上年|今年|明年|前?[一二三四]季度|[上下]半年|\d{1,2}(?:-|—|~|至)\d{1,2}月"
    r"|(?:过去|近|这|今后|未来)?[两三四五六七八九十]年[来间]?|“?十[一二三四五六七]五”?"
    r"|\d{1,2}月(?:末|底|份)|年底|年末|截至|目前"
)
_PLACE: Final = re.compile(
    r"[一-鿿]{1,6}(?:村|社区|街道|公司|企业|集团|园区|开发区|新区|[县区镇乡市](?!场|域|级))"
)
_OWN: Final = re.compile(r"全[市县区镇乡省州]|我[市县区镇乡州]|城[镇乡]|农村|城区|市区")
_SCOPE: Final = re.compile(r"[全我]([市县区镇乡省州])")
_FUTURE: Final = frozenset({"task", "indicator", "goal"})
_RANK: Final = re.compile(
    r"占|比重|贡献|高于|低于|快于|比|较|其中|新增|净增|增收|目标|任务|上年|基数|累计"
)


@dataclass(frozen=True, slots=True)
class _Said:
    figure: Figure
    name: str
    scope: str = ""


def check_twice(page: Page) -> Iterator[Doubt]:
    """One indicator, one period, one scope, one nature: one value.

    Told apart and never compared: a level and a growth, a target and a result, different periods,
    a part and the whole, 全县 and 全镇, a sentence that names another place, 约 and 以上. Values
    that round to each other (12.3亿元, 12.34亿元) are the same.
    """
    groups: dict[tuple[str, ...], list[_Said]] = defaultdict(list)
    for said, key in _statements(page):
        groups[key].append(said)
    own = _own_scope(page.text)
    for found in groups.values():
        first = found[0]
        for other in found[1:]:
            same = (first.scope or own) == (other.scope or own)
            if same and _differ(first.figure, other.figure):
                yield Doubt(
                    "F04",
                    "warning",
                    other.figure.start,
                    other.figure.end,
                    say(
                        "factcheck.F04",
                        name=first.name,
                        one=page.words(first.figure.start, first.figure.end),
                        other=page.words(other.figure.start, other.figure.end),
                    ),
                    say("factcheck.F04.remedy"),
                    ((first.figure.start, first.figure.end),),
                )


def _own_scope(text: str) -> str:
    """What a figure speaks of that names no scope: the paper's own (全镇), where it is plain."""
    found = Counter(_SCOPE.findall(text)).most_common(1)
    total = len(_SCOPE.findall(text))
    return found[0][0] if found and found[0][1] * 10 >= total * 7 else ""


def _differ(one: Figure, other: Figure) -> bool:
    return one.high < other.low or other.high < one.low


def _statements(page: Page) -> Iterator[tuple[_Said, tuple[str, ...]]]:
    text = page.text
    last: _Said | None = None
    for figure in page.figures:
        start, _ = page.sentence(figure.start)
        named = _named(text, start, figure, last)
        last = _Said(figure, named[0]) if named and named[1] == "" else None
        clause = page.clause(figure.start)
        if named is None or clause is None or figure.loose or not figure.unit:
            continue
        head = text[start : figure.start]
        if _PLACE.search(_OWN.sub("", head)):
            continue
        name, growth = named
        part = f"{clause.part}/{clause.kind in _FUTURE}"
        line = text.rfind("\n", 0, start) + 1
        times = _TIME.findall(head) or _TIME.findall(text, line, start)
        period = times[-1].replace("全年", "") if times else ""
        nature = growth + ("%" if figure.unit == "%" else figure.unit)
        scope = _SCOPE.findall(head)
        yield _Said(figure, name, scope[-1] if scope else ""), (name, nature, period, part)


def _named(text: str, start: int, figure: Figure, last: _Said | None) -> tuple[str, str] | None:
    """What the figure measures, and whether it is its growth; None where that is not certain.

    「一般公共预算收入1.36亿元，增长7.2%」: the growth is that of the figure just before.
    """
    body = _TAIL.sub("", _STOP.split(text[max(start, figure.start - 50) : figure.start])[-1], 1)
    growth = ""
    if match := _GROWTH.search(body):
        if match.end() != len(body):
            return None
        growth = re.sub(r"同比|实际|名义", "", match.group())
        body = body[: match.start()]
        near = last is not None and text[last.figure.end : figure.start - len(match.group())]
        if not body and last is not None and near == ",":
            return last.name, growth
    name = _LEAD.sub("", body)
    return (name, growth) if _METRIC.fullmatch(name) and not _RANK.search(body) else None
