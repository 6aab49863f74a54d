"""Forms of the goals room: a plan, a work line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.documents.models import Document
from luoshi.goals.models import Plan
from luoshi.ui.many_files import ManyFilesField, ManyFilesInput

Choices = Sequence[tuple[str, str]]


class PlanForm(forms.Form):
    """A new year's plan; its title may be left to the system."""

    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2100)
    title = forms.CharField(label=_("名称"), max_length=200, required=False)


class MeetingForm(forms.Form):
    """A meeting, its day, and the plan that it owns."""

    title = forms.CharField(label=_("会议名称"), max_length=200)
    held_on = forms.DateField(
        label=_("召开日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    plan = forms.ChoiceField(label=_("年度计划"), required=False)

    def __init__(self, *args: Any, plans: Iterable[Plan], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        choices = [("", "—"), *((str(plan.pk), plan.title) for plan in plans)]
        self.fields["plan"].choices = choices  # type: ignore[attr-defined]


class PapersForm(forms.Form):
    """The papers themselves: report, speech, task table, resolution, or any batch of texts."""

    papers = ManyFilesField(
        label=_("会议材料"),
        allow_empty_file=True,
        help_text=_(
            "可一次选择多个文件，最多 100 个，合计不超过 50 MB：docx、pdf、txt、xlsx、doc、wps。"
        ),
        widget=ManyFilesInput(
            attrs={"accept": ".docx,.pdf,.txt,.text,.md,.xlsx,.xls,.et,.doc,.wps,.rtf,.odt"}
        ),
    )
    year = forms.IntegerField(
        label=_("计划年度"),
        required=False,
        min_value=2000,
        max_value=2100,
        help_text=_("不填则由正文判断。时限按此年度换算。"),
    )
    disclosure = forms.ChoiceField(
        label=_("公开属性"),
        choices=Document.Disclosure.choices,
        initial=Document.Disclosure.CLOSED,
    )


class LineForm(forms.Form):
    """A work line and the post that leads it."""

    name = forms.CharField(label=_("名称"), max_length=60)
    leader = forms.ChoiceField(label=_("牵头领导"), required=False)

    def __init__(self, *args: Any, leaders: Choices, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["leader"].choices = [("", "—"), *leaders]  # type: ignore[attr-defined]
