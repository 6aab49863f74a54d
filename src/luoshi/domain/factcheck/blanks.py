"""F08, F09: a figure without a unit, and what is masked and must be filled in (待补)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from luoshi.domain.base import say
from luoshi.domain.factcheck.models import Doubt, Span
from luoshi.domain.factcheck.page import Page

_THING: Final = (
    r"投资额?|出资|筹资|资金|收入|产值|税收|财政预算|贷款|存款|余额|增加值|生产总值|GDP|销售额|零售额|进出口|营业额|利润|"
    r"面积|里程|全长|总长|人口|户数|人数|产量|补助|补贴|造林|绿化|修路"
)
_VERB: Final = (
    r"(?:已|共|累计|预计|总额|总量|总数|分别)*"
    r"(?:完成|达到?|为|约|突破|超过?|不少于|不低于|增至|新增|实现|近)?"
)
_NO_UNIT: Final = re.compile(
    rf"(?P<thing>{_THING}){_VERB}(?P<n>\d+(?:\.\d+)?)(?=以上|左右|以内|[,。;)](?!\d)|、(?![\d一-鿿]{{0,8}}\d)|$)",
    re.MULTILINE,
)
_GROWTH: Final = re.compile(
    r"(?P<thing>同比增长|年均增长|增长|下降|增速|增幅|提高)(?:达到?|为|约|不低于|保持在?)?(?P<n>\d+(?:\.\d+)?)(?=以上|左右|以内|[,。;](?!\d)|$)",
    re.MULTILINE,
)
_YEAR: Final = re.compile(r"199\d|200[1-9]|20[1-4]\d")
_UNIT: Final = (
    r"(?:百|千|万|十万|百万|千万|亿|百亿|万亿)?(?:元|亩|吨|人|户|个|家|项|公里|千米|"
    r"米|平方米|平方公里|%|件|座|处|所|条|名|次|场|套|台|辆|倍|天|岁|村|栋|里)"
)
_BEHIND: Final = (
    r"(?:镇|村|县|市|区|乡|省|街道|社区|同志|部门|单位|公司|企业|书记|主任|中学|小学|学校|医院|项目|工程"
    r"|路|河|山|年|月|日|大(?=[^,。;]{0,6}(?:精神|答卷|报告|以来))|DW|副城|等)"
)
_MASK: Final = (
    r"(?:\*{1,8}|(?<![A-Za-z0-9+])[Xx]{2,6}(?![A-Za-z0-9])|(?<![A-Za-z0-9+])[Xx](?="
    + _BEHIND
    + "|"
    + _UNIT
    + r")|_{2,}|#{2,}|某某)"
)
_HIDDEN: Final = re.compile(
    rf"(?P<mask>{_MASK})(?:(?P<unit>{_UNIT})|(?P<tail>{_BEHIND})?)|(?<=增长|下降|完成|达到)(?P<lost>%)"
)
_FORM_BLANK: Final = re.compile(r"签[字名章]|盖章|电话|联系人|签订|日期|负责人[::]")
_LETTERS: Final = frozenset("WFDyZ")


def check_blanks(page: Page) -> Iterator[Doubt]:
    """A figure must have its unit; what is masked stays 待补 and is listed, never guessed.

    Cells of a table take their unit from the column head and are not asked. Masked figures are
    listed one by one; a masked name once, with every place where it stands.
    """
    lines = _table_lines(page)
    for pattern in (_NO_UNIT, _GROWTH):
        for match in pattern.finditer(page.text):
            n = match["n"]
            if _YEAR.fullmatch(n) or _inside(match.start(), lines):
                continue
            yield Doubt(
                "F08",
                "warning",
                match.start("n"),
                match.end("n"),
                say("factcheck.F08", thing=match["thing"], figure=n),
                say("factcheck.F08.remedy"),
            )
    yield from _hidden(page)
    yield from _letters(page)


def _hidden(page: Page) -> Iterator[Doubt]:
    names: dict[str, list[Span]] = {}
    text = page.text
    for match in _HIDDEN.finditer(text):
        mask, start = match["mask"] or "", match.start()
        if mask.startswith("_"):
            line = text[text.rfind("\n", 0, start) + 1 : match.end() + 3]
            if _FORM_BLANK.search(line[-24:]) or text[match.end() - len(match["tail"] or "") :][
                :1
            ] in {"年", "月", "日"}:
                continue
        if mask.startswith("*") and _not_a_mask(text, start, start + len(mask)):
            continue
        if match["unit"] or match["lost"]:
            yield Doubt(
                "F09",
                "info",
                start,
                match.end(),
                say("factcheck.F09.figure", words=page.words(max(0, start - 8), match.end())),
                say("factcheck.F09.remedy"),
            )
        elif mask:
            names.setdefault(page.words(start, match.end()), []).append((start, match.end()))
    for words, spans in names.items():
        yield Doubt(
            "F09",
            "info",
            *spans[0],
            say("factcheck.F09.name", words=words, n=len(spans)),
            say("factcheck.F09.remedy"),
            tuple(spans[1:]),
        )


def _not_a_mask(text: str, start: int, end: int) -> bool:
    """200×300, a bullet or a footnote mark: no mask."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if before.isdigit() and after.isdigit():
        return True
    return after in {"", " ", "\n", "”", '"', "+"} or (before in {"", "\n"} and after == "*")


def _letters(page: Page) -> Iterator[Doubt]:
    """县W, 政F, D员: letters that stand for characters, told once."""
    original = page.paper.text
    places = [
        at
        for at, (one, other) in enumerate(zip(original, page.text, strict=True))
        if one in _LETTERS and one != other
    ]
    if places:
        spans = [(max(0, at - 1), min(len(original), at + 2)) for at in places]
        yield Doubt(
            "F09",
            "info",
            *spans[0],
            say("factcheck.F09.letters", words=page.words(*spans[0]), n=len(places)),
            say("factcheck.F09.remedy_letters"),
            tuple(spans[1:]),
        )


def _table_lines(page: Page) -> list[Span]:
    found, offset = [], 0
    for line in page.text.split("\n"):
        if line.count("|") > 1 or line.count("\t") > 1:
            found.append((offset, offset + len(line)))
        offset += len(line) + 1
    return found


def _inside(at: int, spans: list[Span]) -> bool:
    return any(start <= at < end for start, end in spans)
