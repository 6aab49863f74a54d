"""What people decided on the drafts of a text, act by act, so that each can be undone."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.documents.models import Document, DraftItem
from luoshi.store.rows import Editable, Row


class Act(Editable):
    """One decision on some drafts: what stood before in each, and which rows it made.

    `drafts` holds {"id", "before": {field: value}, "version": the draft's version after the act,
    "made": true where the act made the draft}; `made` holds {"kind", "id"} of goals, tasks, notes.
    """

    class Verb(models.TextChoices):
        ADOPT = "adopt", _("立项")
        SET_ASIDE = "set_aside", _("不立项")
        MERGE = "merge", _("合并")
        SPLIT = "split", _("拆分")
        CHANGE = "change", _("修改")

    document = models.ForeignKey(Document, models.CASCADE, related_name="acts")
    verb = models.CharField(_("动作"), max_length=10, choices=Verb)
    drafts = models.JSONField(_("拟立项事项"), default=list)
    made = models.JSONField(_("立项结果"), default=list)
    person_id = models.UUIDField(_("操作人"), null=True)
    account_id = models.UUIDField(_("账号"), null=True)
    at = models.DateTimeField(_("时间"))
    undone_at = models.DateTimeField(_("撤销时间"), null=True)

    class Meta:
        verbose_name = _("立项操作")
        indexes = (
            models.Index(fields=["jurisdiction", "document", "-at"], name="adoption_act_recent"),
        )


class Apart(Row):
    """Two drafts of a meeting's texts that a person says are two matters: not proposed again.

    `first` is the smaller key, so that a pair stands once whichever way round it was shown.
    """

    first = models.ForeignKey(DraftItem, models.CASCADE, related_name="+")
    second = models.ForeignKey(DraftItem, models.CASCADE, related_name="+")
    person_id = models.UUIDField(_("操作人"), null=True)
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("不同事项")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "first", "second"], name="adoption_apart_once"
            ),
            models.CheckConstraint(
                condition=models.Q(first__lt=models.F("second")), name="adoption_apart_ordered"
            ),
        )
