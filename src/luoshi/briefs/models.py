"""Material written from facts; a finished brief is a new document."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.documents.models import Document
from luoshi.goals.models import Plan, WorkLine
from luoshi.org.models import Unit
from luoshi.store.rows import Editable


class Brief(Editable):
    """A text with the fact behind each figure; `paragraphs` are runs of text and fact ids."""

    class Kind(models.TextChoices):
        REVIEW = "review", _("年度总结")

    class State(models.TextChoices):
        FIRST_DRAFT = "first_draft", _("初稿")
        FINAL = "final", _("已定稿")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="briefs")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="briefs")
    kind = models.CharField(_("文种"), max_length=12, choices=Kind, default=Kind.REVIEW)
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.FIRST_DRAFT)
    title = models.CharField(_("标题"), max_length=200)
    as_of = models.DateField(_("数据截至"))
    # [{"style", "mark", "runs": [[text, fact id | null]], "made": runs before a person's edit}]
    paragraphs = models.JSONField(_("段落"), default=list)
    # [{"id", "kind", "label", "value", "unit", "as_of", "url_kind", "url_id", "line", "part",
    #   "rows": ids of the tasks that a count counted}]
    facts = models.JSONField(_("事实"), default=list)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="briefs")
    written_at = models.DateTimeField(_("起草时间"))
    written_by_id = models.UUIDField(_("起草人"), null=True)

    class Meta:
        verbose_name = _("材料")


class NoGap(Editable):
    """本期无突出不足: the leader in charge says so of a line, in one sentence."""

    line = models.ForeignKey(WorkLine, models.PROTECT, related_name="no_gaps")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="no_gaps")
    text = models.CharField(_("意见"), max_length=200)
    said_on = models.DateField(_("日期"))
    said_by_id = models.UUIDField(_("分管领导"), null=True)

    class Meta:
        verbose_name = _("无突出不足的意见")
        constraints = (
            models.UniqueConstraint(fields=["jurisdiction", "line"], name="briefs_nogap_once"),
        )


class Contract(Editable):
    """目标责任书 of a unit for a plan: its items as they stood, kept as data and as a paper."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="contracts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="contracts")
    title = models.CharField(_("标题"), max_length=200)
    made_on = models.DateField(_("生成日期"))
    # [{"id", "number", "title", "acceptance", "due", "target"}]
    items = models.JSONField(_("责任事项"), default=list)
    # titles of items left out: what the superiors took back is no duty of the unit
    outside = models.JSONField(_("清单外事项"), default=list)
    sha256 = models.CharField(_("文件摘要"), max_length=64, blank=True, default="")

    class Meta:
        verbose_name = _("目标责任书")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "plan", "unit"], name="briefs_contract_once"
            ),
        )
