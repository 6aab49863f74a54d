"""The organisation as a workbook: as it stands, or empty to be filled in; the same columns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import override

from luoshi.domain.personal import masked
from luoshi.office.xlsx_out import Column, TableSpec, Value
from luoshi.org.models import Post, Term, Unit, UnitLink
from luoshi.org.roster.heads import KEY, SHEETS
from luoshi.org.roster.present import Names, Present, Tree, lasts

HEADS: dict[str, tuple[tuple[str, int], ...]] = {
    "units": (("单位名称", 28), ("简称", 14), ("上级单位", 24), ("类别", 14), ("起始日期", 13),
              ("截止日期", 13)),
    "posts": (("单位", 28), ("岗位", 20), ("角色", 12), ("姓名", 10), ("电话", 14),
              ("任职方式", 11), ("任职日期", 13), ("任期截止", 13), ("岗位常规职责", 30),
              ("统计岗位", 10), ("分管组织人事", 13), ("撤岗日期", 13)),
    "links": (("单位", 28), ("关系", 12), ("对应单位", 28), ("起始日期", 13), ("截止日期", 13)),
}  # fmt: skip
"""The headers as the file prints them; `heads` reads each of them."""
NOTES = {
    "units": "新单位填名称、类别和上级单位；同名的写成“上级/单位”。撤销填截止日期；空着不改。",
    "posts": "一行一个岗位一名同志，空缺的姓名空着；兼任的另起一行。换人填新的姓名和任职日期。",
    "links": "包联、专班、双重管理、片区；解除填截止日期。",
}


def workbook_of(present: Present, today: date, *, empty: bool = False) -> list[TableSpec]:
    """The three sheets; ended units, posts, terms and bonds are left out, and administrators."""
    rows: dict[str, Sequence[Sequence[Value]]] = {"units": (), "posts": (), "links": ()}
    if not empty:
        names = Tree(present.units, today).index()
        with override("zh-hans"):  # the file is the office's, whoever reads the page in English
            rows = {
                "units": _units(present, names, today),
                "posts": _posts(present, names, today),
                "links": _links(present, names, today),
            }
    return [
        TableSpec(
            SHEETS[kind][0],
            [
                *(Column(head, width, "date" if head[-2:] in {"日期", "截止"} else "text")
                  for head, width in HEADS[kind]),
                Column(KEY, 40, "id"),
            ],
            rows[kind],
            NOTES[kind],
        )
        for kind in SHEETS
    ]  # fmt: skip


def _units(present: Present, names: Names, today: date) -> list[Sequence[Value]]:
    units = present.units
    return [
        (
            one.name, one.short_name,
            names.label(units[one.parent_id]) if one.parent_id in units else None,
            str(Unit.Kind(one.kind).label), one.from_on, one.to_on, f"{one.pk}.{one.version}",
        )
        for one in units.values()
        if lasts(one, today)
    ]  # fmt: skip


def _posts(present: Present, names: Names, today: date) -> list[Sequence[Value]]:
    held: dict[object, list[Term]] = {}
    for term in present.terms.values():
        if lasts(term, today):
            held.setdefault(term.post_id, []).append(term)
    labels = {key: names.label(present.units[key]) for key in {
        post.unit_id for post in present.posts.values()}}  # fmt: skip
    posts = [
        post
        for post in present.posts.values()
        if lasts(post, today) and lasts(present.units[post.unit_id], today)
    ]
    return [
        _post(present, labels[post.unit_id], post, term)
        for post in posts
        for term in held.get(post.pk) or (None,)  # a vacant post
    ]


def _post(present: Present, unit: str, post: Post, term: Term | None) -> Sequence[Value]:
    person = present.people[term.person_id] if term else None
    key = f"{post.pk}.{post.version}"
    return (
        unit, post.title, str(Post.Role(post.role).label),
        person.name if person else None,
        (masked(person.phone) or None) if person else None,
        str(Term.Kind(term.kind).label) if term else None,
        term.from_on if term else None,
        term.to_on if term else None,
        post.routine or None,
        "是" if post.keeps_statistics else "否",
        "是" if post.keeps_personnel else "否",
        post.to_on,
        f"{key}+{term.pk}.{term.version}" if term else key,
    )  # fmt: skip


def _links(present: Present, names: Names, today: date) -> list[Sequence[Value]]:
    units = present.units
    return [
        (
            names.label(units[one.from_unit_id]), str(UnitLink.Kind(one.kind).label),
            names.label(units[one.to_unit_id]), one.from_on, one.to_on,
            f"{one.pk}.{one.version}",
        )
        for one in present.links.values()
        if lasts(one, today) and one.from_unit_id in units and one.to_unit_id in units
    ]  # fmt: skip
