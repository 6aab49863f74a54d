"""Forms of the organisation's pages; only administrators see them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from luoshi.org.models import Person, Post, Term, Unit, UnitLink

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class UnitForm(forms.Form):
    """A unit's names and its last day."""

    name = forms.CharField(label=_("名称"), max_length=60)
    short_name = forms.CharField(label=_("简称"), max_length=20)
    to_on = forms.DateField(label=_("撤销日期"), required=False, widget=DAY)


class NewUnitForm(forms.Form):
    """A unit below this one."""

    name = forms.CharField(label=_("名称"), max_length=60)
    short_name = forms.CharField(label=_("简称"), max_length=20)
    kind = forms.ChoiceField(label=_("类别"), choices=Unit.Kind.choices)
    from_on = forms.DateField(
        label=_("起始日期"), required=False, widget=DAY, help_text=_("不填为今天")
    )
    to_on = forms.DateField(label=_("截止日期（专班必填）"), required=False, widget=DAY)


class MoveForm(forms.Form):
    """Under which unit this one stands from now on."""

    parent = forms.ModelChoiceField(label=_("上级单位"), queryset=Unit.objects.none())

    def __init__(self, *args: Any, units: Any = None, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = units if units is not None else Unit.objects.none()  # type: ignore[attr-defined]


class LinkForm(forms.Form):
    """A unit that this one is bound to beside the tree."""

    to_unit = forms.ModelChoiceField(label=_("关联单位"), queryset=Unit.objects.none())
    kind = forms.ChoiceField(label=_("关系"), choices=UnitLink.Kind.choices)
    from_on = forms.DateField(
        label=_("起始日期"), required=False, widget=DAY, help_text=_("不填为今天")
    )
    to_on = forms.DateField(label=_("截止日期"), required=False, widget=DAY)

    def __init__(self, *args: Any, units: Any = None, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["to_unit"].queryset = units if units is not None else Unit.objects.none()  # type: ignore[attr-defined]


class PostForm(forms.Form):
    """What a post is called, what it always does, and its marks."""

    title = forms.CharField(label=_("岗位"), max_length=60)
    routine = forms.CharField(label=_("岗位常规职责"), max_length=300, required=False)
    keeps_statistics = forms.BooleanField(label=_("统计岗位"), required=False)
    keeps_personnel = forms.BooleanField(label=_("分管组织人事"), required=False)
    to_on = forms.DateField(label=_("撤销日期"), required=False, widget=DAY)


class NewPostForm(forms.Form):
    """A post of this unit."""

    title = forms.CharField(label=_("岗位"), max_length=60)
    role = forms.ChoiceField(label=_("角色"), choices=Post.Role.choices)
    from_on = forms.DateField(
        label=_("起始日期"), required=False, widget=DAY, help_text=_("不填为今天")
    )


class TermForm(forms.Form):
    """Who holds a post of this unit from a day on."""

    post = forms.ModelChoiceField(label=_("岗位"), queryset=Post.objects.none())
    person = forms.ModelChoiceField(label=_("人员"), queryset=Person.objects.none())
    kind = forms.ChoiceField(label=_("任职方式"), choices=Term.Kind.choices)
    from_on = forms.DateField(label=_("起始日期"), widget=DAY)
    to_on = forms.DateField(
        label=_("截止日期"),
        required=False,
        widget=DAY,
        help_text=_("代理、借调挂职、代办有期限的填写；到期自动终止"),
    )

    def __init__(self, *args: Any, posts: Any = None, people: Any = None, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = posts if posts is not None else Post.objects.none()  # type: ignore[attr-defined]
        self.fields["person"].queryset = people if people is not None else Person.objects.none()  # type: ignore[attr-defined]


VACANT = "空缺"
"""What is typed where a post is given up and nobody follows yet; data, in either language."""


class TurnoverForm(forms.Form):
    """The day on which the new terms begin; the posts themselves are typed by name."""

    from_on = forms.DateField(label=_("起始日期"), widget=DAY)


class EndTermForm(forms.Form):
    """The last day of a term."""

    to_on = forms.DateField(label=_("截止日期"), widget=DAY)


class RosterForm(forms.Form):
    """A table of the organisation: one file with up to three sheets."""

    file = forms.FileField(
        label=_("选择文件"),
        allow_empty_file=True,
        help_text=_(
            "xlsx、xls、et、ods，可含单位、岗位和任职、单位关系三张工作表，合计不超过5000行。"
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.et,.ods,.csv"}),
    )


class DelegationForm(forms.Form):
    """Whose work, of which own post, somebody else does from one day to another, and why."""

    post = forms.ModelChoiceField(label=_("委托岗位"), queryset=Post.objects.none())
    taker = forms.ModelChoiceField(label=_("受托人"), queryset=Person.objects.none())
    from_on = forms.DateField(label=_("起始日期"), widget=DAY)
    to_on = forms.DateField(label=_("截止日期"), widget=DAY)
    reason = forms.CharField(label=_("委托事由"), max_length=200)

    def __init__(self, *args: Any, posts: Any = None, people: Any = None, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = posts if posts is not None else Post.objects.none()  # type: ignore[attr-defined]
        self.fields["taker"].queryset = people if people is not None else Person.objects.none()  # type: ignore[attr-defined]


class AccountForm(forms.Form):
    """A new person with a way to sign in."""

    name = forms.CharField(label=_("姓名"), max_length=40)
    phone = forms.CharField(label=_("电话"), max_length=20, required=False)
    login = forms.CharField(label=_("登录名"), max_length=40)
    password = forms.CharField(
        label=_("初始密码"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean_password(self) -> str:
        """The office's password rules."""
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password
