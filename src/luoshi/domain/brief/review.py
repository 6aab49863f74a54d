"""The annual review: achievement and gap side by side for each work line, then what comes next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from luoshi.domain.brief.facts import (
    MISSING,
    Fact,
    LineFacts,
    NextStep,
    Paragraph,
    ReviewFacts,
    Run,
)

_NUMERALS: Final = "一二三四五六七八九十"
_DATED: Final = re.compile(r"[月年季底末日][底末初]?前|年内|[上下]半年|季度|全年")
"""A task whose own words name its time is not given it twice."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a heading judges a line: the phrase holds up to this share of overdue items (percent)."""

    overdue_at_most: int
    phrase: str


MANNERS: tuple[Manner, ...] = (
    Manner(0, "有序推进"),
    Manner(10, "总体平稳"),
    Manner(100, "持续推进"),
)
"""Data, mildest first: the phrase follows from the counts, never from anybody's mood."""


def annual_review(
    review: ReviewFacts, manners: Sequence[Manner] = MANNERS
) -> tuple[Paragraph, ...]:
    """The review of a year as paragraphs, each figure and name a run with the id of its fact.

    Title and opening; 一、总体情况; 二、各工作专线进展情况, one （一） a line, whose heading says
    "A有序推进，但B" and whose body puts the gaps beside the achievements; 三、存在的问题;
    四、下步打算. What is not known is written 待补. The text reads back through the extraction
    law: achievements and problems from parts one to three, tasks from part four.
    """
    return tuple(
        chain(
            _opening(review),
            _overall(review),
            _lines(review, manners),
            _problems(review),
            _plan(review),
        )
    )


def ordinal(number: int) -> str:
    """一, 二 … 十, 十一 … 九十九: the numbers of headings."""
    tens, ones = divmod(number, 10)
    unit = _NUMERALS[ones - 1] if ones else ""
    if not tens:
        return unit
    return f"{_NUMERALS[tens - 1] if tens > 1 else ''}十{unit}"


def _fact(fact: Fact) -> Run:
    return Run(fact.shown, fact.id)


def _heading(number: int, text: str) -> Paragraph:
    return Paragraph("heading_1", (Run(text),), f"{ordinal(number)}、")


def _running(review: ReviewFacts) -> bool:
    """Whether the reviewed year still runs: then the plan part is about its rest."""
    return review.year.bare == review.plan_year.bare


def _opening(review: ReviewFacts) -> Iterator[Paragraph]:
    title = [_fact(review.town), _fact(review.year), Run("工作总结")]
    if not _running(review):
        title += [Run("和"), _fact(review.plan_year), Run("工作安排")]
    yield Paragraph("title", tuple(title))
    opening: list[Run] = []
    if review.superior is not None:
        since = "今年以来，在" if _running(review) else "一年来，在"
        opening += [Run(since), _fact(review.superior), Run("的坚强领导下，")]
        opening.append(Run("全镇上下迎难而上、真抓实干。"))
    opening += [Run("现将"), _fact(review.year), Run("工作情况报告如下：")]
    yield Paragraph("body", tuple(opening))


def _overall(review: ReviewFacts) -> Iterator[Paragraph]:
    yield _heading(1, "总体情况")
    runs = [Run("截至"), _fact(review.as_of), Run("，全镇列入台账的重点任务共")]
    runs += [_fact(review.total), Run("，已办结"), _fact(review.done)]
    runs += [Run("，其中经复核"), _fact(review.verified), Run("。")]
    if _positive(review.overdue):
        runs += [Run("但仍有"), _fact(review.overdue), Run("任务到期未办结，推进力度还不够。")]
    yield Paragraph("body", tuple(runs))
    if review.indicators:
        yield Paragraph("body", tuple(_indicators(review.indicators)))


def _indicators(indicators: Sequence[Fact]) -> Iterator[Run]:
    """规上工业总产值完成38.6亿元；…。 A missing value is 待补 in its place."""
    for fact, stop in zip(indicators, _stops(len(indicators)), strict=True):
        done = "完成情况" if fact.missing else "完成"
        yield from (Run(fact.label, fact.id), Run(done), _fact(fact), Run(stop))


def _stops(count: int) -> list[str]:
    return ["；"] * (count - 1) + ["。"] if count else []


