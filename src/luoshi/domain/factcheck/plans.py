"""F01: a five-year plan that does not hold the year it is said of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from luoshi.domain.base import say
from luoshi.domain.factcheck.models import Doubt
from luoshi.domain.factcheck.page import Page

FIRST_YEARS: Final = {
    "十一五": 2006,
    "十二五": 2011,
    "十三五": 2016,
    "十四五": 2021,
    "十五五": 2026,
    "十六五": 2031,
    "十七五": 2036,
}
"""The first year of each five-year plan; it holds that year and the four after it."""

_PLAN: Final = r"[“\"']?(?P<plan>十[一二三四五六七]五)[”\"']?"
_YEAR_IS: Final = re.compile(
    r"(?:(?P<year>20\d\d) ?年|(?P<now>今年))"
    r"(?:[,，]?[^,。;\n]{0,8}?[,]?)(?:既|也|更|正|又)?是(?P<what>[^。;\n]{0,120})"
)
_MENTION: Final = re.compile(_PLAN + r"(?=(?P<after>[^,、。;\n]{0,24}))")
# Words that speak of a plan from before or after it: drawing it up, opening the way to it.
_OUTSIDE: Final = re.compile(
    r"(?:谋划|编制|开启|迎接|迈向|衔接|面向|奠定|打好|筹划|布局|准备|展望|对接|起草|制定|研究|评估|之后|过后|向|为|圆满完成|完成|巩固)"
    r"[^,、。;“]{0,10}$"
)
_OUTSIDE_AFTER: Final = re.compile(
    r"[\"”]?(?:规划)?(?:与|和|向|到|至)[“\"]?十[一二三四五六七]五|(?:规划)?(?:的)?(?:谋划|谋篇|编制|前期|基础|衔接|开局打|之后|过后|起步打|良好开局奠|评估|总结)|[^,、。;]{0,8}(?:谋划|编制|奠基|打基础)"
)
_ROLE: Final = re.compile(
    r"(?:规划|时期|发展)?(?:纲要)?(?:实施|全面实施)?(?:的)?(?P<first>开局|起步|首年|首个|第一个?年|头一年)?(?P<last>收官|最后一年|末年|决胜)?"
)
_RANGE: Final = re.compile(
    _PLAN + r"(?:规划|时期|期间)*\((?P<a>20\d\d)年?(?:-|—|~|至|到)+(?P<b>20\d\d)年?\)"
)
_END: Final = re.compile(
    r"(?:到|至)?" + _PLAN + r"(?:规划|时期)?(?:期?末)\((?:即|到)?(?P<a>20\d\d)年?\)"
    r"|(?:到|至)(?P<b>20\d\d)年[,]?(?:即|也就是)" + _PLAN.replace("plan", "plan2") + r"期?末"
)


def check_plans(page: Page) -> Iterator[Doubt]:
    """「2026年是“十四五”…之年」: the plan of 2021 to 2025 does not hold 2026.

    A year may stand beside a plan that it prepares (谋划、编制) or closes on: those are let pass.
    开局 must be the plan's first year, 收官 its last.
    """
    for match in _YEAR_IS.finditer(page.text):
        year = int(match["year"]) if match["year"] else page.paper.year
        if year is None:
            continue
        for found in _MENTION.finditer(page.text, match.start("what"), match.end("what")):
            yield from _year_in_plan(page, match.start(), year, found)
    for match in _RANGE.finditer(page.text):
        first = FIRST_YEARS[match["plan"]]
        if (int(match["a"]), int(match["b"])) != (first, first + 4):
            yield _doubt(match.span(), match["plan"], match["a"] + "—" + match["b"])
    for match in _END.finditer(page.text):
        plan, year = match["plan"] or match["plan2"], int(match["a"] or match["b"])
        if year != FIRST_YEARS[plan] + 4:
            yield _doubt(match.span(), plan, str(year))


def _year_in_plan(page: Page, start: int, year: int, found: re.Match[str]) -> Iterator[Doubt]:
    plan, text = found["plan"], page.text
    if _OUTSIDE.search(text, max(start, found.start() - 16), found.start()):
        return
    if _OUTSIDE_AFTER.match(found["after"]):
        return
    first = FIRST_YEARS[plan]
    if not first <= year <= first + 4:
        closed = text.startswith(("”", '"'), found.end("plan"))
        yield _doubt((start, found.end("plan") + closed), plan, str(year))
        return
    role = _ROLE.match(found["after"])
    wrong = role and ((role["first"] and year != first) or (role["last"] and year != first + 4))
    if role and wrong:
        yield Doubt(
            "F01",
            "error",
            start,
            found.start("after") + role.end(),
            say(
                "factcheck.F01.role",
                plan=plan,
                year=str(year),
                role=role["first"] or role["last"],
                right=str(first if role["first"] else first + 4),
            ),
            say("factcheck.F01.remedy_role"),
        )


def _doubt(span: tuple[int, int], plan: str, said: str) -> Doubt:
    first = FIRST_YEARS[plan]
    right = next(
        (p for p, a in FIRST_YEARS.items() if said.isdigit() and a <= int(said) <= a + 4), ""
    )
    remedy = (
        say("factcheck.F01.remedy", year=said, plan=right)
        if right
        else say("factcheck.F01.remedy_range")
    )
    return Doubt(
        "F01",
        "error",
        *span,
        say("factcheck.F01", plan=plan, said=said, first=str(first), last=str(first + 4)),
        remedy,
    )
