"""Forms of notices: the office's hours and robots, and a person's own switches."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.domain.base import Refused
from luoshi.domain.reminding import Rhythm
from luoshi.notices.models import ROBOTS, Via
from luoshi.ui.sentences import tell

HOUR = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class RuleForm(forms.Form):
    """When the digest goes out, when it is quiet, when the next level is told."""

    is_on = forms.BooleanField(label=_("每个工作日汇总一次"), required=False)
    at = forms.TimeField(label=_("汇总时间"), widget=HOUR)
    quiet_from = forms.TimeField(label=_("免打扰起"), widget=HOUR)
    quiet_until = forms.TimeField(label=_("免打扰止"), widget=HOUR)
    head_days = forms.IntegerField(label=_("报单位负责人（工作日）"), min_value=1, max_value=60)
    leader_days = forms.IntegerField(label=_("报分管领导（工作日）"), min_value=2, max_value=90)
    mail = forms.BooleanField(label=_("发邮件给填了邮箱的人"), required=False)

    def clean(self) -> dict[str, Any]:
        """The law judges the hours and levels; its sentence stands on the form."""
        data = super().clean() or {}
        names = ("at", "quiet_from", "quiet_until", "head_days", "leader_days")
        if all(data.get(name) is not None for name in names):
            try:
                data["rhythm"] = Rhythm(*(data[name] for name in names))
            except Refused as refused:
                self.add_error("at" if "quiet" in refused.why.code else "leader_days",
                               tell(refused.why))  # fmt: skip
        return data


class ChannelForm(forms.Form):
    """A group's robot; what is typed here as address and secret is never shown again."""

    via = forms.ChoiceField(label=_("平台"), choices=[(v.value, v.label) for v in ROBOTS])
    name = forms.CharField(label=_("群名称"), max_length=40)
    address = forms.CharField(label=_("机器人地址（Webhook）"), max_length=600)
    secret = forms.CharField(
        label=_("加签密钥"),
        max_length=200,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )


class ChangeForm(forms.Form):
    """The same robot later; an empty address or secret stays as it was."""

    name = forms.CharField(label=_("群名称"), max_length=40)
    is_on = forms.BooleanField(label=_("启用"), required=False)
    address = forms.CharField(label=_("新地址"), max_length=600, required=False)
    secret = forms.CharField(
        label=_("新密钥"),
        max_length=200,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )


class PreferenceForm(forms.Form):
    """One's own switches: ticked means wanted."""

    email = forms.EmailField(label=_("电子邮箱"), required=False, max_length=200)
    mail = forms.BooleanField(label=_("发邮件给我"), required=False)
    robot = forms.BooleanField(label=_("群里的人数算上我"), required=False)
    sign = forms.BooleanField(label=_("待签收"), required=False)
    report = forms.BooleanField(label=_("待报进展"), required=False)
    done = forms.BooleanField(label=_("待报办结"), required=False)
    figure = forms.BooleanField(label=_("待填报的数"), required=False)
    check = forms.BooleanField(label=_("待复核、回头看"), required=False)
    decide = forms.BooleanField(label=_("待审批、裁定、办结"), required=False)
    raised = forms.BooleanField(label=_("下一级久拖未办"), required=False)


class LogForm(forms.Form):
    """The log narrowed: by day, way, outcome."""

    due = forms.DateField(
        label=_("日期"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    via = forms.ChoiceField(
        label=_("渠道"),
        required=False,
        choices=[("", _("全部")), *[(v.value, v.label) for v in Via if v != Via.PAGE]],
    )
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[("", _("全部"))])

    def __init__(self, *args: Any, states: Any = (), **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [("", _("全部")), *states]  # type: ignore[attr-defined]
