"""Spot checks of what was closed (回头看抽查)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.ledger.models import Task
from luoshi.org.models import Unit
from luoshi.store.rows import Editable
from luoshi.supervision.models.checks import Verification


class SampleDraw(Editable):
    """回头看抽查: which closed items of a period are looked at again; kept so that it is redrawn.

    `frame` holds the keys (16 bytes each) of the items that took part in the draw, unit by unit in
    the order of `strata`: [unit, items, drawn, always checked]. The seed is this row's own key.
    """

    class State(models.TextChoices):
        OPEN = "open", _("检查中")
        DONE = "done", _("已查完")
        ENDED = "ended", _("提前结束")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="sample_draws")
    from_on = models.DateField(_("办结起"))
    to_on = models.DateField(_("办结止"))
    confidence = models.PositiveSmallIntegerField(_("把握（%）"))
    rate = models.PositiveSmallIntegerField(_("假定不实率（%）"))
    population = models.PositiveIntegerField(_("参加抽取件数"))
    size = models.PositiveIntegerField(_("抽查件数"))
    must_count = models.PositiveIntegerField(_("必查件数"))
    frame = models.BinaryField(_("抽样名册"), default=b"")
    strata = models.JSONField(_("分单位件数"), default=list)
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.OPEN)
    drawn_on = models.DateField(_("抽取日期"))
    drawn_at = models.DateTimeField(_("抽取时间"))
    drawn_by_id = models.UUIDField(_("抽取人"))
    ended_on = models.DateField(_("结束日期"), null=True)
    end_reason = models.CharField(_("提前结束理由"), max_length=300, blank=True, default="")

    class Meta:
        verbose_name = _("回头看抽查")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "unit", "from_on", "to_on"],
                name="supervision_sampledraw_once",
            ),
            models.CheckConstraint(
                condition=models.Q(to_on__gte=models.F("from_on"))
                & models.Q(size__lte=models.F("population"))
                & models.Q(confidence__range=(1, 99), rate__range=(1, 100)),
                name="supervision_sampledraw_sound",
            ),
            models.CheckConstraint(
                condition=models.Q(state="open", ended_on__isnull=True)
                | (~models.Q(state="open") & models.Q(ended_on__isnull=False)),
                name="supervision_sampledraw_ended_has_date",
            ),
        )


class SampleItem(Editable):
    """One item of a draw: who did and verified it when it was drawn, and what was found.

    Both are kept here because a false item is re-opened, and its task then forgets them.
    """

    class Must(models.TextChoices):
        ABOVE = "above", _("上级交办")
        LIVELIHOOD = "livelihood", _("民生")
        LATE = "late", _("逾期办结")

    class Outcome(models.TextChoices):
        TRUE = "true", _("属实")
        FALSE = "false", _("不实")

    draw = models.ForeignKey(SampleDraw, models.PROTECT, related_name="items")
    task = models.ForeignKey(Task, models.PROTECT, related_name="samplings")
    unit_id = models.UUIDField(_("单位"))
    stratum = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    position = models.PositiveIntegerField(_("名单序号"))
    must = models.CharField(_("必查原因"), max_length=12, choices=Must, blank=True, default="")
    closed_on = models.DateField(_("办结日期"))
    done_by_id = models.UUIDField(_("报办结人"), null=True)
    verified_by_id = models.UUIDField(_("复核人"), null=True)
    outcome = models.CharField(_("结论"), max_length=8, choices=Outcome, blank=True, default="")
    method = models.CharField(
        _("方式"), max_length=8, choices=Verification.Method, blank=True, default=""
    )
    note = models.CharField(_("查看情况"), max_length=500, blank=True, default="")
    found = models.PositiveSmallIntegerField(_("查实进度（万分比）"), null=True)
    checked_on = models.DateField(_("查看日期"), null=True)
    checked_by_id = models.UUIDField(_("查看人"), null=True)

    class Meta:
        verbose_name = _("抽查事项")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "draw", "task"], name="supervision_sampleitem_once"
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="", checked_by_id__isnull=True, checked_on__isnull=True)
                | (
                    ~models.Q(outcome="")
                    & ~models.Q(note="")
                    & models.Q(checked_by_id__isnull=False, checked_on__isnull=False)
                ),
                name="supervision_sampleitem_told_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(checked_by_id__isnull=True)
                | (
                    (
                        models.Q(done_by_id__isnull=True)
                        | ~models.Q(checked_by_id=models.F("done_by_id"))
                    )
                    & (
                        models.Q(verified_by_id__isnull=True)
                        | ~models.Q(checked_by_id=models.F("verified_by_id"))
                    )
                ),
                name="supervision_sampleitem_two_people",
            ),
        )
