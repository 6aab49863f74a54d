"""The answer to a blocker: one form for whoever is needed, and for whoever raised it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.domain.base import say
from luoshi.ledger.forms.fields import Choices, date_field, offer
from luoshi.ui.sentences import tell

POST = "post:"
"""Marks the key of a post among the keys of units."""
SAYS = (
    ("answer", _("已办好")),
    ("promise", _("哪天前解决")),
    ("send_back", _("不属我处，退回")),
    ("clear", _("确认已解决")),
    ("press", _("还没解决")),
    ("point", _("改请他人")),
)


def whom(value: str) -> tuple[UUID | None, UUID | None]:
    """The chosen unit, or the chosen post; nothing chosen is neither."""
    if not value:
        return None, None
    if value.startswith(POST):
        return None, UUID(value.removeprefix(POST))
    return UUID(value), None


class BlockerForm(forms.Form):
    """What is said about a blocker; only what the law allows this person now is offered."""

    says = forms.ChoiceField(label=_("答复"), widget=forms.RadioSelect)
    by = date_field(_("哪天前解决"))
    whom = forms.ChoiceField(label=_("改请谁"), required=False)
    text = forms.CharField(label=_("办理情况或理由"), max_length=300, required=False)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        allowed: Collection[str],
        people: Choices | Callable[[], Choices] = (),
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["says"].choices = [  # type: ignore[attr-defined]
            (name, label) for name, label in SAYS if name in allowed
        ]
        if "promise" not in allowed:
            del self.fields["by"]
        if "point" in allowed:
            offer(self, "whom", people)
        else:
            del self.fields["whom"]

    def clean(self) -> dict[str, Any]:
        """What each answer must bring; the words of a choice that was not made are left aside."""
        data = super().clean() or {}
        says = data.get("says")
        if says == "promise" and not data.get("by") and "by" not in self.errors:
            self.add_error("by", tell(say("blocking.needs_day")))
        if says == "point" and not data.get("whom") and "whom" not in self.errors:
            self.add_error("whom", tell(say("blocking.needs_somebody")))
        if says in {"answer", "send_back", "press"} and not data.get("text"):
            self.add_error("text", tell(say("blocking.needs_words")))
        return data

    def facts(self) -> dict[str, Any]:
        """What the chosen action takes beside the blocker."""
        data = self.cleaned_data
        found: dict[str, Any] = {"text": data["text"]}
        if data["says"] == "promise":
            found["by"] = data["by"]
        if data["says"] == "point":
            found["unit_id"], found["post_id"] = whom(data["whom"])
        return found
