"""Forms of the week: lines of its list, meetings and what they decide, recurring work."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.supervision.models import RecurringWork


def _lines(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _date(label: Any, *, required: bool = True, **more: Any) -> forms.DateField:  # noqa: ANN401
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, **more)


Choices = Sequence[tuple[str, str]]
OPEN_CHOICE = ("", "—")


class LineForm(forms.Form):
    """The words of a line of the week's list."""

    text = forms.CharField(label=_("本周工作"), max_length=400, widget=_lines())


class AddLineForm(forms.Form):
    """A line from the ledger, or typed words with the unit that does it."""

    task = forms.ChoiceField(
        label=_("台账中的事项"), required=False, help_text=_("不选则按下面写的新列一项，进入台账。")
    )
    text = forms.CharField(label=_("本周工作"), max_length=400, required=False, widget=_lines())
    lead_unit = forms.ChoiceField(label=_("责任单位"), required=False)
    due_on = _date(_("完成时限"), required=False, help_text=_("不填为清单结清那天。"))

    def __init__(self, *args: Any, units: Choices, tasks: Choices, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["lead_unit"].choices = [OPEN_CHOICE, *units]  # type: ignore[attr-defined]
        self.fields["task"].choices = [OPEN_CHOICE, *tasks]  # type: ignore[attr-defined]


class MinutesForm(forms.Form):
    """Agenda and attendance of a meeting, as the office writes them."""

    agenda = forms.CharField(
        label=_("议题"), required=False, widget=_lines(4), help_text=_("一行一个议题。")
    )
    place = forms.CharField(label=_("地点"), max_length=100, required=False)
    chair = forms.CharField(label=_("主持"), max_length=60, required=False)
    recorder = forms.CharField(label=_("记录"), max_length=60, required=False)
    present = forms.CharField(label=_("出席"), max_length=600, required=False, widget=_lines(2))
    attending = forms.CharField(label=_("列席"), max_length=600, required=False, widget=_lines(2))
    absent = forms.CharField(label=_("请假"), max_length=300, required=False)


class HoldForm(MinutesForm):
    """A meeting of a kind, with its day and its paper."""

    kind = forms.ChoiceField(label=_("会议类别"))
    held_on = _date(_("召开日期"))
    title = forms.CharField(
        label=_("会议名称"), max_length=200, required=False, help_text=_("不填则用类别和日期。")
    )
    field_order = ("kind", "held_on", "title")

    def __init__(self, *args: Any, kinds: Choices, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = list(kinds)  # type: ignore[attr-defined]


class KindForm(forms.Form):
    """A kind of meeting and the mark of its minutes."""

    name = forms.CharField(label=_("会议类别"), max_length=30)
    mark = forms.CharField(
        label=_("纪要代字"), max_length=20, help_text=_("印在编号前，如“青党联纪”。")
    )


class DecideForm(forms.Form):
    """What was decided: by whom and when, or why no item is needed."""

    text = forms.CharField(label=_("议定事项"), max_length=400, widget=_lines())
    topic = forms.ChoiceField(label=_("所属议题"), required=False)
    lead_unit = forms.ChoiceField(label=_("责任单位"), required=False)
    lead_leader = forms.ChoiceField(label=_("牵头领导"), required=False)
    due_on = _date(_("完成时限"), required=False)
    why_no_task = forms.CharField(
        label=_("不列任务的理由"),
        max_length=200,
        required=False,
        help_text=_("如：已当场办结、属原则性意见。填了就不列入台账。"),
    )
    despite = forms.BooleanField(label=_("会议仍定此时限（有提醒时勾选）"), required=False)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        units: Choices,
        leaders: Choices,
        topics: Sequence[str],
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead_unit"].choices = [OPEN_CHOICE, *units]  # type: ignore[attr-defined]
        self.fields["lead_leader"].choices = [OPEN_CHOICE, *leaders]  # type: ignore[attr-defined]
        numbered = [(str(n), topic[:60]) for n, topic in enumerate(topics, start=1)]
        self.fields["topic"].choices = [OPEN_CHOICE, *numbered]  # type: ignore[attr-defined]
        if not topics:
            del self.fields["topic"]

    def said(self) -> dict[str, Any]:
        """The fields as the action takes them."""
        data = dict(self.cleaned_data)
        data["topic"] = int(data.get("topic") or 0)
        for name in ("lead_unit", "lead_leader"):
            data[name] = UUID(data[name]) if data[name] else None
        return data


WEEKDAYS = (
    ("0", _("星期一")), ("1", _("星期二")), ("2", _("星期三")), ("3", _("星期四")),
    ("4", _("星期五")), ("5", _("星期六")), ("6", _("星期日")),
)  # fmt: skip


class RecurringForm(forms.Form):
    """A rule: what, who, on which days, how long ahead, until when."""

    name = forms.CharField(label=_("名称"), max_length=120)
    what = forms.CharField(label=_("要做什么"), max_length=400, widget=_lines(2))
    acceptance = forms.CharField(label=_("完成标准"), max_length=400, required=False)
    lead_unit = forms.ChoiceField(label=_("责任单位"))
    post = forms.ChoiceField(
        label=_("责任岗位"), required=False, help_text=_("须是责任单位的岗位；空缺时事项仍交单位。")
    )
    rhythm = forms.ChoiceField(label=_("周期"), choices=RecurringWork.Rhythm.choices)
    weekday = forms.ChoiceField(
        label=_("星期"), choices=[OPEN_CHOICE, *WEEKDAYS], required=False, help_text=_("每周的填。")
    )
    month = forms.IntegerField(
        label=_("月份"), min_value=1, max_value=12, required=False, help_text=_("每年的填。")
    )
    day = forms.IntegerField(
        label=_("日期"),
        min_value=1,
        max_value=31,
        required=False,
        help_text=_("每月、每年的填；31为月末。"),
    )
    season_from = forms.CharField(
        label=_("季节起"), max_length=5, required=False, help_text=_("如05-01，全年的不填。")
    )
    season_to = forms.CharField(
        label=_("季节止"), max_length=5, required=False, help_text=_("如09-30。")
    )
    shift = forms.ChoiceField(label=_("遇休息日"), choices=RecurringWork.Shift.choices)
    lead_days = forms.IntegerField(
        label=_("提前天数"),
        min_value=0,
        max_value=90,
        initial=0,
        help_text=_("时限前几天列入台账。"),
    )
    from_on = _date(_("起始日期"))
    to_on = _date(_("截止日期"), required=False)

    def __init__(self, *args: Any, units: Choices, posts: Choices, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["lead_unit"].choices = list(units)  # type: ignore[attr-defined]
        self.fields["post"].choices = [OPEN_CHOICE, *posts]  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        """The fields as the action takes them; what the rhythm does not use is left out."""
        data = dict(self.cleaned_data)
        rhythm = data["rhythm"]
        data["lead_unit"] = UUID(data["lead_unit"])
        data["post"] = UUID(data["post"]) if data["post"] else None
        weekly = rhythm == RecurringWork.Rhythm.WEEKLY and data["weekday"]
        data["weekday"] = int(data["weekday"]) if weekly else None
        yearly = rhythm == RecurringWork.Rhythm.YEARLY
        data["month"] = data["month"] if yearly else None
        monthly = yearly or rhythm == RecurringWork.Rhythm.MONTHLY
        data["day"] = data["day"] if monthly else None
        return data


class SkipForm(forms.Form):
    """Which time is skipped, and why."""

    nominal_on = _date(_("跳过哪一次"))
    reason = forms.CharField(label=_("理由"), max_length=200)


class EndForm(forms.Form):
    """Until when the rule runs, and why it ends."""

    to_on = _date(_("最后一天"))
    reason = forms.CharField(label=_("理由"), max_length=200)
