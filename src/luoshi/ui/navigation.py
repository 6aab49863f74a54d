"""The bar as data: which pages a role is offered, and in which order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from luoshi.domain.access import Actor, Role

IN_BAR = 8

# item: (label, URL names, the first that exists wins)
ITEMS: Mapping[str, tuple[str | Promise, tuple[str, ...]]] = {
    "wall": (_("作战图"), ("home:wall",)),
    "intake": (_("交办"), ("supervision:intake",)),
    "documents": (_("读文"), ("documents:list",)),
    "ledger": (_("台账"), ("ledger:list",)),
    "indicators": (_("指标"), ("indicators:list",)),
    "coverage": (_("责任"), ("home:coverage",)),
    "timetable": (_("工期"), ("ledger:timetable",)),
    "supervision": (_("督办"), ("supervision:desk",)),
    "orders": (_("督办单"), ("supervision:orders",)),
    "briefs": (_("材料"), ("briefs:list",)),
    "county": (_("全县"), ("home:county",)),
    "owed": (_("我的待办"), ("home:owed",)),
    "mine": (_("我的一周"), ("home:mine", "ledger:my_week")),
    "year": (_("我的年度任务"), ("home:year",)),
    "daily": (_("每日一页"), ("home:daily",)),
    "watch": (_("盯办清单"), ("home:watch",)),
    "visits": (_("走访记录"), ("supervision:visits",)),
    "burden": (_("填报负担账"), ("home:burden",)),
    "opinions": (_("意见建议"), ("burden:opinions",)),
    "search": (_("查找"), ("home:search",)),
    "journal": (_("操作日志"), ("home:journal",)),
    "notices": (_("提醒设置"), ("notices:places",)),
    "org": (_("组织"), ("org:list",)),
    "delegations": (_("委托代理"), ("org:delegations",)),
    "stand_down": (_("恢复本人身份"), ("org:stand_down",)),
}

# role: its items in the order in which the role needs them
_ORDER: Mapping[Role, str] = {
    "leader": "wall daily watch ledger indicators coverage timetable supervision briefs owed mine "
    "year visits intake documents burden opinions search journal org",
    "town_office": "wall daily intake documents ledger indicators coverage supervision timetable "
    "briefs owed mine year watch visits burden opinions search journal notices org",
    "unit_head": "mine owed wall ledger orders indicators timetable coverage year documents daily "
    "search burden opinions org",
    "staff": "mine owed year ledger orders indicators timetable documents search burden opinions",
    "county_supervisor": "county ledger indicators supervision owed coverage timetable search org "
    "burden opinions",
    "auditor": "journal wall ledger indicators coverage timetable supervision briefs documents "
    "intake visits burden opinions search org",
    "system_admin": "org notices",  # 三员分立: logs are the audit administrator's
    "security_admin": "org",
    "audit_admin": "journal org",
}


@dataclass(frozen=True, slots=True)
class Link:
    """One item as the bar shows it."""

    key: str
    label: str
    url: str
    current: bool
    in_bar: bool


def links(actor: Actor | None, path: str) -> list[Link]:
    """The items of the posts held, the first post's order first; pages not built yet are left out.

    The item whose address is the longest beginning of `path` is current. Nobody signed in: none.
    """
    if actor is None:
        return []
    found = [
        (key, url)
        for key in dict.fromkeys(key for post in actor.posts for key in _ORDER[post.role].split())
        if (url := address(key))
    ]
    here = max((url for _key, url in found if _stands_at(path, url)), key=len, default="")
    return [
        Link(key, str(ITEMS[key][0]), url, url == here, number < IN_BAR)
        for number, (key, url) in enumerate(found)
    ]


def address(key: str) -> str:
    """The address of an item, or "" while its page does not exist."""
    for name in ITEMS[key][1]:
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return ""


def _stands_at(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))
