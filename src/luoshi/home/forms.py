"""Forms of the pages that join rooms: a meeting, and its call for action plans."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.goals.models import Plan


class MeetingForm(forms.Form):
    """A meeting, its day, and the plan that it owns."""

    title = forms.CharField(label=_("会议名称"), max_length=200)
    held_on = forms.DateField(label=_("召开日期"), widget=forms.DateInput(attrs={"type": "date"}))
    plan = forms.ChoiceField(label=_("年度计划"), required=False)

    def __init__(self, *args: Any, plans: Iterable[Plan], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        choices = [("", "—"), *((str(plan.pk), plan.title) for plan in plans)]
        self.fields["plan"].choices = choices  # type: ignore[attr-defined]


class CallForm(forms.Form):
    """By when the action plans are due."""

    due_on = forms.DateField(label=_("完成时限"), widget=forms.DateInput(attrs={"type": "date"}))
