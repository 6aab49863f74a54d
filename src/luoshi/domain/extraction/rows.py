"""Rows of a flattened table become items by what their columns hold."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from luoshi.domain.base import say
from luoshi.domain.extraction import lexicon as lx
from luoshi.domain.extraction.clauses import sentences, trim
from luoshi.domain.extraction.columns import Cell, Table
from luoshi.domain.extraction.fields import Assembler, Extra, period_of_head
from luoshi.domain.extraction.models import Deadline, Item, QuantityMention
from luoshi.domain.extraction.outline import find_marks
from luoshi.domain.extraction.plan import (
    CELL_GAP,
    STAGE_NAME,
    classify_entry,
    classify_report_cell,
    only_metrics,
)
from luoshi.domain.extraction.predicates import has_gap
from luoshi.domain.extraction.responsible import Parties, split_names
from luoshi.domain.extraction.verdicts import Place, Verdict

_HIGH = Decimal("0.95")
_CHINESE = frozenset("一二三四五六七八九十")
_NUMERAL = re.compile(r"[一二三四五六七八九十]{1,3}、?")
_EMPTY = re.compile(r"(?:[-—/\\]{0,4}|无|暂无|无问题)$")


def read_rows(table: Table, path: tuple[str, ...], make: Assembler) -> list[Item]:
    """The items of every row, in the order of the text."""
    found: list[Item] = []
    group: tuple[str, ...] = ()
    for row in table.rows:
        filled = [cell for cell in row if cell.start < cell.end]
        if len(filled) == 2 and _NUMERAL.fullmatch(make.text, filled[0].start, filled[0].end):
            group = (make.text[filled[0].start : filled[0].end].rstrip("、"),)
            continue
        if len(filled) == 1 and filled[0] is row[0]:
            name = make.text[filled[0].start : filled[0].end]
            marks = find_marks(name, 0)
            marked = bool(marks) and marks[0].start == 0 and marks[0].family in {"cn", "pcn"}
            if marked or row[0].role == "group":
                group = (marks[0].name,) if marked else ()
                continue
        made = _row(row, (*path, *group), make, cards=table.cards)
        found += sorted(made, key=lambda item: item.start)
    return found


def _row(
    row: tuple[Cell, ...], path: tuple[str, ...], make: Assembler, *, cards: bool
) -> list[Item]:
    if make.document.form != "project_ledger" and all(c.role != "problem" for c in row):
        # Where no fault is told, 推进措施 beside the task says how it is done, not what comes next.
        row = tuple(replace(c, role="task") if _IS_MEANS.search(c.head) else c for c in row)
    span, number = _task(list(row), make, cards=cards)
    cells = [cell for cell in row if cell.start < cell.end]
    path = (*path, number) if number else path
    if number in {"合计", "小计", "总计"}:
        return []
    named = any(cell.role in {"leader", "lead", "support"} for cell in cells)
    extra = Extra(parties=_parties(cells, make) if named else None, deadline=_deadline(cells, make))
    items: list[Item] = []
    told = any(cell.role in {"progress", "problem"} for cell in cells)
    if told and make.document.form == "project_ledger" and _only_named(span, cells, make):
        span = None
    if span is not None:
        verdict = _asked(cells, span, make)
        items += [i for i in [make.item(span, path, verdict, extra)] if i is not None]
        items += _steps(cells, span, path, make, extra)
    reported = any(cell.role == "progress" for cell in cells)
    for cell in cells:
        if _asks_help(cell, make):
            help_asked = make.item((cell.start, cell.end), path, _STEP, extra)
            items += [help_asked] if help_asked is not None else []
        elif cell.role in {"progress", "problem"} or _tells_case(cell, make):
            items += _told(cell, path, make)
    stages = [cell for cell in cells if cell.role == "stage" and _reached(cell, make)]
    if not reported and stages and not items:
        items += _told(stages[0], path, make)
    asked = any(item.kind in {"task", "indicator"} for item in items)
    if not asked and items and extra.parties is not None:
        items = [_held(item, extra.parties) for item in items]
    return _with_figures(items, cells, make)


_INDICATOR_HEAD = re.compile(r"[^任务]*指标(?:名称)?$")
_STEP = Verdict("task", _HIGH, (say("extraction.task_column"),))


def _asks_help(cell: Cell, make: Assembler) -> bool:
    """What is to be coordinated (需协调事项) is asked of somebody, unless it tells a lack."""
    if cell.role != "problem" or "协调" not in cell.head:
        return False
    words = make.text[cell.start : cell.end]
    told = has_gap(words) or CELL_GAP.search(words)
    return not _EMPTY.match(words) and not told


def _tells_case(cell: Cell, make: Assembler) -> bool:
    """基本情况 of a case tells what is wrong; of a project only what it is."""
    words = make.text[cell.start : cell.end]
    case = re.search(r"情况$|事由|诉求", cell.head.strip()) is not None
    return cell.role == "other" and case and CELL_GAP.search(lx.REMEDY.sub("", words)) is not None


_ONLY_VALUE = re.compile(r"(?:[≥≤>=<]|不[低少高超][于过]|达到?|突破|超过)?[\d.]+[^,。;]{0,8}$")


def _asked(cells: list[Cell], span: tuple[int, int], make: Assembler) -> Verdict:
    """What the task cells ask: an indicator where a column of indicators names a metric.

    A name that is a metric beside a cell with nothing but its value is one too.
    """
    text = make.text
    within = [cell for cell in cells if span[0] <= cell.start < span[1]]
    for cell in within:
        words = text[cell.start : cell.end]
        valued = any(_ONLY_VALUE.match(text, other.start, other.end) for other in within)
        if lx.ACTION.match(words):
            continue
        metric = lx.METRIC.search(words) is not None and cell is within[0]
        if valued and (metric or _INDICATOR_HEAD.match(cell.head.strip())):
            return Verdict("indicator", _HIGH, (say("extraction.task_column"),))
    if len(within) == 1 and only_metrics(text[slice(*span)]):
        return Verdict("indicator", _HIGH, (say("extraction.task_column"),))
    if any(_SCORED_HEAD.search(cell.head) for cell in within):
        return classify_entry(text[slice(*span)], Place("plan", "assessment_rules", entry=True))
    return Verdict("task", _HIGH, (say("extraction.task_column"),))


_SCORED_HEAD = re.compile(r"计分|评分|扣分|考核标准|评价标准")


def _steps(
    cells: list[Cell], task: tuple[int, int], path: tuple[str, ...], make: Assembler, extra: Extra
) -> list[Item]:
    """What is to be done next beside the task itself (下步措施): a task of its own."""
    verdict = Verdict("task", _HIGH, (say("extraction.task_column"),))
    steps = [
        make.item((cell.start, cell.end), path, verdict, extra)
        for cell in cells
        if cell.role == "next"
        and not task[0] <= cell.start < task[1]
        and not _EMPTY.match(make.text[cell.start : cell.end])
    ]
    return [step for step in steps if step is not None]


def _held(item: Item, parties: Parties) -> Item:
    """In a row without a task what is reported has the row's units."""
    return replace(
        item,
        responsible=parties.all,
        lead=parties.lead,
        supporting=parties.supporting,
        leaders=parties.leaders,
    )


