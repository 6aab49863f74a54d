"""What a clause says of itself: a metric with a value, a gap, an obligation."""

from __future__ import annotations

import re
from typing import Final

from luoshi.domain.extraction import lexicon as lx
from luoshi.domain.extraction.models import Strength

DIGIT: Final = re.compile(r"\d|[一二两三四五六七八九十][个项家座条场次]")
_NOT_METRIC_LEAD: Final = re.compile(
    r"(?:确保|力争|实现|力保|争取|预计|全年|今年|到年底|年底前|年内|其中|到?20\d{2}年(?:底|末)?前?|(?:到|至)?\d{1,2}月底前?|[上下]半年|[一二三四]季度)+,?"
)
_RELATION: Final = re.compile(
    r"高于|同步|位居|持平|快于|前列|第一方阵|优于|左右|好于|进入|控制在|不发生|零|(?:保持|总体|基本)+(?:稳定|平稳)|平均水平|(?:省|市|上级)(?:定|下达)[^,。]{0,4}(?:目标|任务|要求)"
)


_WITHIN: Final = re.compile(
    r"^(?:全年|年内|坚决|确保)?(?:[一-鿿]{0,4}(?:责任区|辖区|区域|范围)内?|全[县镇市区乡村])?"
)


# 投资180万元建设停车场: money that is spent on something, no figure to be reached.
_SPENT: Final = re.compile(
    r"(?:计划|总|概算|预计)?(?:投资|投入|筹资|整合资金)(?:约|近|超)?[\d.]+[万亿]?元,?(?:建|新|改|扩|实施|用于|对|在|打造|修|购|采|完善|维|整|升)"
)


# 引进内资增长12%: what grows is the metric, the verb before it only tells which.
_GROWS: Final = re.compile(r"(?:分别|同比|年均|力争|均|平均){0,2}(?:增长|增幅|下降|增速)")


def is_metric(view: str) -> bool:
    """Whether the subject is a metric and the predicate a value or relation, with no actor."""
    view = _NOT_METRIC_LEAD.sub("", view, count=1) if _NOT_METRIC_LEAD.match(view) else view
    match = lx.METRIC_VALUE.match(view)
    if match is None:
        return bool(lx.NO_ACCIDENT.match(_WITHIN.sub("", view)) and len(view) < 40)
    metric = match["metric"]
    if _SPENT.match(view) or re.match(r"(?:计划|概算|预计|项目)?总投资", view):
        return False
    if lx.ACTION.match(view) and not (_names_a_rate(metric) or _BROUGHT.match(metric)):
        return False
    grows = _GROWS.match(view, match.end("metric"))
    rated = metric.endswith(("率", "占比", "比重"))
    if (
        not grows
        and not rated
        and re.search(
            r"(?:要|负责|务必|完成|实现|新增|引进|招引|投入|争取|安排|推动|促进)(?!率)", metric
        )
    ):
        return False
    return bool(DIGIT.search(view) or _RELATION.search(view))


_BROUGHT: Final = re.compile(r"(?:引进|招引|利用|实际|到位)[一-鿿、]{0,10}(?:内资|外资|资金)$")


def _names_a_rate(metric: str) -> bool:
    """排查出的隐患整改率 is a metric though it begins with a verb; 提高参保率 is an action."""
    if re.match(
        r"(?:提高|提升|降低|减少|压减|扩大|完成|实现|推动|促进|加快|确保|保持|持续)", metric
    ):
        return False
    return "的" in metric or metric.endswith(("率", "增速", "覆盖面", "占比", "满意度"))


def has_gap(view: str) -> bool:
    """Whether a gap word stands without a remedy verb that governs it."""
    return lx.GAP.search(lx.REMEDY.sub("", view)) is not None


# 未认真落实 tells a failing, it asks for nothing.
_NOT_DONE: Final = re.compile(
    r"(?:未|没有|没|不)[一-鿿]{0,2}(?:认真|严格|严肃|切实|扎实|负责|引导|支持)"
)


def strength_of(view: str) -> Strength | None:
    """The strongest mark of obligation: 必须/确保 over 要 over 力争 over 鼓励."""
    view = _NOT_DONE.sub("", view)
    for name, pattern in lx.OBLIGE:
        if pattern.search(view):
            return name
    return None
