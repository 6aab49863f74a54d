"""What a column seems to hold, by its header: a proposal that a person may change."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from luoshi.domain.tables.models import Column
from luoshi.domain.text import canon

FIELDS: Final = (
    "number", "group", "title", "unit", "leader", "lead", "support", "owner", "due", "starts",
    "measures", "acceptance", "target_op", "target_value", "target_unit", "weight", "urgency",
    "line", "progress", "share", "kept", "ignore", "id",
)  # fmt: skip
"""What a column may be. `unit`: the unit is the row's own name; `progress` and `share` are read,
never written; `kept` stays with the row as its table has it; `id`: the key an export gave the row.
"""

MANY: Final = frozenset({"group", "kept", "ignore", "progress", "share"})
"""Fields that several columns may have."""

_OWN: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("id", re.compile(r"外部编号|external id", re.IGNORECASE)),
    ("owner", re.compile(r"(?:直接|具体|主要)?(?:责任人|承办人|经办人)")),
    ("owner", re.compile(r"owner|person in charge|responsible person")),
    ("target_op", re.compile(r"指标性质|比较|operator")),
    ("target_value", re.compile(r"指标值|目标值|target value")),
    ("target_unit", re.compile(r"(?:度量|计量|指标)单位|unit of measure|measured in")),
    ("weight", re.compile(r"权重|weight")),
    ("urgency", re.compile(r"紧急程度|缓急|urgency|priority")),
    ("starts", re.compile(r"(?:计划)?(?:开始|启动|开工)(?:时间|日期)|计划开始")),
    ("ignore", re.compile(r"查看[::].*")),  # what an export of ours shows for reading alone
    ("starts", re.compile(r"start(?:s|ing)?(?: on| date)?")),
    ("line", re.compile(r"工作专线|专线|work ?line")),
    ("number", re.compile(r"no\.?|number|item no\.?|#", re.IGNORECASE)),
    ("due", re.compile(r"due(?: date| on| by)?|deadline|by when|completion date|time limit")),
    ("lead", re.compile(r"lead(?:ing)? unit|unit responsible|department")),
    ("lead", re.compile(r"responsible (?:unit|department|office)")),
    ("support", re.compile(r"(?:support(?:ing)?|co-?operating|assisting) (?:units?|departments?)")),
    ("leader", re.compile(r"lead(?:ing)? leader|leader(?: in charge)?|responsible leader")),
    ("title", re.compile(r"tasks?|items?|work items?|projects?|key work|title|action")),
    ("group", re.compile(r"category|type|section|area of work|theme|[一二]级指标|指标类别")),
    ("measures", re.compile(r"measures|steps|how|main content|content")),
    ("acceptance", re.compile(r"goal|targets?|standard|acceptance.*")),
    ("acceptance", re.compile(r"目标|目标要求|完成标准|验收标准")),
    ("progress", re.compile(r"(?:latest )?progress|status|completion")),
    ("kept", re.compile(r"remarks?|notes?|备注|说明|重要程度|预算数|指标方向性")),
)  # fmt: skip
_UNIT: Final = re.compile(
    r"(?:受理|承办|参评|被考核)?单位(?:名称)?|地区|乡镇|镇街|村(?:\(社区\))?|村名|units?|village|area"
)
_FINEST: Final = re.compile(r"三级指标|考核指标|评估指标")
_AIM: Final = re.compile(r"目标|标准|要求|成效|结果")
_ROLES: Final = {
    "number": "number", "category": "group", "leader": "leader", "lead": "lead",
    "support": "support", "time": "due", "progress": "progress", "problem": "kept",
    "figure": "kept", "stage": "kept",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a column is proposed to be; `sure` where its own name says so."""

    field: str
    sure: bool


def known(header: str, role_of: Callable[[str], str]) -> bool:
    """Whether a header is one that the law knows, in Chinese or English."""
    bare = _bare(header)
    own = _by_name(bare) is not None or _UNIT.fullmatch(bare) is not None
    return own or role_of(header) != "other"


def propose(columns: Sequence[Column], role_of: Callable[[str], str]) -> tuple[Proposal, ...]:
    """A field for every column: by its own name, then by the reader's synonyms (`role_of`).

    The row's name is the finest indicator, else what is called a work, project or matter, else the
    task or its content; without any, a unit names its row. Of several columns for one field the
    first has it; the others are kept as they are. Names that stand under several spanning headers
    (造林／目标任务, 蓄水／目标任务) are figures of the row, and kept.
    """
    names = [_bare(column.header) for column in columns]
    repeated = {name for name in names if names.count(name) > 1}
    roles = [role_of(column.header) for column in columns]
    title = _title(columns, names, roles, repeated)
    taken = {"title"} if title is not None else set()
    found: list[Proposal] = []
    for at, (column, name, role) in enumerate(zip(columns, names, roles, strict=True)):
        if at == title:
            found.append(Proposal("title", sure=True))
            continue
        if column.above and name in repeated:
            found.append(Proposal("kept", sure=False))
            continue
        field, sure = _field(name, role, titled=title is not None, finest=_finest(names))
        if field not in MANY and field in taken:
            field, sure = "kept", False
        if not column.filled and field == "kept" and column.header.startswith("第"):
            field = "ignore"
        taken.add(field)
        found.append(Proposal(field, sure=sure))
    return tuple(found)


def _bare(header: str) -> str:
    """A header as it is compared: half-width, no blanks inside Chinese, no letter in brackets."""
    text = re.sub(r"\((?:[A-Z]|[^()]{0,2}[≥,=≤]+[^()]*)\)$", "", canon(header).strip())
    text = re.sub(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])", "", text)
    return " ".join(text.split()).strip("*")


def _by_name(bare: str) -> str | None:
    low = bare.lower()
    return next((field for field, pattern in _OWN if pattern.fullmatch(low)), None)


def _finest(names: Sequence[str]) -> bool:
    return any(_FINEST.fullmatch(name) for name in names)


def _title(
    columns: Sequence[Column], names: Sequence[str], roles: Sequence[str], repeated: set[str]
) -> int | None:
    """The column that names the rows."""
    tests: tuple[Callable[[int], bool], ...] = (
        lambda at: _FINEST.fullmatch(names[at]) is not None,
        lambda at: _by_name(names[at]) == "title",
        lambda at: roles[at] == "name" and _by_name(names[at]) is None,
        lambda at: roles[at] == "task" and _by_name(names[at]) is None,
        lambda at: roles[at] == "next",
    )
    for test in tests:
        for at, column in enumerate(columns):
            if test(at) and not (column.above and names[at] in repeated):
                return at
    return None


def _field(name: str, role: str, *, titled: bool, finest: bool) -> tuple[str, bool]:
    """The field of one column that is not the row's name."""
    if _UNIT.fullmatch(name.lower()):
        return ("lead" if titled else "unit"), True
    own = _by_name(name)
    if own is not None and own != "title":
        return own, True
    if finest and role in {"name", "task"}:
        return ("group" if role == "name" else "measures"), False
    if role in {"name", "task"}:
        return ("acceptance" if _AIM.search(name) else "measures"), role == "task"
    if role == "next":
        return "measures", False
    field = _ROLES.get(role, "kept")
    return field, role in _ROLES and field != "kept"