def _only_named(span: tuple[int, int] | None, cells: list[Cell], make: Assembler) -> bool:
    """The name of a project is no task where other columns tell how it stands."""
    if span is None or any(cell.role in {"task", "next"} for cell in cells):
        return False
    return lx.ACTION.match(make.text, *span) is None


def _reached(cell: Cell, make: Assembler) -> bool:
    """A stage cell tells something only where the project is there, or where it says more."""
    text = make.text[cell.start : cell.end]
    if STAGE_NAME.fullmatch(text):
        return False
    return re.search(r"投产|竣工|完工|达产|运营", text) is not None or cell.end - cell.start > 8


_IN_HEAD = re.compile(r"(?P<name>[^()]+)\((?P<unit>[^()]{1,6})\)")


def _with_figures(items: list[Item], cells: list[Cell], make: Assembler) -> list[Item]:
    """Figures whose unit stands in the column head (总投资(万元)) go to the row's first item."""
    found: list[QuantityMention] = []
    for cell in cells:
        head = _IN_HEAD.match(cell.head.strip())
        text = make.text[cell.start : cell.end].replace(",", "")
        if cell.role != "figure" or head is None or not re.fullmatch(r"\d+(?:\.\d+)?", text):
            continue
        found.append(
            QuantityMention(
                head["name"], "=", Decimal(text), head["unit"], None, cell.start, cell.end
            )
        )
    if found and items:
        items[0] = replace(items[0], quantities=(*found, *items[0].quantities))
    return items


