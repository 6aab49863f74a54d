"""The text made ready for the checks: matching copy, sentences, figures, dates; each read once."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from luoshi.domain.factcheck.models import Clause, Paper, Span
from luoshi.domain.text import canon

_COUNTER: Final = (
    r"平方公里|平方千米|平方米|立方米|千瓦时|个百分点|百分点|公里|千米|公顷|公斤|人次|户次|场次|件次|车次|批次|"
    r"美元|元|亩|吨|米|项|家|户|人|名|座|所|处|条|场|套|件|台|辆|盏|张|份|次|倍|村|镇|只|头|株|棵|支|栋|"
    r"部|架|艘|期|对|组|片|块|宗|例|起|笔|类|轮|班|箱|床|千瓦|瓦|度|斤|天|岁|个月|个(?!百分点|月|工作日|小时)"
)
_SCALE: Final = {
    "": Decimal(1),
    "百": Decimal(100),
    "千": Decimal(1000),
    "万": Decimal(10_000),
    "十万": Decimal(100_000),
    "百万": Decimal(1_000_000),
    "千万": Decimal(10_000_000),
    "亿": Decimal(100_000_000),
    "百亿": Decimal(10_000_000_000),
    "千亿": Decimal(100_000_000_000),
    "万亿": Decimal(1_000_000_000_000),
}
_FIGURE: Final = re.compile(
    r"(?<![\d.A-Za-z第:/])(?P<n>(?:\d{1,3}(?:,\d{3})+(?!\d)|\d{1,12})(?:\.\d{1,6})?)"
    r"(?P<more>余|多)?"
    rf"(?:(?P<scale>万亿|千亿|百亿|千万|百万|十万|亿|万|千|百)?(?P<unit>{_COUNTER})|(?P<rate>%|‰)"
    r"|(?P<bare>万亿|亿|万))"
)
_LOOSE_BEFORE: Final = re.compile(
    r"(?:约|近|超过?|逾|突破|不少于|不低于|不超过|不高于|至少|最多|不足|不到|上|高于|低于|大于|小于|接近|左右|力争|[~≥≤><])"
    r"(?:每年|各)?$"
)
_LOOSE_AFTER: Final = re.compile(r"\)?(?:余|多|以上|以下|及以上|左右|以内|上下|之内|[-—~至到]+\d)")
_SENTENCE_END: Final = re.compile(r"[。!?;\n]")
_EXACT: Final = frozenset(
    "项家户人名座所处条场套件台辆盏张份次村镇只头株棵支栋部架艘期对组片块宗例起笔类轮班箱床个"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit: `value` in base units, `step` half of what rounding may hide."""

    start: int
    end: int
    value: Decimal
    unit: str
    step: Decimal
    loose: bool

    @property
    def low(self) -> Decimal:
        """The least that was rounded to this figure."""
        return self.value - self.step

    @property
    def high(self) -> Decimal:
        """The most that was rounded to this figure."""
        return self.value + self.step


@dataclass(frozen=True, slots=True)
class Page:
    """A paper with its matching copy; figures are sorted by place."""

    paper: Paper
    text: str
    figures: tuple[Figure, ...]
    starts: tuple[int, ...]
    edges: tuple[int, ...]
    clause_starts: tuple[int, ...]

    def within(self, span: Span) -> Sequence[Figure]:
        """The figures that start in the span."""
        return self.figures[bisect_left(self.starts, span[0]) : bisect_left(self.starts, span[1])]

    def sentence(self, at: int) -> Span:
        """The sentence (to 。！？； or the line's end) that holds the offset."""
        k = bisect_right(self.edges, at)
        return self.edges[k - 1], self.edges[k] if k < len(self.edges) else len(self.text)

    def clause(self, at: int) -> Clause | None:
        """What extraction read at the offset."""
        k = bisect_right(self.clause_starts, at) - 1
        if k < 0:
            return None
        found = self.paper.clauses[k]
        return found if found.start <= at < found.end else None

    def words(self, start: int, end: int) -> str:
        """The original words of a span, blanks joined."""
        return " ".join(self.paper.text[start:end].split())


def read_page(paper: Paper) -> Page:
    """Read a paper once: linear in its length."""
    text = canon(paper.text)
    figures = tuple(_figures(text))
    edges = [0]
    edges.extend(match.end() for match in _SENTENCE_END.finditer(text))
    return Page(
        paper,
        text,
        figures,
        tuple(figure.start for figure in figures),
        tuple(edges),
        tuple(clause.start for clause in paper.clauses),
    )


def _figures(text: str) -> Iterator[Figure]:
    for match in _FIGURE.finditer(text):
        word = match["n"]
        decimals = len(word.partition(".")[2])
        unit = match["rate"] or match["unit"] or ""
        scale = _SCALE[match["scale"] or match["bare"] or ""]
        value = Decimal(word.replace(",", "")) * scale
        unit = {"公顷": "亩", "百分点": "个百分点"}.get(unit, unit)
        if match["unit"] == "公顷":
            value, scale = value * 15, scale * 15
        exact = unit in _EXACT and scale == 1
        step = Decimal(0) if exact else scale / (Decimal(10) ** decimals) / 2
        loose = bool(
            match["more"]
            or _LOOSE_AFTER.match(text, match.end())
            or _LOOSE_BEFORE.search(text, max(0, match.start() - 6), match.start())
        )
        yield Figure(match.start(), match.end(), value, unit, step, loose)


def plain(value: Decimal) -> str:
    """A figure without idle zeros, never in exponents."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
