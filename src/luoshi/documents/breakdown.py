"""任务分解表: what a text asks for, as a table with the published headers. No database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from luoshi.office.xlsx_out import Column, TableSpec

if TYPE_CHECKING:
    from luoshi.domain.extraction.models import Item, Kind, QuantityMention, Reading

KIND_WORDS: Mapping[Kind, str] = {
    "goal": "目标",
    "indicator": "指标",
    "task": "任务",
    "problem": "问题",
    "achievement": "成绩",
    "principle": "原则要求",
    "boilerplate": "套语",
}
MISSING = "待补"
TABLED: frozenset[Kind] = frozenset({"goal", "indicator", "task", "problem"})
"""The kinds that ask somebody for something; the rest is not in the table."""

# 钟楼区, 高唐县, 大竹县, 泗洲头镇 (published); the place in the source is ours.
COLUMNS = (
    Column("序号", 6, "number"),
    Column("类别", 8),
    Column("任务内容", 56),
    Column("攻坚目标任务", 26),
    Column("牵头领导", 14),
    Column("牵头单位", 16),
    Column("配合单位", 18),
    Column("完成时限", 14),
    Column("原文编号", 14),
    Column("原文位置", 12),
)
_OPS = {"=": "", ">=": "≥", ">": ">", "<=": "≤", "<": "<", "~": "约"}
_NORM_WORDS = {"ongoing": "长期", "recurring": "定期", "relative": "按相对时限"}


def table_of(reading: Reading, text: str, title: str) -> TableSpec:
    """The table of a reading; masks stay as written, what the text does not say is 待补."""
    year = f"{reading.year}年" if reading.year else ""
    note = f"{title}  由原文逐句读出，须经人员确认后立项；“待补”为原文未写明。"
    return TableSpec(f"{year}任务分解表", COLUMNS, _rows(reading, text), note)


def _rows(reading: Reading, text: str) -> Iterator[tuple[str | int, ...]]:
    asked = (item for item in reading.items if item.kind in TABLED)
    for number, item in enumerate(asked, 1):
        named = [
            name
            for name in item.responsible
            if name not in {*item.leaders, *item.lead, *item.supporting}
        ]
        yield (
            number,
            KIND_WORDS[item.kind],
            " ".join(text[item.start : item.end].split()),
            "；".join(quantity_words(quantity) for quantity in item.quantities) or MISSING,
            _names(item.leaders),
            _names((*item.lead, *named)),
            _names(item.supporting),
            due_words(item),
            "›".join(item.path),
            f"第{item.start + 1}—{item.end}字",
        )


def _names(names: tuple[str, ...]) -> str:
    return "、".join(names) or MISSING


def due_words(item: Item) -> str:
    """The deadline as a date where the text fixes one, else as written; nothing said is 待补."""
    deadline = item.deadline
    if deadline is None:
        return MISSING
    norm = deadline.norm or ""
    if norm in _NORM_WORDS:
        return f"{_NORM_WORDS[norm]}（{deadline.text}）"
    return norm or f"{deadline.text}（{MISSING}）"


def quantity_words(quantity: QuantityMention) -> str:
    """A figure as an office writes it: name, comparison, value, unit; a masked value is 待补."""
    value = quantity.value
    if isinstance(value, tuple):
        told = f"{value[0]:f}—{value[1]:f}"
    else:
        told = MISSING if value is None else f"{value:f}"
    return f"{quantity.name}{_OPS.get(quantity.op, '')}{told}{quantity.unit}"
