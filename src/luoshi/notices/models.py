"""What a person is told, once, through which channel: rules, channels, switches, notices."""

from __future__ import annotations

from datetime import time

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.domain.reminding import Rhythm
from luoshi.org.models import Person, Unit
from luoshi.store.rows import Editable, Row


class Via(models.TextChoices):
    """By which way a notice goes; only the page stays inside."""

    PAGE = "page", _("系统页面")
    MAIL = "mail", _("电子邮件")
    WECOM = "wecom", _("企业微信群机器人")
    DINGTALK = "dingtalk", _("钉钉群机器人")
    FEISHU = "feishu", _("飞书群机器人")


ROBOTS = (Via.WECOM, Via.DINGTALK, Via.FEISHU)


class ReminderRule(Editable):
    """When a town (or a county's own offices) asks, and when the next level is told; data."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="reminder_rules")
    is_on = models.BooleanField(_("启用"), default=True)
    at = models.TimeField(_("汇总时间"), default=time(16, 30))
    quiet_from = models.TimeField(_("免打扰起"), default=time(18, 0))
    quiet_until = models.TimeField(_("免打扰止"), default=time(8, 0))
    head_days = models.PositiveSmallIntegerField(_("报单位负责人（工作日）"), default=3)
    leader_days = models.PositiveSmallIntegerField(_("报分管领导（工作日）"), default=7)
    mail = models.BooleanField(_("发邮件"), default=False)

    class Meta:
        verbose_name = _("提醒规则")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "unit"], name="notices_reminderrule_once"
            ),
            models.CheckConstraint(
                condition=models.Q(head_days__gte=1)
                & models.Q(leader_days__gt=models.F("head_days")),
                name="notices_reminderrule_levels",
            ),
        )

    @property
    def rhythm(self) -> Rhythm:
        """The rule as the law takes it."""
        return Rhythm(self.at, self.quiet_from, self.quiet_until, self.head_days, self.leader_days)


class Channel(Editable):
    """A group's robot. Its address and secret are written here and shown nowhere."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="channels")
    via = models.CharField(_("平台"), max_length=10, choices=Via)
    name = models.CharField(_("名称"), max_length=40)
    address = models.CharField(_("机器人地址"), max_length=600)
    secret = models.CharField(_("加签密钥"), max_length=200, blank=True, default="")
    is_on = models.BooleanField(_("启用"), default=True)
    ended_at = models.DateTimeField(_("停用时间"), null=True)
    tested_at = models.DateTimeField(_("测试时间"), null=True)
    test_told = models.JSONField(_("测试结果"), null=True)

    class Meta:
        verbose_name = _("提醒渠道")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(via__in=["wecom", "dingtalk", "feishu"]) & ~models.Q(address=""),
                name="notices_channel_is_a_robot",
            ),
        )


class Preference(Editable):
    """What a person turned down, and where mail goes; nobody else sets it."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="preferences")
    email = models.EmailField(_("电子邮箱"), max_length=200, blank=True, default="")
    off = models.JSONField(_("不接收"), default=list)

    class Meta:
        verbose_name = _("提醒开关")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "person"], name="notices_preference_once"
            ),
        )


class Notice(Row):
    """One thing told once to one person, or to one group, through one channel.

    `sent_key` names the occasion, so that nothing is told twice. What is owed is not copied here:
    a count leaves the machine, no matter. `count` of a group counts people.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("待发")
        SENDING = "sending", _("发送中")
        SENT = "sent", _("已发")
        MERGED = "merged", _("并入下次")
        FAILED = "failed", _("未发出")
        UNKNOWN = "unknown", _("未知")
        DROPPED = "dropped", _("不再需要")

    class Kind(models.TextChoices):
        DIGEST = "digest", _("待办汇总")

    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="notices")
    channel = models.ForeignKey(Channel, models.PROTECT, null=True, related_name="notices")
    unit_id = models.UUIDField(_("单位"))
    kind = models.CharField(_("类别"), max_length=10, choices=Kind, default=Kind.DIGEST)
    via = models.CharField(_("渠道"), max_length=10, choices=Via)
    due = models.DateField(_("日期"))
    since = models.DateField(_("最早日期"))
    count = models.PositiveIntegerField(_("项数"))
    late = models.PositiveIntegerField(_("逾期项数"), default=0)
    raised = models.PositiveIntegerField(_("下级久拖项数"), default=0)
    sent_key = models.CharField(_("发送键"), max_length=100)
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(_("尝试次数"), default=0)
    next_at = models.DateTimeField(_("下次尝试"), null=True)
    claimed_at = models.DateTimeField(_("开始发送"), null=True)
    ended_at = models.DateTimeField(_("结束时间"), null=True)
    told = models.JSONField(_("结果说明"), null=True)

    class Meta:
        verbose_name = _("待办提醒")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "sent_key"], name="notices_notice_sent_once"
            ),
            models.CheckConstraint(
                condition=models.Q(person__isnull=False, channel__isnull=True)
                | models.Q(person__isnull=True, channel__isnull=False),
                name="notices_notice_to_a_person_or_a_group",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="sending") | models.Q(claimed_at__isnull=False),
                name="notices_notice_claimed_has_time",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "sending"])
                | models.Q(ended_at__isnull=False),
                name="notices_notice_end_has_time",
            ),
        )
        indexes = (
            models.Index(
                fields=["jurisdiction", "state", "next_at"], name="notices_notice_waiting"
            ),
            models.Index(fields=["jurisdiction", "-due", "-id"], name="notices_notice_recent"),
            models.Index(fields=["jurisdiction", "person", "-due"], name="notices_notice_of_one"),
        )
