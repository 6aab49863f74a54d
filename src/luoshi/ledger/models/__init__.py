"""The ledger: one task tree, its nodes, dependencies, assignments, reports. The heart."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.documents.models import Passage
from luoshi.domain.tables import text_of
from luoshi.goals.models import Goal, Note, Plan, WorkLine
from luoshi.ledger.models.asked import AskedDay as AskedDay  # the module registers its table
from luoshi.ledger.models.blockers import Blocker as Blocker  # the module registers its table
from luoshi.ledger.models.hands import Estimate as Estimate  # the module registers its tables
from luoshi.ledger.models.reports import DueMove as DueMove
from luoshi.ledger.models.reports import ProgressReport as ProgressReport
from luoshi.ledger.models.reports import Proof as Proof
from luoshi.ledger.rows import RollUpChoices, TaskRows
from luoshi.office.cells import cell_in
from luoshi.org.models import DutyItem, Post, Unit
from luoshi.store.fields import ExactField
from luoshi.store.rows import Editable, Row

WHOLE = 10_000  # a share of 100%, in basis points


class Task(Editable):
    """An item of the ledger, at any depth; `unit` is its lead unit, or else the plan's.

    A leaf states `progress` in basis points (null: nobody has said). Every node keeps the sums
    of its leaves (a leaf of itself): `weight_sum`, `done_sum` (weight x basis points) and
    `missing_sum` (weight of leaves without any report).
    Share = done_sum / (weight_sum - missing_sum), by the node's own rule (`roll_up`). `done_value`
    is the value reported last, or what the parts' values add up to (by the rule "sum").

    `light` is the word judged on `judged_on`; it holds until `light_until` (null: judge again).
    """

    RollUp = RollUpChoices

    class Source(models.TextChoices):
        ANNUAL = "annual_focus", _("年度重点")
        COUNTY = "county_assigned", _("县级交办")
        PAPER = "superior_paper", _("上级来文")
        MEETING = "meeting_decision", _("会议议定")
        INSTRUCTION = "instruction", _("批示或口头交办")
        RECTIFICATION = "rectification", _("反馈问题整改")
        REQUEST = "resident_request", _("群众诉求")
        TEMPORARY = "temporary", _("临时性")
        RECURRING = "recurring", _("周期性")

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        REGISTERED = "registered", _("已立项")
        ASSIGNED = "assigned", _("已交办")
        DISPUTED = "disputed", _("再次退回、待裁定")
        SIGNED = "signed", _("已签收")
        UNDER_WAY = "under_way", _("办理中")
        REPORTED_DONE = "reported_done", _("已报办结")
        VERIFIED = "verified", _("已复核")
        SUBMITTED = "submitted", _("已报请、待上级认定")
        COMPLETED = "completed", _("已办结")
        CLEARED = "cleared", _("已销号")
        ARCHIVED = "archived", _("已归档")
        SUSPENDED = "suspended", _("缓办")
        CANCELLED = "cancelled", _("撤销")

    class Urgency(models.TextChoices):
        ORDINARY = "ordinary", _("平件")
        URGENT = "urgent", _("加急")
        MOST_URGENT = "most_urgent", _("特急")

    class Rhythm(models.TextChoices):
        DATED = "dated", _("有完成时限")
        ALL_YEAR = "all_year", _("全年性")
        STANDING = "standing", _("常态化")

    plan = models.ForeignKey(Plan, models.PROTECT, null=True, related_name="tasks")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="tasks")
    line = models.ForeignKey(WorkLine, models.PROTECT, null=True, related_name="tasks")
    goal = models.ForeignKey(Goal, models.PROTECT, null=True, related_name="tasks")
    problem = models.ForeignKey(Note, models.PROTECT, null=True, related_name="tasks")
    passage = models.ForeignKey(Passage, models.PROTECT, null=True, related_name="tasks")
    duty = models.ForeignKey(DutyItem, models.SET_NULL, null=True, related_name="tasks")
    number = models.CharField(_("编号"), max_length=80)
    tree = models.CharField(_("树序"), max_length=120)
    depth = models.PositiveSmallIntegerField(_("层级"), default=0)
    is_leaf = models.BooleanField(_("末级"), default=True)
    is_project = models.BooleanField(_("项目"), default=False)
    source_kind = models.CharField(_("来源"), max_length=20, choices=Source, default=Source.ANNUAL)
    title = models.CharField(_("目标任务"), max_length=400)
    measures = models.TextField(_("举措"), blank=True, default="")
    acceptance = models.CharField(_("完成标准"), max_length=400, blank=True, default="")
    urgency = models.CharField(
        _("紧急程度"), max_length=12, choices=Urgency, default=Urgency.ORDINARY
    )
    rhythm = models.CharField(_("时限类型"), max_length=10, choices=Rhythm, default=Rhythm.DATED)
    quarter_states = models.JSONField(_("各季度末状态"), default=list)
    check_rhythm = models.CharField(_("检查频次"), max_length=40, blank=True, default="")
    undecided_until = models.DateField(_("待定截至"), null=True)
    starts_on = models.DateField(_("计划开始"), null=True)
    duration_days = models.PositiveSmallIntegerField(_("工期（工作日）"), null=True)
    due_on = models.DateField(_("完成时限"), null=True)
    due_at = models.DateTimeField(_("上级时限"), null=True)
    internal_due_at = models.DateTimeField(_("内部时限"), null=True)
    first_due_on = models.DateField(_("原定时限"), null=True)
    due_moves = models.PositiveSmallIntegerField(_("时限变动次数"), default=0)
    target_value = ExactField(_("目标值"), scale=4, null=True)  # type: ignore[misc]
    target_unit = models.CharField(_("计量单位"), max_length=20, blank=True, default="")
    target_op = models.CharField(_("比较"), max_length=6, blank=True, default="")
    roll_up = models.CharField(_("汇总方式"), max_length=10, choices=RollUp, default="weighted")
    weight = models.PositiveIntegerField(_("权重"), default=100)
    progress = models.PositiveSmallIntegerField(_("进度（万分比）"), null=True)
    done_value = ExactField(_("完成值"), scale=4, null=True, editable=False)  # type: ignore[misc]
    weight_sum = models.BigIntegerField(_("权重合计"), default=0)
    done_sum = models.BigIntegerField(_("完成合计"), default=0)
    missing_sum = models.BigIntegerField(_("未报权重"), default=0)
    state = models.CharField(_("状态"), max_length=14, choices=State, default=State.DRAFT)
    state_since = models.DateField(_("状态起始"))
    suspended_from = models.CharField(_("缓办前状态"), max_length=14, blank=True, default="")
    started_on = models.DateField(_("实际开始"), null=True)
    returns = models.PositiveSmallIntegerField(_("退回次数"), default=0)
    assigned_by_id = models.UUIDField(_("交办人"), null=True)
    assigned_at = models.DateTimeField(_("交办时间"), null=True)
    signed_at = models.DateTimeField(_("签收时间"), null=True)
    last_report_on = models.DateField(_("最近报告"), null=True)
    done_by_id = models.UUIDField(_("报办结人"), null=True)
    done_on = models.DateField(_("报办结日期"), null=True)
    verified_by_id = models.UUIDField(_("复核人"), null=True)
    closed_by_id = models.UUIDField(_("销号人"), null=True)
    closed_on = models.DateField(_("办结日期"), null=True)
    blocker = models.CharField(_("堵点"), max_length=300, blank=True, default="")
    blocker_needs = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="blockers")
    blocked_on = models.DateField(_("堵点日期"), null=True)
    light = models.CharField(_("亮灯"), max_length=12, blank=True, default="", editable=False)
    judged_on = models.DateField(_("判定日期"), null=True, editable=False)
    light_until = models.DateField(_("判定有效至"), null=True, editable=False)
    objects = TaskRows.as_manager()

    class Meta:
        verbose_name = _("任务")
        base_manager_name = "objects"  # whatever updates a task forgets its light
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "plan", "number"], name="ledger_task_number_once"
            ),
            models.CheckConstraint(
                condition=models.Q(progress__isnull=True) | models.Q(progress__lte=WHOLE),
                name="ledger_task_progress_share",
            ),
            models.CheckConstraint(
                condition=models.Q(roll_up__in=RollUpChoices.values),
                name="ledger_task_roll_up_known",
            ),
            models.CheckConstraint(
                condition=models.Q(done_by_id__isnull=True)
                | models.Q(verified_by_id__isnull=True)
                | ~models.Q(done_by_id=models.F("verified_by_id")),
                name="ledger_task_verifier_not_doer",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_by_id__isnull=True)
                | models.Q(done_by_id__isnull=True)
                | ~models.Q(done_by_id=models.F("closed_by_id")),
                name="ledger_task_closer_not_doer",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_by_id__isnull=True)
                | models.Q(verified_by_id__isnull=False, done_by_id__isnull=False),
                name="ledger_task_closed_after_check",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["completed", "cleared", "archived"])
                | models.Q(closed_on__isnull=False),
                name="ledger_task_closed_has_date",
            ),
        )
        indexes = (
            models.Index(fields=["jurisdiction", "plan", "tree"], name="ledger_task_tree"),
            models.Index(fields=["jurisdiction", "unit", "due_on"], name="ledger_task_unit_due"),
            models.Index(fields=["jurisdiction", "state", "due_on"], name="ledger_task_state_due"),
            models.Index(fields=["jurisdiction", "line", "tree"], name="ledger_task_line"),
            models.Index(fields=["jurisdiction", "light_until"], name="ledger_task_light_until"),
        )

    def __str__(self) -> str:
        return self.title


class Milestone(Editable):
    """A dated node of a task: what is delivered, and how one sees that it is."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="milestones")
    position = models.PositiveSmallIntegerField(_("顺序"))
    title = models.CharField(_("时间节点"), max_length=200)
    due_on = models.DateField(_("节点日期"))
    standard = models.CharField(_("完成标准"), max_length=200, blank=True, default="")
    share = models.PositiveSmallIntegerField(_("应达进度（万分比）"), null=True)
    done_on = models.DateField(_("完成日期"), null=True)

    class Meta:
        verbose_name = _("时间节点")
        indexes = (
            models.Index(fields=["jurisdiction", "task", "due_on"], name="ledger_milestone_due"),
        )


