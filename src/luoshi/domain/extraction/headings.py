"""Which lines and sentences are no items: titles, frames, topics, explanations of terms."""

from __future__ import annotations

import re
from typing import Final

from luoshi.domain.extraction import lexicon as lx
from luoshi.domain.extraction.clauses import trim
from luoshi.domain.extraction.context import LISTS, Document
from luoshi.domain.extraction.course import Course
from luoshi.domain.extraction.duties import VERB_FIRST
from luoshi.domain.extraction.models import Part
from luoshi.domain.extraction.responsible import APPARATUS
from luoshi.domain.extraction.structure import LABEL, Structure, Unit
from luoshi.domain.text import canon

Span = tuple[int, int]
_PARTY_LABEL: Final = re.compile(
    r"单位|领导|部门|科室|牵头|责任|配合|时限|时间|包联|包抓|联系|分管|督"
)
_DATE_LINE: Final = re.compile(
    r"[\s\S]{0,60}(?:20\d{2}|二[零〇O]\S{2})年\s*\d{0,2}\s*月\s*\d{0,2}\s*日\)?$"
)
_ONLY_PARTIES: Final = re.compile(
    r"由[^,。]{2,24}(?:牵头|负责)(?:落实|实施)?(?:,[^,。]{2,40}(?:配合|参与|协助))?"
)
# A heading names no day, no actor with a duty; one that does is a demand.
_DEMANDS: Final = re.compile(
    r"\d日前|月底前|年底前|[点时]前|(?:^|,)每[年月周季日天]|务必|必须|不得"
    r"|^(?:各|[一-鿿]{2,10}(?:委|局|办|乡|镇|部|所|站|中心|单位)(?:、|要|须|应|负责))[^,]{0,20}(?:要|须|应|负责|牵头)"
)
_NAMES_TOPIC: Final = re.compile(r"(?:方面|情况|问题|领域|部分|上)$|^关于|^(?:主要|存在)")
_HAPPENED: Final = re.compile(r"[一-鿿]了(?:$|,|[一-鿿])|起来$|[一-鿿]过半$")
# What a subject is or has become (势头强劲, 成效卓著), not what somebody does.
_STATES: Final = re.compile(
    r"(?:势头|态势|成效|效果|成绩|成果|作用|优势|步伐|氛围|基础|面貌|秩序|大局|水平|能力|活力|动能|质量|结构|环境|动力)[一-鿿]{0,3}"
    r"(?:强劲|良好|卓著|显著|明显|突出|喜人|丰硕|向好|稳固|浓厚|夯实|加快|增强|提升|改善|优化|稳定|凸显|彰显|扎实|焕新|一新)$"
)
# Slogans of four characters that open a paragraph of demands.
_COUPLET: Final = re.compile(r"[一-鿿]{4}(?:,[一-鿿]{4}){0,3}")
_SCORED: Final = re.compile(r"\d分\)|得\d+分|扣[\d.]+分")


_SCORED_LINE: Final = re.compile(r"\d分[。;,\)]|得满分|扣[\d.]+分")


