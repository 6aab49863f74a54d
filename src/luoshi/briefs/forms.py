"""Forms of the material room: a re-worded paragraph, a note, the leader's sentence."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

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
