"""How a target is shared out and on what basis, and by which course and rule pace is judged."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.goals.models import Plan
from luoshi.indicators.models.register import SCALE, Indicator, Target
from luoshi.org.models import Post, Unit
from luoshi.store.fields import ExactField
from luoshi.store.rows import Editable, Row


class Division(Editable):
    """How a target was divided: kept, so that it can be divided again by the same rule."""

    class Rule(models.TextChoices):
        EQUAL = "equal", _("等分")
        WEIGHT = "weight", _("按权重")
        BASE = "base", _("按基数")
        SAME = "same", _("同一比率")
        BY_HAND = "by_hand", _("人工核定")

    target = models.OneToOneField(Target, models.PROTECT, related_name="division")
    rule = models.CharField(_("分解办法"), max_length=8, choices=Rule)
    base = models.ForeignKey(
        Indicator, models.PROTECT, null=True, related_name="as_base", verbose_name=_("基数指标")
    )
    divided_on = models.DateField(_("分解日期"))

    class Meta:
        verbose_name = _("目标分解")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(rule="base") | models.Q(base__isnull=False),
                name="indicators_division_names_its_base",
            ),
        )


class Share(Row):
    """One part of a division with its basis: a unit's is its own target, a post's stands here."""

    division = models.ForeignKey(Division, models.CASCADE, related_name="shares")
    child = models.OneToOneField(Target, models.PROTECT, null=True, related_name="share")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="indicator_shares")
    weight = ExactField(_("权重"), scale=SCALE, null=True)  # type: ignore[misc]
    base = ExactField(_("基数"), scale=SCALE, null=True)  # type: ignore[misc]
    by_hand = models.BooleanField(_("人工核定"), default=False)
    value = ExactField(_("岗位目标值"), scale=SCALE, null=True)  # type: ignore[misc]

    class Meta:
        verbose_name = _("分解份额")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(child__isnull=False, post__isnull=True, value__isnull=True)
                | models.Q(child__isnull=True, post__isnull=False, value__isnull=False),
                name="indicators_share_of_a_unit_or_a_post",
            ),
            models.UniqueConstraint(
                fields=["jurisdiction", "division", "post"],
                condition=models.Q(post__isnull=False),
                name="indicators_share_post_once",
            ),
        )


class Course(Editable):
    """进度安排 of an indicator's year: how the work is spread; without one it is by months."""

    class Profile(models.TextChoices):
        MONTHS = "months", _("按月平均（序时进度）")
        DAYS = "days", _("按天平均")
        WORKING_DAYS = "working_days", _("按工作日平均")
        QUARTERS = "quarters", _("按季度比重")
        MILESTONES = "milestones", _("按时间节点")
        CURVE = "curve", _("按上年本单位进度")

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="courses")
    year = models.PositiveSmallIntegerField(_("年度"))
    profile = models.CharField(_("进度算法"), max_length=12, choices=Profile)
    weights = models.JSONField(_("比重"), default=list)

    class Meta:
        verbose_name = _("进度安排")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "indicator", "year"], name="indicators_course_once"
            ),
        )


class PaceRule(Editable):
    """亮灯规则 of a place, for every year or for the plan of one: one of the published presets."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="pace_rules")
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, related_name="pace_rules")
    rule = models.CharField(_("亮灯规则"), max_length=20)

    class Meta:
        verbose_name = _("亮灯规则")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "unit"],
                condition=models.Q(plan__isnull=True),
                name="indicators_pacerule_place_once",
            ),
            models.UniqueConstraint(
                fields=["jurisdiction", "unit", "plan"], name="indicators_pacerule_plan_once"
            ),
        )
