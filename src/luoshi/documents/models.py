"""Source texts, their passages, and draft items that await a person's yes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.org.models import Unit
from luoshi.store.rows import Editable, Row


class Document(Editable):
    """A text as it was decoded, never changed; offsets are code points of `text`."""

    class Origin(models.TextChoices):
        UPLOADED = "uploaded", _("上传")
        PASTED = "pasted", _("粘贴")
        WRITTEN = "written", _("系统起草")

    class Disclosure(models.TextChoices):
        OPEN = "open", _("主动公开")
        ON_REQUEST = "on_request", _("依申请公开")
        CLOSED = "closed", _("不予公开")

    class State(models.TextChoices):
        WAITING = "waiting", _("待读取")
        READ = "read", _("已读取")
        FAILED = "failed", _("未能读取")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="documents")
    title = models.CharField(_("标题"), max_length=200)
    doc_type = models.CharField(_("文种"), max_length=30, blank=True, default="")
    year = models.PositiveSmallIntegerField(_("年度"), null=True)
    origin = models.CharField(_("来源"), max_length=10, choices=Origin)
    disclosure = models.CharField(
        _("公开属性"), max_length=12, choices=Disclosure, default=Disclosure.CLOSED
    )
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.WAITING)
    text = models.TextField(_("正文"))
    sha256 = models.CharField(_("摘要"), max_length=64)
    notes = models.JSONField(_("读取说明"), default=list)
    outline = models.JSONField(_("提纲"), default=list)
    added_at = models.DateTimeField(_("加入时间"))
    added_by_id = models.UUIDField(_("加入人"), null=True)

    class Meta:
        verbose_name = _("会议材料")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "unit", "sha256"], name="documents_document_once"
            ),
        )
        indexes = (
            models.Index(fields=["jurisdiction", "unit", "-added_at"], name="documents_recent"),
        )


class Passage(Row):
    """A stretch of a document: `document.text[start:end]`, with its numbering path."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="passages")
    start = models.PositiveIntegerField(_("起点"))
    end = models.PositiveIntegerField(_("终点"))
    path = models.JSONField(_("编号层级"), default=list)
    part = models.CharField(_("部分"), max_length=10, blank=True, default="")

    class Meta:
        verbose_name = _("原文出处")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start")), name="documents_passage_not_empty"
            ),
        )
        indexes = (
            models.Index(fields=["jurisdiction", "document", "start"], name="documents_passage_at"),
        )


class DraftItem(Editable):
    """What the reader proposes for a passage; nothing is adopted without a person."""

    class Kind(models.TextChoices):
        GOAL = "goal", _("目标")
        INDICATOR = "indicator", _("指标")
        TASK = "task", _("任务")
        PROBLEM = "problem", _("问题")
        ACHIEVEMENT = "achievement", _("成绩")
        PRINCIPLE = "principle", _("原则要求")
        BOILERPLATE = "boilerplate", _("套语")

    class State(models.TextChoices):
        DRAFT = "draft", _("待立项")
        ADOPTED = "adopted", _("已立项")
        SET_ASIDE = "set_aside", _("不立项")
        MERGED = "merged", _("已合并")

    class Disposition(models.TextChoices):
        STUDY = "study", _("传达学习")
        MECHANISM = "mechanism", _("建机制")
        DECLINED = "declined", _("不采纳")

    document = models.ForeignKey(Document, models.CASCADE, related_name="drafts")
    passage = models.ForeignKey(Passage, models.PROTECT, related_name="drafts")
    position = models.PositiveIntegerField(_("顺序"))
    kind = models.CharField(_("类别"), max_length=12, choices=Kind)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DRAFT)
    title = models.CharField(_("事项"), max_length=400)
    measures = models.CharField(_("举措"), max_length=400, blank=True, default="")
    acceptance = models.CharField(_("完成标准"), max_length=400, blank=True, default="")
    deadline_text = models.CharField(_("时限原文"), max_length=60, blank=True, default="")
    deadline_norm = models.CharField(_("时限"), max_length=20, blank=True, default="")
    due_on = models.DateField(_("完成时限"), null=True)
    # [{"name": …, "role": "leader" | "lead" | "supporting" | "named"}], as written, in text order
    responsible = models.JSONField(_("责任单位原文"), default=list)
    # [{"name", "op", "value": text | [text, text] | null (待补), "unit", "period", "start", "end"}]
    quantities = models.JSONField(_("数量"), default=list)
    strength = models.CharField(_("要求强度"), max_length=10, blank=True, default="")
    masked = models.BooleanField(_("含待补"), default=False)
    confidence = models.PositiveSmallIntegerField(_("把握"), default=0)
    reasons = models.JSONField(_("判断依据"), default=list)
    pair = models.ForeignKey("self", models.SET_NULL, null=True, related_name="paired")
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, related_name="merged")
    adopted_kind = models.CharField(_("立项类别"), max_length=40, blank=True, default="")
    adopted_id = models.UUIDField(_("立项编号"), null=True)
    # while the draft waits: what a local rule proposes; once set aside: what a person decided
    disposition = models.CharField(
        _("处理方式"), max_length=10, choices=Disposition, blank=True, default=""
    )
    why_not = models.CharField(_("不立项理由"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("拟立项事项")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(state="set_aside") | ~models.Q(disposition=""),
                name="documents_draft_set_aside_how",
            ),
            models.CheckConstraint(
                condition=models.Q(state="adopted", adopted_id__isnull=False)
                | (~models.Q(state="adopted") & models.Q(adopted_id__isnull=True)),
                name="documents_draft_adopted_whole",
            ),
        )
        indexes = (
            models.Index(
                fields=["jurisdiction", "document", "position"], name="documents_draft_order"
            ),
        )


