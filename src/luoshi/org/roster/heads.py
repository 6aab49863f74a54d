"""What sheets and columns of an organisation's table are, by their headers; a proposal only."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from luoshi.domain.tables import Grid, text_of
from luoshi.domain.text import canon

Words = Mapping[str, tuple[Promise | str, str]]

SHEETS: Mapping[str, tuple[str, Promise | str]] = {
    "units": ("单位", _("单位")),
    "posts": ("岗位和任职", _("岗位和任职")),
    "links": ("单位关系", _("单位关系（包联、专班等）")),
}
"""Kinds of sheets: how the file calls them, how the screen does."""

KEY = "外部编号"
FIELDS: Mapping[str, Words] = {
    "units": {
        "name": (_("单位名称"), r"单位(?:名称|全称)?|(?:机构)?名称|全称|(?:unit )?name|unit"),
        "short_name": (_("简称"), r"(?:单位)?简称|short ?name"),
        "parent": (_("上级单位"), r"上级(?:单位)?|隶属(?:单位)?|(?:主管|所属)单位|parent"),
        "kind": (_("类别"), r"(?:单位|机构)?(?:类别|类型|性质)|kind|type"),
        "from_on": (_("起始日期"), r"(?:起始|设立|成立)(?:日期|时间)|from|since"),
        "to_on": (_("截止日期"), r"(?:截止|撤销|终止)(?:日期|时间)|to|until"),
    },
    "posts": {
        "unit": (_("单位"), r"(?:所在|所属|工作)?单位(?:名称)?|部门|科室|unit|office"),
        "title": (_("岗位"), r"岗位(?:名称)?|职务|post|title|position"),
        "role": (_("角色"), r"角色|权限|role"),
        "routine": (_("岗位常规职责"), r"(?:岗位)?(?:常规)?职责|分工|routine|duties"),
        "keeps_statistics": (_("统计岗位"), r"(?:是否)?统计岗位?|statistics"),
        "keeps_personnel": (_("分管组织人事"), r"(?:是否)?分管组织人事|personnel"),
        "post_to": (_("撤岗日期"), r"(?:撤岗|岗位撤销)(?:日期|时间)|post ends"),
        "person": (_("任职人员"), r"姓名|(?:任职)?人员(?:姓名)?|任职人|(?:full )?name|person"),
        "phone": (_("电话"), r"(?:联系|手机)?(?:电话|手机)(?:号码)?|phone|mobile"),
        "kind": (_("任职方式"), r"任职(?:方式|类型)|term|kind of term"),
        "from_on": (_("任职日期"), r"(?:任职|起始|到岗)(?:日期|时间)|from|since"),
        "to_on": (_("任期截止"), r"任期截止(?:日期)?|(?:截止|免职|离任)(?:日期|时间)|to|until"),
    },
    "links": {
        "unit": (_("单位"), r"单位(?:名称)?|(?:包联|成员|牵头)单位|unit"),
        "kind": (_("关系"), r"关系|关系类别|relation|bond"),
        "other": (_("对应单位"), r"(?:对应|关联|被包联)单位|包联(?:对象|村)|(?:linked|other) unit"),
        "from_on": (_("起始日期"), r"(?:起始|开始)(?:日期|时间)|from|since"),
        "to_on": (_("截止日期"), r"(?:截止|终止|结束)(?:日期|时间)|to|until"),
    },
}  # fmt: skip
"""The columns of each sheet: their word, and the headers that mean them."""

NEEDED: Mapping[str, tuple[str, ...]] = {
    "units": ("name",),
    "posts": ("unit", "title"),
    "links": ("unit", "kind", "other"),
}
_TELLING: Mapping[str, frozenset[str]] = {
    "links": frozenset({"other", "kind"}),
    "posts": frozenset({"unit", "title"}),
    "units": frozenset({"name"}),
}
_DEEP = 8


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet as a person has it read: its kind ("": left out), header row, a field a column."""

    kind: str
    first: int
    fields: tuple[str, ...]
    sure: bool = True

    def as_data(self) -> dict[str, Any]:
        """As JSON."""
        return {"kind": self.kind, "first": self.first, "fields": list(self.fields)}

    @property
    def lacks(self) -> list[str]:
        """Fields without which the sheet says nothing."""
        return [name for name in NEEDED.get(self.kind, ()) if name not in self.fields]


def layout_of(data: Mapping[str, Any]) -> Layout:
    """The decisions back from JSON."""
    return Layout(data["kind"], data["first"], tuple(data["fields"]))


def proposed(grid: Grid, kind: str | None = None) -> Layout:
    """What a sheet seems to be: the kind whose columns most of its headers name.

    The header stands in the first rows, below a title and a note. `kind` is a person's own choice;
    a sheet that names no kind's columns is left out.
    """
    best, score = Layout("", 0, (), sure=False), 0
    for name in _TELLING if kind is None else (kind,):
        if name not in FIELDS:
            return Layout("", 0, ())
        for first, row in enumerate(grid.rows[:_DEEP]):
            fields = _fields(name, [text_of(cell) for cell in row])
            found = sum(field != "" for field in fields)
            if _TELLING[name] <= set(fields) and found > max(score, 1):
                filled = [text_of(cell) for cell in row]
                sure = all(fields[at] for at, text in enumerate(filled) if text)
                best, score = Layout(name, first, tuple(fields), sure=sure), found
    if not score and kind is not None:
        width = len(grid.rows[0]) if grid.rows else 0
        return Layout(kind, 0, ("",) * width, sure=False)
    return best


def _fields(kind: str, headers: Sequence[str]) -> list[str]:
    """The field of each header, each field once; "" where none is meant."""
    found: list[str] = []
    for header in headers:
        bare = re.sub(r"\s+(?=[^\x00-\x7f])|(?<=[^\x00-\x7f])\s+", "", canon(header)).strip(" *")
        low = re.sub(r"[(（].*[)）]$", "", bare).strip().lower()
        field = "id" if bare == KEY or low == "external id" else ""
        for name, (_word, pattern) in FIELDS[kind].items():
            if not field and low and re.fullmatch(pattern, low):
                field = name
        found.append("" if field in found else field)
    return found
