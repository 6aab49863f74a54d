"""The law itself: a text becomes an outline, passages and draft items that point at them."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from decimal import Decimal
from typing import Final

from luoshi.domain.base import say
from luoshi.domain.extraction import lexicon as lx
from luoshi.domain.extraction.clauses import comma_parts, contrast, sentences, trim
from luoshi.domain.extraction.context import LISTS, Document, read_document
from luoshi.domain.extraction.deadlines import Clock, read_deadline
from luoshi.domain.extraction.fields import Assembler, Extra
from luoshi.domain.extraction.kinds import (
    Place,
    Verdict,
    classify,
    classify_entry,
    is_metric,
)
from luoshi.domain.extraction.models import Festivals, Item, Part, Passage, Reading, Section
from luoshi.domain.extraction.responsible import APPARATUS, subject
from luoshi.domain.extraction.rows import read_rows
from luoshi.domain.extraction.structure import LABEL, Structure, Unit, build
from luoshi.domain.text import canon

Span = tuple[int, int]
_ENTRY_MARKS: Final = frozenset({"n", "cn", "pcn", "circ", "pn", "alpha", "hn", "row"})
_INTRO: Final = re.compile(
    r"[^。;:]{0,60}(?:目标|如下|问题|困难|不足|任务|工作|方面|要求|意见|看到|情况|原则|具体|包括|是|为|有|点|即)\)?[::]"
)
_TAIL_METRIC: Final = re.compile(r"增长|增速|下降|高于|位居|同步|快于")
_CONTENT_LABEL: Final = re.compile(r"内容|任务|目标|举措|措施")
_DONE_LABEL: Final = re.compile(r"情况|进展|进度")
_SKIP_LABEL: Final = re.compile(r"备注|联系[人电]|附件|抄送|主送")
_FIGURE_LABEL: Final = re.compile(r"总投资|类别|地点|期限")
_PARTY_LABEL: Final = re.compile(
    r"单位|领导|部门|科室|牵头|责任|配合|时限|时间|包联|包抓|联系|分管|督"
)
_TO_UNITS: Final = re.compile(r"(?:各|[一-鿿]{1,6}(?:委|局|办|府|部门|单位))[^。;:]{0,60}[::]$")
_DATE_LINE: Final = re.compile(
    r"[\s\S]{0,60}(?:20\d{2}|二[零〇O]\S{2})年\s*\d{0,2}\s*月\s*\d{0,2}\s*日\)?$"
)
_OTHER_SUBJECT: Final = re.compile(r"要|须|必须|应|务必|负责")


_STRONG_LEAD: Final = re.compile(
    r"(?:肯定|总结|看到|取得)[^,。]{0,6}成绩|清醒|同时,?[^,。]{0,10}(?:看到|认识)"
)
_LEAVES_ZONE: Final = re.compile(
    r"(?:对此|对于这些|针对这些|这些问题|为此|下一步|我们(?:将|要|必须)|以上问题|同志们|各位代表)"
)
_ONLY_PARTIES: Final = re.compile(
    r"由[^,。]{2,24}(?:牵头|负责)(?:落实|实施)?(?:,[^,。]{2,40}(?:配合|参与|协助))?"
)
_TURNS: Final = re.compile(
    r"(?:下面|接下来|下一步|做好今年)[^。]{0,60}(?:意见|要求|重点|强调|工作|部署|讲)|新的一年|面向未来|展望(?:今年|20\d\d年|未来)"
    r"|(?:下面|接下来)?,?我(?:再)?(?:讲|强调|提)[一二三四五六几]"
)
_ASKED: Final = re.compile(
    r"^(?:我们|大家|全[镇县市区乡]上下|各[一-鿿、()]{1,16})?(?:必须|务必|要(?!看到|清醒|认识|求))|^(?:确保|力争)[^,。]{4,}"
    r"|(?:\d{1,2}月底前|年底前|年内|\d{1,2}日前)[^,。]{0,12}(?:完成|建成|报|拿出|新增|开工|落实)"
)
_SCORED: Final = re.compile(r"\d分\)|得\d+分|扣[\d.]+分")
_FAULTS: Final = re.compile(r"问题|困难|不足|短板|挑战|差距")


class _Reader:
    """Walks the units of one document and collects its items."""

    def __init__(
        self, text: str, original: str, structure: Structure, document: Document, clock: Clock
    ) -> None:
        self.text, self.original = text, original
        self.structure, self.document, self.clock = structure, document, clock
        self.make = Assembler(text, original, document, clock)
        self.items: list[Item] = []
        self.parents = {s.parent for s in structure.sections[1:] if s.mark}
        self.problem: dict[int, bool] = {}
        self.mode = ""
        self.mode_section = -1
        self.notes = False
        self.finished = False
        self.scored: dict[int, bool] = {}
        self.targets_until = -1
        self.zone_until = -1
        self.entry_open: int | None = None
        self.entry_start = 0
        self.seen_section = -1
        structure.sections[0].part = document.default
        self._parts()

    # -- parts of the outline ------------------------------------------------
    def _parts(self) -> None:
        """Give each section with a telling heading its own part; the rest inherit while walking."""
        self.own: dict[int, tuple[Part, bool]] = {}
        year = self.document.year
        seen = False
        for k, section in enumerate(self.structure.sections):
            if k and section.mark:
                # The first heading of a speech looks back unless it says plainly that it does not.
                first = self.document.form == "speech" and not seen
                seen = seen or section.level == 1
                told = _part_of_heading(section.title, year, section.level, speech=first)
                if told is not None:
                    self.own[k] = told

    def _enter(self, k: int) -> None:
        """Sections opened since the last unit take their own part or their parent's."""
        sections = self.structure.sections
        while self.seen_section < k:
            self.seen_section += 1
            n = self.seen_section
            parent = sections[n].parent
            if parent is None:
                continue
            sections[n].part = sections[parent].part
            self.problem[n] = self.problem.get(parent, False) if sections[n].mark else False
            if n in self.own:
                part, problem = self.own[n]
                # Inside a review or plan part only a problem heading changes the course.
                deep = parent != 0 and sections[parent].part == "plan"
                if (
                    (problem and not deep)
                    or sections[n].level <= 1
                    or sections[parent].part == "other"
                ):
                    sections[n].part, self.problem[n] = part, problem

    def _turn(self, k: int, part: Part) -> None:
        """A sentence turns the text to review or plan: for its section and all that hold it."""
        sections = self.structure.sections
        index: int | None = k
        while index is not None:
            sections[index].part = part
            index = sections[index].parent
        self.problem[k] = False

    # -- units -----------------------------------------------------------------
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
        return self.items

    def _unit(self, unit: Unit, following: Unit | None) -> None:
        attached = self.mode == "skip" and unit.end - unit.start < 60
        if (unit.mark is not None or unit.section != self.mode_section) and not attached:
            self.mode, self.mode_section = "", unit.section
        if unit.mark is not None:
            self.entry_open = None
        if self._is_frame(unit) or self._in_notes(unit):
            return
        spans = [
            s for s in sentences(self.text, unit.start, unit.end) if self.text[slice(*s)].strip()
        ]
        if spans and self._is_heading(unit, spans, following):
            spans = spans[1:]
            if len(spans) > 1 and self._is_subtopic(spans[0]):
                spans = spans[1:]
        for k, span in enumerate(spans):
            if self.mode == "skip":
                break
            self._sentence(unit, span, last=k == len(spans) - 1)

    def _is_frame(self, unit: Unit) -> bool:
        """Titles, signatures and dates: lines without a stop outside any list."""
        if unit.mark is not None or not (unit.opens_line and unit.closes_line):
            return False
        line = self.text[unit.start : unit.end].strip()
        if len(line) > 80 or LABEL.match(line):
            return False
        if unit.start < self.structure.begin + 400 and line == canon(self.document.title):
            return True
        if _DATE_LINE.match(line) and not re.search(r"[。;]", line):
            return True
        entry = self._in_entry(unit)
        return (
            not entry
            and line[-1] not in "。;!?:,、”"
            and len(line) < 50
            and not self._bare_entry(line)
        )

    def _in_notes(self, unit: Unit) -> bool:
        """Explanations of terms after the end of a report (名词解释): no items."""
        if not self.notes and unit.opens_line and self.document.form == "report":
            line = self.text[unit.start : unit.start + 40]
            late = unit.start > 0.6 * len(self.text)
            told = re.match(
                r"\s*(?:附件?|附录)?[::]?\s*(?:名词|术语|有关用语|用语)(?:解释|说明|注释)", line
            )
            after = self.finished and unit.mark is not None and re.search(r"[“”:]", line)
            self.notes = late and (told is not None or after is not None and bool(after))
        return self.notes

    def _bare_entry(self, line: str) -> bool:
        """An unnumbered entry of a list, one a line."""
        form = self.document.form in {"livelihood_list", "task_table"}
        return form and lx.ACTION.match(line) is not None and len(line) > 6

    def _in_entry(self, unit: Unit) -> bool:
        section = self.structure.sections[unit.section]
        if self.document.form not in LISTS or not section.mark or unit.section in self.parents:
            return False
        if self.document.form != "assessment_rules" or section.mark.isdigit():
            return True
        if section.mark.endswith("条"):
            return False
        if unit.section not in self.scored:
            body = self.text[section.start : section.end]
            self.scored[unit.section] = _SCORED.search(body) is not None
        return self.scored[unit.section]

    def _is_heading(self, unit: Unit, spans: list[Span], following: Unit | None) -> bool:
        """Whether the first sentence only names a topic: then it feeds the path and is no item."""
        start, end = spans[0]
        first = self.text[start:end].strip()
        body = first.rstrip("。;!?:,、 ")
        section = self.structure.sections[unit.section]
        more = len(spans) > 1 or (
            following is not None
            and following.section != unit.section
            and self.structure.sections[following.section].parent == unit.section
        )
        if unit.mark is None:
            topic = unit.opens_line and more and len(body) <= 14 and first[-1:] == "。"
            topic = topic and self.document.form in {"report", "work_points"} and "," not in body
            return topic and not re.search(r"\d|[!?]", body) and section.part != "other"
        if LABEL.match(body) and len(body) > 6 and self._in_entry(unit):
            return False
        ended = first[-1:] in set("。;!?")
        if not ended and len(spans) == 1 and (unit.closes_line or more):
            outer = unit.mark.family in {"cn", "pcn", "tiao", "ord"}
            bare = outer and len(body) <= 20 and not self._in_entry(unit)
            return more or self._body_follows(unit, following) or bare
        if self._in_entry(unit) or not more:
            return more and not self._in_entry(unit) and unit.section in self.parents
        return self._topic(body, section.part, unit.section)

    def _is_subtopic(self, span: Span) -> bool:
        """In reports a heading may be followed at once by the topic of its first paragraph."""
        body = self.text[slice(*span)].strip()
        short = len(body) <= 13 and body[-1:] == "。" and not re.search(r"[,\d]", body)
        return short and self.document.form == "report" and lx.ACTION.match(body) is not None

    def _body_follows(self, unit: Unit, following: Unit | None) -> bool:
        if following is None or following.section != unit.section or following.mark is not None:
            return False
        if following.table is not None:
            return True
        head = self.text[following.start : following.start + 60].strip()
        label = LABEL.match(head)
        return label is None or _PARTY_LABEL.search(label["label"]) is None

    def _topic(self, body: str, part: Part, section: int) -> bool:
        """A short first sentence is a topic unless it states a figure, a gap or a result."""
        if len(body) > 36 or re.search(r"\d[\d.]*(?:%|万|亿|个|家|公里)", body):
            return False
        if contrast(self.text, 0, 0) is not None:
            return False
        states = re.search(r",(?:但|然而|但是)", body) is not None
        gap = lx.GAP.search(lx.REMEDY.sub("", body)) is not None
        if states or (gap and (part != "plan" or self.problem.get(section, False))):
            return False
        told = lx.REVIEW_FACT.search(body) and not lx.TOPIC_LEAD.match(body)
        if part == "review" and told and not lx.ACTION.match(body):
            return False
        return len(body) <= 24 or lx.TOPIC_LEAD.match(body) is not None or part != "review"

    # -- sentences ---------------------------------------------------------------
    def _sentence(self, unit: Unit, span: Span, *, last: bool) -> None:
        start, end = trim(self.text, *span)
        if start >= end:
            return
        label = LABEL.match(self.text, start, span[1])
        if label and self._label(label, unit):
            return
        if self.text[start:end] in {"无", "暂无"} or (
            label and _FIGURE_LABEL.match(label["label"])
        ):
            return
        if (
            not unit.path
            and _TO_UNITS.match(self.text[start : span[1]].strip()[:80])
            and unit.opens_line
        ):
            reason = (say("extraction.formula", formula="address"),)
            self._add((start, end), unit, Verdict("boilerplate", Decimal("0.8"), reason), Extra())
            return
        if self._is_apparatus(start, end):
            self._attach((start, span[1]), unit)
            return
        if label and label.end() < end:
            start = label.end()
        self._triggers(unit, start, end)
        if self._in_entry(unit) and unit.section == self._entry_section(unit):
            self._entry(unit, (start, span[1]))
            return
        if last and self.text[start : span[1]].rstrip()[-1:] == ":":
            self._announces(self.text[start:end][-40:], unit)
            self._intro(unit, (start, end))
            return
        intro = _INTRO.match(self.text, start, end)
        if (
            intro
            and intro.end() < end - 4
            and re.search(r"目标|如下|问题|不足|困难|任务", intro.group())
        ):
            start = intro.end()
            self._announces(intro.group(), unit)
        for part in self._cut((start, end), unit):
            self._clause(unit, part)

    def _announces(self, intro: str, unit: Unit) -> None:
        """今年主要预期目标是: opens a list of targets that lasts to the end of its paragraph."""
        if (
            re.search(r"目标(?:任务)?(?:是|为|如下|[::]|$)", intro.rstrip(":"))
            and self.structure.sections[unit.section].part != "review"
        ):
            ends = self.text[max(0, unit.end - 3) : unit.end].rstrip().endswith(":")
            following = self.text.find("\n", unit.end + 2) if ends else unit.end
            self.targets_until = max(unit.end, following)

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
        if "问题" in word or "困难" in word:
            self.mode = "problem"
        elif "下" in word:
            self.mode = "plan"
        elif _DONE_LABEL.search(word):
            self.mode = "progress"
        elif _CONTENT_LABEL.search(word):
            self.mode = "task"
        self.mode_section = unit.section
        return False

    def _is_apparatus(self, start: int, end: int) -> bool:
        if _ONLY_PARTIES.fullmatch(self.text, start, end):
            return True
        match = APPARATUS.match(self.text, start, end)
        if match is None and self.text[start - 1 : start] == "(":
            match = APPARATUS.match(self.text, start - 1, end)
        return match is not None and match.end() >= end - 2

    def _attach(self, span: Span, unit: Unit) -> None:
        """Apparatus on its own (责任单位：… on the next line) belongs to what stands before it.

        That is the item before, and with it the items of the same sentence that name nobody.
        """
        last = len(self.items) - 1
        n = last
        while n >= 0 and (n == last or self._shares(self.items[n], self.items[last], unit)):
            self._give(n, span)
            n -= 1
        self.entry_open = None

    def _shares(self, item: Item, last: Item, unit: Unit) -> bool:
        between = self.text[item.end : last.start]
        near = item.start >= unit.start and item.path == last.path and len(between) < 400
        return near and not item.responsible and "。" not in between and ";" not in between

    def _give(self, n: int, span: Span) -> None:
        last = self.items[n]
        verdict = Verdict(last.kind, last.confidence, last.reasons)
        base = self.make.item((last.start, last.end), last.path, verdict, Extra(spans=(span,)))
        if base is not None:
            self.items[n] = replace(
                last,
                responsible=_merge(last.responsible, base.responsible),
                lead=_merge(last.lead, base.lead),
                supporting=_merge(last.supporting, base.supporting),
                leaders=_merge(last.leaders, base.leaders),
                deadline=base.deadline or last.deadline,
            )

    def _triggers(self, unit: Unit, start: int, end: int) -> None:
        """Sentences that turn the course of the text: a look back, the plan year, the problems."""
        view = self.text[start : min(end, start + 200)]
        part = self.structure.sections[unit.section].part
        year = self.document.year
        named = re.search(
            r"(20\d{2})年,?(?:是|工作|我们(?:要|将))|今年(?:是|,?我们(?:要|将)|(?:的|经济|主要|全市|全县|全镇|政府)?[^,。]{0,10}目标)",
            view,
        )
        if named and part != "plan" and (named[1] is None or (year and int(named[1]) >= year)):
            if named[1] or part != "review" or "目标" in view:
                self._turn(unit.section, "plan")
        elif _TURNS.match(view):
            if part == "review" or start > 0.3 * len(self.text):
                self._turn(unit.section, "plan")
        elif part == "plan" and self._looks_back_again(unit, view):
            self._turn(unit.section, "review")
        elif part == "review" and not self._told_by_heading(unit.section) and _ASKED.search(view):
            self._turn(unit.section, "plan")
        elif part == "other" and (
            lx.REVIEW_CUE.match(view) or re.match(r"(?:过去的?一年|20\d{2}年)[,]?是", view)
        ):
            self._turn(unit.section, "review")
        self._problem_zone(unit, view)

    def _looks_back_again(self, unit: Unit, view: str) -> bool:
        """过去的一年里,我们… in a speech that had already turned to the year ahead."""
        plain = self.document.form == "speech" and not self._told_by_heading(unit.section)
        return plain and lx.REVIEW_CUE.match(view) is not None and not _ASKED.search(view)

    def _told_by_heading(self, k: int) -> bool:
        """Whether a heading, not a passing sentence, made this the review part."""
        index: int | None = k
        while index is not None:
            if index in self.own:
                return True
            index = self.structure.sections[index].parent
        return self.document.form not in {"speech", "work_points"}

    def _problem_zone(self, unit: Unit, view: str) -> None:
        k = unit.section
        if self.problem.get(k, False) or self.zone_until > unit.start:
            if _LEAVES_ZONE.match(view):
                self.problem[k] = k in self.own and self.own[k][1]
                self.zone_until = -1
            return
        part = self.structure.sections[k].part
        if lx.PROBLEM_LEAD.search(view) is None or not _FAULTS.search(view):
            return
        if re.match(r"必须|要|坚持|面对", view) or not (
            _STRONG_LEAD.search(view) or (part == "review" and len(view) < 80)
        ):
            return
        listed = self.document.form in {"report", "work_points", "supervision_notice"}
        alone = view.rstrip().endswith(":") or unit.end - unit.start < 90
        if listed and (alone or self.text[max(0, unit.end - 3) : unit.end].rstrip()[-1:] == ":"):
            self.problem[k] = True
        self.zone_until = unit.end

    # -- clauses -----------------------------------------------------------------
    def _place(self, unit: Unit, start: int, *, contrasted: bool = False) -> Place:
        section = self.structure.sections[unit.section]
        part: Part = {
            "progress": "review",
            "problem": "review",
            "task": "plan",
            "plan": "plan",
        }.get(self.mode, section.part)  # type: ignore[assignment]
        if self.document.form == "supervision_notice" and not section.mark and part == "plan":
            part = "other"
        if part == "other" and section.mark and start > 0.5 * len(self.text):
            part = "plan"
        return Place(
            part=part,
            form=self.document.form,
            problem_zone=self.mode == "problem"
            or start < self.zone_until
            or self.problem.get(unit.section, False),
            heading=self._headings(unit.section),
            position=start / max(1, len(self.text)),
            preamble=not unit.path or start < self.structure.begin + 500,
            after_contrast=contrasted,
            targets=start < self.targets_until,
        )

    def _headings(self, k: int) -> str:
        sections = self.structure.sections
        titles = [sections[k].title]
        parent = sections[k].parent
        while parent:
            titles.append(sections[parent].title)
            parent = sections[parent].parent
        return " ".join(t[:30] for t in titles[:3])

    def _cut(self, span: Span, unit: Unit) -> list[tuple[Span, bool]]:
        """A sentence cut where kind or subject changes; each part with "after a contrast"."""
        start, end = span
        if end - start > 2000:
            return [(span, False)]
        at = contrast(self.text, start, end)
        if at is not None and self._splits_at(start, at, end, unit):
            return [((start, at), False), ((at, end), True)]
        opens = re.match(r"但|然而|但是", self.text[start:end]) is not None
        parts = comma_parts(self.text, start, end)
        for n, (a, _b) in enumerate(parts[1:], 1):
            before = self.text[parts[n - 1][0] : a]
            if (
                a - start > 10
                and re.search(r"要|须", before)
                and subject(self.text, self.original, a, end)
                and _OTHER_SUBJECT.search(self.text[a : a + 16])
            ):
                return [((start, a), opens), ((a, end), False)]
        return [(span, opens)]

    def _splits_at(self, start: int, at: int, end: int, unit: Unit) -> bool:
        """但 splits where a gap follows something that is none; formulas stay whole."""
        after, before = self.text[at:end], self.text[start:at]
        if lx.GAP.search(lx.REMEDY.sub("", before)) is not None:
            return False
        place = self._place(unit, start)
        gap = lx.GAP.search(lx.REMEDY.sub("", after)) or re.search(
            r"需加快|须强化|仍需|还需", after
        )
        general = re.search(r"我们(?:取得|也)[^,]{0,14}成绩", before)
        return (
            gap is not None
            and general is None
            and not (place.part == "plan" and place.form != "speech")
        )

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

    def _clause(self, unit: Unit, part: tuple[Span, bool]) -> None:
        span, contrasted = part
        start, end = trim(self.text, *span)
        if start >= end:
            return
        place = self._place(unit, start, contrasted=contrasted)
        if place.part == "plan" and not place.problem_zone and end - start < 1000:
            targets = self._targets((start, end), place)
            if targets:
                self._add_targets(unit, targets, place)
                return
        if place.problem_zone and contrasted is False and place.form == "speech":
            place = replace(place, problem_zone=True)
        verdict = classify(self.text[start:end], place)
        if place.position > 0.6 and re.match(r"让我们|各位代表", self.text[start : start + 5]):
            self.finished = True
        self._add(span, unit, verdict, Extra(period=self._period(place)), gap=contrasted)

    def _period(self, place: Place) -> str | None:
        return self.document.asof if place.part == "review" else None

    def _targets(self, span: Span, place: Place) -> list[Span]:
        """Metrics with values of their own, one each; [] where the sentence is one clause."""
        if place.form in LISTS and place.entry:
            return []
        parts = comma_parts(self.text, *span)
        metric = [is_metric(self.text[a:b].strip()) for a, b in parts]
        valued = [re.search(r"\d", self.text[a:b]) is not None for a, b in parts]
        own = [m and v for m, v in zip(metric, valued, strict=True)]
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
            if all(metric[k] and valued[k] for k in rest) and _TAIL_METRIC.search(tail):
                if re.match(r"(?:年度)?投资|总投资|增", tail.strip()) or not lx.ACTION.search(
                    self.text[span[0] : parts[n][0]]
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

    def _add_targets(self, unit: Unit, targets: list[Span], place: Place) -> None:
        """Each target an item; a deadline that opens the first is shared by coordination."""
        shared = None
        for n, (a, b) in enumerate(targets):
            verdict = classify(self.text[slice(*trim(self.text, a, b))], place)
            own = read_deadline(self.text, self.original, (a, b), self.clock)
            if n == 0 and own is not None and own.start < a + 12 and verdict.kind == "indicator":
                shared = own
            deadline = own or (shared if verdict.kind == "indicator" else None)
            period = deadline.norm[:4] if own is None and deadline and deadline.norm else None
            self._add((a, b), unit, verdict, Extra(deadline=deadline, period=period))

    def _add(
        self, span: Span, unit: Unit, verdict: Verdict, extra: Extra, *, gap: bool = False
    ) -> None:
        item = self.make.item(span, unit.path, verdict, extra)
        if item is None:
            return
        if gap and item.kind == "problem" and self.items:
            last = len(self.items) - 1
            if self.items[last].kind == "achievement" and self.items[last].path == item.path:
                item = replace(item, pair=last)
                if self.items[last].pair is None:
                    self.items[last] = replace(self.items[last], pair=last + 1)
        self.items.append(item)

    # -- entries -----------------------------------------------------------------
    def _entry(self, unit: Unit, span: Span) -> None:
        """A sentence of a numbered entry: one item an entry, a new one after units of its own."""
        place = replace(self._place(unit, span[0]), entry=True)
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
        item = self.make.item(whole, unit.path, verdict, Extra())
        if item is not None:
            self.items.append(item)
            self.entry_open, self.entry_start = (None, 0) if own else (unit.section, start)

    def _tells_progress(self, span: Span) -> bool:
        told = re.search(r"完成情况|进展情况|落实情况", self.document.title) is not None
        return (
            told
            and re.match(r"\s*(?:已|目前|截至|全年|共)", self.text[span[0] : span[1]]) is not None
        )


def _gathered(parts: list[Span], own: list[bool]) -> list[Span]:
    """Parts without a metric of their own stay with the one before them."""
    result: list[Span] = []
    for part, stands in zip(parts, own, strict=True):
        if stands or not result:
            result.append(part)
        else:
            result[-1] = (result[-1][0], part[1])
    return result


def _merge(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return first + tuple(name for name in second if name not in first)


_REMEDY_HEAD: Final = re.compile(
    r"补(?:齐|强)?短板|强弱项|整改|解决|破解|攻坚|要求|对策|缩小|,?(?:但|然而)|防范|化解|治理|导向|抓落实|克服"
)


_SPEECH_PLAN: Final = re.compile(
    r"安排|打算|下一步|下步|今年|20\d\d年|新的一年|新征程|要求|部署|重点工作|目标任务|往前走|向前看|朝前看|怎么干|狠抓|抓好|抓落实|奋力|奋进"
)


def _part_of_heading(
    title: str, year: int | None, level: int, *, speech: bool
) -> tuple[Part, bool] | None:
    """The part a heading opens, and whether it opens the problems; None where it does not tell."""
    years = [int(y) for y in re.findall(r"(20\d{2})年", title)]
    told = lx.PROBLEM_HEAD.search(title) and not _REMEDY_HEAD.search(title)
    if told and len(title) <= 24:
        return "review", True
    if lx.REVIEW_HEAD.search(title) or (years and year and max(years) < year):
        return "review", False
    if (years and year and max(years) >= year) or (
        level <= 2 and (_SPEECH_PLAN if speech else lx.PLAN_HEAD).search(title)
    ):
        return "plan", False
    return None


def extract(text: str, *, year: int | None = None, festivals: Festivals | None = None) -> Reading:
    """Read an official text: outline, passages and draft items of the seven kinds.

    Every item points at its passage: `text[item.start:item.end]` is exactly the words it was read
    from; nothing is lost (the passages tile the text) and nothing invented (a masked figure keeps
    no value). `year` is the plan year where the caller knows it, else it is read from the title,
    the plan heading or the date line. `festivals` gives lunar dates; without them 春节前 stays open.
    Offsets are code points. Time is linear in the length of the text.
    """
    matching = canon(text)
    structure = build(matching)
    document = read_document(matching, text, structure.begin, year)
    clock = Clock(document.year, festivals or Festivals())
    items = _Reader(matching, text, structure, document, clock).read()
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
    for start, end in zip(edges, edges[1:], strict=False):
        k = bisect_right(starts, start) - 1
        path = structure.units[k].path if k >= 0 else ()
        passages.append(Passage(start, end, path))
    return tuple(passages)
