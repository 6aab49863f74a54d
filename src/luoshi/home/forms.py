"""Forms of the pages that join rooms: a call for action plans, a request for data, its reply."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.burden.models import DataRequest


class CallForm(forms.Form):
    """By when the action plans are due."""

    due_on = forms.DateField(label=_("完成时限"), widget=forms.DateInput(attrs={"type": "date"}))


class RequestForm(forms.Form):
    """Which fields, of whom, by when, how often, what for."""

    title = forms.CharField(label=_("要什么数据"), max_length=200)
    purpose = forms.CharField(label=_("用在哪里"), max_length=300, required=False)
    fields_asked = forms.CharField(
        label=_("填报项，一行一项"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    units = forms.MultipleChoiceField(
        label=_("由哪些单位填报"), required=False, widget=forms.CheckboxSelectMultiple
    )
    due_on = forms.DateField(
        label=_("首次时限"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    rhythm = forms.ChoiceField(
        label=_("频次"), choices=DataRequest.Rhythm.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, units: Sequence[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["units"].choices = list(units)  # type: ignore[attr-defined]
        self.fields["rhythm"].initial = DataRequest.Rhythm.ONCE

    def names(self) -> list[str]:
        """The fields asked for, one a line."""
        return [line.strip() for line in self.cleaned_data["fields_asked"].splitlines()]


class WithholdForm(forms.Form):
    """Why a request is not sent out."""

    reason = forms.CharField(
        label=_("不予下发的理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


class ReplyForm(forms.Form):
    """One line a field, in the order of the request."""

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        names: Sequence[str],
        told: Sequence[str],
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        for number, name in enumerate(names):
            self.fields[f"answer-{number}"] = forms.CharField(
                label=name,
                max_length=500,
                initial=told[number] if number < len(told) else "",
            )

    def answers(self) -> list[str]:
        """What was answered, in order."""
        return [self.cleaned_data[name] for name in self.fields]
