"""The organisation over time: accounts, units, posts, people, terms, links, own calendars."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from luoshi.store.rows import Editable, Row

SEGMENT = 4  # hex digits a level: 65,536 siblings; fixed width keeps path order = tree order


class Unit(Editable):
    """A place in the organisation: county, town, office, village, task force; valid from/to.

    `path` is the chain of fixed-width hex segments from the root, each ended by "/": a subtree is
    a range of paths, without recursion. The root's id is the jurisdiction.
    """

    class Kind(models.TextChoices):
        COUNTY = "county", _("县")
        COUNTY_OFFICE = "county_office", _("县直部门")
        TOWN = "town", _("乡镇")
        TOWN_OFFICE = "town_office", _("内设办（中心）")
        INSTITUTION = "institution", _("事业单位")
        STATION = "station", _("双重管理站所")
        VILLAGE = "village", _("村（社区）")
        DISTRICT = "district", _("片区")
        TASK_FORCE = "task_force", _("专班")
        SYSTEM = "system", _("系统管理")

    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    path = models.CharField(_("层级路径"), max_length=60)
    kind = models.CharField(_("类别"), max_length=16, choices=Kind)
    name = models.CharField(_("名称"), max_length=60)
    short_name = models.CharField(_("简称"), max_length=20)
    position = models.PositiveSmallIntegerField(_("排序"), default=0)
    from_on = models.DateField(_("起始日期"))
    to_on = models.DateField(_("截止日期"), null=True)

    class Meta:
        verbose_name = _("单位")
        constraints = (
            models.UniqueConstraint(fields=["jurisdiction", "path"], name="org_unit_path_once"),
            models.CheckConstraint(
                condition=models.Q(to_on__isnull=True) | models.Q(to_on__gte=models.F("from_on")),
                name="org_unit_dates_in_order",
            ),
        )

    def __str__(self) -> str:
        return self.short_name


class Person(Editable):
    """A person; what binds one to the work is a post held for a term."""

    name = models.CharField(_("姓名"), max_length=40)
    phone = models.CharField(_("电话"), max_length=20, blank=True, default="")

    class Meta:
        verbose_name = _("人员")

    def __str__(self) -> str:
        return self.name


CARRYING_KINDS = (
    Unit.Kind.TOWN_OFFICE,
    Unit.Kind.INSTITUTION,
    Unit.Kind.STATION,
    Unit.Kind.VILLAGE,
)
"""Units of a town that are expected to carry something of its plan."""


class Post(Editable):
    """A post of a unit; duties are given to posts, and follow whoever holds them."""

    class Role(models.TextChoices):
        LEADER = "leader", _("领导")
        TOWN_OFFICE = "town_office", _("党政综合办")
        UNIT_HEAD = "unit_head", _("单位负责人")
        STAFF = "staff", _("工作人员")
        COUNTY_SUPERVISOR = "county_supervisor", _("县级督查")
        AUDITOR = "auditor", _("审计")
        SYSTEM_ADMIN = "system_admin", _("系统管理员")
        SECURITY_ADMIN = "security_admin", _("安全管理员")
        AUDIT_ADMIN = "audit_admin", _("审计管理员")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    title = models.CharField(_("岗位"), max_length=60)
    role = models.CharField(_("角色"), max_length=20, choices=Role)
    position = models.PositiveSmallIntegerField(_("排序"), default=0)
    routine = models.CharField(_("岗位常规职责"), max_length=300, blank=True, default="")
    keeps_statistics = models.BooleanField(_("统计岗位"), default=False)
    keeps_personnel = models.BooleanField(_("分管组织人事"), default=False)
    from_on = models.DateField(_("起始日期"))
    to_on = models.DateField(_("截止日期"), null=True)

    class Meta:
        verbose_name = _("岗位")

    def __str__(self) -> str:
        return self.title


class Term(Editable):
    """A person holds a post from one day to another; a change of post is a new term."""

    class Kind(models.TextChoices):
        HOLDER = "holder", _("任职")
        ACTING = "acting", _("代理")
        SECONDED = "seconded", _("借调挂职")
        DELEGATE = "delegate", _("代办")

    person = models.ForeignKey(Person, models.PROTECT, related_name="terms")
    post = models.ForeignKey(Post, models.PROTECT, related_name="terms")
    kind = models.CharField(_("任职方式"), max_length=10, choices=Kind, default=Kind.HOLDER)
    from_on = models.DateField(_("起始日期"))
    to_on = models.DateField(_("截止日期"), null=True)

    class Meta:
        verbose_name = _("任期")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(to_on__isnull=True) | models.Q(to_on__gte=models.F("from_on")),
                name="org_term_dates_in_order",
            ),
        )


class Delegation(Editable):
    """委托代理: whoever holds a post lets somebody else do its work from one day to another.

    No term: who stands in does not hold the post, and has its powers only while he acts under it.
    """

    post = models.ForeignKey(Post, models.PROTECT, related_name="delegations")
    giver = models.ForeignKey(Person, models.PROTECT, related_name="delegations_given")
    taker = models.ForeignKey(Person, models.PROTECT, related_name="delegations_taken")
    from_on = models.DateField(_("起始日期"))
    to_on = models.DateField(_("截止日期"))
    reason = models.CharField(_("委托事由"), max_length=200)
    ended_at = models.DateTimeField(_("收回时间"), null=True)

    class Meta:
        verbose_name = _("委托代理")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(to_on__gte=models.F("from_on")) & ~models.Q(reason=""),
                name="org_delegation_sound",
            ),
            models.CheckConstraint(
                condition=~models.Q(giver=models.F("taker")), name="org_delegation_two_people"
            ),
        )
        indexes = (
            models.Index(fields=["jurisdiction", "taker", "to_on"], name="org_delegation_taker"),
        )


class UnitLink(Editable):
    """Units bound beside the tree: 专班 members, 包联, dual management, 片区."""

    class Kind(models.TextChoices):
        TASK_FORCE = "task_force", _("专班")
        TWINNED = "twinned", _("包联")
        DUAL = "dual", _("双重管理")
        DISTRICT = "district", _("片区")

    from_unit = models.ForeignKey(Unit, models.PROTECT, related_name="links_out")
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="links_in")
    kind = models.CharField(_("关系"), max_length=12, choices=Kind)
    from_on = models.DateField(_("起始日期"))
    to_on = models.DateField(_("截止日期"), null=True)

    class Meta:
        verbose_name = _("单位关系")


class DutyItem(Editable):
    """A line of a town's three duty lists: what it does, helps with, and no longer does."""

    class List(models.TextChoices):
        BASIC = "basic", _("基本履职事项")
        ASSISTING = "assisting", _("配合履职事项")
        WITHDRAWN = "withdrawn", _("上级收回事项")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="duties")
    list = models.CharField(_("清单"), max_length=10, choices=List)
    position = models.PositiveSmallIntegerField(_("序号"))
    text = models.CharField(_("履职事项"), max_length=300)
    department = models.CharField(_("对应部门"), max_length=100, blank=True, default="")

    class Meta:
        verbose_name = _("履职事项清单")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "unit", "list", "position"], name="org_dutyitem_once"
            ),
        )


