"""Forms of supervision: a check, a return, a request for more time, a refusal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.domain.base import Refused, Sentence, say
from luoshi.ledger.models import ProgressReport, Task
from luoshi.supervision.models import AnswerForm, OutgoingReport, SampleItem, Verification
from luoshi.supervision.queries.proposing import CONFIDENCES, RATES
from luoshi.ui.sentences import tell

OUTCOMES = (
    (Verification.Outcome.TRUE.value, _("属实")),
    (Verification.Outcome.REWORK.value, _("不属实，退回整改")),
)


def _lines(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class FoundField(forms.DecimalField):
    """How far an item was found to be, in percent; as basis points."""

    def __init__(self) -> None:
        super().__init__(
            label=_("查实进度（%）"),
            required=False,
            min_value=0,
            max_value=Decimal("99.99"),
            decimal_places=2,
            help_text=_("不属实时填，事项即按查实的进度继续办；不填则退到上一次不满100%的报送。"),
        )

    def clean(self, value: Any) -> Any:  # noqa: ANN401 - as Django's own
        """Basis points; None where nobody says."""
        percent = super().clean(value)
        return None if percent is None else int(percent * 100)


class VerifyForm(forms.Form):
    """What was found, how it was looked at, and in words what was seen."""

    outcome = forms.ChoiceField(label=_("结论"), choices=OUTCOMES, widget=forms.RadioSelect)
    method = forms.ChoiceField(
        label=_("复核方式"), choices=Verification.Method.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(label=_("复核情况"), max_length=500, widget=_lines())
    found = FoundField()


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


class ReturnForm(ReasonForm):
    """Why it is returned, and how far it really is."""

    found = FoundField()


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


class ChatForm(forms.Form):
    """The pasted text and the channel it came by."""

    text = forms.CharField(
        label=_("群聊或接龙文字"),
        max_length=100_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "class": "doc"}),
    )
    channel = forms.ChoiceField(
        label=_("方式"),
        choices=[choice for choice in ProgressReport.Channel.choices if choice[0] != "page"],
    )

    def clean_text(self) -> str:
        """At most two thousand lines; what is more is refused before anything is read."""
        text: str = self.cleaned_data["text"]
        if text.count("\n") >= LINES:
            raise forms.ValidationError(tell(say("intake.chat.too_long", n=LINES)))
        return text


LINES = 2_000


def unclear_line(number: int) -> Sentence:
    """Why a ticked line cannot be taken: person or item are still open."""
    return say("intake.chat.unclear", n=number)


def percent(text: str, number: int) -> int | None:
    """A percentage in basis points; nothing said is None; no number or over 100 is refused."""
    if not text:
        return None
    try:
        share = Decimal(text)
    except InvalidOperation:
        share = Decimal(-1)
    if not share.is_finite() or not 0 <= share <= 100:
        raise Refused(say("intake.chat.percent", n=number, said=text[:20]))
    return int(share * 100)


class PaperForm(forms.Form):
    """A paper from above: who sent it, its number, by which hour it is answered, by whom."""

    sender = forms.CharField(label=_("来文单位"), max_length=80)
    reference = forms.CharField(label=_("文号"), max_length=60, required=False)
    title = forms.CharField(label=_("标题"), max_length=300)
    answer_form = forms.ChoiceField(label=_("回复方式"), choices=AnswerForm.choices)
    due = forms.CharField(label=_("上级时限"), max_length=40, required=False)
    internal = forms.CharField(label=_("内部时限"), max_length=40, required=False)
    who = forms.CharField(label=_("谁来办"), max_length=60)
    leader = forms.ChoiceField(label=_("分管领导"), required=False)
    urgency = forms.ChoiceField(
        label=_("缓急"), choices=Task.Urgency.choices, initial=Task.Urgency.ORDINARY
    )
    received = forms.DateTimeField(
        label=_("收文时间"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    again = forms.BooleanField(label=_("确是另一次来文，仍要登记"), required=False)
    reason = forms.CharField(label=_("补录理由"), max_length=200, required=False)

    def __init__(self, *args: Any, leaders: Sequence[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["leader"].choices = [("", "—"), *leaders]  # type: ignore[attr-defined]
        self.fields["who"].widget.attrs["list"] = "intake-who"


class DraftForm(forms.Form):
    """Who drafted a version, for whom."""

    drafted_by = forms.ChoiceField(label=_("拟稿人"))
    to_whom = forms.CharField(label=_("报送单位"), max_length=80)

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["drafted_by"].choices = list(people)  # type: ignore[attr-defined]


class FigureForm(forms.Form):
    """One figure of a version; an empty line is none, a masked value is 待补."""

    name = forms.CharField(label=_("数据名称"), max_length=80, required=False)
    value = forms.CharField(label=_("数值"), max_length=30, required=False)
    measure = forms.CharField(label=_("计量单位"), max_length=20, required=False)
    period = forms.CharField(label=_("所属时期"), max_length=30, required=False)

    def clean(self) -> dict[str, Any]:
        """A figure has a name and a period; its value is a number, or masked."""
        data = super().clean() or {}
        if not data.get("name"):
            return data
        if not data.get("period"):
            self.add_error("period", _("请填所属时期，如2026年上半年。"))
        text = str(data.get("value") or "").replace(",", "").replace("，", "").strip()
        data["exact"] = None
        if text and not MASKED.fullmatch(text):
            try:
                exact = Decimal(text)
            except InvalidOperation:
                exact = Decimal("nan")
            if exact.is_finite() and abs(exact) < Decimal(10) ** 14:
                data["exact"] = round(exact, 4)
            else:
                self.add_error("value", _("请填数字；还没有的写“待补”。"))
        return data


MASKED = re.compile(r"[*＊xX×]+|待补")
FigureFormSet = forms.formset_factory(FigureForm, extra=4, max_num=40, absolute_max=60)


class StepsTakenForm(forms.Form):
    """Who took which step; steps that this form of answer does not pass are left out."""

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        steps: Sequence[tuple[str, str, Sequence[tuple[str, str]]]],
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        for step, label, people in steps:
            self.fields[step] = forms.ChoiceField(
                label=label, required=False, choices=[("", "—"), *people]
            )


class LeaveForm(forms.Form):
    """When and how it left; the reason only past the superior's hour."""

    left_at = forms.DateTimeField(
        label=_("报出时间"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    channel = forms.ChoiceField(label=_("报送方式"), choices=OutgoingReport.Channel.choices)
    late_reason = forms.CharField(label=_("迟报原因"), max_length=300, required=False)
    file = forms.FileField(label=_("存档文件"), required=False, allow_empty_file=True)


class ReceiptForm(forms.Form):
    """Who signed the paper slip, and what was written on it."""

    person = forms.ChoiceField(label=_("签收人"))
    note = forms.CharField(label=_("回执内容"), max_length=300, required=False)

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = list(people)  # type: ignore[attr-defined]
