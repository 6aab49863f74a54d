"""The meeting, the year's plan and its snapshots, goals, work lines, achievement and gap."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.documents.models import Document, Passage
from luoshi.org.models import Post, Unit
from luoshi.store.rows import Editable, Row


class MeetingKind(Editable):
    """A kind of meeting that a town holds again and again (党委会, 镇长办公会); kinds are data.

    `mark` stands before the number of its minutes: 青党联纪〔2026〕6号.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="meeting_kinds")
    name = models.CharField(_("名称"), max_length=30)
    mark = models.CharField(_("纪要代字"), max_length=20)
    position = models.PositiveSmallIntegerField(_("顺序"), default=0)

    class Meta:
        verbose_name = _("会议类别")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "unit", "name"], name="goals_meetingkind_once"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Meeting(Editable):
    """A meeting. The annual one owns the texts, the plan, and every item born from them.

    One that has a kind is one of a row (党委会, 镇长办公会): its agenda, decisions and minutes are
    kept by supervision.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="meetings")
    kind = models.ForeignKey(MeetingKind, models.PROTECT, null=True, related_name="meetings")
    title = models.CharField(_("会议"), max_length=200)
    held_on = models.DateField(_("召开日期"))
    # the task under which every lead unit owes its action plan; a row of the ledger, by value
    call_task_id = models.UUIDField(_("落实方案任务"), null=True)

    class Meta:
        verbose_name = _("会议")
        indexes = (
            models.Index(fields=["jurisdiction", "kind", "-held_on"], name="goals_meeting_of_kind"),
        )


class MeetingText(Row):
    """A text of a meeting, and which of its papers it is: whose word holds goes by that."""

    class Role(models.TextChoices):
        TABLE = "table", _("任务分解表")
        DECISION = "decision", _("决定")
        REPORT = "report", _("工作报告")
        SPEECH = "speech", _("讲话")
        OTHER = "other", _("其他")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="texts")
    document = models.ForeignKey(Document, models.PROTECT, related_name="meetings")
    role = models.CharField(_("文本类别"), max_length=10, choices=Role)

    class Meta:
        verbose_name = _("会议文本")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "meeting", "document"], name="goals_meetingtext_once"
            ),
        )


class Plan(Editable):
    """A unit's year. Sums of its items are kept, so that a page need not add ten thousand rows."""

    class State(models.TextChoices):
        DRAFT = "draft", _("草案")
        APPROVED = "approved", _("已审定")
        IN_FORCE = "in_force", _("执行中")
        CLOSED = "closed", _("已收官")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="plans")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="plans")
    year = models.PositiveSmallIntegerField(_("年度"))
    title = models.CharField(_("名称"), max_length=200)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DRAFT)
    weight_sum = models.BigIntegerField(_("权重合计"), default=0)
    done_sum = models.BigIntegerField(_("完成合计"), default=0)
    missing_sum = models.BigIntegerField(_("未报权重"), default=0)

    class Meta:
        verbose_name = _("年度计划")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "unit", "year"], name="goals_plan_year_once"
            ),
        )


class PlanDocument(Row):
    """A text of the meeting's bundle that the plan was made from."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="sources")
    document = models.ForeignKey(Document, models.PROTECT, related_name="plans")

    class Meta:
        verbose_name = _("计划来源材料")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "plan", "document"], name="goals_plandocument_once"
            ),
        )


class PlanSnapshot(Row):
    """The plan as it was approved: canonical JSON and its digest, never changed (the baseline)."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="snapshots")
    taken_at = models.DateTimeField(_("定稿时间"))
    content = models.JSONField(_("内容"))
    sha256 = models.CharField(_("摘要"), max_length=64)
    signed_findings = models.JSONField(_("签字确认的提醒"), default=list)

    class Meta:
        verbose_name = _("计划基线")


class WorkLine(Editable):
    """工作专线: a first-class container with its leader; an item belongs to one line at most."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="lines")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="lines")
    number = models.PositiveSmallIntegerField(_("序号"))
    name = models.CharField(_("名称"), max_length=60)
    leader_post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="lines")
    weight_sum = models.BigIntegerField(_("权重合计"), default=0)
    done_sum = models.BigIntegerField(_("完成合计"), default=0)
    missing_sum = models.BigIntegerField(_("未报权重"), default=0)

    class Meta:
        verbose_name = _("工作专线")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "plan", "number"], name="goals_workline_number_once"
            ),
        )


class Goal(Editable):
    """An end state for the whole unit in the plan's year."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="goals")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="goals")
    line = models.ForeignKey(WorkLine, models.PROTECT, null=True, related_name="goals")
    passage = models.ForeignKey(Passage, models.PROTECT, null=True, related_name="goals")
    position = models.PositiveIntegerField(_("顺序"), default=0)
    title = models.CharField(_("目标"), max_length=400)

    class Meta:
        verbose_name = _("目标")


class Note(Editable):
    """An achievement, a gap or a problem that a text states; problems carry over with their age."""

    class Kind(models.TextChoices):
        ACHIEVEMENT = "achievement", _("成绩")
        GAP = "gap", _("不足")
        PROBLEM = "problem", _("问题")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="notes")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="notes")
    line = models.ForeignKey(WorkLine, models.PROTECT, null=True, related_name="notes")
    passage = models.ForeignKey(Passage, models.PROTECT, null=True, related_name="notes")
    pair = models.ForeignKey("self", models.SET_NULL, null=True, related_name="paired")
    kind = models.CharField(_("类别"), max_length=12, choices=Kind)
    text = models.CharField(_("内容"), max_length=600)
    noted_on = models.DateField(_("日期"))
    solved_on = models.DateField(_("解决日期"), null=True)
    why_no_task = models.CharField(_("不列任务的理由"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("成绩与不足")
