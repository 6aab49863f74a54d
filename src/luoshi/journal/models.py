"""Sealed facts: who did what, when, to what, and why. The only history there is."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.store.rows import Row


class Entry(Row):
    """One fact. Written with its change in one transaction; sealed in order by the sealer.

    `seq`, `previous` and `seal` stay empty until sealed. Nothing but the sealer updates a row.
    """

    unit_id = models.UUIDField(_("单位"), null=True)
    account_id = models.UUIDField(_("账号"), null=True)
    person_id = models.UUIDField(_("人员"), null=True)
    on_behalf_of = models.UUIDField(_("代录对象"), null=True)
    at = models.DateTimeField(_("时间"))
    verb = models.CharField(_("动作"), max_length=60)
    subject_kind = models.CharField(_("对象类别"), max_length=40)
    subject_id = models.UUIDField(_("对象"))
    changes = models.JSONField(_("变更"), default=dict)
    reason = models.CharField(_("理由"), max_length=500, blank=True, default="")
    key = models.CharField(_("幂等键"), max_length=80, blank=True, default="")
    request_id = models.CharField(_("请求编号"), max_length=40, blank=True, default="")
    seq = models.BigIntegerField(_("序号"), null=True)
    algorithm = models.CharField(_("算法"), max_length=20, blank=True, default="")
    previous = models.CharField(_("前一封印"), max_length=64, blank=True, default="")
    seal = models.CharField(_("封印"), max_length=64, blank=True, default="")

    class Meta:
        verbose_name = _("操作日志")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "seq"],
                name="journal_entry_seq_once",
                condition=models.Q(seq__isnull=False),
            ),
            models.CheckConstraint(
                condition=(models.Q(seq__isnull=True) & models.Q(seal=""))
                | (models.Q(seq__isnull=False) & ~models.Q(seal="")),
                name="journal_entry_sealed_whole",
            ),
        )
        indexes = (
            models.Index(
                fields=["jurisdiction", "subject_kind", "subject_id", "at"],
                name="journal_entry_subject",
            ),
            models.Index(fields=["jurisdiction", "-at"], name="journal_entry_recent"),
            models.Index(
                fields=["jurisdiction", "id"],
                name="journal_entry_unsealed",
                condition=models.Q(seq__isnull=True),
            ),
        )


class Receipt(Row):
    """The answer given to an idempotency key, so that a second submit gets the same answer."""

    account_id = models.UUIDField(_("账号"), null=True)
    key = models.CharField(_("幂等键"), max_length=80)
    verb = models.CharField(_("动作"), max_length=60)
    answer = models.JSONField(_("结果"), default=dict)
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("回执")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "account_id", "key"], name="journal_receipt_once"
            ),
        )


class Anchor(Row):
    """The end of the chain on a day, made by the clock: printed, mailed, kept elsewhere.

    It names no matter: a number, a seal, a date. `kept_at` says when its file reached the folder
    outside the database, `mailed_at` when it went to the office's address.
    """

    on = models.DateField(_("日期"))
    seq = models.BigIntegerField(_("序号"))
    seal = models.CharField(_("封印"), max_length=64)
    at = models.DateTimeField(_("时间"))
    kept_at = models.DateTimeField(_("存放时间"), null=True)
    mailed_at = models.DateTimeField(_("寄出时间"), null=True)

    class Meta:
        verbose_name = _("日志锚点")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "on"], name="journal_anchor_once_a_day"
            ),
        )


class ChainStart(Row):
    """Where the chain begins after its oldest part went to an archive file.

    `proof` is made with the key, so that nobody with the database alone can begin a chain later.
    """

    seq = models.BigIntegerField(_("序号"))
    seal = models.CharField(_("封印"), max_length=64)
    proof = models.CharField(_("校验值"), max_length=64)
    archive = models.CharField(_("归档文件摘要"), max_length=64)
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("日志起点")
        constraints = (
            models.UniqueConstraint(fields=["jurisdiction", "seq"], name="journal_start_once"),
        )
