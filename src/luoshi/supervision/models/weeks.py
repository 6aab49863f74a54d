"""The week's list of what matters most (周重点工作清单) and its lines."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.ledger.models import Task
from luoshi.org.models import Post, Unit
from luoshi.store.rows import Editable


class WeeklyList(Editable):
    """One unit's list of one ISO week: drafted on Friday, issued on Monday, closed on Friday."""

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        ISSUED = "issued", _("已印发")
        CLOSED = "closed", _("已结清")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="weekly_lists")
    year = models.PositiveSmallIntegerField(_("年度"))
    week = models.PositiveSmallIntegerField(_("周次"))
    from_on = models.DateField(_("起始日期"))
    to_on = models.DateField(_("结清日期"))
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.DRAFT)
    left_out = models.PositiveIntegerField(_("未列入件数"), default=0)
    drafted_on = models.DateField(_("起草日期"))
    issued_on = models.DateField(_("印发日期"), null=True)
    issued_by_id = models.UUIDField(_("印发人"), null=True)
    closed_on = models.DateField(_("实际结清日期"), null=True)
    closed_by_id = models.UUIDField(_("结清人"), null=True)

    class Meta:
        verbose_name = _("周重点工作清单")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "unit", "year", "week"], name="supervision_weeklylist_once"
            ),
            models.CheckConstraint(
                condition=models.Q(to_on__gte=models.F("from_on"), week__range=(1, 53)),
                name="supervision_weeklylist_sound",
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft", issued_on__isnull=True, closed_on__isnull=True)
                | models.Q(state="issued", issued_on__isnull=False, closed_on__isnull=True)
                | models.Q(state="closed", issued_on__isnull=False, closed_on__isnull=False),
                name="supervision_weeklylist_state_has_date",
            ),
        )


class WeeklyLine(Editable):
    """A line of the list: always an item of the ledger, why it is there, what became of it.

    `carried` counts how often the item had been carried over when the line was drafted.
    """

    class Why(models.TextChoices):
        CARRIED = "carried", _("上周结转")
        DECIDED = "decided", _("会议议定")
        DUE = "due", _("本周到期")
        RED = "red", _("亮红灯")
        ARRIVED = "arrived", _("新交办")
        TYPED = "typed", _("补充列入")

    class Outcome(models.TextChoices):
        DONE = "done", _("完成")
        CARRIED = "carried", _("结转")
        CANCELLED = "cancelled", _("取消")

    list = models.ForeignKey(WeeklyList, models.PROTECT, related_name="lines")
    task = models.ForeignKey(Task, models.PROTECT, related_name="weekly_lines")
    unit_id = models.UUIDField(_("单位"))
    leader_post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    position = models.PositiveSmallIntegerField(_("顺序"))
    text = models.CharField(_("本周工作"), max_length=400)
    why = models.CharField(_("列入原因"), max_length=10, choices=Why)
    why_on = models.DateField(_("原因日期"), null=True)
    carried = models.PositiveSmallIntegerField(_("已结转次数"), default=0)
    outcome = models.CharField(
        _("结清情况"), max_length=10, choices=Outcome, blank=True, default=""
    )
    said = models.CharField(_("会上汇报"), max_length=500, blank=True, default="")
    reason = models.CharField(_("取消理由"), max_length=300, blank=True, default="")

    class Meta:
        verbose_name = _("周清单事项")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "list", "task"], name="supervision_weeklyline_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome="cancelled") | ~models.Q(reason=""),
                name="supervision_weeklyline_cancelled_why",
            ),
        )
        indexes = (
            models.Index(fields=["jurisdiction", "task"], name="supervision_weeklyline_task"),
        )