def _lines(review: ReviewFacts, manners: Sequence[Manner]) -> Iterator[Paragraph]:
    yield _heading(2, "各工作专线进展情况")
    for number, line in enumerate(review.lines, start=1):
        heading = (_fact(line.name), Run(f"{_manner(line, manners)}。"))
        yield Paragraph("heading_2", heading, f"（{ordinal(number)}）")
        yield Paragraph("body", (*_achieved(line), *_gaps(line)))
    if not review.lines:
        yield Paragraph("body", (Run(f"{MISSING}。"),))


def _manner(line: LineFacts, manners: Sequence[Manner]) -> str:
    """The heading's judgement, from the counts alone; nothing is judged where they are missing."""
    total, overdue = _number(line.total), _number(line.overdue)
    if not total or overdue is None:
        praise = "工作情况"
    else:
        fitting = (m.phrase for m in manners if overdue * 100 <= m.overdue_at_most * total)
        praise = next(fitting, manners[-1].phrase)
    if overdue:
        return f"{praise}，但部分任务滞后"
    if line.gaps:
        return f"{praise}，但质效有待提升"
    return praise if line.no_gap is not None else f"{praise}，但不足{MISSING}"


def _achieved(line: LineFacts) -> Iterator[Run]:
    yield from (Run("共承担重点任务"), _fact(line.total), Run("，已办结"), _fact(line.done))
    yield Run("。")
    yield from _indicators(line.indicators)
    for achievement in line.achievements:
        yield from (_fact(achievement), Run("。"))


def _gaps(line: LineFacts) -> Iterator[Run]:
    """The gap follows the achievement in the same paragraph, opened by 但."""
    overdue = _positive(line.overdue)
    if not overdue and not line.gaps:
        if line.no_gap is not None:
            yield from (_fact(line.no_gap), Run("。"))
        else:
            yield Run(f"但存在的不足{MISSING}。")
        return
    yield Run("但")
    if overdue:
        yield from (Run("仍有"), _fact(line.overdue), Run("任务到期未办结，推进力度还不够"))
        yield Run("；" if line.gaps else "。")
    for gap, stop in zip(line.gaps, _stops(len(line.gaps)), strict=True):
        yield from (_fact(gap), Run(stop))


def _problems(review: ReviewFacts) -> Iterator[Paragraph]:
    """Problems noted for the town; where none is, the lines that are behind."""
    yield _heading(3, "存在的问题")
    late = [line for line in review.lines if _positive(line.overdue)]
    if not review.problems and not late:
        yield Paragraph("body", (Run(f"存在的问题{MISSING}。"),))
        return
    yield Paragraph("body", (Run("对照年度目标任务，还存在以下问题："),))
    told = [(_fact(problem), Run("。")) for problem in review.problems]
    behind = [
        (_fact(line.name), Run("推进滞后，"), _fact(line.overdue), Run("任务到期尚未办结。"))
        for line in late
    ]
    for number, runs in enumerate([*told, *behind], start=1):
        yield Paragraph("body", runs, f"{ordinal(number)}是")


def _plan(review: ReviewFacts) -> Iterator[Paragraph]:
    """Tasks with their deadline and unit, in the form the reader of plans expects."""
    yield _heading(4, "下步打算")
    planned = [line for line in review.lines if line.next_steps]
    if not planned:
        yield Paragraph("body", (Run(f"下步打算{MISSING}。"),))
        return
    yield Paragraph("body", (Run("针对以上问题，重点抓好以下工作："),))
    for number, line in enumerate(planned, start=1):
        yield Paragraph("heading_2", (_fact(line.name),), f"（{ordinal(number)}）")
        for place, step in enumerate(line.next_steps, start=1):
            yield Paragraph("body", tuple(_step(step)), f"{place}.")


def _step(step: NextStep) -> Iterator[Run]:
    yield _fact(step.task)
    if step.due is not None and not _DATED.search(step.task.shown):
        yield from (Run("，"), _fact(step.due), Run("前完成"))
    if step.unit is not None:
        yield from (Run("（责任单位："), _fact(step.unit), Run("）"))
    yield Run("。")


def _number(fact: Fact) -> int | None:
    return int(fact.bare) if fact.bare.isdecimal() else None


def _positive(fact: Fact) -> bool:
    return bool(_number(fact))
