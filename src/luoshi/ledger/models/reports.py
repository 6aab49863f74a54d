"""What is said of an item, and how its deadline moved: both stay as they were written."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.store.fields import ExactField
from luoshi.store.rows import Row


class Proof(models.TextChoices):
    """What already exists and shows that something was done; nobody is asked for a photograph."""

    DOCUMENT = "document", _("文件纪要")
    PERMIT = "permit", _("批复证照")
    PAYMENT = "payment", _("拨付凭证")
    CONTRACT = "contract", _("合同协议")
    CALL_BACK = "call_back", _("群众回访")
    SYSTEM = "system", _("业务系统记录")


class ProgressReport(Row):
    """One line of progress, by whom and through which channel; a report never verifies."""

    class Channel(models.TextChoices):
        PAGE = "page", _("网页")
        PHONE = "phone", _("电话")
        MEETING = "meeting", _("例会")
        WECHAT = "wechat", _("微信")
        PAPER = "paper", _("书面")
        ON_SITE = "on_site", _("现场")

    task = models.ForeignKey("ledger.Task", models.PROTECT, related_name="reports")
    milestone = models.ForeignKey(
        "ledger.Milestone", models.PROTECT, null=True, related_name="reports"
    )
    unit_id = models.UUIDField(_("单位"))
    reported_on = models.DateField(_("报告日期"))
    reported_at = models.DateTimeField(_("报告时间"))
    person_id = models.UUIDField(_("报告人"), null=True)
    typed_by_id = models.UUIDField(_("代录人"), null=True)
    channel = models.CharField(_("方式"), max_length=8, choices=Channel, default=Channel.PAGE)
    text = models.CharField(_("进展"), max_length=1000)
    progress = models.PositiveSmallIntegerField(_("进度（万分比）"), null=True)
    value = ExactField(_("完成值"), scale=4, null=True)  # type: ignore[misc]
    proof = models.CharField(_("佐证种类"), max_length=10, choices=Proof, blank=True, default="")
    proof_ref = models.CharField(_("文号或凭证号"), max_length=120, blank=True, default="")
    says_done = models.BooleanField(_("报办结"), default=False)
    warns = models.BooleanField(_("预警"), default=False)

    class Meta:
        verbose_name = _("进展报告")
        indexes = (
            models.Index(
                fields=["jurisdiction", "task", "-reported_at"], name="ledger_report_recent"
            ),
        )


class DueMove(Row):
    """A deadline that moved: from, to, why, who asked, who agreed, who approved."""

    task = models.ForeignKey("ledger.Task", models.PROTECT, related_name="due_moved")
    old_due_on = models.DateField(_("原时限"), null=True)
    new_due_on = models.DateField(_("新时限"))
    reason = models.CharField(_("理由"), max_length=300)
    moved_on = models.DateField(_("日期"))
    asked_by_id = models.UUIDField(_("申请人"), null=True)
    agreed_by_id = models.UUIDField(_("同意人"), null=True)
    approved_by_id = models.UUIDField(_("批准人"), null=True)

    class Meta:
        verbose_name = _("时限变动")
