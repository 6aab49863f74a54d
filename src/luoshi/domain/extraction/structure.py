"""From marks to units: the stretches of text between two marks, each with its section and path."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from typing import Final

from luoshi.domain.extraction.columns import Table
from luoshi.domain.extraction.models import Part
from luoshi.domain.extraction.outline import Levels, Mark, Open, find_marks
from luoshi.domain.extraction.tables import find_tables

_COMMENT: Final = re.compile(r"\s*# ?(?:source|modelled-on):[^\n]*(?:\n|$)")
LABEL: Final = re.compile(
    r"\(?(?P<label>(?:牵头|责任|主办|承办|配合|协办|参与|包抓|包联|包案|包保|领衔|领办|挂帅|挂点|挂联|主抓|联系|分管|督办|督导|实施|主管|业主|项目)"
    r"(?:责任)?(?:单位|领导|部门|科室|人|[市县区镇乡]级?领导)?(?:及责任人)?|(?:完成|办结|工作|整改)?(?:时限|期限)(?:要求)?|(?:计划)?(?:完成|办结)时间|时间(?:要求|节点)"
    r"|(?:主要|工作|建设|具体|项目)?(?:建设)?(?:内容|规模|举措|措施)(?:及(?:主要)?(?:内容|规模))?|(?:年度|工作|主要)?目标(?:任务)?|(?:年度|工作|主要)任务|(?:本?年度|今年|20\d\d年度?)(?:建设|工作|推进|主要)*(?:目标|任务|计划|内容|安排)|(?:项目)?业主"
    r"|(?:完成|进展|推进|落实)(?:情况|进度)|(?:当前|目前|最新|实际|形象|工程|项目)?(?:进展|进度)(?:情况)?"
    r"|(?:主要|存在)?(?:不足|短板|差距)(?:之处)?|(?:主要|当前)?存在(?:的)?(?:主要)?(?:问题|困难)|(?:主要|当前)?(?:问题|困难|卡点|堵点|难点)|(?:下一?步|下阶段|下一?个?节点|后续)(?:工作|打算|计划|措施|举措|安排)?"
    r"|(?:整改|化解|解决|推进|保障|防范|应对)(?:措施|要求|时限|办法|方案|计划)|(?:基本|有关|具体)(?:情况|概况)|(?:案件|事项|反馈|工程|信访|任务)(?:名称|编号|概况)|反馈问题|(?:估算|概算|计划|协议|项目)?总?投资(?:额|估算|概算|规模)?|资金来源|(?:占地|用地|建筑)面积|(?!以下|如下|有关|具体|总体|基本|这些)[一-鿿]{2,4}(?:进展|进度|情况)|项目(?:名称|类别|性质|业主|阶段)|(?:所处|当前|目前)?阶段|(?:签约|开工|投产)(?:时间|日期)|建设(?:地点|期限|单位)|(?:会议)?(?:时间|地点|主持人?|议题)|(?:出席|列席|缺席|参会|参加|与会|记录)(?:人员?|领导|单位)?|备注|说明|联系人|联系电话|附件|抄送|主送)[::]"
)
_CLOSING: Final = re.compile(
    r"(?:以上(?:项目|事项|任务|各项|内容|通知|工作)|本(?:责任书|办法|细则|方案|决定|通知|规定|清单)"
    r"|特此|此(?:页|件)|联系人|联系电话|附件|附:|抄送|签订日期|甲方\(|乙方\(|备注|注:)"
)
_ADDRESS: Final = re.compile(r"(?:同志们|各位代表|各位委员|各位领导|乡亲们|朋友们)[,:!。]")
_KEEPS_BODY: Final = frozenset({"tiao", "cn", "pcn", "ord", "row", "seq"})
_TERMINAL: Final = '。;!?:,、.!”"|)'


@dataclass(slots=True)
class Draft:
    """A section while the outline is being read."""

    mark: str
    level: int
    title: str
    start: int
    parent: int | None
    part: Part = "other"
    end: int = 0


@dataclass(slots=True)
class Unit:
    """A stretch of one paragraph that belongs to one section and has no mark inside."""

    start: int
    end: int
    section: int
    path: tuple[str, ...]
    mark: Mark | None
    opens_line: bool
    closes_line: bool
    table: Table | None = None


@dataclass(slots=True)
class Structure:
    """The outline of a text: where it begins, its sections and its units in order."""

    begin: int
    sections: list[Draft]
    units: list[Unit] = field(default_factory=list)


def skip_comment(text: str) -> int:
    """The offset after a leading `# source:` or `# modelled-on:` line of a sample file."""
    match = _COMMENT.match(text)
    return match.end() if match else 0


def paragraphs(text: str, begin: int, starts: frozenset[int]) -> list[tuple[int, int]]:
    """Non-blank lines as ranges; a line broken in mid-sentence is joined to the next.

    Lines are joined only where the text is hard-wrapped: the line is long, ends in no stop, and
    the next begins with neither a mark nor a label.
    """
    lines: list[tuple[int, int]] = []
    position = begin
    while position < len(text):
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        if text[position:end].strip():
            lines.append((position, end))
        position = end + 1
    joined: list[tuple[int, int]] = []
    wrapped = _is_wrapped(text, lines)
    for start, end in lines:
        if (
            joined
            and _continues(text, joined[-1], start, end, starts)
            and (wrapped or text[joined[-1][1] - 1] in ",，、")
        ):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _is_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    """Whether a printer's line length broke the text: most long lines end in mid-sentence."""
    long = [b for a, b in lines if b - a >= 20]
    broken = sum(text[b - 1] not in "。;!?:|)” " for b in long)
    return len(long) >= 6 and broken > 0.5 * len(long)


