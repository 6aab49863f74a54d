"""The register of indicators: definition, who reports, target, reading, benchmark, stored sums."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.documents.models import Document, Passage
from luoshi.goals.models import Plan
from luoshi.org.models import Unit
from luoshi.store.fields import ExactField
from luoshi.store.rows import Editable, Row

SCALE = 4
"""Decimal places of every figure of the room; a definition shows at most as many."""


class Indicator(Editable):
    """What is measured, whatever its definition is at a time; `unit` keeps the register."""

    class Kind(models.TextChoices):
        FLOW = "flow", _("累计数")  # a reading says what came together since 1 January
        LEVEL = "level", _("存量")
        RATIO = "ratio", _("比率")
        INDEX = "index", _("指数")
        COMPOSITION = "composition", _("构成")  # the shares of its parts make 100%

    class Category(models.TextChoices):
        STATISTICS = "statistics", _("统计数据")  # read from the published figure, never typed
        BUSINESS = "business", _("业务数据")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="indicators")
    part_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    number = models.CharField(_("编号"), max_length=20)
    position = models.PositiveIntegerField(_("顺序"), default=0)
    name = models.CharField(_("指标"), max_length=80)
    kind = models.CharField(_("类型"), max_length=12, choices=Kind)
    category = models.CharField(_("数据类别"), max_length=12, choices=Category)
    from_on = models.DateField(_("起始日期"))
    to_on = models.DateField(_("截止日期"), null=True)

    class Meta:
        verbose_name = _("指标")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "unit", "number"], name="indicators_indicator_number_once"
            ),
            models.UniqueConstraint(
                fields=["jurisdiction", "unit", "name"], name="indicators_indicator_name_once"
            ),
            models.CheckConstraint(
                condition=models.Q(to_on__isnull=True) | models.Q(to_on__gte=models.F("from_on")),
                name="indicators_indicator_dates_in_order",
            ),
        )

    def __str__(self) -> str:
        return self.name


class IndicatorDefinition(Editable):
    """口径: what is counted and how, from a day on; a reading keeps the one it was taken under.

    A definition with a numerator and a denominator is reckoned, never typed:
    value = factor x numerator / denominator.
    """

    class Better(models.TextChoices):
        HIGHER = "higher", _("越高越好")
        LOWER = "lower", _("越低越好")

    class Aggregation(models.TextChoices):
        SUM = "sum", _("相加")
        MEAN = "mean", _("平均")
        WEIGHTED = "weighted", _("加权平均")
        RATIO = "ratio", _("分子分母各自相加后相除")
        MIN = "min", _("取最低")
        MAX = "max", _("取最高")
        LATEST = "latest", _("取最新")
        NONE = "none", _("不汇总")

    class Rhythm(models.TextChoices):
        MONTH = "month", _("每月")
        QUARTER = "quarter", _("每季")
        HALF = "half", _("每半年")
        YEAR = "year", _("每年")

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="definitions")
    from_on = models.DateField(_("启用日期"))
    statement = models.TextField(_("口径"))
    measure = models.CharField(_("计量单位"), max_length=20)
    decimals = models.PositiveSmallIntegerField(_("小数位"), default=0)
    better = models.CharField(_("方向"), max_length=6, choices=Better, default=Better.HIGHER)
    aggregation = models.CharField(
        _("汇总方式"), max_length=10, choices=Aggregation, default=Aggregation.SUM
    )
    numerator = models.ForeignKey(Indicator, models.PROTECT, null=True, related_name="as_numerator")
    denominator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, related_name="as_denominator"
    )
    weight_by = models.ForeignKey(Indicator, models.PROTECT, null=True, related_name="as_weight")
    factor = ExactField(_("倍数"), scale=SCALE, default=1)
    may_be_negative = models.BooleanField(_("可为负数"), default=False)
    source = models.CharField(_("数据来源"), max_length=120)
    rhythm = models.CharField(_("发布频次"), max_length=8, choices=Rhythm, default=Rhythm.MONTH)
    due_days = models.PositiveSmallIntegerField(_("期后几日内报送"), default=10)
    reason = models.CharField(_("调整原因"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("指标口径")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "indicator", "from_on"],
                name="indicators_definition_once_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(decimals__lte=SCALE), name="indicators_definition_decimals"
            ),
            models.CheckConstraint(
                condition=models.Q(numerator__isnull=True, denominator__isnull=True)
                | models.Q(numerator__isnull=False, denominator__isnull=False),
                name="indicators_definition_two_parts",
            ),
        )

    def __str__(self) -> str:
        return self.statement

    @property
    def reckoned(self) -> bool:
        """Whether its values follow from two other indicators."""
        return self.numerator_id is not None


class Reporter(Editable):
    """A unit that states the indicator's readings, from a day to a day."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="reporters")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="reports_indicators")
    from_on = models.DateField(_("起始日期"))
    to_on = models.DateField(_("截止日期"), null=True)

    class Meta:
        verbose_name = _("填报单位")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "indicator", "unit"], name="indicators_reporter_once"
            ),
        )