class Dependency(Editable):
    """A task that waits for another: finish to start, with a lag in working days."""

    class Kind(models.TextChoices):
        FS = "FS", _("完成后开始")
        SS = "SS", _("同时开始")
        FF = "FF", _("同时完成")
        SF = "SF", _("开始后完成")

    task = models.ForeignKey(Task, models.CASCADE, related_name="waits_for")
    predecessor = models.ForeignKey(Task, models.CASCADE, related_name="awaited_by")
    kind = models.CharField(_("关系"), max_length=2, choices=Kind, default=Kind.FS)
    lag_days = models.SmallIntegerField(_("间隔（工作日）"), default=0)

    class Meta:
        verbose_name = _("前后置关系")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "task", "predecessor"], name="ledger_dependency_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(task=models.F("predecessor")), name="ledger_dependency_not_self"
            ),
        )


class StatutoryTime(Row):
    """A time that the law forbids to shorten, with its article (程序时限)."""

    class DayUnit(models.TextChoices):
        WORKING = "working", _("个工作日")
        CALENDAR = "calendar", _("日")

    task = models.OneToOneField(Task, models.CASCADE, related_name="statutory")
    days = models.PositiveSmallIntegerField(_("不得少于"))
    unit = models.CharField(_("计日"), max_length=8, choices=DayUnit, default=DayUnit.WORKING)
    basis = models.CharField(_("依据"), max_length=200)

    class Meta:
        verbose_name = _("法定时限")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(days__gte=1) & ~models.Q(basis=""),
                name="ledger_statutory_time_has_article",
            ),
        )


