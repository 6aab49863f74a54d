"""A sentence cut into items: at a contrast, where a count turns bad, or at metrics of their own."""

from __future__ import annotations

import re
from typing import Final

from luoshi.domain.extraction import lexicon as lx
from luoshi.domain.extraction.clauses import comma_parts, contrast
from luoshi.domain.extraction.context import LISTS
from luoshi.domain.extraction.headings import Headings
from luoshi.domain.extraction.kinds import Place
from luoshi.domain.extraction.predicates import is_metric
from luoshi.domain.extraction.structure import Unit

Span = tuple[int, int]
_TAIL_METRIC: Final = re.compile(r"增长|增速|下降|高于|位居|同步|快于|突破|确保|力争")
_BEHIND: Final = re.compile(r"(?:滞后|逾期|未(?:完成|开工|办结|达标)|仍有|尚有)[^,。]{0,12}\d")
_COUNTED_DONE: Final = re.compile(r"(?:完成|开工|建成|办结|整改|推进|达标)\d")
# A commendation gives its grounds first: 为表彰先进,…,镇政府决定授予….
_DECIDES: Final = re.compile(
    r"[,;](?=[^,;。]{0,24}决定(?:授予|对|给予|予以|表彰|表扬|命名|通报)(?![^,;。]{0,8}(?:下列|以下)))"
)


class Cutter(Headings):
    """Cuts sentences."""

    def _cut(self, span: Span, unit: Unit) -> list[tuple[Span, bool]]:
        """A sentence cut where its kind changes; each part with "after a contrast"."""
        start, end = span
        if end - start > 2000:
            return [(span, False)]
        at = contrast(self.text, start, end)
        if at is not None and self._splits_at(start, at, end, unit):
            return [((start, at), False), ((at, end), True)]
        if (late := self._turns_bad(start, end, unit)) is not None:
            return [((start, late), False), ((late, end), True)]
        if self.document.form == "commendation" and (
            told := _DECIDES.search(self.text, start, end)
        ):
            return [((start, told.end()), False), ((told.end(), end), False)]
        opens = re.match(r"但|然而|但是", self.text[start:end]) is not None
        return [(span, opens)]

    def _turns_bad(self, start: int, end: int, unit: Unit) -> int | None:
        """Where a count of results ends in what is behind (…完成3件,滞后2件); None elsewhere."""
        if self._place(unit, start).part != "review":
            return None
        for a, b in comma_parts(self.text, start, end)[1:]:
            before = self.text[start:a]
            if (
                _BEHIND.match(self.text, a, b)
                and _COUNTED_DONE.search(before)
                and not lx.GAP.search(lx.REMEDY.sub("", before))
            ):
                return a
        return None

    def _splits_at(self, start: int, at: int, end: int, unit: Unit) -> bool:
        """但 splits where a gap follows something that is none; formulas stay whole."""
        after, before = self.text[at:end], self.text[start:at]
        if lx.GAP.search(lx.REMEDY.sub("", before)) is not None:
            return False
        place = self._place(unit, start)
        gap = lx.GAP.search(lx.REMEDY.sub("", after)) or lx.LACK.search(after)
        general = re.search(r"我们(?:取得|也)[^,]{0,14}成绩", before)
        return (
            gap is not None
            and general is None
            and not (place.part == "plan" and place.form != "speech")
        )

    def _targets(self, span: Span, place: Place) -> list[Span]:
        """Metrics with values of their own, one each; [] where the sentence is one clause."""
        if place.form in LISTS and place.entry:
            return []
        parts = comma_parts(self.text, *span)
        metric = [is_metric(self.text[a:b].strip()) for a, b in parts]
        valued = [re.search(r"\d", self.text[a:b]) is not None for a, b in parts]
        own = metric  # a metric without a figure has a relation (与经济同步, 保持稳定)
        if len(parts) > 1 and own[0] and sum(own) >= max(2, 0.6 * len(parts)):
            return [s for a, b in _gathered(parts, own) for s in self._listed(a, b)]
        if len(parts) == 1 and metric[0]:
            listed = self._listed(*span)
            return listed if len(listed) > 1 else []
        return self._trailing(span, parts, metric, valued)

    def _trailing(
        self, span: Span, parts: list[Span], metric: list[bool], valued: list[bool]
    ) -> list[Span]:
        """An action followed by a target of growth: cut before the first such target."""
        for n in range(1, len(parts)):
            rest = range(n, len(parts))
            tail = self.text[parts[n][0] : parts[n][1]]
            before = self.text[span[0] : parts[n][0]]
            if all(metric[k] and valued[k] for k in rest) and _TAIL_METRIC.search(tail):
                if re.match(r"(?:年度)?投资|总投资|增", tail.strip()) or not (
                    lx.ACTION.search(before) or not lx.METRIC.search(before)
                ):
                    continue
                return [(span[0], parts[n - 1][1]), *(parts[k] for k in rest)]
        return []

    def _listed(self, start: int, end: int) -> list[Span]:
        """One clause cut at 、 where each piece has a metric and a value of its own."""
        if "分别" in self.text[start:end]:
            return [(start, end)]
        pieces = comma_parts(self.text, start, end, listed=True)
        full = all(
            is_metric(self.text[a:b].strip()) and re.search(r"\d", self.text[a:b])
            for a, b in pieces
        )
        return pieces if len(pieces) > 1 and full else [(start, end)]


def _gathered(parts: list[Span], own: list[bool]) -> list[Span]:
    """Parts without a metric of their own stay with the one before them."""
    result: list[Span] = []
    for part, stands in zip(parts, own, strict=True):
        if stands or not result:
            result.append(part)
        else:
            result[-1] = (result[-1][0], part[1])
    return result
