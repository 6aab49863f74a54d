"""督办单 and 督查: the office's paper about a task, its number, its limits, and where it was told.

The work's state, deadline, carriers and urgency stay in the ledger's task and are not copied here.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.ledger.models import Task
from luoshi.org.models import Unit
from luoshi.store.rows import Editable, Row


class Serial(Editable):
    """文号: the style of one kind of paper in one year, and the last number taken."""

    class Kind(models.TextChoices):
        ORDER = "order", _("督办单")
        INSPECTION = "inspection", _("督查通知")
        BULLETIN = "bulletin", _("督办通报")
        REPORT = "report", _("工作通报")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="serials")
    year = models.PositiveSmallIntegerField(_("年度"))
    kind = models.CharField(_("文种"), max_length=12, choices=Kind)
    pattern = models.CharField(_("文号样式"), max_length=40)
    last = models.PositiveIntegerField(_("已编到"), default=0)

    class Meta:
        verbose_name = _("文号")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "unit", "year", "kind"], name="supervision_serial_once"
            ),
        )


class OrderLimit(Editable):
    """办理时限: how many working days an order of a source has, where the town set its own."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="order_limits")
    source = models.CharField(_("来源"), max_length=16)
    days = models.PositiveSmallIntegerField(_("工作日"))

    class Meta:
        verbose_name = _("办理时限")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "unit", "source"], name="supervision_orderlimit_once"
            ),
            models.CheckConstraint(
                condition=models.Q(days__range=(1, 250)), name="supervision_orderlimit_range"
            ),
        )


class Result(models.TextChoices):
    """What a paper came to (结果类别)."""

    RECTIFIED = "rectified", _("已整改")
    PARTLY = "partly", _("部分整改")
    CONTINUING = "continuing", _("持续整改")
    NOT = "not", _("未整改")


class Inspection(Editable):
    """督查: the county asks a town to account for a matter; no town opens one, of no village.

    `issuer_kind` and `town_kind` repeat what the units were that day: the database itself
    keeps a town's own act apart from the county's.
    """

    class State(models.TextChoices):
        OPEN = "open", _("待答复")
        ANSWERED = "answered", _("已答复")
        CONCLUDED = "concluded", _("已有结论")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="inspections")
    issuer_kind = models.CharField(_("发起单位类别"), max_length=16)
    town = models.ForeignKey(Unit, models.PROTECT, related_name="inspected")
    town_kind = models.CharField(_("督查对象类别"), max_length=16)
    year = models.PositiveSmallIntegerField(_("年度"))
    number = models.PositiveIntegerField(_("序号"))
    serial = models.CharField(_("文号"), max_length=60)
    title = models.CharField(_("督查事项"), max_length=200)
    requirement = models.CharField(_("督查要求"), max_length=500)
    due_on = models.DateField(_("答复时限"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.OPEN)
    opened_on = models.DateField(_("发起日期"))
    opened_by_id = models.UUIDField(_("发起人"))
    answer = models.CharField(_("答复"), max_length=1000, blank=True, default="")
    answered_on = models.DateField(_("答复日期"), null=True)
    answered_by_id = models.UUIDField(_("答复人"), null=True)
    result = models.CharField(_("结果类别"), max_length=12, choices=Result, blank=True, default="")
    finding = models.CharField(_("督查结论"), max_length=1000, blank=True, default="")
    concluded_on = models.DateField(_("结论日期"), null=True)
    concluded_by_id = models.UUIDField(_("认定人"), null=True)

    class Meta:
        verbose_name = _("督查")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "unit", "year", "number"],
                name="supervision_inspection_number_once",
            ),
            models.CheckConstraint(
                condition=models.Q(issuer_kind__in=["county", "county_office"], town_kind="town"),
                name="supervision_inspection_county_of_town",
            ),
            models.CheckConstraint(
                condition=models.Q(state="concluded", concluded_by_id__isnull=False)
                & ~models.Q(result="")
                & ~models.Q(finding="")
                | ~models.Q(state="concluded") & models.Q(result="", concluded_by_id__isnull=True),
                name="supervision_inspection_concluded_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(concluded_by_id__isnull=True)
                | models.Q(answered_by_id__isnull=True)
                | ~models.Q(concluded_by_id=models.F("answered_by_id")),
                name="supervision_inspection_two_people",
            ),
        )
        indexes = (
            models.Index(fields=["jurisdiction", "town", "state"], name="supervision_inspect_town"),
        )


