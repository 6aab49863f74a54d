"""报表要求: a request for data, of which units, and what they answered."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.org.models import Unit
from luoshi.store.fields import ExactField
from luoshi.store.rows import Editable, Row


class DataRequest(Editable):
    """A request for data: drafted with its cost in sight, then issued or withheld (不予下发).

    `fields` are what the units fill in; `known` what the ledger answers instead: [field, home,
    key]. `rounds` are the days on which it is due. `estimate` is what it costs all asked people
    together, in minutes, as reckoned when it was decided; null: not known.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("起草")
        ISSUED = "issued", _("已下达")
        WITHHELD = "withheld", _("不予下发")

    class Rhythm(models.TextChoices):
        ONCE = "once", _("一次")
        MONTH = "month", _("每月")
        QUARTER = "quarter", _("每季度")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="data_requests")
    drafter = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(_("编号"))
    title = models.CharField(_("报表要求"), max_length=200)
    purpose = models.CharField(_("用途"), max_length=300, blank=True, default="")
    fields = models.JSONField(_("填报项"), default=list)
    known = models.JSONField(_("台账已有项"), default=list)
    rhythm = models.CharField(_("频次"), max_length=8, choices=Rhythm, default=Rhythm.ONCE)
    due_on = models.DateField(_("首次时限"))
    rounds = models.JSONField(_("各期时限"), default=list)
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.DRAFT)
    estimate = ExactField(_("预计用时（分钟）"), scale=1, null=True)  # type: ignore[misc]
    asked_on = models.DateField(_("起草日期"))
    asked_by_id = models.UUIDField(_("起草人"))
    decided_on = models.DateField(_("决定日期"), null=True)
    decided_by_id = models.UUIDField(_("决定人"), null=True)
    reason = models.CharField(_("理由"), max_length=300, blank=True, default="")
    task_id = models.UUIDField(_("台账事项"), null=True)

    class Meta:
        verbose_name = _("报表要求")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "unit", "number"], name="burden_datarequest_number_once"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state="draft", decided_on__isnull=True, decided_by_id__isnull=True
                )
                | (
                    ~models.Q(state="draft")
                    & models.Q(decided_on__isnull=False, decided_by_id__isnull=False)
                ),
                name="burden_datarequest_decided_whole",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="withheld") | ~models.Q(reason=""),
                name="burden_datarequest_withheld_has_reason",
            ),
        )


class RequestedUnit(Row):
    """A unit that a request asks, and the ledger's item that carries the asking."""

    request = models.ForeignKey(DataRequest, models.CASCADE, related_name="asked")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="requested")
    position = models.PositiveSmallIntegerField(_("顺序"), default=0)
    task_id = models.UUIDField(_("台账事项"), null=True)

    class Meta:
        verbose_name = _("填报对象")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "request", "unit"], name="burden_requestedunit_once"
            ),
        )


class RequestReply(Editable):
    """What a unit answered in one round, field by field in the order of the request."""

    request = models.ForeignKey(DataRequest, models.PROTECT, related_name="replies")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="request_replies")
    round_on = models.DateField(_("期次时限"))
    answers = models.JSONField(_("填报内容"), default=list)
    replied_on = models.DateField(_("填报日期"))
    person_id = models.UUIDField(_("填报人"))

    class Meta:
        verbose_name = _("报表回复")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "request", "unit", "round_on"],
                name="burden_requestreply_once",
            ),
        )
