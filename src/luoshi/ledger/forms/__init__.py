"""Forms of the ledger: the address of the list, a new task, edits, roles, moves, reports."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from luoshi.domain.base import say
from luoshi.ledger.actions import NewMilestone, Said
from luoshi.ledger.forms.blocking import whom
from luoshi.ledger.forms.fields import Choices as Choices
from luoshi.ledger.forms.fields import date_field, offer
from luoshi.ledger.forms.fields import key_or_none as key_or_none
from luoshi.ledger.models import Assignment, Blocker, ProgressReport, Proof, Task
from luoshi.ledger.queries import Filters, Roles
from luoshi.ui.many_files import ManyFilesField
from luoshi.ui.sentences import tell

LIGHT_WORDS = (
    ("ok", _("正常")),
    ("slow", _("偏慢")),
    ("late", _("滞后")),
    ("silent", _("到期未报")),
    ("not_started", _("应启未启")),
    ("none", _("未到节点")),
    ("done", _("已办结")),
)


def filters_of(query: QueryDict) -> Filters:
    """The address of the list, read kindly: what makes no sense asks for nothing."""
    return Filters(
        year=_year(query.get("year")),
        planned=query.get("planned") != "0",
        line=key_of_row(query.get("line")),
        unit=key_of_row(query.get("unit")),
        state=_one_of(query.get("state"), {*Task.State.values, "open", "live"}),
        light=_one_of(query.get("light"), {word for word, _label in LIGHT_WORDS}),
        source=_one_of(query.get("source"), set(Task.Source.values)),
        text=query.get("q", "").strip()[:60],
        mine=query.get("mine") == "1",
        overdue=query.get("overdue") == "1",
        delivery=_one_of(query.get("delivery"), {"due", "kept"}),
        lead=key_of_row(query.get("lead")),
        goal=key_of_row(query.get("goal")),
        loose=_one_of(query.get("loose"), {"goal", "line"}),
        role=_one_of(query.get("role"), set(Assignment.Role.values)),
        post=key_of_row(query.get("post")),
        projects=query.get("projects") == "1",
        under=key_of_row(query.get("under")),
        sort=query.get("sort", ""),
        start=min(_number(query.get("after")) or 0, 1_000_000),
    )


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else None


def _year(text: str | None) -> int | None:
    number = _number(text)
    return number if number and 2000 <= number <= 2100 else None


def key_of_row(text: str | None) -> UUID | None:
    """A row's key from an address; None for what is none."""
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _one_of(text: str | None, known: set[str]) -> str:
    return text if text in known else ""


