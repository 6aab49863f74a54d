"""Forms of the burden meter: an ask outside the system in ten seconds, an opinion, an answer."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.burden.models import Opinion, OutsideAsk


class OutsideForm(forms.Form):
    """Three fields: channel, what, minutes; the day is today's unless said."""

    channel = forms.ChoiceField(
        label=_("渠道"), choices=OutsideAsk.Channel.choices, widget=forms.RadioSelect
    )
    what = forms.CharField(label=_("要了什么"), max_length=120)
    minutes = forms.IntegerField(label=_("用时（分钟）"), min_value=1, max_value=600)
    asked_on = forms.DateField(
        label=_("日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["asked_on"].initial = today


class OpinionForm(forms.Form):
    """What kind, what, and whether under one's own name."""

    kind = forms.ChoiceField(
        label=_("类别"), choices=Opinion.Kind.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("意见内容"), max_length=1000, widget=forms.Textarea(attrs={"rows": 5})
    )
    named = forms.ChoiceField(
        label=_("署名"),
        choices=(("no", _("匿名")), ("yes", _("署名"))),
        initial="no",
        widget=forms.RadioSelect,
    )


class AnswerForm(forms.Form):
    """What the town answers."""

    text = forms.CharField(
        label=_("答复"), max_length=1000, widget=forms.Textarea(attrs={"rows": 5})
    )
