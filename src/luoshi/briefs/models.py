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


class Bulletin(Editable):
    """通报: how units did in a period, drafted from facts, shown to the units named, then issued.

    `paragraphs` and `facts` as a brief keeps them. An issued one never changes: a correction is a
    new one that names it (`corrects`).
    """

    class Kind(models.TextChoices):
        BULLETIN = "bulletin", _("督办通报")
        REPORT = "report", _("工作通报")

    class State(models.TextChoices):
        DRAFT = "draft", _("初稿")
        SHOWN = "shown", _("征求意见")
        ISSUED = "issued", _("已印发")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="bulletins")
    kind = models.CharField(_("文种"), max_length=12, choices=Kind, default=Kind.BULLETIN)
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.DRAFT)
    title = models.CharField(_("标题"), max_length=200)
    from_on = models.DateField(_("时段起"))
    to_on = models.DateField(_("时段止"))
    as_of = models.DateField(_("数据截至"))
    paragraphs = models.JSONField(_("段落"), default=list)
    facts = models.JSONField(_("事实"), default=list)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    written_at = models.DateTimeField(_("起草时间"))
    written_by_id = models.UUIDField(_("起草人"))
    shown_on = models.DateField(_("征求意见日期"), null=True)
    reply_until = models.DateField(_("答复截止"), null=True)
    year = models.PositiveSmallIntegerField(_("年度"), null=True)
    number = models.PositiveIntegerField(_("序号"), null=True)
    serial = models.CharField(_("文号"), max_length=60, blank=True, default="")
    issued_on = models.DateField(_("印发日期"), null=True)
    approved_by_id = models.UUIDField(_("签发人"), null=True)

    class Meta:
        verbose_name = _("通报")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "unit", "kind", "year", "number"],
                condition=models.Q(number__isnull=False),
                name="briefs_bulletin_number_once",
            ),
            models.CheckConstraint(
                condition=models.Q(state="issued", issued_on__isnull=False, number__isnull=False)
                & models.Q(approved_by_id__isnull=False, shown_on__isnull=False)
                | ~models.Q(state="issued") & models.Q(issued_on__isnull=True, number__isnull=True),
                name="briefs_bulletin_issued_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by_id__isnull=True)
                | ~models.Q(approved_by_id=models.F("written_by_id")),
                name="briefs_bulletin_two_people",
            ),
        )
        indexes = (
            models.Index(
                fields=["jurisdiction", "unit", "-written_at"], name="briefs_bulletin_recent"
            ),
        )


class BulletinReply(Editable):
    """答复: a unit named in a bulletin says how it sees it, before issue; printed or taken up."""

    class Outcome(models.TextChoices):
        PRINTED = "printed", _("附后印发")
        TAKEN = "taken", _("已采纳修改")

    bulletin = models.ForeignKey(Bulletin, models.PROTECT, related_name="replies")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="bulletin_replies")
    text = models.CharField(_("答复"), max_length=500, blank=True, default="")
    replied_on = models.DateField(_("答复日期"), null=True)
    replied_by_id = models.UUIDField(_("答复人"), null=True)
    outcome = models.CharField(_("处理"), max_length=8, choices=Outcome, blank=True, default="")
    settled_by_id = models.UUIDField(_("处理人"), null=True)

    class Meta:
        verbose_name = _("通报答复")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "bulletin", "unit"], name="briefs_bulletinreply_once"
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="")
                | models.Q(replied_on__isnull=False, settled_by_id__isnull=False)
                & ~models.Q(text=""),
                name="briefs_bulletinreply_settles_a_reply",
            ),
        )
