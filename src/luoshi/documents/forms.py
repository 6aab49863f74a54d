"""The form that takes a text: pasted, or a file; judged before anything is kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.documents.models import Document, LocalRule
from luoshi.domain.base import say
from luoshi.org.models import Unit
from luoshi.ui.sentences import tell


class AddForm(forms.Form):
    """A text, its title and year; the title and the year may be left to the reader."""

    text = forms.CharField(
        label=_("粘贴正文"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "class": "doc", "lang": "zh-Hans"}),
    )
    file = forms.FileField(
        label=_("或选择文件"),
        required=False,
        allow_empty_file=True,
        help_text=_("可用 docx、带文字层的 pdf、txt、doc、wps、rtf、odt，不超过 50 MB。"),
        widget=forms.FileInput(attrs={"accept": ".docx,.pdf,.txt,.text,.md,.doc,.wps,.rtf,.odt"}),
    )
    title = forms.CharField(
        label=_("标题"), required=False, max_length=200, help_text=_("不填则取正文首行。")
    )
    year = forms.IntegerField(
        label=_("计划年度"),
        required=False,
        min_value=2000,
        max_value=2100,
        help_text=_("不填则由正文判断。时限按此年度换算。"),
    )
    disclosure = forms.ChoiceField(
        label=_("公开属性"),
        choices=Document.Disclosure.choices,
        initial=Document.Disclosure.CLOSED,
    )

    def clean(self) -> dict[str, Any]:
        """Exactly one of text and file."""
        data = super().clean() or {}
        has_text = bool((data.get("text") or "").strip())
        has_file = data.get("file") is not None
        if "text" not in self.errors and "file" not in self.errors and has_text == has_file:
            why = say("documents.both_given") if has_text else say("documents.nothing_given")
            self.add_error("file" if has_text else "text", tell(why))
        return data


class YearForm(forms.Form):
    """The plan year that a text is read again for; empty leaves it as it is."""

    year = forms.IntegerField(label=_("计划年度"), required=False, min_value=2000, max_value=2100)


class DoubtForm(forms.Form):
    """Which doubt of a text is meant: its sentence and place, and why it is let stand."""

    said = forms.CharField(max_length=60)
    start = forms.IntegerField(min_value=0)
    end = forms.IntegerField(min_value=1)
    reason = forms.CharField(max_length=200, required=False)


class RuleForm(forms.Form):
    """A local rule: where to look, for what, and what it becomes."""

    kind = forms.ChoiceField(label=_("看什么"), choices=LocalRule.Kind.choices)
    phrase = forms.CharField(
        label=_("原文说法"), max_length=60, help_text=_("照原文写；标题不带序号。")
    )
    target = forms.ChoiceField(
        label=_("指哪个单位"), required=False, help_text=_("只用于单位名称。")
    )
    outcome = forms.ChoiceField(
        label=_("怎样处理"),
        required=False,
        choices=[("", "—"), *LocalRule.Outcome.choices],
        help_text=_("只用于标题和句子。"),
    )

    def __init__(self, *args: Any, units: Iterable[Unit], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        choices = [("", "—"), *((str(unit.pk), unit.short_name) for unit in units)]
        self.fields["target"].choices = choices  # type: ignore[attr-defined]
