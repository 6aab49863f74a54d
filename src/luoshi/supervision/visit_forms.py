"""Forms of visits and watched items: few fields, for a thumb."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.supervision.actions import Note, Promised

Choice = tuple[str, str]


def _date(label: Any, *, required: bool = True) -> forms.DateField:  # noqa: ANN401
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget)


class VisitForm(forms.Form):
    """What was seen where; the items it was about are ticked, a promise is optional."""

    post = forms.ChoiceField(label=_("谁去的"))
    visited_on = _date(_("哪天"))
    place = forms.CharField(label=_("地点"), max_length=100)
    items = forms.MultipleChoiceField(
        label=_("为哪几件事去的"), required=False, widget=forms.CheckboxSelectMultiple
    )
    seen = forms.CharField(
        label=_("看到什么"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    promised = forms.CharField(label=_("当场答应了什么"), max_length=200, required=False)
    promise_unit = forms.ChoiceField(label=_("由谁办"), required=False)
    promise_on = _date(_("哪天前办完"), required=False)
    despite = forms.BooleanField(label=_("仍按此时限"), required=False)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        posts: Sequence[Choice],
        items: Sequence[Choice],
        units: Sequence[Choice],
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = posts  # type: ignore[attr-defined]
        self.fields["items"].choices = items  # type: ignore[attr-defined]
        self.fields["promise_unit"].choices = [("", "—"), *units]  # type: ignore[attr-defined]
        if len(posts) == 1:
            del self.fields["post"]
        if not items:
            del self.fields["items"]

    @property
    def opens_promise(self) -> bool:
        """Whether something of a promise was typed: its fields are then shown open."""
        names = ("promised", "promise_unit", "promise_on")
        return any(self.data.get(name) for name in names)

    def note(self, post_id: UUID) -> Note:
        """What the form says, for the action."""
        data = self.cleaned_data
        picked = [value.partition(":") for value in data.get("items", ())]
        unit = data["promise_unit"]
        told = Promised(
            text=data["promised"],
            unit_id=UUID(unit) if unit else None,
            due_on=data["promise_on"],
            despite=data["despite"],
        )
        return Note(
            visited_on=data["visited_on"],
            place=data["place"],
            seen=data["seen"],
            post_id=UUID(data["post"]) if data.get("post") else post_id,
            tasks=tuple(UUID(key) for kind, _sep, key in picked if kind == "task"),
            blockers=tuple(UUID(key) for kind, _sep, key in picked if kind == "blocker"),
            promised=told,
        )


class WordsForm(forms.Form):
    """The words of a note, mended."""

    place = forms.CharField(label=_("地点"), max_length=100)
    seen = forms.CharField(
        label=_("看到什么"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class WatchForm(forms.Form):
    """The next step of a watched item, and its day."""

    post = forms.ChoiceField(label=_("谁盯"))
    step = forms.CharField(label=_("下一步做什么"), max_length=200)
    step_on = _date(_("哪天"))

    def __init__(self, *args: Any, posts: Sequence[Choice], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = posts  # type: ignore[attr-defined]
        if len(posts) == 1:
            del self.fields["post"]