class Headings(Course):
    """Tells headings and frames from statements."""

    def __init__(self, text: str, structure: Structure, document: Document) -> None:
        """Note which sections hold others: a list entry holds none."""
        super().__init__(text, structure, document)
        self.scored: dict[int, bool] = {}
        self.notes = False
        self.finished = False

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
            and "。" not in line
            and not self._bare_entry(line)
        )

    def _is_apparatus(self, start: int, end: int) -> bool:
        """Whether a range is nothing but an assignment (责任单位：…, 由X牵头)."""
        if _ONLY_PARTIES.fullmatch(self.text, start, end):
            return True
        match = APPARATUS.match(self.text, start, end)
        if match is None and self.text[start - 1 : start] == "(":
            match = APPARATUS.match(self.text, start - 1, end)
        while match is not None and match.end() < end - 2:
            # (责任科室:…;配合单位:…;完成时限:…): one label after another.
            match = APPARATUS.match(self.text, match.end() + 1, end)
        return match is not None

    def _in_notes(self, unit: Unit) -> bool:
        """Explanations of terms after the end of a report (名词解释): no items."""
        if not self.notes and unit.opens_line and self.document.form == "report":
            line = self.text[unit.start : unit.start + 40]
            late = unit.start > 0.6 * len(self.text)
            told = re.match(
                r"\s*(?:附件?|附录)?[::]?\s*(?:名词|术语|有关用语|用语)(?:解释|说明|注释)", line
            )
            after = self.finished and unit.mark is not None and re.search(r"[“”:]", line)
            self.notes = late and (told is not None or (after is not None and bool(after)))
        return self.notes

    def _bare_entry(self, line: str) -> bool:
        """An unnumbered entry of a list, one a line."""
        form = self.document.form in {"livelihood_list", "task_table"}
        return form and lx.ACTION.match(line) is not None and len(line) > 6

    def _in_entry(self, unit: Unit) -> bool:  # noqa: PLR0911 - the rule is a list of cases
        section = self.structure.sections[unit.section]
        letter = self.document.form == "responsibility_letter" and section.mark.isdigit()
        if not (letter or self.document.form in LISTS):
            return False
        if not section.mark or unit.section in self.holders:
            return False
        if letter:
            return _SCORED_LINE.search(self.text, section.start, section.end) is not None
        if self.document.form == "project_ledger" and not self._tells_one_project(unit.section):
            return False
        if self.document.form != "assessment_rules" or section.mark.isdigit():
            return True
        if section.mark.endswith("条"):
            return False
        if unit.section not in self.scored:
            body = self.text[section.start : section.end]
            self.scored[unit.section] = _SCORED.search(body) is not None
        return self.scored[unit.section]

    def _tells_one_project(self, k: int) -> bool:
        """An entry of a ledger is short; a section that strings projects together is prose."""
        section = self.structure.sections[k]
        return self.text.count(";", section.start, section.end) < 4 and (
            section.mark.isdigit() or section.end - section.start < 300
        )

    def _is_heading(  # noqa: PLR0911 - the rule is a list of cases
        self, unit: Unit, spans: list[Span], following: Unit | None
    ) -> bool:
        """Whether the first sentence only names a topic: then it feeds the path and is no item."""
        start, end = spans[0]
        first = self.text[start:end].strip()
        body = first.rstrip("。;!?:,、 ")
        section = self.structure.sections[unit.section]
        told = [s for s in spans[1:] if not self._is_apparatus(*trim(self.text, *s))]
        more = len(told) > 0 or (
            following is not None
            and following.section != unit.section
            and self.structure.sections[following.section].parent == unit.section
        )
        told_below = self.document.form in {"report", "work_points", "speech"} and len(spans) == 1
        if following is not None and unit.closes_line and told_below and unit.mark is not None:
            body_below = following.mark is None and following.section == unit.section
            more = more or (body_below and unit.mark.family in {"cn", "pcn"} and len(body) <= 30)
        if unit.mark is None:
            if _COUPLET.fullmatch(body) and unit.opens_line and more and first[-1:] == "。":
                return True
            topic = unit.opens_line and more and len(body) <= 16 and first[-1:] == "。"
            topic = topic and self.document.form in {"report", "work_points"} and "," not in body
            topic = topic and not re.search(r"\d|[!?]", body) and section.part != "other"
            # In a review 承载能力提升 is a fact; 狠抓项目建设 names what is told next.
            return topic and (section.part != "review" or lx.ACTION.match(body) is not None)
        if LABEL.match(body) and len(body) > 6 and self._in_entry(unit):
            return False
        if first[-1:] == ";":
            return False
        ended = first[-1:] in set("。;!?")
        if not ended and len(spans) == 1 and (unit.closes_line or more):
            outer = unit.mark.family in {"cn", "pcn", "tiao", "ord"}
            bare = outer and len(body) <= 20 and not self._in_entry(unit)
            return more or self._body_follows(unit, following) or bare
        if self._in_entry(unit) or not more:
            return more and not self._in_entry(unit) and unit.section in self.holders
        return self._topic(body, section.part, unit.section)

    def _is_subtopic(self, span: Span) -> bool:
        """In reports a heading may be followed at once by the topic of its first paragraph."""
        body = self.text[slice(*span)].strip()
        short = len(body) <= 13 and body[-1:] == "。" and not re.search(r"[,\d]", body)
        form = self.document.form in {"report", "work_points"}
        if short and self.document.form == "speech" and body[0] == "要":
            return True  # 要紧盯开工率。 and then at length what that asks
        acts = lx.ACTION.match(body) or VERB_FIRST.match(body)
        return short and form and acts is not None

    def _names_next(self, unit: Unit, span: Span, following: Span) -> bool:
        """A topic within a paragraph of a report: short itself, its matter at length after it."""
        if unit.mark is not None and self._in_entry(unit):
            return False
        told = self.structure.sections[unit.section].part == "review"
        if told and not re.search(r"\d", self.text[slice(*span)]):
            told = re.search(r"\d", self.text[slice(*following)]) is None
        size = span[1] - span[0]
        longer = following[1] - following[0] > (2.5 if size > 11 else 1.6) * size
        return longer and not told and self._is_subtopic(span)

    def _body_follows(self, unit: Unit, following: Unit | None) -> bool:
        if following is None or following.section != unit.section or following.mark is not None:
            return False
        if following.table is not None:
            return True
        head = self.text[following.start : following.start + 60].strip()
        label = LABEL.match(head)
        return label is None or _PARTY_LABEL.search(label["label"]) is None

    def _topic(  # noqa: PLR0911 - the rule is a list of cases
        self, body: str, part: Part, section: int
    ) -> bool:
        """A short first sentence is a topic unless it states a figure, a gap or a result."""
        if len(body) > 36 or re.search(r"\d[\d.]*(?:%|万|亿|个|家|公里)", body):
            return False
        halves = body.split(",")
        if (
            self.structure.sections[section].mark[:1] == "第"
            and len(halves) == 2
            and abs(len(halves[0]) - len(halves[1])) <= 2
            and (
                not lx.GAP.search(lx.REMEDY.sub("", body)) or re.search(",(?:更|还|又|也)要", body)
            )
            and "但" not in body
        ):
            return True  # 第三,作风必须过硬,廉洁不能破底线。: two halves of one measure
        if _DEMANDS.search(re.sub(r"\([^()]{1,30}\)$", "", body)):
            return False
        if self.problem.get(section, False) and section not in self.own and len(body) > 4:
            return _NAMES_TOPIC.search(body) is not None
        states = re.search(r",(?:但|然而|但是)", body) is not None
        gap = lx.GAP.search(lx.REMEDY.sub("", body)) is not None
        if states or (gap and (part != "plan" or self.problem.get(section, False))):
            return False
        told = lx.REVIEW_FACT.search(body) and not lx.TOPIC_LEAD.match(body)
        told = told or _STATES.search(body) is not None
        happened = _HAPPENED.search(body) and self.document.form == "speech"
        # 发展平台不断优化: its last words tell what has become of its subject.
        ends = any(m.end() == len(body) and m.start() > 2 for m in lx.REVIEW_FACT.finditer(body))
        acts = lx.ACTION.match(body) is not None and not ends
        if part != "plan" and (told or happened) and not acts:
            return False
        return len(body) <= 24 or lx.TOPIC_LEAD.match(body) is not None or part != "review"
