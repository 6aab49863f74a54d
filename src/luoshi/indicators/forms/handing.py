"""成套下达: which targets, to whom of which kind, by which rule."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.indicators.models import Division

TO = (
    ("villages", _("各村（社区）")),
    ("offices", _("各办公室、事业单位和站所")),
    ("units", _("全部下级单位")),
    ("posts", _("本单位的岗位")),
)


class HandOutForm(forms.Form):
    """A set of targets, the kind of those who take part, one rule for what adds up."""

    to = forms.ChoiceField(label=_("下达给"), choices=TO, widget=forms.RadioSelect)
    rule = forms.ChoiceField(
        label=_("分解办法"),
        choices=[c for c in Division.Rule.choices if c[0] in ("equal", "base")],
        widget=forms.RadioSelect,
        help_text=_("按基数即按各自上年完成值；比率、指数不相加，各承担者执行同一目标。"),
    )
    targets = forms.MultipleChoiceField(
        label=_("指标"), widget=forms.CheckboxSelectMultiple, error_messages={
            "required": _("请至少勾选一项指标。")
        },
    )  # fmt: skip
    reason = forms.CharField(label=_("调整理由"), required=False, max_length=200)

    def __init__(self, *args: Any, targets: Sequence[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["targets"].choices = targets  # type: ignore[attr-defined]
