"""Attachments: checked, stored once by digest, served to those who may read their subject."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.store.rows import Row


class Attachment(Row):
    """A file tied to a row of any room by kind and id; its bytes live under their digest."""

    class State(models.TextChoices):
        QUARANTINED = "quarantined", _("待查验")
        OK = "ok", _("可用")
        REFUSED = "refused", _("已拒收")

    unit_id = models.UUIDField(_("单位"))
    subject_kind = models.CharField(_("对象类别"), max_length=40)
    subject_id = models.UUIDField(_("对象"))
    name = models.CharField(_("文件名"), max_length=200)
    sha256 = models.CharField(_("摘要"), max_length=64)
    size = models.PositiveBigIntegerField(_("大小"))
    media_type = models.CharField(_("类型"), max_length=100)
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.QUARANTINED)
    has_thumb = models.BooleanField(_("有缩略图"), default=False)
    added_by_id = models.UUIDField(_("上传人"), null=True)
    added_at = models.DateTimeField(_("上传时间"))

    class Meta:
        verbose_name = _("附件")
        indexes = (
            models.Index(
                fields=["jurisdiction", "subject_kind", "subject_id"], name="files_attachment_of"
            ),
            models.Index(
                fields=["jurisdiction", "added_by_id", "added_at"], name="files_attachment_by"
            ),
        )
