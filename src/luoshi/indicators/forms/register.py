"""Forms of the register: an indicator and its definition, targets, peers, reporters, reasons."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from luoshi.domain.base import Period
from luoshi.indicators.models import SCALE, Indicator, IndicatorDefinition, Target

Choices = Sequence[tuple[str, str]]


def _day(label: Any, **more: Any) -> forms.DateField:  # noqa: ANN401 - a lazy text
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        **more,
    )


def _figure(label: Any, **more: Any) -> forms.DecimalField:  # noqa: ANN401 - a lazy text
    return forms.DecimalField(label=label, max_digits=18, decimal_places=SCALE, **more)


class DefinitionForm(forms.Form):
    """口径: what is counted and how."""

    statement = forms.CharField(
        label=_("口径"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("统计什么、不统计什么、从哪里来。"),
    )
    measure = forms.CharField(label=_("计量单位"), max_length=20)
    decimals = forms.IntegerField(label=_("小数位"), min_value=0, max_value=SCALE, initial=2)
    better = forms.ChoiceField(label=_("方向"), choices=IndicatorDefinition.Better.choices)
    aggregation = forms.ChoiceField(
        label=_("汇总方式"),
        choices=IndicatorDefinition.Aggregation.choices,
        help_text=_("下级填报的数据怎样合成上级的数。"),
    )
    numerator = forms.ChoiceField(label=_("分子"), required=False)
    denominator = forms.ChoiceField(label=_("分母"), required=False)
    factor = _figure(_("倍数"), initial=1, help_text=_("百分比填100。"))
    weight_by = forms.ChoiceField(label=_("权数"), required=False)
    may_be_negative = forms.BooleanField(label=_("可为负数"), required=False)
    source = forms.CharField(label=_("数据来源"), max_length=120)
    rhythm = forms.ChoiceField(label=_("发布频次"), choices=IndicatorDefinition.Rhythm.choices)
    due_days = forms.IntegerField(label=_("期后几日内报送"), min_value=0, max_value=366, initial=10)

    def __init__(self, *args: Any, parts: Choices = (), **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        for name in ("numerator", "denominator", "weight_by"):
            self.fields[name].choices = [("", "—"), *parts]  # type: ignore[attr-defined]


class IndicatorForm(DefinitionForm):
    """A new indicator with its first definition."""

    name = forms.CharField(label=_("指标"), max_length=80)
    kind = forms.ChoiceField(
        label=_("类型"),
        choices=Indicator.Kind.choices,
        help_text=_("累计数填自1月1日起的累计；构成由各组成部分算出，合计100%。"),
    )
    category = forms.ChoiceField(
        label=_("数据类别"),
        choices=Indicator.Category.choices,
        initial=Indicator.Category.BUSINESS,
        help_text=_("统计数据以发布数为准，只能导入，不分给统计岗位承办。"),
    )
    number = forms.CharField(
        label=_("编号"), max_length=20, required=False, help_text=_("不填则接着编。")
    )
    part_of = forms.ChoiceField(label=_("属于哪项构成"), required=False)
    reporters = forms.MultipleChoiceField(
        label=_("填报单位"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("不选则由本单位填报。"),
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - a form's own
        wholes: Choices = (),
        units: Choices = (),
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["part_of"].choices = [("", "—"), *wholes]  # type: ignore[attr-defined]
        self.fields["reporters"].choices = units  # type: ignore[attr-defined]


class NewDefinitionForm(DefinitionForm):
    """A definition from a day on, with the reason for it."""

    from_on = _day(_("启用日期"))
    reason = forms.CharField(label=_("调整原因"), max_length=200)


class PeriodForm(forms.Form):
    """A year, and the part of it: the whole, a half, a quarter or a month."""

    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2100)
    part = forms.ChoiceField(
        label=_("期间"),
        choices=[
            ("year", _("全年")),
            ("h1", _("上半年")),
            ("h2", _("下半年")),
            *(
                (f"q{n}", label)
                for n, label in enumerate((_("一季度"), _("二季度"), _("三季度"), _("四季度")), 1)
            ),
            *((f"m{n:02d}", format_lazy(_("{n}月"), n=n)) for n in range(1, 13)),
        ],
    )

    def period(self) -> Period:
        """The period that was chosen."""
        year, part = int(self.cleaned_data["year"]), str(self.cleaned_data["part"])
        if part == "year":
            return Period.year(year)
        make = {"h": Period.half, "q": Period.quarter, "m": Period.month}[part[0]]
        return make(year, int(part[1:]))


class TargetForm(PeriodForm):
    """A target of a unit with its basis and where it is from."""

    unit = forms.ChoiceField(label=_("单位"))
    basis = forms.ChoiceField(label=_("依据"), choices=Target.Basis.choices)
    comparison = forms.ChoiceField(label=_("比较"), choices=Target.Comparison.choices)
    value = _figure(_("目标值"))
    source = forms.CharField(label=_("出处"), max_length=120, required=False)
    plan = forms.ChoiceField(label=_("年度计划"), required=False)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - a form's own
        units: Choices = (),
        plans: Choices = (),
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]
        self.fields["plan"].choices = [("", "—"), *plans]  # type: ignore[attr-defined]


class ChangedTargetForm(forms.Form):
    """Another figure for a target, with the reason."""

    value = _figure(_("目标值"))
    comparison = forms.ChoiceField(label=_("比较"), choices=Target.Comparison.choices)
    reason = forms.CharField(label=_("理由"), max_length=200, required=False)


class BenchmarkForm(PeriodForm):
    """What a peer area reached."""

    peer = forms.CharField(label=_("对标地区"), max_length=60)
    value = _figure(_("对标值"))
    source = forms.CharField(label=_("数据来源"), max_length=120)
    as_of = _day(_("数据日期"))


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(label=_("理由"), max_length=200)


class ReportersForm(forms.Form):
    """The units that report an indicator from a day on."""

    units = forms.MultipleChoiceField(
        label=_("填报单位"), widget=forms.CheckboxSelectMultiple, required=False
    )
    from_on = _day(_("起始日期"))

    def __init__(self, *args: Any, units: Choices = (), **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["units"].choices = units  # type: ignore[attr-defined]


class SavingForm(forms.Form):
    """What a block of figures is saved with: its source, its day, and why figures are revised."""

    source = forms.CharField(label=_("数据来源"), max_length=120, required=False)
    as_of = _day(_("数据日期"), required=False)
    reason = forms.CharField(label=_("修订原因"), max_length=200, required=False)


class ImportForm(forms.Form):
    """A table of figures: a file, or what was copied from one."""

    file = forms.FileField(
        label=_("表格文件"), required=False, help_text=_("xlsx、xls、et、ods或csv。")
    )
    pasted = forms.CharField(
        label=_("或粘贴表格"), required=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2100)
    indicator = forms.ChoiceField(
        label=_("指标"), required=False, help_text=_("表里没有指标一栏时选择。")
    )
    published = forms.BooleanField(
        label=_("这是已发布的统计数据"), required=False, help_text=_("须写明数据来源和日期。")
    )

    def __init__(self, *args: Any, indicators: Choices = (), **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["indicator"].choices = [("", "—"), *indicators]  # type: ignore[attr-defined]


def figure_of(form: forms.Form, name: str = "value") -> Decimal:
    """A figure out of a valid form."""
    return Decimal(form.cleaned_data[name])