class Target(Editable):
    """目标值 of a unit for a period, on one basis; born from a passage or a reporter.

    A child's `parent` is the target that it is a share of.
    """

    class Basis(models.TextChoices):
        OWN = "own", _("本级计划")
        MANDATE = "mandate", _("上级要求")
        BENCHMARK = "benchmark", _("对标先进")

    class State(models.TextChoices):
        DRAFT = "draft", _("草案")
        IN_FORCE = "in_force", _("执行中")
        WITHDRAWN = "withdrawn", _("已撤回")

    class Comparison(models.TextChoices):
        AT_LEAST = ">=", _("不低于")
        AT_MOST = "<=", _("不高于")
        EXACTLY = "=", _("达到")

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="targets")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="targets")
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, related_name="targets")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    starts_on = models.DateField(_("期间起"))
    ends_on = models.DateField(_("期间止"))
    basis = models.CharField(_("依据"), max_length=10, choices=Basis)
    comparison = models.CharField(
        _("比较"), max_length=2, choices=Comparison, default=Comparison.AT_LEAST
    )
    value = ExactField(_("目标值"), scale=SCALE)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DRAFT)
    passage = models.ForeignKey(Passage, models.PROTECT, null=True, related_name="targets")
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="targets")
    source = models.CharField(_("出处"), max_length=120, blank=True, default="")
    stated_by_id = models.UUIDField(_("提出人"), null=True)
    stated_on = models.DateField(_("提出日期"))

    class Meta:
        verbose_name = _("目标值")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "indicator", "unit", "starts_on", "ends_on", "basis"],
                condition=~models.Q(state="withdrawn"),
                name="indicators_target_once",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="indicators_target_dates_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(passage__isnull=False)
                | models.Q(document__isnull=False)
                | ~models.Q(source="")
                | models.Q(stated_by_id__isnull=False),
                name="indicators_target_has_a_source",
            ),
        )
        indexes = (
            models.Index(fields=["jurisdiction", "unit", "ends_on"], name="indicators_target_unit"),
        )


class Reading(Row):
    """完成值 of a unit for a period. Never changed: a revised reading supersedes it and says why.

    `value` null: the earlier one was withdrawn and nothing is known again (待补).
    """

    class Origin(models.TextChoices):
        REPORTED = "reported", _("填报")
        PUBLISHED = "published", _("统计发布")

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="readings")
    definition = models.ForeignKey(IndicatorDefinition, models.PROTECT, related_name="readings")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="readings")
    starts_on = models.DateField(_("期间起"))
    ends_on = models.DateField(_("期间止"))
    as_of = models.DateField(_("数据日期"))
    value = ExactField(_("完成值"), scale=SCALE, null=True)  # type: ignore[misc]
    origin = models.CharField(_("来历"), max_length=10, choices=Origin, default=Origin.REPORTED)
    source = models.CharField(_("数据来源"), max_length=120)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="readings")
    reported_by_id = models.UUIDField(_("填报人"), null=True)
    verified_by_id = models.UUIDField(_("核实人"), null=True)
    verified_on = models.DateField(_("核实日期"), null=True)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="superseded_by"
    )
    current = models.BooleanField(_("现行"), default=True)
    reason = models.CharField(_("修订原因"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("完成值")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "indicator", "unit", "starts_on", "ends_on"],
                condition=models.Q(current=True),
                name="indicators_reading_one_current",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="indicators_reading_dates_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(supersedes__isnull=True) | ~models.Q(reason=""),
                name="indicators_reading_revision_says_why",
            ),
            models.CheckConstraint(
                condition=models.Q(verified_by_id__isnull=True)
                | models.Q(reported_by_id__isnull=True)
                | ~models.Q(verified_by_id=models.F("reported_by_id")),
                name="indicators_reading_verifier_not_reporter",
            ),
        )
        indexes = (
            models.Index(
                fields=["jurisdiction", "unit", "ends_on"], name="indicators_reading_unit"
            ),
        )


class Benchmark(Editable):
    """对标: what a peer area reached in a period, with its source and day."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="benchmarks")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="benchmarks")
    peer = models.CharField(_("对标地区"), max_length=60)
    starts_on = models.DateField(_("期间起"))
    ends_on = models.DateField(_("期间止"))
    value = ExactField(_("对标值"), scale=SCALE)
    source = models.CharField(_("数据来源"), max_length=120)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="benchmarks")
    as_of = models.DateField(_("数据日期"))

    class Meta:
        verbose_name = _("对标值")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "indicator", "unit", "peer", "starts_on", "ends_on"],
                name="indicators_benchmark_once",
            ),
        )


class StoredTotal(Row):
    """What the current readings below a unit come to for a period: whole numbers, never rounded.

    By aggregation: `value_sum` is the sum of scaled values (times weights), or the one value that
    counts; `weight_sum` what it is divided by; `reported` how many units have spoken.
    """

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="totals")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="indicator_totals")
    depth = models.PositiveSmallIntegerField(_("层级"))
    starts_on = models.DateField(_("期间起"))
    ends_on = models.DateField(_("期间止"))
    value_sum = models.BigIntegerField(_("数值合计"), default=0)
    weight_sum = models.BigIntegerField(_("权重合计"), default=0)
    reported = models.PositiveIntegerField(_("已报单位数"), default=0)

    class Meta:
        verbose_name = _("下级汇总")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "indicator", "unit", "starts_on", "ends_on"],
                name="indicators_total_once",
            ),
        )
