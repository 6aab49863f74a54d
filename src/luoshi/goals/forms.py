"""Forms of the goals room: a plan, a work line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

Choices = Sequence[tuple[str, str]]


class PlanForm(forms.Form):
    """A new year's plan; its title may be left to the system."""

    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2100)
    title = forms.CharField(label=_("名称"), max_length=200, required=False)


class LineForm(forms.Form):
    """A work line and the post that leads it."""

    name = forms.CharField(label=_("名称"), max_length=60)
    leader = forms.ChoiceField(label=_("牵头领导"), required=False)

    def __init__(self, *args: Any, leaders: Choices, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["leader"].choices = [("", "—"), *leaders]  # type: ignore[attr-defined]
