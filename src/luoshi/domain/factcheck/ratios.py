"""F03: a percentage or growth that does not follow from the two figures beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from luoshi.domain.base import say
from luoshi.domain.factcheck.models import Doubt
from luoshi.domain.factcheck.page import Figure, Page, plain

Range = tuple[Decimal, Decimal]
_FROM: Final = re.compile(r"(?:由|从)[^,。;、\d]{0,12}$")
_TO: Final = re.compile(
    r"\)?(?:[^,。;、\d]{0,6})?(?:提高|增加|增长|提升|上升|扩大|下降|降低|减少|减|降|增|压减|回落)?(?:到了?|至)[^,。;、\d]{0,10}$"
)
_THEN: Final = re.compile(
    r"[,(、]?(?:同比|净|共|累计)?(?P<way>增长|增加|提高|上升|提升|下降|降低|减少|增幅为?|降幅为?)(?:了|达到?)?$"
)
_MORE: Final = re.compile(
    r"[,、]?(?:比|较)(?:上年|去年|上年同期|去年同期|同期)?(?:净|共)?(?P<way>增加|增长|减少|下降|增收|减收|净增)(?:了)?$"
)
_OF: Final = re.compile(
    r"[,、]?(?:占|完成)[^,。;、\d]{0,6}(?:任务|目标|计划|预算|总数)[^,。;、\d]{0,4}的?"
)
_DUE: Final = re.compile(
    r"(?:任务|目标|计划|预算|总数|应[一-鿿]{1,4}|下达)(?:数|指标)?(?:为|是|达)?$"
)
# Growth of these is published at comparable prices: it does not follow from the two values.
_COMPARABLE: Final = re.compile(r"生产总值|GDP|增加值|总产值|实际|可比|同口径|不变价")
# What was taken in, of which a part was dealt with: 受理诉求320件，办结310件，办结率96.9%.
_TAKEN: Final = re.compile(r"(?:受理|排查|摸排|收到|登记|梳理)(?:出|了)?[^,。;、\d]{0,10}$")
_RATE: Final = re.compile(r"[,、]?(?:其)?(?P<word>[一-鿿]{2,6})率(?:为|达到?|仅为?)?$")


def check_ratios(page: Page) -> Iterator[Doubt]:
    """从A增长到B，增长P%; 比上年增加Z，增长P%; 任务A，完成B，完成率P%; N项中M项…，…率P%.

    Each figure stands for all values that round to it, so P is doubted only where no values of
    the two figures give a percentage within one unit of P's last digit.
    """
    figures = page.figures
    for k, rate in enumerate(figures):
        if rate.unit not in {"%", "个百分点"} or rate.loose or k < 1:
            continue
        start, _ = page.sentence(rate.start)
        before = [f for f in figures[max(0, k - 6) : k] if f.start >= start]
        if before:
            yield from _growth(page, before, rate)
            yield from _share(page, start, before, rate)


def _growth(page: Page, before: list[Figure], rate: Figure) -> Iterator[Doubt]:
    text, last = page.text, before[-1]
    then = _THEN.fullmatch(text, last.end, rate.start)
    if then is None:
        return
    falls = then["way"][0] in "下降减"
    if len(before) > 1 and before[-2].unit == last.unit and not before[-2].loose and not last.loose:
        first = before[-2]
        if _COMPARABLE.search(text, max(0, first.start - 20), rate.start):
            return
        named = _FROM.search(text, max(0, first.start - 14), first.start)
        if named and _TO.fullmatch(text, first.end, last.start):
            wanted = _change(first, last, rate)
            yield from _told(page, (first, last), rate, wanted, falls=falls)
            return
        more = _MORE.fullmatch(text, first.end, last.start)
        if more and rate.unit == "%" and last.unit != "%":
            down = more["way"][0] in "减下"
            base = (
                (first.low + last.low, first.high + last.high)
                if down
                else (first.low - last.high, first.high - last.low)
            )
            if base[0] > 0 and down == falls:
                wanted = (last.low / base[1] * 100, last.high / base[0] * 100)
                yield from _told(page, (first, last), rate, wanted, falls=False)


def _change(first: Figure, last: Figure, rate: Figure) -> Range | None:
    """The growth from one figure to another: in percent, or in points where both are percent."""
    if first.unit == "%":
        if rate.unit != "个百分点":
            return None
        return last.low - first.high, last.high - first.low
    if rate.unit != "%" or first.low <= 0:
        return None
    return (last.low / first.high - 1) * 100, (last.high / first.low - 1) * 100


def _share(page: Page, start: int, before: list[Figure], rate: Figure) -> Iterator[Doubt]:
    if rate.unit != "%":
        return
    text, last = page.text, before[-1]
    if last.unit == "%" or last.loose:
        return
    gap = (last.end, rate.start)
    same = [f for f in before[:-1] if f.unit == last.unit and not f.loose]
    word = _RATE.fullmatch(text, *gap)
    if word:
        # 滞后13项，滞后率15.1%: the part is what the rate is called by, word for word (按期办结率
        # is another rate); the whole is the largest of its unit, and must be named so.
        named = re.split(r"[,、;:]", text[max(start, last.start - 16) : last.start])[-1]
        if word["word"] in named and same:
            whole = max(same, key=lambda f: f.value)
            if whole.value >= last.value and _whole(text, whole):
                yield from _told(page, (whole, last), rate, _part(page, last, whole), falls=False)
        return
    if _OF.fullmatch(text, *gap):
        # 任务5亿元，完成2.9亿元，占任务的58%: the whole was named as such before.
        wholes = [f for f in same if _DUE.search(text, max(0, f.start - 8), f.start)]
        if len(wholes) == 1 and not _COMPARABLE.search(text, start, last.start):
            yield from _told(
                page, (wholes[0], last), rate, _part(page, last, wholes[0]), falls=False
            )
        return
    if len(before) > 1 and before[-2].unit == last.unit and not before[-2].loose:
        # 完成2.9亿元，占任务5亿元的58%: the whole stands between.
        part, whole = before[-2], last
        link = text[part.end : whole.start]
        if re.fullmatch(r"[,、]?(?:占|完成)[^,。;、\d]{0,10}", link) and text[
            whole.end : rate.start
        ] in {"的", ""}:
            yield from _told(page, (whole, part), rate, _part(page, part, whole), falls=False)


def _whole(text: str, whole: Figure) -> bool:
    after = text[whole.end : whole.end + 14]
    return (
        re.match(r"[^,。;]{0,10}中[,:]", after) is not None
        or _TAKEN.search(text, max(0, whole.start - 14), whole.start) is not None
        or _DUE.search(text, max(0, whole.start - 8), whole.start) is not None
    )


def _part(page: Page, part: Figure, whole: Figure) -> Range | None:
    """What share the part can be; a round figure set as 任务 or 计划 (5亿元) is exact."""
    text = page.text
    named = _DUE.search(text, max(0, whole.start - 8), whole.start) is not None
    step = Decimal(0) if named and "." not in text[whole.start : whole.end] else whole.step
    if whole.value <= step:
        return None
    return part.low / (whole.value + step) * 100, part.high / (whole.value - step) * 100


def _told(
    page: Page, pair: tuple[Figure, Figure], rate: Figure, wanted: Range | None, *, falls: bool
) -> Iterator[Doubt]:
    if wanted is None:
        return
    low, high = (-wanted[1], -wanted[0]) if falls else wanted
    last_digit = rate.step * 2
    if low - last_digit <= rate.value <= high + last_digit:
        return
    middle = ((low + high) / 2).quantize(last_digit)
    yield Doubt(
        "F03",
        "error",
        rate.start,
        rate.end,
        say(
            "factcheck.F03",
            one=page.words(pair[0].start, pair[0].end),
            other=page.words(pair[1].start, pair[1].end),
            said=page.words(rate.start, rate.end),
            right=plain(middle) + rate.unit,
        ),
        say("factcheck.F03.remedy"),
        tuple((f.start, f.end) for f in pair),
    )