class Dismissal(Row):
    """A doubt of the fact check that a person let stand, with the reason; raised again, it goes.

    The doubt is known by its sentence and place: the text never changes, so both are stable.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="dismissals")
    said = models.CharField(_("疑点"), max_length=60)
    start = models.PositiveIntegerField(_("起点"))
    end = models.PositiveIntegerField(_("终点"))
    reason = models.CharField(_("理由"), max_length=200)
    dismissed_at = models.DateTimeField(_("说明时间"))
    dismissed_by_id = models.UUIDField(_("说明人"), null=True)

    class Meta:
        verbose_name = _("疑点说明")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "document", "said", "start", "end"],
                name="documents_dismissal_once",
            ),
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start")) & ~models.Q(reason=""),
                name="documents_dismissal_whole",
            ),
        )


class SecondOpinion(Row):
    """What a language model says of a clause where it differs from the reader; it changes nothing.

    `draft` null: the reader read no item there. The words are the document's own, by their place.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="opinions")
    draft = models.ForeignKey(DraftItem, models.CASCADE, null=True, related_name="opinions")
    start = models.PositiveIntegerField(_("起点"))
    end = models.PositiveIntegerField(_("终点"))
    kind = models.CharField(_("类别"), max_length=12, choices=DraftItem.Kind)
    model = models.CharField(_("模型"), max_length=100)
    said_at = models.DateTimeField(_("答复时间"))

    class Meta:
        verbose_name = _("第二意见")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start")), name="documents_opinion_not_empty"
            ),
        )
        indexes = (
            models.Index(fields=["jurisdiction", "document", "start"], name="documents_opinion_at"),
        )


class LocalRule(Editable):
    """What a person's correction taught: applied when the next text of the place is read.

    `phrase` as it stands in texts; a unit's name points at the unit, anything else says what the
    sentences become. There is nothing else that learns.
    """

    class Kind(models.TextChoices):
        UNIT = "unit", _("是单位名称")
        HEADING = "heading", _("标题之下")
        SENTENCE = "sentence", _("句中含有")

    class Outcome(models.TextChoices):
        GOAL = "goal", _("是目标")
        INDICATOR = "indicator", _("是指标")
        TASK = "task", _("是任务")
        PROBLEM = "problem", _("是问题")
        ACHIEVEMENT = "achievement", _("是成绩")
        PRINCIPLE = "principle", _("是原则要求")
        BOILERPLATE = "boilerplate", _("是套语")
        STUDY = "study", _("拟传达学习")
        MECHANISM = "mechanism", _("拟建机制")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="local_rules")
    kind = models.CharField(_("看什么"), max_length=10, choices=Kind)
    phrase = models.CharField(_("原文说法"), max_length=60)
    target = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="named_by")
    outcome = models.CharField(
        _("怎样处理"), max_length=12, choices=Outcome, blank=True, default=""
    )
    added_at = models.DateTimeField(_("加入时间"))
    added_by_id = models.UUIDField(_("加入人"), null=True)

    class Meta:
        verbose_name = _("本地规则")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "unit", "kind", "phrase"], name="documents_rule_once"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="unit", target__isnull=False, outcome="")
                | (~models.Q(kind="unit") & models.Q(target__isnull=True) & ~models.Q(outcome="")),
                name="documents_rule_whole",
            ),
        )
