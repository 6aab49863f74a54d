"""What arrived at the office: the envelope of an item that is neither planned nor on paper."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.ledger.models import Task
from luoshi.store.rows import Row


class Intake(Row):
    """交办登记: who asked for an item, when it was entered, and how it stands to the duty lists."""

    class Placing(models.TextChoices):
        LISTED = "listed", _("在履职清单内")
        WITHDRAWN = "withdrawn", _("上级收回事项")
        OUTSIDE = "outside", _("不在履职清单内")
        UNKNOWN = "unknown", _("未录入履职清单")

    task = models.OneToOneField(Task, models.PROTECT, related_name="intake")
    unit_id = models.UUIDField(_("单位"))
    asked_by = models.CharField(_("交办人"), max_length=60)
    asked_by_post_id = models.UUIDField(_("交办岗位"), null=True)
    placing = models.CharField(_("履职清单核对"), max_length=10, choices=Placing)
    duty_line = models.CharField(_("最接近的履职事项"), max_length=300, blank=True, default="")
    duty_department = models.CharField(_("对应部门"), max_length=100, blank=True, default="")
    entered_at = models.DateTimeField(_("登记时间"))
    entered_by_id = models.UUIDField(_("登记人"), null=True)

    class Meta:
        verbose_name = _("交办登记")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(asked_by=""), name="supervision_intake_names_who_asked"
            ),
        )
        indexes = (
            models.Index(fields=["jurisdiction", "entered_at"], name="supervision_intake_entered"),
        )
