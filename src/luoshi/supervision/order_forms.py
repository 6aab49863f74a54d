"""Forms of orders and inspections: register, conclude, rules of numbers and limits, answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.ledger.models import Task
from luoshi.supervision.models import Order, Result, Serial


def _lines(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class OrderForm(forms.Form):
    """An order: of an item (`task` given) or with a new one; what both ask, and what only a new."""

    source = forms.ChoiceField(label=_("来源"), choices=Order.Source.choices)
    basis = forms.CharField(label=_("来源说明"), max_length=200, required=False)
    requirement = forms.CharField(label=_("办理要求"), max_length=500, widget=_lines())
    asked_by = forms.ChoiceField(label=_("交办领导"), required=False)
    title = forms.CharField(label=_("督办事项"), max_length=400)
    lead_unit = forms.ChoiceField(label=_("承办单位"))
    owner = forms.ChoiceField(label=_("责任人"), required=False)
    lead_leader = forms.ChoiceField(label=_("牵头领导"), required=False)
    urgency = forms.ChoiceField(label=_("紧急程度"), choices=Task.Urgency.choices)
    due_on = forms.DateField(
        label=_("办理时限"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    acceptance = forms.CharField(label=_("完成标准"), max_length=400, required=False)
    reason = forms.CharField(label=_("时限较长的理由"), max_length=300, required=False)

    NEW = (
        "title",
        "lead_unit",
        "owner",
        "lead_leader",
        "urgency",
        "due_on",
        "acceptance",
        "reason",
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        choices: Mapping[str, Sequence[tuple[str, str]]],
        is_new: bool,
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, offered in choices.items():
            self.fields[name].choices = [("", "—"), *offered]  # type: ignore[attr-defined]
        if not is_new:
            for name in self.NEW:
                del self.fields[name]

    def key(self, name: str) -> UUID | None:
        """A chosen row's key; nothing chosen is None."""
        value = self.cleaned_data.get(name)
        return UUID(value) if value else None


class ConcludeForm(forms.Form):
    """What the order came to, in words, and when it is looked at again."""

    result = forms.ChoiceField(label=_("结果类别"), widget=forms.RadioSelect)
    note = forms.CharField(label=_("结果说明"), max_length=500, required=False, widget=_lines())
    next_on = forms.DateField(
        label=_("下次查看"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, offered: Sequence[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["result"].choices = list(offered)  # type: ignore[attr-defined]
        if {key for key, _name in offered} == {Result.RECTIFIED.value}:
            del self.fields["next_on"]
            self.initial["result"] = Result.RECTIFIED.value


class LimitForm(forms.Form):
    """How many working days a source has."""

    source = forms.ChoiceField(choices=Order.Source.choices, widget=forms.HiddenInput())
    days = forms.IntegerField(label=_("工作日"))


class StyleForm(forms.Form):
    """How a kind of paper is numbered this year."""

    kind = forms.ChoiceField(choices=Serial.Kind.choices, widget=forms.HiddenInput())
    pattern = forms.CharField(label=_("文号样式"), max_length=40)


class InspectionForm(forms.Form):
    """What the county asks of a town, and by when it answers."""

    town = forms.ChoiceField(label=_("督查对象"))
    title = forms.CharField(label=_("督查事项"), max_length=200)
    requirement = forms.CharField(label=_("督查要求"), max_length=500, widget=_lines())
    due_on = forms.DateField(
        label=_("答复时限"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, towns: Sequence[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["town"].choices = [("", "—"), *towns]  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """What the town answers."""

    answer = forms.CharField(label=_("答复"), max_length=1000, widget=_lines(5))


class FindingForm(forms.Form):
    """What the county concludes."""

    result = forms.ChoiceField(
        label=_("结果类别"), choices=Result.choices, widget=forms.RadioSelect
    )
    finding = forms.CharField(label=_("督查结论"), max_length=1000, widget=_lines())