class CalendarDay(Row):
    """A unit's own exception to the national working calendar."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="calendar_days")
    day = models.DateField(_("日期"))
    works = models.BooleanField(_("是否上班"))
    why = models.CharField(_("原因"), max_length=60)

    class Meta:
        verbose_name = _("单位日历")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "unit", "day"], name="org_calendarday_once"
            ),
        )


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by login; the only way to make one is an action."""

    def get_by_natural_key(self, username: str | None) -> Account:
        """By login, as the authentication back end asks."""
        return self.get(login=username)


class Account(AbstractBaseUser):
    """A way to sign in; rights come from the person's posts, never from the account."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    jurisdiction = models.UUIDField(_("辖区"), editable=False)
    login = models.CharField(_("登录名"), max_length=40, unique=True)
    person = models.OneToOneField(Person, models.PROTECT, null=True, related_name="account")
    is_active = models.BooleanField(_("可登录"), default=True)
    is_demo = models.BooleanField(_("演示账号"), default=False)
    version = models.PositiveIntegerField(_("版次"), default=1, editable=False)

    objects: ClassVar[AccountManager] = AccountManager()
    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("账号")

    def __str__(self) -> str:
        return self.login


class RosterImport(Editable):
    """A table of the organisation on its way in: kept until its person decides, written whole.

    `content` holds the cells, packed, emptied once written or left; `done` names what was written,
    so that it can be taken back.
    """

    class State(models.TextChoices):
        OPEN = "open", _("待确认")
        DONE = "done", _("已导入")
        UNDONE = "undone", _("已撤销")
        DROPPED = "dropped", _("已放弃")

    name = models.CharField(_("表名"), max_length=200)
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.OPEN)
    content = models.BinaryField(_("表内容"), default=b"")
    setup = models.JSONField(_("表头对照"), default=list)
    done = models.JSONField(_("导入结果"), default=dict)
    added_by_id = models.UUIDField(_("导入人"), null=True)
    added_at = models.DateTimeField(_("导入时间"))
    done_at = models.DateTimeField(_("写入时间"), null=True)

    class Meta:
        verbose_name = _("组织导入")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(state__in=["done", "undone"]) | models.Q(done_at__isnull=False),
                name="org_rosterimport_done_has_time",
            ),
        )


class CalendarFeed(Row):
    """A secret address at which a calendar program reads a person's own dates; its digest alone.

    `titles`: whether what items are called leaves the machine, or numbers and dates only.
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="feeds")
    digest = models.CharField(_("摘要"), max_length=64, editable=False)
    titles = models.BooleanField(_("含事项名称"), default=False)
    made_at = models.DateTimeField(_("生成时间"))
    ended_at = models.DateTimeField(_("停用时间"), null=True)

    class Meta:
        verbose_name = _("日程订阅")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "account"],
                condition=models.Q(ended_at__isnull=True),
                name="org_calendarfeed_one_in_use",
            ),
        )


class DemoMarker(Row):
    """Marks a database as the demonstration's; start-up refuses to mix it with a real one."""

    class Meta:
        verbose_name = _("演示标记")


def child_path(parent: Unit | None, number: int) -> str:
    """The path of a parent's n-th child (or of the n-th root)."""
    return f"{parent.path if parent else ''}{number:0{SEGMENT}x}/"


def subtree(path: str) -> dict[str, str]:
    """Filters for a unit and all below it, as one range of paths ("0" follows "/")."""
    return {"path__gte": path, "path__lt": path[:-1] + "0"}
