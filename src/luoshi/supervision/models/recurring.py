"""Work that comes back (周期性工作): the rule, and each time that was made or skipped."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.domain import recurring
from luoshi.ledger.models import Task
from luoshi.org.models import Post, Unit
from luoshi.store.rows import Editable, Row


class RecurringWork(Editable):
    """A template whose items the system makes: what, who, on which days, how long ahead.

    `made_until` is the last day by the rule that was handled; nothing before it is made again.
    """

    class Rhythm(models.TextChoices):
        DAILY = "daily", _("每日")
        WEEKLY = "weekly", _("每周")
        MONTHLY = "monthly", _("每月")
        QUARTERLY = "quarterly", _("每季末")
        YEARLY = "yearly", _("每年")

    class Shift(models.TextChoices):
        NONE = "none", _("按日历日，不顺延（值班、防汛）")
        BEFORE = "before", _("遇休息日提前")
        AFTER = "after", _("遇休息日顺延")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="recurring_works")
    name = models.CharField(_("名称"), max_length=120)
    what = models.CharField(_("要做什么"), max_length=400)
    acceptance = models.CharField(_("完成标准"), max_length=400, blank=True, default="")
    lead_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    rhythm = models.CharField(_("周期"), max_length=10, choices=Rhythm)
    weekday = models.PositiveSmallIntegerField(_("星期"), null=True)
    month = models.PositiveSmallIntegerField(_("月份"), null=True)
    day = models.PositiveSmallIntegerField(_("日期"), null=True)
    season_from = models.CharField(_("季节起"), max_length=5, blank=True, default="")
    season_to = models.CharField(_("季节止"), max_length=5, blank=True, default="")
    shift = models.CharField(_("遇休息日"), max_length=8, choices=Shift, default=Shift.NONE)
    lead_days = models.PositiveSmallIntegerField(_("提前天数"), default=0)
    from_on = models.DateField(_("起始日期"))
    to_on = models.DateField(_("截止日期"), null=True)
    made_until = models.DateField(_("已生成至"), null=True)

    class Meta:
        verbose_name = _("周期性工作")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(to_on__isnull=True) | models.Q(to_on__gte=models.F("from_on")),
                name="supervision_recurringwork_ends_after",
            ),
        )

    @property
    def rule(self) -> recurring.Rule:
        """The rule as the law reads it."""
        return recurring.Rule(
            rhythm=self.rhythm,  # type: ignore[arg-type]
            from_on=self.from_on,
            to_on=self.to_on,
            weekday=self.weekday,
            month=self.month,
            day=self.day,
            season=season_of(self.season_from, self.season_to),
            shift=self.shift,  # type: ignore[arg-type]
            lead_days=self.lead_days,
        )


def season_of(first: str, last: str) -> tuple[recurring.MonthDay, recurring.MonthDay] | None:
    """A season as it is stored ("05-01") for the law; None where none is named."""
    if not first or not last:
        return None
    (m1, d1), (m2, d2) = (map(int, edge.split("-")) for edge in (first, last))
    return (m1, d1), (m2, d2)


class RecurringItem(Row):
    """One time of a rule: the item that was made for it, or why this time was skipped."""

    work = models.ForeignKey(RecurringWork, models.PROTECT, related_name="items")
    unit_id = models.UUIDField(_("单位"))
    nominal_on = models.DateField(_("规则日期"))
    due_on = models.DateField(_("完成时限"))
    task = models.OneToOneField(Task, models.PROTECT, null=True, related_name="recurring_item")
    skip_reason = models.CharField(_("跳过理由"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("周期性工作期次")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "work", "nominal_on"],
                name="supervision_recurringitem_once",
            ),
            models.CheckConstraint(
                condition=models.Q(task__isnull=False, skip_reason="")
                | (models.Q(task__isnull=True) & ~models.Q(skip_reason="")),
                name="supervision_recurringitem_made_or_skipped",
            ),
        )
