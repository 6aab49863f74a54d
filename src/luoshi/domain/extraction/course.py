"""The course of a text: which part each section is, and the sentences that turn it."""

from __future__ import annotations

import re
from typing import Final

from luoshi.domain.extraction import lexicon as lx
from luoshi.domain.extraction.context import Document
from luoshi.domain.extraction.models import Part
from luoshi.domain.extraction.structure import Structure, Unit
from luoshi.domain.extraction.tense import tells_the_past
from luoshi.domain.extraction.verdicts import Place

_STRONG_LEAD: Final = re.compile(
    r"(?:肯定|总结|看到|取得)[^,。]{0,6}成绩|清醒|同时,?[^,。]{0,10}(?:看到|认识)"
)
_LEAVES_ZONE: Final = re.compile(
    r"(?:对此|对于?(?:这些|上述|以上)|针对(?:这些|上述|以上)|综合研判|展望|这些问题|为此|下一?步|我们(?:将|要|必须)|以上问题|同志们|各位代表|下面|接下来|新的一年|下半年|下阶段|今后"
    r"|20\d\d年,?(?:是|我们)|今年,?(?:是|我们)|(?:要|必须|务必)(?!看到|清醒|认识|求|说|承认|素|点|件|害|塞))"
)
_TURNS: Final = re.compile(
    r"(?:下面|接下来|下一步|做好今年)[^。]{0,60}(?:意见|要求|重点|强调|工作|部署|讲)|新的一年|面向未来|展望(?:今年|20\d\d年|未来)"
    r"|(?:下面|接下来)?,?我(?:再)?(?:讲|强调|提)[一二三四五六几]"
    r"|(?:下半年|下阶段|今后),?(?:[一-鿿]{1,8})?(?:要|必须|将)"
    r"|(?:做好)?今年(?:的)?(?:政府|经济|全市|全县|全镇|各项)?[^,。]{0,10}工作[^,。]{0,4}(?:总体|要求|思路|任务|重点|安排)"
)
_ASKED: Final = re.compile(
    r"^(?:我们|大家|全[镇县市区乡]上下|各[一-鿿、()]{1,16})?(?:必须|务必|要(?!看到|清醒|认识|求))|^(?:确保|力争)[^,。]{4,}"
    r"|(?:\d{1,2}月底前|年底前|年内|\d{1,2}日前)[^,。]{0,12}(?:完成|建成|报|拿出|新增|开工|落实)"
)
_AHEAD_NOW: Final = re.compile(r"(?:下半年|下一?步|下阶段|接下来|今后),?(?!.{0,8}问题)")
_OF_YEAR: Final = re.compile(r"(20\d{2})年,?(?!\d{1,2}月\d{1,2}日以后)(?![^。]{0,12}(?:底|末)?前)")
_LINE_AHEAD: Final = re.compile(r"今年|下一?步|下阶段|下半年|未来|今后|明年")
_LINE_WORK: Final = re.compile(r"工作|任务|目标|安排|重点|要求|思路|打算|举措|部署")
_PLAIN_PLAN: Final = re.compile(
    r"安排|打算|计划|规划|目标|任务|要求|下一?步|下阶段|下半年|今年|明年|新的一年|展望|建议|思路|征程|接下来|未来|今后|20\d\d年"
)
_HOPED: Final = re.compile(
    r"新(?:的)?(?:更大)?(?:成效|进展|成绩|成就|成果)|见(?:到)?(?:成效|实效)|求成效|更大(?:成效|进展)"
)
_ANNOUNCED: Final = re.compile(r"(?:问题|不足|差距|短板|困难|原因)[^,。;]{0,6}[::]\s*$")
_NAMED_FAULTS: Final = re.compile(
    r"(?:存在|发现|面临|暴露)[^,。;]{0,10}(?:问题|不足|差距|短板|困难)[^,。;]{0,3}:"
)
_SOMEONE_MUST: Final = re.compile(
    r"(?:下半年,|下阶段,|今后,)?(?:大家|全[镇县市区乡]上下|各[一-鿿]{1,8}|[一-鿿]{2,8}(?:办|局|委|所|站|中心|部))(?:要(?!看到|求)|必须|务必|牵头)"
)
_BOTH: Final = re.compile(r"成绩|成效|成果|进展|亮点|肯定|进步")
_FAULTS: Final = re.compile(r"问题|困难|不足|短板|挑战|差距")
_REMEDY_HEAD: Final = re.compile(
    r"补(?:齐|强)?短板|强弱项|整改|解决|破解|攻坚|要求|对策|缩小|,?(?:但|然而)|防范|化解|治理|导向|抓落实|克服"
)
_SPEECH_PLAN: Final = re.compile(
    r"安排|打算|下一步|下步|今年|20\d\d年|新的一年|新征程|要求|部署|重点工作|目标任务|往前走|向前看|朝前看|怎么干|狠抓|抓好|抓落实|奋力|奋进"
)


# What a label (完成情况：, 主要内容：) makes of the text after it.
_MODES: Final[dict[str, Part]] = {
    "progress": "review",
    "problem": "review",
    "task": "plan",
    "plan": "plan",
}


