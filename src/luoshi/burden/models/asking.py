"""How long forms take, what others ask outside the system, and what people say about it."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.domain.burden import LONGEST
from luoshi.org.models import Unit
from luoshi.store.rows import Editable, Row


class FormTiming(Row):
    """So many times in a month a form took so many seconds: a count, never a person, unit or time.

    One row a form, number of filled fields, coarse seconds and month; the next like it adds one.
    The key is drawn by lot, because a key of ours otherwise tells the instant.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    form = models.CharField(_("表单"), max_length=40)
    month = models.DateField(_("月份"))
    fields = models.PositiveSmallIntegerField(_("填写项数"))
    seconds = models.PositiveSmallIntegerField(_("用时（秒）"))
    times = models.PositiveIntegerField(_("次数"), default=0)

    class Meta:
        verbose_name = _("表单用时")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "form", "month", "fields", "seconds"],
                name="burden_formtiming_once",
            ),
            models.CheckConstraint(
                condition=models.Q(seconds__range=(1, LONGEST), fields__gte=1, month__day=1),
                name="burden_formtiming_sound",
            ),
        )


class OutsideAsk(Row):
    """群里要的表、电话、外部系统: asked outside the system, logged by whoever was asked."""

    class Channel(models.TextChoices):
        GROUP = "group", _("工作群")
        PHONE = "phone", _("电话")
        SYSTEM = "system", _("外部系统")
        PAPER = "paper", _("纸质或面交")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="outside_asks")
    channel = models.CharField(_("渠道"), max_length=8, choices=Channel)
    what = models.CharField(_("要了什么"), max_length=120)
    minutes = models.PositiveSmallIntegerField(_("用时（分钟）"))
    asked_on = models.DateField(_("日期"))
    person_id = models.UUIDField(_("登记人"))

    class Meta:
        verbose_name = _("系统外要数")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(minutes__range=(1, 600)) & ~models.Q(what=""),
                name="burden_outsideask_sound",
            ),
        )
        indexes = (
            models.Index(fields=["jurisdiction", "unit", "asked_on"], name="burden_outsideask_of"),
        )


class Opinion(Editable):
    """意见建议: a complaint or suggestion to a town's office, and its answer, known by its number.

    `person_id` is empty where it was given without a name; then its journal entry has none either.
    """

    class Kind(models.TextChoices):
        BURDEN = "burden", _("填报负担")
        SYSTEM = "system", _("系统使用")
        WORK = "work", _("工作建议")
        COMPLAINT = "complaint", _("投诉")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="opinions")
    number = models.PositiveIntegerField(_("编号"))
    kind = models.CharField(_("类别"), max_length=10, choices=Kind)
    text = models.CharField(_("意见内容"), max_length=1000)
    given_on = models.DateField(_("提出日期"))
    person_id = models.UUIDField(_("提出人"), null=True)
    answer = models.CharField(_("答复"), max_length=1000, blank=True, default="")
    answered_on = models.DateField(_("答复日期"), null=True)
    answered_by_id = models.UUIDField(_("答复人"), null=True)

    class Meta:
        verbose_name = _("意见建议")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "unit", "number"], name="burden_opinion_number_once"
            ),
            models.CheckConstraint(
                condition=models.Q(answer="", answered_on__isnull=True, answered_by_id__isnull=True)
                | (
                    ~models.Q(answer="")
                    & models.Q(answered_on__isnull=False, answered_by_id__isnull=False)
                ),
                name="burden_opinion_answered_whole",
            ),
        )