class NewTaskForm(forms.Form):
    """Four fields: what, who leads, by when, what counts as done; the reason only if it is late."""

    title = forms.CharField(label=_("目标任务"), max_length=400)
    lead_unit = forms.ChoiceField(label=_("牵头单位"), required=False)
    due_on = date_field(_("完成时限"))
    acceptance = forms.CharField(label=_("完成标准"), max_length=400, required=False)
    source_kind = forms.ChoiceField(
        label=_("来源"), choices=Task.Source.choices, initial=Task.Source.ANNUAL
    )
    line = forms.ChoiceField(label=_("工作专线"), required=False)
    parent = forms.CharField(required=False, widget=forms.HiddenInput())
    reason = forms.CharField(
        label=_("补录理由"),
        max_length=200,
        required=False,
        help_text=_("完成时限已过的，请写明为什么现在才录入。"),
    )

    def __init__(self, *args: Any, units: Choices, lines: Choices, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        offer(self, "lead_unit", units)
        offer(self, "line", lines)


class EditForm(forms.Form):
    """What a task says; `fixed` names fields that the plan in force no longer lets go."""

    title = forms.CharField(label=_("目标任务"), max_length=400)
    measures = forms.CharField(
        label=_("举措"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    acceptance = forms.CharField(label=_("完成标准"), max_length=400, required=False)
    rhythm = forms.ChoiceField(label=_("时限类型"), choices=Task.Rhythm.choices)
    starts_on = date_field(_("计划开始"))
    due_on = date_field(_("完成时限"))
    duration_days = forms.IntegerField(
        label=_("工期（工作日）"), required=False, min_value=0, max_value=2000
    )
    check_rhythm = forms.CharField(label=_("检查频次"), max_length=40, required=False)
    line_id = forms.ChoiceField(label=_("工作专线"), required=False)
    goal_id = forms.ChoiceField(label=_("所属目标"), required=False)
    weight = forms.IntegerField(label=_("权重"), min_value=0, max_value=100_000)
    roll_up = forms.ChoiceField(
        label=_("汇总方式"),
        choices=Task.RollUp.choices,
        help_text=_(
            "有下级事项时，本项进度怎样由下级得出：按权重（一般用这个）；完成值相加（数量指标，各下级与本项"
            "计量单位相同）；取平均（不论大小，各占一份）；取最低（缺一不可，最慢的就是全部）；取最近一次报告；"
            "按节点完成数（看本项自己的时间节点）。没报的下级不当作0，单独列出。"
        ),
    )
    urgency = forms.ChoiceField(label=_("紧急程度"), choices=Task.Urgency.choices)
    target_value = forms.DecimalField(
        label=_("目标值"), required=False, decimal_places=4, max_digits=14
    )
    target_unit = forms.CharField(label=_("计量单位"), max_length=20, required=False)
    reason = forms.CharField(label=_("理由"), max_length=300, required=False)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        lines: Choices,
        goals: Choices = (),
        fixed: Collection[str] = (),
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "line_id", lines)
        offer(self, "goal_id", goals)
        if not goals:
            del self.fields["goal_id"]
        for name in fixed:
            del self.fields[name]
        self.fields["reason"].required = bool(fixed)

    def changes(self) -> dict[str, Any]:
        """The fields to write; the reason apart."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "reason"}
        for name in ("line_id", "goal_id"):
            if name in data:
                data[name] = key_or_none(data[name])
        return data


class RolesForm(forms.Form):
    """Who carries the task: by unit or post, never by person."""

    lead_leader = forms.ChoiceField(label=_("牵头领导"), required=False)
    lead_unit = forms.ChoiceField(label=_("牵头单位"), required=False)
    supporting = forms.MultipleChoiceField(
        label=_("配合单位"), required=False, widget=forms.SelectMultiple(attrs={"size": 6})
    )
    owner = forms.ChoiceField(label=_("责任人（岗位）"), required=False)
    open_until = date_field(_("空着的角色待定到"))
    reason = forms.CharField(label=_("理由"), max_length=300, required=False)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        units: Choices,
        posts: Choices,
        leaders: Choices,
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "lead_leader", leaders)
        offer(self, "lead_unit", units)
        offer(self, "owner", posts)
        self.fields["open_until"].help_text = _(
            "三个角色可以暂时空着，写明哪天前由分管领导明确；过了这天还空着，就列入责任空档（C01）。"
        )
        self.fields["supporting"].choices = list(units)  # type: ignore[attr-defined]

    def roles(self) -> Roles:
        """The roles as the actions take them."""
        data = self.cleaned_data
        return Roles(
            lead_leader=key_or_none(data["lead_leader"]),
            lead_unit=key_or_none(data["lead_unit"]),
            supporting=tuple(UUID(key) for key in data["supporting"] if key != data["lead_unit"]),
            owner=key_or_none(data["owner"]),
        )


class MoveForm(forms.Form):
    """What a move of the closing law must bring; only the fields it asks for are shown."""

    reason = forms.CharField(
        label=_("理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
    competent_unit = forms.ChoiceField(label=_("应由哪个单位承办"))
    new_due_on = date_field(_("新的完成时限"), required=True)
    superior_reply = forms.CharField(label=_("上级答复（文号或内容）"), max_length=300)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        asks: Sequence[str],
        units: Choices,
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {name: field for name, field in self.fields.items() if name in asks}
        if "competent_unit" in self.fields:
            offer(self, "competent_unit", units)


class ReportForm(forms.Form):
    """One line is enough; everything else is optional."""

    text = forms.CharField(label=_("进展"), max_length=1000)
    progress = forms.DecimalField(
        label=_("完成百分比"), required=False, min_value=0, max_value=100, decimal_places=2
    )
    value = forms.DecimalField(label=_("完成值"), required=False, decimal_places=4, max_digits=14)
    milestone = forms.ChoiceField(label=_("已完成的时间节点"), required=False)
    says_done = forms.BooleanField(label=_("已全部完成，报办结"), required=False)
    warns = forms.BooleanField(label=_("有风险，提前预警"), required=False)
    blocker = forms.CharField(label=_("堵在哪里"), max_length=300, required=False)
    blocker_reason = forms.ChoiceField(
        label=_("原因"), required=False, choices=Blocker.Reason.choices
    )
    blocker_needs = forms.ChoiceField(label=_("需要谁解决"), required=False)
    blocker_wants = forms.CharField(label=_("需要什么"), max_length=300, required=False)
    blocker_by = date_field(_("希望哪天前解决"))
    blocker_gone = forms.BooleanField(label=_("堵点已解决"), required=False)
    channel = forms.ChoiceField(
        label=_("方式"), required=False, choices=ProgressReport.Channel.choices
    )
    on_behalf = forms.ChoiceField(label=_("代谁填报"), required=False)
    proof = forms.ChoiceField(
        label=_("佐证种类"), required=False, choices=[("", "—"), *Proof.choices]
    )
    proof_ref = forms.CharField(label=_("文号或凭证号"), max_length=120, required=False)
    evidence = ManyFilesField(label=_("佐证材料"), required=False, allow_empty_file=True)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        milestones: Choices = (),
        units: Choices | Callable[[], Choices] = (),
        people: Choices = (),
        task: Task | None = None,
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "milestone", milestones)
        offer(self, "blocker_needs", units)
        offer(self, "on_behalf", people)
        if not people:
            del self.fields["on_behalf"]
        if not milestones:
            del self.fields["milestone"]
        if task is None or not task.blocker:
            del self.fields["blocker_gone"]
        if task is None or task.target_value is None:
            del self.fields["value"]
        if task is None or not task.is_leaf:
            del self.fields["progress"]

    def clean(self) -> dict[str, Any]:
        """A blocker names who is needed; whoever names nobody is blocked by nobody."""
        data = super().clean() or {}
        raised = data.get("blocker") and not data.get("blocker_gone")
        if raised and not data.get("blocker_needs") and "blocker_needs" not in self.errors:
            self.add_error("blocker_needs", tell(say("blocking.needs_somebody")))
        return data

    def said(self) -> Said:
        """The report as the action takes it."""
        data = self.cleaned_data
        percent: Decimal | None = data.get("progress")
        blocker = "" if data.get("blocker_gone") else (data["blocker"] or None)
        unit, post = whom(data["blocker_needs"]) if blocker else (None, None)
        return Said(
            text=data["text"],
            progress=None if percent is None else int(percent * 100),
            value=data.get("value"),
            milestone_id=key_or_none(data.get("milestone")),
            channel=data["channel"] or ProgressReport.Channel.PAGE,
            proof=data["proof"],
            proof_ref=data["proof_ref"],
            warns=data["warns"],
            blocker=blocker,
            blocker_reason=data["blocker_reason"] or Blocker.Reason.OTHER,
            blocker_wants=data["blocker_wants"],
            blocker_needs_id=unit,
            blocker_post_id=post,
            blocker_by=data["blocker_by"],
        )


class NodeForm(forms.Form):
    """One dated node of a task; an empty line is no node."""

    title = forms.CharField(label=_("时间节点"), max_length=200, required=False)
    due_on = date_field(_("节点日期"))
    standard = forms.CharField(label=_("完成标准"), max_length=200, required=False)
    share = forms.DecimalField(
        label=_("应达进度（%）"), required=False, min_value=0, max_value=100, decimal_places=2
    )

    def clean(self) -> dict[str, Any]:
        """A node has a title and a day, or nothing."""
        data = super().clean() or {}
        if data.get("title") and not data.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", _("请填节点日期。"))
        if data.get("due_on") and not data.get("title"):
            self.add_error("title", _("请填节点名称。"))
        return data


NodeFormSet = forms.formset_factory(NodeForm, extra=3, max_num=40, absolute_max=60)


def nodes_of(rows: Sequence[Mapping[str, Any]]) -> list[NewMilestone]:
    """The nodes of a formset, by day."""
    nodes = [
        NewMilestone(
            title=row["title"],
            due_on=row["due_on"],
            standard=row.get("standard") or "",
            share=None if row.get("share") is None else int(row["share"] * 100),
        )
        for row in rows
        if row.get("title")
    ]
    return sorted(nodes, key=lambda node: node.due_on)


class TableForm(forms.Form):
    """A table for the ledger: pasted, or a file; into which plan."""

    plan = forms.ChoiceField(label=_("导入到"))
    text = forms.CharField(
        label=_("或从表格粘贴（连同表头）"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "class": "doc"}),
    )
    file = forms.FileField(
        label=_("选择文件"),
        required=False,
        allow_empty_file=True,
        help_text=_("可用 xlsx、xls、et、csv、ods、docx 中的表格，不超过 50 MB、5 万行。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.et,.csv,.tsv,.ods,.docx,.txt"}),
    )

    def __init__(self, *args: Any, plans: Choices, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["plan"].choices = list(plans)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Exactly one of text and file."""
        data = super().clean() or {}
        has_text = bool((data.get("text") or "").strip())
        has_file = data.get("file") is not None
        if "text" not in self.errors and "file" not in self.errors and has_text == has_file:
            why = say("documents.both_given") if has_text else say("documents.nothing_given")
            self.add_error("file" if has_text else "text", tell(why))
        return data


class StepsForm(forms.Form):
    """Which procedure a task is given, and when its first step begins."""

    template = forms.TypedChoiceField(label=_("程序"), coerce=int)
    starts_on = date_field(_("第一步开始日期"), required=True)

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["template"].choices = list(choices)  # type: ignore[attr-defined]