class Order(Editable):
    """督办单: the town's office follows a task up; one open order a task.

    `basis` is where it came from in the office's words (6月15日党政联席会), `requirement` what is
    asked, never the marked text of a 批示. `result` empty: it is still open.
    """

    class Source(models.TextChoices):
        MEETING = "meeting", _("会议议定")
        INSTRUCTION = "instruction", _("领导批示")
        PLAN = "annual_plan", _("年度计划")
        INSPECTION = "inspection", _("督查反馈")
        PAPER = "paper", _("上级来文")
        REQUEST = "request", _("群众诉求")
        OTHER = "other", _("其他")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="orders")
    issuer_kind = models.CharField(_("发单单位类别"), max_length=16)
    task = models.ForeignKey(Task, models.PROTECT, related_name="orders")
    inspection = models.ForeignKey(Inspection, models.PROTECT, null=True, related_name="orders")
    year = models.PositiveSmallIntegerField(_("年度"))
    number = models.PositiveIntegerField(_("序号"))
    serial = models.CharField(_("文号"), max_length=60)
    source = models.CharField(_("来源"), max_length=16, choices=Source)
    basis = models.CharField(_("来源说明"), max_length=200, blank=True, default="")
    requirement = models.CharField(_("办理要求"), max_length=500)
    asked_by_id = models.UUIDField(_("交办领导"), null=True)
    is_new = models.BooleanField(_("随单立项"), default=False)
    registered_on = models.DateField(_("登记日期"))
    registered_at = models.DateTimeField(_("登记时间"))
    registered_by_id = models.UUIDField(_("登记人"))
    result = models.CharField(_("结果类别"), max_length=12, choices=Result, blank=True, default="")
    result_note = models.CharField(_("结果说明"), max_length=500, blank=True, default="")
    next_on = models.DateField(_("下次查看"), null=True)
    concluded_on = models.DateField(_("认定日期"), null=True)
    concluded_by_id = models.UUIDField(_("认定人"), null=True)
    archived_on = models.DateField(_("归档日期"), null=True)
    archived_by_id = models.UUIDField(_("归档人"), null=True)

    class Meta:
        verbose_name = _("督办单")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "unit", "year", "number"],
                name="supervision_order_number_once",
            ),
            models.UniqueConstraint(
                fields=["jurisdiction", "task"],
                condition=models.Q(result="", archived_on__isnull=True),
                name="supervision_order_one_open",
            ),
            models.CheckConstraint(
                condition=models.Q(issuer_kind="town"), name="supervision_order_of_town"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    result="", concluded_on__isnull=True, concluded_by_id__isnull=True
                )
                | ~models.Q(result="")
                & models.Q(concluded_on__isnull=False, concluded_by_id__isnull=False),
                name="supervision_order_result_whole",
            ),
            models.CheckConstraint(
                condition=~models.Q(result__in=["partly", "continuing"])
                | models.Q(next_on__isnull=False) & ~models.Q(result_note=""),
                name="supervision_order_followed_up",
            ),
            models.CheckConstraint(
                condition=models.Q(archived_on__isnull=True, archived_by_id__isnull=True)
                | models.Q(archived_on__isnull=False, archived_by_id__isnull=False),
                name="supervision_order_archived_whole",
            ),
        )
        indexes = (
            models.Index(
                fields=["jurisdiction", "unit", "-registered_at"], name="supervision_order_recent"
            ),
            models.Index(fields=["jurisdiction", "task"], name="supervision_order_task"),
        )


class OrderTold(Row):
    """通报: an issued bulletin told of an order; its number and day, for the order's own page."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="told")
    unit_id = models.UUIDField(_("单位"))
    bulletin_id = models.UUIDField(_("通报"))
    serial = models.CharField(_("文号"), max_length=60)
    told_on = models.DateField(_("通报日期"))
    praised = models.BooleanField(_("通报表扬"), default=False)

    class Meta:
        verbose_name = _("通报记录")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "order", "bulletin_id"], name="supervision_ordertold_once"
            ),
        )
