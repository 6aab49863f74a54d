"""A sentence cut into items: at a contrast, a change of subject, or metrics of their own."""

from __future__ import annotations

import re
from typing import Final

from luoshi.domain.extraction import lexicon as lx
from luoshi.domain.extraction.clauses import comma_parts, contrast
from luoshi.domain.extraction.context import LISTS
from luoshi.domain.extraction.duties import weigh
from luoshi.domain.extraction.headings import Headings
from luoshi.domain.extraction.predicates import is_metric
from luoshi.domain.extraction.responsible import subject
from luoshi.domain.extraction.structure import Unit
from luoshi.domain.extraction.verdicts import Place

Span = tuple[int, int]
_TAIL_METRIC: Final = re.compile(
    r"增长|增速|下降|高于|位居|同步|快于|突破|稳定在|控制在|保持在|产量达"
    r"|(?:^|,)[^,]{4,}(?:[率例]|占比|比重)(?:达|提高|提升|稳定|保持|不低于|不少于|超过|突破|\d)"
    r"|(?:^|,)[^,]{2,}(?:[率例]|占比|比重)[须应要]达"
)
_ONLY_WHEN: Final = re.compile(
    r"(?:到?20\d{2}年(?:底|末)?前?|[今明全]年|年内|到?年底前?|[一二三四]季度|[上下]半年|\d{1,2}月底?前?|其中|同时|此外){1,2}"
)
_BEHIND: Final = re.compile(
    r"(?:滞后|逾期|未(?:完成|开工|办结|达标)|仍有|尚有)[^,。]{0,12}\d"
    r"|\d+[个件项家][^,。]{0,6}(?:滞后|缓慢|逾期|未)"
)
_LACKS: Final = re.compile(r" *(?:还|仍|也|但|并)?存在[^,。;]{2,30}(?:问题|不足|短板|现象)")
_COUNTED_DONE: Final = re.compile(
    r"(?:完成|开工|建成|办结|整改|推进|达标)\d|\d[个件项家][^,。]{0,6}(?:达到|完成|开工|建成|竣工)"
)
# 为…,根据…,经研究,决定授予…: the basis is one thing, what is decided another.
_DECIDES: Final = re.compile(
    r",(?:经[^,。;]{0,24}(?:研究|同意|审定),?)?(?P<what>[^,。;]{0,14}决定,?[^,。;]{0,60}(?:授予|给予|予以|命名|表彰|表扬|嘉奖|奖励))"
)
_OTHER_SUBJECT: Final = re.compile(r"要|须|必须|应|务必|负责")


