"""Forms of pace: an indicator's course, the rule of lights, what a page looks at."""

from __future__ import annotations

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.domain.pacing import PRESETS
from luoshi.indicators.models import Course

QUARTERS = ("1", "2", "3", "4")


class CourseForm(forms.Form):
    """How the year of an indicator is spread; weights only where the choice needs them."""

    profile = forms.ChoiceField(
        label=_("进度算法"), choices=Course.Profile.choices, widget=forms.RadioSelect
    )
    q1 = forms.CharField(label=_("一季度（%）"), required=False, max_length=8)
    q2 = forms.CharField(label=_("二季度（%）"), required=False, max_length=8)
    q3 = forms.CharField(label=_("三季度（%）"), required=False, max_length=8)
    q4 = forms.CharField(label=_("四季度（%）"), required=False, max_length=8)
    nodes = forms.CharField(
        label=_("时间节点"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("每行一个：日期 权重，如 2026-04-30 30。权重为整数，按合计折算。"),
    )

    def weights(self) -> list[list[str]]:
        """The weights of the chosen profile, as the action takes them."""
        said = self.cleaned_data
        if said["profile"] == Course.Profile.QUARTERS:
            return [[n, said[f"q{n}"].strip() or "0"] for n in QUARTERS]
        if said["profile"] == Course.Profile.MILESTONES:
            lines = [re.split(r"[\s,，、]+", line.strip()) for line in said["nodes"].splitlines()]
            return [line for line in lines if line != [""]]
        return []


class RuleForm(forms.Form):
    """Which published rule a place's lights follow, and whether only this year's plan does."""

    rule = forms.ChoiceField(
        label=_("亮灯规则"), choices=[(code, code) for code in PRESETS], widget=forms.RadioSelect
    )
    only_plan = forms.BooleanField(label=_("只用于本年度计划"), required=False)
