"""Forms of supervision: a check, a return, a request for more time, a refusal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.ledger.models import Task
from luoshi.supervision.models import SampleItem, Verification
from luoshi.supervision.queries.proposing import CONFIDENCES, RATES

OUTCOMES = (
    (Verification.Outcome.TRUE.value, _("属实")),
    (Verification.Outcome.REWORK.value, _("不属实，退回整改")),
)


def _lines(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class VerifyForm(forms.Form):
    """What was found, how it was looked at, and in words what was seen."""

    outcome = forms.ChoiceField(label=_("结论"), choices=OUTCOMES, widget=forms.RadioSelect)
    method = forms.ChoiceField(
        label=_("复核方式"), choices=Verification.Method.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(label=_("复核情况"), max_length=500, widget=_lines())


class CheckForm(VerifyForm):
    """What was found of an item looked at again; not true re-opens it."""

    outcome = forms.ChoiceField(
        label=_("结论"),
        choices=(
            (SampleItem.Outcome.TRUE.value, _("属实")),
            (SampleItem.Outcome.FALSE.value, _("不实，重启办理")),
        ),
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("查看情况"), max_length=500, widget=_lines())


class SampleForm(forms.Form):
    """Which period is drawn from, and how sure the draw is to find a false item at which rate."""

    period = forms.ChoiceField(label=_("办结时段"))
    confidence = forms.ChoiceField(
        label=_("把握"), choices=[(str(n), f"{n}%") for n in CONFIDENCES]
    )
    rate = forms.ChoiceField(label=_("假定不实率"), choices=[(str(n), f"{n}%") for n in RATES])

    def __init__(self, *args: Any, names: Sequence[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["period"].choices = list(names)  # type: ignore[attr-defined]

    def levels(self) -> tuple[int, int]:
        """Confidence and rate in whole percent."""
        return int(self.cleaned_data["confidence"]), int(self.cleaned_data["rate"])


class ReasonForm(forms.Form):
    """Why it is returned or refused."""

    reason = forms.CharField(label=_("理由"), max_length=300, widget=_lines())


class AskForm(forms.Form):
    """Until when, and why; the office may type it for whoever carries the task (代录)."""

    new_due_on = forms.DateField(
        label=_("新的完成时限"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = forms.CharField(label=_("理由"), max_length=300, widget=_lines())
    on_behalf = forms.ChoiceField(label=_("代谁申请"), required=False)

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        if people:
            self.fields["on_behalf"].choices = [("", "—"), *people]  # type: ignore[attr-defined]
        else:
            del self.fields["on_behalf"]

    def spoken_for(self) -> UUID | None:
        """The person for whom the office types; None: in one's own name."""
        key = self.cleaned_data.get("on_behalf")
        return UUID(key) if key else None


class PlainForm(forms.Form):
    """Nothing is asked: the page only tells what will happen."""


class IntakeForm(forms.Form):
    """Four fields and Enter: what, who, by when, who asked; the source follows from who asked."""

    title = forms.CharField(label=_("什么事"), max_length=400)
    who = forms.CharField(label=_("谁来办"), max_length=60)
    when = forms.CharField(label=_("何时前"), max_length=40)
    asked_by = forms.CharField(label=_("谁交办"), max_length=60)
    source_kind = forms.ChoiceField(label=_("来源"), required=False)
    urgency = forms.ChoiceField(
        label=_("缓急"), required=False, choices=Task.Urgency.choices, initial="ordinary"
    )
    reason = forms.CharField(label=_("补录理由"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        choices = [("", _("按交办人判断")), *Task.Source.choices]
        self.fields["source_kind"].choices = choices  # type: ignore[attr-defined]
        for name, offered in (("who", "intake-who"), ("asked_by", "intake-askers")):
            self.fields[name].widget.attrs["list"] = offered