class Cutter(Headings):
    """Cuts sentences; needs the original for the names of actors."""

    original: str

    def _cut(  # noqa: PLR0911 - the rule is a list of cases
        self, span: Span, unit: Unit
    ) -> list[tuple[Span, bool]]:
        """A sentence cut where kind or subject changes; each part with "after a contrast"."""
        start, end = span
        if end - start > 2000:
            return [(span, False)]
        at = contrast(self.text, start, end)
        if at is not None and self._splits_at(start, at, end, unit):
            return [((start, at), False), ((at, end), True)]
        if (late := self._turns_bad(start, end, unit)) is not None:
            return [((start, late), False), ((late, end), True)]
        if (decided := _DECIDES.search(self.text, start + 8, end)) is not None:
            return [((start, decided.start()), False), ((decided.start("what"), end), False)]
        if (lacks := self._adds_lack(start, end, unit)) is not None:
            return [((start, lacks), False), ((lacks, end), True)]
        opens = re.match(r"但|然而|但是", self.text[start:end]) is not None
        parts = comma_parts(self.text, start, end)
        for n, (a, _b) in enumerate(parts[1:], 1):
            before = self.text[parts[n - 1][0] : a]
            if (
                a - start > 10
                and re.search(r"要|须|负责|不能|不得|严禁|决不", before)
                and subject(self.text, self.original, a, end)
                and _OTHER_SUBJECT.search(self.text[a : a + 16])
            ):
                return [((start, a), opens), ((a, end), False)]
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

    def _adds_lack(self, start: int, end: int, unit: Unit) -> int | None:
        """…24名,存在年龄偏大等问题: where a count is followed by what is wrong with it."""
        if self._place(unit, start).part == "plan":
            return None
        for a, b in comma_parts(self.text, start, end)[1:]:
            before = self.text[start:a]
            told = _LACKS.match(self.text, a, b) and re.search(r"\d", before)
            if told and not lx.GAP.search(lx.REMEDY.sub("", before)):
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
        if place.targets:
            words = [self.text[a:b].strip() for a, b in parts]
            own = [m or _is_target(w) for m, w in zip(metric, words, strict=True)]
            own = [o and not _GOES_ON.match(w) for o, w in zip(own, words, strict=True)]
            if len(parts) > 2 and _ONLY_WHEN.fullmatch(words[0]):
                own[:2] = [own[1], False]  # 到2026年,全州地区生产总值…: the day goes with it
        if len(parts) > 1 and own[0] and sum(own) >= max(2, 0.6 * len(parts)):
            return [s for a, b in _gathered(self.text, parts, own) for s in self._listed(a, b)]
        if len(parts) == 1 and metric[0]:
            listed = self._listed(*span)
            return listed if len(listed) > 1 else []
        if own[0] and valued[0]:
            # 播种面积稳定在4.6万亩以上,复耕撂荒地1200亩: a target, then what is to be done.
            for n, (a, b) in enumerate(parts[1:], 1):
                told = not metric[n] and (valued[n] or lx.ACTION.match(self.text[a:b].strip()))
                part = self.text[a:b].strip()
                if (told and weigh(part).acts) or re.match(r"让[^,\d]{6,40}$", part):
                    return [(span[0], a), (a, span[1])]
        return self._trailing(span, parts, metric, valued)

    def _trailing(
        self, span: Span, parts: list[Span], metric: list[bool], valued: list[bool]
    ) -> list[Span]:
        """An action beside targets of growth: each target apart, the action before and after it.

        What follows a target stays with it unless it begins with a verb of work.
        """
        pieces: list[Span] = []
        found = after = False
        for n, (a, b) in enumerate(parts):
            words = self.text[a:b].strip()
            before = self.text[span[0] : a]
            target = (
                n > 0
                and metric[n]
                and valued[n]
                and _TAIL_METRIC.search(words) is not None
                and re.match(r"(?:年度)?投资|总投资|增|项目|其中", words) is None
                and (re.match(r"确保|力争|实现|保持", words) is None or "增" in words)
                and bool(lx.ACTION.search(before) or not lx.METRIC.search(before))
            )
            opens = after and not target and lx.ACTION.match(words) is not None
            if not pieces or target or opens:
                pieces.append((a, b))
            else:
                pieces[-1] = (pieces[-1][0], b)
            found |= target
            after = target or (after and not opens)
        if len(pieces) > 1 and _ONLY_WHEN.fullmatch(self.text[slice(*pieces[0])].strip()):
            pieces[:2] = [(pieces[0][0], pieces[1][1])]
        return pieces if found else []

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


def _is_target(words: str) -> bool:
    """Among targets a metric that is to meet an order (…指标完成省下达任务) stands for itself."""
    told = lx.METRIC.search(words) and not lx.ACTION.match(words)
    valued = re.search(r"[^\d,]{4,}[\d.]+(?:%|[万亿千百]|[一-鿿])|同步|稳定|位居", words)
    if _ORDERED.match(words) or _NEW_STAGE.match(words):
        return True
    return bool(told or valued) and len(words) > 6 and not words.startswith(("其中", "分别"))


# 年均增长8%左右 and 力争更好结果 go on with the metric before them.
_GOES_ON: Final = re.compile(
    r"(?:年均|同比|力争|争取|均|较|比)?(?:增长|增速|下降|提高|增幅|完成|达到?|保持|高于|更好|好于)|力争|其中|分别|并|同时"
)
_NEW_STAGE: Final = re.compile(r"[^,\d]{4,16}新(?:的)?[一-鿿]{2}$")
_ORDERED: Final = re.compile(
    r"(?:全面|确保|如期)?完成[^,]{0,4}(?:省|市|州|国家|上级)[定下][^,]{0,20}(?:任务|目标|指标)"
)


# A title to be won among targets (…,争创市级文明村) is an end of its own.
_TITLE: Final = re.compile(r"\s*(?:力争|争取)?(?:争创|创成|成功创建|争当)")


def _gathered(text: str, parts: list[Span], own: list[bool]) -> list[Span]:
    """Parts without a metric of their own stay with the one before them."""
    result: list[Span] = []
    for part, stands in zip(parts, own, strict=True):
        titled = _TITLE.match(text, *part) is not None
        if stands or titled or not result:
            result.append(part)
        else:
            result[-1] = (result[-1][0], part[1])
    return result
