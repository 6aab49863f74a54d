"""Work that outlives a request: one row a job, its progress and its end."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.store.rows import Row


class Job(Row):
    """A piece of work asked for in a transaction and done by the worker.

    The row is the queue: the worker takes queued rows, holds them by a lease, and takes rows whose
    lease ran out again; so every effect of a handler is keyed.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("排队中")
        RUNNING = "running", _("进行中")
        WRITING = "writing", _("写入中")
        DONE = "done", _("已完成")
        FAILED = "failed", _("未完成")
        CANCELLED = "cancelled", _("已取消")

    kind = models.CharField(_("类别"), max_length=60)
    payload = models.JSONField(_("内容"), default=dict)
    account_id = models.UUIDField(_("发起账号"), null=True)
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.QUEUED)
    key = models.CharField(_("幂等键"), max_length=80)
    done = models.PositiveIntegerField(_("已处理"), default=0)
    total = models.PositiveIntegerField(_("总数"), default=0)
    cancel_asked = models.BooleanField(_("已请求取消"), default=False)
    attempts = models.PositiveSmallIntegerField(_("次数"), default=0)
    holder = models.CharField(_("执行进程"), max_length=120, blank=True, default="")
    lease_until = models.DateTimeField(_("租约至"), null=True)
    result = models.JSONField(_("结果"), default=dict)
    created_at = models.DateTimeField(_("提交时间"))
    finished_at = models.DateTimeField(_("结束时间"), null=True)

    class Meta:
        verbose_name = _("后台任务")
        constraints = (
            models.UniqueConstraint(fields=["jurisdiction", "key"], name="jobs_job_key_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=["queued", "running", "writing"])
                | models.Q(finished_at__isnull=False),
                name="jobs_job_end_has_time",
            ),
        )
        indexes = (models.Index(fields=["state", "lease_until"], name="jobs_job_waiting"),)