def _continues(
    text: str, last: tuple[int, int], start: int, end: int, starts: frozenset[int]
) -> bool:
    if start != last[1] + 1:
        return False
    tail = text[max(last[0], last[1] - 40) : last[1]].rstrip()
    head = text[start : min(end, start + 40)].lstrip()
    first = start + len(text[start:end]) - len(text[start:end].lstrip())
    if not tail or tail[-1] in "。;!?:|" or first in starts or LABEL.match(head):
        return False
    if "\t" in tail or "\t" in head or "|" in head:
        return False
    if tail[-1] in ",、":
        return True
    line = text.rfind("\n", last[0], last[1]) + 1
    length = last[1] - max(line, last[0])
    return length >= 25 and (length >= 30 or head[0].isdigit() or tail[-1].isdigit())


class _Builder:
    """Walks the paragraphs, keeps the stack of levels and cuts the units."""

    def __init__(self, text: str, begin: int) -> None:
        self.text = text
        self.levels = Levels()
        self.structure = Structure(begin, [Draft("", 0, "", 0, None)])
        self.current = 0

    def build(self) -> Structure:
        """The whole outline."""
        text, begin = self.text, self.structure.begin
        tables = {table.start: table for table in find_tables(text, begin)}
        marks = _outside(list(tables.values()), find_marks(text, begin))
        starts = frozenset(m.start for m in marks if m.at_line)
        following = 0
        skip_to = begin
        for start, end in paragraphs(text, begin, starts):
            if start < skip_to:
                continue
            if start in tables:
                table = tables[start]
                self._table(table)
                skip_to = table.end
                continue
            inside: list[Mark] = []
            while following < len(marks) and marks[following].start < end:
                if marks[following].start >= start:
                    inside.append(marks[following])
                following += 1
            self._paragraph(start, end, inside)
        self._close()
        return self.structure

    def _paragraph(self, start: int, end: int, marks: list[Mark]) -> None:
        lead = start + len(self.text[start:end]) - len(self.text[start:end].lstrip())
        if not marks or marks[0].start > lead + 3 or not marks[0].at_line:
            self._plain_line(start, lead)
            self._unit(lead, marks[0].start if marks else end, None, (True, not marks))
        for k, mark in enumerate(marks):
            stop = marks[k + 1].start if k + 1 < len(marks) else end
            self._open(mark, stop)
            self._unit(mark.end, stop, mark, (mark.at_line, stop == end))

    def _plain_line(self, start: int, lead: int) -> None:
        """A line without a mark: close lists that ended before it."""
        line = self.text[lead : lead + 80]
        stack = self.levels.stack
        before = len(stack)
        if _CLOSING.match(line):
            stack.clear()
        elif _ADDRESS.match(line):
            while stack and stack[-1].family not in {"tiao", "cn", "pcn"}:
                stack.pop()
            if stack and all(o.inline for o in stack):
                stack.clear()
        elif not LABEL.match(line):
            while stack and (
                stack[-1].inline or (stack[-1].body_on_line and not self._keeps(stack[-1]))
            ):
                stack.pop()
        if len(stack) < before:
            parent = stack[-1].section if stack else 0
            self._section("", parent, start)

    def _keeps(self, level: Open) -> bool:
        return level.family in _KEEPS_BODY

    def _open(self, mark: Mark, stop: int) -> None:
        self.levels.place(mark)
        stack = self.levels.stack
        parent = stack[-1].section if stack else 0
        index = self._section(mark.name, parent, mark.start)
        body = self.text[mark.end : stop].strip()
        full = len(body) > 0 and (body[-1] in "。;!?" or "。" in body[:-1] or len(body) > 60)
        self.levels.push(Open(mark.family, mark.number, mark.name, index, not mark.at_line, full))
        self.structure.sections[index].title = _title(body)

    def _section(self, mark: str, parent: int, start: int) -> int:
        sections = self.structure.sections
        level = sections[parent].level + (1 if mark else 0)
        sections.append(Draft(mark, level, "", start, parent))
        self.current = len(sections) - 1
        return self.current

    def _unit(self, start: int, end: int, mark: Mark | None, line: tuple[bool, bool]) -> None:
        if mark is None and not self.text[start:end].strip():
            return
        self.structure.units.append(
            Unit(start, end, self.current, self.levels.path(), mark, line[0], line[1])
        )

    def _table(self, table: Table) -> None:
        unit = Unit(
            table.start,
            table.end,
            self.current,
            self.levels.path(),
            None,
            opens_line=True,
            closes_line=True,
            table=table,
        )
        self.structure.units.append(unit)

    def _close(self) -> None:
        sections = self.structure.sections
        for section, following in itertools.pairwise(sections):
            section.end = following.start
        sections[-1].end = len(self.text)


def _outside(tables: list[Table], marks: list[Mark]) -> list[Mark]:
    """The marks that stand in no table; both lists are in order, so one walk does."""
    kept: list[Mark] = []
    k = 0
    for mark in marks:
        while k < len(tables) and tables[k].end <= mark.start:
            k += 1
        if k == len(tables) or mark.start < tables[k].start:
            kept.append(mark)
    return kept


def _title(body: str) -> str:
    """The heading of a section: its first sentence, at most 60 characters."""
    match = re.match(r"[^。;!?\n]{0,60}", body)
    return match.group().rstrip(",:、 ") if match else ""


def build(text: str) -> Structure:
    """Read the outline of a canonical text."""
    return _Builder(text, skip_comment(text)).build()