class Assignment(Editable):
    """Who carries an item, by unit or post, never by person; history stays."""

    class Role(models.TextChoices):
        LEAD_LEADER = "lead_leader", _("牵头领导")
        LEAD_UNIT = "lead_unit", _("牵头单位")
        SUPPORTING = "supporting_unit", _("配合单位")
        OWNER = "owner", _("责任人")

    task = models.ForeignKey(Task, models.CASCADE, related_name="assignments")
    role = models.CharField(_("角色"), max_length=16, choices=Role)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="assignments")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="assignments")
    from_on = models.DateField(_("起始日期"))
    to_on = models.DateField(_("截止日期"), null=True)

    class Meta:
        verbose_name = _("责任分工")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(unit__isnull=True, post__isnull=False)
                | models.Q(unit__isnull=False, post__isnull=True),
                name="ledger_assignment_unit_or_post",
            ),
            models.UniqueConstraint(
                fields=["jurisdiction", "task", "role"],
                condition=models.Q(to_on__isnull=True)
                & models.Q(role__in=["lead_leader", "lead_unit", "owner"]),
                name="ledger_assignment_one_at_a_time",
            ),
        )
        indexes = (
            models.Index(fields=["jurisdiction", "post", "to_on"], name="ledger_assignment_post"),
            models.Index(fields=["jurisdiction", "unit", "to_on"], name="ledger_assignment_unit"),
        )


