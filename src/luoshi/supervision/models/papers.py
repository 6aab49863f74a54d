"""来文 and 报出登记: papers from above, what was answered, the figures told in it."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.domain.intake.papers import Step
from luoshi.ledger.models import Task
from luoshi.org.models import Unit
from luoshi.store.fields import ExactField
from luoshi.store.rows import Editable, Row

FIGURE_SCALE = 4


STEP_FIELDS: Mapping[Step, str] = {
    "drafted": "drafted_by_id",
    "checked": "checked_by_id",
    "reviewed": "reviewed_by_id",
    "signed": "signed_by_id",
    "sealed": "sealed_by_id",
}
"""The column of each step of an answer."""


class AnswerForm(models.TextChoices):
    """In which form a paper asks to be answered."""

    WRITTEN = "written", _("书面报告")
    TABLE = "table", _("表格")
    PHONE = "phone", _("电话答复")
    NONE = "none", _("无需回复")


class IncomingPaper(Editable):
    """来文登记: the envelope of a paper; its deadlines and who carries it stand at its task.

    Nothing of the paper's content is kept but number and title.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="papers_in")
    task = models.OneToOneField(Task, models.PROTECT, related_name="paper")
    sender = models.CharField(_("来文单位"), max_length=80)
    reference = models.CharField(_("文号"), max_length=60, blank=True, default="")
    title = models.CharField(_("标题"), max_length=300)
    answer_form = models.CharField(_("回复方式"), max_length=8, choices=AnswerForm)
    received_at = models.DateTimeField(_("收文时间"))
    again_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="again")
    registered_by_id = models.UUIDField(_("登记人"), null=True)

    class Meta:
        verbose_name = _("来文登记")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "unit", "reference"],
                condition=models.Q(again_of__isnull=True) & ~models.Q(reference=""),
                name="supervision_incomingpaper_once",
            ),
        )
        indexes = (
            models.Index(fields=["jurisdiction", "received_at"], name="supervision_paper_received"),
        )


class OutgoingReport(Editable):
    """报出登记: one version of an answer, whose hands it passed, when it left."""

    class Channel(models.TextChoices):
        SYSTEM = "system", _("公文系统")
        PAPER = "paper", _("纸质")
        MAIL = "mail", _("政务邮箱")
        PHONE = "phone", _("电话")
        PERSON = "person", _("专人报送")

    paper = models.ForeignKey(IncomingPaper, models.PROTECT, related_name="reports")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="reports_out")
    edition = models.PositiveSmallIntegerField(_("第几稿"))
    to_whom = models.CharField(_("报送单位"), max_length=80)
    channel = models.CharField(_("报送方式"), max_length=8, choices=Channel, default=Channel.SYSTEM)
    drafted_by_id = models.UUIDField(_("拟稿人"))
    checked_by_id = models.UUIDField(_("核稿人"), null=True)
    reviewed_by_id = models.UUIDField(_("审核人"), null=True)
    signed_by_id = models.UUIDField(_("签字人"), null=True)
    sealed_by_id = models.UUIDField(_("用印人"), null=True)
    started_on = models.DateField(_("拟稿日期"))
    left_at = models.DateTimeField(_("报出时间"), null=True)
    left_by_id = models.UUIDField(_("报出登记人"), null=True)
    late_reason = models.CharField(_("迟报原因"), max_length=300, blank=True, default="")

    class Meta:
        verbose_name = _("报出登记")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "paper", "edition"],
                name="supervision_outgoingreport_edition_once",
            ),
            models.CheckConstraint(
                condition=(
                    models.Q(checked_by_id__isnull=True)
                    | ~models.Q(checked_by_id=models.F("drafted_by_id"))
                )
                & (
                    models.Q(reviewed_by_id__isnull=True)
                    | ~models.Q(reviewed_by_id=models.F("drafted_by_id"))
                )
                & (
                    models.Q(signed_by_id__isnull=True)
                    | ~models.Q(signed_by_id=models.F("drafted_by_id"))
                )
                & (
                    models.Q(signed_by_id__isnull=True)
                    | models.Q(checked_by_id__isnull=True)
                    | ~models.Q(signed_by_id=models.F("checked_by_id"))
                ),
                name="supervision_outgoingreport_different_people",
            ),
            models.CheckConstraint(
                condition=models.Q(left_at__isnull=True, left_by_id__isnull=True)
                | models.Q(left_at__isnull=False, left_by_id__isnull=False),
                name="supervision_outgoingreport_left_says_who",
            ),
        )
        indexes = (
            models.Index(fields=["jurisdiction", "left_at"], name="supervision_report_left"),
        )

    @property
    def taken(self) -> dict[Step, UUID | None]:
        """Who took each step; None: nobody yet."""
        return {step: getattr(self, name) for step, name in STEP_FIELDS.items()}


class ToldFigure(Row):
    """报送数据: one figure of a report; `value` null is masked or missing (待补), never 0."""

    report = models.ForeignKey(OutgoingReport, models.CASCADE, related_name="figures")
    position = models.PositiveSmallIntegerField(_("序号"))
    name = models.CharField(_("数据名称"), max_length=80)
    value = ExactField(_("数值"), scale=FIGURE_SCALE, null=True)  # type: ignore[misc]
    measure = models.CharField(_("计量单位"), max_length=20, blank=True, default="")
    period = models.CharField(_("所属时期"), max_length=30)
    why = models.CharField(_("与前次不一致的说明"), max_length=300, blank=True, default="")

    class Meta:
        verbose_name = _("报送数据")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "report", "position"], name="supervision_toldfigure_once"
            ),
        )
