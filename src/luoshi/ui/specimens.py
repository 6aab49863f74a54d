"""What the living style page shows: every component, with values of the office's kind.

Names are the drawn examples' own; nothing here is read from the database.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.domain.base import Finding, Where, say
from luoshi.ui.lists import Page

TODAY = date(2026, 6, 18)


class ReportForm(forms.Form):
    """One of each control that the pages use."""

    text = forms.CharField(
        label=gettext_lazy("进展"), widget=forms.Textarea(attrs={"rows": 2}), max_length=1000
    )
    done = forms.CharField(label=gettext_lazy("完成进度（%）"), required=False)
    due = forms.DateField(
        label=gettext_lazy("完成时限"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    unit = forms.ChoiceField(
        label=gettext_lazy("责任单位"), choices=[("", "—"), ("1", "经发办"), ("2", "村建办")]
    )
    how = forms.ChoiceField(
        label=gettext_lazy("方式"),
        choices=[("page", gettext_lazy("网页")), ("phone", gettext_lazy("电话"))],
        widget=forms.RadioSelect,
        initial="page",
    )
    says_done = forms.BooleanField(label=gettext_lazy("报办结"), required=False)
    evidence = forms.FileField(label=gettext_lazy("佐证材料"), required=False)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the specimen table."""

    number: str
    title: str
    unit: str
    person: str
    due: date | None
    done: int | None
    expected: int
    state: str
    depth: int = 0

    @property
    def why(self) -> object:
        """The sentence behind the light."""
        if self.done is None:
            return say("access.out_of_scope")
        return ""


LINES = (
    Line("1", "项目引建", "经发办", "程以安", date(2026, 12, 31), 3360, 4000, "slow"),
    Line("1.1", "榆湾冷链物流园开工", "项目中心", "谢临川", date(2026, 6, 30), 5180, 5000, "ok", 1),
    Line("1.2", "东片区污水管网二期", "村建办", "姜禾生", date(2026, 9, 30), 2200, 4000, "late", 1),
    Line("1.3", "下禾村闲置校舍招租", "下禾村", "祝长庚", None, None, 5000, "silent", 1),
    Line("2", "高新技术企业净增", "经发办", "", date(2026, 11, 30), 10000, 5000, "done"),
    Line("3", "青埠头码头修缮", "村建办", "吴牧之", date(2026, 12, 20), 0, 0, "not_started"),
)


def page() -> dict[str, Any]:
    """Context of the style page."""
    wrong = ReportForm(data={"text": "", "done": "52", "unit": ""})
    wrong.is_valid()
    return {
        "day": TODAY,
        "states": ("ok", "slow", "late", "silent", "done", "none", "not_started"),
        "why": say("access.no_right", right="plan"),
        "lines": LINES,
        "form": ReportForm(auto_id="a_%s"),
        "wrong": wrong,
        "row": SimpleNamespace(version=3),
        "series": [31, 34, 33, None, 40, 44, 43, 50, 52],
        "findings": _findings(),
        "moves": _moves(),
        "conflicts": [
            (_("完成时限"), "2026-09-30", "2026-10-31"),
            (_("举措"), "沿线3户签订补偿协议", None),
        ],
        "chips": [(_("单位"), "村建办", "unit"), (_("灯"), "滞后", "light")],
        "page_one": Page((), "", "after-this"),
        "passage": "抓好东片区污水管网二期建设，9月底前完成主管网铺设。责任单位：村建办。",
    }


def _findings() -> list[Finding]:
    place = Where("ledger.task", None, "1.3 下禾村闲置校舍招租")
    return [
        Finding("C01", "error", place, say("cascade.C01.lead_leader")),
        Finding("C02", "warning", place, say("access.out_of_scope")),
        Finding("C08", "info", place, say("access.no_right", right="plan")),
    ]


def _moves() -> list[dict[str, Any]]:
    return [
        {"at": date(2026, 6, 12), "title": _("已报办结"), "who": "姜禾生", "on": True},
        {"at": date(2026, 5, 8), "title": _("办理中"), "text": "主管网已铺设2.2公里。"},
        {"at": date(2026, 3, 2), "title": _("已交办"), "who": "党政办 何秉文"},
    ]
