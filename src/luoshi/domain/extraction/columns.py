"""Columns of flattened tables: what a head means, and the cells of a line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

Role = Literal[
    "number",
    "category",
    "name",
    "task",
    "leader",
    "lead",
    "support",
    "time",
    "progress",
    "problem",
    "next",
    "figure",
    "stage",
    "group",
    "other",
]
_ROLES: Final[tuple[tuple[Role, re.Pattern[str]], ...]] = (
    (
        "number",
        re.compile(r"(?:序号|(?:督办|项目)?(?:编号|编码|代码|代号)|No\.?|号)$", re.IGNORECASE),
    ),
    (
        "next",
        re.compile(
            r".*(?:下一步|下步|下一?(?:个)?(?:时间|关键)?(?:节点|里程碑|目标)|下一?阶段|[下后](?:半年|季度|阶段|期|一季度)(?:主要|重点)?(?:工作|推进)?(?:安排|计划|打算|措施|任务|目标)|[下本][周月旬](?:计划|安排|任务|目标|工作)|打算$|里程碑|节点任务|(?:[^间]|^)节点$|推进计划|工作计划|推进措施|近期|整改措施|整改要求|后续|处置|处理意见|解决办法|对策)|.*(?:措施|打算|计划|安排|事项)及(?:责任|办理)"
        ),
    ),
    (
        "figure",
        re.compile(
            r"(?!.*(?:内容|任务|单位|领导|投资方|投资主体|投资人|投资商)).*(?:投资|资金|金额|经费|产值|占地|面积|用地)"
            r"|.*开工(?:时间|日期|年月)|(?:建设|起止)(?:起止)?年限"
        ),
    ),
    (
        "time",
        re.compile(
            r".*(?:时限|完成时间|办结时间|时间节点|时间要求|截止|(?:竣工|建成|投产|交付|完工)(?:时间|日期)"
            r"|(?:竣工|投产)年月)|(?!建设|起止).*期限|.*计划(?:完成|竣工|建成|投产)(?!情况)"
        ),
    ),
    ("support", re.compile(r".*(?:配合|协办|参与|协助|协同|支持)(?:责任)?(?:单位|部门|科室)?$")),
    (
        "leader",
        re.compile(
            r".*(?:牵头|责任|分管|包联|包抓|包保|包案|联系|挂联|挂帅|挂钩|挂点|领衔|领办|督导|主抓|[市县区镇乡]级).{0,3}(?:领导|县长|镇长|人)"
            r"(?:\([A-Z]\))?$|(?:具体|直接|主要)?(?:责任|负责|承办|经办)人.*|(?:包联|包抓|包保|挂联|分管)$|(?:服务|包联|联络)(?:专员|干部)$|项目(?:秘书|管家|专员|长)$|(?:[市县区镇乡]|分管)?领导$|链长$|首席服务员$|帮办(?:人员|代办员)?$"
        ),
    ),
    (
        "lead",
        re.compile(
            r".*(?:牵头|责任|主办|承办|实施|负责|主责|落实|主管|建设|业主|项目).{0,3}(?:单位|部门|科室|处室|站所|主体)(?:及责任人|\(个人\))?$"
            r"|.*业主$|属地(?:镇街|乡镇|单位)?$|责任站办$|(?:服务|联系|包联)(?:单位|专班|部门)$|(?:工作)?专班$|责任(?:乡镇|镇街|地区)$"
        ),
    ),
    (
        "problem",
        re.compile(
            r".*(?:问题|困难|堵点|堵|症结|原因|卡点|卡在|制约|影响因素|协调事项|需协调|短板|难点)"
        ),
    ),
    ("next", re.compile(r".*(?:下一步|下步|下一节点|下个节点|整改措施|整改要求|后续)")),
    ("task", re.compile(r".*(?:进度|形象|节点)(?:目标|计划|要求|安排|任务)$")),
    (
        "progress",
        re.compile(
            r".*(?:进展|进度|完成情况|推进情况|落实情况|实施情况|(?:整改|办理|处置|化解|销号)情况|工作成效|现状|目前情况|推进$)"
        ),
    ),
    ("stage", re.compile(r".*(?:阶段|状态)$")),
    (
        "figure",
        re.compile(
            r"(?!.*(?:标准|细则|办法|方法|内容)).*(?:分值|权重|得分|评分|预算|占比|比例|指标值|日期|时间).*"
        ),
    ),
    ("category", re.compile(r"(?:.*类别|分类|板块|领域|一级指标|单位名称|地区|单位)$")),
    (
        "task",
        re.compile(
            r".*(?:目标|任务|内容|规模|举措|措施|要求|安排|标准|计分方法|二级指标|三级指标|考核指标|评估指标|督办事项)"
            r"|(?:年度|本年度?|今年|20\d\d年)?(?:建设|推进|实施)计划$|20\d\d年(?:度)?计划$"
        ),
    ),
    ("name", re.compile(r".*(?:重点工作|工作|项目|事项|实事|名称|指标)(?:名称)?$")),
)
# A head names a column; what has a stop or a value after its colon is a line of text.
_SENTENCE: Final = re.compile(r"[,。;!?]|[::].")
# Columns held apart by blanks only, as copies from printed pages have them.
GAP: Final = re.compile(r"(?<=\S) {2,12}(?=\S)")
_GAPPED: Final = re.compile(r"\S+(?: \S+)*")
_WORD: Final = re.compile(r"\S+")
RULE: Final = re.compile(r"[\s|:+-]*$")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its range without blanks, and the role and head of its column."""

    start: int
    end: int
    role: Role
    head: str


@dataclass(frozen=True, slots=True)
class Table:
    """A flattened table: its range, its rows of cells, and whether they are cards of keys."""

    start: int
    end: int
    rows: tuple[tuple[Cell, ...], ...]
    cards: bool = False


def role_of(head: str) -> Role:
    """What a column holds, by its head (任务内容 → task, 责任单位 → lead, 完成时限 → time …)."""
    bare = re.sub(r"[\s*]", "", head)
    if not 0 < len(bare) <= 24 or _SENTENCE.search(bare):
        return "other"
    return next((role for role, pattern in _ROLES if pattern.match(bare)), "other")


def cells_of(text: str, start: int, end: int, *, words: bool = False) -> list[tuple[int, int]]:
    """The cell ranges of a line, split at tabs, else at bars; empty cells keep their place.

    Without either, columns stand apart by two blanks, or by one where `words` says so.
    """
    line = text[start:end]
    if "\t" not in line and "|" not in line:
        gapped = _WORD if words else _GAPPED
        return [(start + m.start(), start + m.end()) for m in gapped.finditer(line)]
    sign = "\t" if "\t" in line else "|"
    if sign == "|":
        lead = len(line) - len(line.lstrip())
        if line[lead : lead + 1] == "|":
            start += lead + 1
        stripped = text[start:end].rstrip()
        if stripped.endswith("|"):
            end = start + len(stripped) - 1
    cells: list[tuple[int, int]] = []
    position = start
    while True:
        cut = text.find(sign, position, end)
        stop = end if cut < 0 else cut
        piece = text[position:stop]
        left = position + len(piece) - len(piece.lstrip())
        cells.append((left, max(left, position + len(piece.rstrip()))))
        if cut < 0:
            return cells
        position = cut + 1


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without blanks at its ends."""
    piece = text[start:end]
    left = start + len(piece) - len(piece.lstrip())
    return left, max(left, start + len(piece.rstrip()))
