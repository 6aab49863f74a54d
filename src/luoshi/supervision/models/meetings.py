"""What a meeting was about, what it decided, and its minutes (会议纪要)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.goals.models import Meeting, MeetingKind
from luoshi.ledger.models import Task
from luoshi.store.rows import Editable


class Minutes(Editable):
    """The paper of one meeting: place, chair, who attended, its number once it is issued."""

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        ISSUED = "issued", _("已印发")

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="minutes")
    kind = models.ForeignKey(MeetingKind, models.PROTECT, related_name="minutes")
    unit_id = models.UUIDField(_("单位"))
    year = models.PositiveSmallIntegerField(_("年度"))
    number = models.PositiveSmallIntegerField(_("纪要编号"), null=True)
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.DRAFT)
    place = models.CharField(_("地点"), max_length=100, blank=True, default="")
    chair = models.CharField(_("主持"), max_length=60, blank=True, default="")
    present = models.CharField(_("出席"), max_length=600, blank=True, default="")
    attending = models.CharField(_("列席"), max_length=600, blank=True, default="")
    absent = models.CharField(_("请假"), max_length=300, blank=True, default="")
    recorder = models.CharField(_("记录"), max_length=60, blank=True, default="")
    agenda = models.TextField(_("议题"), blank=True, default="")
    issued_on = models.DateField(_("印发日期"), null=True)
    issued_by_id = models.UUIDField(_("印发人"), null=True)

    class Meta:
        verbose_name = _("会议纪要")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "kind", "year", "number"],
                name="supervision_minutes_number_once",
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft", number__isnull=True, issued_on__isnull=True)
                | models.Q(state="issued", number__isnull=False, issued_on__isnull=False),
                name="supervision_minutes_issued_has_number",
            ),
        )

    @property
    def topics(self) -> list[str]:
        """The agenda, one topic a line."""
        return [line.strip() for line in self.agenda.splitlines() if line.strip()]


class Decision(Editable):
    """One thing that a meeting decided: an item of the ledger, or a reason why it needs none.

    `topic` is the number of the agenda's topic (0: none of them); `cautions` is what the verdict
    told before it was minuted.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="decisions")
    unit_id = models.UUIDField(_("单位"))
    position = models.PositiveSmallIntegerField(_("顺序"))
    topic = models.PositiveSmallIntegerField(_("所属议题"), default=0)
    text = models.CharField(_("议定事项"), max_length=400)
    task = models.OneToOneField(Task, models.PROTECT, null=True, related_name="decision")
    why_no_task = models.CharField(_("不列任务的理由"), max_length=200, blank=True, default="")
    cautions = models.JSONField(_("时限提醒"), default=list)
    decided_on = models.DateField(_("议定日期"))

    class Meta:
        verbose_name = _("会议议定事项")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(task__isnull=False, why_no_task="")
                | (models.Q(task__isnull=True) & ~models.Q(why_no_task="")),
                name="supervision_decision_item_or_reason",
            ),
        )
        indexes = (
            models.Index(
                fields=["jurisdiction", "decided_on"], name="supervision_decision_decided"
            ),
        )
