"""堵点: what an item waits for, and from whom; the needed one's own item until it is cleared."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.org.models import Post, Unit
from luoshi.store.rows import Editable


class Blocker(Editable):
    """One blocker: what stands in the way, what is needed, from which unit or post, by when.

    `unit_id` is the item's unit when it was raised. Whose move it is follows from `state`
    (`domain.blocking.mover`), since `state_since`. The item keeps the text, the needed unit and
    the day of its oldest open blocker, so that lists need no join (`actions.blocking.mirror`).
    """

    class Reason(models.TextChoices):
        FUNDS = "funds", _("资金未到位")
        FORMALITIES = "formalities", _("手续未批")
        LAND = "land", _("土地")
        RELOCATION = "relocation", _("征地拆迁")
        OUTSIDE = "outside", _("外部单位未配合")
        WEATHER = "weather", _("天气")
        HANDS = "hands", _("人手")
        DESIGN = "design", _("设计变更")
        OTHER = "other", _("其他")

    class State(models.TextChoices):
        OPEN = "open", _("待回应")
        PROMISED = "promised", _("已承诺期限")
        ANSWERED = "answered", _("已答复，待确认")
        RETURNED = "returned", _("已退回，待改请")
        CLEARED = "cleared", _("已解决")

    task = models.ForeignKey("ledger.Task", models.PROTECT, related_name="blocker_rows")
    unit_id = models.UUIDField(_("单位"))
    reason = models.CharField(_("原因"), max_length=12, choices=Reason, default=Reason.OTHER)
    text = models.CharField(_("堵点"), max_length=300)
    needs = models.CharField(_("需要什么"), max_length=300, blank=True, default="")
    needs_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="asked_blockers")
    needs_post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="asked_blockers")
    wanted_by = models.DateField(_("希望解决日期"), null=True)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.OPEN)
    state_since = models.DateField(_("状态起始"))
    raised_on = models.DateField(_("提出日期"))
    raised_by_id = models.UUIDField(_("提出人"), null=True)
    promised_for = models.DateField(_("承诺日期"), null=True)
    promise_moves = models.PositiveSmallIntegerField(_("承诺改期次数"), default=0)
    answer = models.CharField(_("答复"), max_length=300, blank=True, default="")
    answered_on = models.DateField(_("答复日期"), null=True)
    answered_by_id = models.UUIDField(_("答复人"), null=True)
    answer_typed = models.BooleanField(_("代录答复"), default=False)
    returns = models.PositiveSmallIntegerField(_("退回次数"), default=0)
    cleared_on = models.DateField(_("解决日期"), null=True)
    cleared_by_id = models.UUIDField(_("确认人"), null=True)

    class Meta:
        verbose_name = _("堵点")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(needs_unit__isnull=True) | models.Q(needs_post__isnull=True),
                name="ledger_blocker_unit_or_post",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="promised") | models.Q(promised_for__isnull=False),
                name="ledger_blocker_promise_has_day",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["answered", "returned"])
                | (models.Q(answered_on__isnull=False) & ~models.Q(answer="")),
                name="ledger_blocker_answer_has_words",
            ),
            models.CheckConstraint(
                condition=models.Q(state="cleared", cleared_on__isnull=False)
                | (~models.Q(state="cleared") & models.Q(cleared_on__isnull=True)),
                name="ledger_blocker_cleared_has_date",
            ),
            models.CheckConstraint(
                condition=~models.Q(text="") & models.Q(returns__lte=1),
                name="ledger_blocker_sound",
            ),
        )
        indexes = (
            models.Index(fields=["jurisdiction", "task", "state"], name="ledger_blocker_task"),
            models.Index(
                fields=["jurisdiction", "needs_unit", "state"], name="ledger_blocker_unit"
            ),
            models.Index(
                fields=["jurisdiction", "needs_post", "state"], name="ledger_blocker_post"
            ),
        )

    def __str__(self) -> str:
        return self.text