class TableImport(Editable):
    """A table on its way into the ledger: kept until its person decides, then written whole.

    `content` holds the cells, `report` the dry run, both packed and emptied once they have served;
    `done` names what was written, `heads` the headers, so that they can be printed again.
    """

    class State(models.TextChoices):
        READ = "read", _("待对照")
        CHECKED = "checked", _("待确认")
        WRITING = "writing", _("写入中")
        DONE = "done", _("已导入")
        UNDONE = "undone", _("已撤销")
        DROPPED = "dropped", _("已放弃")

    OPEN = frozenset({"read", "checked"})

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="table_imports")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="table_imports")
    name = models.CharField(_("表名"), max_length=200)
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.READ)
    content = models.BinaryField(_("表内容"), default=b"")
    setup = models.JSONField(_("表头对照"), default=dict)
    names = models.JSONField(_("名称对照"), default=dict)
    choices = models.JSONField(_("重复处理"), default=dict)
    report = models.BinaryField(_("核对结果"), default=b"")
    counts = models.JSONField(_("核对计数"), default=dict)
    digest = models.CharField(_("核对摘要"), max_length=64, blank=True, default="")
    reason = models.CharField(_("理由"), max_length=300, blank=True, default="")
    heads = models.JSONField(_("表头"), default=list)
    done = models.JSONField(_("导入结果"), default=dict)
    added_by_id = models.UUIDField(_("导入人"), null=True)
    added_at = models.DateTimeField(_("导入时间"))
    done_at = models.DateTimeField(_("写入时间"), null=True)

    class Meta:
        verbose_name = _("表格导入")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(state__in=["done", "undone"]) | models.Q(done_at__isnull=False),
                name="ledger_tableimport_done_has_time",
            ),
        )
        indexes = (
            models.Index(
                fields=["jurisdiction", "added_by_id", "-added_at"], name="ledger_tableimport_mine"
            ),
        )


class TableRow(Row):
    """The row of a table that an item came from: where it stood, and what only its table says."""

    task = models.OneToOneField(Task, models.CASCADE, related_name="table_row")
    table = models.ForeignKey(TableImport, models.PROTECT, related_name="rows")
    row = models.PositiveIntegerField(_("行号"))
    mark = models.CharField(_("表内序号"), max_length=40, blank=True, default="")
    cells = models.JSONField(_("表内数据"), default=dict)

    class Meta:
        verbose_name = _("表内原行")

    @property
    def told(self) -> list[tuple[str, str]]:
        """What the table says under each header that the ledger has no field for, as text."""
        cells = ((name, text_of(cell_in(value))) for name, value in self.cells.items())
        return [(name, text) for name, text in cells if text]