def _task(cells: list[Cell], make: Assembler, *, cards: bool) -> tuple[tuple[int, int] | None, str]:
    """The span of the adjoining task cells, and the row's number or mark."""
    number = next(
        (make.text[c.start : c.end].strip(" .、") for c in cells if c.role == "number"), ""
    )
    number = number if number[1:2] in _CHINESE else number.strip("()")
    wanted = [c for c in cells if c.role in {"name", "task"}]
    following = [c for c in cells if c.role == "next" and c.start < c.end]
    planned = any(c.role == "next" for c in cells)
    if any(c.role == "task" and c.start < c.end and _ASKS_YEAR.search(c.head) for c in wanted):
        planned = False  # what the year asks stands for itself; the next step is a task beside it
    cells = [c for c in cells if c.start < c.end]
    # 建设内容 that names an act is asked beside the next step; a table without one only describes.
    content = [c for c in wanted if c.role == "task" and c.start < c.end]
    acts = any(lx.ACTION.match(make.text, c.start, c.end) for c in content)
    described = make.document.form == "project_ledger" and following and not cards and not acts
    if planned and (described or not any(c.role == "task" for c in wanted)):
        wanted = following
    wanted = [c for c in wanted if not _EMPTY.match(make.text[c.start : c.end])]
    if not wanted:
        return None, number
    run = max(_runs(wanted, make), key=_telling)
    start, end = run[0].start, run[-1].end
    if (marks := find_marks(make.text[start:end], 0)) and marks[0].start == 0:
        number = number or marks[0].name
        start += marks[0].end
    return (start, end), number


def _runs(wanted: list[Cell], make: Assembler) -> list[list[Cell]]:
    """The task cells of a row, those together that adjoin."""
    heads = [cell.head for cell in wanted if cell.role == "task"]
    if any(_OF_YEAR.search(head) and not _OF_QUARTER.search(head) for head in heads):
        # A quarter's mark on the way is not what the year asks.
        wanted = [cell for cell in wanted if not _OF_QUARTER.search(cell.head)] or wanted
    runs = [[wanted[0]]]
    for cell in wanted[1:]:
        if make.text[runs[-1][-1].end : cell.start].strip("\t |\n"):
            runs.append([cell])
        else:
            runs[-1].append(cell)
    return runs


_IS_MEANS = re.compile(r"^(?:推进|落实|保障|实施|具体|主要|工作)*(?:措施|举措)$")
_ASKS_YEAR = re.compile(r"(?:年度|本年|今年|当年|全年|20\d\d年).*(?:目标|任务)")
_OF_QUARTER = re.compile(r"季度|半年|\d月")
_OF_YEAR = re.compile(r"年度|本年|今年|当年|全年|20\d\d年")


_NAMES_ONLY = re.compile(r"[一-鿿]{0,4}指标(?:名称)?|[一-鿿]{0,6}(?:名称|事项)")


def _telling(run: list[Cell]) -> tuple[int, int]:
    """What the year asks goes before what is built, and that before a name; else the first.

    A column that only names indicators is less than one that says how they are met.
    """
    task = [cell for cell in run if cell.role == "task"]
    return max((_grade(cell.head.strip()) for cell in task), default=0), -run[0].start


def _grade(head: str) -> int:
    """What the year asks, what a task holds, the task by name, how it is done, a mere name."""
    if _OF_YEAR.search(head):
        return 5
    if _NAMES_ONLY.fullmatch(head):
        return 1
    if re.search(r"目标|内容|要求|规模|标准|计分", head):
        return 4
    return 2 if re.search(r"措施|举措|安排", head) else 3


def _parties(cells: list[Cell], make: Assembler) -> Parties:
    names: dict[str, list[str]] = {"leader": [], "lead": [], "support": []}
    everyone: list[str] = []
    for cell in cells:
        if cell.role in {"leader", "lead", "support"}:
            told = split_names(make.original[cell.start : cell.end], people=cell.role == "leader")
            told = [name for name in told if not _EMPTY.match(name)]
            names[cell.role] += told
            everyone += [name for name in told if name not in everyone]
    return Parties(
        tuple(everyone), tuple(names["lead"]), tuple(names["support"]), tuple(names["leader"])
    )


def _deadline(cells: list[Cell], make: Assembler) -> Deadline | None:
    for cell in cells:
        if cell.role == "time":
            return make.cell_deadline((cell.start, cell.end))
    return None


def _told(cell: Cell, path: tuple[str, ...], make: Assembler) -> list[Item]:
    """A progress or fault cell: neighbouring sentences of one kind stay one item."""
    if _EMPTY.match(make.text[cell.start : cell.end]):
        return []
    period = period_of_head(cell.head, make.document.year)
    runs: list[tuple[int, int, Verdict]] = []
    for start, end in sentences(make.text, cell.start, cell.end):
        inner = trim(make.text, start, end)
        if inner[0] >= inner[1]:
            continue
        verdict = classify_report_cell(make.text[slice(*inner)])
        if cell.role == "problem":
            verdict = Verdict("problem", _HIGH, (say("extraction.problem_column"),))
        if runs and runs[-1][2].kind == verdict.kind:
            runs[-1] = (runs[-1][0], end, verdict)
        else:
            runs.append((start, end, verdict))
    made = [make.item((a, b), path, v, Extra(parties=Parties(), period=period)) for a, b, v in runs]
    return [item for item in made if item is not None]