class Course:
    """Knows, while the text is walked, whether it looks back, plans, or tells its problems."""

    def __init__(self, text: str, structure: Structure, document: Document) -> None:
        """Start at the top of the document, with the parts that headings tell."""
        self.text, self.structure, self.document = text, structure, document
        self.problem: dict[int, bool] = {}
        self.mode = ""
        self.leads = False  # whether the sentence stands between a heading and its first topic
        self.holders = {s.parent for s in structure.sections[1:] if s.mark}
        self.targets_until = -1
        self.zone_until = -1
        self.seen_section = -1
        self.told_at = (-1, False)
        self.demanded = len(text)  # where a notice stops telling what was found
        structure.sections[0].part = document.default
        self._parts()

    def _parts(self) -> None:
        """Give each section with a telling heading its own part; the rest inherit while walking."""
        self.own: dict[int, tuple[Part, bool]] = {}
        year = self.document.year
        seen = False
        for k, section in enumerate(self.structure.sections):
            if k and section.mark and section.mark[-1:] != "是":
                # 一是任务依然繁重 tells one of several things; it heads no part.
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
                if part == "plan" and self._only_topical(n):
                    continue
                if self.problem[n] and lx.GAP.search(sections[n].title):
                    continue  # 一是进展不平衡 among the problems is one of them
                # Inside a review or plan part only a problem heading changes the course.
                deep = parent != 0 and sections[parent].part == "plan"
                if (
                    (problem and not deep)
                    or sections[n].level <= 1
                    or sections[parent].part == "other"
                ):
                    sections[n].part, self.problem[n] = part, problem
                    if sections[n].level <= 1 and self.document.form in {"report", "work_points"}:
                        # 三、加强自身建设 after 二、今年安排 goes on planning.
                        sections[0].part = part

    def _only_topical(self, n: int) -> bool:
        """In the review of a report 狠抓整改 is what was done; only plain words begin the plan."""
        section = self.structure.sections[n]
        looking_back = section.part == "review" and self.document.form in {"report", "work_points"}
        return looking_back and _PLAIN_PLAN.search(section.title) is None

    def _turn(self, k: int, part: Part) -> None:
        """A sentence turns the text to review or plan: for its section and all that hold it."""
        sections = self.structure.sections
        index: int | None = k
        look_back = part == "review" and self.document.form == "speech"
        while index is not None:
            if look_back and index == 0 and k:
                break  # a look back under 一、 says nothing of what 二、 holds
            sections[index].part = part
            self.problem[index] = False
            index = sections[index].parent
        self.zone_until = -1

    def _triggers(self, unit: Unit, start: int, end: int) -> None:
        """Sentences that turn the course of the text: a look back, the plan year, the problems."""
        view = self.text[start : min(end, start + 200)]
        part = self.structure.sections[unit.section].part
        year = self.document.year
        named = re.search(
            r"(?<!过去的)(20\d{2})年,?(?:是|工作|我们(?:要|将))|今年(?:是|,?我们(?:要|将)|(?:的|经济|主要|全市|全县|全镇|政府)?[^,。]{0,10}目标)",
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
        if self.document.form == "supervision_notice" and _AHEAD_NOW.match(view):
            self._turn(unit.section, "plan")
            self.demanded = min(self.demanded, start)
        self._problem_zone(unit, view)

    def _line_turns(self, unit: Unit) -> None:
        """A heading without a mark (2026年工作安排) turns the course as one with a mark does."""
        if self.document.form not in {"report", "work_points"}:
            return
        line = self.text[unit.start : unit.end].strip()
        if len(line) > 40 or unit.start < self.structure.begin + 200:
            return
        years = [int(y) for y in re.findall(r"(20\d{2})年", line)]
        year = self.document.year
        ahead = _LINE_AHEAD.search(line) or (years and year and max(years) >= year)
        if lx.REVIEW_HEAD.search(line) and not ahead:
            self._turn(unit.section, "review")
        elif ahead and _LINE_WORK.search(line) and not re.search("回顾|总结", line):
            self._turn(unit.section, "plan")

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
            asked = self.document.form == "speech" and _SOMEONE_MUST.match(view)
            if _LEAVES_ZONE.match(view) or asked:
                self._leave_problems(k)
                if asked:
                    self._turn(k, "plan")
            return
        part = self.structure.sections[k].part
        open_list = view.rstrip().endswith(":") or re.search(r"看到,?[:,]", view) is not None
        if lx.PROBLEM_LEAD.search(view) is None or not (open_list or _FAULTS.search(view)):
            return
        announced = _ANNOUNCED.search(self.text[max(unit.start, unit.end - 40) : unit.end])
        announced = announced or _NAMED_FAULTS.search(view)
        if re.match(r"必须|要|坚持|面对", view) or not (
            announced or _STRONG_LEAD.search(view) or (part == "review" and len(view) < 80)
        ):
            return
        ends = self.text[unit.start : unit.end].rstrip()[-1:] == ":"
        listed = ends or self.document.form in {"report", "work_points", "supervision_notice"}
        alone = view.rstrip().endswith(":") or unit.end - unit.start < 90
        ends = ends or self._list_follows(unit, view)
        if listed and (alone or ends):
            self.problem[k] = True
        # What a colon announces inside a paragraph runs on over the marks to the paragraph's end.
        line_end = self.text.find("\n", unit.end)
        self.zone_until = (line_end if line_end > 0 else len(self.text)) if ends else unit.end

    def _list_follows(self, unit: Unit, view: str) -> bool:
        """…差距还很明显。一是…: the last sentence of a paragraph before its list announces it."""
        closes = unit.start + self.text[unit.start : unit.end].rstrip().rfind(view.rstrip()[-8:])
        return self.text[unit.end : unit.end + 4].lstrip().startswith("一是") and closes > 0

    def _leave_problems(self, k: int) -> None:
        """The problems end: for the section and all that hold it, unless a heading opened them."""
        self.zone_until = -1
        index: int | None = k
        while index is not None:
            self.problem[index] = index in self.own and self.own[index][1]
            index = self.structure.sections[index].parent

    def _announces(self, intro: str, unit: Unit) -> None:
        """今年主要预期目标是: opens a list of targets that lasts to the end of its paragraph."""
        if (
            re.search(r"目标(?:任务)?(?:是|为|如下|[::]|$)", intro.rstrip(":"))
            and self.structure.sections[unit.section].part != "review"
        ):
            ends = self.text[max(0, unit.end - 3) : unit.end].rstrip().endswith(":")
            following = self.text.find("\n", unit.end + 2) if ends else unit.end
            self.targets_until = max(unit.end, following)

    def _place(self, unit: Unit, start: int, *, contrasted: bool = False) -> Place:
        section = self.structure.sections[unit.section]
        part: Part = _MODES.get(self.mode, section.part)
        if part != "review" and (spoken := _OF_YEAR.match(self.text, start)):
            year = self.document.year
            part = "review" if year and int(spoken[1]) < year else part
        told = self.document.form == "supervision_notice" and start < self.demanded
        if told and not section.mark and part == "plan":
            part = "review"  # a notice tells what was found until it demands something
        late = section.mark and start > 0.5 * len(self.text)
        if part == "other" and late and self.document.form != "minutes":
            part = "plan"
        return Place(
            part=part,
            form=self.document.form,
            problem_zone=self.mode == "problem"
            or start < self.zone_until
            or self.problem.get(unit.section, False),
            heading=self._headings(unit.section, start),
            position=start / max(1, len(self.text)),
            preamble=not unit.path or start < self.structure.begin + 500,
            after_contrast=contrasted,
            targets=start < self.targets_until or self._heads_targets(section.title),
            told=part == "other" and self._paragraph_told(unit),
            lead_in=self.leads or self._leads_in(unit.section),
            path_deep=bool(unit.path),
        )

    def _heads_targets(self, title: str) -> bool:
        """Whether a heading of a plan announces its targets (一、总体目标)."""
        plan = self.document.form in {"report", "work_points"}
        return plan and len(title) <= 8 and title.endswith(("目标", "指标"))

    def _leads_in(self, k: int) -> bool:
        """Whether text stands between a main heading (of a list: the title) and its first mark."""
        section = self.structure.sections[k]
        main = section.level == 1 and bool(section.mark)
        listed = k == 0 and self.document.form in {"livelihood_list", "task_table"}
        return (main or listed) and k in self.holders

    def _paragraph_told(self, unit: Unit) -> bool:
        """Whether a paragraph of a speech tells what was done; judged once a paragraph."""
        if unit.start != self.told_at[0]:
            self.told_at = (unit.start, tells_the_past(self.text, unit.start, unit.end))
        return self.told_at[1]

    def _headings(self, k: int, start: int) -> str:
        """The titles above a clause; an entry that is its own first sentence has none."""
        sections = self.structure.sections
        own = sections[k].title
        titles = ["" if own and self.text.startswith(own[:12], start) else own]
        parent = sections[k].parent
        while parent:
            titles.append(sections[parent].title)
            parent = sections[parent].parent
        return " ".join(t[:30] for t in titles[:3])


def _part_of_heading(
    title: str, year: int | None, level: int, *, speech: bool
) -> tuple[Part, bool] | None:
    """The part a heading opens, and whether it opens the problems; None where it does not tell."""
    years = [int(y) for y in re.findall(r"(20\d{2})年", title)]
    told = lx.PROBLEM_HEAD.search(title) and not _REMEDY_HEAD.search(title)
    told = told and not title.startswith("关于")  # 关于项目用电问题 is what a meeting settled
    if told and _BOTH.search(title):
        return "review", False
    if told and len(title) <= 24:
        return "review", True
    if (lx.REVIEW_HEAD.search(title) and not _HOPED.search(title)) or (
        years and year and max(years) < year
    ):
        return "review", False
    if (years and year and max(years) >= year) or (
        level <= 2 and (_SPEECH_PLAN if speech else lx.PLAN_HEAD).search(title)
    ):
        return "plan", False
    return None
