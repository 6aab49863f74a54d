"""F02: parts that do not add to the whole that the text states."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from luoshi.domain.base import say
from luoshi.domain.factcheck.models import Doubt, Span
from luoshi.domain.factcheck.page import Figure, Page, plain

_OF_WHICH: Final = re.compile(
    r"其中[:,]?(?=[^,。;]{0,20}\d)|(?<=[一-鿿]{2})中[:,](?=[^,。;]{0,20}\d)"
)
_ALTOGETHER: Final = re.compile(
    r"(?:合计|共计|总计|一共|(?<![公总])共(?!同|享|建|有产|青团|产党))(?!的)[^,。;\d]{0,8}$"
)
_GROUP: Final = re.compile(
    r"三[次大]?产业?(?:结构|比例|比重|占比|增加值)*(?:比例|比重|占比|比)?[^,。;\d]{0,12}?(?P<a>\d+(?:\.\d+)?)[:∶](?P<b>\d+(?:\.\d+)?)[:∶](?P<c>\d+(?:\.\d+)?)"
)
_CHANGE: Final = re.compile(
    r"(?:增长|下降|提高|增加|减少|同比|上升|降低|净增|新增|较上年|比上年|压减|日均|人均|户均|平均|每|最高|最低|达标准|奖|补)[^,。;、]{0,6}$"
)
_NEXT: Final = re.compile(r"[、和及]?[^,。;、\d()]{0,14}|,[^,。;、\d()]{1,8}")
_TOTAL_ROW: Final = re.compile(r"^[ ]*(?:合计|总计|共计)[ ]*$")
_CELL: Final = re.compile(r"-?\d+(?:,\d{3})*(?:\.\d+)?")


def check_sums(page: Page) -> Iterator[Doubt]:
    """A whole and its parts: N项，其中A项、B项、C项; A、B，共N; a table with 合计; 三次产业结构.

    A list after 其中 need not be complete, so a sum below the whole is told only where it misses
    by very little (at most one in twenty, three parts or more); a part, or a sum, above the whole
    is wrong in any case. Rounding: each figure may hide half of its last digit.
    """
    yield from _listed(page)
    yield from _altogether(page)
    yield from _tables(page)
    for match in _GROUP.finditer(page.text):
        total = sum((Decimal(match[name]) for name in "abc"), Decimal(0))
        digits = max(len(match[name].partition(".")[2]) for name in "abc")
        if abs(total - 100) > Decimal("1.5").scaleb(-digits):
            yield Doubt(
                "F02",
                "error",
                match.start("a"),
                match.end("c"),
                say("factcheck.F02.structure", total=plain(total)),
                say("factcheck.F02.remedy"),
            )


def _listed(page: Page) -> Iterator[Doubt]:
    for match in _OF_WHICH.finditer(page.text):
        start, end = page.sentence(match.start())
        before = page.within((max(start, match.start() - 60), match.start()))
        following = page.within((match.end(), end))
        if not before or len(following) < 2:
            continue
        whole = next((f for f in reversed(before) if f.unit == following[0].unit), None)
        if whole is None or whole.loose or not whole.unit or whole.unit == "个百分点":
            continue
        gap = page.text[whole.end : match.start()]
        if page.text[match.start()] == "中" and (len(gap) > 14 or re.search(r"[,、;]", gap)):
            continue
        if len(gap) > 30 or _CHANGE.search(page.text, max(start, whole.start - 12), whole.start):
            continue
        parts = _parts(page, match.end(), following, whole)
        if len(parts) > 1:
            yield from _judge(page, whole, parts, complete=False)


def _parts(page: Page, start: int, figures: Sequence[Figure], whole: Figure) -> list[Figure]:
    """The figures of one unit that follow each other in a list, each after its own short noun.

    The list ends where its sum is reached, and, if it is joined by 、, at the first comma: what
    comes then (村民小组86个) is another matter. Nor does a part exceed the whole after a comma.
    """
    found: list[Figure] = []
    at, total, listed = start, Decimal(0), False
    for figure in figures:
        between = page.text[at : figure.start]
        comma = bool(found) and between.startswith(",")
        if found and (figure.unit != whole.unit or not _NEXT.fullmatch(between)):
            break
        if comma and (listed or figure.low > whole.high):
            break
        if figure.loose or _CHANGE.search(between) or re.search(r"其中|累计|合计|共", between):
            break
        listed = listed or (bool(found) and not comma)
        found.append(figure)
        at, total = figure.end, total + figure.value
        if total == whole.value:
            break
    return found


def _altogether(page: Page) -> Iterator[Doubt]:
    """A个、B个、C个，共N个: what is counted together is complete."""
    text = page.text
    for whole in page.figures:
        match = _ALTOGETHER.search(text, max(0, whole.start - 14), whole.start)
        if match is None or whole.loose or not whole.unit:
            continue
        start, _ = page.sentence(whole.start)
        parts: list[Figure] = []
        at = match.start()
        for figure in reversed(page.within((start, match.start()))):
            gap = text[figure.end : at]
            if figure.unit != whole.unit or figure.loose or len(gap) > 16 or "。" in gap:
                break
            if (parts and not re.match(r"[、和及与]", gap)) or (
                not parts and gap.strip() not in {",", ""}
            ):
                break
            parts.append(figure)
            at = figure.start
        if len(parts) > 1:
            yield from _judge(page, whole, parts[::-1], complete=True)


def _judge(
    page: Page, whole: Figure, parts: Sequence[Figure], *, complete: bool
) -> Iterator[Doubt]:
    total = sum((part.value for part in parts), Decimal(0))
    step = sum((part.step for part in parts), whole.step)
    missing = whole.value - total
    too_much = -missing > step
    near = len(parts) >= 3 and step < missing <= whole.value / 20
    if not too_much and not (missing > step if complete else near):
        return
    scale = _shown(page, whole)
    yield Doubt(
        "F02",
        "error" if too_much or complete else "warning",
        whole.start,
        whole.end,
        say(
            "factcheck.F02.over" if too_much else "factcheck.F02.short",
            whole=page.words(whole.start, whole.end),
            parts=tuple(page.words(part.start, part.end) for part in parts),
            total=plain(total / scale[0]) + scale[1],
            gap=plain(abs(missing) / scale[0]) + scale[1],
        ),
        say("factcheck.F02.remedy" if too_much or complete else "factcheck.F02.remedy_list"),
        tuple((part.start, part.end) for part in parts),
    )


def _shown(page: Page, figure: Figure) -> tuple[Decimal, str]:
    """How the whole writes its scale: 亿元 stays 亿元."""
    words = page.text[figure.start : figure.end]
    unit = re.sub(r"^[\d.,]+", "", words)
    for scale, size in (("亿", 10**8), ("万", 10**4)):
        if unit.startswith(scale):
            return Decimal(size), unit
    return Decimal(1), unit


def _tables(page: Page) -> Iterator[Doubt]:
    """A row 合计 under rows of cells: each column of figures must add to it."""
    rows: list[list[Span]] = []
    offset = 0
    for line in page.text.split("\n"):
        mark = "|" if line.count("|") > 1 else "\t" if line.count("\t") > 1 else ""
        if not mark:
            rows = []
        else:
            cells, at = [], offset
            for cell in line.split(mark):
                cells.append((at, at + len(cell)))
                at += len(cell) + 1
            if any(_TOTAL_ROW.match(page.text[a:b]) for a, b in cells[:3]):
                yield from _columns(page, rows, cells)
                rows = []
            else:
                rows.append(cells)
        offset += len(line) + 1


def _columns(page: Page, rows: Sequence[Sequence[Span]], total: Sequence[Span]) -> Iterator[Doubt]:
    for k, span in enumerate(total):
        whole = _number(page, span)
        column = [_number(page, row[k]) for row in rows if k < len(row)]
        # The head of a column is no number; a gap below it is unknown, so nothing is said.
        while column and column[0] is None:
            column.pop(0)
        figures = [value for value in column if value is not None]
        if whole is None or len(figures) < 2 or len(figures) != len(column):
            continue
        total_of = sum(figures, Decimal(0))
        if abs(total_of - whole) > Decimal(len(figures) + 1) / 2 * Decimal(1).scaleb(
            -_digits(page, span)
        ) or (
            _digits(page, span) == 0
            and all(f == f.to_integral_value() for f in figures)
            and total_of != whole
        ):
            start, end = _trim(page, span)
            yield Doubt(
                "F02",
                "error",
                start,
                end,
                say("factcheck.F02.column", whole=plain(whole), total=plain(total_of)),
                say("factcheck.F02.remedy"),
            )


def _trim(page: Page, span: Span) -> Span:
    words = page.text[slice(*span)]
    return span[0] + len(words) - len(words.lstrip()), span[1] - (len(words) - len(words.rstrip()))


def _number(page: Page, span: Span) -> Decimal | None:
    words = page.text[slice(*span)].strip()
    return Decimal(words.replace(",", "")) if _CELL.fullmatch(words) else None


def _digits(page: Page, span: Span) -> int:
    return len(page.text[slice(*span)].strip().partition(".")[2])
