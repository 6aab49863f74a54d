"""Forms of the material room: a re-worded paragraph, a note, the leader's sentence."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.briefs.models import Bulletin
from luoshi.goals.models import Note

WIDE = forms.Textarea(attrs={"rows": 8, "lang": "zh-Hans"})


class ParagraphForm(forms.Form):
    """One paragraph without its mark."""

    text = forms.CharField(label=_("正文"), max_length=4000, widget=WIDE, strip=True)


class NoteForm(forms.Form):
    """An achievement or a gap of a line, in one sentence; it becomes a fact of the next draft."""

    kind = forms.ChoiceField(
        label=_("类别"),
        choices=[(kind.value, kind.label) for kind in (Note.Kind.GAP, Note.Kind.ACHIEVEMENT)],
    )
    text = forms.CharField(
        label=_("内容"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3, "lang": "zh-Hans"}),
        help_text=_("写明事实和数字；重新起草后写入正文，可点回本条。"),
    )


class NoGapForm(forms.Form):
    """The sentence by which the leader in charge says that a line has no outstanding gap."""

    text = forms.CharField(
        label=_("意见"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3, "lang": "zh-Hans"}),
        help_text=_("须写明“本期无突出不足”，由牵头领导本人填写。"),
    )


def _day(label: Any) -> forms.DateField:  # noqa: ANN401 - lazy text
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget)


class BulletinForm(forms.Form):
    """Under which name, and of which period."""

    kind = forms.ChoiceField(label=_("名称"), choices=Bulletin.Kind.choices)
    from_on = _day(_("时段起"))
    to_on = _day(_("时段止"))

    def clean(self) -> dict[str, Any]:
        """A period begins before it ends."""
        data = super().clean() or {}
        start, end = data.get("from_on"), data.get("to_on")
        if start and end and start > end:
            self.add_error("to_on", _("时段止不能早于时段起。"))
        return data


class ShowForm(forms.Form):
    """How many working days the units named have to reply."""

    days = forms.IntegerField(label=_("答复期限（工作日）"), min_value=0, max_value=99)


class ReplyForm(forms.Form):
    """How a unit sees what is told of it."""

    text = forms.CharField(
        label=_("本单位答复"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4, "lang": "zh-Hans"}),
    )
