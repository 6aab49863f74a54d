"""The law itself: a text becomes an outline, passages and draft items that point at them."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from dataclasses import replace
from decimal import Decimal
from typing import Final

from luoshi.domain.base import say
from luoshi.domain.extraction import lexicon as lx
from luoshi.domain.extraction.clauses import sentences, trim
from luoshi.domain.extraction.collecting import Collector
from luoshi.domain.extraction.context import read_document
from luoshi.domain.extraction.deadlines import Clock
from luoshi.domain.extraction.fields import Extra
from luoshi.domain.extraction.kinds import classify
from luoshi.domain.extraction.models import Festivals, Item, Passage, Reading, Section
from luoshi.domain.extraction.plan import classify_entry, classify_report_cell
from luoshi.domain.extraction.reasons import FORMULAS, PASSED
from luoshi.domain.extraction.responsible import APPARATUS
from luoshi.domain.extraction.rows import read_rows
from luoshi.domain.extraction.structure import LABEL, Structure, Unit, build
from luoshi.domain.extraction.verdicts import Place, Verdict
from luoshi.domain.text import canon

Span = tuple[int, int]
_INTRO: Final = re.compile(
    r"[^。;:]{0,60}(?:目标|如下|问题|困难|不足|差距|短板|任务|工作|方面|要求|意见|看到|情况|原则|具体|包括|[件项些]事|是|为|有|点|即)\)?[::]"
)
_CONTENT_LABEL: Final = re.compile(r"内容|规模|任务|目标|举措|措施")
_DONE_LABEL: Final = re.compile(r"情况|进展|进度")
_SKIP_LABEL: Final = re.compile(r"备注|说明|联系[人电]|附件|抄送|主送")
_PARTY_LABEL: Final = re.compile(
    r"单位|领导|部门|科室|牵头|责任|配合|时限|时间|包[联抓案保]|领衔|领办|挂[点联帅]|主抓|主管|业主|联系|分管|督"
)
_TO_UNITS: Final = re.compile(r"(?:各|[一-鿿]{1,6}(?:委|局|办|府|部门|单位))[^。;:]{0,60}[::]$")

# 会议强调, and 会议议定: announce; the course of minutes turns with them.
# After 问题:… somebody is asked again: 由X牵头…, X负责…, …月底前完成.
_MUST_NOW: Final = re.compile(
    r"由[^,。;]{2,20}(?:牵头|负责|协调|督促)|[一-鿿]{2,14}(?:要(?!看到|求)|须|负责(?!人)|牵头)|\d{1,2}月(?:底前|\d{1,2}日前)[^,。;]{0,20}(?:完成|建成|开工)"
)
_MEETING_SAYS: Final = re.compile(
    r"会议(?:认真|专题)?听取了?[^,。;]{2,24}(?:汇报|介绍|说明),(?!分析|研究|讨论|总结|部署|审议|并)|(?:会议|与会(?:人员|同志)|大家)(?:还|也|一致|最后|同时|经研究|分析|研判)*"
    r"(?:(?P<told>指出|认为|通报|反映|表示)|强调|要求|明确|议定|商定|决定|提出|研究(?:决定|确定|同意)|同意|确定)(?:(?:以下|如下)?(?:事项|意见)?(?:如下)?(?:[,:]|$)|(?<=要求)(?=[一-鿿]{2,10}?(?:局|办|委|所|站|镇|村|部门|街道|公司))|(?<=[同]意|[决议]定)(?![^,。;]{0,6}(?:意见|方案|事项)))"
)
_DECIDED_THEN: Final = re.compile(r"会议(?:还|同时)?(?:要求|决定|明确|强调|同意|议定|研究)")
_REPORTED: Final = re.compile(r"(?:进展|进度|问题|堵点|卡点|情况)[::]")
_MOVED: Final = re.compile(
    r"(?<!计划)(?:完成[^,。;投]{0,12}(?:\d|$)|全部完成)|封顶|正在|投产|竣工|完工|通车"
)
_RESULT: Final = re.compile(
    r"已|全部(?:完成|完工|建成)|完成率|进展|正在|目前|尚未|滞后|缓慢|停工|[一二三四五六七八九]成|竣工|通过验收"
)
_THEN_BUT: Final = re.compile(r"[,;。]?(?:但|然而|不过|可是)")


class _Reader(Collector):
    """Walks the units of one document and collects its items."""

    def read(self) -> list[Item]:
        """All items, in order."""
        units = self.structure.units
        for n, unit in enumerate(units):
            self._enter(unit.section)
            following = units[n + 1] if n + 1 < len(units) else None
            if unit.table is not None:
                self.items += read_rows(unit.table, unit.path, self.make)
                self.entry_open = None
            else:
                self._unit(unit, following)
        if self.card:
            self._end_card(0)
        return self.items

    def _unit(self, unit: Unit, following: Unit | None) -> None:
        attached = self.mode == "skip" and unit.end - unit.start < 60
        if (unit.mark is not None or unit.section != self.mode_section) and not attached:
            self.mode, self.mode_section = "", unit.section
            self.waiting = [] if unit.mark is not None else self.waiting
        if unit.mark is not None:
            self.entry_open = None
        if self._is_frame(unit):
            self._line_turns(unit)
            self._pass((unit.start, unit.end), "frame")
            return
        if self._in_notes(unit):
            self._pass((unit.start, unit.end), "terms")
            return
        spans = [
            s for s in sentences(self.text, unit.start, unit.end) if self.text[slice(*s)].strip()
        ]
        if spans and self._is_heading(unit, spans, following):
            self._pass(spans[0], "heading")
            spans = spans[1:]
            if len(spans) > 1 and self._is_subtopic(spans[0]):
                self._pass(spans[0], "heading")
                spans = spans[1:]
        for k, span in enumerate(spans):
            if self.mode == "skip":
                self._pass((span[0], unit.end), "frame")
                break
            if 0 < k < len(spans) - 1 and self._names_next(unit, span, spans[k + 1]):
                self._pass(span, "heading")
                continue
            after = spans[k + 1] if k + 1 < len(spans) else self._first_of(following)
            self.leads = self._leads_to(span, after)
            self._sentence(unit, span, last=k == len(spans) - 1)
            self.leads = False

    def _first_of(self, unit: Unit | None) -> Span | None:
        """The first sentence of a unit without a mark."""
        if unit is None or unit.mark is not None or unit.table is not None:
            return None
        return next(sentences(self.text, unit.start, min(unit.end, unit.start + 40)), None)

    def _leads_to(self, span: Span, after: Span | None) -> bool:
        """Whether a sentence of a report stands right between a heading and its first topic."""
        if after is None or self.document.form != "report" or not self.passed:
            return False
        headed = self.passed[-1].reason == PASSED["heading"] and self.passed[-1].end <= span[0]
        near = headed and not self.text[self.passed[-1].end : span[0]].strip("。;:!? \n\t")
        return near and self._is_subtopic(after)

    def _sentence(self, unit: Unit, span: Span, *, last: bool) -> None:  # noqa: C901, PLR0911 - the rule is a list of cases
        start, end = trim(self.text, *span)
        if start >= end:
            return
        label = LABEL.match(self.text, start, span[1])
        if label and self._label(label, unit):
            self._pass(span, "frame")
            return
        if self._describes(label, start, end):
            self._pass(span, "described")
            return
        if (
            not unit.path
            and _TO_UNITS.match(self.text[start : span[1]].strip()[:80])
            and unit.opens_line
        ):
            reason = (FORMULAS["address"],)
            self._add((start, end), unit, Verdict("boilerplate", Decimal("0.8"), reason), Extra())
            return
        if self._is_apparatus(start, end):
            self._attach((start, span[1]), unit)
            self._pass(span, "apparatus")
            return
        if label and label.end() < end:
            start = trim(self.text, label.end(), end)[0]
            if self.text[start:end] in {"无", "暂无", "无问题"}:
                self._pass(span, "described")
                return
        start = self._meeting_says(unit, start, end)
        if start >= end:
            return
        self._triggers(unit, start, end)
        self._asked_again(label, start, end)
        if self._in_entry(unit) and unit.section == self._entry_section(unit):
            self._entry(unit, (start, span[1]))
            return
        if last and self.text[start : span[1]].rstrip()[-1:] == ":":
            self._announces(self.text[start:end][-40:], unit)
            self._intro(unit, (self._stated(unit, (start, end)), end))
            return
        intro = _INTRO.match(self.text, start, end)
        if (
            intro
            and intro.end() < end - 4
            and re.search(
                r"目标|如下|问题|不足|差距|短板|困难|任务|[件项些]事|点|看到|认识", intro.group()
            )
        ):
            self._pass((start, intro.end()), "announces")
            start = intro.end()
            self._announces(intro.group(), unit)
        for part in self._cut((start, end), unit):
            self._clause(unit, part)

    def _asked_again(self, label: re.Match[str] | None, start: int, end: int) -> None:
        """Whether the sentence itself ends the problems, or its label says that it is asked."""
        if self.mode == "problem" and label is None and _MUST_NOW.match(self.text, start, end):
            self.mode = "plan"
        self.asked = label is not None and _CONTENT_LABEL.search(label["label"]) is not None

    def _meeting_says(self, unit: Unit, start: int, end: int) -> int:
        """Where a sentence begins after 会议强调, that announces it and turns the minutes."""
        says = _MEETING_SAYS.match(self.text, start, end)
        if says is None:
            return start
        self._pass((start, says.end()), "announces")
        if self.document.form == "minutes":
            heard = "听取" in says.group()
            if not heard:
                self._turn(unit.section, "other" if says["told"] else "plan")
            elif _DECIDED_THEN.search(self.text, end, min(end + 300, unit.end)):
                self._turn(unit.section, "other")  # what was heard, until the meeting asks
        return trim(self.text, says.end(), end)[0]

    def _entry_section(self, unit: Unit) -> int:
        return unit.section

    def _label(self, label: re.Match[str], unit: Unit) -> bool:
        """Note what a label says about the text after it; True where that is all it is."""
        word = label["label"]
        if _SKIP_LABEL.match(word):
            self.mode = "skip"
            return True
        if _PARTY_LABEL.search(word):
            return False
        self.entry_open = None
        if re.search(r"问题|困难|卡点|堵点|难点|不足|短板|差距", word):
            self.mode = "problem"
        elif "下" in word:
            self.mode = "plan"
        elif _DONE_LABEL.search(word) or word.endswith("阶段"):
            self.mode = "progress"
        elif _CONTENT_LABEL.search(word):
            self.mode = "task"
        self.mode_section = unit.section
        return False

    def _stated(self, unit: Unit, span: Span) -> int:
        """…有所提升,仍然存在四个问题: states before its last comma; where the announcing begins."""
        start, end = span
        comma = self.text.rfind(",", start, end)
        if comma - start < 30 or self.document.form in {"report", "work_points"}:
            return start
        for part in self._cut((start, comma), unit):
            self._clause(unit, part, announced=True)
        return comma + 1

    def _intro(self, unit: Unit, span: Span) -> None:
        """A clause that only announces: boilerplate where it is a formula, else left alone."""
        verdict = classify(self.text[slice(*span)], self._place(unit, span[0]))
        formula = verdict.kind == "boilerplate" and verdict.confidence > 0.8
        if formula or (
            lx.PROBLEM_LEAD.search(self.text[slice(*span)]) and self.document.form == "speech"
        ):
            self._add(
                span, unit, Verdict("boilerplate", verdict.confidence, verdict.reasons), Extra()
            )
        else:
            self._pass(span, "announces")

    def _clause(self, unit: Unit, part: tuple[Span, bool], *, announced: bool = False) -> None:
        span, contrasted = part
        start, end = trim(self.text, *span)
        if start >= end:
            return
        place = self._place(unit, start, contrasted=contrasted)
        if announced:
            # The zone that its last words announce has not begun yet.
            place = replace(place, problem_zone=False)
        if place.part == "plan" and not place.problem_zone and end - start < 1000:
            targets = self._targets((start, end), place)
            if targets:
                self._add_targets(unit, targets, place)
                return
        if place.problem_zone and not contrasted and _THEN_BUT.match(self.text, end):
            # What stands before 但 among the problems is the praise that they qualify.
            place = replace(place, problem_zone=False, part="review")
        if place.part == "review" and self._under_but(start):
            place = replace(place, after_contrast=True)
        verdict = classify(self.text[start:end], place)
        if place.position > 0.6 and re.match(r"让我们|各位代表", self.text[start : start + 5]):
            self.finished = True
        self._add(span, unit, verdict, Extra(period=self._period(place)), gap=contrasted)

    def _period(self, place: Place) -> str | None:
        return self.document.asof if place.part == "review" else None

    def _only_describes(self, unit: Unit, span: Span) -> bool:
        """What a project is (name, sum, place), where labels tell its progress and what is next."""
        if self.document.form != "project_ledger" or self.mode:
            return False
        if _MOVED.search(self.text, *span):
            return False
        section = self.structure.sections[unit.section]
        return _REPORTED.search(self.text, section.start, section.end) is not None

    def _entry(self, unit: Unit, span: Span) -> None:
        """A sentence of a numbered entry: one item an entry, a new one after units of its own."""
        if self._only_describes(unit, span):
            self._pass(span, "described")
            return
        place = replace(self._place(unit, span[0]), entry=True)
        if self.mode == "plan" and self.document.form == "project_ledger":
            self.entry_open = None
            self._clause(unit, (span, False))
            return
        if self._reports(unit, span):
            self._report(unit, span)
            return
        if self.mode in {"progress", "problem"} or self._tells_progress(span):
            self.entry_open = None
            self._clause(unit, (span, False))
            return
        own = [
            m
            for m in APPARATUS.finditer(self.text, *span)
            if m.end() >= trim(self.text, *span)[1] - 1
        ]
        if self.entry_open is not None and self.items and self.items[-1].path == unit.path:
            start = self.entry_start
            self.items.pop()
        else:
            start = span[0]
        whole = (start, span[1])
        verdict = classify_entry(self.text[slice(*trim(self.text, *whole))], place)
        if self.asked and self.document.form == "project_ledger":
            verdict = Verdict("task", Decimal("0.92"), (say("extraction.entry"),))
        item = self.make.item(whole, unit.path, verdict, self._awaited(verdict, Extra(), whole))
        if item is not None:
            self.items.append(item)
            self.entry_open, self.entry_start = (None, 0) if own else (unit.section, start)

    def _reports(self, unit: Unit, span: Span) -> bool:
        """In a list of what was done units or a result end the task of an entry."""
        told = re.search(r"完成情况|进展情况|落实情况", self.document.title) is not None
        same = bool(self.items) and self.items[-1].path == unit.path
        begun = told and same and self.items[-1].start >= unit.start
        return begun and (
            self.entry_open is None or _RESULT.search(self.text[slice(*span)]) is not None
        )

    def _report(self, unit: Unit, span: Span) -> None:
        """The result of an entry, all its sentences one item; apart where it tells a lack."""
        last = self.items[-1]
        found = classify_report_cell(self.text[slice(*trim(self.text, *span))])
        start = span[0]
        if last.kind == found.kind == "achievement":
            start = self.items.pop().start
        self._add((start, span[1]), unit, found, Extra(period=self.document.asof))

    def _tells_progress(self, span: Span) -> bool:
        told = re.search(r"完成情况|进展情况|落实情况", self.document.title) is not None
        return (
            told
            and re.match(r"\s*(?:已|目前|截至|全年|共)", self.text[span[0] : span[1]]) is not None
        )


def extract(text: str, *, year: int | None = None, festivals: Festivals | None = None) -> Reading:
    """Read an official text: outline, passages and draft items of the seven kinds.

    Every item points at its passage: `text[item.start:item.end]` is exactly the words it was read
    from; nothing is lost (the passages tile the text) and nothing invented (a masked figure keeps
    no value). `year` is the plan year where the caller knows it, else it is read from the title,
    the plan heading or the date line. `festivals` gives lunar dates; else 春节前 stays open.
    Offsets are code points. Time is linear in the length of the text.
    """
    matching = canon(text)
    structure = build(matching)
    document = read_document(matching, text, structure.begin, year)
    clock = Clock(document.year, festivals or Festivals())
    reader = _Reader(matching, text, structure, document, clock)
    items = reader.read()
    sections = tuple(
        Section(s.mark, s.level, s.title, s.start, s.end, s.parent, s.part)
        for s in structure.sections
    )
    return Reading(
        document.form,
        document.title,
        document.year,
        sections,
        _passages(matching, structure),
        tuple(items),
        tuple(sorted(reader.passed, key=lambda passed: passed.start)),
    )


def _passages(text: str, structure: Structure) -> tuple[Passage, ...]:
    """The text cut into sentences; together they are the text, blanks and marks included."""
    cuts = {0, len(text), structure.begin}
    for unit in structure.units:
        cuts.add(unit.mark.start if unit.mark else unit.start)
        cuts.update(b for _, b in sentences(text, unit.start, unit.end))
    cuts.update(section.start for section in structure.sections)
    edges = sorted(cuts)
    starts = [u.mark.start if u.mark else u.start for u in structure.units]
    passages: list[Passage] = []
    for start, end in itertools.pairwise(edges):
        k = bisect_right(starts, start) - 1
        path = structure.units[k].path if k >= 0 else ()
        passages.append(Passage(start, end, path))
    return tuple(passages)
