"""Tables flattened to text: rows of tabs, of bars, or one cell a line, with known heads."""

from __future__ import annotations

import itertools
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
            r".*(?:下一步|下步|下一?(?:个)?(?:时间|关键)?(?:节点|里程碑|目标)|下一?阶段|[下本]月(?:计划|安排|任务|目标|工作)|打算$|里程碑|节点任务|(?:[^间]|^)节点$|推进计划|工作计划|推进措施|近期|整改措施|整改要求|后续|处置|处理意见|解决办法|对策)|.*(?:措施|打算|计划|安排|事项)及(?:责任|办理)"
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
            r".*(?:牵头|责任|分管|包联|包抓|包保|联系|挂联|挂帅|挂钩|挂点|督导|主抓|[市县区镇乡]级).{0,3}(?:领导|县长|镇长|人)"
            r"(?:\([A-Z]\))?$|(?:责任|负责|承办|经办)人.*|(?:包联|包抓|包保|挂联|分管)$|(?:服务|包联|联络)(?:专员|干部)$|项目(?:秘书|管家|专员|长)$|(?:[市县区镇乡]|分管)?领导$|链长$|首席服务员$|帮办(?:人员|代办员)?$"
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
            r".*(?:进展|进度|完成情况|推进情况|落实情况|实施情况|工作成效|目前状态|现状|目前情况|推进$)"
        ),
    ),
    ("stage", re.compile(r".*(?:阶段|状态)$")),
    (
        "figure",
        re.compile(r".*(?:分值|权重|得分|评分|预算|占比|比例|指标值|日期|时间).*"),
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
_GAP: Final = re.compile(r"(?<=\S) {2,12}(?=\S)")
_GAPPED: Final = re.compile(r"\S+(?: \S+)*")
_WORD: Final = re.compile(r"\S+")
_RULE: Final = re.compile(r"[\s|:+-]*$")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its range without blanks, and the role and head of its column."""

    start: int
    end: int
    role: Role
    head: str


@dataclass(frozen=True, slots=True)
class Table:
    """A flattened table: its range, whether a head was found, and its rows of cells."""

    start: int
    end: int
    rows: tuple[tuple[Cell, ...], ...]


def role_of(head: str) -> Role:
    """What a column holds, by its head (任务内容 → task, 责任单位 → lead, 完成时限 → time …)."""
    bare = re.sub(r"[\s*]", "", head)
    if not 0 < len(bare) <= 24 or _SENTENCE.search(bare):
        return "other"
    return next((role for role, pattern in _ROLES if pattern.match(bare)), "other")


def find_tables(text: str, begin: int) -> list[Table]:
    """Every table of the text that has a readable head, in order."""
    lines = _lines(text, begin)
    found: list[Table] = []
    k = 0
    while k < len(lines):
        taken = _keyed(text, lines, k) or _separated(text, lines, k) or _one_a_line(text, lines, k)
        if taken is None:
            k += 1
            continue
        table, k = taken
        found.append(table)
    return found


def _lines(text: str, begin: int) -> list[tuple[int, int]]:
    lines: list[tuple[int, int]] = []
    position = begin
    while position < len(text):
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        if text[position:end].strip():
            lines.append((position, end))
        position = end + 1
    return lines


def _cells(text: str, start: int, end: int, *, words: bool = False) -> list[tuple[int, int]]:
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


def _columns(line: str) -> int:
    marked = max(line.count("\t"), line.count("|") - line.strip().startswith("|"))
    return marked or len(_GAP.findall(line))


def _separated(text: str, lines: list[tuple[int, int]], k: int) -> tuple[Table, int] | None:
    """A head line of tabs or bars with at least two known columns, and the rows after it."""
    start, end = lines[k]
    if end - start > 2000:
        return None
    words = _columns(text[start:end]) < 1
    heads = [text[a:b] for a, b in _cells(text, start, end, words=words)]
    roles = [role_of(head) for head in heads]
    if words and (len(heads) < 4 or roles.count("other") > len(heads) // 4):
        return None
    if len(heads) < 2 or sum(role != "other" for role in roles) < 2 or "。" in text[start:end]:
        return None
    rows, last = _rows_of(text, lines, k, heads, roles, words=words)
    return (Table(start, lines[last - 1][1], tuple(rows)), last) if rows else None


def _rows_of(
    text: str,
    lines: list[tuple[int, int]],
    k: int,
    heads: list[str],
    roles: list[Role],
    *,
    words: bool,
) -> tuple[list[tuple[Cell, ...]], int]:
    """The rows under a head at line `k`, names of groups too, and the line after the last."""
    rows: list[tuple[Cell, ...]] = []
    last = k + 1
    while last < len(lines):
        a, b = lines[last]
        if words:
            cells = _cells(text, a, b, words=True) if b - a <= 2000 else []
            if len(cells) != len(heads):
                break
            rows.append(_row(cells, roles, heads))
        elif _columns(text[a:b]) < 1:
            following = lines[last + 1] if last + 1 < len(lines) else (a, a)
            if not rows_follow(text, (a, b), following, len(heads)):
                break
            rows.append((Cell(*_trim(text, a, b), "group", ""),))
        elif not _RULE.match(text, a, b) or text[a:b].strip(" |:+-\t"):
            rows.append(_row(_cells(text, a, b), roles, heads))
        last += 1
    return rows, last


def rows_follow(text: str, line: tuple[int, int], following: tuple[int, int], columns: int) -> bool:
    """Whether a line without cells is the name of a group of rows (一、产业项目(3个)).

    Such a name is short and has no stop, and the next line has as many cells as the head.
    """
    name = text[slice(*line)].strip()
    short = len(name) <= 40 and name[-1:] not in {"。", ";", ":"}
    full = (
        following[1] - following[0] <= 2000 and text[slice(*following)].count("\t") + 1 == columns
    )
    piped = text[slice(*following)].strip().strip("|").count("|") + 1 == columns
    return short and (full or piped)


_KEY: Final = re.compile(r"[^:|\t。,]{1,10}:")


def _keyed(text: str, lines: list[tuple[int, int]], k: int) -> tuple[Table, int] | None:
    """Lines whose cells carry their own heads (卡点:… | 下一节点:… | 责任单位:…)."""
    rows: list[tuple[Cell, ...]] = []
    last = k
    while last < len(lines):
        start, end = lines[last]
        barred = text.count("|", start, end) + text.count("\t", start, end)
        parts = _cells(text, start, end) if barred else _at_keys(text, start, end)
        if end - start > 2000 or not parts:
            break
        row = [_with_key(text, *cell) for cell in parts]
        known = sum(cell.role != "other" for cell in row)
        if known < 2 or known < min(3, 0.5 * len(row)):
            break
        rows.append((*_coded(text, row[0]), *row[1:]))
        last += 1
    return (Table(lines[k][0], lines[last - 1][1], tuple(rows)), last) if rows else None


_AT_KEY: Final = re.compile(r"(?P<before>[,;。 ] *)(?P<key>[^:|\t。,、; ()]{2,8}):")
_TELLING: Final = frozenset({"problem", "next", "progress"})


def _at_keys(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A line cut at its keys where commas or blanks hold them apart (…,卡点:…,下一节点:…).

    [] where fewer than three keys are known, where none tells how the row stands, or where full
    stops and semicolons part them all: those are sentences with labels.
    """
    if end - start > 2000 or text.count(":", start, end) < 3:
        return []
    found = [m for m in _AT_KEY.finditer(text, start, end) if role_of(m["key"]) != "other"]
    told = any(role_of(m["key"]) in _TELLING for m in found)
    loose = sum(m["before"][0] in ", " for m in found)
    if len(found) < 3 or not told or 2 * loose < len(found):
        return []
    edges = [start, *(m.start("key") for m in found), end]
    return [(a, a + len(text[a:b].rstrip(" ,;。"))) for a, b in itertools.pairwise(edges)]


def _with_key(text: str, start: int, end: int) -> Cell:
    match = _KEY.match(text, start, end)
    if match is None:
        return Cell(start, end, "other", "")
    head = match.group()[:-1].strip()
    body, stop = _trim(text, match.end(), end)
    role = "lead" if head == "单位" else role_of(head)
    return Cell(min(body, end), max(min(body, end), stop), role, head)


_CODE: Final = re.compile(r"[A-Z]{0,2}\d{1,4}(?=[ .、])")


def _coded(text: str, first: Cell) -> tuple[Cell, ...]:
    """A first cell without a key may hold the row's number or code, and what it is about."""
    code = _CODE.match(text, first.start, first.end) if first.role == "other" else None
    if code is None:
        return (first,)
    name = _trim(text, code.end(), first.end)
    return Cell(code.start(), code.end(), "number", ""), Cell(*name, "other", "")


def _row(cells: list[tuple[int, int]], roles: list[Role], heads: list[str]) -> tuple[Cell, ...]:
    return tuple(
        Cell(a, b, roles[n] if n < len(roles) else "other", heads[n] if n < len(heads) else "")
        for n, (a, b) in enumerate(cells)
    )


def _one_a_line(text: str, lines: list[tuple[int, int]], k: int) -> tuple[Table, int] | None:
    """Heads one a line from 序号 on, then cells one a line, each row led by the next number."""
    if _head(text, lines[k]) not in {"number", "name", "task"}:
        return None
    numbered = _head(text, lines[k]) == "number"
    width = _heads_to_one(text, lines, k) if numbered else 0
    while not width or (not numbered and k + width < len(lines) and width < 12):
        if width and _head(text, lines[k + width]) in {"other", "number"}:
            break
        width += 1
    if width < (3 if numbered else 5):
        return None
    heads = [text[slice(*lines[k + n])].strip() for n in range(width)]
    roles = [role_of(head) for head in heads]
    rows: list[tuple[Cell, ...]] = []
    position = k + width
    while not numbered and position + width <= len(lines):
        cells = [_trim(text, *lines[n]) for n in range(position, position + width)]
        if any(b - a > 200 or text[b - 1 : b] == "。" for a, b in cells[:1]):
            break
        rows.append(_row(cells, roles, heads))
        position += width
    while numbered and position < len(lines) and _row_number(text, lines[position]):
        expected = _row_number(text, lines[position]) + 1
        stop = position + 1
        while (
            stop < len(lines)
            and stop - position < width
            and _row_number(text, lines[stop]) != expected
        ):
            stop += 1
        cells = [_trim(text, *lines[n]) for n in range(position, stop)]
        rows.append(_row(cells, roles, heads))
        position = stop
    if not rows:
        return None
    return Table(lines[k][0], lines[position - 1][1], tuple(rows)), position


def _heads_to_one(text: str, lines: list[tuple[int, int]], k: int) -> int:
    """How many short lines stand from 序号 to the first 1; 0 where they are no heads."""
    for width in range(3, min(16, len(lines) - k)):
        if _row_number(text, lines[k + width]) == 1 and width > 2:
            roles = [_head(text, lines[k + n]) for n in range(width)]
            return width if roles.count("other") <= width // 3 else 0
        if lines[k + width][1] - lines[k + width][0] > 24:
            return 0
    return 0


def _head(text: str, line: tuple[int, int]) -> Role:
    return role_of(text[slice(*line)].strip()) if line[1] - line[0] <= 60 else "other"


_ROW_CODE: Final = re.compile(r"(?:[A-Z]{1,3}-?)?(?P<count>[0-9]{1,5})")


def _row_number(text: str, line: tuple[int, int]) -> int:
    """The number of a line that is nothing else (7, Z07); 0 where it is something else."""
    word = text[slice(*line)].strip() if line[1] - line[0] <= 20 else ""
    code = _ROW_CODE.fullmatch(word)
    return int(code["count"]) if code else 0


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    left = start + len(piece) - len(piece.lstrip())
    return left, max(left, start + len(piece.rstrip()))
