"""Checks by somebody else, and deadlines asked to move."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.ledger.models import WHOLE, Task
from luoshi.store.rows import Editable, Row


class Verification(Row):
    """Somebody other than the doer looked whether "done" is true."""

    class Outcome(models.TextChoices):
        TRUE = "true", _("属实")
        REWORK = "rework", _("退回整改")

    class Method(models.TextChoices):
        PAPERS = "papers", _("查阅资料")
        PERMIT = "permit", _("核对批复证照")
        PAYMENT = "payment", _("核对拨付凭证")
        ON_SITE = "on_site", _("现场核查")
        CALL = "call", _("电话回访")

    task = models.ForeignKey(Task, models.PROTECT, related_name="verifications")
    unit_id = models.UUIDField(_("单位"))
    outcome = models.CharField(_("结论"), max_length=8, choices=Outcome)
    method = models.CharField(_("方式"), max_length=8, choices=Method, default=Method.PAPERS)
    note = models.CharField(_("复核情况"), max_length=500)
    found = models.PositiveSmallIntegerField(_("查实进度（万分比）"), null=True)
    done_by_id = models.UUIDField(_("报办结人"), null=True)
    verified_on = models.DateField(_("复核日期"))
    verified_by_id = models.UUIDField(_("复核人"))

    class Meta:
        verbose_name = _("复核")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(outcome="rework")
                | models.Q(done_by_id__isnull=True)
                | ~models.Q(done_by_id=models.F("verified_by_id")),
                name="supervision_verification_two_people",
            ),
            models.CheckConstraint(
                condition=models.Q(found__isnull=True)
                | models.Q(outcome="rework", found__lt=WHOLE),
                name="supervision_verification_found_less",
            ),
        )


class Extension(Editable):
    """A request to move a deadline, asked before it passed."""

    class State(models.TextChoices):
        ASKED = "asked", _("待分管领导同意")
        AGREED = "agreed", _("待交办人批准")
        APPROVED = "approved", _("已批准")
        REFUSED = "refused", _("未批准")

    task = models.ForeignKey(Task, models.PROTECT, related_name="extensions")
    unit_id = models.UUIDField(_("单位"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.ASKED)
    old_due_on = models.DateField(_("原时限"))
    new_due_on = models.DateField(_("新时限"))
    reason = models.CharField(_("理由"), max_length=300)
    asked_on = models.DateField(_("申请日期"))
    asked_by_id = models.UUIDField(_("申请人"))
    agreed_by_id = models.UUIDField(_("同意人"), null=True)
    approved_by_id = models.UUIDField(_("批准人"), null=True)
    decided_on = models.DateField(_("决定日期"), null=True)
    answer = models.CharField(_("答复"), max_length=300, blank=True, default="")

    class Meta:
        verbose_name = _("延期申请")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(new_due_on__gt=models.F("old_due_on")),
                name="supervision_extension_later",
            ),
            models.UniqueConstraint(
                fields=["jurisdiction", "task"],
                condition=models.Q(state__in=["asked", "agreed"]),
                name="supervision_extension_one_open",
            ),
        )
