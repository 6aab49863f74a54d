"""Who and what there is to do a plan's work with, what items take of it, and honest durations."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.goals.models import Plan
from luoshi.org.models import Post, Unit
from luoshi.store.rows import Editable


class Hand(Editable):
    """What a plan can be worked with at once: people of a unit, one person's time, a machine.

    Amounts are hundredths of one person or one machine. `each` is what an item takes unless the
    item says otherwise: of the lead unit's people, of the owner's time; nothing of a machine.
    """

    class Kind(models.TextChoices):
        UNIT = "unit", _("单位人手")
        POST = "post", _("个人时间")
        MACHINE = "machine", _("设备")

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="hands")
    kind = models.CharField(_("类别"), max_length=8, choices=Kind)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="hands")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="hands")
    name = models.CharField(_("名称"), max_length=60, blank=True, default="")
    amount = models.PositiveIntegerField(_("可用数量（百分之一）"))
    each = models.PositiveIntegerField(_("每项占用（百分之一）"), default=0)

    class Meta:
        verbose_name = _("人手与设备")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind="unit", unit__isnull=False, post__isnull=True, name="")
                | models.Q(kind="post", unit__isnull=True, post__isnull=False, name="")
                | (
                    models.Q(kind="machine", unit__isnull=True, post__isnull=True)
                    & ~models.Q(name="")
                ),
                name="ledger_hand_is_one_thing",
            ),
            models.UniqueConstraint(
                fields=["jurisdiction", "plan", "unit"],
                condition=models.Q(kind="unit"),
                name="ledger_hand_unit_once",
            ),
            models.UniqueConstraint(
                fields=["jurisdiction", "plan", "post"],
                condition=models.Q(kind="post"),
                name="ledger_hand_post_once",
            ),
            models.UniqueConstraint(
                fields=["jurisdiction", "plan", "name"],
                condition=models.Q(kind="machine"),
                name="ledger_hand_machine_once",
            ),
        )


class Need(Editable):
    """What one item takes of a hand while it lasts, where that is not what every item takes."""

    task = models.ForeignKey("ledger.Task", models.CASCADE, related_name="needs")
    hand = models.ForeignKey(Hand, models.CASCADE, related_name="needs")
    amount = models.PositiveIntegerField(_("占用（百分之一）"))

    class Meta:
        verbose_name = _("事项占用")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "task", "hand"], name="ledger_need_once"
            ),
        )


class Estimate(Editable):
    """How short and how long a task's work may turn out; the likely length is its duration."""

    task = models.OneToOneField("ledger.Task", models.CASCADE, related_name="estimate")
    best_days = models.PositiveSmallIntegerField(_("最快"))
    worst_days = models.PositiveSmallIntegerField(_("最慢"))

    class Meta:
        verbose_name = _("三点工期")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(best_days__gte=1)
                & models.Q(worst_days__gte=models.F("best_days")),
                name="ledger_estimate_rises",
            ),
        )
