"""Forms of the pages that join rooms: a meeting's call for action plans."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class CallForm(forms.Form):
    """By when the action plans are due."""

    due_on = forms.DateField(label=_("完成时限"), widget=forms.DateInput(attrs={"type": "date"}))
